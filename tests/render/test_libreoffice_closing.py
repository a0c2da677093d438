"""Every way of signing a paper, opened in LibreOffice: names, date and 附注 stand on the composed page and place."""

from __future__ import annotations

import io
import zipfile

import pytest

from docgen.gongwen import Document, Sealing
from docgen.layout.pages import Line, Page, TextBlock
from docgen.render.docx import render_docx
from tests.closings import AGENCIES, CLOSINGS, POSTS, noted, signed
from tests.measured import Mark, Sheet, read_sheets
from tests.office import convert
from tests.papers import STYLESHEET, bare, composed, metrics

CLOSE = {"附件说明", "署名", "成文日期", "附注"}
NOTE = "此件公开发布"
KINDS = {
    "sealed": (AGENCIES[:1], Sealing.SEALED, ""),
    "sealed with a note": (AGENCIES[:1], Sealing.SEALED, NOTE),
    "sealed by five": (AGENCIES[:5], Sealing.SEALED, ""),
    "sealed by two with a note": (AGENCIES[:2], Sealing.SEALED, NOTE),
    "unsealed by two": (AGENCIES[:2], Sealing.UNSEALED, ""),
    "stamped with a note": (POSTS[:1], Sealing.STAMPED, NOTE),
}
OPENED = {
    **{name: document for name, document in CLOSINGS.items() if not name.endswith(("45 mm", "60 mm"))},
    **{
        f"{kind}, {lines} lines": signed(names, sealing, lines=lines, note=note)
        for kind, (names, sealing, note) in KINDS.items()
        for lines in (*range(3, 7), *range(22, 27))
    },
    **{f"附件说明 under {lines} lines": noted(lines) for lines in (*range(2, 8), *range(19, 28))},
}
EVERY = pytest.mark.parametrize("name", OPENED)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Sheet]]:
    """Every paper as LibreOffice lays it out, by its name."""
    made = {name: render_docx(document, composed(document), STYLESHEET) for name, document in OPENED.items()}
    pdfs = convert(made, STYLESHEET, metrics().files, tmp_path_factory.mktemp("office"))
    return {name: read_sheets(pdf) for name, pdf in pdfs.items()}


def first_mark(sheet: Sheet, line: Line) -> Mark:
    """The first character of a line where a page has it, the one that stands nearest to the composed place."""
    text, words = "".join(mark.char for mark in sheet.marks), bare(line.text)
    found = [sheet.marks[at] for at in range(len(text)) if text.startswith(words, at)]
    x, baseline = line.runs[0].x.mm, line.baseline.mm
    assert found, words
    return min(found, key=lambda mark: abs(mark.x - x) + abs(mark.baseline - baseline))


def lines_of(page: Page) -> list[Line]:
    blocks = (block for block in page.blocks if isinstance(block, TextBlock) and block.element in CLOSE)
    return [line for block in blocks for line in block.lines]


@EVERY
def test_a_signed_paper_has_as_many_pages_as_the_pdf(name: str, opened: dict[str, list[Sheet]]) -> None:
    assert len(opened[name]) == len(composed(OPENED[name]).pages)


@EVERY
def test_names_date_and_notes_stand_where_they_were_composed(
    name: str, opened: dict[str, list[Sheet]]
) -> None:
    for sheet, page in zip(opened[name], composed(OPENED[name]).pages, strict=True):
        for line in lines_of(page):
            mark = first_mark(sheet, line)
            assert mark.x == pytest.approx(line.runs[0].x.mm, abs=0.6)
            assert mark.baseline == pytest.approx(line.baseline.mm, abs=0.6)


@pytest.mark.parametrize("name", ["sealed by 5, 42 mm", "stamped by 2"])
def test_no_seal_is_drawn_in_a_docx(name: str) -> None:
    document: Document = CLOSINGS[name]
    with zipfile.ZipFile(io.BytesIO(render_docx(document, composed(document), STYLESHEET))) as package:
        body = package.read("word/document.xml")

        assert not [part for part in package.namelist() if "media" in part]
    assert (body.count(b"<w:drawing"), body.count(b"<w:pict"), body.count(b"a:blip")) == (1, 1, 0)
