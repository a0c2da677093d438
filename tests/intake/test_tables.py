"""What the cells of a whole input become: names, defaults, characters, and checks between rows."""

import pandas as pd
import pytest

from docgen.errors import Severity
from docgen.intake import PENDING, read_input

from .minimal import FIRST_UNIT, FOURTH_UNIT, SETTINGS, put, valid, write


def read_with(folder, *changes, settings=SETTINGS):
    """Read the tiny input after setting single cells: (sheet, header, content[, row])."""
    workbook = valid()
    for change in changes:
        put(workbook, *change)
    return read_input(write(folder, workbook, settings))


def codes(intake):
    return [problem.code for problem in intake.problems]


@pytest.mark.parametrize(
    "name",
    [
        "青松财险",
        "青松财产保险股份有限公司甲市分公司",
        "青松财险甲市分公司",
        "青松财险城东支公司",
        "青松老号",
    ],
)
def test_an_insurer_is_known_by_each_of_its_names(tmp_path, name):
    intake = read_with(tmp_path, ("问题", "承保保险公司", name))
    assert intake.problems == ()
    assert list(intake.records["问题"]["承保保险公司"]) == ["青松财险"]


def test_a_part_of_an_insurers_name_is_not_its_name(tmp_path):
    intake = read_with(tmp_path, ("问题", "承保保险公司", "青松财险甲市"))
    assert codes(intake) == ["unknown-insurer"]
    assert intake.records is None


@pytest.mark.parametrize(("sheet", "header"), [("保单", "承保保险公司"), ("应保未保", "原承保保险公司")])
def test_an_unknown_insurer_outside_the_letters_is_kept_and_doubtful(tmp_path, sheet, header):
    intake = read_with(tmp_path, (sheet, header, "黑鹭财险"))
    (problem,) = intake.problems
    assert (problem.code, problem.severity) == ("unknown-insurer", Severity.DOUBTFUL)
    assert intake.records[sheet][header][0] == "黑鹭财险"


def test_an_area_is_read_by_its_alias_and_the_alias_is_said_once(tmp_path):
    intake = read_with(tmp_path, ("保单", "属地", "昆山开发区"), ("保单", "属地", "昆山开发区", 2))
    (problem,) = intake.problems
    assert problem.code == "alias"
    assert "本列共 2 处" in problem.found
    assert list(intake.records["保单"]["属地"]) == ["昆山市", "昆山市"]


def test_the_settings_may_name_other_areas_and_aliases(tmp_path):
    settings = SETTINGS + '"属地" = ["东乡", "西乡"]\n"属地别名" = ["东乡新区=东乡"]\n'
    areas = [("保单", "属地", "东乡新区", 1), ("保单", "属地", "昆山市", 2)]
    policies = read_with(tmp_path, *areas, settings=settings)
    found = [
        (problem.code, problem.where.cell) for problem in policies.problems if problem.where.sheet == "保单"
    ]
    assert found == [("unknown-area", "F3"), ("alias", "F2")]


def test_an_unknown_area_or_industry_stands_as_doubtful_in_the_records(tmp_path):
    changes = [("保单", "属地", "开发区"), ("应保未保", "行业类别", "玩具厂"), ("应保未保", "属地", "")]
    intake = read_with(tmp_path, *changes)
    assert sorted(codes(intake)) == ["missing-value", "unknown-area", "unknown-industry"]
    assert intake.records["保单"]["属地"][0] == PENDING
    assert list(intake.records["应保未保"][["属地", "行业类别"]].iloc[0]) == [PENDING, PENDING]


@pytest.mark.parametrize("word", ["正常", "在保", "生效", "承保"])
def test_a_word_that_plainly_means_in_force_is_taken_for_it_and_said(tmp_path, word):
    intake = read_with(tmp_path, ("保单", "保单状态", word))
    (problem,) = intake.problems
    assert (problem.code, problem.severity) == ("alias", Severity.NOTICE)
    assert f"保单状态“{word}”已按“有效”采用" in problem.found
    assert intake.records["保单"]["保单状态"][0] == "有效"


@pytest.mark.parametrize("word", ["退保", "已退保", "注销", "终止", "失效", "中止", "过期", "已到期"])
def test_a_policy_that_is_no_longer_in_force_says_so_in_a_known_word(tmp_path, word):
    intake = read_with(tmp_path, ("保单", "保单状态", word))
    assert intake.problems == ()
    assert intake.records["保单"]["保单状态"][0] == word


def test_no_policy_leaves_the_figures_by_a_state_that_nobody_knows(tmp_path):
    (problem,) = read_with(tmp_path, ("保单", "保单状态", "已批改")).problems
    assert (problem.code, problem.severity) == ("unknown-choice", Severity.DOUBTFUL)
    assert (problem.where.sheet, problem.where.column) == ("保单", "保单状态")
    assert "“已批改”" in problem.found


def test_a_policy_said_neither_missing_nor_late_is_asked_about(tmp_path):
    intake = read_with(tmp_path, ("未上传保单", "情形", ""))
    (problem,) = intake.problems
    assert (problem.code, problem.severity) == ("missing-value", Severity.DOUBTFUL)
    assert (problem.where.column, problem.expected) == ("情形", "未上传 或 逾期上传")
    assert set(intake.records["未上传保单"]["情形"]) == {"未上传"}


def test_what_is_left_empty_means_the_usual(tmp_path):
    records = read_with(tmp_path).records
    assert set(records["保单"]["保单状态"]) == {"有效"}
    assert set(records["保单"]["共保角色"]) == {"独立"}
    assert set(records["问题"]["核实结论"]) == {"属实"}


def test_the_types_of_the_records_are_the_agreed_ones(tmp_path):
    policies = read_with(tmp_path, ("保单", "共保比例", "40%")).records["保单"]
    assert policies["保险起期"].dtype == "datetime64[s]"
    assert policies["投保人数"].dtype == "Int64"
    assert policies["保费（元）"].dtype == "Int64"
    assert policies["共保比例"].dtype == "Float64"
    assert policies["共保比例"][0] == 0.4
    assert pd.isna(policies["上传日期"][0])


def test_a_kind_is_one_of_the_kinds_of_the_settings(tmp_path):
    settings = SETTINGS + '"问题类别" = ["字迹不清"]\n"计入问题保单" = ["字迹不清"]\n'
    intake = read_with(tmp_path, ("问题", "问题类别", "字迹不清"), settings=settings)
    assert intake.problems == ()


@pytest.mark.parametrize("char", ["\x01", "\u200b", "\u202e", "\ufeff", "\ufdd0", "\x7f"])
def test_a_character_that_cannot_be_printed_is_replaced_and_said_once(tmp_path, char):
    intake = read_with(tmp_path, ("应保未保", "统一社会信用代码", f"9132{char}0500MA00000036"))
    (problem,) = intake.problems
    assert problem.code == "control-character"
    assert f"U+{ord(char):04X}" in problem.found
    assert intake.records["应保未保"]["统一社会信用代码"][0] == "9132〓0500MA00000036"


def test_a_bad_character_in_the_settings_is_said_at_its_line(tmp_path):
    intake = read_with(tmp_path, settings=SETTINGS.replace("2024年上半年", "2024年\u200b上半年"))
    (problem,) = intake.problems
    assert (problem.code, problem.where.file, problem.where.line) == ("control-character", "发文.toml", 8)
    assert intake.settings.period == "2024年〓上半年"


def test_a_renamed_unit_is_only_a_notice_when_the_roster_knows_its_former_name(tmp_path):
    workbook = valid()
    put(workbook, "未全员投保", "单位名称", "甲市纸鸢加油站")
    code = workbook["未全员投保"][1][1]
    workbook["应保单位名册"] = [
        ["单位名称", "曾用名", "统一社会信用代码", "属地", "行业类别"],
        ["甲市纸鸢加油站", "甲市风筝加油站", code, "常熟市", "加油站"],
    ]
    (problem,) = read_input(write(tmp_path, workbook)).problems
    assert (problem.code, problem.severity) == ("two-names", Severity.NOTICE)


def co_insured(*roles_and_shares):
    """P-001 stands once for each role: at 青松财险, then at 白鹭财险, then at 灰鹤财险."""
    workbook = valid()
    workbook["保险公司"].append(["灰鹤财险", "灰鹤财产保险股份有限公司甲市分公司", "", ""])
    rows = (1, 3, 4)
    for row, insurer, (role, share) in zip(
        rows, ("青松财险", "白鹭财险", "灰鹤财险"), roles_and_shares, strict=False
    ):
        if row > 1:
            workbook["保单"].append(list(workbook["保单"][1]))
        put(workbook, "保单", "承保保险公司", insurer, row)
        put(workbook, "保单", "共保角色", role, row)
        put(workbook, "保单", "共保比例", share, row)
    return workbook


@pytest.mark.parametrize(
    ("roles", "doubted"),
    [
        (["独立", "独立"], [2, 4]), (["", ""], [2, 4]), (["首席", "独立"], [4]), (["首席", "首席"], [2, 4]),
        (["从共", "从共"], [2, 4]), (["从共"], [2]),
    ],
)
def test_one_of_the_co_insurers_leads_and_none_stands_alone(tmp_path, roles, doubted):
    """It is said at every row that may be wrong."""
    workbook = co_insured(*((role, "") for role in roles))
    problems = read_input(write(tmp_path, workbook)).problems
    assert {(problem.code, problem.severity) for problem in problems} == {("co-insurance-roles", Severity.DOUBTFUL)}
    assert [(problem.where.row, problem.where.column) for problem in problems] == [(row, "共保角色") for row in doubted]


@pytest.mark.parametrize("shares", [["60%", "30%"], ["60%", ""], ["60%", "50%"]])
def test_the_shares_of_the_co_insurers_make_a_whole(tmp_path, shares):
    workbook = co_insured(("首席", shares[0]), ("从共", shares[1]))
    (problem,) = read_input(write(tmp_path, workbook)).problems
    assert (problem.code, problem.severity) == ("co-insurance-shares", Severity.DOUBTFUL)
    assert problem.where.column == "共保比例"


@pytest.mark.parametrize("shares", [["60%", "40%"], ["0.6", "0.4"], ["33.3%", "33.3%", "33.3%"], ["", ""]])
def test_shares_that_make_a_whole_or_are_not_given_are_right(tmp_path, shares):
    roles = ("首席", "从共", "从共")
    workbook = co_insured(*zip(roles, shares, strict=False))
    assert read_input(write(tmp_path, workbook)).problems == ()


def test_an_endorsement_is_no_second_insurer(tmp_path):
    workbook = valid()
    workbook["保单"].append(list(workbook["保单"][1]))
    put(workbook, "保单", "批单号", "批1", row=3)
    assert read_input(write(tmp_path, workbook)).problems == ()


def test_the_latest_endorsement_says_who_leads(tmp_path):
    workbook = co_insured(("独立", ""), ("从共", ""))
    workbook["保单"].append(list(workbook["保单"][1]))
    put(workbook, "保单", "批单号", "批1", row=4)
    put(workbook, "保单", "共保角色", "首席", row=4)
    assert read_input(write(tmp_path, workbook)).problems == ()


def test_co_insurers_have_a_row_each(tmp_path):
    workbook = co_insured(("首席", ""), ("从共", ""))
    assert read_input(write(tmp_path, workbook)).problems == ()


@pytest.mark.parametrize("insurer", ["青松财险", "白鹭财险"])
def test_each_insurer_of_a_co_insured_policy_may_have_its_problem(tmp_path, insurer):
    workbook = co_insured(("首席", ""), ("从共", ""))
    put(workbook, "问题", "承保保险公司", insurer)
    assert read_input(write(tmp_path, workbook)).problems == ()


@pytest.mark.parametrize("sheet", ["问题", "未上传保单", "服务费用核查"])
def test_a_policy_of_another_insurer_is_doubtful_where_it_would_go_into_a_letter(tmp_path, sheet):
    intake = read_with(tmp_path, (sheet, "保单号", "P-001"), (sheet, "承保保险公司", "白鹭财险"))
    (problem,) = (problem for problem in intake.problems if problem.code == "insurer-differs")
    assert problem.severity is Severity.DOUBTFUL
    assert (problem.where.sheet, problem.where.column) == (sheet, "保单号")
    assert "此处属于白鹭财险，在“保单”表里由青松财险承保" in problem.found


def test_an_insurer_that_is_known_by_a_branch_name_is_the_policys_own(tmp_path):
    assert read_with(tmp_path, ("服务费用核查", "承保保险公司", "青松老号")).problems == ()


def test_a_policy_of_an_unknown_insurer_is_said_once(tmp_path):
    assert codes(read_with(tmp_path, ("保单", "承保保险公司", "黑鹭财险"))) == ["unknown-insurer"]


@pytest.mark.parametrize(
    "last_rows",
    [
        [["合计", "", "", "", "30", "", ""]],
        [["", "", "合 计：", "", "30", "", ""]],
        [["小计", "", "", "", "30", "", ""], ["总计", "", "", "", "30", "", ""]],
    ],
)
def test_the_last_rows_that_only_add_up_are_no_data_and_said(tmp_path, last_rows):
    workbook = valid()
    workbook["应保未保"] += last_rows
    intake = read_input(write(tmp_path, workbook))
    assert codes(intake) == ["total-row"] * len(last_rows)
    assert [problem.where.row for problem in intake.problems] == list(range(3, 3 + len(last_rows)))
    assert list(intake.records["应保未保"]["单位名称"]) == ["甲市陀螺粉尘厂"]


@pytest.mark.parametrize(
    "last_row",
    [
        ["甲市合计量具厂", FOURTH_UNIT, "吴江区", "粉尘企业", "30", "", ""],
        ["甲市算盘厂", FOURTH_UNIT, "吴江区", "粉尘企业", "30", "", "合计"],
    ],
)
def test_a_unit_of_which_a_cell_merely_says_total_is_data(tmp_path, last_row):
    workbook = valid()
    workbook["应保未保"].append(last_row)
    assert "total-row" not in codes(read_input(write(tmp_path, workbook)))


def test_a_total_row_between_others_is_not_passed_over(tmp_path):
    workbook = valid()
    workbook["应保未保"].insert(1, ["", "", "合计", "", "30", "", ""])
    assert "total-row" not in codes(read_input(write(tmp_path, workbook)))


@pytest.mark.parametrize(
    ("header", "content"), [("保险止期", "2024-08-08"), ("保险起期", "2024-08-10"), ("保单状态", "退保")]
)
def test_a_unit_whose_policy_is_not_in_force_may_be_uninsured(tmp_path, header, content):
    uninsured = [("统一社会信用代码", FIRST_UNIT), ("单位名称", "甲市纸船冶炼厂"), ("行业类别", "金属冶炼")]
    changes = [("应保未保", *change) for change in uninsured]
    assert read_with(tmp_path, *changes, ("保单", header, content)).problems == ()


def test_a_unit_whose_policy_was_ended_by_its_latest_endorsement_may_be_uninsured(tmp_path):
    workbook = valid()
    workbook["保单"].append(list(workbook["保单"][1]))
    put(workbook, "保单", "批单号", "批1", row=3)
    put(workbook, "保单", "保单状态", "退保", row=3)
    for header, content in (
        ("统一社会信用代码", FIRST_UNIT), ("单位名称", "甲市纸船冶炼厂"), ("行业类别", "金属冶炼")
    ):
        put(workbook, "应保未保", header, content)
    assert read_input(write(tmp_path, workbook)).problems == ()


def test_a_problem_of_the_insurer_itself_has_no_policy(tmp_path):
    assert read_with(tmp_path, ("问题", "保单号", "")).problems == ()


def test_all_problems_are_said_at_once(tmp_path):
    intake = read_with(
        tmp_path,
        ("保单", "投保人数", "许多"),
        ("问题", "承保保险公司", "黑鹭财险"),
        ("未上传保单", "统一社会信用代码", FOURTH_UNIT[:-1]),
        settings=SETTINGS.replace("2024-08-09", '"昨天"'),
    )
    said = ["wrong-setting", "not-a-number", "unknown-insurer", "bad-check-digit", "unchecked"]
    assert codes(intake) == said
    assert intake.problems[-1].found == "“数据截止日期”有误，未检查：应保未保单位是否另有在保保单"


def test_full_width_digits_are_read_and_the_notice_shows_them_half_width(tmp_path):
    intake = read_with(tmp_path, ("抽查", "抽查日期", "２０２４．７．１"), ("保单", "共保比例", "４０％"))
    found = [problem.found for problem in intake.problems if problem.code == "full-width"]
    assert [text.partition("已按")[2] for text in found] == ["“40%”采用", "“2024.7.1”采用"]
    assert str(intake.records["抽查"]["抽查日期"][0].date()) == "2024-07-01"
