"""Copies of an input that can be changed cell by cell and written to files again, with the standard library alone."""

from __future__ import annotations

import csv
import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Self
from xml.sax.saxutils import escape, quoteattr

from tests.recount.cells import Grid, Value, columns_of, grids_of, header_at, letters, plain

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{}</Types>'
)
_TYPE = (
    '<Override PartName="/xl/worksheets/sheet{}.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_STYLES = (
    f'<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
_NO_DAY = (2024, 1, 1, 0, 0, 0)


@dataclass
class Copy:
    """An input in memory: cells by file and sheet, and the text of its 发文.toml."""

    files: dict[str, dict[str, Grid]]
    settings: str
    is_folder: bool

    @classmethod
    def of(cls, source: Path) -> Self:
        folder = source if source.is_dir() else source.parent
        inputs = [source]
        if source.is_dir():
            inputs = sorted(path for path in source.iterdir() if path.suffix in (".xlsx", ".csv"))
        files = {path.name: grids_of(path) for path in inputs}
        return cls(files, (folder / "发文.toml").read_text(encoding="utf-8"), source.is_dir())

    def another(self) -> Self:
        """Another copy; its sheets are shared with this one until `own` takes one out."""
        return type(self)({name: dict(sheets) for name, sheets in self.files.items()}, self.settings, self.is_folder)

    def own(self, file: str, sheet: str) -> Grid:
        """A sheet of this copy alone, free to be changed."""
        self.files[file][sheet] = deepcopy(self.files[file][sheet])
        return self.files[file][sheet]

    def sheets(self) -> list[tuple[str, str]]:
        return [(file, sheet) for file, sheets in self.files.items() for sheet in sheets]

    def write(self, folder: Path) -> Path:
        """Write the files into a new folder; give the path that docgen is called with."""
        folder.mkdir(parents=True)
        (folder / "发文.toml").write_text(self.settings, encoding="utf-8")
        for name, sheets in self.files.items():
            if name.endswith(".csv"):
                ((sheet, grid),) = sheets.items()
                assert name == f"{sheet}.csv"
                (folder / name).write_text(_csv(grid), encoding="utf-8-sig")
            else:
                (folder / name).write_bytes(workbook(sheets))
        return folder if self.is_folder or len(self.files) > 1 else folder / next(iter(self.files))


@dataclass(frozen=True)
class Sheet:
    """Where a sheet's table stands in its grid."""

    file: str
    name: str
    top: int
    at: dict[str, int]
    """Column indices by the contract's names."""
    height: int

    @classmethod
    def find(cls, copy: Copy, file: str, name: str) -> Sheet:
        grid = copy.files[file][name]
        top = header_at(name, grid)
        assert top is not None
        heads = [plain(cell).replace("(", "（").replace(")", "）") for cell in grid[top]]
        at = {column: heads.index(column) for column in columns_of(name) if column in heads}
        return cls(file, name, top, at, len(grid))

    def rows(self) -> range:
        return range(self.top + 1, self.height)


def workbook(sheets: dict[str, Grid]) -> bytes:
    """Write an XLSX file: texts inline, days as numbers in a date format."""
    buffer = io.BytesIO()
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        def put(name: str, text: str) -> None:
            archive.writestr(zipfile.ZipInfo(name, _NO_DAY), text.encode("utf-8"))

        put("[Content_Types].xml", _TYPES.format("".join(_TYPE.format(number) for number in numbers)))
        put("_rels/.rels", _RELATIONS.format(_relation(1, "officeDocument", "xl/workbook.xml")))
        parts = [_relation(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        parts.append(_relation(len(sheets) + 1, "styles", "styles.xml"))
        put("xl/_rels/workbook.xml.rels", _RELATIONS.format("".join(parts)))
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, sheets, strict=True)
        )
        put("xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>')
        put("xl/styles.xml", _STYLES)
        for number, grid in zip(numbers, sheets.values(), strict=True):
            put(f"xl/worksheets/sheet{number}.xml", _sheet(grid))
    return buffer.getvalue()


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _sheet(grid: Grid) -> str:
    lines = []
    for number, row in enumerate(grid, 1):
        cells = [_cell(f"{letters(at)}{number}", value) for at, value in enumerate(row) if value is not None]
        if cells:
            lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'<worksheet {_MAIN}><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(reference: str, value: Value) -> str:
    if isinstance(value, date):
        return f'<c r="{reference}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, Decimal):
        return f'<c r="{reference}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value or "")}</t></is></c>'


def _csv(grid: Grid) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([plain(cell) if not isinstance(cell, str) else cell for cell in row] for row in grid)
    return text.getvalue()
