"""See a workbook: its cells as they are shown, and every other text in the file, hidden or not. Nothing is run.

Numbers are shown as docgen's formats show them, without commas between thousands: 1234.50, 20.0%, 2024-08-09.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from docgen.check.docx_xml import Malformed, Node, R, local, parse
from docgen.errors import Unreadable

MOST_PARTS = 3000
MOST_UNPACKED_BYTES = 400_000_000
_SAVE_AGAIN = "用 Excel 或 WPS 打开它，另存为 .xlsx；打不开就从输出文件夹另取一份"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LITERAL = re.compile(r'"([^"]*)"')
_FIRST_DAY = date(1899, 12, 30)
_LATEST_DAY = 2_958_465
_XML = (".xml", ".rels", ".vml")
_KINDS = (
    ("docProps/", "文件属性"), ("xl/comments", "批注"), ("xl/threadedComments", "批注"), ("xl/persons", "批注"),
    ("xl/drawings", "图形和批注框"), ("xl/tables", "表格名称"), ("xl/workbook.xml", "工作表名称和名称管理器"),
    ("xl/styles.xml", "单元格格式"),
)
_BUILT_IN = {9: "0%", 10: "0.0%", 14: "yyyy-mm-dd", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"}


@dataclass(frozen=True)
class SeenCell:
    """One cell that is not empty: its row and column from 1, and its text as it is shown."""

    row: int
    column: int
    text: str

    @property
    def name(self) -> str:
        """Name it as the spreadsheet does, as in B12."""
        letters, rest = "", self.column
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row}"


@dataclass(frozen=True)
class SeenSheet:
    """One sheet: its name on the tab, its cells in order, and whether the reader is shown it."""

    name: str
    cells: tuple[SeenCell, ...]
    is_hidden: bool = False


@dataclass(frozen=True)
class SeenBook:
    """A workbook: its sheets, and each other text with where it stands, in words; `unread` are parts that are no XML."""

    sheets: tuple[SeenSheet, ...]
    others: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


def see_xlsx(content: bytes) -> SeenBook:
    """Read a workbook. Raise Unreadable, with a remedy, where it is none or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _Reader(_parts(package)).book()
    except (zipfile.BadZipFile, zlib.error, KeyError, Malformed, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("文件不是 XLSX 工作簿，或加了密、已损坏", _SAVE_AGAIN) from error


def _parts(package: zipfile.ZipFile) -> dict[str, bytes]:
    entries = package.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise Unreadable("工作簿展开后太大，没有读", _SAVE_AGAIN)
    return {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}


class _Reader:
    """One workbook while it is read."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._trees = {name: parse(content) for name, content in parts.items() if name.endswith(_XML)}
        self._unread = tuple(name for name in parts if name not in self._trees)
        self._formats = list(_formats(self._trees.get("xl/styles.xml")))
        strings = self._trees.get("xl/sharedStrings.xml")
        self._strings = [_rich(item) for item in strings.iterchildren("{*}si")] if strings is not None else []
        self._used: set[int] = set()
        self._others: list[tuple[str, str]] = []

    def book(self) -> SeenBook:
        """Read the sheets in their order, and then all the rest."""
        sheets = []
        named = list(self._listed())
        for name, part, is_hidden in named:
            sheets.append(SeenSheet(name, tuple(self._cells(self._trees[part], name)), is_hidden))
        done = {part for _, part, _ in named} | {"xl/sharedStrings.xml", "[Content_Types].xml"}
        for number, text in enumerate(self._strings):
            if number not in self._used:
                self._others.append(("不在任何单元格里的文字", text))
        for part, tree in self._trees.items():
            if part not in done and not part.startswith("xl/theme/"):
                where = next((word for start, word in _KINDS if part.startswith(start)), "文件内部")
                self._others += [(where, text) for text in _texts(tree)]
        return SeenBook(tuple(sheets), tuple(dict.fromkeys(self._others)), self._unread)

    def _listed(self) -> Iterator[tuple[str, str, bool]]:
        links = {
            link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target") or "")).lstrip("/")
            for link in self._trees["xl/_rels/workbook.xml.rels"]
        }
        for entry in self._trees["xl/workbook.xml"].iter("{*}sheet"):
            part = links.get(entry.get(f"{R}id"), "")
            if part in self._trees:
                yield entry.get("name") or "", part, entry.get("state", "visible") != "visible"

    def _cells(self, sheet: Node, name: str) -> Iterator[SeenCell]:
        for section in sheet:
            if local(section) != "sheetData":
                where = f"工作表“{name}”的页眉页脚、下拉选项等"
                self._others += [(where, text) for text in _texts(section)]
                continue
            for cell in section.iter("{*}c"):
                place = _REFERENCE.fullmatch(cell.get("r") or "")
                text = self._shown(cell)
                if place is None:
                    self._others.append((f"工作表“{name}”", text))
                elif text:
                    yield SeenCell(int(place[2]), _column(place[1]), text)
                for formula in cell.iterchildren("{*}f"):
                    self._others.append((f"工作表“{name}”{cell.get('r')} 的公式", formula.text or ""))

    def _shown(self, cell: Node) -> str:
        kind = cell.get("t") or "n"
        written = next((part.text or "" for part in cell.iterchildren("{*}v")), "")
        if kind == "s" and written.isdecimal() and int(written) < len(self._strings):
            self._used.add(int(written))
            return self._strings[int(written)]
        if kind == "inlineStr":
            return "".join(map(_rich, cell.iterchildren("{*}is")))
        style = cell.get("s") or "0"
        format_code = self._formats[int(style)] if style.isdecimal() and int(style) < len(self._formats) else ""
        return as_shown(written, format_code) if kind == "n" else _unescaped(written)


def as_shown(written: str, format_code: str) -> str:
    """Show a stored number by its format, and the words that the format sets behind it."""
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    words = "".join(_LITERAL.findall(format_code))
    bare = _LITERAL.sub("", format_code)
    if "yy" in bare and 0 < number <= _LATEST_DAY and number == int(number):
        return (_FIRST_DAY + timedelta(days=int(number))).isoformat() + words
    if bare.endswith("%"):
        return f"{_rounded(number * 100, bare)}%{words}"
    if bare in ("", "General", "@"):
        return f"{number:f}" + words
    return _rounded(number, bare) + words


def _rounded(number: Decimal, format_code: str) -> str:
    decimals = len(format_code.rstrip("%").partition(".")[2])
    return f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def _formats(styles: Node | None) -> Iterator[str]:
    if styles is None:
        return
    codes = {entry.get("numFmtId"): entry.get("formatCode") or "" for entry in styles.iter("{*}numFmt")}
    for formats in styles.iterchildren("{*}cellXfs"):
        for entry in formats.iterchildren("{*}xf"):
            number = entry.get("numFmtId") or "0"
            yield codes.get(number) or (_BUILT_IN.get(int(number), "") if number.isdecimal() else "")


def _rich(node: Node) -> str:
    """Join the runs of a text; what is spelled over it for reading aloud is told apart by nobody and joined too."""
    return _unescaped("".join(text.text or "" for text in node.iter("{*}t")))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _texts(tree: Node) -> Iterator[str]:
    """Give every text and every attribute below an element."""
    for node in tree.iter():
        yield from (text for text in (node.text, node.tail, *map(str, node.attrib.values())) if text and text.strip())


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
