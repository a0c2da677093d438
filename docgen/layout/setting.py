"""Set broken lines as runs with their places: justified, centred, distributed. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from docgen.layout.breaker import BrokenLine, Measure, break_lines, is_gap
from docgen.layout.metrics import EM_ASCENT, Glyph, Metrics
from docgen.layout.pages import BLACK, Line, Run
from docgen.units import ZERO, Length


class Align(Enum):
    """How a line stands in its width. JUSTIFY leaves a paragraph's last line alone; DISTRIBUTE doesn't."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    JUSTIFY = "justify"
    DISTRIBUTE = "distribute"


@dataclass(frozen=True)
class TextStyle:
    """One way of setting text: class of type, size, line pitch, tracking, gap between hanzi and Latin."""

    role: str
    size: Length
    pitch: Length
    tracking: Length = ZERO
    gap: Length = ZERO
    colour: str = BLACK

    @property
    def baseline(self) -> Length:
        """From the top of a line's box down to its baseline: the em box stands in the middle of the pitch."""
        return (self.pitch - self.size) / 2 + self.size * EM_ASCENT


def box_top(baseline: Length, size: Length, pitch: Length) -> Length:
    """The upper edge of the line box whose baseline this is."""
    return baseline - TextStyle("", size, pitch).baseline


def broken(
    metrics: Metrics,
    text: str,
    style: TextStyle,
    width: Length,
    indent: Length = ZERO,
    *,
    hangs: bool = True,
) -> list[BrokenLine]:
    """Break a text set in a style to a width."""
    measure = Measure(int(width), int(indent), int(style.tracking), int(style.gap), hangs)
    return break_lines(metrics.glyphs(text, style.role, style.size), measure)


def set_line(
    line: BrokenLine, style: TextStyle, x: Length, width: Length, baseline: Length, align: Align
) -> Line:
    """Place one broken line between `x` and `x + width`."""
    core = len(line.glyphs) - line.is_hung
    natural = line.width - int(style.tracking) if core else 0
    slack = int(width) - natural
    spacing = int(style.tracking)
    start = int(x)
    stretches = align is Align.DISTRIBUTE or (align is Align.JUSTIFY and not line.is_last)
    if stretches and core > 1:
        spacing += slack // (core - 1)
    elif align is Align.CENTRE:
        start += slack // 2
    elif align is Align.RIGHT:
        start += slack
    return Line(baseline, tuple(_runs(line.glyphs, style, start, spacing)))


def _runs(glyphs: Sequence[Glyph], style: TextStyle, x: int, spacing: int) -> list[Run]:
    """Group glyphs of one face that stand without a gap between them."""
    runs: list[Run] = []
    pending: list[Glyph] = []
    at = x

    def flush() -> None:
        nonlocal at
        if pending:
            width = sum(glyph.advance + spacing for glyph in pending)
            text = "".join(glyph.char for glyph in pending)
            runs.append(
                Run(
                    Length(at),
                    text,
                    pending[0].face,
                    style.size,
                    Length(spacing),
                    Length(width),
                    style.colour,
                )
            )
            at += width
            pending.clear()

    for glyph in glyphs:
        if pending:
            has_gap = bool(style.gap) and is_gap(pending[-1].char, glyph.char)
            if has_gap or pending[-1].face != glyph.face:
                flush()
                at += int(style.gap) if has_gap else 0
        pending.append(glyph)
    flush()
    return runs


def single_line(
    metrics: Metrics, text: str, style: TextStyle, x: Length, width: Length, baseline: Length, align: Align
) -> Line:
    """Place a text that is one line whatever its width."""
    glyphs = tuple(metrics.glyphs(text, style.role, style.size))
    gaps = sum(is_gap(a.char, b.char) for a, b in pairwise(glyphs))
    natural = (
        sum(glyph.advance for glyph in glyphs) + int(style.tracking) * len(glyphs) + gaps * int(style.gap)
    )
    return set_line(BrokenLine(glyphs, natural, False, True), style, x, width, baseline, align)


def line_width(metrics: Metrics, text: str, style: TextStyle) -> Length:
    """From the first character of a line to the last, with the gaps between scripts."""
    last = single_line(metrics, text, style, ZERO, ZERO, ZERO, Align.LEFT).runs[-1]
    return last.x + last.width - last.spacing


def em_top(style: TextStyle) -> Length:
    """From the top of a line's box down to the top of its em box."""
    return style.baseline - style.size * EM_ASCENT
