"""What is seen in a finished file: places in mm from the page's top left corner, colours as #RRGGBB.

A PDF is seen as drawn pages, a DOCX as paragraphs with the properties that hold for them (its styles resolved).
Both are seen as elements of an official paper, named as in GB/T 9704-2012; rules of text look only at these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in mm from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right, in mm."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom, in mm."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Glyph:
    """One drawn character: the box of its ink, where it starts on its line, its size in pt, font and colour."""

    char: str
    ink: Box
    x: float
    size: float
    font: str
    colour: str


@dataclass(frozen=True)
class SeenLine:
    """Characters that stand on one line of a page, from left to right; blanks have no ink and are left out."""

    page: int
    baseline: float
    glyphs: tuple[Glyph, ...]
    ink: Box
    text: str
    """The line's characters, blanks too."""
    turn: int = 0
    """90 where it reads upwards, 270 where it reads downwards; its `baseline` is then from the left of the page,
    and its characters start at their heights."""


@dataclass(frozen=True)
class SeenPicture:
    """An image, or a round shape that is drawn: its box, and the colour most of it has, empty where it has none."""

    box: Box
    colour: str = ""


@dataclass(frozen=True)
class SeenRule:
    """A straight line or a thin bar: horizontal where it is wider than high; `weight` in mm."""

    page: int
    box: Box
    weight: float
    colour: str


@dataclass(frozen=True)
class SeenPage:
    """One page of a PDF, upright: rotated text is in `turned`, its places as they are on the page."""

    number: int
    width: float
    height: float
    lines: tuple[SeenLine, ...]
    rules: tuple[SeenRule, ...] = ()
    images: tuple[SeenPicture, ...] = ()
    turned: tuple[SeenLine, ...] = ()
    unseen: str = ""
    """Characters that are in the file to be searched or copied, but are not drawn."""


@dataclass(frozen=True)
class SeenFont:
    """A font of a PDF by its own name (subset prefix cut off), and whether its program is in the file."""

    name: str
    is_embedded: bool


@dataclass(frozen=True)
class SeenPdf:
    """A PDF: its pages, fonts, and what it says of itself."""

    pages: tuple[SeenPage, ...]
    fonts: tuple[SeenFont, ...] = ()
    title: str = ""
    language: str = ""
    is_tagged: bool = False
    conformance: str = ""
    """PDF/A or PDF/UA as the metadata claim it, as in “PDF/A-2B”; empty when they claim none."""


@dataclass(frozen=True)
class SeenRun:
    """A run of a DOCX with the properties that hold for it: fonts by script, size in pt."""

    text: str
    east_asia: str
    ascii: str
    size: float
    is_bold: bool
    colour: str
    spacing: float = 0.0
    tag: str = ""
    """The tag of the content control that it stands in within its paragraph, empty when in none."""


@dataclass(frozen=True)
class SeenBorder:
    """A rule along a side of a paragraph or between the rows of a table: `side` is top, bottom, left, right, between.

    `weight` in mm.
    """

    side: str
    weight: float
    colour: str


@dataclass(frozen=True)
class SeenParagraph:
    """A paragraph of a DOCX with the properties that hold for it, lengths in mm.

    `number` counts every paragraph of the body in order, those in tables and text boxes too, from 1.
    """

    number: int
    text: str
    runs: tuple[SeenRun, ...]
    style: str = ""
    style_id: str = ""
    tag: str = ""
    """The tag of the content control it stands in (GB/T 33476.2 field name), empty when in none."""
    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float | None = None
    """The line pitch in pt where it is exact, None where it is not."""
    line_times: float | None = 1.0
    """Where the pitch is not exact: how many single lines it is; None where only a least pitch is given."""
    starts_page: bool = False
    """Told to start a page: pageBreakBefore, a page break before any text, or the first of a section."""
    keeps_next: bool = False
    in_table: int = 0
    """The number of the table it stands in, from 1; 0 for none."""
    cell: int = 0
    """The number of the cell it stands in, counted over the whole file from 1; 0 for none."""
    in_box: bool = False
    section: int = 0
    numbering: str = ""
    """The text of an automatic number before it, as far as it can be told."""
    borders: tuple[SeenBorder, ...] = ()


@dataclass(frozen=True)
class SeenSection:
    """A section of a DOCX: page and margins in mm, grid, and the texts of its footers by kind."""

    number: int
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer: float
    grid: str = ""
    line_pitch: float | None = None
    char_space: int | None = None
    footers: dict[str, tuple[SeenParagraph, ...]] = field(default_factory=dict)
    """By kind: default, even, first. PAGE fields are read as “{PAGE}”."""
    shows_first_apart: bool = False


@dataclass(frozen=True)
class SeenTable:
    """A table of a DOCX: rows of cells' texts, and which rows are repeated or may be divided."""

    number: int
    rows: tuple[tuple[str, ...], ...]
    head_rows: int = 0
    may_split: bool = False
    width: float = 0.0
    rules: tuple[SeenBorder | None, ...] = ()
    """The rule above the first row, those between rows, that below the last; None where there is none."""


class ShapeKind(Enum):
    """What a drawn thing of a DOCX is."""

    LINE = "线"
    PICTURE = "图片"
    BOX = "文本框"
    OTHER = "图形"


@dataclass(frozen=True)
class SeenShape:
    """A drawn thing of a DOCX: its size in mm as far as it is told, and the paragraph it hangs on."""

    kind: ShapeKind
    width: float
    height: float
    colour: str
    """Of its outline, empty when none is told."""
    paragraph: int


@dataclass(frozen=True)
class SeenWord:
    """A DOCX: its sections, paragraphs, tables, and what its settings say."""

    sections: tuple[SeenSection, ...]
    paragraphs: tuple[SeenParagraph, ...]
    tables: tuple[SeenTable, ...] = ()
    shapes: tuple[SeenShape, ...] = ()
    odd_even_differ: bool = False
    normal_size: float = 10.5
    theme_fonts: tuple[str, ...] = ()
    """Parts in which a theme's fonts are asked for."""
    hidden: tuple[str, ...] = ()
    """What may hold text that is not seen: tracked changes, comments, hidden runs, in words for the reader."""
    outside: tuple[str, ...] = ()
    """What reaches out of the file or could act, in words for the reader: links to other files, macros."""


class How(Enum):
    """How an element was recognised; earlier ones are surer."""

    TAG = "标记"
    STYLE = "样式"
    PLACE = "位置和文字"


@dataclass(frozen=True)
class Element:
    """A part of the paper, named as the layout names it.

    The names: 份号, 密级, 紧急程度, 发文机关标志, 发文字号, 签发人, 标题, 主送机关,
    正文, 一级标题 … 四级标题, 附件说明, 署名, 成文日期, 附注, 附件 (its label), 附件标题, 表题, 表, 表注 (under a table), 抄送,
    版记主送, 印发机关, 印发日期, 页码. A DOCX gives 其他 for what was not recognised.

    One for each paragraph (one for each name of 署名 that stands in several, one for each table, in a PDF
    for each page of it);
    `text` is without line ends. A PDF gives `lines` (a paragraph that runs over pages has lines of several), a
    DOCX `paragraphs`.
    """

    name: str
    text: str
    how: How
    lines: tuple[SeenLine, ...] = ()
    paragraphs: tuple[SeenParagraph, ...] = ()
    annex: int = 0
    """The place of the annex it stands in, from 1; 0 in the paper itself."""

    @property
    def page(self) -> int | None:
        """The page on which it starts, None in a DOCX."""
        return self.lines[0].page if self.lines else None


@dataclass(frozen=True)
class Paper:
    """A file as the rules see it: its elements in reading order, and the file itself. One of the two is None."""

    elements: tuple[Element, ...]
    pdf: SeenPdf | None = None
    word: SeenWord | None = None
    is_letter: bool = False
    """Whether it is in 信函格式."""
    unidentified: tuple[str, ...] = ()
    """What could not be recognised, each in words for the reader."""

    def of(self, *names: str) -> tuple[Element, ...]:
        """Give the elements of these names, in order."""
        return tuple(element for element in self.elements if element.name in names)

    def first(self, name: str) -> Element | None:
        """Give the first element of a name, None where there is none."""
        return next((element for element in self.elements if element.name == name), None)
