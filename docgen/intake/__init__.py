"""Turn a workbook, or a folder of workbooks and CSV files, into records and the problems found in them.

Nothing is guessed in silence: what was normalised is said (提示), what is doubtful is marked (待核), what
cannot be used bars (阻断). Bounded: a hostile file costs a message, not the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Place, Problem, Severity, Unreadable
from docgen.intake.characters import Characters
from docgen.intake.codes import PENDING, Code, printable
from docgen.intake.crossrows import check_rows
from docgen.intake.settings_sources import (
    SettingsSource,
    from_file,
    from_sheets,
    read_settings,
    settings_file,
)
from docgen.intake.sources import SETTINGS_FILE, Sources, raise_all, read_sources
from docgen.intake.tables import read_tables
from docgen.records import Records
from docgen.settings import Settings

__all__ = ["PENDING", "Code", "Intake", "read_input"]


@dataclass(frozen=True)
class Intake:
    """What an input holds. `records` is None when its rows bar, `settings` when the settings do."""

    records: Records | None
    settings: Settings | None
    problems: tuple[Problem, ...]

    @property
    def is_barred(self) -> bool:
        """Whether nothing can be made of the input."""
        return any(problem.severity is Severity.BARRING for problem in self.problems)


def _nothing(_text: str) -> Iterable[str]:
    return ()


def read_input(
    path: Path, settings_path: Path | None = None, undrawable: Callable[[str], Iterable[str]] = _nothing
) -> Intake:
    """Read everything at `path`, and the settings from `settings_path`, 发文.toml or the sheet 发文信息.

    `undrawable` yields the characters of a text that no font can draw. Raise `UsageError` when a path is not
    there, `Unreadable` naming every file that cannot be read.
    """
    sources, settings_sources = _gather(path, settings_path)
    characters = Characters(undrawable)
    settings, setting_problems = read_settings(settings_sources, printable(path.name), characters)
    tables = read_tables(sources.sheets, settings or Settings(), characters)
    used = settings_path.resolve() if settings_path else None
    extra = (name for name in sources.ignored if (path / name).resolve() != used)
    row_problems = (*map(_extra_file, extra), *tables.problems, *check_rows(tables, settings))
    is_barred = any(problem.severity is Severity.BARRING for problem in row_problems)
    records = None if is_barred else Records(tables.frames)
    return Intake(records, settings, (*setting_problems, *row_problems))


def _gather(path: Path, settings_path: Path | None) -> tuple[Sources, tuple[SettingsSource, ...]]:
    """Read all files before anything is judged, so that every unreadable one is named at once."""
    failures: list[Unreadable] = []
    sources = Sources(())
    try:
        sources = read_sources(path)
    except Unreadable as failure:
        failures.append(failure)
    file = settings_file(path, settings_path)
    found = [from_sheets(sources.sheets)]
    if file is not None:
        try:
            found.insert(0, from_file(file))
        except Unreadable as failure:
            failures.append(failure)
    raise_all(failures)
    if not sources.sheets:
        raise Unreadable(f"{printable(path.name)} 里一个工作表也没有", "确认选对了文件，或向提供单位重要一份")
    return sources, tuple(source for source in found if source is not None)


def _extra_file(name: str) -> Problem:
    name = printable(name)
    return Problem(
        Code.EXTRA_FILE,
        Severity.NOTICE,
        Place(name),
        f"“{name}”不是工作簿或 CSV，没有读取",
        f"工作簿（.xlsx、.xlsm）、CSV 或 {SETTINGS_FILE}",
        "用不着可不处理",
    )
