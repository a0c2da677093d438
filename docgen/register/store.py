"""The register's database: opened, brought up to date, read in one snapshot, written by one at a time.

SQLite: WAL, synchronous FULL, foreign keys; whoever writes waits for its turn (`turn`) before BEGIN IMMEDIATE. The file
belongs on a disk of this machine: a network share keeps neither WAL nor locks. PostgreSQL: one advisory lock for the
transaction, whose queue is first come, first served. Reading waits for nobody. A lock ends with its process.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, select, text

from docgen.errors import Unreadable, UsageError
from docgen.register.faults import busy, of_file, of_system, told
from docgen.register.place import RegisterPlace, own_folder
from docgen.register.schema import REVISION, VERSION_TABLE, metadata
from docgen.register.turn import turn

BUSY_AFTER_SECONDS = 30.0
"""How long one waits for the others before the clerk is told."""
_CONNECT_SECONDS = 10
_LOCK = 0x646F6367656E
"""The key of PostgreSQL's advisory lock: “docgen”."""
_MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """An open database of the register."""

    def __init__(self, place: RegisterPlace, *, must_exist: bool = False) -> None:
        """Open the database and bring its tables up to date; make it where there is none, unless it `must_exist`.

        Raise Unreadable when it is no register, one of a later docgen, or none and it must exist; RegisterUnusable
        or RegisterBusy when it cannot be used now.
        """
        self.place = place
        self._is_ahead = False
        if place.path is not None:
            _check_file(place, place.path, must_exist=must_exist)
        self._engine = create_engine(
            place.url, json_serializer=partial(json.dumps, ensure_ascii=False), connect_args=_connect_args(place)
        )
        if place.path is not None:
            event.listen(self._engine, "connect", _set_up_file)
            event.listen(self._engine, "begin", _begin)
        with ExitStack() as undone:
            undone.callback(self.close)
            self._bring_up_to_date(must_exist=must_exist)
            if not must_exist:
                self._get_to_know()
            undone.pop_all()

    def close(self) -> None:
        """Give up all connections."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one snapshot; nothing that is written meanwhile is seen, nobody waits."""
        with told(self.place), self._engine.connect() as connection:
            if not self.is_file:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write alone, in one transaction: all of it on a clean end, nothing otherwise."""
        with self._in_turn(), told(self.place):
            if self.is_file and not self._is_ahead:
                self._set_journal("WAL")
                self._is_ahead = True
            with self._engine.connect() as connection:
                connection.execution_options(is_writing=True)
                with connection.begin():
                    if not self.is_file:
                        connection.execute(text(f"SET LOCAL lock_timeout = {int(BUSY_AFTER_SECONDS * 1000)}"))
                        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                    yield connection

    @property
    def is_file(self) -> bool:
        """Whether the register is an SQLite file."""
        return self.place.path is not None

    def revision(self) -> str | None:
        """Give the schema's revision, None when there is no register."""
        with self.reading() as connection:
            return self._revision(connection)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self.place.path is None:
            yield
            return
        waiting = turn(self.place.path.with_name(f"{self.place.path.name}-lock"), BUSY_AFTER_SECONDS)
        try:
            waiting.__enter__()
        except TimeoutError:
            raise busy(self.place) from None
        except OSError as error:
            raise of_system(error, self.place) from error
        try:
            yield
        finally:
            waiting.__exit__(None, None, None)

    def _bring_up_to_date(self, *, must_exist: bool) -> None:
        revision = self.revision()
        if revision == REVISION:
            return
        if revision is None and must_exist:
            raise _none_at(self.place)
        with self.writing() as connection:
            if self._revision(connection) != REVISION:
                _upgrade(connection, self.place)

    def _get_to_know(self) -> None:
        """Look at every table once: else the first writing would have to, while others wait."""
        with self.reading() as connection:
            for table in metadata.sorted_tables:
                connection.execute(select(table).limit(0))

    def _revision(self, connection: Connection) -> str | None:
        names = set(inspect(connection).get_table_names())
        if VERSION_TABLE in names:
            revision: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
            return revision
        if names & set(metadata.tables) or (self.is_file and names):
            raise Unreadable(f"“{self.place}”不是 docgen 的登记簿", "核对路径或地址；新的登记簿另用一个名称")
        return None

    def make_whole(self) -> None:
        """Let the file hold everything by itself, with no log beside it: for a copy that is carried away."""
        with self._in_turn(), told(self.place):
            self._set_journal("DELETE")

    def _set_journal(self, kind: str) -> None:
        """Set how the file keeps its journal, which it then keeps to; in our turn, and not within a transaction."""
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute(f"PRAGMA journal_mode = {kind}")
        except sqlite3.Error as error:
            known = of_file(error, self.place)
            raise known or error from error
        finally:
            raw.close()


def _check_file(place: RegisterPlace, path: Path, *, must_exist: bool) -> None:
    if path.is_dir():
        raise Unreadable(f"登记簿“{path}”是一个文件夹，不是文件", "写出文件名，如 登记簿.db")
    if path.exists():
        return
    if must_exist:
        raise _none_at(place)
    if path.parent == own_folder():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise of_system(error, place) from error
    elif not path.parent.is_dir():
        raise UsageError(f"要放登记簿的文件夹不在：{path.parent}", "先建好这个文件夹，或改正路径")


def _none_at(place: RegisterPlace) -> Unreadable:
    return Unreadable(
        f"找不到登记簿，在这里找过：{place}",
        "登记簿在别处的，用 --register 或环境变量 DOCGEN_REGISTER 写出；要在这里新建的，先起号、预留或补登，"
        "如 docgen register start 苏应急函 2024 1",
    )


def _connect_args(place: RegisterPlace) -> dict[str, Any]:
    if place.path is not None:
        return {"timeout": BUSY_AFTER_SECONDS, "isolation_level": None}
    return {"connect_timeout": _CONNECT_SECONDS, "application_name": "docgen"}


def _set_up_file(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    """Say BEGIN ourselves: Python's driver would say it late, after what was read."""
    is_writing = connection.get_execution_options().get("is_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _upgrade(connection: Connection, place: RegisterPlace) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, REVISION)
    except CommandError:
        known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
        raise Unreadable(
            f"登记簿“{place}”是更新的 docgen 建的，本版认不出它的格式（本版认得的：{'、'.join(known)}）",
            "换用更新的 docgen；登记簿没有改动",
        ) from None
