"""Which damage each case does: the number of a case decides it, so that any of them can be had again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.fuzz import markup, package, rows
from tests.fuzz.seed import Files, Seed

Damage = Callable[[Seed, Random], Files]

DAMAGES: tuple[Damage, ...] = (
    package.bits_of_the_file,
    package.cut_short,
    package.bits_of_a_part,
    package.bits_of_the_directory,
    package.strange_members,
    package.streamed,
    package.bombs,
    package.other_files,
    package.damaged_samples,
    markup.tags,
    markup.attributes,
    markup.addresses,
    markup.values,
    markup.types,
    markup.shared_texts,
    markup.looks,
    markup.book,
    markup.merges,
    rows.headers,
    rows.cells,
    rows.columns,
    rows.order,
    rows.sheets,
    rows.csv_files,
    rows.settings,
    rows.settings_sheet,
)


class Case(NamedTuple):
    """One damaged input, and the paper that is made of it when it is let pass (one in six: any at all)."""

    number: int
    damage: str
    files: Files
    paper: tuple[str, ...] | None


_PAPERS = (
    ("notices", "--format", "docx"),
    ("notices", "--format", "xlsx"),
    ("annexes", "--format", "xlsx"),
    ("circular", "--format", "docx"),
)
_ONE_PAPER_IN = 6


def make_case(number: int, seed: Seed, seed_number: int) -> Case:
    """Make the case of this number; each damage has its turn."""
    rng = Random(f"{seed_number} {number}")
    damage = DAMAGES[number % len(DAMAGES)]
    files = damage(seed, rng)
    paper = rng.choice(_PAPERS) if rng.randrange(_ONE_PAPER_IN) == 0 else None
    return Case(number, damage.__name__, files, paper)
