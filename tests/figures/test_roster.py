"""参保率 and 续保率 over the roster of units that must be insured."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from docgen.figures import Figure, count, shown
from docgen.settings import Settings

from .tables import SETTINGS, doubt, inspection

HALF_YEAR = replace(SETTINGS, period_start=date(2024, 1, 1), period_end=date(2024, 6, 30))
ROSTER = """
    统一社会信用代码  状态
    U-1               生产
    U-2               —
    U-3               生产
    U-4               停产
    U-5               注销
"""


def figures(settings: Settings = SETTINGS, **sheets: str) -> Mapping[str, Figure]:
    return count(inspection(**sheets), settings)


def parts(figure: Figure) -> dict[str, int]:
    return {part.name: part.value for part in figure.parts}


def test_without_a_roster_there_is_no_rate() -> None:
    assert figures(HALF_YEAR, 保单="保单号\nP-1").keys().isdisjoint({"参保率", "续保率"})


def test_units_in_production_with_a_policy_in_force_make_the_rate_of_insurance() -> None:
    rate = figures(应保单位名册=ROSTER, 保单="统一社会信用代码\nU-1\nU-1\nU-2\nU-4\nU-9")["参保率"]
    assert parts(rate) == {"名册参保单位数": 2, "名册应保单位数": 3}
    assert (rate.value, shown(rate)) == (666, "66.6%")
    assert "状态为生产（含未填）" in rate.how


def test_a_unit_that_stands_twice_on_the_roster_counts_once() -> None:
    rate = figures(应保单位名册="统一社会信用代码\nU-1\nU-1", 保单="统一社会信用代码\nU-1")["参保率"]
    assert parts(rate) == {"名册参保单位数": 1, "名册应保单位数": 1}


def test_a_roster_of_closed_units_gives_no_rate() -> None:
    assert "参保率" not in figures(应保单位名册="统一社会信用代码 状态\nU-1 停产")


RENEWALS = """
    保单号  统一社会信用代码  保险起期    保险止期    保单状态
    P-1     U-1               2023-05-01  2024-04-30  已到期
    P-2     U-1               2024-05-01  2025-04-30  有效
    P-3     U-2               2023-07-01  2024-06-30  有效
    P-4     U-3               2023-08-01  2024-07-31  有效
    P-5     U-4               2023-05-01  2024-04-30  有效
    P-6     U-9               2023-05-01  2024-04-30  有效
"""


def test_units_whose_policy_ran_out_in_the_period_and_that_have_a_later_one_make_the_rate_of_renewal() -> None:
    rate = figures(HALF_YEAR, 应保单位名册=ROSTER, 保单=RENEWALS)["续保率"]
    assert parts(rate) == {"到期续保单位数": 1, "到期单位数": 2}
    assert shown(rate) == "50.0%"


def test_a_policy_that_was_broken_off_did_not_run_out() -> None:
    policies = RENEWALS.replace("2024-06-30  有效", "2024-06-30  退保")
    assert parts(figures(HALF_YEAR, 应保单位名册=ROSTER, 保单=policies)["续保率"])["到期单位数"] == 1


def test_a_policy_that_ends_in_the_period_but_not_before_the_cut_off_day_is_still_in_force() -> None:
    settings = replace(HALF_YEAR, cutoff=date(2024, 6, 30))
    assert parts(figures(settings, 应保单位名册=ROSTER, 保单=RENEWALS)["续保率"])["到期单位数"] == 1


def test_where_no_policy_is_in_force_none_was_renewed() -> None:
    policies = "保单号 统一社会信用代码 保险起期 保险止期\nP-3 U-2 2023-07-01 2024-06-30"
    rate = figures(HALF_YEAR, 应保单位名册=ROSTER, 保单=policies)["续保率"]
    assert parts(rate) == {"到期续保单位数": 0, "到期单位数": 1}


def test_without_a_period_there_is_no_rate_of_renewal() -> None:
    assert "续保率" not in figures(应保单位名册=ROSTER, 保单=RENEWALS)


def test_a_doubt_about_the_roster_makes_the_rate_doubtful() -> None:
    problem = doubt("应保单位名册", 2, "状态")
    records = inspection(应保单位名册=ROSTER, 保单="统一社会信用代码\nU-1")
    assert count(records, SETTINGS, [problem])["参保率"].doubts == (problem,)
