"""Find the number for each paper of a run: the office's, one of a block, or the next of a series kept here.

Works within the writer's transaction. All that conflicts is said at once, and nothing is then written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, insert

from docgen.gongwen import DocumentNumber
from docgen.register.model import Entry, RegisterConflict, Source, State, Wanted
from docgen.register.plain_sql import run as run_sql
from docgen.register.rows import Hand, entries_of_run, entry_at, insert_entry, key_of, log, replace_entry
from docgen.register.schema import series

_NO_SERIAL = 2**31 - 1
"""No series comes so far."""
_YEARS = "SELECT year, first, next FROM series WHERE agency_code = :code"
_SET_NEXT = "UPDATE series SET next = :following WHERE agency_code = :code AND year = :year"
_OPEN = (
    f"SELECT serial, source, run = '' AND state = '{State.RESERVED}' AS is_free FROM entries"
    f" WHERE agency_code = :code AND year = :year AND (serial >= :serial OR run = '' AND state = '{State.RESERVED}')"
    " ORDER BY serial"
)


def take(
    connection: Connection, hand: Hand, run: str, wanted: Sequence[Wanted], source: Source
) -> tuple[Entry, ...]:
    """Give every paper of a run its number, in the order of `wanted`; one that has its number keeps it.

    Raise RegisterConflict with all that is in the way, ValueError when the run or a paper has no name or is named twice.
    """
    names = Counter(one.paper for one in wanted)
    if not run or not all(names) or max(names.values(), default=0) > 1:
        raise ValueError("a run and each of its papers are named, and no paper twice")
    allotting = _Allotting(connection, hand, source)
    own = {entry.paper: entry for entry in entries_of_run(connection, run)}
    new = [one for one in wanted if one.paper not in own]
    numbers = dict(zip((one.paper for one in new), allotting.numbers(run, new), strict=False))
    for one in wanted:
        if one.paper in own:
            allotting.check_kept(own[one.paper], one)
    if allotting.conflicts:
        raise RegisterConflict(allotting.conflicts, "没有取任何号。改正以后再运行同一命令")
    return tuple(
        _kept(connection, hand, own[one.paper], one)
        if one.paper in own
        else _entered(allotting, run, one, numbers[one.paper])
        for one in wanted
    )


@dataclass
class _Allotting:
    """What is found while numbers are looked for; where there is any conflict, the numbers are not used."""

    connection: Connection
    hand: Hand
    source: Source
    conflicts: list[str] = field(default_factory=list)
    there: dict[DocumentNumber, Entry | None] = field(default_factory=dict)
    """What stands at the numbers that are found."""

    def numbers(self, run: str, wanted: Sequence[Wanted]) -> list[DocumentNumber]:
        """Find a number for each; a conflict for each that has none."""
        if self.source is Source.OFFICE:
            return self._given(run, wanted)
        found: dict[str, DocumentNumber] = {}
        for code, year in dict.fromkeys((one.agency_code, one.year) for one in wanted):
            papers = [one.paper for one in wanted if (one.agency_code, one.year) == (code, year)]
            allot = self._of_block if self.source is Source.BLOCK else self._of_series
            found |= zip(papers, allot(code, year, len(papers)), strict=False)
        return [found[one.paper] for one in wanted if one.paper in found]

    def check_kept(self, entry: Entry, wanted: Wanted) -> None:
        """A paper that has its number asks for the same number, and for the same paper once it is out."""
        number = entry.number
        wants_other = (wanted.agency_code, wanted.year) != (number.agency_code, number.year) or (
            self.source is Source.OFFICE and wanted.serial != number.serial
        )
        if wants_other:
            other = DocumentNumber(wanted.agency_code, wanted.year, wanted.serial if self.source is Source.OFFICE else None)
            undo = (
                f"要换号，先运行 docgen register release {number}"
                if entry.state is State.RESERVED
                else f"已印发的要换号，先运行 docgen register void {number} --reason 理由"
            )
            self.conflicts.append(f"“{wanted.paper}”已有文号 {number}（{entry}），不能再取 {other}；{undo}")
        elif entry.state is State.ISSUED and entry.particulars != wanted.particulars:
            self.conflicts.append(
                f"{number} 已印发（{entry}），登记的内容与这次的不同：{'、'.join(_differing(entry, wanted))}；"
                f"已印发的不能改，要重发的先运行 docgen register void {number} --reason 理由"
            )

    def _given(self, run: str, wanted: Sequence[Wanted]) -> list[DocumentNumber]:
        numbers = [DocumentNumber(one.agency_code, one.year, one.serial) for one in wanted]
        first: dict[DocumentNumber, str] = {}
        for one, number in zip(wanted, numbers, strict=True):
            if one.serial is None:
                self.conflicts.append(f"“{one.paper}”没有写办公室给的序号；请填上")
                continue
            fault = _fault_of(number)
            if fault:
                self.conflicts.append(f"“{one.paper}”的文号不对：{fault}")
            elif number in first:
                self.conflicts.append(f"{number} 给了两件：“{first[number]}”和“{one.paper}”；同号分送的应是一件，有几个主送机关")
            else:
                first[number] = one.paper
                self._check_free(number, one)
        return numbers

    def _check_free(self, number: DocumentNumber, wanted: Wanted) -> None:
        entry = self.there[number] = entry_at(self.connection, number)
        if entry is None or entry.is_free:
            return
        undo = (
            f"那一件不用这个号了的，先运行 docgen register release {number}"
            if entry.state is State.RESERVED
            else "一个号只用一次，请另取一个号"
        )
        self.conflicts.append(f"“{wanted.paper}”要用的 {number} 已有登记（{entry}）；请核对文号，{undo}")

    def _of_block(self, code: str, year: int, count: int) -> list[DocumentNumber]:
        free = [row.serial for row in self._open(code, year) if row.is_free]
        if len(free) < count:
            self.conflicts.append(
                f"{code}〔{year}〕的号段要 {count} 个号，只有 {len(free)} 个可用，还差 {count - len(free)} 个；"
                f"向办公室再要号，然后登记，如 docgen register reserve {code} {year} 30-40"
            )
        return self._reused(code, year, free[:count])

    def _of_series(self, code: str, year: int, count: int) -> list[DocumentNumber]:
        counter = self._counter(code, year)
        if counter is None:
            return []
        first, following = counter
        there = self._open(code, year, following)
        released = [
            row.serial for row in there
            if row.is_free and row.source != Source.BLOCK.value and first <= row.serial < following
        ]  # fmt: skip
        numbers = self._reused(code, year, released[:count])
        taken = {row.serial for row in there}
        while len(numbers) < count:
            if following not in taken:
                numbers.append(DocumentNumber(code, year, following))
            following += 1
        run_sql(self.connection, _SET_NEXT, {"code": code, "year": year, "following": following})
        return numbers

    def _open(self, code: str, year: int, serial: int = _NO_SERIAL) -> Sequence[Row[Any]]:
        """Read what matters to allotting: the numbers that are free, and those at or beyond `serial`."""
        return run_sql(self.connection, _OPEN, {"code": code, "year": year, "serial": serial}).all()

    def _reused(self, code: str, year: int, serials: Sequence[int]) -> list[DocumentNumber]:
        numbers = [DocumentNumber(code, year, serial) for serial in serials]
        self.there |= {number: entry_at(self.connection, number) for number in numbers}
        return numbers

    def _counter(self, code: str, year: int) -> tuple[int, int] | None:
        """Give the first and the next serial of a series; a year after a started one begins at 1 by itself."""
        years = {
            row.year: (row.first, row.next)
            for row in run_sql(self.connection, _YEARS, {"code": code})
        }
        if year in years:
            return years[year]
        fault = _fault_of(DocumentNumber(code, year, 1))
        if fault or not years or year < min(years):
            self.conflicts.append(
                fault
                or f"{code}〔{year}〕还没有在本系统编号；先写明从哪个号起，如 docgen register start {code} {year} 1"
            )
            return None
        self.connection.execute(insert(series).values(agency_code=code, year=year, first=1, next=1))
        log(self.connection, self.hand, "新的一年从 1 号起", details=f"{code}〔{year}〕")
        return 1, 1


def _fault_of(number: DocumentNumber) -> str:
    try:
        key_of(number)
    except ValueError as error:
        return str(error)
    return ""


def _differing(entry: Entry, wanted: Wanted) -> Iterator[str]:
    names = {"genre": "文种", "title": "标题", "recipients": "主送机关", "signing_date": "成文日期"}
    different = [
        name for name, value in vars(entry.particulars).items() if value != getattr(wanted.particulars, name)
    ]
    yield from dict.fromkeys(names.get(name, "签发、印制等事项") for name in different)


def _kept(connection: Connection, hand: Hand, entry: Entry, wanted: Wanted) -> Entry:
    if entry.particulars == wanted.particulars:
        return entry
    details = f"改了{'、'.join(_differing(entry, wanted))}；原题《{entry.particulars.title}》"
    log(connection, hand, "更正预留号的内容", entry.number, details)
    return replace_entry(connection, replace(entry, particulars=wanted.particulars), hand)


def _entered(allotting: _Allotting, run: str, wanted: Wanted, number: DocumentNumber) -> Entry:
    connection, hand, source = allotting.connection, allotting.hand, allotting.source
    log(connection, hand, "取号", number, f"{source.value}，批次 {run} 的 {wanted.paper}")
    there = allotting.there.get(number)
    if there is not None:
        taken = replace(
            there, source=source, particulars=wanted.particulars, run=run, paper=wanted.paper, files=(), reason=""
        )
        return replace_entry(connection, taken, hand)
    entry = Entry(
        number, State.RESERVED, source, wanted.particulars, run, wanted.paper, (), "",
        hand.who, hand.at, hand.who, hand.at,
    )  # fmt: skip
    insert_entry(connection, entry)
    return entry
