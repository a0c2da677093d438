"""Every case of the gallery: its DOCX, flowing by itself in LibreOffice, has the PDF's lines, rows and pages."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from docgen.layout.pages import TextBlock
from docgen.render.wordml import NAMESPACES
from tests.gallery.cases import CASES, case
from tests.gallery.conftest import DENSE, Finished
from tests.gallery.dense import dense_paper
from tests.measured import Sheet
from tests.papers import bare, composed, page_words, running_lines

EVERY = pytest.mark.parametrize("name", CASES)


@EVERY
def test_it_has_as_many_pages_as_the_pdf(name: str, finished: dict[str, Finished]) -> None:
    assert len(finished[name].office) == len(case(name).pages.pages)


@EVERY
def test_every_page_holds_the_same_words_and_rows(name: str, finished: dict[str, Finished]) -> None:
    for sheet, page in zip(finished[name].office, case(name).pages.pages, strict=True):
        assert Counter(bare(sheet.text)) == Counter(page_words(page)), page.number


@EVERY
def test_every_line_of_running_text_ends_alike(name: str, finished: dict[str, Finished]) -> None:
    for sheet, page in zip(finished[name].office, case(name).pages.pages, strict=True):
        lines = sheet.lines()
        assert [line for line in running_lines(page) if line not in lines] == [], page.number


@EVERY
def test_it_flows_by_itself(name: str, finished: dict[str, Finished]) -> None:
    """No line is forced to end, no page either, and a paragraph of the text is one paragraph."""
    with zipfile.ZipFile(io.BytesIO(finished[name].docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    document = case(name).document

    def styled(*styles: str) -> list[str]:
        wanted = " or ".join(f"w:pPr/w:pStyle/@w:val='{style}'" for style in styles)
        found = root.xpath(f"//w:p[{wanted}]", namespaces=NAMESPACES)
        return ["".join(text.text or "" for text in one.iter(f"{{{NAMESPACES['w']}}}t")) for one in found]

    texts = styled("Body", "Heading1", "Heading2", "Heading3", "Heading4")
    assert not root.xpath("//w:br[@w:type='page'] | //w:lastRenderedPageBreak", namespaces=NAMESPACES)
    assert not root.xpath("//w:p[not(w:pPr/w:pStyle[contains(@w:val, 'Title')])]//w:br", namespaces=NAMESPACES)
    assert "".join(texts) == "".join(paragraph.text for paragraph in document.body)
    assert len(texts) <= len(document.body) + 1, "only the last paragraph may be in two, to stay by the signatures"


@EVERY
def test_the_audit_finds_nothing_wrong(name: str, finished: dict[str, Finished], tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(finished[name].docx)

    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


MARKS = "、，。；："


def ends(lines: list[str]) -> set[int]:
    """How many characters stand before the end of each line, marks that may hang not counted."""
    kept = ["".join(char for char in line.replace("\x02", "-") if char not in MARKS) for line in lines]
    return {sum(map(len, kept[: place + 1])) for place in range(len(kept))}


def body_lines(sheets: list[Sheet]) -> list[str]:
    """The lines of the text: behind the addressees, before the signatures, without page numbers."""
    lines = [line for sheet in sheets for line in sheet.lines() if not line.startswith("—") or not line.endswith("—")]
    first = next(place for place, line in enumerate(lines) if line.endswith("应急管理局：")) + 1
    return lines[first:]


def test_text_dense_with_figures_ends_nearly_all_its_lines_alike(finished: dict[str, Finished]) -> None:
    """What is left are two dashes that LibreOffice parts, and roundings; here more than 97 in a hundred agree."""
    document = dense_paper()
    composed_lines = [
        bare(line.text)
        for page in composed(document).pages
        for block in page.blocks
        if isinstance(block, TextBlock) and block.element == "正文"
        for line in block.lines
    ]
    mine, office = ends(composed_lines), ends(body_lines(finished[DENSE].office))

    assert len(mine) > 600
    assert len(mine & office) / len(mine) > 0.97
