"""Put a finished file into its place so that it is there whole or not at all, whenever the program is killed.

Written aside in the same folder, flushed to the disk, renamed, the folder flushed: a rename within a folder is one
step, be the register on another disk or not. What a killed run left aside is swept by the next.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from docgen.errors import DocgenError, ExitCode, UsageError
from docgen.issuing.refusals import why_refused
from docgen.register.turn import turn

ASIDE = ".docgen-"
LOCK = ".docgen-lock"


class FolderBusy(DocgenError):
    """Another docgen is at work in this folder."""

    exit_code = ExitCode.REGISTER


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Work alone in a folder. Raise FolderBusy at once where another is at work, UsageError where nobody can."""
    waiting = turn(folder / LOCK, 0)
    try:
        waiting.__enter__()
    except TimeoutError:
        raise FolderBusy(f"“{folder}”正由另一个 docgen 处理", "等它结束再运行；它若已停住，先结束那个程序") from None
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        waiting.__exit__(None, None, None)


def sweep(folder: Path) -> None:
    """Take away what killed runs left aside."""
    for path in folder.rglob(f"{ASIDE}*"):
        if path.is_file() and path.name != LOCK:
            with suppress(OSError):
                path.unlink()


def put(path: Path, content: bytes) -> None:
    """Put a file into its place. Raise UsageError when it cannot be written; then nothing is there that was not."""
    aside = path.with_name(f"{ASIDE}{path.name}")
    try:
        with ExitStack() as undo:
            _make_folder(path.parent)
            aside.unlink(missing_ok=True)
            undo.callback(aside.unlink, missing_ok=True)
            with aside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, path)
        _flush_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def set_aside(path: Path, folder: Path) -> Path:
    """Move a file that is not ours out of the way into `folder`, under a name that is free there."""
    number, target = 2, folder / path.name
    try:
        _make_folder(folder)
        while os.path.lexists(target):
            target = folder / f"{path.stem}（{number}）{path.suffix}"
            number += 1
        os.replace(path, target)
        _flush_folder(folder)
    except OSError as error:
        raise _unwritable(path, error) from error
    return target


def _make_folder(folder: Path) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.is_dir()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows opens no folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class DiskRefuses(UsageError):
    """Nothing can be written here at all: no room, no right, a disk that is read-only or broken."""


_OF_THE_DISK = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EFBIG,
})


def _unwritable(path: Path, error: OSError) -> UsageError:
    kind = DiskRefuses if error.errno in _OF_THE_DISK else UsageError
    return kind(
        f"写入“{path}”时出错：{why_refused(error)}",
        "检查磁盘空间和权限，关闭正打开的同名文件，再运行同一命令：已取的号不会丢，也不会重取",
    )
