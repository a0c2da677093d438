"""The same rows come out of every format, with what is merged, hidden, wrong or not calculated."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from docgen.errors import Unreadable
from docgen.intake.sheets import Merge, Uncalculated
from docgen.intake.sources import read_sources

from .biff12 import save_xlsb

SAMPLES = Path(__file__).parent / "samples"
ROWS = [
    ["甲市某某抽查登记表"],
    ["保单号", "抽查日期", "备注"],
    ["P-001", date(2024, 7, 1), "  两个空格  在内"],
    ["P-002", datetime(2024, 7, 2, 13, 30), 0.4],
    ["P-003", 45474, True],
    ["P-004", time(8, 30), "#N/A"],
    ["P-005", date(2024, 7, 3), 2],
    ["P-006", date(2024, 7, 4), "两行"],
    [],
    ["第一行\n第二行", 3600.5],
    ["P-007", timedelta(hours=30)],
]


def lists(sheet):
    return [list(row) for row in sheet.rows]


@pytest.mark.parametrize("calendar", ["1900", "1904"])
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_workbook_of_a_spreadsheet_program_reads_alike_in_every_format(ending, calendar):
    sampling, problems, explanation = read_sources(SAMPLES / f"{calendar}.{ending}").sheets
    assert lists(sampling) == ROWS
    assert sampling.merges == (Merge(0, 0, 0, 1), Merge(9, 10, 2, 2))
    assert sampling.hidden_rows == {7}
    assert not sampling.is_hidden
    assert sampling.is_1904 == (calendar == "1904")
    assert (problems.name, problems.is_hidden, lists(problems)) == ("问题", True, [["问题编号"], ["W-1"]])
    assert (explanation.title, explanation.name, list(explanation.rows)) == ("填表说明", "", [])


def test_an_xlsb_reads_like_the_others(tmp_path):
    rows = [["保单号", "抽查日期"], ["P-001", date(2024, 7, 1)], ["", 45474], ["#N/A", True], [], [2.5, "尾"]]
    path = save_xlsb(
        tmp_path / "抽查.xlsb", rows, hidden_rows=[3], merges=[(0, 1, 2, 3)], is_hidden=True
    )
    (sheet,) = read_sources(path).sheets
    assert lists(sheet) == rows
    assert (sheet.merges, sheet.hidden_rows, sheet.is_hidden) == ((Merge(0, 1, 2, 3),), {3}, True)
    with CalamineWorkbook.from_path(str(path)) as other:
        found = other.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert found[1:3] == [["P-001", date(2024, 7, 1)], ["", 45474]]


def test_the_days_of_an_xlsb_of_1904_are_counted_from_there(tmp_path):
    path = save_xlsb(tmp_path / "抽查.xlsb", [[date(2020, 6, 30)]], is_1904=True)
    (sheet,) = read_sources(path).sheets
    assert (lists(sheet), sheet.is_1904) == ([[date(2024, 7, 1)]], True)


@pytest.mark.parametrize(("name", "sample"), [("保单.xls", "1900.xlsx"), ("保单.xlsx", "1900.xls"), ("保单.et", "1900.xls")])
def test_a_workbook_is_told_by_what_it_holds_whatever_its_name_says(tmp_path, name, sample):
    (tmp_path / name).write_bytes((SAMPLES / sample).read_bytes())
    assert lists(read_sources(tmp_path / name).sheets[0]) == ROWS


def test_an_export_that_is_text_under_the_name_of_a_workbook_is_read_as_text(tmp_path):
    (tmp_path / "抽查.xls").write_text("保单号\t抽查日期\nP-001\t2024-07-01\n", encoding="gb18030")
    (sheet,) = read_sources(tmp_path / "抽查.xls").sheets
    assert (sheet.name, lists(sheet)) == ("抽查", [["保单号", "抽查日期"], ["P-001", "2024-07-01"]])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<html><table><tr><td>保单号</td></tr></table></html>", "网页"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "Excel 2003"),
        ("%PDF-1.7", "PDF"),
        ("没有表名的文本", "文本"),
    ],
)
def test_what_only_bears_the_name_of_a_workbook_is_refused_as_what_it_is(tmp_path, content, kind):
    (tmp_path / "系统导出.xls").write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match=rf"系统导出\.xls 不是工作簿，是.*{kind}") as raised:
        read_sources(tmp_path / "系统导出.xls")
    assert raised.value.remedy


def save_formulas(path):
    book = openpyxl.Workbook()
    book.active.title = "抽查"
    book.active.append(["保单号", "=1+1", "P-1"])
    book.save(path)
    return path


def test_a_formula_that_no_program_has_calculated_is_known(tmp_path):
    (sheet,) = read_sources(save_formulas(tmp_path / "抽查.xlsx")).sheets
    assert lists(sheet) == [["保单号", Uncalculated("=1+1"), "P-1"]]


@pytest.mark.parametrize(("value", "read"), [(0, Uncalculated("=1+1")), (7, 7)])
def test_a_stored_zero_counts_for_nothing_where_the_file_asks_to_be_calculated(tmp_path, value, read):
    with xlsxwriter.Workbook(str(tmp_path / "抽查.xlsx")) as book:
        sheet = book.add_worksheet("抽查")
        sheet.write_formula(0, 0, "=1+1", None, value)
        sheet.write_string(0, 1, "尾")
    (sheet,) = read_sources(tmp_path / "抽查.xlsx").sheets
    assert lists(sheet) == [[read, "尾"]]


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ('[$-804]yyyy"年"m"月"d"日";@', date(2024, 7, 1)),
        ("[DBNum1]e年m月", date(2024, 7, 1)),
        ('0.00E+00"d"', 45474),
        ("[Red]0.0_);@", 45474),
        ("G/通用格式", 45474),
    ],
)
def test_a_number_is_a_day_where_its_format_shows_one(tmp_path, code, read):
    with xlsxwriter.Workbook(str(tmp_path / "抽查.xlsx")) as book:
        book.add_worksheet("抽查").write_number(0, 0, 45474, book.add_format({"num_format": code}))
    (sheet,) = read_sources(tmp_path / "抽查.xlsx").sheets
    assert lists(sheet) == [[read]]


def test_another_reader_gives_the_same_texts_of_the_whole_sample():
    path = Path(__file__).parents[2] / "fixtures" / "2024h1" / "检查数据.xlsx"
    with CalamineWorkbook.from_path(str(path)) as other:
        for number, sheet in enumerate(read_sources(path).sheets):
            theirs = other.get_sheet_by_index(number).to_python(skip_empty_area=False)
            assert [[*row, *[""] * (len(theirs[0]) - len(row))] for row in sheet.rows] == theirs
