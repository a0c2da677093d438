"""Assert that the figures agree with each other and with the annexes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docgen.errors import Place, Problem, Severity
from docgen.figures.extract import AnnexTable
from docgen.figures.fees import FEE_SHARE
from docgen.figures.figure import Figure
from docgen.figures.portfolio import portfolio
from docgen.figures.summaries import BELOW, FAULTY, PEOPLE, PEOPLE_BY_AREA, SAMPLED, TOTAL, UNITS
from docgen.gongwen import Table
from docgen.records import Records
from docgen.settings import Settings


class _Pair(NamedTuple):
    """Two values that must be equal, each with what it is called, and where the second stands."""

    stated: Figure
    shown_as: str
    shown: int
    where: Place


def sum_problems(figures: Mapping[str, Figure], annexes: Sequence[AnnexTable]) -> tuple[Problem, ...]:
    """Report every figure that its parts or an annex contradict: 阻断 `totals-differ`, with both values.

    `figures` are those of `count`, `annexes` the five of `annex_tables`.
    """
    pairs = (*_parts(figures), *_annex_totals(figures, annexes), *_annex_lengths(figures, annexes))
    unequal = (
        _differs(where, f"{stated.name}为{stated.value}，而{shown_as}为{shown}", "两数相等")
        for stated, shown_as, shown, where in pairs
        if stated.value != shown
    )
    return (*unequal, *_kinds_out_of_bounds(figures["问题保单数"]))


def several_policies(records: Records, settings: Settings) -> tuple[Problem, ...]:
    """Notice every unit with several policies in force, for a look: its people count on each of them."""
    counted = portfolio(records, settings).counted
    counted = counted[counted["_unit"].duplicated(keep=False)]
    distinct = counted.drop_duplicates(["_unit", "保单号"])
    problems = []
    for _, rows in distinct.groupby("_unit", sort=False):
        if len(rows) > 1:
            second = rows.iloc[1]
            problems.append(Problem(
                "several-policies",
                Severity.NOTICE,
                Place(str(second["_file"]), str(second["_sheet"]), int(second["_row"]), "保单号"),
                f"{second['被保险单位']}有{len(rows)}份在保保单：{'、'.join(rows['保单号'])}",
                "各份保单承保的人员不重复",
                "核对投保人数是否重复计算；不重复的不必处理",
            ))
    return tuple(problems)


def _parts(figures: Mapping[str, Figure]) -> Iterator[_Pair]:
    for name, sheet in (("分行业投保单位数", "保单"), ("服务费用不符记录数", "服务费用核查"), ("服务费不足保险公司数", "保单")):
        figure = figures[name]
        yield _Pair(figure, "各分项之和", sum(part.value for part in figure.parts), Place(sheet=sheet))


def _annex_totals(figures: Mapping[str, Figure], annexes: Sequence[AnnexTable]) -> Iterator[_Pair]:
    areas, insurers = annexes[0].tables[0], annexes[1].tables[0]
    units, people = figures["投保单位数"], figures["保障从业人员数"]
    parts = ((part, part.name) for part in figures["分行业投保单位数"].parts)
    for stated, header in ((units, TOTAL), (people, PEOPLE_BY_AREA), *parts):
        where = Place(sheet="附件1", column=header)
        yield _Pair(stated, f"附件1合计行“{header}”", _total(areas, header), where)
        yield _Pair(stated, f"附件1“{header}”列各行之和", sum(_column(areas, header)), where)
    headers = [column.header for column in insurers.columns]
    for stated, header in (
        (units, UNITS), (people, PEOPLE), (figures["抽查保单数"], SAMPLED), (figures["问题保单数"], FAULTY),
    ):
        if header in headers:
            where = Place(sheet="附件2", column=header)
            yield _Pair(stated, f"附件2合计行“{header}”", _total(insurers, header), where)
    at = headers.index(FEE_SHARE)
    marked = sum(row[at].mark == BELOW for row in insurers.rows)
    where = Place(sheet="附件2", column=FEE_SHARE)
    yield _Pair(figures["服务费不足保险公司数"], f"附件2标“{BELOW}”的公司数", marked, where)


def _annex_lengths(figures: Mapping[str, Figure], annexes: Sequence[AnnexTable]) -> Iterator[_Pair]:
    late = figures["逾期上传保单数"]
    listed = (
        (figures["承保保险公司数"], 1, 0),
        (figures["应保未保单位数"], 2, 0),
        (figures["未全员投保单位数"], 3, 0),
        (figures["未上传保单数"], 4, 0),
        *(((late, 4, 1),) if late else ()),
    )
    for stated, annex, table in listed:
        rows = annexes[annex].tables[table].rows
        yield _Pair(stated, f"附件{annex + 1}的行数", len(rows), Place(sheet=f"附件{annex + 1}"))


def _kinds_out_of_bounds(faulty: Figure) -> Iterator[Problem]:
    """Require: largest kind ≤ 问题保单数 ≤ sum of the kinds."""
    kinds = [part.value for part in faulty.parts]
    largest, added = max(kinds, default=0), sum(kinds)
    if not largest <= faulty.value <= added:
        found = f"问题保单数为{faulty.value}，而最多的一类为{largest}，各类之和为{added}"
        yield _differs(Place(sheet="问题"), found, "问题保单数不少于最多的一类，不多于各类之和")


def _differs(where: Place, found: str, expected: str) -> Problem:
    remedy = "核对该表各行和发文设置；改正后重新生成，仍不一致的请报告程序维护人员"
    return Problem("totals-differ", Severity.BARRING, where, found, expected, remedy)


def _column(table: Table, header: str) -> list[int]:
    at = [column.header for column in table.columns].index(header)
    return [_whole(row[at].value) for row in table.rows]


def _total(table: Table, header: str) -> int:
    return _whole(table.total[[column.header for column in table.columns].index(header)].value)


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
