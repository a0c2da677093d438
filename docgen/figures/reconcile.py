"""Hold the circular's problems against those that the letters handed over (交办), by 问题编号. Pure.

交办问题数 − 核实撤销数 + 交办后新增数 = 通报问题数. The letters go out weeks before the circular: an upheld objection
withdraws a problem (核实结论 撤销), and what was found later is added. A number that vanished breaks the equation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from docgen.errors import Place, Problem, Severity
from docgen.figures.count import standing
from docgen.figures.figure import Figure
from docgen.records import Records, SourceRows

ASSIGNED, WITHDRAWN, ADDED, REPORTED = "交办问题数", "核实撤销数", "交办后新增数", "通报问题数"

_NUMBER = "问题编号"
_STATED = (("承保保险公司", "insurer"), ("问题类别", "kind"), ("保单号", "policy"))


@dataclass(frozen=True)
class EarlierProblem:
    """A problem as a letter handed it over: 承保保险公司, 问题类别, 保单号 ("" for the insurer's own)."""

    insurer: str
    kind: str
    policy: str


@dataclass(frozen=True)
class Reconciliation:
    """The four terms of the equation, and what does not agree with the letters."""

    assigned: Figure
    withdrawn: Figure
    added: Figure
    reported: Figure
    problems: tuple[Problem, ...]

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The terms by name, in the order of the equation."""
        return {figure.name: figure for figure in (self.assigned, self.withdrawn, self.added, self.reported)}


def reconcile(earlier: Mapping[str, EarlierProblem], records: Records) -> Reconciliation:
    """Account for every number of the letters and every problem of the circular.

    A number that vanished without 撤销, and one that is now another insurer's, are 待核; a changed policy or
    kind, and a problem added after the letters, are 提示.
    """
    faults = records["问题"]
    is_known = faults[_NUMBER].isin(list(earlier))
    stands = faults.index.isin(standing(faults).index)
    present = set(faults[_NUMBER])
    vanished = [number for number in earlier if number not in present]
    rows = {
        ASSIGNED: faults[is_known],
        WITHDRAWN: faults[is_known & ~stands],
        ADDED: faults[~is_known & stands],
        REPORTED: faults[stands],
    }
    values = {name: own[_NUMBER].nunique() for name, own in rows.items()} | {ASSIGNED: len(earlier)}
    where = Place(str(faults["_file"].iloc[0]) if len(faults) else "", "问题")
    differs = (*_equation(values, vanished, where), *_vanished(earlier, vanished, where))

    def figure(name: str, how: str) -> Figure:
        return Figure(name, values[name], "个", how, SourceRows(rows[name]), doubts=differs)

    return Reconciliation(
        figure(ASSIGNED, "交办的函里的问题编号数"),
        figure(WITHDRAWN, "已交办、现在核实结论为撤销的问题编号数"),
        figure(ADDED, "交办的函里没有、核实结论不是撤销的问题编号数"),
        figure(REPORTED, "问题表中核实结论不是撤销的问题编号数"),
        (*differs, *_changed(earlier, faults[is_known & stands]), *_added(rows[ADDED])),
    )


def _equation(values: Mapping[str, int], vanished: Sequence[str], where: Place) -> Iterator[Problem]:
    """Require: assigned − withdrawn + added = reported."""
    due = values[ASSIGNED] - values[WITHDRAWN] + values[ADDED]
    if due == values[REPORTED]:
        return
    left = f"{ASSIGNED}{values[ASSIGNED]} − {WITHDRAWN}{values[WITHDRAWN]} + {ADDED}{values[ADDED]} = {due}"
    yield Problem(
        "reconciliation-differs", Severity.DOUBTFUL, where,
        f"{left}，而{REPORTED}为{values[REPORTED]}：交办过的问题有{len(vanished)}个不见了",
        f"{ASSIGNED} − {WITHDRAWN} + {ADDED} = {REPORTED}",
        "把不见了的问题补回“问题”表，撤销的在“核实结论”写“撤销”",
    )


def _vanished(
    earlier: Mapping[str, EarlierProblem], numbers: Sequence[str], where: Place
) -> Iterator[Problem]:
    for number in numbers:
        was = earlier[number]
        policy = f"，保单号{was.policy}" if was.policy else ""
        yield Problem(
            "assigned-problem-gone", Severity.DOUBTFUL, where,
            f"问题编号“{number}”已在函里交办{was.insurer}（{was.kind}{policy}），现在“问题”表里没有",
            "交办过的编号都在，撤销的核实结论写“撤销”",
            "补回这一行；异议成立的，核实结论写“撤销”；改过编号的，改回原编号",
        )


def _changed(earlier: Mapping[str, EarlierProblem], faults: pd.DataFrame) -> Iterator[Problem]:
    """Compare column by column at once; only what differs is looked at row by row."""
    for header, field in _STATED:
        was = faults[_NUMBER].map({number: getattr(problem, field) for number, problem in earlier.items()})
        differs = faults[header] != was
        is_insurer = header == "承保保险公司"
        apart = faults[differs]
        for row, number, now, before in zip(
            SourceRows(apart), apart[_NUMBER], apart[header], was[differs], strict=True
        ):
            yield Problem(
                "assigned-problem-changed", Severity.DOUBTFUL if is_insurer else Severity.NOTICE,
                Place(*row, header),
                f"问题编号“{number}”的{header}，交办时为“{before}”，现在为“{now}”",
                f"与交办的函一致，如 {before}" if before else "与交办的函一致（交办时为空）",
                "交办错了公司的，向两家公司说明，并给这一行另编问题编号" if is_insurer
                else "照检查记录核对；确应更正的，告知这家公司",
            )


def _added(faults: pd.DataFrame) -> Iterator[Problem]:
    named = zip(SourceRows(faults), faults[_NUMBER], faults["承保保险公司"], strict=True)
    for row, number, insurer in named:
        yield Problem(
            "added-after-letters", Severity.NOTICE, Place(*row, _NUMBER),
            f"问题编号“{number}”在交办以后新增，还没有函告{insurer}",
            "通报的问题先交办给保险公司",
            "在通报以前补发函；已另行告知的不必处理",
        )
