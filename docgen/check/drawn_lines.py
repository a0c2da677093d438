"""Hold a finished PDF against its composition: each composed line is drawn where it stands, and nothing else is. Pure.

A line is looked for by its place and not by its order, so that cells, repeated heads, turned pages and names beside
one another are each compared with just what was composed there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.check.alike import are_drawn_alike
from docgen.check.differences import Difference
from docgen.check.pdf_annexes import laid_upright
from docgen.check.seen import Glyph, SeenLine, SeenPage, SeenPdf
from docgen.check.told_texts import folded
from docgen.layout.pages import Line, Page, Pages, TableBlock
from docgen.layout.text import BODY_ELEMENTS

_NEAR_MM = 0.6
"""A character starts within so much of where it was composed; the narrowest is wider."""
_MOST_TOLD = 40
"""So many lines of one page are told; more differ only where the page is another one."""


@dataclass(frozen=True)
class _Wanted:
    """A composed line: where it stands, in words and in mm, and what it says."""

    where: str
    line: Line

    @property
    def left(self) -> float:
        """Where its first character starts."""
        return self.line.runs[0].x.mm

    @property
    def right(self) -> float:
        """Where its last character ends."""
        last = self.line.runs[-1]
        return (last.x + last.width - last.spacing).mm


class _Drawn:
    """The characters of a page by the height of their feet; each is taken once."""

    def __init__(self, lines: Iterable[SeenLine]) -> None:
        self._lines = sorted(lines, key=lambda line: line.baseline)
        self._feet = [line.baseline for line in self._lines]
        self._left = [list(line.glyphs) for line in self._lines]

    def take(self, wanted: _Wanted) -> str:
        """Take what stands on a line between its ends, in order."""
        foot = wanted.line.baseline.mm
        first = bisect_left(self._feet, foot - _NEAR_MM)
        taken: list[Glyph] = []
        for place in range(first, len(self._feet)):
            if self._feet[place] > foot + _NEAR_MM:
                break
            inside = [
                glyph for glyph in self._left[place] if wanted.left - _NEAR_MM <= glyph.x < wanted.right - _NEAR_MM / 2
            ]
            if inside:
                gone = set(map(id, inside))
                self._left[place] = [glyph for glyph in self._left[place] if id(glyph) not in gone]
                taken += inside
        return "".join(glyph.char for glyph in sorted(taken, key=lambda glyph: glyph.x))

    def rest(self) -> Iterator[str]:
        """Give what is left, line by line."""
        yield from ("".join(glyph.char for glyph in glyphs) for glyphs in self._left if glyphs)


def drawn_otherwise(file: str, pages: Pages, seen: SeenPdf) -> Iterator[Difference]:
    """Name each line that is drawn otherwise than it was composed, and what else is drawn."""
    if len(pages.pages) != len(seen.pages):
        yield Difference(file, "全文", f"{len(seen.pages)} 页", f"{len(pages.pages)} 页")
    names = _Names()
    for page, drawn in zip(pages.pages, seen.pages, strict=False):
        told = list(_on_page(file, page, drawn, names))
        yield from told[:_MOST_TOLD]
        if len(told) > _MOST_TOLD:
            where = f"第 {page.number} 页另有 {len(told) - _MOST_TOLD} 处"
            yield Difference(file, where, "整页不同", "与排好的版面一致")


def _on_page(file: str, page: Page, drawn: SeenPage, names: _Names) -> Iterator[Difference]:
    text, number = list(names.on(page)), []
    if page.page_number is not None:
        number = [_Wanted(f"第 {page.number} 页页码", line) for line in page.page_number.lines]
    if page.is_turned:
        view, _ = laid_upright(drawn)
        sides = [(text, _Drawn(view.lines)), (number, _Drawn(drawn.lines))]
    else:
        sides = [([*text, *number], _Drawn(drawn.lines)), ([], _Drawn(drawn.turned))]
    for wanted, lines in sides:
        for one in wanted:
            found, expected = lines.take(one), folded(one.line.text)
            if not are_drawn_alike(found, expected):
                yield Difference(file, one.where, found, expected)
        yield from (Difference(file, f"第 {page.number} 页", words, "") for words in lines.rest())


class _Names:
    """Name each line to the clerk while the pages are read from the first to the last."""

    def __init__(self) -> None:
        self._annex = ""
        self._heads: tuple[str, ...] = ()

    def on(self, page: Page) -> Iterator[_Wanted]:
        """Give the lines of a page's text and tables."""
        for block in page.blocks:
            if isinstance(block, TableBlock):
                yield from self._table(block, f"第 {page.number} 页{self._annex}")
                continue
            element = "正文" if block.element in BODY_ELEMENTS else block.element
            if block.element == "附件":
                self._annex = "".join(line.text for line in block.lines)
            of = self._annex if self._annex and element != "附件" else ""
            yield from (_Wanted(f"第 {page.number} 页{of}{element}", line) for line in block.lines if line.runs)

    def _table(self, block: TableBlock, where: str) -> Iterator[_Wanted]:
        number = 0
        for row in block.rows:
            texts = tuple("".join(line.text for line in cell) for cell in row.cells)
            if row.is_head:
                self._heads = texts
            else:
                number += 1
            place = "表头" if row.is_head else f"表格第 {number} 行"
            for head, cell in zip(self._heads, row.cells, strict=True):
                yield from (_Wanted(f"{where}{place}“{head}”一格", line) for line in cell if line.runs)


