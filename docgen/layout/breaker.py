"""Break a text into lines: Chinese line-start and line-end rules, hanging punctuation, whole numbers and words.

The same choices as LibreOffice makes with punctuation hanging and a fixed gap between Chinese and Latin, so that
a paper set from these lines and the DOCX that flows by itself end their lines alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.layout.metrics import Glyph

NOT_AT_START = frozenset("、，。；：？！）》〉」』】〕’”…—％%℃·,.;:?!)]}")
NOT_AT_END = frozenset("（《〈「『【〔‘“([{")
HANGING = frozenset("、，。；：")
_CLOSING = frozenset("）》〉」』】〕’”")
_POINTS = frozenset("、，。")
"""Marks of Unicode's closing kind (UAX #14): LibreOffice ends no line behind one that a figure or a Latin word follows,
behind these three only where they may not hang (measured)."""
_TOGETHER = frozenset("—…")
_BRACKETS = frozenset("()[]{}<>")


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


def _sticks(char: str) -> bool:
    """Whether a character joins its like into an unbreakable cluster: Latin words, numbers, codes."""
    return char.isascii() and not char.isspace() and char not in _BRACKETS


def _clusters(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    clusters: list[list[Glyph]] = []
    for glyph in glyphs:
        last = clusters[-1] if clusters else None
        joins = last is not None and (
            (_sticks(glyph.char) and _sticks(last[-1].char))
            or (glyph.char in _TOGETHER and last[-1].char == glyph.char and len(last) == 1)
        )
        if joins and last is not None:
            last.append(glyph)
        else:
            clusters.append([glyph])
    return clusters


def break_lines(glyphs: Sequence[Glyph], measure: Measure) -> list[BrokenLine]:
    """Break glyphs into lines that are as full as the rules allow. An empty text is one empty line."""
    clusters = _split_long(_clusters(glyphs), measure)
    lines: list[BrokenLine] = []
    start = 0
    while start < len(clusters):
        room = measure.width - (0 if lines else measure.indent)
        end, is_hung = _line_end(clusters, start, room, measure)
        lines.append(_line(clusters[start:end], measure, is_hung, end == len(clusters)))
        start = end
    return lines or [BrokenLine((), 0, False, True)]


def _split_long(clusters: list[list[Glyph]], measure: Measure) -> list[list[Glyph]]:
    """Let a cluster that no line can hold break after any character."""
    room = measure.width - measure.indent
    split: list[list[Glyph]] = []
    for cluster in clusters:
        if _width(cluster, measure) > room:
            split.extend([glyph] for glyph in cluster)
        else:
            split.append(cluster)
    return split


def _width(cluster: Sequence[Glyph], measure: Measure) -> int:
    return sum(glyph.advance for glyph in cluster) + measure.tracking * len(cluster)


def _line_end(clusters: list[list[Glyph]], start: int, room: int, measure: Measure) -> tuple[int, bool]:
    """Find where the line that starts at a cluster ends, and whether its last mark hangs outside."""
    used, end = 0, start
    while end < len(clusters):
        cluster = clusters[end]
        gap = measure.gap if end > start and is_gap(clusters[end - 1][-1].char, cluster[0].char) else 0
        if used + gap + _width(cluster, measure) > room and end > start and cluster[0].char != " ":
            break
        used += gap + _width(cluster, measure)
        end += 1
    if end == len(clusters):
        return end, False
    may_hang = measure.hangs and _stands_alone(clusters, end)
    if may_hang and _is_behind_hanzi(clusters, end):
        return end + 1, True
    back = end
    while back > start + 1 and not _may_break(clusters, back, measure):
        back -= 1
    if _may_break(clusters, back, measure):
        return back, False
    return (end + 1, True) if may_hang else (end, False)


def _stands_alone(clusters: list[list[Glyph]], at: int) -> bool:
    """Whether this is a mark that may hang, and no other one follows it."""
    has_follower = at + 1 < len(clusters) and clusters[at + 1][0].char in NOT_AT_START
    return clusters[at][0].char in HANGING and not has_follower


def _is_behind_hanzi(clusters: list[list[Glyph]], at: int) -> bool:
    """Behind a figure or a Latin word LibreOffice breaks by the rules of that script, which let nothing hang."""
    before = (glyph.char for cluster in reversed(clusters[:at]) for glyph in reversed(cluster))
    return not next((char for char in before if char.isalnum()), "字").isascii()


def _may_break(clusters: list[list[Glyph]], at: int, measure: Measure) -> bool:
    before, after = clusters[at - 1][-1].char, clusters[at][0].char
    closes = before in _CLOSING or (before in _POINTS and not measure.hangs)
    if after in NOT_AT_START or before in NOT_AT_END or after == "-":
        return False
    return not (closes and _is_latin(after))


def _line(clusters: list[list[Glyph]], measure: Measure, is_hung: bool, is_last: bool) -> BrokenLine:
    glyphs = tuple(glyph for cluster in clusters for glyph in cluster)
    core = glyphs[:-1] if is_hung else glyphs
    gaps = sum(is_gap(a.char, b.char) for a, b in pairwise(core))
    return BrokenLine(glyphs, _width(core, measure) + gaps * measure.gap, is_hung, is_last)
