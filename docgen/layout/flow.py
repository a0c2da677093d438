"""Pages in the making: a place to set the next line, and a new page when there is no room."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.layout.breaker import BrokenLine
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Line, Page, Rule, TableBlock, Tag, TextBlock
from docgen.layout.setting import Align, TextStyle, broken, set_line
from docgen.styles import Area, Stylesheet
from docgen.units import ZERO, Length, twips

_MORE = twips(23) / 5
"""How much more than the 版心 holds a line may be wide: what LibreOffice lets into a paragraph of a DOCX, which is
8 twips wider than the 版心 (measured on 4,000 lines of random text; justified, the line is as wide as the 版心)."""


@dataclass
class OpenPage:
    """What has been set on one page so far."""

    blocks: list[TextBlock | TableBlock] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    is_turned: bool = False


class Flow:
    """Set text down a sequence of pages. `y` is where the next line's box begins, from the top of the page."""

    def __init__(self, metrics: Metrics, stylesheet: Stylesheet) -> None:
        self.metrics = metrics
        self.stylesheet = stylesheet
        self.pages: list[OpenPage] = [OpenPage()]
        self.y = stylesheet.text_top

    @property
    def page(self) -> OpenPage:
        """The page that is being filled."""
        return self.pages[-1]

    @property
    def area(self) -> Area:
        """The 版心 of the page that is being filled."""
        return self.stylesheet.page.area(is_turned=self.page.is_turned)

    @property
    def left(self) -> Length:
        """The left edge of the 版心."""
        return self.area.left

    @property
    def width(self) -> Length:
        """The width of the 版心."""
        return self.area.width

    @property
    def text_top(self) -> Length:
        """The top of the text box, where the first line of the grid begins."""
        return self.area.top - self.stylesheet.grid.lead

    def new_page(self, *, is_turned: bool | None = None) -> None:
        """Begin the next page at the top of its text box, turned as the last one unless it is said."""
        self.pages.append(OpenPage(is_turned=self.page.is_turned if is_turned is None else is_turned))
        self.y = self.text_top

    def open_page(self, *, is_turned: bool) -> None:
        """Begin a page; where nothing stands on the first one yet, that is it."""
        if len(self.pages) == 1 and not self.page.blocks:
            self.pages.clear()
        self.new_page(is_turned=is_turned)

    def body_style(self, role: str = "fangsong") -> TextStyle:
        """The body's type on the grid of 22 lines."""
        grid, body = self.stylesheet.grid, self.stylesheet.body
        return TextStyle(role, body.size, grid.line_pitch, grid.tracking, body.size * grid.cjk_latin_gap)

    def chars(self, count: float) -> Length:
        """The width of so many characters of a full line."""
        return self.stylesheet.cell * count

    def break_lines(self, text: str, style: TextStyle, left: Length, indent: Length) -> list[BrokenLine]:
        """Break a paragraph as it will be set, its lines `left` from the 版心's edge, the first `indent` further."""
        return broken(self.metrics, text, style, self.width - left + _MORE, indent)

    def set_paragraph(
        self,
        text: str,
        style: TextStyle,
        element: str,
        *,
        indent: Length = ZERO,
        left: Length = ZERO,
        align: Align = Align.JUSTIFY,
        tag: Tag = Tag.PARAGRAPH,
        keeps_whole: bool = False,
        keeps: Length = ZERO,
    ) -> None:
        """Set a paragraph on this page and, where it must, on the next ones.

        `left` indents every line, `indent` the first one further (it may be negative). The last line, or with
        `keeps_whole` every line, shares a page with what follows it to the height of `keeps`. Only lines of
        the grid reach into the half line of white above and below the 版心.
        """
        top, bottom = self._limits(style)
        self.y = max(self.y, top)
        width = self.width - left
        lines = self.break_lines(text, style, left, indent)
        placed: list[Line] = []
        for number, line in enumerate(lines):
            needed = style.pitch
            if keeps_whole and number == 0:
                needed = style.pitch * len(lines) + keeps
            elif number == len(lines) - 1:
                needed = style.pitch + keeps
            if needed > bottom - self.y and self.y > top:
                self._close(placed, element, tag)
                placed = []
                self.new_page()
                self.y = top
            first = indent if number == 0 else ZERO
            x = self.left + left + first
            placed.append(set_line(line, style, x, width - first, self.y + style.baseline, align))
            self.y += style.pitch
        self._close(placed, element, tag)

    def _limits(self, style: TextStyle) -> tuple[Length, Length]:
        grid, area = self.stylesheet.grid, self.area
        if style.pitch == grid.line_pitch:
            return area.top - grid.lead, area.bottom + grid.lead
        return area.top, area.bottom

    def _close(self, lines: list[Line], element: str, tag: Tag) -> None:
        if lines:
            self.page.blocks.append(TextBlock(element, tuple(lines), tag))

    def closed(self) -> tuple[Page, ...]:
        """Freeze the pages, without numbers."""
        return tuple(
            Page(number, tuple(page.blocks), tuple(page.rules), is_turned=page.is_turned)
            for number, page in enumerate(self.pages, start=1)
        )
