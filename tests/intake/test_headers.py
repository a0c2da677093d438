"""A clerk's header is found and understood: titles, groups, aliases, units, brackets of any width."""

import pytest

from docgen.intake.header_words import Vocabulary, plain_header
from docgen.intake.headers import find_header
from docgen.intake.sheets import Merge, Uncalculated
from docgen.records import SHEETS, Kind

from .minimal import valid
from .raw_sheets import read_sheet, said, sheet_of

POLICIES = valid()["保单"]
SAMPLED = [["P-001", "2024-07-01"]]


def columns_of(name, rows, **marks):
    header, _ = find_header(sheet_of(name, rows, **marks), SHEETS[name].columns)
    return header.columns


@pytest.mark.parametrize("name", SHEETS)
def test_no_word_means_two_columns_of_one_sheet(name):
    words = [plain_header(word) for column in SHEETS[name].columns for word in (column.header, *column.aliases)]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("name", SHEETS)
def test_every_alias_is_understood_as_its_column(name):
    vocabulary = Vocabulary(SHEETS[name].columns)
    for column in SHEETS[name].columns:
        for alias in column.aliases:
            claim = vocabulary.claim(plain_header(alias))
            assert (claim.header, claim.is_exact) == (column.header, False)


@pytest.mark.parametrize("alias", ["保险单号", "保单编号", "*保单号码", "保单号\n（系统）", "保 单 编 号："])
def test_an_alias_is_taken_for_its_column_and_said_once(alias):
    tables = read_sheet("抽查", [[alias, "检查日期"], *SAMPLED])
    assert said(tables) == [("header-alias", "提示")]
    assert "按“保单号”" in tables.problems[0].found
    assert list(tables.frames["抽查"]["保单号"]) == ["P-001"]


@pytest.mark.parametrize("header", ["保单号\n", "＊保单号", "保单号*", "保单号（＊）", "　保单号", "保单号（必填）"])
def test_blanks_breaks_and_stars_are_no_other_name(header):
    assert said(read_sheet("抽查", [[header, "抽查日期"], *SAMPLED])) == []


def test_the_columns_own_name_comes_before_an_alias_which_is_then_not_used():
    tables = read_sheet("抽查", [["保单编号", "保单号"], ["X-9", "P-001"]])
    assert said(tables) == [("extra-column", "提示")]
    assert "“保单编号”列没有用到，已有“保单号”列" in tables.problems[0].found
    assert list(tables.frames["抽查"]["保单号"]) == ["P-001"]


def test_two_columns_that_could_be_the_same_bar_with_both_cells():
    tables = read_sheet("抽查", [["保单编号", "抽查日期", "保险单号"], ["X-9", "", "P-001"]])
    problem = tables.problems[0]
    assert (problem.code, problem.severity.value, problem.where.cell) == ("column-twice", "阻断", "C1")
    assert "A1 的“保单编号”和 C1 的“保险单号”都可以是“保单号”" in problem.found


def test_a_header_stands_under_titles_that_say_a_word_of_it():
    rows = [["抽查"], ["抽查日期", "2024年7月"], ["保单号", "抽查日期"], *SAMPLED]
    header, _ = find_header(sheet_of("抽查", rows), SHEETS["抽查"].columns)
    assert (header.row, header.columns) == (2, {"保单号": 0, "抽查日期": 1})


def grouped(upper, lower):
    return [["保单明细", *[""] * (len(upper) - 1)], upper, lower, ["P-001"] * len(upper)]


def test_a_group_header_over_merged_cells_gives_way_to_the_names_under_it():
    rows = grouped(["保单号", "保险期间", "", "人数", ""], ["", "起期", "止期", "从业人员数", "投保人数"])
    merges = (Merge(0, 0, 0, 4), Merge(1, 2, 0, 0), Merge(1, 1, 1, 2), Merge(1, 1, 3, 4))
    header, _ = find_header(sheet_of("保单", rows, merges=merges), SHEETS["保单"].columns)
    assert header.row == 2
    assert header.columns == {"保单号": 0, "保险起期": 1, "保险止期": 2, "从业人员数": 3, "投保人数": 4}


def test_a_group_header_of_a_csv_stands_above_its_first_column_only():
    rows = grouped(["保单号", "人数", "", "属地"], ["", "从业", "投保", ""])
    assert columns_of("保单", rows) == {"保单号": 0, "从业人员数": 1, "投保人数": 2, "属地": 3}


def test_a_group_and_its_lower_names_are_matched_together():
    rows = grouped(["单位名称", "原承保", "", "属地"], ["", "保险公司", "电话", ""])
    assert columns_of("应保未保", rows)["原承保保险公司"] == 1


def test_a_header_may_take_three_rows():
    rows = [["保单", "", ""], ["保单号", "保险期间", ""], ["", "起", "止"], ["P-001", "2024-01-01", "2024-12-31"]]
    merges = (Merge(0, 0, 0, 2), Merge(1, 2, 0, 0), Merge(1, 1, 1, 2))
    header, _ = find_header(sheet_of("保单", rows, merges=merges), SHEETS["保单"].columns)
    assert header.columns == {"保单号": 0, "保险起期": 1, "保险止期": 2}


def test_a_row_of_data_is_no_second_row_of_the_header():
    header, _ = find_header(sheet_of("保单", [*POLICIES[:1], ["P-001", *[""] * 10]]), SHEETS["保单"].columns)
    assert (header.first_row, header.row) == (0, 0)


def with_premium(header, *amounts, above=()):
    rows = [list(row) for row in POLICIES]
    at = rows[0].index("保费（元）")
    for row, content in zip(rows, (header, *amounts), strict=True):
        row[at] = content
    return [*above, *rows]


@pytest.mark.parametrize(
    "header", ["保费(万元)", "保费（万元）", "保费/万元", "保费【万元】", "保费（单位：万元）", "保费（人民币万元）", "保险费：万元"]
)
def test_a_unit_in_the_header_is_converted_exactly_and_said(header):
    tables = read_sheet("保单", with_premium(header, 0.36005, "1.5"))
    assert ("header-unit", "提示") in said(tables)
    assert list(tables.frames["保单"]["保费（元）"]) == [360050, 1500000]


def test_a_premium_without_a_unit_is_taken_for_yuan_and_said():
    tables = read_sheet("保单", with_premium("保费", "3600.50", "1500"))
    assert said(tables) == [("header-unit", "提示")]
    assert "“保费”列没有写单位，按元采用" in tables.problems[0].found
    assert tables.frames["保单"]["保费（元）"][0] == 360050


@pytest.mark.parametrize("above", [["", "单位：万元"], ["单位：人、万元"], ["保单明细（万元）"]])
def test_a_unit_above_the_table_is_that_of_a_premium_without_one(above):
    tables = read_sheet("保单", with_premium("保费", "0.36", "0.15", above=[above]))
    assert said(tables) == [("header-unit", "提示")]
    assert "万元" in tables.problems[0].found
    assert "各数已乘以 10000 折成元" in tables.problems[0].found
    assert tables.frames["保单"]["保费（元）"][0] == 360000


def test_a_unit_row_under_the_header_belongs_to_it():
    rows = with_premium("保费", "0.36", "0.15")
    units = ["万元" if header == "保费" else "" for header in rows[0]]
    tables = read_sheet("保单", [rows[0], units, *rows[1:]])
    assert tables.frames["保单"]["保费（元）"][0] == 360000


def test_a_unit_above_the_table_that_the_header_contradicts_is_doubtful():
    tables = read_sheet("保单", with_premium("保费（元）", "3600.50", "1500", above=[["单位：万元"]]))
    assert said(tables) == [("header-unit", "待核")]


@pytest.mark.parametrize("header", ["保费（美元）", "保费（含税）", "保费（万元/年）", "万元"])
def test_a_unit_that_is_not_known_is_never_read_as_yuan(header):
    tables = read_sheet("保单", with_premium(header, "3600.50", "1500"))
    assert ("missing-column", "阻断") in said(tables)


@pytest.mark.parametrize("header", ["投保人数（人）", "保险起期（年月日）", "被保险单位（全称）"])
def test_a_harmless_remark_in_brackets_changes_nothing(header):
    claim = Vocabulary(SHEETS["保单"].columns).claim(plain_header(header))
    assert claim.header == header.partition("（")[0]


@pytest.mark.parametrize("header", ["投保人数（万人）", "共保比例（‰）"])
def test_a_remark_that_changes_what_a_number_means_is_not_passed_over(header):
    assert Vocabulary(SHEETS["保单"].columns).claim(plain_header(header)) is None


def test_a_formula_without_its_value_names_no_column():
    tables = read_sheet("抽查", [[Uncalculated("=A9"), "抽查日期"], *SAMPLED])
    assert said(tables)[0] == ("missing-column", "阻断")


def test_only_columns_of_money_have_a_unit():
    header, _ = find_header(sheet_of("保单", POLICIES), SHEETS["保单"].columns)
    kinds = {column.header: column.kind for column in SHEETS["保单"].columns}
    assert {kinds[name] for name in header.units} == {Kind.MONEY}
