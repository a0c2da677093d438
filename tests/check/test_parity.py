"""A paper's files say what its model says: own papers are silent, each planted difference is named with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from docgen.check.book_parity import book_differences
from docgen.check.parity import Difference, paper_differences
from docgen.gongwen import Cell, Document, Paragraph, Table
from docgen.gongwen.parts import oa_parts
from docgen.layout import Pages, with_addressees_moved
from docgen.layout.pages import Run, TableBlock, TableRow
from docgen.render.docx import render_docx
from docgen.render.pdf import render_pdf
from docgen.render.xlsx import Sheet, workbook
from docgen.styles import Stylesheet
from tests.check.pdfs import drawn
from tests.check.planting import added, draw, number_moved, numbered, on_pages, on_runs, without
from tests.check.word_files import DOCUMENT, SAMPLES, made, patched
from tests.gallery.cases import CASES, case
from tests.papers import PAPERS, STYLESHEET, composed, metrics, paper, table, wide_table

CIRCULAR = PAPERS["circular"]
TURNED = PAPERS["turned and upright"]
DAY = date(2024, 8, 15)


def told(found: Iterable[Difference]) -> list[str]:
    return [str(one) for one in found]


def of_files(document: Document, stylesheet: Stylesheet) -> list[str]:
    """Make the files of a paper and compare them."""
    document, pages = with_addressees_moved(document, stylesheet, metrics())
    docx, pdf = render_docx(document, pages, stylesheet), render_pdf(pages, stylesheet, metrics())
    return told(paper_differences(document, pages, docx, pdf))


def in_docx(content: bytes, document: Document = CIRCULAR) -> list[str]:
    return told(paper_differences(document, composed(document), docx=content))


def in_pdf(content: bytes, document: Document = CIRCULAR) -> list[str]:
    return told(paper_differences(document, composed(document), pdf=content))


@pytest.mark.parametrize("name", CASES)
def test_nothing_differs_in_the_gallery(name: str) -> None:
    made_case = case(name)

    assert of_files(made_case.document, made_case.stylesheet) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_differs_in_a_sample(name: str) -> None:
    assert of_files(SAMPLES[name], STYLESHEET) == []


@pytest.mark.parametrize("name", ["circular", "turned and upright", "letter with annexes"])
def test_nothing_differs_in_a_part_for_an_oa(name: str) -> None:
    parts = oa_parts(SAMPLES[name])

    assert [line for part in (parts.paper, *(one for _, one in parts.annexes)) for line in of_files(part, STYLESHEET)] == []


def test_a_row_that_no_page_holds_is_compared_as_one() -> None:
    long = replace(table(1), rows=(put(table(1).rows[0], 2, "昇堃铸造" * 120),))
    annex = replace(CIRCULAR.annexes[0], number=None, title="清单", blocks=(long,))

    assert of_files(paper("正文。", annexes=(annex,)), STYLESHEET) == []


# --- DOCX -------------------------------------------------------------------------------------------------------


def row_pattern(text: str) -> str:
    """The XML of the row that holds a text."""
    return rf"<w:tr\b(?:(?!</w:tr>).)*?>{text}<(?:(?!</w:tr>).)*</w:tr>"


def test_one_digit_of_a_cell_is_named_in_a_docx() -> None:
    changed = patched(made("circular"), DOCUMENT, ">PZDB20240000000007<", ">PZDB20240000000070<")

    assert in_docx(changed) == [
        "DOCX：附件1“表一投保情况”第 7 行“保单号”一格写的是“PZDB20240000000070”，应为“PZDB20240000000007”"
    ]


def test_a_lost_row_is_named_in_a_docx() -> None:
    changed = patched(made("circular"), DOCUMENT, row_pattern("PZDB20240000000007"), "")

    (line,) = in_docx(changed)
    assert line.startswith("DOCX：附件1“表一投保情况”第 7 行缺“7　甲山市　甲山青禾铸造有限公司第7分厂　PZDB20240000000007")


def test_a_lost_total_is_named_in_a_docx() -> None:
    changed = patched(made("circular"), DOCUMENT, row_pattern("合计"), "")

    assert in_docx(changed) == ["DOCX：附件1“表一投保情况”合计行缺“合计　1000000.00”"]


def test_swapped_cells_are_named_in_a_docx() -> None:
    content = patched(made("circular"), DOCUMENT, ">PZDB20240000000007<", ">#<")
    content = patched(content, DOCUMENT, ">PZDB20240000000008<", ">PZDB20240000000007<")
    content = patched(content, DOCUMENT, ">#<", ">PZDB20240000000008<")

    assert in_docx(content) == [
        "DOCX：附件1“表一投保情况”第 7 行“保单号”一格写的是“PZDB20240000000008”，应为“PZDB20240000000007”",
        "DOCX：附件1“表一投保情况”第 8 行“保单号”一格写的是“PZDB20240000000007”，应为“PZDB20240000000008”",
    ]


def test_a_lost_paragraph_is_named_in_a_docx() -> None:
    content = patched(made("circular"), DOCUMENT, r"<w:p>(?:(?!</w:p>).)*主要存在问题(?:(?!</w:p>).)*</w:p>", "")

    assert in_docx(content) == ["DOCX：正文第 4 段缺“二、主要存在问题”"]


def test_a_figure_of_the_text_is_named_in_a_docx() -> None:
    (line,) = in_docx(patched(made("circular"), DOCUMENT, "141份存在问题，占9.7%", "114份存在问题，占9.7%"))

    assert line.startswith("DOCX：正文第 3 段写的是“……")
    assert "114份存在问题" in line
    assert "应为“……" in line
    assert "141份存在问题" in line


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("苏应急〔2024〕132号", "苏应急〔2024〕133号", "发文字号"),
        ("工作开展情况的通报", "工作开展情况的通告", "标题"),
        ("各财产保险公司：", "各保险公司：", "主送机关"),
        ("附件数据截止时间为2024年8月9日", "附件数据截止时间为2024年8月8日", "附件说明"),
        ("江苏省应急管理厅", "江苏省应急厅", "抄送"),
        ("2024年8月15日印发", "2024年8月16日印发", "印发日期"),
        ("苏州市应急管理局办公室", "苏州市应急管理局", "印发机关"),
        ("一览表</w:t>", "一览</w:t>", ""),
    ],
)
def test_each_element_is_compared_in_a_docx(old: str, new: str, where: str) -> None:
    lines = in_docx(patched(made("circular"), DOCUMENT, old, new))

    assert len(lines) == 1
    assert lines[0].startswith(f"DOCX：{where}")


def test_a_docx_of_another_paper_differs_all_over() -> None:
    assert len(in_docx(made("letter"))) > 20


# --- PDF --------------------------------------------------------------------------------------------------------


def on_rows(document: Document, page: int, change: Callable[[list[TableRow]], list[TableRow]]) -> Pages:
    """Change the rows of the first table on a page."""
    pages = composed(document)

    def changed(block: object) -> object:
        return replace(block, rows=tuple(change(list(block.rows)))) if isinstance(block, TableBlock) else block

    return on_pages(
        pages, lambda one: replace(one, blocks=tuple(map(changed, one.blocks))) if one.number == page else one  # type: ignore[arg-type]
    )


def table_page(document: Document, at: int = 0) -> int:
    """The number of the page with a table, the first when `at` is 0."""
    pages = composed(document).pages
    return [page.number for page in pages if any(isinstance(block, TableBlock) for block in page.blocks)][at]


def retold(row: TableRow, column: int, change: Callable[[str], str]) -> TableRow:
    """Write the first line of a cell otherwise."""
    line, *more = row.cells[column]
    new = replace(line, runs=tuple(replace(run, text=change(run.text)) for run in line.runs))
    return replace(row, cells=(*row.cells[:column], (new, *more), *row.cells[column + 1 :]))


@pytest.mark.parametrize("at", [0, 1])
def test_one_digit_of_a_cell_is_named_in_a_pdf_on_the_first_page_of_a_table_and_on_the_next(at: int) -> None:
    page = table_page(CIRCULAR, at)
    pages = on_rows(CIRCULAR, page, lambda rows: [*rows[:2], retold(rows[2], 5, lambda text: text.replace("9", "8")), *rows[3:]])

    assert in_pdf(draw(pages)) == [
        f"PDF：第 {page} 页附件1表格第 2 行“止期”一格写的是“2024-08-08”，应为“2024-08-09”"
    ]


def test_a_word_of_a_cell_is_named_on_a_turned_page() -> None:
    page = next(one.number for one in composed(TURNED).pages if one.is_turned)
    pages = on_rows(TURNED, page, lambda rows: [rows[0], retold(rows[1], 4, lambda text: text.replace("说明", "说法")), *rows[2:]])

    (line,) = in_pdf(draw(pages), TURNED)
    assert line.startswith(f"PDF：第 {page} 页附件2表格第 1 行“第4项指标名称”一格写的是“说法")


def test_a_lost_row_is_named_in_a_pdf() -> None:
    page = table_page(CIRCULAR)
    lines = in_pdf(draw(on_rows(CIRCULAR, page, lambda rows: [*rows[:3], *rows[4:]])))

    assert f"PDF：第 {page} 页附件1表格第 3 行“属地”一格缺“甲山市”" in lines
    assert all("第 3 行" in line for line in lines)


def test_swapped_cells_are_named_in_a_pdf() -> None:
    page = table_page(CIRCULAR)
    lines = in_pdf(draw(on_rows(
        CIRCULAR, page,
        lambda rows: [rows[0], retold(rows[1], 0, lambda _: "2"), retold(rows[2], 0, lambda _: "1"), *rows[3:]],
    )))

    assert lines == [
        f"PDF：第 {page} 页附件1表格第 1 行“序号”一格写的是“2”，应为“1”",
        f"PDF：第 {page} 页附件1表格第 2 行“序号”一格写的是“1”，应为“2”",
    ]


def test_a_lost_paragraph_is_named_in_a_pdf() -> None:
    lines = in_pdf(draw(without(CIRCULAR, "一级标题", page=2)))

    assert len(lines) == 1
    assert lines[0].startswith("PDF：第 2 页正文缺“二、主要存在问题")


@pytest.mark.parametrize(
    ("element", "old", "new"),
    [
        ("发文字号", "132", "123"), ("标题", "通报", "通告"), ("署名", "应急", "急应"), ("成文日期", "15", "16"),
        ("附件说明", "1", "2"), ("附件", "1", "2"), ("抄送", "厅", "局"), ("印发日期", "15", "16"), ("页码", "1", "2"),
    ],
)  # fmt: skip
def test_each_element_is_compared_in_a_pdf(element: str, old: str, new: str) -> None:
    def written_anew(run: Run) -> Run:
        return replace(run, text=run.text.replace(old, new))

    if element == "页码":
        pages = numbered(CIRCULAR, lambda page, block: number_moved(block, text="— 2 —") if page == 1 else block)
    else:
        pages = on_runs(CIRCULAR, element, written_anew)
    lines = in_pdf(draw(pages))

    assert lines
    assert all(element in line and new in line and old in line for line in lines)


def test_what_is_drawn_beside_the_paper_is_named() -> None:
    pages = added(PAPERS["short"], 1, "另一家的保单", 60, 250)

    assert in_pdf(draw(pages), PAPERS["short"]) == ["PDF：第 1 页多出“另一家的保单”"]


def test_a_pdf_of_another_paper_has_other_pages() -> None:
    lines = in_pdf(drawn(PAPERS["letter"]))

    assert lines[0] == f"PDF：全文写的是“{len(composed(PAPERS['letter']).pages)} 页”，应为“{len(composed(CIRCULAR).pages)} 页”"
    assert len(lines) > 20


def test_characters_that_a_font_draws_by_one_glyph_are_one_in_a_pdf_and_not_in_a_docx() -> None:
    """A PDF gives one of them for each: text copied from elsewhere has radicals for hanzi, dots, hyphens of all kinds."""
    pairs = "一⼀，行⾏，见⻅，户⼾，·•・，P‑2和P-2，〜～，①➀，软\u00ad连，ﬁ，㎡"
    document = paper(pairs + "。", annexes=(replace(CIRCULAR.annexes[1], number=None, blocks=(table(1),)),))
    content = render_docx(document, composed(document), STYLESHEET)

    assert of_files(document, STYLESHEET) == []
    assert len(in_docx(patched(content, DOCUMENT, "一⼀", "⼀一"), document)) == 1


@pytest.mark.parametrize(
    ("meant", "slip"), [("10²", "102"), ("①", "1"), ("１", "1"), ("㎡", "m2"), ("戶", "户"), ("Ⅲ", "III"), ("％", "%"), ("～", "~")]
)  # fmt: skip
def test_what_is_not_drawn_alike_is_named_in_a_pdf(meant: str, slip: str) -> None:
    lines = in_pdf(drawn(paper(f"甲处{slip}。")), paper(f"甲处{meant}。"))

    assert lines == [f"PDF：第 1 页正文写的是“甲处{slip}。”，应为“甲处{meant}。”"]


def test_what_the_composition_loses_is_named_without_any_file() -> None:
    pages = composed(replace(CIRCULAR, body=(*CIRCULAR.body[:3], *CIRCULAR.body[4:])))

    assert told(paper_differences(CIRCULAR, pages)) == ["版面：正文第 4 段缺“二、主要存在问题”"]


# --- XLSX -------------------------------------------------------------------------------------------------------

TABLES = tuple(block for annex in CIRCULAR.annexes for block in annex.blocks if isinstance(block, Table))


def book(tables: Iterable[Table]) -> bytes:
    return workbook([Sheet(f"附件{place}", f"附件{place}", (one,)) for place, one in enumerate(tables, start=1)], "附件", DAY)


def in_book(tables: Iterable[Table]) -> list[str]:
    return told(book_differences(TABLES, book(tables)))


def with_rows(change: Callable[[list[tuple[Cell, ...]]], list[tuple[Cell, ...]]]) -> list[Table]:
    return [replace(TABLES[0], rows=tuple(change(list(TABLES[0].rows)))), *TABLES[1:]]


def put(row: tuple[Cell, ...], column: int, value: object) -> tuple[Cell, ...]:
    return (*row[:column], replace(row[column], value=value), *row[column + 1 :])  # type: ignore[arg-type]


def test_nothing_differs_in_a_workbook_of_the_same_tables() -> None:
    one_sheet = workbook([Sheet("附件", "附件", TABLES)], "附件", DAY)

    assert in_book(TABLES) == []
    assert told(book_differences(TABLES, one_sheet)) == []


def test_nothing_differs_where_cells_are_chosen_from_long_lists() -> None:
    columns = tuple(replace(column, choices=("选项" * 60, "另一个选项" * 40)) for column in TABLES[1].columns[-2:])
    form = replace(TABLES[1], columns=(*TABLES[1].columns[:-2], *columns))
    content = workbook([Sheet("反馈表", "反馈表", (form,), is_form=True)], "反馈表", DAY)

    assert told(book_differences((form,), content)) == []


def test_one_digit_of_a_workbook_is_named() -> None:
    changed = with_rows(lambda rows: [*rows[:6], put(rows[6], 3, "PZDB20240000000070"), *rows[7:]])

    assert in_book(changed) == [
        "XLSX：工作表“附件1”表中第 7 行“保单号”一格写的是“PZDB20240000000070”，应为“PZDB20240000000007”"
    ]


def test_a_number_and_a_day_of_a_workbook_are_compared_as_they_are_shown() -> None:
    changed = with_rows(lambda rows: [put(put(rows[0], 4, rows[1][4].value), 5, date(2024, 8, 10)), *rows[1:]])

    assert in_book(changed) == [
        "XLSX：工作表“附件1”表中第 1 行“保费（元）”一格写的是“2469.00”，应为“1234.50”",
        "XLSX：工作表“附件1”表中第 1 行“止期”一格写的是“2024-08-10”，应为“2024-08-09”",
    ]


def test_a_mark_that_is_lost_in_a_workbook_is_named() -> None:
    changed = with_rows(lambda rows: [*rows[:2], (*rows[2][:-1], Cell("未续保")), *rows[3:]])

    assert in_book(changed) == ["XLSX：工作表“附件1”表中第 3 行“情形”一格写的是“未续保”，应为“未续保【待核】”"]


def test_a_lost_row_and_an_added_row_of_a_workbook_are_named() -> None:
    lost = in_book(with_rows(lambda rows: [*rows[:6], *rows[7:]]))
    added = in_book(with_rows(lambda rows: [*rows, put(rows[0], 3, "PZDB99990000000001")]))

    assert len(lost) == 1
    assert lost[0].startswith("XLSX：工作表“附件1”表中第 7 行缺“7　甲山市")
    assert len(added) == 1
    assert added[0].startswith("XLSX：工作表“附件1”第 44 行多出“1　甲山市")


def test_a_total_that_differs_in_a_workbook_is_named() -> None:
    changed = [replace(TABLES[0], total=put(TABLES[0].total, 4, 1)), *TABLES[1:]]

    assert in_book(changed) == ["XLSX：工作表“附件1”合计行“保费（元）”一格写的是“1.00”，应为“1000000.00”"]


def test_a_table_that_is_missing_and_one_that_is_too_many_are_named() -> None:
    missing = told(book_differences((*TABLES, wide_table(2)), book(TABLES)))
    added = in_book((*TABLES, wide_table(1)))

    assert len(missing) == 1
    assert "第 4 张表的表头缺" in missing[0]
    assert [line.partition("多出")[0] for line in added] == ["XLSX：工作表“附件4”第 2 行", "XLSX：工作表“附件4”第 3 行"]


def test_the_words_of_a_workbook_cell_are_not_markup() -> None:
    rows = ((Cell("<r>甲</r>"), Cell("_x0041_"), Cell("=1+1")),)
    odd = Table(TABLES[0].columns[1:4], rows)

    assert told(book_differences((odd,), book((odd,)))) == []


def test_blanks_and_line_ends_are_no_difference() -> None:
    document = paper(Paragraph("第一句。　第二句。"), title="关于安全生产\n检查的通知")

    assert of_files(document, STYLESHEET) == []
