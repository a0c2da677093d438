"""One trial: a changed copy, counted by docgen and by the recount, and everything in which they disagree."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.errors import Barred, Unreadable
from docgen.issuing import Paper, draft_papers, load_metrics, read_and_count
from docgen.layout import Metrics
from docgen.styles import load_stylesheet
from tests.recount.cells import read_book
from tests.recount.copies import Copy
from tests.recount.counted import Outcome, differences
from tests.recount.finished import finished_faults, make
from tests.recount.judge import faults
from tests.recount.mutations import change
from tests.recount.recount import recount
from tests.recount.settings import read_rules
from tests.recount.told import Told, barred_by, tell, told_by

ROOT = Path(__file__).parents[2]
SOURCES = {
    "2024h1": ROOT / "fixtures" / "2024h1" / "检查数据.xlsx",
    "messy": ROOT / "fixtures" / "messy",
}


@dataclass(frozen=True)
class Trial:
    """What a trial came to; of no fault and no bar it can be said that docgen followed the change."""

    name: str
    faults: tuple[str, ...]
    is_barred: bool
    is_doubted: bool
    is_rendered: bool
    seconds: float


@cache
def metrics() -> Metrics:
    return load_metrics(load_stylesheet())


@cache
def original(source: str) -> Copy:
    return Copy.of(SOURCES[source])


@cache
def counted_original(source: str) -> Outcome:
    return recounted(SOURCES[source])


def recounted(path: Path) -> Outcome:
    return recount(read_book(path), read_rules(path))


def try_seed(source: str, seed: int, *, is_rendered: bool = False) -> Trial:
    """Change a copy by its seed, let both count it, and compare; a rendered one is read back from its files."""
    changed = change(original(source), seed)
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        path = changed.copy.write(Path(folder) / "数据")
        outcome = recounted(path)
        told = Told.nothing(())
        found: list[str] = []
        try:
            drafted = draft_papers(read_and_count(path, None, metrics()), Paper)
            told = told_by(drafted)
        except (Barred, Unreadable) as error:
            told = barred_by(error)
        found.extend(faults(changed, told, outcome, counted_original(source)))
        can_be_rendered = is_rendered and not told.is_barred and not found
        if can_be_rendered:
            reading = next(r for r in outcome.readings if not any(differences(r, told.counted)))
            make(drafted, metrics(), Path(folder) / "输出")
            found.extend(finished_faults(path, Path(folder) / "输出", reading, told))
    is_doubted = bool(told.said() - _said(source))
    return Trial(
        f"{source} {changed}", tuple(found), told.is_barred, is_doubted, can_be_rendered, time.monotonic() - begun
    )


def try_one(one: tuple[str, int]) -> Trial:
    """Try the seed of a source."""
    return try_seed(*one)


def try_until_rendered(one: tuple[str, int]) -> Trial:
    """Try the seeds from this one on until a copy can be rendered, or disagrees."""
    source, seed = one
    while True:
        trial = try_seed(source, seed, is_rendered=True)
        if trial.is_rendered or trial.faults:
            return trial
        seed += 1


@cache
def _said(source: str) -> set[tuple[str, str, int]]:
    return tell(SOURCES[source], metrics()).said()


def plan(count: int) -> Iterator[tuple[str, int]]:
    """Half the trials on each fixture."""
    for number in range(count):
        yield ("messy", "2024h1")[number % 2], number // 2
