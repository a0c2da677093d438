"""Open the container of a workbook: parts by name, no larger than it says, no more than a file may cost."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from docgen.errors import Unreadable
from docgen.intake.limits import FREE_UNPACKED_BYTES, MOST_PARTS, MOST_TIMES_LARGER, MOST_UNPACKED_BYTES
from docgen.intake.xml_events import Malformed

SAVE_AGAIN = "用 WPS 或 Excel 打开它，另存为 .xlsx 再试；打不开就向提供单位重要一份"


class Archive:
    """A ZIP file whose parts may be read. `name` is the file's name as the clerk is shown it.

    A part yields no more bytes than its entry says, and reading it to the end verifies its checksum: damage
    and false sizes come out as `zipfile.BadZipFile`, `zlib.error` or `EOFError`.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.packed_bytes = path.stat().st_size
        self._file = zipfile.ZipFile(path)
        self._parts = {part.filename: part for part in self._file.infolist()}
        try:
            self._check()
        except Unreadable:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, part: object) -> bool:
        return part in self._parts

    def open(self, part: str) -> IO[bytes]:
        """Open a part to be read once. Raise `Malformed` when there is none of the name."""
        if part not in self._parts:
            raise Malformed(f"no part {part}")
        return self._file.open(self._parts[part])

    def _check(self) -> None:
        parts = self._file.infolist()
        if len(parts) > MOST_PARTS:
            raise Unreadable(f"{self.name} 里有 {len(parts)} 个部件，超过 {MOST_PARTS} 个", SAVE_AGAIN)
        if len(self._parts) < len(parts):
            raise Unreadable(f"{self.name} 里有同名的部件，不知道以哪一个为准", SAVE_AGAIN)
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(f"{self.name} 是加了密码的压缩文件", "去掉密码后再试")
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED_BYTES:
            raise Unreadable(
                f"{self.name} 展开后有 {unpacked // 1_000_000} MB，超过 {MOST_UNPACKED_BYTES // 1_000_000} MB",
                "删去数据区以外的空行；仍然过大就按地区或月份分成几个工作簿，放进一个文件夹",
            )
        if unpacked > FREE_UNPACKED_BYTES + self.packed_bytes * MOST_TIMES_LARGER:
            raise Unreadable(
                f"{self.name} 的压缩比超过 {MOST_TIMES_LARGER}，不像正常的工作簿",
                "用 WPS 或 Excel 打开它，删去数据区以外的空行，另存为 .xlsx 再试",
            )
