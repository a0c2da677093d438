"""Annex 1 (areas by industry) and annex 2 (insurers): their totals those of the text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from docgen.figures.count import insurer_order, standing
from docgen.figures.doubts import Doubts
from docgen.figures.fees import FEE, FEE_SHARE, PREMIUM, FeeShare, fee_share
from docgen.figures.figure import Figure
from docgen.figures.listing import NUMBERING, yuan
from docgen.figures.portfolio import UNSETTLED, Portfolio, looked_up
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.records import Records
from docgen.settings import Settings

TOTAL = "合计"
PEOPLE_BY_AREA = "投保人数"
UNITS, PEOPLE = "承保单位数（家）", "保障从业人员数（人）"
SAMPLED, FAULTY = "抽查保单数", "问题保单数"
BELOW = "↓"


def by_area(policies: Portfolio, settings: Settings, doubts: Doubts) -> Table:
    """Make annex 1: units by area and industry, their total, the people insured."""
    units = policies.counted.drop_duplicates("_unit")
    grid = units.groupby(["_area", "_industry"]).size().to_dict()
    people = policies.counted.groupby("_area")["投保人数"].sum().to_dict()
    areas = _listed(settings.areas, units["_area"])
    industries = _listed(settings.industries, units["_industry"])
    unit_doubts = policies.doubtful_rows(doubts, ("统一社会信用代码", "属地", "行业类别"))
    people_doubts = policies.doubtful_rows(doubts, ("统一社会信用代码", "属地", "投保人数"))
    doubtful = frozenset(zip(unit_doubts["_area"], unit_doubts["_industry"], strict=True))
    doubtful_people = frozenset(people_doubts["_area"])

    def line(label: tuple[Cell, Cell], of_areas: Collection[str]) -> tuple[Cell, ...]:
        counts = tuple(
            Cell(
                sum(grid.get((area, industry), 0) for area in of_areas),
                any((area, industry) in doubtful for area in of_areas),
            )
            for industry in industries
        )
        total = Cell(
            sum(grid.get((area, industry), 0) for area in of_areas for industry in industries),
            any(area in of_areas for area, _ in doubtful),
        )
        insured = sum(int(people.get(area, 0)) for area in of_areas)
        return (*label, *counts, total, Cell(insured, not doubtful_people.isdisjoint(of_areas)))

    rows = tuple(line((Cell(at), Cell(area, area == UNSETTLED)), (area,)) for at, area in enumerate(areas, 1))
    return Table(
        (
            NUMBERING, TableColumn("属地", CellKind.TEXT, 6),
            *(TableColumn(industry, CellKind.INTEGER, 3) for industry in industries),
            TableColumn(TOTAL, CellKind.INTEGER, 3), TableColumn(PEOPLE_BY_AREA, CellKind.INTEGER, 4),
        ),
        rows,
        total=line((Cell(None), Cell(TOTAL)), areas),
        notes=_spread_note(policies),
    )


def by_insurer(
    records: Records, policies: Portfolio, settings: Settings, doubts: Doubts, figures: Mapping[str, Figure]
) -> Table:
    """Make annex 2: one row for each insurer with a policy in force, in the order of the sheet 保险公司."""
    insurers = insurer_order(records, policies.in_force["承保保险公司"])
    units, people, premium, fee = _insured(policies, doubts)
    sampling = _sampling(records, policies, settings, doubts, figures) if settings.shows_sampling else ()

    own = dict(iter(policies.in_force.groupby("承保保险公司")))
    shares = {insurer: fee_share(own[insurer], settings) for insurer in insurers}
    are_known = all(share.is_known or not share.unstated for share in shares.values())
    every = replace(fee_share(policies.in_force, settings), is_known=are_known)

    def line(
        label: tuple[Cell, Cell], cell: Callable[[_Tally], Cell], share: FeeShare
    ) -> tuple[Cell, ...]:
        shown = _share(share, is_doubtful=cell(premium).is_doubtful or cell(fee).is_doubtful)
        return (*label, *map(cell, (units, people, premium, fee)), shown, *map(cell, sampling))

    rows = tuple(
        line((Cell(at), Cell(insurer)), partial(_Tally.cell, insurer=insurer), shares[insurer])
        for at, insurer in enumerate(insurers, 1)
    )
    total = line((Cell(None), Cell(TOTAL)), _Tally.total_cell, every)
    head = (
        NUMBERING, TableColumn("保险公司", CellKind.TEXT, 7), units.head, people.head, premium.head, fee.head,
        TableColumn(FEE_SHARE, CellKind.PERCENT, 5), *(tally.head for tally in sampling),
    )
    notes = (
        *_mark_note((*rows, total), every),
        *every.notes,
        *(() if are_known else (f"各份保单都没有填写事故预防服务费的公司，不计{FEE_SHARE}。",)),
        *_overlap_note(units, insurers, "有单位由两家以上公司承保，合计按单位去重"),
        *(
            note for tally in sampling
            for note in _overlap_note(tally, insurers, "有保单涉及两家以上公司，合计按保单号去重")
        ),
    )
    return Table(head, rows, total=total, notes=notes)


@dataclass(frozen=True)
class _Tally:
    """A column of annex 2: whole numbers by insurer (money in 分), its total, the insurers in doubt."""

    head: TableColumn
    by_insurer: Mapping[str, int]
    total: int
    doubtful: frozenset[str]

    def cell(self, insurer: str) -> Cell:
        return self._cell(self.by_insurer.get(insurer, 0), insurer in self.doubtful)

    def total_cell(self) -> Cell:
        return self._cell(self.total, bool(self.doubtful))

    def _cell(self, number: int, is_doubtful: bool) -> Cell:
        return Cell(yuan(number) if self.head.kind is CellKind.MONEY else int(number), is_doubtful)


def _insured(policies: Portfolio, doubts: Doubts) -> tuple[_Tally, ...]:
    """Count units, people, premium and fee by insurer; the money on every row, the rest where it leads."""
    leading = policies.counted.groupby("承保保险公司")
    every = policies.in_force.groupby("承保保险公司")
    units, people = policies.counted["_unit"].nunique(), policies.counted["投保人数"].sum()
    premium, fee = policies.in_force[PREMIUM].sum(), policies.in_force[FEE].sum()
    tallies = (
        (UNITS, CellKind.INTEGER, 5, "统一社会信用代码", leading["_unit"].nunique(), units),
        (PEOPLE, CellKind.INTEGER, 6, "投保人数", leading["投保人数"].sum(), people),
        (PREMIUM, CellKind.MONEY, 7, PREMIUM, every[PREMIUM].sum(), premium),
        (FEE, CellKind.MONEY, 7, FEE, every[FEE].sum(), fee),
    )
    return tuple(
        _Tally(
            TableColumn(header, kind, width), _by_name(sums), int(total),
            frozenset(policies.doubtful_rows(doubts, (source, "承保保险公司"))["承保保险公司"]),
        )
        for header, kind, width, source, sums, total in tallies
    )


def _sampling(
    records: Records, policies: Portfolio, settings: Settings, doubts: Doubts, figures: Mapping[str, Figure]
) -> tuple[_Tally, ...]:
    """Count the sampled policies at the insurer that leads, the faulty ones at the problem's own insurer."""
    samples = sampled_by_insurer(records, policies)
    faults = standing(records["问题"])
    faults = faults[faults["问题类别"].isin(settings.faulty_kinds) & (faults["保单号"] != "")]
    columns = ("保单号", "承保保险公司", "问题类别", "核实结论")
    return tuple(
        _Tally(
            TableColumn(name, CellKind.INTEGER, 4),
            _by_name(rows.groupby("承保保险公司")["保单号"].nunique()),
            figures[name].value,
            frozenset(rows["承保保险公司"][doubts.mask(rows, columns)]),
        )
        for name, rows in ((SAMPLED, samples), (FAULTY, faults))
    )


def _by_name(sums: pd.Series[int]) -> dict[str, int]:
    return {str(name): int(number) for name, number in sums.items()}


def sampled_by_insurer(records: Records, policies: Portfolio) -> pd.DataFrame:
    """Give 抽查 with the 承保保险公司 that leads each policy; "" when the policy is not in 保单."""
    samples = records["抽查"]
    own = policies.every[policies.every["保单号"].isin(samples["保单号"])]
    follows = own["共保角色"] == "从共"
    leading = pd.concat([own[~follows], own[follows]]).drop_duplicates("保单号").set_index("保单号")
    return samples.assign(承保保险公司=looked_up(samples["保单号"], leading["承保保险公司"], ""))


def _share(share: FeeShare, *, is_doubtful: bool) -> Cell:
    """Show the fee's share of the premium, marked where it is below the rule."""
    return Cell(share.share, is_doubtful and share.share is not None, BELOW if share.shortfall else "")


def _listed(known: tuple[str, ...], present: pd.Series[str]) -> tuple[str, ...]:
    """Give the settings' own list, and what is unsettled only when a unit is."""
    return (*known, UNSETTLED) if (present == UNSETTLED).any() else known


def _mark_note(rows: tuple[tuple[Cell, ...], ...], every: FeeShare) -> tuple[str, ...]:
    if not any(cell.mark for row in rows for cell in row):
        return ()
    return (f"“{BELOW}”表示{FEE_SHARE}低于规定的{every.rule_shown}。",)


def _overlap_note(tally: _Tally, insurers: list[str], reason: str) -> tuple[str, ...]:
    """Say why a column does not add up to its total, when it does not."""
    added = sum(tally.by_insurer.get(insurer, 0) for insurer in insurers)
    if added == tally.total:
        return ()
    if added < tally.total:
        reason = "合计中有不属于表中所列公司的保单"
    return (f"{tally.head.header}各公司相加为{added}，合计为{tally.total}：{reason}。",)


def _spread_note(policies: Portfolio) -> tuple[str, ...]:
    """Say how units with policies in several areas are counted, when there are any."""
    spread = int((policies.counted.groupby("_unit")["属地"].nunique() > 1).sum())
    return (f"有{spread}家单位在两个以上属地投保，计入其首份保单的属地。",) if spread else ()
