"""Letters in 信函格式 (GB/T 9704-2012, 10.1), finished: the PDF, the DOCX, and the DOCX as LibreOffice draws it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from docgen.gongwen import Annex, Document, DocumentNumber, Format, Imprint, Masthead
from docgen.layout import with_addressees_moved
from docgen.layout.pages import TextBlock
from docgen.render.docx import render_docx
from docgen.render.pdf import render_pdf
from docgen.render.wordml import NAMESPACES
from tests.measured import Box, Sheet, read_sheets
from tests.office import convert
from tests.papers import (
    BUREAU,
    FINDINGS,
    LETTERS,
    REGULATOR,
    STYLESHEET,
    bare,
    composed,
    document_words,
    letter,
    lines_of_hanzi,
    metrics,
    page_words,
    paper,
    table,
)

RED = (255, 0, 0)
RUNNING = {"主送机关", "正文", "附件说明", "附注", "抄送", "版记主送"}


def crowded(make: type) -> Document:
    """A paper whose addressees have moved to its imprint."""
    names = "，".join(f"甲山市第{number}镇人民政府" for number in range(1, 46)) + "："
    document = make(FINDINGS, addressees=names, imprint=Imprint((REGULATOR,), "甲山市应急管理局办公室", "2024年8月15日印发"))
    return with_addressees_moved(document, STYLESHEET, metrics())[0]


OPENED = {
    **LETTERS,
    "letter of 26 lines": letter(lines_of_hanzi(26)),
    "letter with one annex": letter(FINDINGS, annexes=(Annex(None, "问题清单", (table(3),)),)),
    "letter that ends with its annex": letter(
        FINDINGS, annexes=(Annex(None, "问题清单", (table(3),)),), imprint=Imprint((), "", "")
    ),
    "letter of a long name": letter(
        FINDINGS * 2,
        masthead=Masthead((REGULATOR,), DocumentNumber("苏金函", 2024, 1), "", secrecy="机密", urgency="特急"),
    ),
    "letter whose copies have a page of their own": letter(lines_of_hanzi(13)),
    "letter whose many addressees moved": crowded(letter),
    "paper whose many addressees moved": crowded(paper),
}
EVERY = pytest.mark.parametrize("name", OPENED)
EVERY_LETTER = pytest.mark.parametrize(
    "name", [name for name, document in OPENED.items() if document.format is Format.LETTER]
)


@cache
def made(name: str) -> bytes:
    return render_docx(OPENED[name], composed(OPENED[name]), STYLESHEET)


@cache
def drawn(name: str) -> list[Sheet]:
    return read_sheets(render_pdf(composed(OPENED[name]), STYLESHEET, metrics()))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Sheet]]:
    """Every DOCX as LibreOffice lays it out, by its name."""
    pdfs = convert({name: made(name) for name in OPENED}, STYLESHEET, metrics().files, tmp_path_factory.mktemp("office"))
    return {name: read_sheets(pdf) for name, pdf in pdfs.items()}


@cache
def root(name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(made(name))) as package:
        return etree.fromstring(package.read("word/document.xml"))


def found(node: etree._Element, path: str) -> list[etree._Element]:
    return node.xpath(path, namespaces=NAMESPACES)  # type: ignore[return-value]


def red(sheet: Sheet) -> list[Box]:
    return sorted((box for box in sheet.boxes if box.colour == RED), key=lambda box: box.top)


@EVERY
def test_the_pdf_says_what_was_composed(name: str) -> None:
    pages = composed(OPENED[name])

    assert [bare(sheet.text) for sheet in drawn(name)] == [page_words(page) for page in pages.pages]


@EVERY_LETTER
def test_the_pdfs_mark_and_lines_stand_where_the_standard_puts_them(name: str) -> None:
    first, *others = drawn(name)
    issuer = OPENED[name].masthead.issuers[0]
    mark = first.marks[: len(issuer)]
    lines = red(first)

    assert min(one.top for one in mark) == pytest.approx(30, abs=0.3)
    assert lines[0].top - max(one.bottom for one in mark) == pytest.approx(4, abs=0.3)
    assert lines[-1].bottom == pytest.approx(277, abs=0.05)
    assert [(line.left, line.width) for line in lines] == [pytest.approx((20, 170), abs=0.05)] * 4
    assert [line.height for line in lines] == pytest.approx([1.058, 0.265, 0.265, 1.058], abs=0.02)
    assert [box for sheet in others for box in red(sheet)] == []


@EVERY
def test_the_audit_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(made(name))

    assert [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors] == []


@EVERY
def test_all_words_of_the_docx_stand_in_order(name: str) -> None:
    texts = found(root(name), "//w:t[not(ancestor::mc:Fallback)]")

    assert bare("".join(text.text or "" for text in texts)) == document_words(OPENED[name])


@EVERY
def test_both_branches_of_every_drawing_show_the_same_at_the_same_place(name: str) -> None:
    for drawing in found(root(name), "//mc:AlternateContent"):
        (box,), (older,) = found(drawing, "mc:Choice//wp:anchor"), found(drawing, "mc:Fallback//v:rect")
        offsets = found(box, ".//wp:posOffset/text()")
        (extent,) = found(box, "wp:extent")
        places = [int(str(value)) / 12700 for value in (*offsets, extent.get("cx"), extent.get("cy"))]
        style = dict(part.split(":") for part in (older.get("style") or "").split(";"))
        contents = [
            [etree.tostring(one, method="c14n") for one in found(drawing, f"mc:{branch}//w:txbxContent")]
            for branch in ("Choice", "Fallback")
        ]
        colours = [str(colour) for colour in found(box, ".//a:solidFill/a:srgbClr/@val")]

        assert places == pytest.approx(
            [float(style[key].removesuffix("pt")) for key in ("margin-left", "margin-top", "width", "height")], abs=0.01
        )
        assert contents[0] == contents[1]
        assert ([f"#{colour}" for colour in colours] or [None]) == [older.get("fillcolor")]


@EVERY
def test_every_drawing_has_a_number_of_its_own(name: str) -> None:
    numbers = [str(number) for number in found(root(name), "//wp:docPr/@id")]
    names = [str(one) for one in found(root(name), "//v:rect/@id")]

    assert len(set(numbers)) == len(numbers) == len(set(names)) == len(names)


@EVERY_LETTER
def test_only_the_first_page_of_the_text_is_told_to_show_no_number(name: str) -> None:
    first, *others = found(root(name), "//w:sectPr")

    assert len(found(first, "w:titlePg")) == 1
    assert found(first, "w:footerReference[@w:type='first']/@r:id") == ["rId5"]
    assert [section for section in others if found(section, "w:titlePg")] == []


@EVERY
def test_libreoffice_gives_every_page_the_words_of_the_pdf(name: str, opened: dict[str, list[Sheet]]) -> None:
    pages = composed(OPENED[name]).pages

    assert [Counter(bare(sheet.text)) for sheet in opened[name]] == [Counter(page_words(page)) for page in pages]


@EVERY
def test_libreoffice_ends_lines_as_the_pdf_does(name: str, opened: dict[str, list[Sheet]]) -> None:
    for sheet, page in zip(opened[name], composed(OPENED[name]).pages, strict=True):
        running = [block for block in page.blocks if isinstance(block, TextBlock) and block.element in RUNNING]
        drawn_lines = sheet.lines()
        assert [line.text for block in running for line in block.lines if bare(line.text) not in drawn_lines] == []


@EVERY_LETTER
def test_libreoffice_draws_the_red_lines_on_the_first_page_within_1_mm(
    name: str, opened: dict[str, list[Sheet]]
) -> None:
    first, *others = opened[name]
    rules = composed(OPENED[name]).pages[0].rules[:4]

    for box, rule in zip(red(first), rules, strict=True):
        assert (box.left, box.middle, box.width) == pytest.approx((rule.x.mm, rule.y.mm, 170), abs=0.2)
        assert box.height == pytest.approx(rule.weight.mm, abs=0.05)
    assert [box for sheet in others for box in red(sheet)] == []


@EVERY_LETTER
def test_libreoffice_sets_the_head_and_the_foot_within_1_mm(name: str, opened: dict[str, list[Sheet]]) -> None:
    heads = {"发文机关标志", "份号", "密级", "紧急程度", "发文字号", "标题", "主送机关", "抄送", "版记主送"}
    for sheet, page in zip(opened[name], composed(OPENED[name]).pages, strict=True):
        for block in page.blocks:
            if not isinstance(block, TextBlock) or block.element not in heads or (page.number != 1 and block.element == "标题"):
                continue
            line = block.lines[0]
            near = [mark for mark in sheet.marks if abs(mark.baseline - line.baseline.mm) <= 1 and mark.char == line.text[0]]
            assert [mark for mark in near if abs(mark.x - line.runs[0].x.mm) <= 0.5], block.element


@EVERY_LETTER
def test_libreoffice_shows_no_number_on_the_first_page(name: str, opened: dict[str, list[Sheet]]) -> None:
    below = ["".join(mark.char for mark in sheet.marks if 264 < mark.baseline < 275) for sheet in opened[name]]

    assert below == ["", *(f"—{number}—" for number in range(2, len(below) + 1))]


def test_a_joint_letter_names_its_author_after_the_lead_agency() -> None:
    with zipfile.ZipFile(io.BytesIO(made("joint letter"))) as package:
        assert f"<dc:creator>{BUREAU}</dc:creator>" in package.read("docProps/core.xml").decode()
