"""Hold the prevention fee (事故预防服务费) that an insurer sets aside against the rule's share of the premium. Pure.

Counted over the policies in force, each insurer's own share of a co-insured one. A policy that states no fee
counts as none; of an insurer none of whose policies states one, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

import pandas as pd

from docgen.figures.doubts import Doubts
from docgen.figures.figure import FEN, PER_MILLE, Figure
from docgen.figures.listing import NUMBERING, yuan
from docgen.figures.portfolio import Portfolio, in_force_wording
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.records import source_rows
from docgen.settings import Settings

PREMIUM, FEE = "保费（元）", "事故预防服务费（元）"
FEE_SHARE = "占保费比例"

_COLUMNS = ("承保保险公司", PREMIUM, FEE)
_CUT = Decimal("0.001")
"""Shares are cut to a tenth of a percent, so that one below the rule never reads as the rule's own figure."""


@dataclass(frozen=True)
class FeeShare:
    """Premium and fee in whole 分, the rule's share, how many policies with a premium state no fee."""

    premium: int
    fee: int
    rule: Decimal
    unstated: int = 0
    is_known: bool = True

    @property
    def share(self) -> Decimal | None:
        """The fee's share of the premium, cut: 0.188 for 18.85%. None without a premium or a stated fee."""
        if not self.premium or not self.is_known:
            return None
        return (Decimal(self.fee) / self.premium).quantize(_CUT, ROUND_DOWN)

    @property
    def shortfall(self) -> int:
        """What the fee lacks of the rule, in 分, a begun one as a whole; 0 when nothing or not known."""
        lacking = self.premium * self.rule - self.fee
        return max(int(lacking.to_integral_value(ROUND_CEILING)), 0) if self.is_known else 0

    @property
    def rule_shown(self) -> str:
        """The rule's share as the text writes it: 20%, 12.5%."""
        return share_shown(self.rule)

    @property
    def notes(self) -> tuple[str, ...]:
        """How policies that state no fee are counted, when there are any."""
        if not self.unstated:
            return ()
        return (f"有{self.unstated}份保单没有填写事故预防服务费，按0元计。",)


def share_shown(share: Decimal) -> str:
    """Write a share as the text does: 20%, 12.5%."""
    return f"{(share * 100).normalize():f}%"


def fee_share(rows: pd.DataFrame, settings: Settings) -> FeeShare:
    """Add up the premiums and fees of these rows of 保单."""
    without = rows[FEE].isna()
    unstated = rows["保单号"][without & rows[PREMIUM].gt(0).fillna(False)]
    return FeeShare(
        int(rows[PREMIUM].sum()), int(rows[FEE].sum()), settings.service_fee_share,
        unstated.nunique(), not without.all(),
    )


def short_of_fees(
    policies: Portfolio, insurers: Sequence[str], settings: Settings, doubts: Doubts
) -> Figure:
    """Count the insurers whose fee is below the rule; each is a part, in this order."""
    rule = fee_share(policies.in_force, settings).rule_shown
    how = f"{in_force_wording(settings)}的事故预防服务费之和低于保费之和{rule}的保险公司"
    parts = []
    for insurer in insurers:
        own = policies.only("承保保险公司", insurer)
        if fee_share(own.in_force, settings).shortfall:
            found = own.doubts(doubts, _COLUMNS)
            parts.append(Figure(insurer, 1, "家", how, source_rows(own.in_force), doubts=found))
    rows = tuple(row for part in parts for row in part.rows)
    found = policies.doubts(doubts, _COLUMNS)
    return Figure("服务费不足保险公司数", len(parts), "家", how, rows, tuple(parts), found)


def own_fees(policies: Portfolio, settings: Settings, doubts: Doubts) -> Iterator[Figure]:
    """State one insurer's premium, fee, share of it and what it lacks; `policies` are the insurer's own."""
    rows = source_rows(policies.in_force)
    own = fee_share(policies.in_force, settings)
    per_mille = int((own.share or Decimal()).scaleb(3))
    found = policies.doubts(doubts, _COLUMNS)
    wording = in_force_wording(settings)
    for name, value, unit, how in (
        ("保费合计", own.premium, FEN, "保费之和"),
        ("服务费合计", own.fee, FEN, "事故预防服务费之和"),
        ("服务费占保费比例", per_mille, PER_MILLE, "事故预防服务费之和除以保费之和，舍去千分之一以下"),
        ("服务费差额", own.shortfall, FEN, "保费之和乘服务费提取比例，减事故预防服务费之和，不足的部分"),
    ):
        yield Figure(name, value, unit, f"{wording}的{how}", rows, doubts=found)


def shortfall_table(own: FeeShare, *, is_doubtful: bool) -> Table:
    """Show one insurer what its fee lacks of the rule; a table without rows when it lacks nothing."""
    line = (Cell(1), *(
        Cell(value, is_doubtful) for value in (yuan(own.premium), yuan(own.fee), own.share)
    ), Cell(own.rule_shown), Cell(yuan(own.shortfall), is_doubtful))
    return Table(
        (
            NUMBERING, TableColumn(PREMIUM, CellKind.MONEY, 9), TableColumn(FEE, CellKind.MONEY, 9),
            TableColumn(FEE_SHARE, CellKind.PERCENT, 7), TableColumn("规定比例", CellKind.TEXT, 6),
            TableColumn("差额（元）", CellKind.MONEY, 9),
        ),
        (line,) if own.shortfall else (),
        caption="事故预防服务费提取不足情况",
        notes=own.notes,
    )
