"""Copy a register: to a file that is a register itself (SQLite, whichever the original is on), and back.

A copy is made row by row within one snapshot, so that a backup of either database restores into either.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import Connection, insert, select

from docgen.errors import Unreadable, UsageError
from docgen.register.complaints import REMARK, complaints
from docgen.register.model import RegisterConflict
from docgen.register.place import register_place
from docgen.register.schema import entries, manifests, metadata, series
from docgen.register.store import Store

_MANY = 500
"""Rows that are held at once."""


def backup(store: Store, path: Path) -> None:
    """Copy what the store holds to a new file. Raise UsageError when it is there or cannot be written."""
    if path.exists():
        raise UsageError(f"“{path}”已经有了，备份不盖掉原有的文件", "换一个名称，如 登记簿备份-2024-12-19.db")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "register.db"
        copy = Store(register_place(str(made)))
        try:
            with store.reading() as from_, copy.writing() as to:
                copy_rows(from_, to)
            copy.make_whole()
        finally:
            copy.close()
        _carry(made, path)


def restore(connection: Connection, path: Path) -> None:
    """Copy a backup into the register of this transaction. Raise RegisterConflict, Unreadable."""
    for table in (entries, series, manifests):
        if connection.execute(select(table).limit(1)).first() is not None:
            raise RegisterConflict(
                ["登记簿里已有登记，备份只能恢复到空的登记簿"],
                "用 --register 写一个新的文件或空的数据库；原来的登记簿没有改动",
            )
    if not path.is_file():
        raise Unreadable(f"找不到备份“{path}”", "写出 docgen register backup 写的文件")
    with tempfile.TemporaryDirectory() as folder:
        copied = shutil.copyfile(path, Path(folder) / path.name)
        copy = Store(register_place(str(copied)), must_exist=True)
        try:
            with copy.reading() as from_:
                faults = [told for told in complaints(from_, is_file=True) if not told.startswith(REMARK)]
                if faults:
                    raise RegisterConflict(faults, "换一份备份；没有恢复")
                copy_rows(from_, connection)
        finally:
            copy.close()


def copy_rows(from_: Connection, to: Connection) -> None:
    """Copy every row of every table, in an order that keeps keys valid."""
    for table in metadata.sorted_tables:
        for rows in from_.execute(select(table)).mappings().partitions(_MANY):
            to.execute(insert(table), [dict(row) for row in rows])


def _carry(made: Path, path: Path) -> None:
    """Bring a finished copy to its place, which may be a stick or a network share: whole, or not at all."""
    aside = path.with_name(f".{path.name}.part")
    try:
        try:
            with made.open("rb") as from_, aside.open("wb") as to:
                shutil.copyfileobj(from_, to)
                to.flush()
                os.fsync(to.fileno())
            os.replace(aside, path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"不能写备份“{path}”（错误号 {error.errno}）", "换一个位置，或腾出空间，再试一次") from error
