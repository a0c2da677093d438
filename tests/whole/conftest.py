"""One run of the whole programme on each fixture, in processes of their own, shared by all tests of this folder."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from docgen.gongwen import Document
from docgen.issuing import Counted, Paper, draft_papers, load_metrics, read_and_count
from docgen.styles import load_stylesheet

ROOT = Path(__file__).parents[2]
HALF_YEAR = ROOT / "fixtures" / "2024h1" / "检查数据.xlsx"
MESSY = ROOT / "fixtures" / "messy"


@dataclass(frozen=True)
class Run:
    """What one `docgen all` came to: its folder, its exit code, what it said, and what it was made from."""

    folder: Path
    code: int
    said: str
    counted: Counted
    papers: dict[str, Document]
    """The model of every paper by its path below the folder, without its ending."""

    def files(self) -> dict[str, bytes]:
        """Every file by its path, hidden ones left out."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }


def run_all(given: Path, folder: Path, seed: str) -> tuple[int, str]:
    """Run `docgen all` in a process of its own, with that hash seed."""
    done = subprocess.run(
        [sys.executable, "-m", "docgen", "all", str(given), "--out", str(folder)],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _run(given: Path, folder: Path) -> Run:
    code, said = run_all(given, folder, "1")
    counted = read_and_count(given, None, load_metrics(load_stylesheet()))
    drafted = draft_papers(counted, (Paper.CIRCULAR, Paper.LETTERS))
    assert drafted.circular is not None
    assert drafted.circular.document is not None
    papers = {"通报": drafted.circular.document}
    for letter in drafted.letters:
        assert letter.draft.document is not None
        papers[f"函/{letter.number:02d} {letter.extract.short_name}/函"] = letter.draft.document
    return Run(folder, code, said, counted, papers)


@pytest.fixture(scope="session")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return _run(HALF_YEAR, tmp_path_factory.mktemp("2024h1") / "out")


@pytest.fixture(scope="session")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return _run(MESSY, tmp_path_factory.mktemp("messy") / "out")


@pytest.fixture(scope="session", params=["half_year", "messy"])
def run(request: pytest.FixtureRequest) -> Run:
    """Each of the two runs."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Run)
    return found
