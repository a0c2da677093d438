"""Compose 页码 (GB/T 9704-2012, 7.5)."""

from __future__ import annotations

from dataclasses import replace

from docgen.layout.metrics import Metrics
from docgen.layout.pages import ImprintShape, Page, Tag, TextBlock
from docgen.layout.setting import Align, TextStyle, single_line
from docgen.styles import Stylesheet


def page_number_block(metrics: Metrics, stylesheet: Stylesheet, number: int) -> TextBlock:
    """Set — n —: the dash 7 mm below the 版心, one character in from its outer side (7.5)."""
    style, page = stylesheet.page_number, stylesheet.page
    text = TextStyle("songti", style.size, style.size)
    high, low = metrics.faces["songti"].ink("—")
    baseline = page.area_bottom + style.dash_below + style.size * ((high + low) / 2)
    side = style.size * style.side_chars
    align = Align.RIGHT if number % 2 else Align.LEFT
    line = single_line(
        metrics,
        f"— {number} —",
        text,
        page.binding_white + side,
        page.area_width - side - side,
        baseline,
        align,
    )
    return TextBlock("页码", (line,), Tag.FURNITURE)


def numbered(
    pages: tuple[Page, ...],
    metrics: Metrics,
    stylesheet: Stylesheet,
    imprint: ImprintShape | None,
    *,
    is_letter: bool,
) -> tuple[Page, ...]:
    """Give each page its number, save a letter's first (10.1), and a blank page with 版记 behind it (7.5)."""
    first = 2 if is_letter else 1
    shown = len(pages) - (2 if imprint is not None and imprint.added_pages == 2 else 0)
    return tuple(
        replace(page, page_number=page_number_block(metrics, stylesheet, page.number))
        if first <= page.number <= shown
        else page
        for page in pages
    )
