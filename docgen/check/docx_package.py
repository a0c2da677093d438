"""Open a DOCX within bounds: what it is, what it may cost, which part is which. Nothing is run, nothing fetched.

A macro file is read as any other, its macros are left alone and told; one with a password is refused.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.check.docx_xml import Malformed, Node, local, parse
from docgen.errors import Unreadable

MOST_PACKED_BYTES = 60_000_000
MOST_PARTS = 3000
MOST_UNPACKED_BYTES = 400_000_000
"""All parts together, pictures too."""
FREE_UNPACKED_BYTES = 12_000_000
"""What the smallest file may unfold to; about a second's reading."""
MOST_TIMES_LARGER = 60
"""Unpacked to packed size beyond that; long tables of equal rows reach about 40."""
MOST_READ_BYTES = 64_000_000
"""The parts that are read: text, styles, footers. About 15,000 rows of a table as Word writes them."""

SAVE_AGAIN = "用 Word 或 WPS 打开它，另存为 .docx 再查；打不开就重要一份"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\x01\x02"
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"<", "网页或 XML"),
)
_OTHER_ZIPS = (("OFD.xml", "OFD"), ("xl/workbook.xml", "工作簿"), ("ppt/presentation.xml", "演示文稿"))


@dataclass(frozen=True)
class Links:
    """The parts that a part refers to: by id, the first of each kind, and what lies outside the file."""

    by_id: dict[str, str] = field(default_factory=dict)
    by_kind: dict[str, str] = field(default_factory=dict)
    outside: tuple[str, ...] = ()


class WordPackage:
    """The parts of a DOCX, each read once at most and no larger than its entry says."""

    def __init__(self, content: bytes) -> None:
        _check_kind(content)
        self._left = MOST_READ_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._parts = {part.filename: part for part in self._zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise damaged() from error
        self._check(len(content))

    def __contains__(self, part: object) -> bool:
        return part in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def tree(self, part: str) -> Node | None:
        """Parse a part; None where there is none of the name. Raise `Unreadable` when it is damaged."""
        if part not in self._parts:
            return None
        entry = self._parts[part]
        self._left -= entry.file_size
        if self._left < 0:
            raise Unreadable(
                f"文件的正文和样式有 {MOST_READ_BYTES // 1_000_000} MB 以上，太大", "把附件的长表另存成文件，分开检查"
            )
        try:
            return parse(self._zip.read(entry))
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(part) from error
        except (Malformed, ValueError) as error:
            raise Unreadable(f"文件的 {part} 不是完好的 XML", SAVE_AGAIN) from error

    def links(self, part: str) -> Links:
        """Read the relationships of a part, of the whole file when `part` is ""."""
        folder, file = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found, outside = Links(), []
        for link in () if tree is None else tree.iter("{*}Relationship"):
            target, kind = link.get("Target") or "", (link.get("Type") or "").rpartition("/")[2]
            if link.get("TargetMode") == "External":
                outside.append(f"{kind}：{target[:80]}")
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.by_id[link.get("Id") or ""] = path
            found.by_kind.setdefault(kind, path)
        return Links(found.by_id, found.by_kind, tuple(outside))

    def content_type(self, part: str) -> str:
        """Give the kind that the list of contents says a part is of."""
        tree = self.tree("[Content_Types].xml")
        for entry in () if tree is None else tree:
            if local(entry) == "Override" and (entry.get("PartName") or "").lstrip("/") == part:
                return entry.get("ContentType") or ""
        return ""

    def _check(self, packed: int) -> None:
        parts = self._zip.infolist()
        for name, kind in _OTHER_ZIPS:
            if name in self._parts:
                raise _other(kind)
        if len(parts) > MOST_PARTS:
            raise Unreadable(f"文件里有 {len(parts)} 个部件，超过 {MOST_PARTS} 个", SAVE_AGAIN)
        if len(self._parts) < len(parts):
            raise Unreadable("文件里有同名的部件，不知道以哪一个为准", SAVE_AGAIN)
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("文件加了密码", "去掉密码后再查")
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED_BYTES:
            raise Unreadable(
                f"文件展开后有 {unpacked // 1_000_000} MB，超过 {MOST_UNPACKED_BYTES // 1_000_000} MB",
                "删去大图，或把附件的长表另存成文件，分开检查",
            )
        if unpacked > FREE_UNPACKED_BYTES + packed * MOST_TIMES_LARGER:
            raise Unreadable(f"文件的压缩比超过 {MOST_TIMES_LARGER}，不像正常的文档", SAVE_AGAIN)


def damaged(part: str = "") -> Unreadable:
    """Say that a file, or a part of it, is damaged."""
    return Unreadable(f"文件已损坏（{part}）" if part else "文件已损坏，或者不是 .docx", SAVE_AGAIN)


def _check_kind(content: bytes) -> None:
    """Refuse what is no ZIP file, each kind in its own words; and what is too large to be listed."""
    if not content:
        raise Unreadable("文件是空的", "重要一份")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("文件加了密码", "用 Word 或 WPS 打开它，去掉打开密码，另存为 .docx 再查")
        raise Unreadable("文件是旧格式（.doc 或 .wps）", "用 Word 或 WPS 打开它，另存为 .docx 再查")
    start = content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    for sign, kind in _OTHERS:
        if start.startswith(sign):
            raise _other(kind)
    if len(content) > MOST_PACKED_BYTES:
        raise Unreadable(
            f"文件有 {len(content) // 1_000_000} MB，超过 {MOST_PACKED_BYTES // 1_000_000} MB", "压缩或删去大图再查"
        )
    if content.count(_ENTRY) > MOST_PARTS * 10:
        raise Unreadable(f"文件里的部件超过 {MOST_PARTS} 个", SAVE_AGAIN)


def _other(kind: str) -> Unreadable:
    blank = " " if kind[0].isascii() else ""
    return Unreadable(f"文件是{blank}{kind}，不是 .docx", "给出 Word 或 WPS 文字存的 .docx，或者由它导出的 PDF")
