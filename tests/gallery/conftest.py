"""The gallery finished: every case as PDF, as DOCX, and that DOCX as LibreOffice draws it, in one call."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from docgen.render.docx import render_docx
from docgen.render.pdf import render_pdf
from tests.gallery.cases import CASES, case, metrics
from tests.gallery.dense import dense_paper
from tests.measured import Sheet, read_sheets
from tests.office import convert
from tests.papers import STYLESHEET, composed

DENSE = "文字密集"


@dataclass(frozen=True)
class Finished:
    """One paper: its DOCX, and the sheets of that DOCX in LibreOffice."""

    docx: bytes
    office: list[Sheet]


@pytest.fixture(scope="package")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finished]:
    """Every case by its name, and one paper of random text."""
    made = {name: render_docx(case(name).document, case(name).pages, case(name).stylesheet) for name in CASES}
    dense = dense_paper()
    made[DENSE] = render_docx(dense, composed(dense), STYLESHEET)
    drawn = convert(made, STYLESHEET, metrics().files, tmp_path_factory.mktemp("gallery"))
    return {name: Finished(made[name], read_sheets(drawn[name])) for name in made}


@pytest.fixture(scope="package")
def drawn() -> dict[str, list[Sheet]]:
    """The sheets of every case's PDF."""
    return {name: read_sheets(render_pdf(case(name).pages, case(name).stylesheet, metrics())) for name in CASES}
