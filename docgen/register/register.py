"""The register (发文登记簿): who has which number, since when, with which files. Each call is one transaction.

A number is used once, ever. What is done is also written to a log that only grows. The clock is read for "when" alone:
order is by number or by the log's own count, so that a clock set back changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from sqlalchemy import ColumnElement, Connection, func, insert, select, true

from docgen.gongwen import DocumentNumber
from docgen.register import allot, complaints, copying
from docgen.register.model import (
    NOTHING_YET,
    Entry,
    Event,
    IssuedFile,
    Particulars,
    RegisterConflict,
    Source,
    State,
    Wanted,
)
from docgen.register.place import register_place
from docgen.register.rows import (
    Hand,
    entries_of_run,
    entries_where,
    entry_at,
    entry_of_paper,
    history,
    insert_entry,
    key_of,
    log,
    replace_entry,
)
from docgen.register.schema import entries, manifests, series
from docgen.register.store import Store

_NOTHING_DONE = "登记簿没有改动。改正以后再运行同一命令"


def open_register(
    url: str | None, who: str, now: Callable[[], datetime], *, must_exist: bool = False
) -> Register:
    """Open the register at a path or URL (None: DOCGEN_REGISTER, else the user's data folder); use it in `with`.

    It is made where there is none, unless it `must_exist`. `who` and `now()` are put to all that is written. Raise
    UsageError, Unreadable, RegisterUnusable or RegisterBusy.
    """
    return Register(Store(register_place(url), must_exist=must_exist), who, now)


class Register:
    """An open register. Numbers are named as DocumentNumber; one that is none raises RegisterConflict."""

    def __init__(self, store: Store, who: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self._who = who
        self._now = now

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()

    def __str__(self) -> str:
        """Say where it is, without a password."""
        return str(self._store.place)

    def take(self, run: str, wanted: Sequence[Wanted], source: Source) -> tuple[Entry, ...]:
        """Give each paper of a run its number, all or none, in the order of `wanted`.

        Again for the same (run, paper) gives the same number; while it is 预留号, new particulars replace the old.
        Raise RegisterConflict with everything in the way.
        """
        with self._writing() as (connection, hand):
            return allot.take(connection, hand, run, wanted, source)

    def prepare(self, run: str, paper: str, number: DocumentNumber, files: Sequence[IssuedFile]) -> Entry:
        """Write down with which files a paper will go out, before the first of them is put in its place.

        From then on the number is no more given back (`release`): a file may bear it. Raise RegisterConflict when the
        paper has another number by now, or is out with other files.
        """
        with self._writing() as (connection, hand):
            entry = _held(connection, run, paper, number, files)
            if entry.state is State.ISSUED or _hashes(entry.files) == _hashes(files):
                return entry
            log(connection, hand, "定稿", entry.number, f"{len(files)} 个文件")
            return replace_entry(connection, replace(entry, files=tuple(files)), hand)

    def mark_issued(
        self, run: str, paper: str, files: Sequence[IssuedFile], number: DocumentNumber | None = None
    ) -> Entry:
        """Write a paper's number as 已印发 with its files; again with the same hashes changes nothing.

        `number` is the one that the files bear. Raise RegisterConflict when the paper has no number, or another, or is
        out with other files; ValueError without a file.
        """
        with self._writing() as (connection, hand):
            entry = _held(connection, run, paper, number, files)
            if entry.state is State.ISSUED:
                return entry
            log(connection, hand, "印发", entry.number, f"{len(files)} 个文件")
            return replace_entry(connection, replace(entry, state=State.ISSUED, files=tuple(files)), hand)

    def entries_of(self, run: str) -> tuple[Entry, ...]:
        """Give the numbers that a run holds, those that are 作废 left out."""
        with self._store.reading() as connection:
            return entries_of_run(connection, run)

    def find(self, number: DocumentNumber) -> Entry | None:
        """Give the entry of a number, None when it was never used."""
        with self._store.reading() as connection:
            return entry_at(connection, _checked(number))

    def entries(self, agency_code: str = "", year: int = 0) -> tuple[Entry, ...]:
        """Give the entries, of one agency code or one year where given, in the order of their numbers."""
        conditions = [entries.c.agency_code == agency_code] if agency_code else []
        return self._read(*conditions, *([entries.c.year == year] if year else []))

    def history(self, number: DocumentNumber) -> tuple[Event, ...]:
        """Give what was done with a number, in the order in which it was done."""
        with self._store.reading() as connection:
            return history(connection, _checked(number))

    def start(self, code: str, year: int, serial: int) -> None:
        """Let the next number of a series that is kept here be `serial`; again the same changes nothing.

        Raise RegisterConflict when the series was started otherwise or has numbers at or beyond it.
        """
        number = _checked(DocumentNumber(code, year, serial))
        with self._writing() as (connection, hand):
            is_this = (series.c.agency_code == code) & (series.c.year == year)
            row = connection.execute(select(series).where(is_this)).one_or_none()
            if row is not None:
                if row.first == row.next == serial:
                    return
                raise RegisterConflict(
                    [f"{code}〔{year}〕已从 {row.first} 号起登记，下一个号是 {row.next}，不能再从 {serial} 号起"],
                    "不用再写；从纸质登记簿补登漏掉的号用 docgen register record",
                )
            beyond = entries_where(
                connection, entries.c.agency_code == code, entries.c.year == year, entries.c.serial >= serial
            )
            if beyond:
                last = beyond[-1]
                raise RegisterConflict(
                    [f"{code}〔{year}〕从 {serial} 号往后已有 {len(beyond)} 个号，最大的是 {last.number}（{last}）"],
                    f"从它后面的号起，如 docgen register start {code} {year} {(last.number.serial or 0) + 1}",
                )
            connection.execute(insert(series).values(agency_code=code, year=year, first=serial, next=serial))
            log(connection, hand, "起号", number)

    def reserve(self, code: str, year: int, serials: Sequence[int]) -> tuple[Entry, ...]:
        """Enter a 号段 that the office has granted, perhaps broken; one that is free already stays as it is.

        Raise RegisterConflict with every number that is in use: none is then entered.
        """
        numbers = [_checked(DocumentNumber(code, year, serial)) for serial in sorted(set(serials))]
        with self._writing() as (connection, hand):
            there = {
                entry.number: entry
                for entry in entries_where(connection, entries.c.agency_code == code, entries.c.year == year)
            }
            in_use = [there[number] for number in numbers if number in there and not there[number].is_free]
            if in_use:
                raise RegisterConflict([f"{entry.number} 已有登记（{entry}）" for entry in in_use], _NOTHING_DONE)
            new = [number for number in numbers if number not in there]
            for number in new:
                insert_entry(connection, _new(number, State.RESERVED, Source.BLOCK, NOTHING_YET, hand))
                log(connection, hand, "预留", number)
            return tuple(there.get(number) or _found(connection, number) for number in numbers)

    def release(self, number: DocumentNumber, reason: str) -> Entry:
        """Take a 预留号 away from its paper, so that another may have it. Raise RegisterConflict for any other."""
        with self._writing() as (connection, hand):
            entry = _found(connection, _checked(number))
            if entry.is_free:
                return entry
            if entry.state is State.RESERVED and entry.files:
                raise RegisterConflict(
                    [f"{number} 的定稿已经生成（{entry}），可能已写在批次文件夹里，不能退回"],
                    f"再运行 docgen issue finalise 做完；不要的只能作废：docgen register void {number} --reason 理由",
                )
            if entry.state is not State.RESERVED:
                raise RegisterConflict(
                    [f"{number} 不是预留号（{entry}），不能退回"],
                    f"已印发的只能作废：docgen register void {number} --reason 理由" if entry.state is State.ISSUED
                    else "作废的号永久保留，另取一个号",
                )  # fmt: skip
            details = f"原为批次 {entry.run} 的 {entry.paper}《{entry.particulars.title}》；{reason}"
            log(connection, hand, "退回", number, details)
            freed = replace(entry, particulars=NOTHING_YET, run="", paper="", reason=reason)
            return replace_entry(connection, freed, hand)

    def void(self, number: DocumentNumber, reason: str) -> Entry:
        """Write a number off for ever, with the reason; its paper can then take another.

        Raise RegisterConflict without a reason, or when it is 作废 for another one.
        """
        if not reason.strip():
            raise RegisterConflict([f"作废 {number} 没有写理由"], "写出理由，如 --reason 内容有误，另行发文")
        with self._writing() as (connection, hand):
            entry = _found(connection, _checked(number))
            if entry.state is State.VOID:
                if entry.reason == reason:
                    return entry
                raise RegisterConflict([f"{number} 已作废，理由是“{entry.reason}”（{entry}）"], "不用再作废；理由不能改写")
            log(connection, hand, "作废", number, f"原为{entry.state}；{reason}")
            return replace_entry(connection, replace(entry, state=State.VOID, reason=reason), hand)

    def record(self, number: DocumentNumber, particulars: Particulars, files: Sequence[IssuedFile]) -> Entry:
        """Enter a paper that went out elsewhere, as 已印发; again the same changes nothing.

        Raise RegisterConflict when the number is in use.
        """
        with self._writing() as (connection, hand):
            entry = entry_at(connection, _checked(number))
            new = replace(_new(number, State.ISSUED, Source.PAPER, particulars, hand), files=tuple(files))
            if entry is None:
                insert_entry(connection, new)
            elif entry.is_free:
                kept = replace(new, entered_by=entry.entered_by, entered_at=entry.entered_at)
                replace_entry(connection, kept, hand)
            elif (entry.source, entry.particulars, entry.files) == (Source.PAPER, particulars, tuple(files)):
                return entry
            else:
                raise RegisterConflict([f"{number} 已有登记（{entry}）"], "一个号只用一次；请核对文号")
            log(connection, hand, "补登", number, f"《{particulars.title}》")
            return _found(connection, number)

    def seal(self, run: str, write: Callable[[str], bytes]) -> bytes:
        """Chain a run's manifest to the one before: `write` makes its bytes from that one's SHA-256 ("" for none).

        Again for the same run, `write` gets the same; when it then gives other bytes (a paper finished later), the
        manifest becomes a new link at the chain's end and is written anew with that link's predecessor. `write` runs
        under the writer's lock and may run twice.
        """
        with self._writing() as (connection, hand):
            links = connection.execute(select(manifests).order_by(manifests.c.place)).all()
            own = [link for link in links if link.run == run]
            if own:
                written = write(own[-1].previous)
                if sha256(written).hexdigest() == own[-1].sha256:
                    return written
            previous = links[-1].sha256 if links else ""
            written = write(previous)
            digest = sha256(written).hexdigest()
            place = links[-1].place + 1 if links else 1
            connection.execute(insert(manifests).values(place=place, run=run, sha256=digest, previous=previous))
            log(connection, hand, "封存清单", details=f"批次 {run}：{digest}")
            return written

    def sealed(self, run: str) -> tuple[str, str] | None:
        """Give the SHA-256 of a run's manifest and of the one before it; None while it has none."""
        with self._store.reading() as connection:
            last = select(func.max(manifests.c.place)).where(manifests.c.run == run).scalar_subquery()
            row = connection.execute(select(manifests).where(manifests.c.place == last)).one_or_none()
            return None if row is None else (row.sha256, row.previous)

    def complaints(self) -> tuple[str, ...]:
        """Say all that is wrong with the register itself; what only wants a look begins with `REMARK`."""
        with self._store.reading() as connection:
            return tuple(complaints.complaints(connection, is_file=self._store.is_file))

    def backup(self, path: Path) -> None:
        """Copy the register as it stands to a new SQLite file, while others go on. Raise UsageError if it is there."""
        copying.backup(self._store, path)

    def restore(self, path: Path) -> None:
        """Fill this register, which must be empty, from a backup, which is verified first.

        Raise RegisterConflict when there is anything in it or the backup has a fault, Unreadable for no backup.
        """
        with self._writing() as (connection, hand):
            copying.restore(connection, path)
            log(connection, hand, "从备份恢复")

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Hand]]:
        with self._store.writing() as connection:
            yield connection, Hand(self._who, self._now())

    def _read(self, *conditions: ColumnElement[bool]) -> tuple[Entry, ...]:
        with self._store.reading() as connection:
            return entries_where(connection, *(conditions or (true(),)))


def _checked(number: DocumentNumber) -> DocumentNumber:
    try:
        key_of(number)
    except ValueError as error:
        raise RegisterConflict([str(error)], _NOTHING_DONE) from None
    return number


def _found(connection: Connection, number: DocumentNumber) -> Entry:
    entry = entry_at(connection, number)
    if entry is None:
        raise RegisterConflict([f"登记簿里没有 {number}"], "核对文号；用 docgen register list 看有哪些号")
    return entry


def _held(
    connection: Connection, run: str, paper: str, number: DocumentNumber | None, files: Sequence[IssuedFile]
) -> Entry:
    """Find the number of a paper that goes out with these files, or is out with them."""
    if not files:
        raise ValueError("a paper is issued with its files")
    entry = entry_of_paper(connection, run, paper)
    if entry is None:
        raise RegisterConflict([f"批次 {run} 的“{paper}”没有文号，不能记为已印发"], "先取号：docgen issue finalise")
    if number is not None and entry.number != number:
        raise RegisterConflict(
            [f"批次 {run} 的“{paper}”现在的号是 {entry.number}（{entry}），文件上印的是 {number}"],
            "号码在生成期间改过；再运行 docgen issue finalise，按现在的号重新生成",
        )
    if entry.state is State.ISSUED and _hashes(entry.files) != _hashes(files):
        raise RegisterConflict(
            [f"{entry.number} 已印发（{entry}），登记的文件与这次的不同"],
            "已印发的文件不能换，从备份取回原来的；这次用了别的格式、别的版本或字体，才会不同。"
            f"确要重发的先运行 docgen register void {entry.number} --reason 理由",
        )
    return entry


def _new(number: DocumentNumber, state: State, source: Source, particulars: Particulars, hand: Hand) -> Entry:
    return Entry(number, state, source, particulars, "", "", (), "", hand.who, hand.at, hand.who, hand.at)


def _hashes(files: Sequence[IssuedFile]) -> list[str]:
    return sorted(one.sha256 for one in files)
