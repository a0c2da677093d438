"""First pages with every element of 版头, drawn: the PDF as composed, the DOCX valid and in the same order."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from docgen.gongwen import Document
from docgen.render.docx import render_docx
from docgen.render.pdf import render_pdf
from docgen.render.wordml import NAMESPACES
from tests.first_pages import FIRST_PAGES
from tests.measured import read_sheets
from tests.papers import STYLESHEET, bare, composed, metrics, page_lines

EVERY = pytest.mark.parametrize("document", FIRST_PAGES.values(), ids=FIRST_PAGES)


@EVERY
def test_the_pdf_shows_every_line_of_the_first_page_where_it_was_composed(document: Document) -> None:
    pages = composed(document)
    sheet = read_sheets(render_pdf(pages, STYLESHEET, metrics()))[0]
    drawn = iter(sheet.marks)
    for line in page_lines(pages.pages[0]):
        stands = [next(drawn) for _ in bare(line.text)]
        assert "".join(mark.char for mark in stands) == bare(line.text)
        assert [mark.baseline for mark in stands] == pytest.approx([line.baseline.mm] * len(stands), abs=0.05)
        assert stands[0].x == pytest.approx(line.runs[0].x.mm, abs=0.05)


@EVERY
def test_the_docx_is_valid_and_reads_in_the_order_of_the_pdf(document: Document, tmp_path: Path) -> None:
    pages, path = composed(document), tmp_path / "paper.docx"
    content = render_docx(document, pages, STYLESHEET)
    path.write_bytes(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    words = bare("".join(root.xpath("//w:t/text()", namespaces=NAMESPACES)))
    opening = bare("".join(line.text for line in page_lines(pages.pages[0], page_number=False)))

    assert [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors] == []
    assert words.startswith(opening)


def test_the_style_of_each_element_bears_its_name() -> None:
    content = render_docx(FIRST_PAGES["上行文三人"], composed(FIRST_PAGES["上行文三人"]), STYLESHEET)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))

    def styled(style: str) -> list[str]:
        found = root.xpath(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']", namespaces=NAMESPACES)
        return ["".join(one.xpath(".//w:t/text()", namespaces=NAMESPACES)) for one in found]

    assert styled("CopyNumber") == ["000012"]
    assert styled("Urgency") == ["特急"]
    assert styled("Mark")[-1] == "文件"
    assert styled("Number") == ["甲应急〔2024〕132号"]
    assert styled("Signer") == ["签发人：青某白某某", "玄某"]
