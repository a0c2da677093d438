"""The frame that a PDF's text was set in, as its own lines show it: where they begin and end, their size and pitch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.check.pdf_place import POINT
from docgen.check.seen import SeenLine
from docgen.styles import load_stylesheet

_STEP = 0.5
_SHARE = 0.12
_CENTRED = 5.0
_WIDE = 0.8
"""A line so wide, as a part of the 版心, is one of running text."""


@dataclass(frozen=True)
class Frame:
    """The left and right edge of running text and the pitch of its lines in mm, and the size of its type in pt."""

    left: float
    right: float
    size: float
    pitch: float

    @property
    def char(self) -> float:
        """The width of one character of running text."""
        return self.size * POINT

    def indent(self, line: SeenLine) -> float:
        """How far a line begins within the frame, in characters."""
        return (line.glyphs[0].x - self.left) / self.char

    def is_short(self, line: SeenLine) -> bool:
        """Whether a line leaves room for more characters at its end."""
        return line.ink.right < self.right - 2.2 * self.char

    def is_centred(self, line: SeenLine) -> bool:
        """Whether a line stands in the middle, with white at both ends."""
        middle = (self.left + self.right) / 2
        off = abs((line.ink.left + line.ink.right) / 2 - middle)
        return off <= _CENTRED and line.ink.left > self.left + 2.5 * self.char


def size_of(line: SeenLine) -> float:
    """Give the size that most characters of a line have."""
    return Counter(glyph.size for glyph in line.glyphs).most_common(1)[0][0]


def is_red(colour: str) -> bool:
    """Whether a colour is seen as red."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red >= 150 and green <= 110 and blue <= 110


def frame_of(lines: Sequence[SeenLine]) -> Frame:
    """Measure the frame of running text; where there is too little of it, the standard's."""
    style = load_stylesheet()
    left, right = style.page.binding_white.mm, (style.page.binding_white + style.page.area_width).mm
    sizes = Counter(size_of(line) for line in lines for _ in line.glyphs)
    size = sizes.most_common(1)[0][0] if sizes else style.body.size.pt
    running = [line for line in lines if size_of(line) == size and len(line.glyphs) > 1]
    if len(running) >= 3:
        left = _edge([line.glyphs[0].x for line in running], left)
        rights = sorted(line.ink.right for line in running)
        right = rights[-1] if len(rights) < 8 else rights[-1 - len(rights) // 12]
    return Frame(left, max(right, left + 10 * size * POINT), size, _pitch(running, style.grid.line_pitch.mm))


def running_lines(lines: Iterable[SeenLine]) -> list[SeenLine]:
    """Give the lines of an annex by itself that run across the page: neither its title, nor notes to its tables."""
    style = load_stylesheet()
    wide = [line for line in lines if line.ink.width > style.page.area_width.mm * _WIDE]
    return [line for line in wide if style.imprint.size.pt - _STEP < size_of(line) < style.title.size.pt - _STEP]


def _edge(starts: list[float], otherwise: float) -> float:
    """Give the leftmost place where a fair share of lines begins, or any where they should."""
    flush = [start for start in starts if abs(start - otherwise) <= _STEP]
    steps = Counter(round(start / _STEP) for start in starts)
    fair = [step for step, count in steps.items() if count >= max(1, _SHARE * len(starts))]
    if not fair:
        return otherwise
    near = sorted(start for start in starts if abs(round(start / _STEP) - min(fair)) <= 1)
    return min([near[len(near) // 2], *flush])


def _pitch(lines: Iterable[SeenLine], otherwise: float) -> float:
    steps = Counter(
        round(b.baseline - a.baseline, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and 2 < b.baseline - a.baseline < 20
    )
    return steps.most_common(1)[0][0] if steps else otherwise
