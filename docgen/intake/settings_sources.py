"""Find the settings of a run, in 发文.toml or the sheet 发文信息, and hold the two against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Place, Problem, Severity, UsageError
from docgen.intake.characters import Characters
from docgen.intake.checks import Absent
from docgen.intake.codes import Code, printable, shown
from docgen.intake.columns import uncalculated
from docgen.intake.header_words import plain_header
from docgen.intake.headers import column_letter, find_header
from docgen.intake.hidden import hidden_parts
from docgen.intake.sheets import RawSheet, Uncalculated
from docgen.intake.sources import SETTINGS_FILE
from docgen.records import SETTINGS_SHEET, Column, Kind
from docgen.settings import (
    DAY_ITEMS,
    Settings,
    day_of_serial,
    is_blank,
    mean_the_same,
    parse_items,
    read_toml,
    toml_lines,
    wrong_setting,
)
from docgen.styles import profiles

_HEADERS = ("项目", "内容")
_COLUMNS = (
    Column("项目", Kind.TEXT, required=True, aliases=("项目名称", "设置项")),
    Column("内容", Kind.TEXT, required=True, aliases=("填写内容", "项目内容")),
)
ITEMS_FOR_ROWS = ("属地", "属地别名", "属地待核", "行业类别", "问题类别", "数据截止日期")
"""The items by which rows are judged."""
_KEPT_CODES = (Code.CONTROL_CHARACTER, Code.NO_GLYPH, Code.CELL_TOO_LONG, Code.LINE_BREAK)
_LINE_END = re.compile(r"\r\n|\r|\n")
"""Where a title is broken; other breaks, and controls that Python takes for line ends, are characters to be mended."""


@dataclass(frozen=True)
class SettingsSource:
    """The flat items of one source, and where each of them stands."""

    name: str
    items: Mapping[str, object]
    where: Place
    places: Mapping[str, Place]
    problems: tuple[Problem, ...] = ()

    def place(self, item: str) -> Place:
        """Name the cell or line of an item; the source itself when the item is not there."""
        return self.places.get(item, self.where)


def settings_file(path: Path, settings_path: Path | None) -> Path | None:
    """Find the settings file: the one that is named, else 发文.toml inside the folder or beside the input."""
    if settings_path is not None:
        if not settings_path.is_file():
            raise UsageError(f"找不到设置文件 {printable(settings_path.name)}", f"写出 {SETTINGS_FILE} 的路径")
        return settings_path
    folders = (path, path.resolve().parent) if path.is_dir() else (path.resolve().parent,)
    return next((folder / SETTINGS_FILE for folder in folders if (folder / SETTINGS_FILE).is_file()), None)


def from_file(path: Path) -> SettingsSource:
    """Read 发文.toml; raise `Unreadable` when it is no TOML."""
    name = printable(path.name)
    places = {printable(item): Place(name, line=line) for item, line in toml_lines(path).items()}
    items = {printable(item): content for item, content in read_toml(path).items()}
    return SettingsSource(name, items, Place(name), places)


def from_sheets(sheets: Sequence[RawSheet]) -> SettingsSource | None:
    """Read the sheet 发文信息 (of several files, one item each); None when there is none."""
    pieces = [sheet for sheet in sheets if sheet.name == SETTINGS_SHEET]
    if not pieces:
        return None
    items: dict[str, object] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for piece in pieces:
        header, found = find_header(piece, _COLUMNS)
        problems += (*hidden_parts(piece), *found)
        if header is None or len(header.columns) < len(_HEADERS):
            continue
        name_at, content_at = (header.columns[name] for name in _HEADERS)
        for number, row in enumerate(piece.rows[header.row + 1 :], header.row + 2):
            name, content = (row[at] if at < len(row) else "" for at in (name_at, content_at))
            item = printable(plain_header(name))
            if not item:
                continue
            if piece.is_1904 and item in DAY_ITEMS:
                content = day_of_serial(content, is_1904=True) or content
            place = Place(piece.file, piece.name, number, item, f"{column_letter(content_at)}{number}")
            if item in items and items[item] != content:
                problems.append(_twice(item, items[item], content, place))
            items.setdefault(item, content)
            places.setdefault(item, place)
    where = Place(pieces[0].file, SETTINGS_SHEET, 1, cell="A1")
    return SettingsSource(f"工作表“{SETTINGS_SHEET}”", items, where, places, tuple(problems))


@dataclass(frozen=True)
class SettingsRead:
    """What the sources say: `settings` is None when a problem bars.

    `items` are for judging rows even then: all that is well formed, with the defaults of what is not written.
    `faulty` holds the items whose content cannot be used, each with its place: no row is judged by their defaults.
    """

    settings: Settings | None
    items: Settings
    faulty: Mapping[str, Absent]
    problems: tuple[Problem, ...]


def read_settings(
    sources: Sequence[SettingsSource], input_name: str, characters: Characters
) -> SettingsRead:
    """Parse the items of all sources together: what one of them does not write, another may.

    Of an item that two of them write, the first is used, and the other must mean the same.
    """
    if not sources:
        none = _none_found(input_name)
        nothing = dict.fromkeys(ITEMS_FOR_ROWS, Absent(none.where, "没有发文信息"))
        return SettingsRead(None, Settings(), nothing, (none,))
    problems: list[Problem] = []
    faulty: set[str] = set()
    items: dict[str, object] = {}
    places: dict[str, Place] = {}
    writers: dict[str, SettingsSource] = {}
    for source in sources:
        problems += source.problems
        faulty.update(_faulty_by(source))
        for name, content in source.items.items():
            item = name.strip()
            content, found = _cleaned(content, source.place(name), characters)
            problems += found
            if any(problem.severity is Severity.BARRING for problem in found):
                faulty.add(item)
            if item in writers and not is_blank(content):
                conflicts = tuple(_conflict(item, writers[item], items[item], source, content))
                problems += conflicts
                faulty.update(item for _ in conflicts)
            if item not in items or (item not in writers and not is_blank(content)):
                items[item], places[item] = content, source.place(name)
            if not is_blank(content):
                writers.setdefault(item, source)
    read = parse_items(items, sources[0].where, places)
    problems += read.problems
    if read.items.profile not in ("", *profiles()):
        right = f"不写（按国家标准），或 {'、'.join(profiles())}"
        problems.append(wrong_setting("版式", read.items.profile, right, places["版式"]))
    is_barred = any(problem.severity is Severity.BARRING for problem in problems)
    unusable = {
        item: Absent(places.get(item, sources[0].where), f"“{item}”{'有误' if item in writers else '没有写明'}")
        for item in ITEMS_FOR_ROWS
        if item in faulty | read.faulty
    }
    return SettingsRead(None if is_barred else read.settings, read.items, unusable, tuple(problems))


def _faulty_by(source: SettingsSource) -> Iterator[str]:
    """Name the items that a source's own faults leave unknown: one that is written twice, all without a header."""
    for problem in source.problems:
        if problem.severity is Severity.BARRING:
            item = problem.where.column
            yield from [item] if item in source.items else ITEMS_FOR_ROWS


def _cleaned(content: object, place: Place, characters: Characters) -> tuple[object, tuple[Problem, ...]]:
    """Mend the bad characters of an item, and nothing else: a title may be broken into lines."""
    if isinstance(content, Uncalculated):
        return "", (uncalculated(content, Severity.BARRING).at(place),)
    if isinstance(content, list):
        parts = [_cleaned(part, place, characters) for part in content]
        return [part for part, _ in parts], tuple(problem for _, found in parts for problem in found)
    if not isinstance(content, str):
        return content, ()
    lines = [characters.clean(line) for line in _LINE_END.split(content)]
    faults = [fault for _, faults in lines for fault in faults]
    if not any(fault.code in _KEPT_CODES for fault in faults):
        return content, ()
    return "\n".join(str(line) for line, _ in lines), tuple(fault.at(place) for fault in faults)


def _conflict(
    item: str, first: SettingsSource, content: object, second: SettingsSource, other: object
) -> Iterator[Problem]:
    """Name an item that two sources give differently, with what each of them says."""
    if not mean_the_same(item, content, other):
        yield Problem(
            Code.SETTINGS_CONFLICT,
            Severity.BARRING,
            second.place(item),
            f"“{item}”在 {first.name} 里是“{_stated(content)}”，在{second.name}里是“{_stated(other)}”",
            f"两处写得一样，或只留一处，如只用 {first.name}",
            f"核定“{item}”后改成一致，或删去其中一处",
        )


def _stated(content: object) -> str:
    return shown("；".join(map(str, content)) if isinstance(content, list) else content)


def _twice(item: str, first: object, second: object, place: Place) -> Problem:
    return Problem(
        Code.SETTING_TWICE,
        Severity.BARRING,
        place,
        f"项目“{item}”写了两次：“{shown(first)}”和“{shown(second)}”",
        "每个项目一行，如 序号 132",
        "删去其中一行",
    )


def _none_found(input_name: str) -> Problem:
    return Problem(
        Code.NO_SETTINGS,
        Severity.BARRING,
        Place(input_name),
        f"既没有 {SETTINGS_FILE}，也没有工作表“{SETTINGS_SHEET}”",
        f"{SETTINGS_FILE} 放在数据旁边，或工作表“{SETTINGS_SHEET}”列出项目和内容",
        "补上其中一种",
    )
