"""Which rows under a header are data: notes, repeated heads, totals are not; merged and hidden cells count."""

import pytest

from docgen.errors import Severity
from docgen.intake.sheets import Merge, Uncalculated

from .minimal import FOURTH_UNIT, valid
from .raw_sheets import read_sheet, said

HEADER, FIRST, SECOND = valid()["保单"]
UNITS = valid()["应保未保"]


def row_of(*texts, width=11):
    return [*texts, *[""] * (width - len(texts))]


def numbers(tables, sheet="保单"):
    return list(tables.frames[sheet].iloc[:, 0])


@pytest.mark.parametrize(
    "notes",
    [
        [row_of("注：本表数据取自系统")],
        [row_of("备注:1.本表数据取自系统"), row_of("2.保费不含税")],
        [row_of("", "", "说明：数据由各区上报")],
        [row_of("填表人：甲某", "", "审核：乙某", "", "日期：2024年8月9日")],
        [row_of("填表人：", "甲某", "审核人：", "乙某", "制表日期：", "2024-08-09")],
        [row_of(), row_of("以上数据由各区应急管理局汇总上报，未经核对。")],
        [row_of(), row_of("", "", "", "以上保单由各区应急管理局汇总以后逐级上报")],
        [row_of("", "", "合计", "", "", "", "", "17"), row_of("注：合计不含批改")],
        [row_of("第1页，共3页")],
    ],
)
def test_notes_under_a_table_are_no_data_and_said(notes):
    tables = read_sheet("保单", [HEADER, FIRST, SECOND, *notes])
    assert numbers(tables) == ["P-001", "P-002"]
    assert [code for code, _ in said(tables) if code != "total-row"] == ["note-row"]


def test_a_note_merged_over_the_table_needs_no_blank_row_before_it():
    rows = [HEADER, FIRST, SECOND, row_of("甲市应急管理局制")]
    tables = read_sheet("保单", rows, merges=(Merge(3, 3, 0, 10),))
    assert (numbers(tables), said(tables)) == (["P-001", "P-002"], [("note-row", "提示")])


def test_a_note_between_title_and_data_is_no_data():
    tables = read_sheet("保单", [HEADER, row_of("填表说明：保单号照保单填写"), FIRST, SECOND])
    assert (numbers(tables), said(tables)) == (["P-001", "P-002"], [("note-row", "提示")])


@pytest.mark.parametrize(
    "row",
    [
        row_of("P-003", "", "", "注：见附表"),
        ["", *FIRST[1:]],
        row_of("P003"),
        row_of("", "", "青松财险"),
        row_of("", "", "", "", FOURTH_UNIT),
        row_of("", "", "说明：", "青松财险", "昆山市"),
    ],
)
def test_what_could_be_data_is_never_passed_over(row):
    tables = read_sheet("保单", [HEADER, FIRST, SECOND, row_of(), row])
    assert len(tables.frames["保单"]) == 3
    assert "note-row" not in [code for code, _ in said(tables)]


def test_an_id_behind_a_label_is_data():
    rows = [["序号", "保单号"], ["1", "P-001"], ["备注：", "P-002"]]
    assert numbers(read_sheet("抽查", rows), "抽查") == ["P-001", "P-002"]


@pytest.mark.parametrize("name", ["甲市木马化工有限责任公司第二分公司", "说明文具厂", "注塑三厂"])
def test_a_lone_name_of_a_unit_under_the_table_is_a_unit(name):
    tables = read_sheet("应保未保", [*UNITS, row_of(width=7), row_of(name, width=7)])
    assert numbers(tables, "应保未保") == ["甲市陀螺粉尘厂", name]


def test_a_repeated_header_and_its_title_are_left_out_and_said():
    title = row_of("保单明细表")
    tables = read_sheet("保单", [title, HEADER, FIRST, row_of(), title, HEADER, SECOND])
    assert (numbers(tables), said(tables)) == (["P-001", "P-002"], [("header-again", "提示")])
    assert "第 5—6 行" in tables.problems[0].found


def test_a_repeated_header_of_two_rows_is_left_out():
    head = [["保单号", "期间", ""], ["", "起期", "止期"]]
    merges = (Merge(0, 1, 0, 0), Merge(0, 0, 1, 2))
    rows = [*head, ["P-001", "2024-01-01", "2024-12-31"], *head, ["P-002", "2024-01-01", "2024-12-31"]]
    tables = read_sheet("保单", rows, merges=merges)
    assert numbers(tables) == ["P-001", "P-002"]
    assert ("header-again", "提示") in said(tables)


@pytest.mark.parametrize("numbering", [["1", "2", "3"], [1.0, 2.0, 3.0], ["甲", "乙", "1"], ["（1）", "（2）", "（3）"]])
def test_a_row_that_numbers_the_columns_is_left_out(numbering):
    tables = read_sheet("抽查", [["保单号", "抽查日期", "地点"], numbering, ["P-001", "2024-07-01", ""]])
    assert numbers(tables, "抽查") == ["P-001"]
    assert ("header-again", "提示") in said(tables)


@pytest.mark.parametrize("second", [["抽查日期", "保单号"], ["检查日期", "保单编号"]])
def test_a_second_header_in_another_order_bars(second):
    tables = read_sheet("抽查", [["保单号", "抽查日期"], ["P-001", "2024-07-01"], second, ["2024-07-01", "P-002"]])
    assert ("header-moved", "阻断") in said(tables)
    assert "第 3 行又是列名" in next(problem.found for problem in tables.problems if problem.code == "header-moved")


def test_a_second_header_in_another_unit_bars():
    second = ["保费（万元）" if header == "保费（元）" else header for header in HEADER]
    assert ("header-moved", "阻断") in said(read_sheet("保单", [HEADER, FIRST, second, SECOND]))


def test_a_cell_that_merely_says_a_header_is_data():
    rows = [["简称", "全称"], ["全称", "全称财产保险股份有限公司"]]
    assert numbers(read_sheet("保险公司", rows), "保险公司") == ["全称"]


def policies(*columns):
    """Both policies, the second one's cell of each column empty, as merged cells come."""
    second = [("" if header in columns else content) for header, content in zip(HEADER, SECOND, strict=True)]
    return [HEADER, FIRST, second]


def merged(header, first_row=1, last_row=2):
    at = HEADER.index(header)
    return (Merge(first_row, last_row, at, at),)


@pytest.mark.parametrize("header", ["保单号", "承保保险公司", "属地", "行业类别", "被保险单位"])
def test_a_cell_merged_downwards_belongs_to_all_its_rows_and_is_said_once(header):
    tables = read_sheet("保单", policies(header), merges=merged(header))
    assert list(tables.frames["保单"][header]) == [FIRST[HEADER.index(header)]] * 2
    assert said(tables) == [("merged-cells", "提示")]
    assert "第 2—3 行" in tables.problems[0].found


@pytest.mark.parametrize("header", ["投保人数", "保费（元）"])
def test_an_amount_merged_downwards_is_that_of_nobody_knows_how_many_rows(header):
    tables = read_sheet("保单", policies(header), merges=merged(header))
    assert tables.frames["保单"][header].isna().tolist() == [False, True]
    assert said(tables) == [("merged-apart", "待核"), ("missing-value", "待核")]


def test_an_id_of_its_own_is_not_shared():
    rows = [valid()["问题"][0], valid()["问题"][1], ["", *valid()["问题"][1][1:]]]
    tables = read_sheet("问题", rows, merges=(Merge(1, 2, 0, 0),))
    assert numbers(tables, "问题") == ["W-1", ""]
    assert said(tables) == [("merged-apart", "待核"), ("missing-value", "阻断")]


def test_merged_cells_that_overlap_or_run_on_for_ever_cost_nothing():
    at = HEADER.index("属地")
    merges = tuple(Merge(row, 1_048_575, at, at) for row in range(1, 2000))
    tables = read_sheet("保单", policies("属地"), merges=merges)
    assert list(tables.frames["保单"]["属地"]) == ["昆山市", "昆山市"]


def test_hidden_rows_and_sheets_are_read_and_said():
    rows = frozenset((2, 3, 9))
    tables = read_sheet("保单", [HEADER, FIRST, SECOND], hidden_rows=rows, is_hidden=True)
    assert numbers(tables) == ["P-001", "P-002"]
    assert said(tables) == [("hidden-sheet", "提示"), ("hidden-rows", "提示")]
    assert "第 2—3 行是隐藏的" in tables.problems[1].found


@pytest.mark.parametrize(
    ("header", "severity"),
    [("保单号", Severity.BARRING), ("投保人数", Severity.DOUBTFUL), ("批单号", Severity.DOUBTFUL)],
)
def test_a_formula_without_its_value_is_as_grave_as_an_empty_cell(header, severity):
    row = [Uncalculated("=A1&B1") if name == header else content for name, content in zip(HEADER, FIRST, strict=True)]
    tables = read_sheet("保单", [HEADER, row, SECOND])
    (problem,) = tables.problems
    assert (problem.code, problem.severity, problem.where.column) == ("uncalculated", severity, header)
    assert "“=A1&B1”没有存下结果" in problem.found
    assert "再保存" in problem.remedy


def test_days_stored_as_numbers_are_read_by_the_calendar_of_their_workbook():
    rows = [["保单号", "抽查日期"], ["P-001", 45474.0]]
    days = [read_sheet("抽查", rows).frames["抽查"]["抽查日期"][0]]
    rows[1][1] = 45474.0 - 1462
    days.append(read_sheet("抽查", rows, is_1904=True).frames["抽查"]["抽查日期"][0])
    assert [str(day.date()) for day in days] == ["2024-07-01"] * 2
