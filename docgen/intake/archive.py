"""Check a workbook's container before anything opens it: a hostile file costs a message, not the machine."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from docgen.errors import Unreadable

MOST_UNPACKED_BYTES = 300_000_000
"""300 MB: about 300,000 rows of 20 columns."""
MOST_TIMES_LARGER = 200
"""Unpacked to packed size; a sheet of equal rows reaches about 60."""
MOST_PARTS = 3000
MOST_CELLS = 10_000_000
"""Rows times columns of the rectangle that a sheet's filled cells span, for it is read as a rectangle."""

_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_FILLED_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^<>]*(?<!/)>""")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["']e["']""")
_UNPLACED_CELL = re.compile(rb"""<(?:\w+:)?c(?=[\s>])(?![^<>]*\sr\s*=)[^<>]*(?<!/)>""")
_LONGEST_TAG = 4096

_SAVE_AGAIN = "用 WPS 或 Excel 打开它，另存为 .xlsx 再试；打不开就向提供单位重要一份"


class Contents(NamedTuple):
    """What the check of a container learnt: cells that show an error, cells that do not say where."""

    has_error_cells: bool = False
    has_unplaced_cells: bool = False


def check_workbook(path: Path, name: str) -> Contents:
    """Refuse what is no workbook, or is encrypted, cut short or beyond the limits: raise `Unreadable`."""
    _check_kind(path, name)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, name)
            return _check_parts(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Unreadable(f"{name} 不完整或已损坏，没有传完时常见", _SAVE_AGAIN) from error


def _check_kind(path: Path, name: str) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(8)
            is_encrypted = start == _OLE2 and _contains(path, _ENCRYPTED_STREAM)
    except OSError as error:
        raise Unreadable(f"{name} 打不开", "关闭正在使用它的程序，确认有读取权限") from error
    if not start:
        raise Unreadable(f"{name} 是空文件，大小为 0", "向提供单位重要一份")
    if is_encrypted:
        raise Unreadable(
            f"{name} 已加密，要密码才能打开",
            "用 WPS 或 Excel 打开，在“文件—信息—保护工作簿—用密码进行加密”里清空密码后保存",
        )
    if start == _OLE2:
        raise Unreadable(f"{name} 是旧格式工作簿（.xls）", "用 WPS 或 Excel 打开，另存为 .xlsx")
    if not start.startswith(b"PK"):
        raise Unreadable(f"{name} 不是工作簿，只是用了这个扩展名", _SAVE_AGAIN)


def _contains(path: Path, needle: bytes) -> bool:
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(_CHUNK):
            if needle in tail + chunk:
                return True
            tail = chunk[-len(needle) :]
    return False


def _check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Unreadable(f"{name} 里有 {len(parts)} 个部件，超过 {MOST_PARTS} 个", _SAVE_AGAIN)
    if "[Content_Types].xml" not in archive.namelist():
        raise Unreadable(f"{name} 不是工作簿，是别的压缩文件", "解压后把里面的工作簿交给本程序")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(f"{name} 是加了密码的压缩文件", "去掉密码后再试")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > MOST_UNPACKED_BYTES:
        raise Unreadable(
            f"{name} 展开后有 {unpacked // 1_000_000} MB，超过 {MOST_UNPACKED_BYTES // 1_000_000} MB",
            "按地区或月份分成几个工作簿，放进一个文件夹",
        )
    if unpacked > packed * MOST_TIMES_LARGER:
        raise Unreadable(f"{name} 的压缩比超过 {MOST_TIMES_LARGER}，不像正常的工作簿", _SAVE_AGAIN)


def _check_parts(archive: zipfile.ZipFile, name: str) -> Contents:
    """Read every part once: the sizes and checksums it declares are then known to be true."""
    has_error_cells = has_unplaced_cells = False
    for part in archive.infolist():
        last_row = last_column = 0
        tail = b""
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                window = tail + chunk
                if b"<!DOCTYPE" in window:
                    raise Unreadable(f"{name} 里有工作簿不应有的 DOCTYPE 声明", _SAVE_AGAIN)
                has_error_cells = has_error_cells or _ERROR_CELL.search(window) is not None
                has_unplaced_cells = has_unplaced_cells or _UNPLACED_CELL.search(window) is not None
                for letters, row in _FILLED_CELL.findall(window):
                    last_row = max(last_row, int(row))
                    last_column = max(last_column, _column_number(letters))
                tail = window[-_LONGEST_TAG:]
        if last_row * last_column > MOST_CELLS:
            raise Unreadable(
                f"{name} 的一个工作表铺到了第 {last_row} 行、第 {last_column} 列，范围过大",
                "删去数据区以外零星的内容，再保存",
            )
    return Contents(has_error_cells, has_unplaced_cells)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
