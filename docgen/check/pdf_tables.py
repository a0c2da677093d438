"""Find tables on a page of a PDF by the rules that part their columns, and the lines of text within them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence

from docgen.check.pdf_frame import is_red
from docgen.check.pdf_lines import around
from docgen.check.seen import Box, SeenLine, SeenRule

_APART = 1.5
_NARROWEST = 5.0
_LOWEST = 3.0
_SAME = 1.0
_WIDE = 60.0


def tables_of(rules: Sequence[SeenRule]) -> tuple[Box, ...]:
    """Give the boxes of tables from the top: rules down the page at two places or more, or three or more alike across."""
    down = sorted(
        (rule.box for rule in rules if rule.box.height > max(_LOWEST, rule.box.width)),
        key=lambda box: box.top,
    )
    regions: list[list[Box]] = []
    for box in down:
        if regions and box.top <= max(other.bottom for other in regions[-1]) + _APART:
            regions[-1].append(box)
        else:
            regions.append([box])
    boxes = [around(region) for region in regions]
    boxes = [box for box in boxes if box.width >= _NARROWEST]
    return tuple(sorted((*boxes, *_open_tables(rules, boxes)), key=lambda box: box.top))


def _open_tables(rules: Sequence[SeenRule], known: Sequence[Box]) -> Iterable[Box]:
    """Tables that have no rules down the page: three or more of one length under one another."""
    across = [
        rule.box
        for rule in rules
        if rule.box.width >= _WIDE
        and not is_red(rule.colour)
        and not any(box.top - _SAME <= rule.box.top <= box.bottom + _SAME for box in known)
    ]
    groups: dict[tuple[int, int], list[Box]] = {}
    for box in across:
        groups.setdefault((round(box.left / _SAME), round(box.right / _SAME)), []).append(box)
    return [around(group) for group in groups.values() if len(group) >= 3]


def stands_in(line: SeenLine, boxes: Iterable[Box]) -> Box | None:
    """Give the box that a line stands in."""
    middle = (line.ink.top + line.ink.bottom) / 2
    return next((box for box in boxes if box.top < middle < box.bottom and line.ink.right > box.left), None)


def text_of(lines: Iterable[SeenLine], box: Box, rules: Sequence[SeenRule]) -> str:
    """Write a table's text, its rows from the top and each cell's lines together; cells are parted by a blank."""
    return "\u3000".join("".join(cell) for cell in cells_of(lines, box, rules).values())


def cells_of(
    lines: Iterable[SeenLine], box: Box, rules: Sequence[SeenRule]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Give a table's cells by row and column, in order, each as its lines from the top."""
    within = [
        rule.box for rule in rules if box.top - _SAME < rule.box.top and rule.box.bottom < box.bottom + _SAME
    ]
    columns = _places((edge.left + edge.right) / 2 for edge in within if edge.height > edge.width)
    rows = _places((edge.top + edge.bottom) / 2 for edge in within if edge.width > edge.height)
    cells: dict[tuple[int, int], list[str]] = {}
    for line in lines:
        row = bisect(rows, (line.ink.top + line.ink.bottom) / 2)
        own: dict[int, str] = {}
        for glyph in line.glyphs:
            column = bisect(columns, (glyph.ink.left + glyph.ink.right) / 2)
            own[column] = own.get(column, "") + glyph.char
        for column, text in own.items():
            cells.setdefault((row, column), []).append(text)
    return {place: tuple(cells[place]) for place in sorted(cells)}


def _places(values: Iterable[float]) -> list[float]:
    """Give the places of rules in order, those that are as good as one as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SAME:
            places.append(value)
    return places
