"""Read a CSV file: how it is encoded and separated is found out, and never guessed.

UTF-8, UTF-16 with its mark (“Unicode 文本” of Excel) and GB18030 are known; a file is one of them without a byte
out of place, or it is refused. Cells are separated by the comma; by the tab or the semicolon when it alone
stands in the first line that has any of the three. All cells are texts. A CSV knows no merged cells and no hidden rows.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from docgen.errors import Unreadable
from docgen.intake.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED_BYTES, Allowance
from docgen.intake.sheets import Row

_SEPARATORS = ",\t;"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAVE_AS_UTF_8 = "用 WPS 或 Excel 打开，另存为“CSV UTF-8”"
_SPLIT = "分成几个文件，如 保单-1.csv、保单-2.csv"


def read_csv(path: Path, name: str) -> list[Row]:
    """Read all rows, each as texts. Raise `Unreadable`, with `name` for the file, when any is not sure."""
    size = path.stat().st_size
    if size > MOST_UNPACKED_BYTES:
        raise Unreadable(f"{name} 超过 {MOST_UNPACKED_BYTES // 1_000_000} MB", _SPLIT)
    text = decoded(path.read_bytes(), name)
    if not text.strip():
        raise Unreadable(f"{name} 是空文件", "向提供单位重要一份")
    separator = _separator(text, name)
    if text.count(separator) + text.count("\n") > MOST_CELLS or text.count("\n") > MOST_ROWS:
        raise Unreadable(f"{name} 的单元格超过 {MOST_CELLS:,} 个，或行数超过 {MOST_ROWS:,} 行", _SPLIT)
    return _rows(text, separator, name, Allowance(name, size))


def decoded(raw: bytes, name: str) -> str:
    """Decode a text that is surely UTF-8, UTF-16 or GB18030; raise `Unreadable` when it is none of them."""
    encoding = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-16" or encoding == "utf-8-sig" or _is_damaged_utf_8(raw):
            line = raw[: error.start].count(b"\n") + 1
            raise Unreadable(f"{name} 第 {line} 行有损坏的字节，没有传完时常见", "向提供单位重要一份") from error
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unknown_encoding(name) from error
    if not _is_surely_chinese(text):
        raise _unknown_encoding(name)
    return text


def _unknown_encoding(name: str) -> Unreadable:
    return Unreadable(f"{name} 既不是 UTF-8 也不是 GB18030 编码", _SAVE_AS_UTF_8)


def _is_damaged_utf_8(raw: bytes) -> bool:
    """Tell whether most of what is not ASCII is UTF-8, which text in GB18030 never is."""
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) > 4 * damaged


def _is_surely_chinese(text: str) -> bool:
    """Tell whether a text decoded as GB18030 may be believed.

    Nearly any bytes decode as something; what was written in another encoding shows in controls and in many
    characters for private use. A few of those are rare characters that GB18030 once placed there.
    """
    strange = sum("\ue000" <= char <= "\uf8ff" for char in text)
    foreign = sum(char > "\x7f" for char in text)
    return 20 * strange <= foreign and not any("\x80" <= char <= "\x9f" or char == "\0" for char in set(text))


def _separator(text: str, name: str) -> str:
    """Find what separates the cells, in the first line that has any of it outside quotation marks."""
    for line in io.StringIO(text):
        bare = "".join(line.split('"')[::2])
        present = [separator for separator in _SEPARATORS if separator in bare]
        if "," in present or len(present) == 1:
            return present[0]
        if present:
            raise Unreadable(f"{name} 里既有制表符又有分号，不知道以哪一个分列", _SAVE_AS_UTF_8)
    return ","


def _rows(text: str, separator: str, name: str, allowance: Allowance) -> list[Row]:
    rows: list[Row] = []
    same: dict[str, str] = {}
    longest = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(row) > MOST_COLUMNS:
                raise Unreadable(f"{name} 的一行超过 {MOST_COLUMNS:,} 列", "检查这一行的分隔符和引号")
            longest = max(longest, max(map(len, row), default=0))
            allowance.take_cells(len(row))
            rows.append([same.setdefault(cell, cell) for cell in row])
    except csv.Error as error:
        raise Unreadable(
            f"{name} 第 {len(rows) + 1} 行起不合 CSV 写法，或有一格超过 {csv.field_size_limit():,} 个字符",
            "检查引号是否成对，删减过长的单元格",
        ) from error
    allowance.take_texts(rows, longest)
    return rows
