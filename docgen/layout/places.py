"""Say on which pages of a composed paper each of its texts and table rows stands. Reads the pages, changes nothing.

Composition keeps every character and sets paragraphs, tables and rows in the order of the document: counting
characters is enough to know them again, however they were broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.gongwen import Document, Paragraph, Table
from docgen.layout.pages import Pages, TableBlock, TextBlock
from docgen.layout.table import row_texts
from docgen.layout.text import BODY_ELEMENTS

Starts = tuple[tuple[int, int], ...]
"""The pages that hold it, each with the first character, or the first row to begin, on that page."""


@dataclass(frozen=True)
class PlacedText:
    """A text of the paper: what the standard calls it, what it says, where it stands.

    `paragraph` is the document's own, None for what is no paragraph of the body or of an annex.
    """

    element: str
    text: str
    starts: Starts
    paragraph: Paragraph | None = None


@dataclass(frozen=True)
class PlacedTable:
    """A table: the place of its annex in the document, and where its rows stand, the 合计 row last."""

    annex: int
    table: Table
    starts: Starts


@dataclass(frozen=True)
class Places:
    """Where everything of a paper stands."""

    texts: tuple[PlacedText, ...]
    tables: tuple[PlacedTable, ...]
    pages: int


def where_it_stands(document: Document, pages: Pages) -> Places:
    """Find the pages of every text and table row; `pages` are those that the document was composed to."""
    return Places(tuple(_texts(document, pages)), tuple(_tables(document, pages)), len(pages.pages))


def page_of(starts: Starts, at: int) -> int:
    """Name the page of a character or row by its place."""
    return max(page for page, first in starts if first <= at)


def _texts(document: Document, pages: Pages) -> Iterator[PlacedText]:
    paragraphs = _paragraphs(document)
    pending: Paragraph | None = None
    starts: list[tuple[int, int]] = []
    set_so_far = 0
    for page in pages.pages:
        numbering = (page.page_number,) if page.page_number is not None else ()
        for block in (*page.blocks, *numbering):
            if not isinstance(block, TextBlock):
                continue
            text = "".join(line.text for line in block.lines)
            if block.element not in BODY_ELEMENTS:
                yield PlacedText(block.element, text, ((page.number, 0),))
                continue
            if pending is None:
                pending, starts, set_so_far = next(paragraphs), [], 0
            starts.append((page.number, set_so_far))
            set_so_far += len(text)
            if set_so_far >= len(pending.text):
                yield PlacedText(block.element, pending.text, tuple(starts), pending)
                pending = None


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    yield from document.body
    for annex in document.annexes:
        yield from (block for block in annex.blocks if isinstance(block, Paragraph))


def _tables(document: Document, pages: Pages) -> Iterator[PlacedTable]:
    tables = (
        (place, block)
        for place, annex in enumerate(document.annexes)
        for block in annex.blocks
        if isinstance(block, Table)
    )
    rows = _Rows((), [])
    pending: tuple[int, Table] | None = None
    for page in pages.pages:
        for block in page.blocks:
            if not isinstance(block, TableBlock):
                continue
            if pending is None:
                pending = next(tables)
                rows = _Rows(tuple(len("".join(row)) for row in row_texts(pending[1])), [])
            rows.take(page.number, block)
            if rows.are_complete:
                yield PlacedTable(*pending, tuple(rows.starts))
                pending = None


@dataclass
class _Rows:
    """The rows of one table as they turn up, a long one in pieces: how many characters each holds."""

    lengths: tuple[int, ...]
    starts: list[tuple[int, int]]
    done: int = 0
    begun: int = 0

    @property
    def are_complete(self) -> bool:
        return self.done == len(self.lengths)

    def take(self, page: int, block: TableBlock) -> None:
        """Count the rows of one page."""
        for row in block.rows:
            if row.is_head:
                continue
            if not self.begun and (not self.starts or self.starts[-1][0] != page):
                self.starts.append((page, self.done))
            self.begun += sum(len(line.text) for cell in row.cells for line in cell)
            if self.begun >= self.lengths[self.done]:
                self.done, self.begun = self.done + 1, 0
        if not self.lengths and not self.starts:
            self.starts.append((page, 0))
