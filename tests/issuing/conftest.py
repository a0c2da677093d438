"""The typical data, counted once, and their papers, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from intake.minimal import write

from docgen.issuing import Counted, Paper, draft_papers, read_and_count

from .batches import draft, start
from .test_make import make, metrics
from .traced import typical


@pytest.fixture(scope="package")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    return read_and_count(write(tmp_path_factory.mktemp("trace") / "数据", typical()), None, metrics())


@pytest.fixture(scope="package")
def out(tmp_path_factory: pytest.TempPathFactory, counted: Counted) -> Path:
    """The circular and the letters of these data."""
    folder = tmp_path_factory.mktemp("papers")
    make(draft_papers(counted, [Paper.CIRCULAR, Paper.LETTERS]), folder, ("docx", "pdf"))
    return folder


@pytest.fixture(scope="package")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two letters and one of a circular, drafted once, and a register with a series that is kept here."""
    folder = tmp_path_factory.mktemp("signed")
    draft(folder / "函", Paper.LETTERS)
    draft(folder / "通报", Paper.CIRCULAR)
    start(folder / "函")
    return folder


@pytest.fixture
def letters(signed: Path, tmp_path: Path) -> Path:
    """A run of two letters that is signed, and a series that is kept here."""
    return shutil.copytree(signed / "函", tmp_path, dirs_exist_ok=True)


@pytest.fixture
def circular(signed: Path, tmp_path: Path) -> Path:
    """A circular that is signed."""
    return shutil.copytree(signed / "通报", tmp_path, dirs_exist_ok=True)
