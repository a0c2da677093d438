"""A small disk that can be filled and emptied: a tmpfs where this process may mount one, else its errors alone."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

_SIZE = 4_000_000


class Disk(Protocol):
    """A folder on a disk of its own."""

    folder: Path

    def fill(self, left: int) -> None:
        """Leave so many bytes free, rounded up to a page."""

    def empty(self) -> None:
        """Take away what filled it."""


class _Mounted:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, left: int) -> None:
        free = os.statvfs(self.folder)
        with self._ballast.open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, free.f_bavail * free.f_frsize - left)

    def empty(self) -> None:
        self._ballast.unlink()


class _Told:
    """Says that the disk is full as soon as so many bytes were flushed."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = patch

    def fill(self, left: int) -> None:
        really = os.fsync

        def flushing(handle: int) -> None:
            nonlocal left
            left -= os.fstat(handle).st_size
            if left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            really(handle)

        self._patch.setattr(os, "fsync", flushing)

    def empty(self) -> None:
        self._patch.undo()


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Give a disk of 4 MB below `folder`."""
    place = folder / "小盘"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "docgen-test", str(place)]
    try:
        is_mounted = subprocess.run(mounting, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    if not is_mounted:
        with pytest.MonkeyPatch.context() as patch:
            yield _Told(place, patch)
        return
    try:
        yield _Mounted(place)
    finally:
        subprocess.run(["umount", str(place)], check=True)
