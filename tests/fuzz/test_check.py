"""A hundred and more damaged papers: each ends with findings or a refusal in words, within its limits."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.fuzz.papers import DAMAGES, make_paper_case

ROOT = Path(__file__).parents[2]
CASES = 4 * len(DAMAGES)


def test_over_a_hundred_damaged_papers_are_told_or_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.check", "--cases", str(CASES)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )

    assert CASES >= 100
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"^all +{CASES} ", done.stdout, re.MULTILINE), done.stdout


def test_a_damaged_paper_is_the_same_each_time() -> None:
    numbers = [number for number, (name, _) in enumerate(DAMAGES) if name in ("docx words", "pdf cut", "pdf bits")]

    assert numbers
    for number in numbers:
        assert make_paper_case(number, 7).content == make_paper_case(number, 7).content
