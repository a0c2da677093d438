"""Compose 发文字号, and 签发人 beside it on an upward paper (GB/T 9704-2012, 7.2.5, 7.2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.gongwen import Masthead
from docgen.layout.flow import Flow
from docgen.layout.pages import Line, TextBlock
from docgen.layout.setting import Align, TextStyle, em_top, single_line
from docgen.units import ZERO, Length

LABEL = "签发人："


def place_number(flow: Flow, masthead: Masthead, top: Length) -> Length:
    """Set the number, its em box from `top` on; give the baseline of the last line set.

    Alone it stands in the middle. Beside signers it stands at the left, on the line of the last of them.
    """
    style = flow.body_style()
    baseline = top - em_top(style) + style.baseline
    if masthead.signers:
        return _place_signed(flow, masthead, style, baseline)
    number = str(masthead.number)
    line = single_line(flow.metrics, number, style, flow.left, flow.width, baseline, Align.CENTRE)
    flow.page.blocks.append(TextBlock("发文字号", (line,)))
    return baseline


def _place_signed(flow: Flow, masthead: Masthead, style: TextStyle, first: Length) -> Length:
    side = flow.chars(flow.stylesheet.masthead.side_chars)
    grid = _grid(flow, masthead)
    names_x = flow.left + flow.width - side - grid.width
    lines = []
    for place, row in enumerate(grid.rows(masthead.signers)):
        baseline = first + style.pitch * place
        parts = [_name_line(flow, name, names_x + grid.x(at), baseline) for at, name in enumerate(row)]
        if place == 0:
            width = flow.chars(len(LABEL))
            label = single_line(flow.metrics, LABEL, style, names_x - width, width, baseline, Align.LEFT)
            parts.insert(0, label)
        lines.append(Line(baseline, tuple(run for part in parts for run in part.runs)))
    last = lines[-1].baseline
    text = str(masthead.number)
    number = single_line(flow.metrics, text, style, flow.left + side, flow.width, last, Align.LEFT)
    flow.page.blocks.append(TextBlock("发文字号", (number,)))
    flow.page.blocks.append(TextBlock("签发人", tuple(lines)))
    return last


def _name_line(flow: Flow, name: str, x: Length, baseline: Length) -> Line:
    """Set a name; one of two characters is spread to the width of three."""
    width = flow.chars(max(len(name), flow.stylesheet.masthead.spread_chars))
    return single_line(flow.metrics, name, flow.body_style("kaiti"), x, width, baseline, Align.DISTRIBUTE)


def signer_rows(flow: Flow, masthead: Masthead) -> int:
    """How many lines the number and the signers take."""
    return len(_grid(flow, masthead).rows(masthead.signers)) if masthead.signers else 1


@dataclass(frozen=True)
class _Grid:
    """The columns in which signers' names stand."""

    columns: tuple[Length, ...]
    """How wide each is: as its longest name, so that a name of the last one ends 右空一字."""
    gap: Length

    @property
    def width(self) -> Length:
        return self.x(len(self.columns)) - self.gap

    def x(self, column: int) -> Length:
        """Where a column begins, from the left of the first."""
        return sum((width + self.gap for width in self.columns[:column]), ZERO)

    def rows(self, names: Sequence[str]) -> list[Sequence[str]]:
        count = len(self.columns)
        return [names[at : at + count] for at in range(0, len(names), count)]


def _grid(flow: Flow, masthead: Masthead) -> _Grid:
    """Two names on a line, the second ones under one another too; long ones one under another where two would run into the number."""
    style, body = flow.stylesheet.masthead, flow.body_style()
    side = flow.chars(style.side_chars)
    number = flow.metrics.width(str(masthead.number), body.role, body.size)
    room = flow.width - side * 3 - number - flow.chars(len(LABEL))
    full = _grid_of(flow, masthead.signers, min(style.signer_columns, len(masthead.signers)))
    return full if full.width <= room else _grid_of(flow, masthead.signers, 1)


def _grid_of(flow: Flow, names: Sequence[str], columns: int) -> _Grid:
    style = flow.stylesheet.masthead
    longest = (max(map(len, names[at::columns])) for at in range(columns))
    widths = tuple(flow.chars(max(style.spread_chars, chars)) for chars in longest)
    return _Grid(widths, flow.chars(style.signer_gap_chars))
