"""Entries as rows and rows as entries; the log. Every function works within the transaction that it is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from docgen.gongwen import DocumentNumber
from docgen.register.model import Entry, Event, IssuedFile, Particulars, Source, State
from docgen.register.plain_sql import insertion, run
from docgen.register.schema import entries, events, files, recipients

Key = tuple[str, int, int]
_MOST_SERIAL = 999_999
_IN_LISTS = ("issuers", "signers")
_PLAIN = tuple(
    spec.name for spec in fields(Particulars) if spec.name not in (*_IN_LISTS, "signed_on", "recipients")
)
_HOLDS = f"SELECT 1 FROM entries WHERE run = :run AND state <> '{State.VOID}'"
_LOG = (
    "INSERT INTO events (place, happened_at, who, done, number, details)"
    " VALUES ((SELECT coalesce(max(place), 0) + 1 FROM events), :at, :who, :done, :number, :details)"
)


@dataclass(frozen=True)
class Hand:
    """Who writes, and when: put to every entry and event of one transaction."""

    who: str
    at: datetime


def key_of(number: DocumentNumber) -> Key:
    """Give the number's place in the register. Raise ValueError in the clerk's words for what is no number."""
    whole = DocumentNumber.parse(str(number))
    if (whole.serial or 0) > _MOST_SERIAL:
        raise ValueError(f"发文字号的序号应在 {_MOST_SERIAL} 以内，如“苏应急〔2024〕132号”，不是“{number}”")
    return whole.agency_code, whole.year, whole.serial or 0


def is_at(table: Table, key: Key) -> ColumnElement[bool]:
    """Select the rows of one number."""
    code, year, serial = key
    return (table.c.agency_code == code) & (table.c.year == year) & (table.c.serial == serial)


def entries_where(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Entry, ...]:
    """Read the entries that meet the conditions, by agency code, year and serial."""
    rows = connection.execute(select(entries).where(*conditions)).all()
    if not rows:
        return ()
    to, of_files = (_parts(connection, table, conditions) for table in (recipients, files))
    found = (
        _entry(
            row,
            tuple(one.name for one in to[row.agency_code, row.year, row.serial]),
            tuple(
                IssuedFile(one.path, one.sha256, one.recipient)
                for one in of_files[row.agency_code, row.year, row.serial]
            ),
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda entry: key_of(entry.number)))


def _parts(
    connection: Connection, table: Table, conditions: Sequence[ColumnElement[bool]]
) -> dict[Key, list[Any]]:
    found: dict[Key, list[Any]] = defaultdict(list)
    for row in connection.execute(select(table).join(entries).where(*conditions).order_by(table.c.place)):
        found[row.agency_code, row.year, row.serial].append(row)
    return found


def entries_of_run(connection: Connection, held_by: str) -> tuple[Entry, ...]:
    """Read the numbers that a run holds, those that are 作废 left out."""
    if run(connection, _HOLDS, {"run": held_by}).first() is None:
        return ()
    return entries_where(connection, entries.c.run == held_by, entries.c.state != State.VOID.value)


def entry_of_paper(connection: Connection, run: str, paper: str) -> Entry | None:
    """Read the number that a paper of a run holds; None when it has none, or only one that is 作废."""
    found = entries_where(
        connection, entries.c.run == run, entries.c.paper == paper, entries.c.state != State.VOID.value
    )
    return found[0] if found else None


def entry_at(connection: Connection, number: DocumentNumber) -> Entry | None:
    """Read the entry of a number."""
    found = entries_where(connection, is_at(entries, key_of(number)))
    return found[0] if found else None


def insert_entry(connection: Connection, entry: Entry) -> None:
    """Enter a new number."""
    run(connection, insertion(entries), _row(entry))
    _insert_parts(connection, entry)


def replace_entry(connection: Connection, entry: Entry, hand: Hand) -> Entry:
    """Put `entry` in the place of what stands at its number, as changed by `hand`; return it."""
    changed = replace(entry, changed_by=hand.who, changed_at=hand.at)
    key = key_of(entry.number)
    for table in (recipients, files):
        connection.execute(delete(table).where(is_at(table, key)))
    connection.execute(update(entries).where(is_at(entries, key)).values(_row(changed)))
    _insert_parts(connection, changed)
    return changed


def log(connection: Connection, hand: Hand, done: str, number: DocumentNumber | None = None, details: str = "") -> None:
    """Add an event to the log: nothing in it is ever changed."""
    run(
        connection,
        _LOG,
        {
            "at": hand.at.isoformat(),
            "who": hand.who,
            "done": done,
            "number": "" if number is None else str(number),
            "details": details,
        },
    )


def history(connection: Connection, number: DocumentNumber) -> tuple[Event, ...]:
    """Read the log's events of a number, as they came."""
    rows = connection.execute(select(events).where(events.c.number == str(number)).order_by(events.c.place))
    return tuple(Event(datetime.fromisoformat(row.happened_at), row.who, row.done, row.details) for row in rows)


def _row(entry: Entry) -> dict[str, Any]:
    code, year, serial = key_of(entry.number)
    told = entry.particulars
    return {
        "agency_code": code,
        "year": year,
        "serial": serial,
        "state": entry.state.value,
        "source": entry.source.value,
        **{name: getattr(told, name) for name in _PLAIN},
        **{name: list(getattr(told, name)) for name in _IN_LISTS},
        "signed_on": [day.isoformat() for day in told.signed_on],
        "run": entry.run,
        "paper": entry.paper,
        "reason": entry.reason,
        "entered_by": entry.entered_by,
        "entered_at": entry.entered_at.isoformat(),
        "changed_by": entry.changed_by,
        "changed_at": entry.changed_at.isoformat(),
    }


def _insert_parts(connection: Connection, entry: Entry) -> None:
    code, year, serial = key_of(entry.number)
    key = {"agency_code": code, "year": year, "serial": serial}
    parts: tuple[tuple[Table, Sequence[dict[str, str]]], ...] = (
        (recipients, [{"name": name} for name in entry.particulars.recipients]),
        (files, [{"path": one.path, "sha256": one.sha256, "recipient": one.recipient} for one in entry.files]),
    )
    for table, rows in parts:
        if rows:
            run(connection, insertion(table), [{**key, "place": place, **row} for place, row in enumerate(rows)])


def _entry(row: Any, to: tuple[str, ...], of_files: tuple[IssuedFile, ...]) -> Entry:
    particulars = Particulars(
        **{name: getattr(row, name) for name in _PLAIN},
        issuers=tuple(row.issuers),
        signers=tuple(row.signers),
        signed_on=tuple(map(date.fromisoformat, row.signed_on)),
        recipients=to,
    )
    return Entry(
        DocumentNumber(row.agency_code, row.year, row.serial),
        State(row.state),
        Source(row.source),
        particulars,
        row.run,
        row.paper,
        of_files,
        row.reason,
        row.entered_by,
        datetime.fromisoformat(row.entered_at),
        row.changed_by,
        datetime.fromisoformat(row.changed_at),
    )
