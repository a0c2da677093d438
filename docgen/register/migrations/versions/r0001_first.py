"""The first schema of the register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of a new register."""
    op.create_table(
        "series",
        sa.Column("agency_code", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("next", sa.Integer, nullable=False),
        sa.CheckConstraint("first >= 1 AND next >= first", name="counter_goes_up"),
        comment="本系统编号的号列：first 是在此登记的第一个号，next 是下一个号",
    )
    _create_entries()
    op.create_table(
        "recipients",
        *_place_in_entry(),
        sa.Column("name", sa.Text, nullable=False),
        _of_entry(),
    )
    op.create_table(
        "files",
        *_place_in_entry(),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        _of_entry(),
        sa.CheckConstraint("length(sha256) = 64", name="sha256_is_whole"),
    )
    op.create_table(
        "events",
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("happened_at", "who", "done", "number", "details")),
        comment="只增不改的经过：何时、何人、做了什么、哪个号",
    )
    op.create_table(
        "manifests",
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("run", "sha256", "previous")),
        comment="各批次清单的哈希，一个接一个；改过的清单另接一环，原来的不动",
    )
    op.create_index("ix_manifests_run", "manifests", ["run"])


def _create_entries() -> None:
    op.create_table(
        "entries",
        *_key(),
        *(_text(name) for name in ("state", "source", "genre", "title")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("issuers", "signers", "signed_on")),
        sa.Column("signing_date", sa.Date),
        sa.Column("printing_date", sa.Date),
        sa.Column("copies", sa.Integer),
        sa.Column("annexes", sa.Integer, nullable=False),
        *(_text(name) for name in ("urgency", "secrecy", "publicity", "run", "paper", "reason")),
        *(_text(name) for name in ("entered_by", "entered_at", "changed_by", "changed_at")),
        sa.CheckConstraint("serial >= 1", name="serial_is_positive"),
        sa.CheckConstraint("state IN ('预留号', '已印发', '作废')", name="state_is_known"),
        sa.CheckConstraint("source IN ('办公室编号', '号段', '本系统编号', '补登')", name="source_is_known"),
        sa.CheckConstraint("state <> '作废' OR reason <> ''", name="void_has_a_reason"),
    )
    held, free = sa.text("run <> '' AND state <> '作废'"), sa.text("run = '' AND state = '预留号'")
    op.create_index(
        "one_number_for_a_paper", "entries", ["run", "paper"], unique=True, sqlite_where=held, postgresql_where=held
    )
    op.create_index(
        "free_numbers", "entries", ["agency_code", "year", "serial"], sqlite_where=free, postgresql_where=free
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _key() -> tuple[sa.Column[str], sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("agency_code", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("serial", sa.Integer, primary_key=True, autoincrement=False),
    )


def _place_in_entry() -> tuple[sa.Column[str], sa.Column[int], sa.Column[int], sa.Column[int]]:
    return (*_key(), sa.Column("place", sa.Integer, primary_key=True, autoincrement=False))


def _of_entry() -> sa.ForeignKeyConstraint:
    key = ["agency_code", "year", "serial"]
    return sa.ForeignKeyConstraint(key, [f"entries.{name}" for name in key])
