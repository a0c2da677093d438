"""What the law lays down, with the days from and to which it does: the cut-off day chooses. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FEE_RULE = "服务费提取比例"
LIMIT_RULE = "每人死亡伤残责任限额"


@dataclass(frozen=True)
class Rule:
    """A least value that is laid down: in force from `since` to `until`, both days included."""

    name: str
    value: Decimal
    since: date
    until: date | None
    source: str

    def is_in_force(self, day: date) -> bool:
        """Tell whether it holds on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


RULES = (
    # Said of the first half of 2024; from when on the city has asked for it is not documented, nor does the
    # text of the national measures of 2025 that could be read name another share.
    Rule(FEE_RULE, Decimal("0.20"), date(2024, 1, 1), None, "苏应急〔2024〕132号三（二）"),
    # “每死亡一人按不低于30万元赔偿”: a lower limit could not pay that. Value in 万元, as below.
    Rule(
        LIMIT_RULE, Decimal(30), date(2018, 1, 1), date(2025, 3, 28),
        "《安全生产责任保险实施办法》（安监总办〔2017〕140号，2018年1月1日起施行）",
    ),
    Rule(
        LIMIT_RULE, Decimal(40), date(2025, 3, 29), None,
        "《安全生产责任保险实施办法》（应急〔2025〕27号，2025年3月29日起施行）第十五条",
    ),
)


def rule_on(name: str, day: date) -> Rule | None:
    """Give the rule of this name that holds on a day; None when none is documented for it."""
    return next((rule for rule in RULES if rule.name == name and rule.is_in_force(day)), None)
