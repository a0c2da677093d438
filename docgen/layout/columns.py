"""Share the width of the 版心 among a table's columns, by what stands in them; choose the size of type.

A table that no page holds well as it is read stands on turned pages, whose 版心 is as wide as the upright one is
high (GB/T 9704-2012, clause 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.gongwen import Table, TableColumn
from docgen.layout.metrics import Metrics
from docgen.layout.setting import TextStyle
from docgen.styles import Stylesheet
from docgen.units import Length, twips

SLACK = twips(2)
"""Cells are broken a hair narrower than they are, so that no other reader needs a line more."""
_MOST_LINES = 60
"""No cell is given its width by so many lines."""


@dataclass(frozen=True)
class Columns:
    """The widths of a table's columns, in whole twips, and the type its cells are set in.

    `lines` are about those of its tallest cell; `has_room` tells whether every column has at least what its longest
    word needs, and an empty one, which is filled in by hand, what it was given.
    """

    widths: tuple[Length, ...]
    is_small: bool
    lines: int
    has_room: bool


@dataclass(frozen=True)
class _Want:
    """What a column asks for, padding left out: its longest whole word, what reads well, and its longest text."""

    word: int
    least: int
    longest: int

    def for_lines(self, lines: int, em: int) -> int:
        """The width at which its longest text takes so many lines, a character lost at each line's end."""
        return max(self.least, self.longest if lines == 1 else self.longest // lines + em)


def table_style(stylesheet: Stylesheet, role: str = "fangsong", *, is_small: bool = False) -> TextStyle:
    """The type of a table's cells, its caption and its notes."""
    style = stylesheet.table
    size, pitch = (style.small_size, style.small_pitch) if is_small else (style.size, style.line_pitch)
    return TextStyle(role, size, pitch, gap=size * stylesheet.grid.cjk_latin_gap)


def share_columns(
    metrics: Metrics, stylesheet: Stylesheet, table: Table, texts: Sequence[Sequence[str]], total: Length
) -> Columns:
    """Choose widths so that the tallest cell has the fewest lines; the smaller type where that helps a crowd.

    They add up to `total`. What is left over goes to the columns whose texts are still broken, then to all alike.
    """
    full = _shared(metrics, stylesheet, table, texts, total, is_small=False)
    if full.lines > stylesheet.table.easy_lines:
        small = _shared(metrics, stylesheet, table, texts, total, is_small=True)
        if small.lines < full.lines or not full.has_room:
            return small
    return full


def has_to_turn(
    metrics: Metrics, stylesheet: Stylesheet, table: Table, texts: Sequence[Sequence[str]]
) -> bool:
    """Tell whether a table is hard to read upright and easy turned, or has no room for its columns upright."""
    page, easy = stylesheet.page, stylesheet.table.easy
    upright = share_columns(metrics, stylesheet, table, texts, page.area_width)
    if upright.lines <= easy(is_small=upright.is_small):
        return False
    turned = share_columns(metrics, stylesheet, table, texts, page.area_height)
    return not upright.has_room or turned.lines <= easy(is_small=turned.is_small)


def _shared(
    metrics: Metrics,
    stylesheet: Stylesheet,
    table: Table,
    texts: Sequence[Sequence[str]],
    width: Length,
    *,
    is_small: bool,
) -> Columns:
    style = table_style(stylesheet, is_small=is_small)
    em = int(style.size)
    around = 2 * int(stylesheet.table.beside(is_small=is_small)) + 2 * int(SLACK)
    total = int(width)
    room = total - around * len(table.columns)
    wants = [
        _want(metrics, style, column, {row[place] for row in texts}, stylesheet.table.short_chars)
        for place, column in enumerate(table.columns)
    ]
    least = [want.least for want in wants]
    for lines in range(1, _MOST_LINES):
        needs = [want.for_lines(lines, em) for want in wants]
        if sum(needs) <= room:
            break
    else:
        lines = _MOST_LINES
        needs = _pressed(wants, room)
    wanting = [max(want.longest - need, 0) for want, need in zip(wants, needs, strict=True)]
    given = min(room - sum(needs), sum(wanting))
    needs = [need + given * more // max(sum(wanting), 1) for need, more in zip(needs, wanting, strict=True)]
    rest = room - sum(needs)
    whole = [twips((need + rest * need // sum(needs) + around) // 635) for need in needs]
    widest = max(range(len(whole)), key=lambda place: whole[place])
    whole[widest] += twips(total // 635 - sum(width.twips for width in whole))
    return Columns(tuple(whole), is_small, lines, sum(least) <= room)


def _pressed(wants: Sequence[_Want], room: int) -> list[int]:
    """Divide what is too little: words and figures stay whole as long as they may."""
    words, least = sum(want.word for want in wants), sum(want.least for want in wants)
    if words <= room < least:
        return [want.word + (want.least - want.word) * (room - words) // (least - words) for want in wants]
    return [want.least * room // least for want in wants]


def _want(
    metrics: Metrics, style: TextStyle, column: TableColumn, texts: set[str], short_chars: int
) -> _Want:
    """Measure a column; one that is empty in every row is to be filled in by hand and wants the width that it was given."""
    em = int(style.size)

    def width(text: str) -> int:
        return int(metrics.width(text, style.role, style.size)) + _gaps(text) * int(style.gap)

    longest = max(map(width, texts), default=0)
    words = {word for text in (column.header, *texts) for word in _latin_words(text)}
    short = min(longest, short_chars * em) if longest or not texts else column.width * em
    least = max(max(map(width, words), default=0), short, 2 * em)
    return _Want(max(map(width, words), default=em), least, max(longest, (len(column.header) + 1) // 2 * em))


def _gaps(text: str) -> int:
    return sum(a.isascii() != b.isascii() for a, b in pairwise(text))


def _latin_words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if char.isascii() and not char.isspace():
            word += char
        elif word:
            yield word
            word = ""
    if word:
        yield word
