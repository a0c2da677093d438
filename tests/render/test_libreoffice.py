"""Every sample DOCX, opened in LibreOffice: it flows by itself to the pages, rows and line ends of the PDF.

One call converts all of them. Where LibreOffice is missing these tests fail and say what to install.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from docgen.gongwen import Annex, Cell, CellKind, Document, Table, TableColumn
from docgen.gongwen.parts import bound_parts, oa_parts
from docgen.layout.pages import Page, Run, TableBlock, TextBlock
from docgen.render.docx import render_docx
from docgen.units import Length
from tests.first_pages import FIRST_PAGES
from tests.measured import Sheet, read_sheets, upright
from tests.office import convert
from tests.papers import (
    FINDINGS,
    PAPERS,
    STYLESHEET,
    bare,
    composed,
    lines_of_hanzi,
    metrics,
    page_words,
    paper,
    table,
    tables,
    wide_table,
)

FIRST_ELEMENTS = {"份号", "密级", "紧急程度", "发文机关标志", "发文字号", "签发人", "标题", "主送机关"}
RUNNING = {"主送机关", "正文", "一级标题", "二级标题", "三级标题", "四级标题", "附件说明", "附注"}


def filled_page(rows: int) -> Document:
    """A paper whose table ends about where its page does, with another annex after it."""
    block = table(rows)
    return paper(FINDINGS, annexes=(Annex(1, "清单", (block,)), Annex(2, "清单", (block,))))


def long_cell() -> Document:
    """A table with a row that no page holds, between two that stand whole."""
    text = "".join(f"第{number}句说明，内容较长。" for number in range(500))[:5000]
    columns = (TableColumn("情况说明", CellKind.TEXT, 10), TableColumn("编号", CellKind.ID, 4))
    rows = tuple((Cell(words), Cell(f"W-{number}")) for number, words in enumerate(("在前", text, "在后")))
    return paper(FINDINGS, annexes=(Annex(None, "清单", (Table(columns, rows),)),))


OPENED = {
    **PAPERS,
    **FIRST_PAGES,
    "cell that no page holds": long_cell(),
    "marks behind lines of 28": paper(*("检" * 26 + ("检" * 28 + "，") * count + "查" for count in (1, 2, 3))),
    **{f"table of {rows} rows": filled_page(rows) for rows in (21, 22, 23, 24, 25, 26, 27)},
    **{f"{lines} lines before the signatures": paper(lines_of_hanzi(lines), FINDINGS[:20]) for lines in (4, 5, 24, 26)},
}
EVERY = pytest.mark.parametrize("name", OPENED)
ALONE = {
    f"annex of {kind} alone": bound_parts(paper(annexes=(Annex(2, "清单", (block,), "苏应急〔2024〕7号"),))).annexes[0][1]
    for kind, block in {"an upright table": table(40), "a turned table": wide_table(9)}.items()
}
FOR_OA = {
    "text for an OA": oa_parts(PAPERS["circular"]).paper,
    **{f"annex {annex.number} for an OA": alone for annex, alone in oa_parts(PAPERS["circular"]).annexes},
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Sheet]]:
    """Every paper as LibreOffice lays it out, by its name."""
    papers = {**OPENED, **ALONE, **FOR_OA}
    made = {name: render_docx(document, composed(document), STYLESHEET) for name, document in papers.items()}
    pdfs = convert(made, STYLESHEET, metrics().files, tmp_path_factory.mktemp("office"))
    return {name: read_sheets(pdf) for name, pdf in pdfs.items()}


@EVERY
def test_it_has_as_many_pages_as_the_pdf(name: str, opened: dict[str, list[Sheet]]) -> None:
    assert len(opened[name]) == len(composed(OPENED[name]).pages)


@EVERY
def test_every_page_holds_the_same_words(name: str, opened: dict[str, list[Sheet]]) -> None:
    for sheet, page in zip(opened[name], composed(OPENED[name]).pages, strict=True):
        assert Counter(bare(sheet.text)) == Counter(page_words(page))


def running_lines(page: Page) -> Iterator[str]:
    """The lines of running text of a page."""
    for block in page.blocks:
        if isinstance(block, TextBlock) and block.element in RUNNING:
            yield from (bare(line.text) for line in block.lines)


@EVERY
def test_running_text_ends_its_lines_alike(name: str, opened: dict[str, list[Sheet]]) -> None:
    for sheet, page in zip(opened[name], composed(OPENED[name]).pages, strict=True):
        lines = sheet.lines()
        assert [line for line in running_lines(page) if line not in lines] == []


def test_a_long_table_has_the_same_rows_on_each_page(opened: dict[str, list[Sheet]]) -> None:
    for name in ("circular", "table of 26 rows"):
        pages = composed(OPENED[name])
        rows: dict[int, list[str]] = {page.number: [] for page in pages.pages}
        for number, block in tables(pages):
            rows[number] += [row.cells[3][0].text for row in block.rows if row.cells[3][0].text[:4] == "PZDB"]
        for number, sheet in enumerate(opened[name], start=1):
            seen = re.findall(r"PZDB2024\d{10}", "".join(sheet.lines()))
            assert [policy for policy in seen if policy in rows[number]] == rows[number]


@EVERY
def test_the_imprint_ends_at_262_mm_on_the_last_page(name: str, opened: dict[str, list[Sheet]]) -> None:
    office = OPENED[name].imprint.printing_office
    last = [mark for mark in opened[name][-1].marks if mark.baseline < 263][-len(office) :]

    assert office[:4] in "".join(opened[name][-1].lines())
    assert max(mark.bottom for mark in last) == pytest.approx(262 - 2.4, abs=1.5)


def origins(run: Run) -> list[float]:
    """Where each character of a composed run stands, in mm from the left."""
    at, places = int(run.x), []
    for glyph in metrics().glyphs(run.text, run.face, run.size):
        places.append(Length(at).mm)
        at += glyph.advance + int(run.spacing)
    return places


@EVERY
def test_the_first_page_opens_as_composed_down_to_the_text(name: str, opened: dict[str, list[Sheet]]) -> None:
    page, sheet = composed(OPENED[name]).pages[0], opened[name][0]
    text = "".join(mark.char for mark in sheet.marks)
    for block in page.blocks:
        if isinstance(block, TextBlock) and block.element in FIRST_ELEMENTS:
            for line in block.lines:
                words = bare(line.text)
                stands = sheet.marks[text.index(words) :][: len(words)]
                places = [at for run in line.runs for at, char in zip(origins(run), run.text, strict=True) if char.strip()]
                assert [mark.baseline for mark in stands] == pytest.approx([line.baseline.mm] * len(words), abs=0.2)
                assert [mark.x for mark in stands] == pytest.approx(places, abs=1)


@EVERY
def test_the_red_rule_opens_as_composed(name: str, opened: dict[str, list[Sheet]]) -> None:
    rule = composed(OPENED[name]).pages[0].rules[0]
    drawn = opened[name][0].boxes[0]

    assert drawn.middle == pytest.approx(rule.y.mm, abs=0.3)
    assert (drawn.left + drawn.right) / 2 == pytest.approx((rule.x + rule.width / 2).mm, abs=0.2)
    assert drawn.width == pytest.approx(rule.width.mm, abs=1.2)


@EVERY
def test_page_numbers_stand_where_the_pdf_has_them(name: str, opened: dict[str, list[Sheet]]) -> None:
    for sheet, page in zip(opened[name], composed(OPENED[name]).pages, strict=True):
        below = [mark for mark in upright(sheet).marks if mark.top > 264]
        assert "".join(mark.char for mark in below) == (f"—{page.number}—" if page.page_number else "")
        if page.page_number:
            run, *_ = page.page_number.lines[0].runs
            assert (below[0].top + below[0].bottom) / 2 == pytest.approx(269, abs=1)
            assert below[0].left == pytest.approx(run.x.mm, abs=0.6)
            assert all(a.right < b.left for a, b in itertools.pairwise(below))


@EVERY
def test_turned_pages_lie_on_their_side_and_no_others(name: str, opened: dict[str, list[Sheet]]) -> None:
    for sheet, page in zip(opened[name], composed(OPENED[name]).pages, strict=True):
        wanted = (297, 210) if page.is_turned else (210, 297)
        assert (sheet.width, sheet.height) == pytest.approx(wanted, abs=0.1)


def test_a_turned_table_stands_where_the_pdf_has_it(opened: dict[str, list[Sheet]]) -> None:
    """Rows a millimetre apart at most: LibreOffice lays half of a rule's weight around each."""
    for name in ("crowded table", "turned and upright"):
        pages = composed(OPENED[name]).pages
        for sheet, page in ((sheet, page) for sheet, page in zip(opened[name], pages, strict=True) if page.is_turned):
            for block in (block for block in page.blocks if isinstance(block, TableBlock)):
                for line in (row.cells[-1][0] for row in block.rows):
                    x = line.runs[0].x.mm
                    column = [mark for mark in sheet.marks if mark.char == line.text[0] and abs(mark.x - x) < 1]
                    assert min(abs(mark.baseline - line.baseline.mm) for mark in column) < 1


@pytest.mark.parametrize("name", ALONE)
def test_an_annex_by_itself_begins_at_page_1_with_the_number_of_its_paper(
    name: str, opened: dict[str, list[Sheet]]
) -> None:
    pages = composed(ALONE[name]).pages
    assert len(opened[name]) == len(pages) > 1
    for sheet, page in zip(opened[name], pages, strict=True):
        assert Counter(bare(sheet.text)) == Counter(page_words(page))
    assert opened[name][0].lines()[0] == "苏应急〔2024〕7号附件2"
    assert "".join(mark.char for mark in upright(opened[name][0]).marks if mark.top > 264) == "—1—"


@pytest.mark.parametrize("name", FOR_OA)
def test_a_part_for_an_oa_has_the_lines_of_the_pdf_where_the_pdf_has_them(name: str, opened: dict[str, list[Sheet]]) -> None:
    pages = composed(FOR_OA[name]).pages
    assert len(opened[name]) == len(pages)
    for sheet, page in zip(opened[name], pages, strict=True):
        assert Counter(bare(sheet.text)) == Counter(page_words(page))
        lines = sheet.lines()
        assert [line for line in running_lines(page) if line not in lines] == []
    first = next(line for block in pages[0].blocks if isinstance(block, TextBlock) for line in block.lines)
    assert upright(opened[name][0]).marks[0].baseline == pytest.approx(first.baseline.mm, abs=1)


def test_a_missing_libreoffice_is_a_failure_that_says_what_to_install(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(pytest.fail.Exception, match="apt-get install libreoffice-writer"):
        convert({}, STYLESHEET, metrics().files, tmp_path_factory.mktemp("none"))
