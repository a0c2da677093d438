"""Rows of one sheet held against another: what a check says, and what it lets pass."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from docgen.errors import Place, Problem
from docgen.figures import OF_FIGURES, OF_ROWS, count, evidence_of, examine, problems_of
from docgen.figures.rules import FEE_RULE, LIMIT_RULE, RULES, rule_on
from docgen.settings import Settings

from .tables import FILE, SETTINGS, inspection

AFTER_THE_MEASURES = replace(SETTINGS, cutoff=date(2025, 6, 30))


def problems(settings: Settings = SETTINGS, **sheets: str) -> tuple[Problem, ...]:
    return problems_of(examine(OF_ROWS, evidence_of(inspection(**sheets), settings)))


def said(settings: Settings = SETTINGS, **sheets: str) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.severity.value, problem.found) for problem in problems(settings, **sheets)]


def rows(problem: Problem) -> list[int | None]:
    return [place.row for place in problem.related]


def test_a_unit_with_several_policies_is_said_for_a_look_with_all_its_rows() -> None:
    notice, = problems(保单="""
        保单号  统一社会信用代码  被保险单位
        P-1     U-1               甲厂
        P-2     U-2               乙厂
        P-3     U-1               甲厂
    """)
    assert (notice.code, notice.severity.value, notice.where.row) == ("several-policies", "提示", 4)
    assert notice.found == "甲厂有2份在保保单：P-1、P-3"
    assert rows(notice) == [2, 4]


def test_a_unit_twice_on_one_policy_has_one_policy() -> None:
    assert said(保单="保单号 承保保险公司 共保角色 统一社会信用代码\nP-1 甲保 首席 U-1\nP-1 乙保 从共 U-1") == []


ENDED = """
    保单号  保单状态  保险起期    保险止期
    P-1     有效      2023-07-01  2024-06-30
    P-2     退保      2024-01-01  2024-12-31
    P-3     有效      2024-01-01  2024-12-31
"""


def test_a_problem_of_a_policy_that_is_no_longer_in_force_is_said() -> None:
    assert said(保单=ENDED, 问题="保单号\nP-1\nP-2\nP-3") == [
        ("problem-policy-not-in-force", "提示",
         "甲保的保单“P-1”有问题1个，计入问题保单，却不是2024年8月9日在保的有效保单（有效，2023-07-01至2024-06-30）"),
        ("problem-policy-not-in-force", "提示",
         "甲保的保单“P-2”有问题1个，计入问题保单，却不是2024年8月9日在保的有效保单（退保，2024-01-01至2024-12-31）"),
    ]


def test_a_withdrawn_problem_and_one_of_no_policy_say_nothing() -> None:
    assert said(保单=ENDED, 问题="保单号 核实结论\nP-1 撤销\n— 属实\nP-9 属实") == []


INSURED = """
    保单号  承保保险公司  共保角色  统一社会信用代码  从业人员数  投保人数  保险止期
    P-1     甲保          独立      U-1               30          12        2024-12-31
    P-2     甲保          独立      U-1               30          8         2024-12-31
    P-3     甲保          首席      U-2               —           9         2024-12-31
    P-3     乙保          从共      U-2               —           9         2024-12-31
    P-4     乙保          独立      U-4               20          10        2024-06-30
"""


def underinsured(row: str) -> list[tuple[str, str, str]]:
    units = f"单位名称 统一社会信用代码 承保保险公司 从业人员数 投保人数\n{row}"
    return [line for line in said(保单=INSURED, 未全员投保=units) if line[0] != "several-policies"]


@pytest.mark.parametrize("row", [
    "甲厂 U-1 甲保 30 20",
    "乙厂 U-2 甲保 15 9",
    "乙厂 U-2 乙保 15 9",
    "甲厂 U-1 甲保 — —",
])
def test_people_that_the_policies_confirm_are_right(row: str) -> None:
    assert underinsured(row) == []


def test_people_insured_are_those_of_all_policies_together_else_both_values_are_said() -> None:
    assert underinsured("甲厂 U-1 甲保 30 12") == [(
        "people-differ", "待核", "“甲厂”的投保人数写12人，“保单”表里它在甲保的在保保单（P-1、P-2）合计为20人",
    )]


def test_people_employed_are_those_of_the_policy_else_both_values_are_said() -> None:
    assert underinsured("甲厂 U-1 甲保 35 20") == [(
        "employees-differ", "提示", "“甲厂”的从业人员数写35人，“保单”表里它在甲保的在保保单（P-1、P-2）为30人",
    )]


def test_an_endorsement_that_changed_the_people_counts() -> None:
    policies = "保单号 批单号 统一社会信用代码 投保人数\nP-1 — U-1 10\nP-1 批1 U-1 14"
    units = "统一社会信用代码 从业人员数 投保人数\nU-1 20 {}"
    assert said(保单=policies, 未全员投保=units.format(14)) == []
    assert [code for code, *_ in said(保单=policies, 未全员投保=units.format(10))] == ["people-differ"]


def test_a_doubt_about_the_people_marks_the_figure_and_names_the_policies() -> None:
    sheets = {"保单": INSURED, "未全员投保": "统一社会信用代码 从业人员数 投保人数\nU-1 30 12"}
    found = problems(**sheets)
    assert (found[1].where, rows(found[1])) == (Place(FILE, "未全员投保", 2, "投保人数"), [2, 3])
    assert count(inspection(**sheets), SETTINGS, found)["未全员投保单位数"].doubts == (found[1],)


def test_an_underinsured_unit_has_a_policy_in_force_there() -> None:
    assert underinsured("丁厂 U-4 乙保 20 10") == [(
        "underinsured-not-in-force", "待核",
        "“丁厂”列为在乙保未全员投保，“保单”表里它有乙保的保单P-4，但不是2024年8月9日在保的有效保单",
    )]
    assert underinsured("戊厂 U-5 甲保 20 10") == [(
        "underinsured-not-in-force", "待核", "“戊厂”列为在甲保未全员投保，“保单”表里它没有甲保的保单",
    )]


def test_a_unit_whose_policy_was_not_uploaded_or_is_another_insurer_s_is_not_said_here() -> None:
    assert said(
        未上传保单="保单号 统一社会信用代码\nP-9 U-5", 未全员投保="统一社会信用代码\nU-5",
    ) == []
    assert underinsured("丁厂 U-4 甲保 20 10") == []


FEES = "保单号 承保保险公司 事故预防服务费（元）\nP-1 甲保 100.00\nP-2 甲保 100.00\nP-3 乙保 —"


def test_service_fees_may_be_pooled_over_an_insurer_s_policies_but_not_exceed_them() -> None:
    records = "保单号 承保保险公司 核实金额（元）\nP-1 甲保 {}\nP-3 乙保 900.00"
    assert said(保单=FEES, 服务费用核查=records.format("200.00")) == []
    notice, = problems(保单=FEES, 服务费用核查=records.format("200.01"))
    assert (notice.code, notice.severity.value) == ("fees-above-allotted", "提示")
    assert notice.found == "甲保核实的服务金额共200.01元，而它各份保单的事故预防服务费共200.00元"


ROSTER = """
    单位名称  统一社会信用代码  状态
    甲厂      U-1               生产
    乙厂      U-2               —
    丙厂      U-3               停产
    丁厂      U-4               生产
"""


def test_a_closed_unit_is_not_reproached_with_having_no_policy() -> None:
    doubt, *notices = problems(应保单位名册=ROSTER, 应保未保="单位名称 统一社会信用代码\n丙厂 U-3\n乙厂 U-2")
    assert (doubt.code, doubt.severity.value) == ("uninsured-but-closed", "待核")
    assert doubt.found == "“丙厂”列为应保未保，应保单位名册里的状态是“停产”"
    assert doubt.related == (Place(FILE, "应保单位名册", 4, "状态"),)
    assert [notice.code for notice in notices] == ["roster-unaccounted"]


def test_uninsured_units_that_the_roster_lacks_are_counted_once_and_listed() -> None:
    uninsured = "单位名称 统一社会信用代码\n乙厂 U-2\n戊厂 U-5\n己厂 U-6"
    notice, *_ = problems(应保单位名册=ROSTER, 应保未保=uninsured)
    assert (notice.code, notice.severity.value) == ("uninsured-not-on-roster", "提示")
    assert notice.found == "应保未保表3家中有2家不在应保单位名册：戊厂、己厂"
    assert rows(notice) == [3, 4]


def test_units_of_the_roster_that_are_nowhere_are_counted_once_and_listed() -> None:
    notice, = problems(
        应保单位名册=ROSTER, 保单="统一社会信用代码\nU-1", 未上传保单="统一社会信用代码\nU-2",
    )
    assert (notice.code, notice.severity.value) == ("roster-unaccounted", "提示")
    assert notice.found == "名册里生产的3家单位中，有1家既没有在保保单，也没有列为应保未保：丁厂"
    assert rows(notice) == [5]


def test_without_a_roster_its_checks_are_not_judged() -> None:
    examined = examine(OF_ROWS, evidence_of(inspection(应保未保="单位名称\n甲厂"), SETTINGS))
    assert [result.check.code for result in examined if not result.is_judged and "roster" in result.check.code] == [
        "uninsured-not-on-roster", "roster-unaccounted",
    ]


LOW = """
    保单号  保险起期    保险止期    每人死亡伤残责任限额（万元）
    P-1     2024-09-01  2025-08-31  39.99
    P-2     2025-04-01  2026-03-31  30
    P-3     2025-04-01  2026-03-31  40
    P-4     2025-04-01  2026-03-31  —
    P-5     2023-04-01  2024-03-31  10
"""
MEASURES = "《安全生产责任保险实施办法》（应急〔2025〕27号，2025年3月29日起施行）第十五条"


def test_a_limit_below_the_measures_of_2025_is_said_with_the_rule_and_its_date() -> None:
    first, second = problems(AFTER_THE_MEASURES, 保单=LOW)
    assert {first.code, second.code} == {"limit-below-rule"}
    assert {first.severity.value, second.severity.value} == {"提示"}
    assert first.found == "甲保的保单“P-1”每人死亡伤残责任限额为39.99万元（2024-09-01起保，早于该规定施行）"
    assert second.found == "甲保的保单“P-2”每人死亡伤残责任限额为30万元"
    assert second.expected == f"不低于40万元：{MEASURES}"


def test_before_the_measures_of_2025_the_former_limit_is_the_rule() -> None:
    policies = "每人死亡伤残责任限额（万元）\n30\n29.99"
    problem, = problems(保单=policies)
    assert problem.where.row == 3
    assert problem.expected.startswith("不低于30万元：《安全生产责任保险实施办法》（安监总办〔2017〕140号")


@pytest.mark.parametrize(("day", "limit"), [
    (date(2017, 12, 31), None), (date(2018, 1, 1), 30), (date(2025, 3, 28), 30), (date(2025, 3, 29), 40),
])
def test_the_cut_off_day_chooses_the_rule(day: date, limit: int | None) -> None:
    rule = rule_on(LIMIT_RULE, day)
    assert (rule.value if rule else None) == limit


def test_of_one_rule_one_value_holds_on_a_day() -> None:
    for name in {rule.name for rule in RULES}:
        own = sorted((rule for rule in RULES if rule.name == name), key=lambda rule: rule.since)
        assert all(
            rule.until is not None and rule.until < later.since for rule, later in pairwise(own)
        )


def test_a_fee_share_that_is_not_the_rule_s_is_said() -> None:
    notice, = problems(replace(SETTINGS, service_fee_share=Decimal("0.15")))
    assert (notice.code, notice.severity.value) == ("rule-overridden", "提示")
    assert (notice.found, notice.expected) == ("按服务费提取比例15%计，而规定为20%", "20%：苏应急〔2024〕132号三（二）")
    assert notice.where == Place("发文信息")


def test_a_day_without_a_known_rule_is_said() -> None:
    assert rule_on(FEE_RULE, date(2023, 8, 9)) is None
    assert said(replace(SETTINGS, cutoff=date(2023, 8, 9))) == [
        ("rule-overridden", "提示", "按服务费提取比例20%计，而没有查到2023年8月9日施行的规定"),
    ]


def test_every_check_says_its_rule_its_source_and_bears_a_name_of_its_own() -> None:
    checks = (*OF_ROWS, *OF_FIGURES)
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.rule and check.source and check.code for check in checks)


def test_what_a_check_cites_of_the_law_stands_in_the_table_of_rules() -> None:
    limit, = (check for check in OF_ROWS if check.code == "limit-below-rule")
    share, = (check for check in OF_ROWS if check.code == "rule-overridden")
    assert [rule.source for rule in RULES if rule.name == LIMIT_RULE and rule.source in limit.source] == [MEASURES]
    assert all(f"{rule.value.normalize():f}万元" in limit.source for rule in RULES if rule.name == LIMIT_RULE)
    assert all(rule.source in share.source for rule in RULES if rule.name == FEE_RULE)
