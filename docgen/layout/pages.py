"""Composed pages: every line, table row, cell and rule with its place. No renderer changes any of it.

Places are `Length`s from the top left corner of the page; a line's `baseline` is where its characters stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from docgen.units import Length

BLACK = "#000000"


class Tag(Enum):
    """What a piece of text is, for readers that show structure."""

    TITLE = "h1"
    HEADING = "h2"
    PARAGRAPH = "p"
    FURNITURE = "div"


@dataclass(frozen=True)
class Run:
    """Characters drawn by one face from `x` on; `spacing` follows each character, the last one too."""

    x: Length
    text: str
    face: str
    size: Length
    spacing: Length
    width: Length
    colour: str = BLACK


@dataclass(frozen=True)
class Line:
    """One line of text."""

    baseline: Length
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class TextBlock:
    """Lines of one paragraph that stand on one page. `element` is the standard's name of what it is."""

    element: str
    lines: tuple[Line, ...]
    tag: Tag = Tag.PARAGRAPH


@dataclass(frozen=True)
class TableRow:
    """One row of a table on one page: its place and its cells' lines; a repeated head is furniture."""

    top: Length
    height: Length
    cells: tuple[tuple[Line, ...], ...]
    is_head: bool = False
    is_repeated: bool = False


@dataclass(frozen=True)
class TableBlock:
    """The rows of one table that stand on one page, and the places of its vertical rules."""

    rows: tuple[TableRow, ...]
    edges: tuple[Length, ...]
    weight: Length


@dataclass(frozen=True)
class Rule:
    """A straight horizontal line, `y` at its middle."""

    x: Length
    y: Length
    width: Length
    weight: Length
    colour: str = BLACK


@dataclass(frozen=True)
class Page:
    """One page. A blank page before 版记, and the page of 版记 after it, show no number (7.5).

    The blocks and rules of a turned page stand on its sheet laid on the side, the upright sheet's left edge
    uppermost (clause 8); its number stands where all pages have it, on the upright sheet.
    """

    number: int
    blocks: tuple[TextBlock | TableBlock, ...]
    rules: tuple[Rule, ...] = ()
    page_number: TextBlock | None = None
    is_turned: bool = False


@dataclass(frozen=True)
class RowShape:
    """One row as it was composed: its cells' texts, its height, and the face it is set in."""

    texts: tuple[str, ...]
    height: Length
    role: str


@dataclass(frozen=True)
class TableShape:
    """What a table was composed to: column widths, the head's height, every row, smaller type or not.

    A row that no page could hold is here in pieces. `gap` is the white that is left under the table and its notes
    on their page; `starts_page` tells that the table went to a new page for want of room.
    """

    widths: tuple[Length, ...]
    head_height: Length
    rows: tuple[RowShape, ...]
    is_small: bool
    gap: Length
    is_turned: bool = False
    starts_page: bool = False


@dataclass(frozen=True)
class ImprintShape:
    """版记 as composed: its upper edge, and how it came to stand on its page (an even one, save in a letter).

    `added_pages` is 0 when it shares the last page of the text, 1 when a page was added for it, 2 when a blank
    page stands before that one.
    """

    top: Length
    added_pages: int
    office_lines: tuple[str, ...]
    """印发机关 as broken; 印发日期 stands on the last of its lines. Empty in a letter."""
    copies_height: Length
    """The height of the part with 主送 and 抄送, 0 where there is neither."""


class Hold(Enum):
    """What the standard holds a line of the signatures by: an edge that it counts from, a middle, or both ends."""

    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "middle"
    BOTH = "both"


@dataclass(frozen=True)
class SignedLine:
    """A line of a name, a 职务 or 成文日期: `x` from the left of the 版心, `top` of its line box from the text above.

    Its characters fill `width`, for which a name shorter than the others under it may be spread.
    """

    text: str
    x: Length
    width: Length
    top: Length
    hold: Hold

    @property
    def middle(self) -> Length:
        """Halfway between its first and its last character."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class SignedText:
    """署名 (a name, or the 职务 beside a 签名章) or 成文日期, as composed."""

    element: str
    lines: tuple[SignedLine, ...]


@dataclass(frozen=True)
class Room:
    """White kept for what is set by hand, a seal or a 签名章: its upper left corner as in `SignedLine`."""

    x: Length
    y: Length
    width: Length
    height: Length


@dataclass(frozen=True)
class SignatureShape:
    """署名 and 成文日期 as composed, in order; the date is the last text. Places count from the last line of the text.

    `seals` are as many as names, in their order; a seal's room is as wide as high. `stamps` are those of 签名章.
    """

    texts: tuple[SignedText, ...]
    height: Length
    seals: tuple[Room, ...] = ()
    stamps: tuple[Room, ...] = ()


@dataclass(frozen=True)
class NoteShape:
    """附件说明 as composed: where its numbers start, and each item's name, from the left of the 版心."""

    number_x: Length
    names_x: tuple[Length, ...]


@dataclass(frozen=True)
class MarkShape:
    """发文机关标志 as composed: the type of the names, and how far under one another they stand."""

    size: Length
    pitch: Length


@dataclass(frozen=True)
class Pages:
    """A composed paper, and the shapes that a renderer which flows by itself takes over."""

    title: str
    pages: tuple[Page, ...]
    shapes: Shapes
    number: str = ""
    """The paper's 发文字号, for the properties of a file; empty for a part that does not bear it."""
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shapes:
    """Decisions of the composition that a DOCX repeats."""

    title_lines: tuple[str, ...]
    mark: MarkShape | None
    signatures: SignatureShape | None
    imprint: ImprintShape | None
    annex_note: NoteShape | None
    annex_titles: tuple[tuple[str, ...], ...] = ()
    tables: dict[tuple[int, int], TableShape] = field(default_factory=dict)
    """By (place of the annex, place of the block in it)."""

    def is_turned(self, annex: int, block: int = 0) -> bool:
        """Whether a block of an annex stands on turned pages; label and title stand as the first block does."""
        table = self.tables.get((annex, block))
        return table is not None and table.is_turned
