"""Turn raw sheets into the typed tables of `Records`, with the problems of every cell."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from docgen.errors import Place, Problem, Severity
from docgen.intake.characters import Characters
from docgen.intake.checks import Absent, ColumnName
from docgen.intake.codes import Code, Reader
from docgen.intake.columns import LETTER_SHEETS, Cells, empty_value, read_column, typed
from docgen.intake.headers import Header, column_letter, find_header, is_blank_row
from docgen.intake.hidden import hidden_parts
from docgen.intake.merged import share_merged
from docgen.intake.names import (
    area_reader,
    choice_reader,
    claimed_twice,
    folded,
    industry_reader,
    insurer_names,
    insurer_reader,
)
from docgen.intake.notes import without_notes
from docgen.intake.repeated_headers import without_repeated_headers
from docgen.intake.sheets import RawSheet, Row
from docgen.intake.totals import Numbered, without_totals
from docgen.intake.values import (
    money_reader,
    read_code,
    read_count,
    read_day,
    read_day_of_1904,
    read_id,
    read_share,
    read_text,
)
from docgen.records import OWN_SHEETS, PASSES_SHEET, SETTINGS_SHEET, SHEETS, Column, Kind, SheetSpec
from docgen.settings import Settings

_AREA_LISTS = frozenset(("属地", "属地别名", "属地待核"))
_MUST_HOLD_ROWS = ("保险公司", "保单")
_READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: read_text,
    Kind.NAME: read_text,
    Kind.ID: read_id,
    Kind.CODE: read_code,
    Kind.DAY: read_day,
    Kind.COUNT: read_count,
    Kind.SHARE: read_share,
}


@dataclass
class Tables:
    """What was read: a frame for each sheet, the problems, and where each column stands, for later checks."""

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    letters: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    cutoff: date | None = None
    """数据截止日期, when it could be read."""
    absent: dict[ColumnName, Absent] = field(default_factory=dict)
    """Columns that a file of the input lacks or that cannot be used: what is not found there proves nothing."""

    def lack(self, sheet: str, headers: Iterable[str], where: Place, why: str) -> None:
        """Note columns of a sheet as absent; the first word on each stays."""
        for header in headers:
            self.absent.setdefault((sheet, header), Absent(where, why))

    def place(self, sheet: str, position: int, header: str) -> Place:
        """Name the cell of a row (by position in its frame) and column; without a cell when it has none."""
        frame = self.frames[sheet]
        file, row = str(frame["_file"].iloc[position]), int(frame["_row"].iloc[position])
        letter = self.letters.get((file, sheet), {}).get(header, "")
        return Place(file, sheet, row, header, f"{letter}{row}" if letter else "")


def read_tables(
    sheets: Sequence[RawSheet],
    settings: Settings,
    characters: Characters,
    input_name: str,
    faulty: Mapping[str, Absent] = MappingProxyType({}),
) -> Tables:
    """Read every canonical sheet; sheets of one name are appended in the order given.

    `input_name` is where a sheet is missed that no file has; by the items of the settings that are `faulty`
    no row is judged.
    """
    tables = Tables(cutoff=None if "数据截止日期" in faulty else settings.cutoff)
    tables.absent.update({(SETTINGS_SHEET, item): absent for item, absent in faulty.items()})
    tables.problems += _strange_sheets(sheets)
    short_names: Mapping[str, str] = {}
    for spec in SHEETS.values():
        reader = _reader_of(spec, settings, short_names, faulty)
        pieces = [sheet for sheet in sheets if sheet.name == spec.name]
        if not pieces and spec.required:
            missing = _missing_sheet(spec, sheets, input_name)
            tables.problems.append(missing)
            tables.lack(spec.name, spec.headers, missing.where, f"缺少“{spec.name}”表")
        _read_pieces(spec, pieces, reader, characters, tables)
        if spec.name == "保险公司":
            short_names = _insurers(tables)
    return tables


def _reader_of(
    spec: SheetSpec, settings: Settings, short_names: Mapping[str, str], faulty: Collection[str]
) -> Callable[[Column], Reader]:
    """Say how each column of a sheet is read."""
    insurer = insurer_reader(short_names, is_barring=spec.name in LETTER_SHEETS)
    lists = {
        Kind.AREA: area_reader(settings) if _AREA_LISTS.isdisjoint(faulty) else read_text,
        Kind.INDUSTRY: read_text if "行业类别" in faulty else industry_reader(settings),
        Kind.INSURER: insurer,
    }

    def reader(column: Column) -> Reader:
        if column.kind is Kind.CHOICE and not column.choices and "问题类别" in faulty:
            return read_text
        if column.kind is Kind.CHOICE:
            return choice_reader(column.header, column.choices or settings.kinds, column.other_words)
        if column.kind is Kind.MONEY:
            return money_reader(column.unit_fen)
        return lists.get(column.kind) or _READERS[column.kind]

    return reader


def _read_pieces(
    spec: SheetSpec,
    pieces: Sequence[RawSheet],
    reader: Callable[[Column], Reader],
    characters: Characters,
    tables: Tables,
) -> None:
    frames = []
    empty: list[tuple[RawSheet, Header]] = []
    for piece in pieces:
        header, problems = find_header(piece, spec.columns)
        tables.problems += (*hidden_parts(piece), *problems)
        _note_absent(spec, piece, header, problems, tables)
        if header is None:
            continue
        tables.letters[piece.file, spec.name] = {
            name: column_letter(position) for name, position in header.columns.items()
        }
        rows, problems = _data_rows(spec, piece, header)
        tables.problems += problems
        for problem in problems:
            if problem.severity is Severity.BARRING:
                tables.lack(spec.name, spec.headers, problem.where, problem.found)
        frame, problems = _read_rows(spec, piece, header, rows, reader, characters)
        tables.problems += problems
        if frame.empty:
            empty.append((piece, header))
        else:
            frames.append(frame)
    is_barring = spec.name in _MUST_HOLD_ROWS and not frames
    problems = tuple(_empty_sheet(piece, header, is_barring=is_barring) for piece, header in empty)
    tables.problems += problems
    if is_barring and problems:
        tables.lack(spec.name, spec.headers, problems[0].where, f"“{spec.name}”表没有数据")
    tables.frames[spec.name] = pd.concat(frames, ignore_index=True) if frames else _no_rows(spec)


def _note_absent(
    spec: SheetSpec, piece: RawSheet, header: Header | None, problems: Sequence[Problem], tables: Tables
) -> None:
    """Note the columns that a piece lacks, or has twice."""
    if header is None:
        tables.lack(spec.name, spec.headers, problems[0].where, f"“{spec.name}”表没有列名")
        return
    for problem in problems:
        if problem.severity is Severity.BARRING:
            tables.lack(spec.name, [problem.where.column], problem.where, problem.found)
    for name in spec.headers:
        if name not in header.columns:
            where = Place(piece.file, spec.name, column=name)
            tables.lack(spec.name, [name], where, f"“{spec.name}”表没有“{name}”列")


def _data_rows(
    spec: SheetSpec, piece: RawSheet, header: Header
) -> tuple[Sequence[Numbered], tuple[Problem, ...]]:
    """Choose the rows under the header that hold data, numbered from 1 as on screen, and say what is left out."""
    numbered = ((number, row) for number, row in enumerate(piece.rows, 1) if number > header.row + 1)
    rows: Sequence[Numbered] = [(number, row) for number, row in numbered if not is_blank_row(row)]
    problems: list[Problem] = []
    for choose in (without_repeated_headers, without_notes, without_totals, share_merged):
        rows, found = choose(spec, piece, header, rows)
        problems += found
    return rows, tuple(problems)


def _read_rows(
    spec: SheetSpec,
    piece: RawSheet,
    header: Header,
    numbered: Sequence[Numbered],
    reader: Callable[[Column], Reader],
    characters: Characters,
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    numbers = np.array([number for number, _ in numbered], dtype=np.int64)
    rows = [row for _, row in numbered]
    series: dict[str, pd.Series] = {}
    problems: list[Problem] = []
    for column in spec.columns:
        position = header.columns.get(column.header)
        if position is None:
            series[column.header] = typed([empty_value(column, spec.name)] * len(rows), column.kind)
            continue
        cells = Cells(
            piece.file, spec.name, column, column_letter(position), _cells_at(rows, position), numbers
        )
        in_unit = replace(column, unit_fen=header.units.get(column.header, column.unit_fen))
        read = read_day_of_1904 if column.kind is Kind.DAY and piece.is_1904 else reader(in_unit)
        series[column.header], found = read_column(cells, read, characters)
        problems += found
    return _frame(series, piece.file, spec.name, numbers), tuple(problems)


def _cells_at(rows: Sequence[Row], position: int) -> list[object]:
    """Take one column; rows of a CSV may be short."""
    try:
        return list(map(itemgetter(position), rows))
    except IndexError:
        return [row[position] if position < len(row) else "" for row in rows]


def _frame(
    series: Mapping[str, pd.Series], file: str, sheet: str, numbers: npt.NDArray[np.int64]
) -> pd.DataFrame:
    frame = pd.DataFrame(dict(series))
    frame["_file"] = pd.Series([file] * len(numbers), dtype="str")
    frame["_sheet"] = pd.Series([sheet] * len(numbers), dtype="str")
    frame["_row"] = pd.Series(numbers)
    return frame


def _no_rows(spec: SheetSpec) -> pd.DataFrame:
    series = {column.header: typed([], column.kind) for column in spec.columns}
    return _frame(series, "", spec.name, np.array([], dtype=np.int64))


def _insurers(tables: Tables) -> Mapping[str, str]:
    """Map every folded name of every insurer to its 简称; say the names that two insurers claim."""
    frame = tables.frames["保险公司"]
    columns = ("简称", "全称", "主送名称", "系统内名称")
    rows = zip(*(frame[column] for column in columns), strict=True)
    names = list(insurer_names(dict(zip(columns, row, strict=True)) for row in rows))
    for first, other in claimed_twice(names):
        origin = tables.place("保险公司", first.row, first.header)
        tables.problems.append(
            Problem(
                Code.INSURER_NAME_TWICE,
                Severity.BARRING,
                tables.place("保险公司", other.row, other.header),
                f"名称“{other.name}”已用于“{first.short_name}”（{origin.file} 第 {origin.row} 行），"
                f"又用于“{other.short_name}”",
                "一个名称只属于一家保险公司，如 甲某财险苏州分公司",
                "留在正确的一家，从另一家删去",
            )
        )
    short_names: dict[str, str] = {}
    for name in names:
        short_names.setdefault(folded(name.name), name.short_name)
    return short_names


def _strange_sheets(sheets: Sequence[RawSheet]) -> Iterator[Problem]:
    known = (*SHEETS, SETTINGS_SHEET, PASSES_SHEET)
    for sheet in sheets:
        if sheet.name or sheet.title in OWN_SHEETS:
            continue
        nearest = difflib.get_close_matches(sheet.title, known, n=1, cutoff=0.4)
        yield Problem(
            Code.EXTRA_SHEET,
            Severity.NOTICE,
            Place(sheet.file, sheet.title, 1, cell="A1"),
            f"“{sheet.title}”不是规定的表，没有读取",
            f"规定的表名，如 {nearest[0] if nearest else '保单'}",
            f"若就是“{nearest[0]}”表，改成这个名称" if nearest else "用不着可不处理",
        )


def _missing_sheet(spec: SheetSpec, sheets: Sequence[RawSheet], input_name: str) -> Problem:
    titles = [sheet.title for sheet in sheets if not sheet.name]
    nearest = difflib.get_close_matches(spec.name, titles, n=1, cutoff=0.4)
    found = f"缺少“{spec.name}”表" + (f"，最接近的是“{nearest[0]}”" if nearest else "")
    remedy = f"把“{nearest[0]}”改名为“{spec.name}”" if nearest else f"补上“{spec.name}”表，没有数据也要有列名"
    return Problem(
        Code.MISSING_SHEET,
        Severity.BARRING,
        Place(input_name),
        found,
        f"“{spec.name}”表，每行是{spec.row_is}，列名有 {'、'.join(spec.headers)}",
        remedy,
    )


def _empty_sheet(piece: RawSheet, header: Header, *, is_barring: bool) -> Problem:
    row = header.row + 2
    return Problem(
        Code.EMPTY_SHEET,
        Severity.BARRING if is_barring else Severity.NOTICE,
        Place(piece.file, piece.name, row, cell=f"A{row}"),
        f"“{piece.name}”表只有列名，没有数据",
        f"每行是{SHEETS[piece.name].row_is}",
        "补上数据" if is_barring else "确实没有可不处理，否则补上数据",
    )
