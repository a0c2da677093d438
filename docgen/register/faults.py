"""What a database says when it fails, in the clerk's words; no password, no statement."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from docgen.errors import DocgenError, Unreadable
from docgen.register.model import RegisterBusy, RegisterUnusable
from docgen.register.place import RegisterPlace

_WRITABLE = "确认登记簿文件和它所在的文件夹都可写：写的时候旁边要放 -wal、-shm、-lock 三个文件"
_SPACE = "腾出空间以后再运行同一命令；登记簿停在上一次完整的状态，没有记一半"
_DISK = "确认磁盘没有满、没有断开，文件夹可写，再运行同一命令；登记簿停在上一次完整的状态，没有记一半"
_SERVER = "确认地址、用户和密码正确，服务器已启动，再运行同一命令"
_RESTORE = "用 docgen register restore 从最近的备份恢复到一个新文件"
_BUSY_STATES = {"55P03", "40001", "40P01", "57014"}
"""PostgreSQL: lock not available, cannot be serialised, deadlock, statement timed out."""


@contextmanager
def told(place: RegisterPlace) -> Iterator[None]:
    """Turn a failure of the database into a DocgenError; a fault of docgen's own passes as it is."""
    try:
        yield
    except DBAPIError as error:
        known = of_file(error.orig, place) if place.path is not None else _of_server(error, place)
        if known is None:
            raise
        raise known from error


def busy(place: RegisterPlace) -> RegisterBusy:
    """Say that others kept the register too long."""
    return RegisterBusy(f"登记簿正被占用，等了很久还没有轮到：{place}", "等正在取号的人办完，再运行同一命令；没有取号，没有改动")


def of_file(error: BaseException | None, place: RegisterPlace) -> DocgenError | None:
    """Say what SQLite complains of; None for what is docgen's own fault."""
    name = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy(place)
    if name.startswith("SQLITE_FULL"):
        return RegisterUnusable(f"磁盘满了，登记簿写不进去：{place}", _SPACE)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return RegisterUnusable(f"登记簿打不开或不可写：{place}", _WRITABLE)
    if name.startswith("SQLITE_IOERR"):
        return RegisterUnusable(f"读写登记簿时磁盘出错（{name}）：{place}", _DISK)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return Unreadable(f"“{place}”不是登记簿，或已损坏（{name}）", f"核对路径；确是登记簿的，{_RESTORE}")
    return None


def _of_server(error: DBAPIError, place: RegisterPlace) -> DocgenError | None:
    state = getattr(error.orig, "sqlstate", None)
    if state in _BUSY_STATES:
        return busy(place)
    if state in {"53100", "53200", "53300"}:
        return RegisterUnusable(f"登记簿的服务器空间、内存或连接数不够（{state}）：{place}", _SPACE)
    if state in {"42501", "25006"}:
        return RegisterUnusable(f"在登记簿的数据库里没有建表或写入的权限（{state}）：{place}", "请数据库管理员授权，再运行同一命令")
    is_unreached = state is None and isinstance(error, OperationalError)
    if is_unreached or error.connection_invalidated or (state or "")[:2] in {"08", "28", "3D", "57"}:
        return RegisterUnusable(f"连不上登记簿的服务器，或连接断了：{place}", _SERVER)
    return None


def of_system(error: OSError, place: RegisterPlace) -> DocgenError:
    """Say why a file beside the register cannot be made or written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return RegisterUnusable(f"磁盘满了，登记簿写不进去：{place}", _SPACE)
    return RegisterUnusable(f"登记簿打不开或不可写（错误号 {error.errno}）：{place}", _WRITABLE)
