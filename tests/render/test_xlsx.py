"""The workbook, read back: what a clerk sees in Excel is what the tables say, and no text does anything."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.render.xlsx import Sheet, workbook
from docgen.render.xlsx_text import MAX_TEXT, sheet_names

DAY = date(2024, 8, 9)
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "{=1+1}",
    "+1",
    "-1",
    "@SUM(A1:A9)",
    "{{7*7}}",
    "]]>",
    "A&B <公司>",
    "<r><t>加粗</t></r>",
    "<r>&</r>",
    "_x000D_",
    "https://example.invalid/",
    "007",
    "1.2E+17",
    "  两边有空格  ",
    "两\n行",
    "𠮷祥公司",
]

LIST = Table(
    columns=(
        TableColumn("序号", CellKind.INTEGER, 3),
        TableColumn("保单号", CellKind.ID, 12),
        TableColumn("被保险单位", CellKind.TEXT, 10),
        TableColumn("投保人数", CellKind.INTEGER, 5),
        TableColumn("保费（元）", CellKind.MONEY, 6),
        TableColumn("占保费比例", CellKind.PERCENT, 5),
        TableColumn("保险起期", CellKind.DAY, 6),
        TableColumn("核实结论", CellKind.TEXT, 5, ("属实", "部分属实", "撤销")),
    ),
    rows=(
        (
            Cell(1), Cell("320500202400000001"), Cell("青禾金属厂"), Cell(12345),
            Cell(Decimal("98765.40")), Cell(Decimal("0.2")), Cell(date(2024, 3, 1)), Cell("属实"),
        ),
        (
            Cell(2), Cell("320500202400000002"), Cell("白塔加油站", is_doubtful=True), Cell(8, is_doubtful=True),
            Cell(Decimal("600")), Cell(Decimal("0.085"), mark="（低于20%）"), Cell(None), Cell(None),
        ),
    ),
    total=(
        Cell("合计"), Cell(None), Cell(None), Cell(12353),
        Cell(Decimal("99365.40")), Cell(None), Cell(None), Cell(None),
    ),
    caption="表一",
    notes=("数据截止时间为2024年8月9日。",),
)


def texts(*values: str) -> Table:
    """A table of one text column."""
    return Table((TableColumn("情况说明", CellKind.TEXT, 20),), tuple((Cell(value),) for value in values))


def read(*sheets: Sheet) -> Workbook:
    return openpyxl.load_workbook(BytesIO(workbook(sheets, "附件", DAY)), rich_text=False)


def read_table(table: Table) -> Worksheet:
    return read(Sheet("附件1", "一览表", (table,))).worksheets[0]


def audit(content: bytes, folder: Path) -> list[str]:
    path = folder / "made.xlsx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors]


def test_heading_caption_header_rows_total_and_notes_stand_in_this_order() -> None:
    first_column = [row[0] for row in read_table(LIST).iter_rows(values_only=True)]

    assert first_column == ["一览表", "表一", "序号", 1, 2, "合计", "数据截止时间为2024年8月9日。"]


def test_the_heading_is_in_heiti_across_all_columns() -> None:
    sheet = read_table(LIST)

    assert sheet["A1"].font.name == "黑体"
    assert "A1:H1" in [str(merged) for merged in sheet.merged_cells.ranges]


@pytest.mark.parametrize(
    ("place", "value", "number_format"),
    [
        ("A4", 1, "#,##0"),
        ("B4", "320500202400000001", "@"),
        ("C4", "青禾金属厂", "General"),
        ("D4", 12345, "#,##0"),
        ("E4", 98765.4, "#,##0.00"),
        ("F4", 0.2, "0.0%"),
        ("G4", datetime(2024, 3, 1), "yyyy-mm-dd"),
        ("D6", 12353, "#,##0"),
    ],
)
def test_each_kind_is_stored_as_itself(place: str, value: object, number_format: str) -> None:
    cell = read_table(LIST)[place]

    assert cell.value == value
    assert cell.number_format == number_format


def test_a_mark_stands_behind_a_number_that_stays_a_number() -> None:
    cell = read_table(LIST)["F5"]

    assert cell.value == 0.085
    assert cell.number_format == '0.0%"（低于20%）"'


def test_a_doubtful_number_stays_a_number_and_is_marked_filled_and_commented() -> None:
    cell = read_table(LIST)["D5"]

    assert cell.value == 8
    assert cell.number_format == '#,##0"【待核】"'
    assert cell.fill.start_color.rgb == "FFFFFF00"
    assert cell.comment.text.startswith("待核：")


def test_a_doubtful_text_is_marked_filled_and_commented() -> None:
    cell = read_table(LIST)["C5"]

    assert cell.value == "白塔加油站【待核】"
    assert cell.fill.start_color.rgb == "FFFFFF00"
    assert cell.comment.text.startswith("待核：")


def test_a_cell_without_doubt_has_neither_fill_nor_comment() -> None:
    cell = read_table(LIST)["D4"]

    assert cell.fill.fill_type is None
    assert cell.comment is None


def test_header_and_total_are_bold_and_the_header_wraps() -> None:
    sheet = read_table(LIST)

    assert all(cell.font.bold and cell.border.bottom.style == "thin" for cell in sheet[3])
    assert all(cell.alignment.wrap_text for cell in sheet[3])
    assert all(cell.font.bold for cell in sheet[6])
    assert not any(cell.font.bold for cell in sheet[4])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_kept_as_it_stands_and_never_becomes_a_formula_or_a_link(text: str) -> None:
    book = read(Sheet("附件", text, (Table(
        columns=(TableColumn(text, CellKind.TEXT, 9), TableColumn("编号", CellKind.ID, 9)),
        rows=((Cell(text), Cell(text)),),
        caption=text,
        notes=(text,),
    ),)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value not in (None, "编号")]

    assert [cell.value for cell in cells] == [text] * 6
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_stays_text_when_the_cell_is_edited(text: str) -> None:
    assert read_table(texts(text))["A3"].quotePrefix


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1))
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    cell = read_table(texts(text))["A3"]

    assert (cell.value, cell.data_type) == (text, "s")


def test_no_sheet_holds_a_formula_element() -> None:
    content = workbook([Sheet("附件", "=1+1", (texts(*HOSTILE),))], "=1+1", DAY)
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"], ids=ascii)
def test_a_character_that_xml_forbids_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match=r"U\+"):
        workbook([Sheet("附件", "", (texts(f"甲{sign}乙"),))], "附件", DAY)


def test_a_text_as_long_as_a_cell_allows_is_kept_whole() -> None:
    assert read_table(texts("文" * MAX_TEXT))["A3"].value == "文" * MAX_TEXT


def test_a_text_longer_than_a_cell_allows_is_refused() -> None:
    with pytest.raises(ValueError, match="32768 characters"):
        read_table(texts("文" * (MAX_TEXT + 1)))


def test_a_number_of_more_digits_than_excel_keeps_is_written_as_text() -> None:
    table = Table((TableColumn("数", CellKind.INTEGER, 9),), ((Cell(12345678901234567),), (Cell(1500000000000000000),)))
    sheet = read_table(table)

    assert sheet["A3"].value == "12345678901234567"
    assert sheet["A4"].value == 1500000000000000000


def test_a_day_before_1900_is_written_as_text() -> None:
    table = Table((TableColumn("日期", CellKind.DAY, 6),), ((Cell(date(1899, 12, 31)),),))

    assert read_table(table)["A3"].value == "1899-12-31"


def test_a_table_without_rows_says_so_once() -> None:
    sheet = read_table(Table(LIST.columns, (), notes=("无", "数据截至某日。")))

    assert [sheet[cell].value for cell in ("A3", "A4", "A5")] == ["无", "数据截至某日。", None]
    assert sheet.data_validations.dataValidation == []


def test_a_drop_down_list_covers_the_rows_and_not_the_total() -> None:
    (rule,) = read_table(LIST).data_validations.dataValidation

    assert rule.type == "list"
    assert str(rule.sqref) == "H4:H5"
    assert rule.formula1 == '"属实,部分属实,撤销"'


@pytest.mark.parametrize(
    "choices",
    [("甲,乙", "丙"), ('称“"好"”', "丙"), ("=A1", "丙"), tuple(f"第{number}种情形较为复杂" for number in range(40))],
    ids=["comma", "quote", "formula", "long"],
)
def test_a_list_that_a_rule_cannot_hold_stands_on_a_hidden_sheet(choices: tuple[str, ...]) -> None:
    book = read(Sheet("反馈表", "", (Table((TableColumn("结论", CellKind.TEXT, 9, choices),), ((Cell(None),),)),)))
    (rule,) = book["反馈表"].data_validations.dataValidation

    assert rule.formula1 == f"'选项'!$A$1:$A${len(choices)}"
    assert book["选项"].sheet_state == "hidden"
    assert [cell.value for cell in book["选项"]["A"]] == list(choices)


def test_the_header_is_frozen_and_repeated_on_every_page() -> None:
    sheet = read_table(LIST)

    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"


def test_over_tables_with_unlike_columns_only_the_heading_is_kept() -> None:
    sheet = read(Sheet("问题清单", "问题清单", (LIST, texts("未上传")))).worksheets[0]

    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert [sheet["A9"].value, sheet["A10"].value] == ["情况说明", "未上传"]


@pytest.mark.parametrize(("columns", "orientation"), [(2, "portrait"), (12, "landscape")])
def test_a_page_is_a4_one_page_wide_and_turned_when_the_table_is_wide(columns: int, orientation: str) -> None:
    table = Table(tuple(TableColumn(f"列{n}", CellKind.TEXT, 10) for n in range(columns)), ())
    sheet = read_table(table)

    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == orientation
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_a_column_is_as_wide_as_its_widest_number_and_a_long_text_wraps() -> None:
    table = Table(
        (TableColumn("保费（元）", CellKind.MONEY, 2), TableColumn("情况说明", CellKind.TEXT, 10)),
        ((Cell(Decimal("1234567890.00")), Cell("很长的说明" * 20)),),
    )
    sheet = read_table(table)

    assert sheet.column_dimensions["A"].width >= len("1,234,567,890.00")
    assert sheet.column_dimensions["B"].width < 30
    assert sheet["B3"].alignment.wrap_text


def test_on_a_form_what_is_given_is_shaded_and_what_is_to_fill_in_is_white() -> None:
    table = Table(
        (TableColumn("问题编号", CellKind.ID, 6), TableColumn("整改情况", CellKind.TEXT, 12)),
        ((Cell("W-001"), Cell(None)),),
    )
    sheet = read(Sheet("反馈表", "整改情况反馈表", (table,), is_form=True)).worksheets[0]

    assert sheet["A3"].fill.fill_type == "solid"
    assert sheet["B3"].fill.fill_type is None


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        (["附件1"], ["附件1"]),
        (["甲[乙]:丙*丁?戊/己\\庚"], ["甲［乙］：丙＊丁？戊／己＼庚"]),
        (["", " "], ["表1", "表2"]),
        (["'A'"], ["’A’"]),
        (["清单", "清单", "清单"], ["清单", "清单（2）", "清单（3）"]),
        (["List", "LIST"], ["List", "LIST（2）"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "（2）"]),
        (["𠮷" * 20], ["𠮷" * 15]),
    ],
)
def test_sheet_names_are_such_as_excel_accepts(wanted: list[str], made: list[str]) -> None:
    assert sheet_names(wanted) == made


def test_a_sheet_that_bears_the_name_of_the_hidden_list_keeps_it() -> None:
    assert read(Sheet("选项", "", (LIST,))).sheetnames == ["选项"]


def test_a_workbook_without_sheets_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one sheet"):
        workbook([], "附件", DAY)


def test_the_file_bears_the_title_and_the_day_it_was_given() -> None:
    properties = read(Sheet("附件1", "", (LIST,))).properties

    assert properties.title == "附件"
    assert properties.created == datetime(2024, 8, 9)


def test_the_same_tables_give_the_same_bytes_in_two_processes() -> None:
    script = (
        "import hashlib; from tests.render.test_xlsx import *; "
        "print(hashlib.sha256(workbook([Sheet('一', '一览表', (LIST,)), Sheet('二', '', (texts(*HOSTILE),), True)], "
        "'附件', DAY)).hexdigest())"
    )
    root = Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "TZ": zone},
            cwd=root, check=True, capture_output=True, text=True,
        ).stdout
        for seed, zone in [("1", "UTC"), ("2", "Asia/Shanghai")]
    }

    assert len(digests) == 1


def test_the_audit_finds_nothing_wrong(tmp_path: Path) -> None:
    long_list = tuple(f"第{number}种情形较为复杂" for number in range(40))
    form = Table((TableColumn("结论", CellKind.TEXT, 9, long_list),), ((Cell("=1+1", is_doubtful=True),),))
    sheets = [
        Sheet("附件1", "一览表", (LIST,)),
        Sheet("空", "空表", (Table(LIST.columns, ()),)),
        Sheet("清单", "问题清单", (LIST, texts(*HOSTILE))),
        Sheet("反馈表", "整改情况反馈表", (form,), is_form=True),
    ]

    assert audit(workbook(sheets, "附件汇总", DAY), tmp_path) == []
