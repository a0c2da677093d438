"""Read workbooks and CSV files with the standard library alone: rows of plain values, each with its place.

Nothing of docgen is imported here or in the other modules of the recount; what they know is written in
the data contract: sheets of one name are appended, columns stand in any order below any title rows.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN_DATES = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58}

Value = str | Decimal | date | None
Grid = list[list[Value]]

COLUMNS = {
    "保险公司": "简称* 全称* 主送名称 系统内名称 联系人 联系电话",
    "保单": "保单号* 批单号 保单状态 承保保险公司* 共保角色 共保比例 被保险单位* 统一社会信用代码* 属地* 行业类别* "
    "从业人员数 投保人数* 保费（元）* 每人死亡伤残责任限额（万元） 保险起期* 保险止期* 事故预防服务费（元） 上传日期",
    "抽查": "保单号* 抽查日期",
    "问题": "问题编号* 保单号 承保保险公司* 问题类别* 问题小类 情况说明* 整改要求 整改期限 检查人 核实结论",
    "未上传保单": "保单号* 承保保险公司* 被保险单位* 统一社会信用代码 属地* 保险起期* 应上传日期 情形",
    "服务费用核查": "服务记录编号* 保单号* 承保保险公司* 服务日期 服务项目 系统填报金额（元）* 核实金额（元）*",
    "应保未保": "单位名称* 统一社会信用代码* 属地* 行业类别* 从业人员数 情形 原承保保险公司 原保险止期 核查日期 截止日后情况",
    "未全员投保": "单位名称* 统一社会信用代码* 属地* 行业类别* 承保保险公司* 从业人员数* 投保人数*",
    "应保单位名册": "单位名称* 曾用名 统一社会信用代码* 属地* 行业类别* 从业人员数 状态",
}
"""The data contract's sheets; * marks what must be filled."""
OPTIONAL_SHEETS = {"应保单位名册"}
NEVER_EMPTY = {"保险公司", "保单"}


def columns_of(sheet: str) -> list[str]:
    return [column.rstrip("*") for column in COLUMNS[sheet].split()]


def required_of(sheet: str) -> list[str]:
    return [column.rstrip("*") for column in COLUMNS[sheet].split() if column.endswith("*")]


def plain(value: Value) -> str:
    """A value as text in half-width characters, without surrounding blanks."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return _half_width(value)


@cache
def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


@dataclass(frozen=True)
class Row:
    """One record and where it stands; `cells` by the contract's column names, blanks left out."""

    file: str
    sheet: str
    number: int
    cells: dict[str, Value] = field(hash=False, compare=False)

    def __getitem__(self, column: str) -> Value:
        return self.cells.get(column)

    def text(self, column: str) -> str:
        text = plain(self.cells.get(column))
        return text.upper() if column == "统一社会信用代码" else text


@dataclass
class Book:
    """All rows read, by sheet; `missing` says what the contract asks for and the files do not hold."""

    rows: dict[str, list[Row]]
    missing: list[str]


def grids_of(path: Path) -> dict[str, Grid]:
    """The cells of one file by sheet; a CSV file is one sheet named as the file."""
    if path.suffix.lower() == ".csv":
        return {path.stem: _csv_grid(path.read_bytes())}
    return _xlsx_grids(path)


def read_book(source: Path) -> Book:
    """Read a workbook, or every workbook and CSV file of a folder."""
    inputs = [source]
    if source.is_dir():
        inputs = sorted(p for p in source.iterdir() if p.suffix.lower() in (".xlsx", ".csv") and p.name[0] not in ".~")
    rows: dict[str, list[Row]] = {}
    missing: list[str] = []
    for path in inputs:
        for name, grid in grids_of(path).items():
            sheet = name.strip()
            if sheet in COLUMNS:
                found, absent = _records(path.name, sheet, grid)
                rows.setdefault(sheet, []).extend(found)
                missing.extend(absent)
    missing.extend(f"缺表：{sheet}" for sheet in COLUMNS if sheet not in rows and sheet not in OPTIONAL_SHEETS)
    missing.extend(f"空表：{sheet}" for sheet in sorted(NEVER_EMPTY) if rows.get(sheet) == [])
    return Book(rows, missing)


def header_at(sheet: str, grid: Grid) -> int | None:
    """The index of the row that holds the column names: the first with at least half of those required."""
    wanted = {_heading(column) for column in required_of(sheet)}
    for index, row in enumerate(grid):
        if len(wanted & {_heading(plain(cell)) for cell in row}) * 2 >= len(wanted):
            return index
    return None


def _heading(text: str) -> str:
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", text))


def _records(file: str, sheet: str, grid: Grid) -> tuple[list[Row], list[str]]:
    top = header_at(sheet, grid)
    if top is None:
        return [], [f"没有列名：{file} {sheet}"]
    known = {_heading(column): column for column in columns_of(sheet)}
    at = {known[_heading(plain(cell))]: index for index, cell in enumerate(grid[top]) if _heading(plain(cell)) in known}
    absent = [f"缺列：{file} {sheet} {column}" for column in required_of(sheet) if column not in at]
    rows = []
    for number, line in enumerate(grid[top + 1 :], start=top + 2):
        cells = {column: line[index] for column, index in at.items() if index < len(line) and plain(line[index])}
        if cells:
            rows.append(Row(file, sheet, number, cells))
    return rows, absent


def _csv_grid(content: bytes) -> Grid:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return [[cell or None for cell in line] for line in csv.reader(io.StringIO(text, newline=""))]


def _xlsx_grids(path: Path) -> dict[str, Grid]:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        properties = book.find(f"{MAIN}workbookPr")
        epoch = date(1904, 1, 1) if properties is not None and properties.get("date1904") in ("1", "true") else None
        relations = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        shared: list[str] = []
        if "xl/sharedStrings.xml" in names:
            shared = [_string(item) for item in ET.fromstring(archive.read("xl/sharedStrings.xml"))]
        dates = _date_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else set()
        grids = {}
        for sheet in book.iter(f"{MAIN}sheet"):
            target = relations[sheet.get(RELATION)].lstrip("/")
            part = target if target.startswith("xl/") else posixpath.normpath(f"xl/{target}")
            grids[sheet.get("name", "")] = _sheet_grid(archive.read(part), shared, dates, epoch)
        return grids


def _string(item: ET.Element) -> str:
    """A string's text, runs joined, without the readings that East Asian files may carry."""
    return "".join(
        part.text or "" for run in item if run.tag != f"{MAIN}rPh" for part in run.iter(f"{MAIN}t")
    )


def _date_styles(styles: bytes) -> set[int]:
    root = ET.fromstring(styles)
    formats = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in root.iter(f"{MAIN}numFmt")}
    chosen = root.find(f"{MAIN}cellXfs")
    found = set()
    for index, style in enumerate([] if chosen is None else chosen):
        number = int(style.get("numFmtId", 0))
        code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", formats.get(number, ""))
        if number in BUILT_IN_DATES or (number in formats and re.search("[ymdYMD年月日]", code)):
            found.add(index)
    return found


def _sheet_grid(xml: bytes, shared: list[str], dates: set[int], epoch: date | None) -> Grid:
    grid: Grid = []
    for row in ET.fromstring(xml).iter(f"{MAIN}row"):
        number = int(row.get("r", len(grid) + 1))
        grid.extend([] for _ in range(number - 1 - len(grid)))
        line: list[Value] = []
        for cell in row:
            reference = re.match(r"[A-Z]+", cell.get("r", ""))
            index = _column_index(reference.group()) if reference else len(line)
            line.extend([None] * (index - len(line)))
            line.append(_cell_value(cell, shared, dates, epoch))
        grid.append(line)
    return grid


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _cell_value(cell: ET.Element, shared: list[str], dates: set[int], epoch: date | None) -> Value:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{MAIN}is")
        return None if inline is None else _string(inline)
    text = cell.findtext(f"{MAIN}v")
    if text is None:
        return None
    if kind == "s":
        return shared[int(text)]
    if kind == "n":
        number = Decimal(repr(float(text)))  # 17 digits are stored where 0.1 was typed
        number = number.to_integral_value() if number == number.to_integral_value() else number
        if int(cell.get("s", 0)) in dates:
            return serial_day(number, epoch)
        return number
    if kind == "d":
        return datetime.fromisoformat(text).date()
    return text


def serial_day(number: Decimal, epoch: date | None = None) -> date:
    """The day of a spreadsheet's serial number; 1900 systems count a 29 February 1900 that never was."""
    days = int(number)
    if epoch is not None:
        return epoch + timedelta(days=days)
    return date(1899, 12, 31) + timedelta(days=days - (1 if days > 59 else 0))


def letters(index: int) -> str:
    """A column's letters: 0 → A, 27 → AB."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def every_row(book: Book) -> Iterator[Row]:
    for rows in book.rows.values():
        yield from rows
