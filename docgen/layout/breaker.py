"""Break a text into lines: Chinese line-start and line-end rules, hanging punctuation, whole numbers and words.

The same choices as LibreOffice makes with punctuation hanging and a fixed gap between Chinese and Latin, so that
a paper set from these lines and the DOCX that flows by itself end their lines alike. LibreOffice sets a text in runs
of one script. The last character of a run has no tracking; where a line is full decides by whose rules it ends:
behind a hanzi by the Chinese ones, behind a figure or a Latin word by Unicode's (UAX #14), which let nothing hang.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.layout.metrics import Glyph

NOT_AT_START = frozenset("、，。；：？！）》〉」』】〕’”…％%℃·,.;:?!)]}")
NOT_AT_END = frozenset("（《〈「『【〔‘“([{")
HANGING = frozenset("、，。；：")
_TOGETHER = frozenset("—…")
_BRACKETS = frozenset("()[]{}<>")
_QUOTES = frozenset("“‘”’")
_WEAK = frozenset("—…“”‘’℃★ ")
"""Characters of no script of their own: they go with what stands before them."""
_BOUND_TO_FIGURES = frozenset("）》〉」』】〕’”％℃")
"""Marks that LibreOffice lets no line end with when the figure or Latin word behind them has no room."""
_BOUND_WHERE_NONE_HANGS = frozenset("、，。")
"""In a cell these are such marks too."""


@dataclass(frozen=True)
class BrokenLine:
    """One line: its glyphs, its natural width in EMU (a hung mark left out), whether the last mark hangs."""

    glyphs: tuple[Glyph, ...]
    width: int
    is_hung: bool
    is_last: bool


@dataclass(frozen=True)
class Measure:
    """How a text is set: line width, indent of the first line, tracking per character, gap between scripts (EMU).

    `hangs` lets a mark stand outside the line; in a table's cell there is no room for it.
    """

    width: int
    indent: int = 0
    tracking: int = 0
    gap: int = 0
    hangs: bool = True


def is_gap(left: str, right: str) -> bool:
    """Tell whether a gap stands between two characters: a hanzi beside a Latin letter or digit."""
    return (_is_hanzi(left) and _is_latin(right)) or (_is_latin(left) and _is_hanzi(right))


def _is_hanzi(char: str) -> bool:
    return "㐀" <= char <= "鿿" or char >= "\U00020000"


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_western(char: str) -> bool:
    """Whether a character is of a Western script for LibreOffice: ASCII, Latin, Greek; “（” and “％” are not."""
    return char < "\u0590"


def _scripts(text: Sequence[str]) -> list[bool]:
    """Say of each character whether it stands in a run of Western script; a weak one goes with what is before it."""
    western: list[bool] = []
    for char in text:
        western.append(western[-1] if western and char in _WEAK else _is_western(char))
    return western


def break_lines(glyphs: Sequence[Glyph], measure: Measure) -> list[BrokenLine]:
    """Break glyphs into lines that are as full as the rules allow. An empty text is one empty line."""
    text = [glyph.char for glyph in glyphs]
    scripts = _scripts(text)
    advances = _advances(glyphs, text, scripts, measure)
    lines: list[BrokenLine] = []
    start = 0
    while start < len(glyphs):
        room = measure.width - (0 if lines else measure.indent)
        end, is_hung = _line_end(text, scripts, advances, start, room, measure)
        lines.append(_line(glyphs[start:end], measure, is_hung, end == len(glyphs)))
        start = end
    return lines or [BrokenLine((), 0, False, True)]


def _advances(
    glyphs: Sequence[Glyph], text: Sequence[str], scripts: Sequence[bool], measure: Measure
) -> list[tuple[int, int]]:
    """Give the gap before each character, and its width: the last one of a run of one script has no tracking."""
    ends = [left != right for left, right in pairwise(scripts)] + [True] * bool(scripts)
    gaps = [0] * bool(text) + [measure.gap if is_gap(left, right) else 0 for left, right in pairwise(text)]
    return [
        (gap, glyph.advance + (0 if is_end else measure.tracking))
        for gap, glyph, is_end in zip(gaps, glyphs, ends, strict=True)
    ]


def _line_end(
    text: Sequence[str],
    scripts: Sequence[bool],
    advances: Sequence[tuple[int, int]],
    start: int,
    room: int,
    measure: Measure,
) -> tuple[int, bool]:
    """Find where the line that starts at a character ends, and whether its last mark hangs outside.

    Going back from where the line is full, once in a Western run the rules of that script hold.
    """
    used, cut = 0, start
    while cut < len(text):
        gap, width = advances[cut]
        used += width + (gap if cut > start else 0)
        if used > room and cut > start and text[cut] != " ":
            break
        cut += 1
    if cut == len(text):
        return cut, False
    may_hang = measure.hangs and _may_hang(text, cut)
    is_western = _is_western(next((char for char in reversed(text[: cut + 1]) if char.isalnum()), "字"))
    if may_hang and not is_western:
        return cut + 1, True
    end = cut
    while end > start and not _may_break(text, end, measure, is_western=is_western):
        end -= 1
        is_western = is_western or (scripts[end] and scripts[end - 1])
    if end > start:
        return end, False
    return (cut + 1, True) if may_hang else (cut, False)


def _may_hang(text: Sequence[str], at: int) -> bool:
    """Whether this is a mark that may hang, and no other one follows it."""
    has_follower = at + 1 < len(text) and text[at + 1] in NOT_AT_START
    return text[at] in HANGING and not has_follower


def _may_break(text: Sequence[str], at: int, measure: Measure, *, is_western: bool) -> bool:
    """Whether a line may end before a character: by the rules of the script in which the line is full."""
    before, after = text[at - 1], text[at]
    if _sticks(before) and _sticks(after):
        return is_western and before == "-"
    if before in NOT_AT_END or after == "-" or (before == after and after in _TOGETHER):
        return False
    if not is_western:
        return after not in NOT_AT_START
    if _sticks(after):
        is_bound = before in _BOUND_TO_FIGURES or (not measure.hangs and before in _BOUND_WHERE_NONE_HANGS)
        return not is_bound and not _is_figure_before(text, at)
    if before.isascii() and before.isalnum() and after in NOT_AT_END:
        return False
    return after not in NOT_AT_START and after not in _QUOTES


def _is_figure_before(text: Sequence[str], at: int) -> bool:
    """Whether there are only marks between here and a figure or a Latin word before."""
    marks = NOT_AT_START - frozenset("；：？！")
    before = next((char for char in reversed(text[:at]) if char not in marks or char.isascii()), "字")
    return text[at - 1] in marks and _sticks(before)


def _sticks(char: str) -> bool:
    """Whether a character joins its like into what is not broken: Latin words, numbers, codes."""
    return char.isascii() and not char.isspace() and char not in _BRACKETS


def _width(glyphs: Sequence[Glyph], measure: Measure) -> int:
    return sum(glyph.advance for glyph in glyphs) + measure.tracking * len(glyphs)


def _line(glyphs: Sequence[Glyph], measure: Measure, is_hung: bool, is_last: bool) -> BrokenLine:
    core = glyphs[:-1] if is_hung else glyphs
    gaps = sum(is_gap(a.char, b.char) for a, b in pairwise(core))
    return BrokenLine(tuple(glyphs), _width(core, measure) + gaps * measure.gap, is_hung, is_last)
