"""Take a stream out of a compound file ([MS-CFB]), the container of .xls: every chain of sectors ends."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from docgen.intake.xml_events import Malformed

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_SMALL_SECTOR_BYTES = 64
_LAST_SECTOR = 0xFFFFFFFA
"""Higher numbers stand for the end of a chain and the like."""
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """The streams of a compound file, each by its name. Raise `Malformed` when a chain leads nowhere."""

    def __init__(self, content: bytes) -> None:
        try:
            self._read(content)
        except struct.error as error:
            raise Malformed("a compound file cut short") from error

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """Give the content of a stream."""
        first, size = self._entries[name]
        if size < self._small_below:
            return b"".join(
                self._small[number * _SMALL_SECTOR_BYTES : (number + 1) * _SMALL_SECTOR_BYTES]
                for number in _chain(self._small_next, first)
            )[:size]
        return self._sectors(first)[:size]

    def _read(self, content: bytes) -> None:
        (power,) = struct.unpack_from("<H", content, 30)
        if content[:8] != SIGNATURE or power not in (9, 12):
            raise Malformed("no compound file")
        self._content = content
        self._sector_bytes = 1 << power
        first_directory, self._small_below, first_small = struct.unpack_from("<I4xII", content, 48)
        self._next = self._table(self._table_sectors())
        self._small_next = self._table(_chain(self._next, first_small))
        self._entries: dict[str, tuple[int, int]] = {}
        self._small = b""
        directory = self._sectors(first_directory)
        for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            first, size = struct.unpack_from("<II", directory, at + 116)
            if kind == _ROOT:
                self._small = self._sectors(first)[:size]
            elif kind == _STREAM:
                name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                self._entries.setdefault(name, (first, size))

    def _table_sectors(self) -> list[int]:
        """List the sectors of the table of sectors: 109 in the header, the rest in a chain of their own."""
        listed = list(struct.unpack_from("<109I", self._content, 76))
        (more,) = struct.unpack_from("<I", self._content, 68)
        seen: set[int] = set()
        while more < _LAST_SECTOR:
            if more in seen:
                raise Malformed("a chain in a circle")
            seen.add(more)
            numbers = struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(more))
            listed += numbers[:-1]
            more = numbers[-1]
        return [number for number in listed if number < _LAST_SECTOR]

    def _table(self, sectors: Sequence[int]) -> Sequence[int]:
        content = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(content) // 4}I", content)

    def _sectors(self, first: int) -> bytes:
        return b"".join(map(self._sector, _chain(self._next, first)))

    def _sector(self, number: int) -> bytes:
        at = max(_HEADER_BYTES, self._sector_bytes) + number * self._sector_bytes
        if at >= len(self._content):
            raise Malformed("a sector that is not there")
        return self._content[at : at + self._sector_bytes].ljust(self._sector_bytes, b"\0")


def _chain(following: Sequence[int], first: int) -> list[int]:
    """List the sectors of a chain. It is no longer than the table, or it goes in a circle."""
    chain: list[int] = []
    while first < _LAST_SECTOR:
        if first >= len(following) or len(chain) > len(following):
            raise Malformed("a chain that does not end")
        chain.append(first)
        first = following[first]
    return chain
