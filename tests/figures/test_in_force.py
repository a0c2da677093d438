"""Which policies count: latest endorsement, state, dates, co-insurance."""

from datetime import date

import pytest

from docgen.errors import UsageError
from docgen.figures import count
from docgen.settings import Settings

from .tables import SETTINGS, inspection


def units(policies: str, settings: Settings = SETTINGS) -> int:
    return count(inspection(保单=policies), settings)["投保单位数"].value


def people(policies: str) -> int:
    return count(inspection(保单=policies), SETTINGS)["保障从业人员数"].value


def test_the_first_and_the_last_day_of_a_policy_count() -> None:
    assert units("""
        保险起期    保险止期
        2024-08-09  2025-08-08
        2023-08-10  2024-08-09
        2024-08-10  2025-08-09
        2023-08-09  2024-08-08
    """) == 2


def test_a_policy_without_an_end_is_not_in_force() -> None:
    assert units("""
        保险起期    保险止期
        2024-01-01  —
    """) == 0


def test_a_policy_without_a_state_is_valid_and_a_surrendered_one_is_not() -> None:
    assert units("""
        保单状态
        —
        有效
        退保
    """) == 2


def test_a_unit_with_a_policy_and_its_renewal_counts_once() -> None:
    assert units("""
        保单号  统一社会信用代码
        P-1     U-1
        P-2     U-1
    """) == 1


def test_a_unit_without_a_code_counts_by_its_name() -> None:
    assert units("""
        保单号  统一社会信用代码  被保险单位
        P-1     —                 甲试验站
        P-1     —                 乙试验站
        P-2     —                 乙试验站
    """) == 2


def test_a_policy_for_a_chain_counts_each_of_its_units() -> None:
    assert units("""
        保单号  统一社会信用代码
        P-1     U-1
        P-1     U-2
    """) == 2


def test_only_the_latest_endorsement_counts_in_natural_order() -> None:
    assert people("""
        保单号  批单号  统一社会信用代码  投保人数
        P-1     —       U-1               10
        P-1     批10    U-1               30
        P-1     批2     U-1               20
    """) == 30


def test_an_endorsement_that_surrenders_ends_the_policy() -> None:
    assert units("""
        保单号  批单号  统一社会信用代码  保单状态
        P-1     —       U-1               有效
        P-1     批1     U-1               退保
    """) == 0


def test_an_endorsement_of_one_unit_leaves_the_policy_s_other_units() -> None:
    assert people("""
        保单号  批单号  统一社会信用代码  投保人数
        P-1     —       U-1               10
        P-1     —       U-2               10
        P-1     批1     U-2               15
    """) == 25


def test_a_duplicate_row_counts_once() -> None:
    assert people("""
        保单号  统一社会信用代码  投保人数
        P-1     U-1               10
        P-1     U-1               10
    """) == 10


CO_INSURED = """
    保单号  统一社会信用代码  承保保险公司  共保角色  投保人数
    P-1     U-1               甲保          首席      10
    P-1     U-1               乙保          从共      10
"""


def test_a_co_insured_policy_counts_its_people_once() -> None:
    assert people(CO_INSURED) == 10


def test_a_co_insurer_is_an_insurer() -> None:
    assert count(inspection(保单=CO_INSURED), SETTINGS)["承保保险公司数"].value == 2


def test_an_insurer_without_a_policy_in_force_is_not_counted() -> None:
    policies = """
        承保保险公司  保险止期
        甲保          2024-12-31
        乙保          2024-01-31
    """
    assert count(inspection(保单=policies), SETTINGS)["承保保险公司数"].value == 1


BEGUN_IN_PERIOD = Settings(
    cutoff=date(2024, 8, 9), in_force_rule="期间内起保",
    period_start=date(2024, 1, 1), period_end=date(2024, 6, 30),
)


def test_the_other_rule_counts_what_began_in_the_period_even_if_it_has_ended() -> None:
    assert units("""
        保险起期    保险止期
        2024-01-01  2024-03-31
        2024-06-30  2025-06-29
        2024-07-01  2025-06-30
        2023-12-31  2024-12-30
    """, BEGUN_IN_PERIOD) == 2


def test_the_way_of_counting_names_the_rule() -> None:
    records = inspection()
    assert "2024年8月9日在保" in count(records, SETTINGS)["投保单位数"].how
    assert "2024年1—6月起保" in count(records, BEGUN_IN_PERIOD)["投保单位数"].how


@pytest.mark.parametrize("rule", ["期间内起保", "大概在保"])
def test_a_rule_that_cannot_be_applied_is_refused(rule: str) -> None:
    with pytest.raises(UsageError, match=rule):
        count(inspection(), Settings(cutoff=date(2024, 8, 9), in_force_rule=rule))
