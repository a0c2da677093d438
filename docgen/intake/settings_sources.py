"""Find the settings of a run, in 发文.toml or the sheet 发文信息, and hold the two against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from docgen.errors import Place, Problem, Severity, UsageError
from docgen.intake.characters import Characters
from docgen.intake.codes import Code, printable, shown
from docgen.intake.headers import column_letter, find_header, plain_header
from docgen.intake.sheets import RawSheet
from docgen.intake.sources import SETTINGS_FILE
from docgen.records import SETTINGS_SHEET
from docgen.settings import Settings, parse_settings, read_toml, toml_lines

_HEADERS = ("项目", "内容")
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
        header, found = find_header(piece, _HEADERS, _HEADERS)
        problems += found
        if header is None or len(header.columns) < len(_HEADERS):
            continue
        name_at, content_at = (header.columns[name] for name in _HEADERS)
        for number, row in enumerate(piece.rows[header.row + 1 :], header.row + 2):
            name, content = (row[at] if at < len(row) else "" for at in (name_at, content_at))
            item = printable(plain_header(name))
            if not item:
                continue
            place = Place(piece.file, piece.name, number, item, f"{column_letter(content_at)}{number}")
            if item in items and items[item] != content:
                problems.append(_twice(item, items[item], content, place))
            items.setdefault(item, content)
            places.setdefault(item, place)
    where = Place(pieces[0].file, SETTINGS_SHEET, 1, cell="A1")
    return SettingsSource(f"工作表“{SETTINGS_SHEET}”", items, where, places, tuple(problems))


def read_settings(
    sources: Sequence[SettingsSource], input_name: str, characters: Characters
) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Parse each source; the first is used, a second one must mean the same."""
    if not sources:
        return None, (_none_found(input_name),)
    problems: list[Problem] = []
    parsed: list[Settings | None] = []
    for source in sources:
        problems += source.problems
        items = {}
        for item, content in source.items.items():
            items[item], found = _cleaned(content, source.place(item), characters)
            problems += found
        settings, found = parse_settings(items, source.where, source.places)
        parsed.append(settings)
        problems += found
    if len(sources) > 1 and parsed[0] is not None and parsed[1] is not None:
        problems += _conflicts(sources, parsed[0], parsed[1])
    is_barred = any(problem.severity is Severity.BARRING for problem in problems)
    return None if is_barred else parsed[0], tuple(problems)


def _cleaned(content: object, place: Place, characters: Characters) -> tuple[object, tuple[Problem, ...]]:
    """Mend the bad characters of an item, and nothing else: a title may be broken into lines."""
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


def _conflicts(sources: Sequence[SettingsSource], one: Settings, other: Settings) -> Iterator[Problem]:
    """Name each item that the two sources give differently, with what each of them says."""
    first, second = sources[:2]
    for spec in fields(Settings):
        if getattr(one, spec.name) == getattr(other, spec.name):
            continue
        item = spec.metadata["item"]
        yield Problem(
            Code.SETTINGS_CONFLICT,
            Severity.BARRING,
            second.place(item),
            f"“{item}”在 {first.name} 里{_stated(first, item)}，在{second.name}里{_stated(second, item)}",
            f"两处写得一样，或只留一处，如只用 {first.name}",
            f"核定“{item}”后改成一致，或删去其中一处设置",
        )


def _stated(source: SettingsSource, item: str) -> str:
    content = source.items.get(item, "")
    if content in ("", []):
        return "没有写"
    return f"是“{shown('；'.join(map(str, content)) if isinstance(content, list) else content)}”"


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
