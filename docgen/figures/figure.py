"""A figure: a value that knows its unit, how it was counted, and the rows that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.errors import Problem
from docgen.records import SourceRow

FEN, PER_MILLE = "分", "‰"
"""Units of whole values that are shown in another unit: money in 元, shares in %."""


def part_name(whole: str, part: str) -> str:
    """Name a part with what it is a part of: 分行业投保单位数/医药, 甲山财险/问题保单数."""
    return f"{whole}/{part}"


@dataclass(frozen=True)
class Figure:
    """One figure of the circular or of a letter. `parts` are its terms, in the order of printing."""

    name: str
    value: int
    unit: str
    how: str
    rows: Sequence[SourceRow]
    parts: tuple[Figure, ...] = ()
    doubts: tuple[Problem, ...] = ()
    """待核 problems in the cells by which it was counted."""

    def __bool__(self) -> bool:
        return self.value != 0
