"""The figures of the circular, each from a few rows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from docgen.errors import Problem, Severity
from docgen.figures import Figure, count, shown
from docgen.records import SourceRow
from docgen.settings import Settings

from .tables import FILE, SETTINGS, doubt, inspection

INSURED = ["投保单位数", "分行业投保单位数", "承保保险公司数", "保障从业人员数"]
FAULTY = [
    "问题保单数", "未规范使用方案保单数", "未约定预防服务保单数", "保额人数不符保单数", "录入不规范保单数",
    "其他类别保单数",
]


def figures(**sheets: str) -> Mapping[str, Figure]:
    return count(inspection(**sheets), SETTINGS)


def parts(figure: Figure) -> dict[str, int]:
    return {part.name: part.value for part in figure.parts}


def test_the_figures_stand_in_the_order_of_the_text() -> None:
    assert list(figures()) == [
        *INSURED, "抽查保单数", *FAULTY, "未上传保单数", "逾期上传保单数", "服务费用不符记录数",
        "服务费不足保险公司数", "应保未保单位数", "未全员投保单位数",
    ]


def test_nothing_inspected_makes_every_figure_nothing() -> None:
    assert not any(figures().values())


def test_the_industries_of_the_insured_units_add_up_in_the_settings_order() -> None:
    by_industry = figures(保单="""
        行业类别
        加油站
        医药
        加油站
    """)["分行业投保单位数"]
    assert by_industry.value == 3
    assert list(parts(by_industry)) == list(SETTINGS.industries)
    assert (parts(by_industry)["医药"], parts(by_industry)["加油站"]) == (1, 2)


def test_a_unit_with_two_industries_counts_in_its_first() -> None:
    by_industry = figures(保单="""
        统一社会信用代码  行业类别
        U-1               加油站
        U-1               医药
    """)["分行业投保单位数"]
    assert (parts(by_industry)["医药"], parts(by_industry)["加油站"]) == (0, 1)


def test_an_industry_that_the_settings_lack_is_a_part_to_verify() -> None:
    by_industry = figures(保单="""
        行业类别
        渔业
    """)["分行业投保单位数"]
    assert parts(by_industry)["【待核】"] == 1


def test_a_policy_sampled_twice_counts_once() -> None:
    assert figures(抽查="""
        保单号
        P-1
        P-1
        P-2
    """)["抽查保单数"].value == 2


TWO_KINDS = """
    保单号  问题类别
    P-1     保额与投保企业人数不匹配
    P-1     未明确约定事故预防服务
    P-2     未明确约定事故预防服务
"""


def test_a_policy_with_two_problems_counts_once() -> None:
    assert figures(问题=TWO_KINDS)["问题保单数"].value == 2


def test_the_kinds_of_the_faulty_policies_may_add_up_to_more() -> None:
    faulty = figures(问题=TWO_KINDS)["问题保单数"]
    assert parts(faulty) == {"未规范使用方案保单数": 0, "未约定预防服务保单数": 2, "保额人数不符保单数": 1}


def test_an_irregular_entry_is_counted_but_is_no_faulty_policy() -> None:
    found = figures(问题="""
        保单号  问题类别
        P-1     数据录入不规范
    """)
    assert (found["录入不规范保单数"].value, found["问题保单数"].value) == (1, 0)


def test_a_withdrawn_problem_does_not_count() -> None:
    found = figures(问题="""
        保单号  问题类别                  核实结论
        P-1     未明确约定事故预防服务    撤销
        P-2     未明确约定事故预防服务    部分属实
    """)
    assert (found["未约定预防服务保单数"].value, found["问题保单数"].value) == (1, 1)


def test_a_problem_of_the_insurer_itself_is_no_policy() -> None:
    assert figures(问题="""
        保单号  问题类别
        —       未明确约定事故预防服务
    """)["问题保单数"].value == 0


SCHEME, NO_SERVICE, MISMATCH, BAD_ENTRY = SETTINGS.kinds
EACH_KIND = f"""
    保单号  问题类别
    P-1     {SCHEME}
    P-2     {NO_SERVICE}
    P-3     {NO_SERVICE}
    P-4     {MISMATCH}
    P-5     {MISMATCH}
    P-6     {MISMATCH}
"""
NAMED = {"未规范使用方案保单数": 1, "未约定预防服务保单数": 2, "保额人数不符保单数": 3, "录入不规范保单数": 0}


def kinds_counted(problems: str, *kinds: str, faulty: tuple[str, ...] = ()) -> Mapping[str, Figure]:
    settings = Settings(cutoff=date(2024, 8, 9), kinds=kinds, faulty_kinds=faulty)
    return count(inspection(问题=problems), settings)


def test_the_order_of_the_kinds_in_the_settings_moves_no_figure() -> None:
    found = kinds_counted(EACH_KIND, BAD_ENTRY, MISMATCH, NO_SERVICE, SCHEME)
    assert {name: found[name].value for name in NAMED} == NAMED


def test_a_kind_taken_from_the_settings_leaves_the_other_figures_in_place() -> None:
    found = kinds_counted(EACH_KIND, NO_SERVICE, MISMATCH)
    assert {name: found[name].value for name in NAMED} == NAMED | {"未规范使用方案保单数": 0}


FURTHER_KINDS = """
    保单号  问题类别          核实结论
    P-1     未按月报送台账    属实
    P-2     未按月报送台账    属实
    P-2     未设服务热线      部分属实
    P-3     未设服务热线      撤销
    P-4     数据录入不规范    属实
    —       未设服务热线      属实
"""


def test_kinds_beyond_the_four_share_one_figure_with_a_part_for_each() -> None:
    others = kinds_counted(
        FURTHER_KINDS, *SETTINGS.kinds, "未按月报送台账", "未设服务热线", "未公示电话"
    )["其他类别保单数"]
    assert (others.value, others.unit) == (2, "份")
    assert parts(others) == {"未按月报送台账": 2, "未设服务热线": 1}


def test_without_further_kinds_their_figure_is_nothing() -> None:
    others = figures(问题=EACH_KIND)["其他类别保单数"]
    assert (others.value, others.parts) == (0, ())


def test_a_further_kind_demands_no_figure_of_its_own() -> None:
    assert kinds_counted(FURTHER_KINDS, *SETTINGS.kinds, "未设服务热线").keys() == figures().keys()


def test_the_settings_say_which_kinds_make_a_policy_faulty() -> None:
    found = kinds_counted(
        FURTHER_KINDS, *SETTINGS.kinds, "未设服务热线", faulty=("数据录入不规范", "未设服务热线")
    )
    assert parts(found["问题保单数"]) == {"录入不规范保单数": 1, "未设服务热线保单数": 1}


def test_a_doubtful_problem_of_a_further_kind_touches_their_figure_and_its_part() -> None:
    settings = Settings(cutoff=date(2024, 8, 9), kinds=("未按月报送台账", "未设服务热线"), faulty_kinds=())
    found = count(inspection(问题=FURTHER_KINDS), settings, [doubt("问题", 4, "保单号")])
    others = found["其他类别保单数"]
    assert others.doubts
    assert [part.name for part in others.parts if part.doubts] == ["未设服务热线"]


def test_late_uploads_are_counted_apart() -> None:
    found = figures(未上传保单="""
        保单号  情形
        P-1     未上传
        P-2     逾期上传
        P-3     —
    """)
    assert (found["未上传保单数"].value, found["逾期上传保单数"].value) == (2, 1)


def test_a_policy_neither_surely_late_nor_surely_missing_touches_both_figures() -> None:
    missing = """
        保单号  情形
        P-1     未上传
        P-2     晚了
        P-3     逾期上传
    """
    found = count(inspection(未上传保单=missing), SETTINGS, [doubt("未上传保单", 3, "情形")])
    assert [shown(found[name]) for name in ("未上传保单数", "逾期上传保单数")] == ["2份【待核】", "1份【待核】"]


def test_service_records_that_differ_are_counted_by_insurer_in_the_sheet_s_order() -> None:
    fees = figures(服务费用核查="""
        承保保险公司  系统填报金额（元）  核实金额（元）
        丙保          100.00              90.00
        甲保          100.00              90.00
        丙保          100.00              100.01
        乙保          100.00              100.00
    """)["服务费用不符记录数"]
    assert (fees.value, parts(fees)) == (3, {"甲保": 1, "丙保": 2})
    assert list(parts(fees)) == ["甲保", "丙保"]


def test_a_service_record_without_an_amount_does_not_differ() -> None:
    assert figures(服务费用核查="""
        系统填报金额（元）  核实金额（元）
        100.00              —
    """)["服务费用不符记录数"].value == 0


FEES = """
    保单号  承保保险公司  保费（元）  事故预防服务费（元）  保险止期
    P-1     丙保          100.00      19.99                 2024-12-31
    P-2     甲保          100.00      15.00                 2024-12-31
    P-3     甲保          100.00      24.99                 2024-12-31
    P-4     乙保          100.00      20.00                 2024-12-31
    P-5     乙保          100.00      0.00                  2024-01-31
"""


def test_an_insurer_below_the_rule_s_share_of_the_fee_counts_over_its_policies_in_force() -> None:
    short = figures(保单=FEES)["服务费不足保险公司数"]
    assert (short.value, short.unit, parts(short)) == (2, "家", {"甲保": 1, "丙保": 1})
    assert sorted(row.row for row in short.rows) == [2, 3, 4]
    assert "低于保费之和20%" in short.how


def test_the_settings_say_which_share_of_the_fee_is_due() -> None:
    for share, short in (("0.199", 0), ("0.1999", 0), ("0.2", 2), ("0.201", 3)):
        settings = Settings(cutoff=date(2024, 8, 9), service_fee_share=Decimal(share))
        assert count(inspection(保单=FEES), settings)["服务费不足保险公司数"].value == short


def test_of_an_insurer_none_of_whose_policies_states_a_fee_nothing_is_said() -> None:
    assert not figures(保单="""
        承保保险公司  保费（元）  事故预防服务费（元）
        甲保          100.00      —
        乙保          100.00      20.00
    """)["服务费不足保险公司数"]


def test_a_policy_without_a_fee_counts_as_none_beside_others_that_state_one() -> None:
    assert parts(figures(保单="""
        承保保险公司  保费（元）  事故预防服务费（元）
        甲保          100.00      20.00
        甲保          100.00      —
    """)["服务费不足保险公司数"]) == {"甲保": 1}


def test_uninsured_and_underinsured_units_are_rows() -> None:
    found = figures(应保未保="单位名称\n甲厂\n乙厂", 未全员投保="单位名称\n丙厂")
    assert (found["应保未保单位数"].value, found["未全员投保单位数"].value) == (2, 1)


def test_a_figure_knows_the_rows_it_was_counted_from() -> None:
    found = figures(保单="""
        保险止期
        2024-12-31
        2024-01-31
        2024-12-31
    """)
    assert found["投保单位数"].rows == (SourceRow(FILE, "保单", 2), SourceRow(FILE, "保单", 4))


@pytest.mark.parametrize(("name", "sheet", "column"), [
    ("投保单位数", "保单", "统一社会信用代码"),
    ("投保单位数", "保单", "保单状态"),
    ("投保单位数", "保单", "保险起期"),
    ("投保单位数", "保单", "保险止期"),
    ("投保单位数", "保单", ""),
    ("分行业投保单位数", "保单", "行业类别"),
    ("承保保险公司数", "保单", "承保保险公司"),
    ("保障从业人员数", "保单", "投保人数"),
    ("抽查保单数", "抽查", "保单号"),
    ("问题保单数", "问题", "保单号"),
    ("未约定预防服务保单数", "问题", "核实结论"),
    ("未上传保单数", "未上传保单", "情形"),
    ("服务费用不符记录数", "服务费用核查", "核实金额（元）"),
    ("服务费用不符记录数", "服务费用核查", "保单号"),
    ("服务费不足保险公司数", "保单", "保费（元）"),
    ("服务费不足保险公司数", "保单", "事故预防服务费（元）"),
    ("应保未保单位数", "应保未保", "统一社会信用代码"),
    ("未全员投保单位数", "未全员投保", "投保人数"),
])
def test_a_doubt_in_what_a_figure_counts_by_makes_it_doubtful(name: str, sheet: str, column: str) -> None:
    problem = doubt(sheet, 2, column)
    records = inspection(
        保单="保单号\nP-1", 抽查="保单号\nP-1", 问题="问题类别\n未明确约定事故预防服务",
        未上传保单="保单号\nP-9", 服务费用核查="保单号\nP-1",
        应保未保="单位名称\n甲厂", 未全员投保="单位名称\n乙厂",
    )
    assert count(records, SETTINGS, [problem])[name].doubts == (problem,)


@pytest.mark.parametrize("problem", [
    doubt("保单", 2, "投保人数"),
    doubt("保单", 3, "统一社会信用代码"),
    doubt("问题", 2, "保单号"),
    doubt("保单", 2, "统一社会信用代码", Severity.NOTICE),
])
def test_a_doubt_elsewhere_does_not_touch_a_figure(problem: Problem) -> None:
    records = inspection(保单="""
        保险止期
        2024-12-31
        2024-01-31
    """)
    assert count(records, SETTINGS, [problem])["投保单位数"].doubts == ()


def test_a_doubtful_industry_touches_only_its_own_part() -> None:
    records = inspection(保单="""
        行业类别
        医药
        加油站
    """)
    by_industry = count(records, SETTINGS, [doubt("保单", 3, "行业类别")])["分行业投保单位数"]
    assert [part.name for part in by_industry.parts if part.doubts] == ["加油站"]


def test_a_doubt_about_one_kind_of_problem_leaves_the_others() -> None:
    records = inspection(问题="""
        保单号  问题类别
        P-1     未明确约定事故预防服务
        P-2     数据录入不规范
    """)
    found = count(records, SETTINGS, [doubt("问题", 2, "保单号")])
    assert [name for name, figure in found.items() if figure.doubts] == ["问题保单数", "未约定预防服务保单数"]


def figure(value: int, unit: str, *, is_doubtful: bool = False) -> Figure:
    return Figure("某数", value, unit, "", (), doubts=(doubt("保单", 2),) if is_doubtful else ())


def test_a_figure_is_shown_with_its_unit() -> None:
    assert shown(figure(2649, "家")) == "2649家"


def test_money_is_shown_in_yuan_and_a_share_in_percent() -> None:
    assert (shown(figure(123_450, "分")), shown(figure(5, "分"))) == ("1234.50元", "0.05元")
    assert (shown(figure(188, "‰")), shown(figure(0, "‰", is_doubtful=True))) == ("18.8%", "0.0%【待核】")


def test_people_are_shown_in_wan_and_units_are_not() -> None:
    assert (shown(figure(259_347, "人")), shown(figure(12_345, "家"))) == ("25.93万余人", "12345家")


def test_a_doubtful_figure_says_so_where_it_is_printed() -> None:
    assert shown(figure(141, "份", is_doubtful=True)) == "141份【待核】"
