"""Compose 发文机关标志 (GB/T 9704-2012, 7.2.4): the issuers' names and 文件, placed by their ink."""

from __future__ import annotations

from docgen.gongwen import Masthead
from docgen.layout.flow import Flow
from docgen.layout.pages import Line, MarkShape, TextBlock
from docgen.layout.setting import Align, TextStyle, single_line
from docgen.units import ZERO, Length, pt

MARK_ROLE = "xiaobiaosong"
_HALF_POINT = pt("0.5")


def shape_mark(flow: Flow, masthead: Masthead, width: Length, height: Length) -> MarkShape:
    """Choose the largest type in which the mark is no wider and its ink no higher than there is room.

    Where the names are too many, they first draw together, then shrink, though never below the body's type. Sizes
    are whole half points, as Word has them.
    """
    style, issuers = flow.stylesheet.masthead, masthead.issuers
    pitches = len(issuers) - 1
    largest = style.joint_max_size if pitches else style.max_size
    size = min(largest, width / _ems_across(flow, masthead))
    ink = _ink_of(flow, issuers[0])[0] - _ink_of(flow, issuers[-1])[1]
    ratio = style.name_pitch_ratio
    if pitches:
        fitting = (int(height) / int(size) - ink) / pitches
        ratio = min(ratio, max(fitting, style.least_pitch_ratio))
        size = min(size, max(height / (ink + ratio * pitches), flow.stylesheet.body.size))
    size = _in_half_points(size)
    return MarkShape(size, size * ratio)


def mark_size(flow: Flow, text: str, largest: Length) -> Length:
    """Choose the type of a mark of one line: the largest in which the 版心 holds it."""
    return _in_half_points(min(largest, flow.width / _ems(flow, text)))


def _in_half_points(size: Length) -> Length:
    return _HALF_POINT * (int(size) // int(_HALF_POINT))


def _ems_across(flow: Flow, masthead: Masthead) -> float:
    """The width of the mark, in the names' type."""
    style = flow.stylesheet.masthead
    names = max(_ems(flow, name) for name in masthead.issuers)
    suffix = _ems(flow, masthead.suffix)
    if len(masthead.issuers) == 1:
        return names + suffix
    return names + (style.suffix_gap_ratio + suffix * style.suffix_ratio if suffix else 0)


def _ems(flow: Flow, text: str) -> float:
    em = pt(1000)
    return int(flow.metrics.width(text, MARK_ROLE, em)) / int(em)


def _ink_of(flow: Flow, text: str) -> tuple[float, float]:
    return flow.metrics.faces[MARK_ROLE].ink(text)


def mark_style(flow: Flow, size: Length) -> TextStyle:
    """The red type of a mark."""
    return TextStyle(MARK_ROLE, size, size, colour=flow.stylesheet.masthead.colour)


def place_mark(flow: Flow, masthead: Masthead, shape: MarkShape, top: Length) -> Length:
    """Set the mark in the middle, the upper edge of its ink at `top`; give the lower edge of its ink."""
    if len(masthead.issuers) == 1:
        return place_single_mark(flow, masthead.issuers[0] + masthead.suffix, shape.size, top)
    return _place_joint(flow, masthead, shape, top)


def place_single_mark(flow: Flow, text: str, size: Length, top: Length) -> Length:
    """Set a mark of one line in the middle, its ink's upper edge at `top`; give its lower edge."""
    high, low = _ink_of(flow, text)
    baseline = top + size * high
    style = mark_style(flow, size)
    line = single_line(flow.metrics, text, style, flow.left, flow.width, baseline, Align.CENTRE)
    flow.page.blocks.append(TextBlock("发文机关标志", (line,)))
    return baseline - size * low


def _place_joint(flow: Flow, masthead: Masthead, shape: MarkShape, top: Length) -> Length:
    """Set the names spread to one width, the lead agency's first, and 文件 beside the middle of them."""
    style, issuers, size = flow.stylesheet.masthead, masthead.issuers, shape.size
    names = mark_style(flow, size)
    first = top + size * _ink_of(flow, issuers[0])[0]
    bottom = first + shape.pitch * (len(issuers) - 1) - size * _ink_of(flow, issuers[-1])[1]
    column = max(flow.metrics.width(name, MARK_ROLE, size) for name in issuers)
    suffix_size = _in_half_points(size * style.suffix_ratio)
    beside = flow.metrics.width(masthead.suffix, MARK_ROLE, suffix_size)
    gap = size * style.suffix_gap_ratio if masthead.suffix else ZERO
    x = flow.left + (flow.width - column - gap - beside) / 2
    lines = [
        single_line(flow.metrics, name, names, x, column, first + shape.pitch * place, Align.DISTRIBUTE)
        for place, name in enumerate(issuers)
    ]
    if masthead.suffix:
        lines.append(_suffix_line(flow, masthead.suffix, suffix_size, x + column + gap, (top + bottom) / 2))
    flow.page.blocks.append(TextBlock("发文机关标志", tuple(lines)))
    return bottom


def _suffix_line(flow: Flow, suffix: str, size: Length, x: Length, centre: Length) -> Line:
    high, low = _ink_of(flow, suffix)
    baseline = centre + size * ((high + low) / 2)
    return single_line(flow.metrics, suffix, mark_style(flow, size), x, flow.width, baseline, Align.LEFT)
