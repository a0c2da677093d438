"""Write rows into a workbook as a spreadsheet would, or into CSV files: fast, and in little memory."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from tests.bench.policies import Row

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
_DAY_0 = date(1899, 12, 30).toordinal()
_ROWS_AT_ONCE = 2000
_LETTERS = [f"{first}{second}".strip() for first in " ABCDEFGHIJ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def write_workbook(path: Path | BinaryIO, sheets: Mapping[str, Iterable[Row]]) -> None:
    """Write a workbook whose texts are shared, as Excel and WPS write it."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for number, rows in enumerate(sheets.values(), 1):
            with book.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                part.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
                lines: list[str] = []
                for line in (_row(place, row, texts) for place, row in enumerate(rows, 1)):
                    lines.append(line)
                    if len(lines) == _ROWS_AT_ONCE:
                        part.write("".join(lines).encode("utf-8", "surrogatepass"))
                        lines.clear()
                part.write(f"{''.join(lines)}</sheetData></worksheet>".encode("utf-8", "surrogatepass"))
        with book.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'{_HEAD}<sst xmlns="{_MAIN}">'.encode())
            shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
            part.write(shared.encode("utf-8", "surrogatepass"))
            part.write(b"</sst>")
        book.writestr(undated("xl/styles.xml"), _STYLES)
        for name, content in _frame(tuple(sheets)):
            book.writestr(undated(name), content.encode("utf-8", "surrogatepass"))


def undated(name: str) -> zipfile.ZipInfo:
    """Give the entry of a zip without the hour, which a bare name would get: the file is the same each time."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def write_csv(path: Path, rows: Iterable[Row]) -> None:
    """Write a CSV in UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _row(place: int, row: Row, texts: dict[str, int]) -> str:
    cells = []
    for column, value in enumerate(row):
        letter = _LETTERS[column]
        if value is None:
            continue
        if isinstance(value, str):
            cells.append(f'<c r="{letter}{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>')
        elif isinstance(value, date):
            cells.append(f'<c r="{letter}{place}" s="1"><v>{value.toordinal() - _DAY_0}</v></c>')
        else:
            cells.append(f'<c r="{letter}{place}"><v>{value}</v></c>')
    return f'<row r="{place}">{"".join(cells)}</row>'


def _frame(names: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """Yield the parts that say what the others are."""
    numbers = range(1, len(names) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_CONTENT}{kind}+xml"/>'
        for part, kind in [
            ("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings"),
            *((f"worksheets/sheet{number}", "worksheet") for number in numbers),
        ]
    )
    yield "[Content_Types].xml", (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>'
    )
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    yield "xl/workbook.xml", (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>'
    )
    yield "xl/_rels/workbook.xml.rels", _relations([
        *((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers),
        (f"rId{len(names) + 1}", "styles", "styles.xml"),
        (f"rId{len(names) + 2}", "sharedStrings", "sharedStrings.xml"),
    ])


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in relations
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
