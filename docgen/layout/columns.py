"""Share the width of the 版心 among a table's columns, by what stands in them; choose the size of type."""

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
_SHORT = 5
"""A text of so many characters is not broken."""
_MOST_LINES = 60
_EASY_LINES = 4
"""A table whose cells need more lines than this at the full size is set in the smaller one."""


@dataclass(frozen=True)
class Columns:
    """The widths of a table's columns, in whole twips, and the type its cells are set in."""

    widths: tuple[Length, ...]
    is_small: bool


@dataclass(frozen=True)
class _Want:
    """What a column asks for, padding left out: its longest whole word, and its longest text."""

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
    metrics: Metrics, stylesheet: Stylesheet, table: Table, texts: Sequence[Sequence[str]]
) -> Columns:
    """Choose widths so that the tallest cell has the fewest lines; the smaller type where that helps a crowd.

    What is left over goes to the columns whose texts are still broken, then to all alike.
    """
    widths, lines = _shared(metrics, stylesheet, table, texts, is_small=False)
    if lines > _EASY_LINES:
        small, fewer = _shared(metrics, stylesheet, table, texts, is_small=True)
        if fewer < lines:
            return Columns(small, True)
    return Columns(widths, False)


def _shared(
    metrics: Metrics, stylesheet: Stylesheet, table: Table, texts: Sequence[Sequence[str]], *, is_small: bool
) -> tuple[tuple[Length, ...], int]:
    style = table_style(stylesheet, is_small=is_small)
    em = int(style.size)
    around = 2 * int(stylesheet.table.padding) + 2 * int(SLACK)
    total = int(stylesheet.page.area_width)
    room = total - around * len(table.columns)
    wants = [
        _want(metrics, style, column, {row[place] for row in texts})
        for place, column in enumerate(table.columns)
    ]
    for lines in range(1, _MOST_LINES):
        needs = [want.for_lines(lines, em) for want in wants]
        if sum(needs) <= room:
            break
    else:
        least = [want.least for want in wants]
        needs = [width * room // sum(least) for width in least]
    wanting = [max(want.longest - need, 0) for want, need in zip(wants, needs, strict=True)]
    given = min(room - sum(needs), sum(wanting))
    needs = [need + given * more // max(sum(wanting), 1) for need, more in zip(needs, wanting, strict=True)]
    rest = room - sum(needs)
    whole = [twips((need + rest * need // sum(needs) + around) // 635) for need in needs]
    widest = max(range(len(whole)), key=lambda place: whole[place])
    whole[widest] += twips(total // 635 - sum(width.twips for width in whole))
    return tuple(whole), lines


def _want(metrics: Metrics, style: TextStyle, column: TableColumn, texts: set[str]) -> _Want:
    """Measure a column; an empty one is to be filled in by hand and wants the width that it was given."""
    em = int(style.size)

    def width(text: str) -> int:
        return int(metrics.width(text, style.role, style.size)) + _gaps(text) * int(style.gap)

    longest = max(map(width, texts), default=0)
    words = {word for text in (column.header, *texts) for word in _latin_words(text)}
    short = min(longest, _SHORT * em) if longest else column.width * em
    least = max(max(map(width, words), default=0), short, 2 * em)
    return _Want(least, max(longest, (len(column.header) + 1) // 2 * em))


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
