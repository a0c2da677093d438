"""Take turns at the register's file: first come, first served, between processes. Knows nothing of the database.

SQLite lets whoever asks at the right moment write, so that among many one may wait for seconds. Here each draws a
ticket and keeps a lock on that ticket's byte of a small file; its turn has come when all bytes before are free, which
the system frees when a process ends in whatever way. Locks of ranges are `lockf` on Linux and macOS and
`msvcrt.locking` on Windows (untested there). Within one process lockf excludes nobody, and is given up when the
process closes the file anywhere: only the order is lost then, for SQLite's own lock decides who writes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TICKET_BYTES = 8
_LAST_DRAWN, _NOW_SERVED = 0, _TICKET_BYTES
"""Where the file keeps the last ticket drawn, and the one whose turn it is (a hint: how long to sleep)."""
_DRAWING = 64
"""The byte that is locked while a ticket is drawn."""
_TICKETS = 1 << 20
"""The byte of ticket 0."""
_SLEEP_SECONDS = 0.001
"""For each one before us; a turn takes some milliseconds."""
_MOST_SLEEPS = 40

if sys.platform == "win32":
    import msvcrt

    def _has_locked(file: int, start: int, length: int) -> bool:
        os.lseek(file, start, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, length)
        except OSError:
            return False
        return True

    def _unlock(file: int, start: int) -> None:
        os.lseek(file, start, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _has_locked(file: int, start: int, length: int) -> bool:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _unlock(file: int, start: int) -> None:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, start)


@contextmanager
def turn(path: Path, seconds: float) -> Iterator[None]:
    """Wait for our turn and hold it. Raise TimeoutError after `seconds`, OSError when the file cannot be used."""
    until = time.monotonic() + seconds
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        ticket = _draw(file, until)
        while not _has_locked(file, _TICKETS, ticket):
            before = ticket - _read(file, _NOW_SERVED)
            _sleep(min(max(before, 1), _MOST_SLEEPS) * _SLEEP_SECONDS, until)
        _write(file, _NOW_SERVED, ticket)
        yield
    finally:
        os.close(file)


def _draw(file: int, until: float) -> int:
    """Draw the next ticket, counting from 1, and lock its byte."""
    while not _has_locked(file, _DRAWING, 1):
        _sleep(_SLEEP_SECONDS, until)
    ticket = _read(file, _LAST_DRAWN) + 1
    while not _has_locked(file, _TICKETS + ticket, 1):
        ticket += 1
    _write(file, _LAST_DRAWN, ticket)
    _unlock(file, _DRAWING)
    return ticket


def _sleep(seconds: float, until: float) -> None:
    if time.monotonic() > until:
        raise TimeoutError
    time.sleep(seconds)


def _read(file: int, start: int) -> int:
    os.lseek(file, start, os.SEEK_SET)
    return int.from_bytes(os.read(file, _TICKET_BYTES), "little")


def _write(file: int, start: int, ticket: int) -> None:
    os.lseek(file, start, os.SEEK_SET)
    os.write(file, ticket.to_bytes(_TICKET_BYTES, "little"))
