"""The typical data, counted once, and their papers, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake.minimal import write

from docgen.issuing import Counted, Paper, draft_papers, read_and_count

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
