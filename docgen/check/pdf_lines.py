"""Gather characters into the lines they stand on, and cut lines where a wide white parts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from docgen.check.pdf_place import POINT
from docgen.check.seen import Box, Glyph, SeenLine

_NEAR = 0.1
"""Characters stand on one line when their feet differ by less than this part of their size."""
_BLANK = 0.9
_NAMES = 0.9


def lines_of(standing: Iterable[tuple[float, Glyph]], page: int, turn: int = 0) -> tuple[SeenLine, ...]:
    """Give the lines of characters that are turned alike, each with its foot, in the order they are read."""
    rows: list[list[tuple[float, Glyph]]] = []
    for foot, glyph in sorted(standing, key=lambda pair: pair[0]):
        if rows:
            first, one = rows[-1][0]
            if foot - first <= _NEAR * min(one.size, glyph.size) * POINT:
                rows[-1].append((foot, glyph))
                continue
        rows.append([(foot, glyph)])
    lines = [line for row in rows if (line := _line(row, page, turn)) is not None]
    return tuple(lines[::-1] if turn in (180, 270) else lines)


def _line(row: Sequence[tuple[float, Glyph]], page: int, turn: int) -> SeenLine | None:
    ordered = sorted((glyph for _, glyph in row), key=lambda glyph: glyph.x, reverse=turn in (90, 180))
    shown = tuple(glyph for glyph in ordered if not glyph.char.isspace())
    if not shown:
        return None
    feet = sorted(foot for foot, glyph in row if not glyph.char.isspace())
    text = "".join(glyph.char for glyph in ordered).strip()
    return SeenLine(page, feet[len(feet) // 2], shown, around(glyph.ink for glyph in shown), text, turn)


def around(boxes: Iterable[Box]) -> Box:
    """Give the box that holds all of these."""
    every = list(boxes)
    return Box(
        min(box.left for box in every),
        min(box.top for box in every),
        max(box.right for box in every),
        max(box.bottom for box in every),
    )


def pieces(line: SeenLine, wide: float) -> tuple[SeenLine, ...]:
    """Cut an upright line wherever a white of at least so many of its characters parts it."""
    groups: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, glyph in pairwise(line.glyphs):
        if glyph.ink.left - before.ink.right >= wide * glyph.size * POINT:
            groups.append([])
        groups[-1].append(glyph)
    if len(groups) == 1:
        return (line,)
    return tuple(part_of(line, group) for group in groups)


def names_apart(line: SeenLine) -> tuple[SeenLine, ...]:
    """Cut an upright line where a white is wider by a character than those within it: names beside one another.

    The characters of a name that is spread to a width stand evenly apart, and it is one.
    """
    gaps = sorted(b.ink.left - a.ink.right for a, b in pairwise(line.glyphs))
    usual = max(0.0, gaps[len(gaps) // 2]) if gaps else 0.0
    return pieces(line, _NAMES + usual / (line.glyphs[0].size * POINT))


def part_of(line: SeenLine, glyphs: Sequence[Glyph]) -> SeenLine:
    """Give some of a line's characters as a line; blanks between them are written where there is room for one."""
    text = glyphs[0].char
    for before, glyph in pairwise(glyphs):
        gap = glyph.ink.left - before.ink.right
        text += ("\u3000" if gap > _BLANK * glyph.size * POINT else "") + glyph.char
    box = around(glyph.ink for glyph in glyphs)
    return SeenLine(line.page, line.baseline, tuple(glyphs), box, text, line.turn)
