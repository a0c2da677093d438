"""The tables of the register. SQLite and PostgreSQL alike; no sequence: every number is given under the writer's lock.

What is changed here wants a revision in `migrations/versions`; a test holds the two against each other.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
)

from docgen.register.model import State

REVISION = "0001"
"""The revision that this docgen reads and writes."""
VERSION_TABLE = "docgen_register_version"

metadata = MetaData()


def _key() -> tuple[Column[str], Column[int], Column[int]]:
    return (
        Column("agency_code", Text, primary_key=True),
        Column("year", Integer, primary_key=True, autoincrement=False),
        Column("serial", Integer, primary_key=True, autoincrement=False),
    )


series = Table(
    "series",
    metadata,
    Column("agency_code", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Column("next", Integer, nullable=False),
    CheckConstraint("first >= 1 AND next >= first", name="counter_goes_up"),
    comment="本系统编号的号列：first 是在此登记的第一个号，next 是下一个号",
)

entries = Table(
    "entries",
    metadata,
    *_key(),
    Column("state", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("genre", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuers", JSON, nullable=False),
    Column("signers", JSON, nullable=False),
    Column("signed_on", JSON, nullable=False),
    Column("signing_date", Date),
    Column("printing_date", Date),
    Column("copies", Integer),
    Column("annexes", Integer, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("secrecy", Text, nullable=False),
    Column("publicity", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    CheckConstraint("serial >= 1", name="serial_is_positive"),
    CheckConstraint("state IN ('预留号', '已印发', '作废')", name="state_is_known"),
    CheckConstraint("source IN ('办公室编号', '号段', '本系统编号', '补登')", name="source_is_known"),
    CheckConstraint("state <> '作废' OR reason <> ''", name="void_has_a_reason"),
)
_is_held = and_(entries.c.run != "", entries.c.state != State.VOID.value)
_is_free = and_(entries.c.run == "", entries.c.state == State.RESERVED.value)
Index(
    "one_number_for_a_paper", entries.c.run, entries.c.paper, unique=True,
    sqlite_where=_is_held, postgresql_where=_is_held,
)  # fmt: skip
Index(
    "free_numbers", entries.c.agency_code, entries.c.year, entries.c.serial,
    sqlite_where=_is_free, postgresql_where=_is_free,
)  # fmt: skip


def _of_entry() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["agency_code", "year", "serial"], [entries.c.agency_code, entries.c.year, entries.c.serial]
    )


recipients = Table(
    "recipients",
    metadata,
    *_key(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    _of_entry(),
)

files = Table(
    "files",
    metadata,
    *_key(),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    _of_entry(),
    CheckConstraint("length(sha256) = 64", name="sha256_is_whole"),
)

events = Table(
    "events",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("happened_at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("done", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("details", Text, nullable=False),
    comment="只增不改的经过：何时、何人、做了什么、哪个号",
)

manifests = Table(
    "manifests",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("run", Text, nullable=False, index=True),
    Column("sha256", Text, nullable=False),
    Column("previous", Text, nullable=False),
    comment="各批次清单的哈希，一个接一个；改过的清单另接一环，原来的不动",
)
