"""What a check costs: at most two seconds of CPU for ten pages, the start of Python among them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.gongwen import Annex, AnnexNote, Level, Paragraph
from tests.check.text.planted import docx_of, pdf_of
from tests.papers import FINDINGS, LEAD_IN, composed, paper, table

ROOT = Path(__file__).parents[2]
MOST_CPU_SECONDS = 2.0
HEAVY = ("pandas", "numpy", "weasyprint", "docx", "xlsxwriter")
TEN_PAGES = paper(
    LEAD_IN,
    *(part for number in "一二三四五" for part in (Paragraph(f"{number}、检查情况", Level.FIRST), FINDINGS * 3)),
    annex_note=AnnexNote(("清单",)),
    annexes=(Annex(None, "清单", (table(60),)),),
)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_check_of_ten_pages_costs_two_seconds_of_cpu_at_most(tmp_path: Path, kind: str) -> None:
    assert 9 <= len(composed(TEN_PAGES).pages) <= 12
    (tmp_path / "十页").write_bytes(pdf_of(TEN_PAGES) if kind == "pdf" else docx_of(TEN_PAGES))
    script = (
        "import resource, sys\n"
        "from docgen.cli import main\n"
        "try:\n"
        f"    main(['check', {str(tmp_path / '十页')!r}])\n"
        "except SystemExit as ended:\n"
        "    usage = resource.getrusage(resource.RUSAGE_SELF)\n"
        "    print(ended.code or 0, usage.ru_utime + usage.ru_stime, *{name.partition('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )
    code, seconds, *modules = done.stdout.splitlines()[-1].split()

    assert code in ("0", "1"), done.stdout
    assert set(modules) & set(HEAVY) == set()
    assert float(seconds) <= MOST_CPU_SECONDS
