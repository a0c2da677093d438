"""Turn a workbook, or a folder of workbooks and CSV files, into records and the problems found in them.

Nothing is guessed in silence: what was normalised is said (提示), what is doubtful is marked (待核), what
cannot be used bars (阻断). Bounded: a hostile file costs a message, not the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Problem, Severity, Unreadable
from docgen.intake.characters import Characters
from docgen.intake.codes import PENDING, Code, printable
from docgen.intake.crossrows import check_rows
from docgen.intake.leftovers import left_out
from docgen.intake.passes import Pass, PassCode, Passed, let_pass, passes_without_effect, read_passes
from docgen.intake.settings_sources import (
    SettingsSource,
    from_file,
    from_sheets,
    read_settings,
    settings_file,
)
from docgen.intake.sources import Sources, raise_all, read_sources
from docgen.intake.tables import read_tables
from docgen.records import Records
from docgen.settings import Settings

__all__ = [
    "PENDING",
    "Code",
    "Intake",
    "Pass",
    "PassCode",
    "Passed",
    "let_pass",
    "passes_without_effect",
    "read_input",
]


@dataclass(frozen=True)
class Intake:
    """What an input holds. `records` is None when its rows bar, `settings` when the settings do.

    `problems` are those after `passes`, the rows of 放行, were heard.
    """

    records: Records | None
    settings: Settings | None
    problems: tuple[Problem, ...]
    passes: tuple[Pass, ...] = ()

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
    name = printable(path.name)
    read = read_settings(settings_sources, name, characters)
    passes, pass_problems = read_passes(sources.sheets)
    tables = read_tables(sources.sheets, read.items, characters, name, faulty=read.faulty)
    # Heard before the rows are held against one another: a cell that is let pass is checked like any other.
    tables.problems = list(let_pass(tables.problems, passes))
    used = settings_path.resolve() if settings_path else None
    extra = (name for name in sources.ignored if (path / name).resolve() != used)
    row_problems = (*map(left_out, extra), *tables.problems, *check_rows(tables))
    is_barred = any(problem.severity is Severity.BARRING for problem in row_problems)
    records = None if is_barred else Records(tables.frames, frozenset(tables.absent), tables.letters)
    problems = let_pass((*read.problems, *row_problems), passes)
    return Intake(records, read.settings, (*problems, *pass_problems), passes)


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
