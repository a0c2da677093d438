"""Hold the figures against their own parts and the annexes: a number stands once, however often it is shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from docgen.errors import Place
from docgen.figures.checks.check import ANNEXES, Evidence, Finding, check
from docgen.figures.fees import FEE, FEE_SHARE, PREMIUM
from docgen.figures.figure import Figure
from docgen.figures.listing import NUMBERING
from docgen.figures.summaries import BELOW, FAULTY, PEOPLE, PEOPLE_BY_AREA, SAMPLED, TOTAL, UNITS
from docgen.gongwen import Cell, Table
from docgen.records import SourceRow

DIFFER = "totals-differ"
_REMEDY = "核对该表各行和发文设置；改正后重新生成，仍不一致的请报告程序维护人员"
_CUT = Decimal("0.001")

Number = int | Decimal


class Pair(NamedTuple):
    """Two values that must be equal, each with what it is called, where the second stands, the rows that differ."""

    name: str
    value: Number
    shown_as: str
    shown: Number
    where: Place
    related: tuple[Place, ...] = ()


def unequal(pairs: Iterable[Pair]) -> Iterator[Finding]:
    """Find the pairs whose values differ."""
    for pair in pairs:
        if pair.value != pair.shown:
            found = f"{pair.name}为{pair.value}，而{pair.shown_as}为{pair.shown}"
            yield contradiction(pair.where, found, related=pair.related)


def contradiction(
    where: Place, found: str, expected: str = "两数相等", related: tuple[Place, ...] = ()
) -> Finding:
    """Say that two figures contradict each other: a person must look, for the rows agree or the program is wrong."""
    return Finding(where, found, expected, _REMEDY, related)


def rows_apart(rows: Sequence[SourceRow], others: Sequence[SourceRow]) -> tuple[Place, ...]:
    """Name the rows that only one of two counts has."""
    return tuple(Place(*row) for row in sorted(set(rows) ^ set(others)))


@check(
    "分项相加等于总数",
    rule="分行业投保单位数等于投保单位数，也等于各行业之和；服务费用不符记录数、服务费不足保险公司数等于各公司之和",
    source="figures.md 分行业投保单位数、服务费用不符记录数",
    code=DIFFER,
    needs=("分行业投保单位数", "服务费用不符记录数", "服务费不足保险公司数"),
)
def parts_add_up(evidence: Evidence) -> Iterator[Finding]:
    """Add up the parts of the figures whose parts share nothing."""
    figures = evidence.figures
    for name, sheet in (("分行业投保单位数", "保单"), ("服务费用不符记录数", "服务费用核查"), ("服务费不足保险公司数", "保单")):
        whole = figures[name]
        added = sum(part.value for part in whole.parts)
        related: tuple[Place, ...] = ()
        if added != whole.value:
            related = rows_apart(whole.rows, [row for part in whole.parts for row in part.rows])
        yield from unequal([Pair(name, whole.value, "各分项之和", added, Place(sheet=sheet), related)])
    units, split = figures["投保单位数"], figures["分行业投保单位数"]
    if units.value != split.value:
        found = f"投保单位数为{units.value}，而分行业投保单位数为{split.value}"
        yield contradiction(Place(sheet="保单"), found, related=rows_apart(units.rows, split.rows))


@check(
    "问题保单数不超出各类",
    rule="问题保单数按保单号去重：不少于最多的一类，不多于各类之和",
    source="figures.md 问题保单数：largest kind ≤ distinct ≤ sum",
    code=DIFFER,
    needs=("问题保单数",),
)
def faulty_policies_are_within_their_kinds(evidence: Evidence) -> Iterator[Finding]:
    """Require: largest kind ≤ 问题保单数 ≤ sum of the kinds."""
    faulty = evidence.figures["问题保单数"]
    kinds = [part.value for part in faulty.parts]
    largest, added = max(kinds, default=0), sum(kinds)
    if not largest <= faulty.value <= added:
        yield contradiction(
            Place(sheet="问题"),
            f"问题保单数为{faulty.value}，而最多的一类为{largest}，各类之和为{added}",
            "问题保单数不少于最多的一类，不多于各类之和",
            rows_apart(faulty.rows, [row for part in faulty.parts for row in part.rows]),
        )


@check(
    "附件1与正文一致",
    rule="附件1各列的合计、各行之和，就是正文的投保单位数、分行业投保单位数、保障从业人员数；每行各行业之和是该行合计",
    source="figures.md 投保单位数、分行业投保单位数",
    code=DIFFER,
    needs=(ANNEXES,),
)
def annex_1_states_the_figures(evidence: Evidence) -> Iterator[Finding]:
    """Hold annex 1 to the text, column by column and row by row."""
    table, figures = evidence.annexes[0].tables[0], evidence.figures
    parts = figures["分行业投保单位数"].parts
    of_columns: list[tuple[Figure, str]] = [(part, part.name) for part in parts]
    of_columns += [(figures["投保单位数"], TOTAL), (figures["保障从业人员数"], PEOPLE_BY_AREA)]
    for stated, header in of_columns:
        where = Place(sheet="附件1", column=header)
        shown = whole(cell_of(table, table.total, header))
        yield from unequal([
            Pair(stated.name, stated.value, f"附件1合计行“{header}”", shown, where),
            Pair(stated.name, stated.value, f"附件1“{header}”列各行之和", sum(column(table, header)), where),
        ])
    others = {NUMBERING.header, "属地", TOTAL, PEOPLE_BY_AREA}
    industries = [part.header for part in table.columns if part.header not in others]
    for at, row in enumerate((*table.rows, table.total), start=1):
        label = cell_of(table, row, "属地").value
        across = sum(whole(cell_of(table, row, industry)) for industry in industries)
        said = whole(cell_of(table, row, TOTAL))
        where = Place(sheet="附件1", column=TOTAL)
        yield from unequal([Pair(f"附件1第{at}行（{label}）合计", said, "该行各行业之和", across, where)])


@check(
    "附件2与正文一致",
    rule="附件2的合计就是正文各数；各公司相加与合计不等的，表下须说明原因；服务费占比由同一行的保费和服务费算出",
    source="figures.md 承保保险公司数、抽查保单数、问题保单数；苏应急〔2024〕132号三（二）",
    code=DIFFER,
    needs=(ANNEXES,),
)
def annex_2_states_the_figures(evidence: Evidence) -> Iterator[Finding]:
    """Hold annex 2 to the text, its columns to their totals or the note, its shares to their terms."""
    table, figures = evidence.annexes[1].tables[0], evidence.figures
    headers = [part.header for part in table.columns]
    stated = {
        UNITS: figures["投保单位数"], PEOPLE: figures["保障从业人员数"],
        SAMPLED: figures["抽查保单数"], FAULTY: figures["问题保单数"],
    }
    for header in (UNITS, PEOPLE, PREMIUM, FEE, SAMPLED, FAULTY):
        if header not in headers:
            continue
        where = Place(sheet="附件2", column=header)
        shown = _number(cell_of(table, table.total, header))
        if header in stated:
            figure = stated[header]
            yield from unequal([Pair(figure.name, figure.value, f"附件2合计行“{header}”", shown, where)])
        added = sum((_number(cell_of(table, row, header)) for row in table.rows), Decimal())
        if added != shown and not _is_explained(table, header, added, shown):
            yield contradiction(where, f"附件2“{header}”列各行之和为{added}，而合计为{shown}，表下没有说明")
    yield from unequal(_shares(table))
    marked = sum(cell_of(table, row, FEE_SHARE).mark == BELOW for row in table.rows)
    where = Place(sheet="附件2", column=FEE_SHARE)
    short = figures["服务费不足保险公司数"]
    yield from unequal([Pair(short.name, short.value, f"附件2标“{BELOW}”的公司数", marked, where)])


@check(
    "附件2至附件5的行数与正文一致",
    rule="附件2一行一家保险公司；附件3、4、5的行数就是正文的应保未保单位数、未全员投保单位数、未上传保单数（逾期上传的另列一表）",
    source="figures.md 承保保险公司数、应保未保单位数、未全员投保单位数、未上传保单数",
    code=DIFFER,
    needs=(ANNEXES,),
)
def annexes_have_as_many_rows_as_the_text_says(evidence: Evidence) -> Iterator[Finding]:
    """Count the rows of annexes 2 to 5, and that each list is numbered without a gap."""
    figures, annexes = evidence.figures, evidence.annexes
    late = figures["逾期上传保单数"]
    lists = (
        (figures["承保保险公司数"], 1, 0),
        (figures["应保未保单位数"], 2, 0),
        (figures["未全员投保单位数"], 3, 0),
        (figures["未上传保单数"], 4, 0),
        *(((late, 4, 1),) if late else ()),
    )
    for stated, annex, at in lists:
        rows = annexes[annex].tables[at].rows
        where = Place(sheet=f"附件{annex + 1}")
        last = whole(rows[-1][0]) if rows else 0
        yield from unequal([
            Pair(stated.name, stated.value, f"附件{annex + 1}的行数", len(rows), where),
            Pair(f"附件{annex + 1}的行数", len(rows), "最后一行的序号", last, where),
        ])


def _shares(table: Table) -> Iterator[Pair]:
    """Work out each row's share anew; of a row that shows none nothing is said."""
    for at, row in enumerate((*table.rows, table.total), start=1):
        shown = cell_of(table, row, FEE_SHARE)
        if shown.value is None:
            continue
        premium, fee = (_number(cell_of(table, row, header)) for header in (PREMIUM, FEE))
        share = (fee / premium).quantize(_CUT, ROUND_DOWN) if premium else Decimal()
        where = Place(sheet="附件2", column=FEE_SHARE)
        yield Pair(f"附件2第{at}行的{FEE_SHARE}", _number(shown), "该行服务费除以保费", share, where)


def _is_explained(table: Table, header: str, added: Decimal, shown: Decimal) -> bool:
    return any(note.startswith(f"{header}各公司相加为{added}，合计为{shown}：") for note in table.notes)


def cell_of(table: Table, row: Sequence[Cell], header: str) -> Cell:
    """Give a row's cell under a header."""
    return row[[part.header for part in table.columns].index(header)]


def column(table: Table, header: str) -> list[int]:
    """Give a column's whole numbers, without the total."""
    return [whole(cell_of(table, row, header)) for row in table.rows]


def whole(cell: Cell) -> int:
    """Give a cell's whole number; 0 when it holds none."""
    return cell.value if isinstance(cell.value, int) else 0


def _number(cell: Cell) -> Decimal:
    return Decimal(cell.value) if isinstance(cell.value, int | Decimal) else Decimal()
