"""The gallery's data is what its script makes, and every case drafts its paper without anything to complain about."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docgen.errors import Severity
from tests.gallery.cases import CASES, GALLERY, INPUT, LETTERS, case, drafted


def test_the_data_are_what_the_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, GALLERY / "make.py", tmp_path / "数据"], check=True)

    made = {path.name: path.read_bytes() for path in (tmp_path / "数据").iterdir()}
    assert made == {path.name: path.read_bytes() for path in INPUT.glob("*.csv")}


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_nothing_that_is_doubtful(name: str) -> None:
    assert [str(problem) for problem in drafted(name).problems if problem.severity is not Severity.NOTICE] == []


@pytest.mark.parametrize("name", [name for name in CASES if name not in LETTERS])
def test_a_circular_ends_on_an_even_page(name: str) -> None:
    """版记 stands on the last, even page (GB/T 33476.2-2016, 7.3.1)."""
    assert len(case(name).pages.pages) % 2 == 0
