"""Write a tiny .xlsb ([MS-XLSB]) for tests: rows of texts, numbers, booleans, errors and days."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DAY_STYLE = 1
_ERRORS = {"#N/A": 0x2A, "#DIV/0!": 0x07}


def record(number: int, content: bytes = b"") -> bytes:
    kind = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, left = b"", len(content)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 127 else 0)])
        left >>= 7
        if not left:
            return kind + size + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def cell(column: int, content: object, texts: list[str]) -> bytes:
    if isinstance(content, bool):
        return record(4, struct.pack("<IIB", column, 0, content))
    if isinstance(content, date):
        return record(5, struct.pack("<IId", column, _DAY_STYLE, (content - date(1899, 12, 30)).days))
    if isinstance(content, int):
        return record(2, struct.pack("<IIi", column, 0, content << 2 | 2))
    if isinstance(content, float):
        return record(9, struct.pack("<IIdHI", column, 0, content, 0, 0))
    if content in _ERRORS:
        return record(3, struct.pack("<IIB", column, 0, _ERRORS[str(content)]))
    texts.append(str(content))
    return record(7, struct.pack("<III", column, 0, len(texts) - 1))


def save_xlsb(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    title: str = "抽查",
    hidden_rows: Sequence[int] = (),
    merges: Sequence[tuple[int, int, int, int]] = (),
    is_hidden: bool = False,
    is_1904: bool = False,
) -> Path:
    """Write one sheet; a cell that is "" is left out. `hidden_rows` count from 1."""
    texts: list[str] = []
    sheet = record(129) + record(148, struct.pack("<4I", 0, len(rows), 0, 9)) + record(145)
    for number, row in enumerate(rows):
        flags = 0x10 if number + 1 in hidden_rows else 0
        sheet += record(0, struct.pack("<IIHBBB", number, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
        sheet += b"".join(cell(column, content, texts) for column, content in enumerate(row) if content != "")
    sheet += record(146) + b"".join(record(176, struct.pack("<4I", *merge)) for merge in merges) + record(130)
    listed = struct.pack("<II", int(is_hidden), 1) + wide("rId1") + wide(title)
    book = record(131) + record(153, struct.pack("<III", int(is_1904), 0, 0)) + record(143)
    book += record(156, listed) + record(144) + record(157, bytes(26)) + record(132)
    styles = record(278) + record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 164) + wide("yyyy-mm-dd")) + record(616)
    styles += record(617, struct.pack("<I", 2))
    styles += b"".join(record(47, struct.pack("<HH", 0, kind) + bytes(12)) for kind in (0, 164)) + record(618)
    shared = record(159, struct.pack("<II", len(texts), len(texts)))
    shared += b"".join(record(19, b"\0" + wide(text)) for text in texts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", _links(("officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            _links(("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")),
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr("xl/styles.bin", styles)
        archive.writestr("xl/sharedStrings.bin", shared + record(160))
    return path


def _links(*parts: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'
