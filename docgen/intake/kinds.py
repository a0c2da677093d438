"""Tell what a file is by what it holds; its name may say anything."""

from __future__ import annotations

import zipfile
from codecs import getincrementaldecoder
from enum import Enum
from pathlib import Path

from docgen.intake.compound import SIGNATURE

_BARE_BIFF = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
"""The first record of an .xls that was written without a container around it."""
_START_BYTES = 4096
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class FileKind(Enum):
    """What a file is, in the words of a message."""

    EMPTY = "空文件"
    XLSX = "工作簿（.xlsx）"
    XLSB = "二进制工作簿（.xlsb）"
    ODS = "OpenDocument 表格（.ods）"
    XLS = "旧格式工作簿（.xls）"
    NUMBERS = "苹果 Numbers 表格"
    OTHER_ZIP = "别的压缩文件"
    WORD = "文字文档（Word 或 WPS 文字）"
    PDF = "PDF"
    PICTURE = "图片"
    HTML = "网页（HTML）"
    XML_2003 = "XML 表格（Excel 2003）"
    TEXT = "文本"
    OTHER = "不认识的格式"


def file_kind(path: Path) -> FileKind:
    """Tell the kind of a file by its first bytes and, of a ZIP file, its parts. Raise `OSError`."""
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    if not start:
        return FileKind.EMPTY
    if start.startswith(SIGNATURE) or start.startswith(_BARE_BIFF):
        return FileKind.XLS
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.startswith(b"%PDF"):
        return FileKind.PDF
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return FileKind.PICTURE
    return _kind_of_text(start)


def _kind_of_zip(path: Path) -> FileKind:
    """Raise `zipfile.BadZipFile` when the parts cannot be listed."""
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: part for part in archive.infolist()}
    if "xl/workbook.bin" in parts:
        return FileKind.XLSB
    if "word/document.xml" in parts:
        return FileKind.WORD
    if "[Content_Types].xml" in parts:
        return FileKind.XLSX
    if "content.xml" in parts and "mimetype" in parts:
        return FileKind.ODS
    return FileKind.NUMBERS if "Index/Document.iwa" in parts else FileKind.OTHER_ZIP


def _kind_of_text(start: bytes) -> FileKind:
    # A text in UTF-8 may hold a stray NUL, which is said at its cell; anything else with a NUL is no text.
    if b"\0" in start and not start.startswith(_UTF_16) and not _is_utf_8(start):
        return FileKind.OTHER
    plain = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not plain.startswith(b"<"):
        return FileKind.TEXT
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and b"<html" not in plain:
        return FileKind.XML_2003
    return FileKind.HTML if b"<html" in plain or b"<table" in plain or b"<!doctype html" in plain else FileKind.TEXT


def _is_utf_8(start: bytes) -> bool:
    """Tell whether a text begins in UTF-8; its last character may be cut. UTF-16 of ASCII is half NULs."""
    try:
        getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return start.count(b"\0") * 4 < len(start)
