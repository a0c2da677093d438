"""The model of an official paper (GB/T 9704-2012). It says what stands on the paper, never where.

Knows nothing of insurance. Every text is already final: figures are filled in, numbers written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from docgen.gongwen.number import DocumentNumber
from docgen.gongwen.table import Table


class Format(Enum):
    """文件格式 (clauses 7–9), or 信函格式 with its red lines and without 版记's rules (10.1)."""

    FILE = "文件格式"
    LETTER = "信函格式"


class Sealing(Enum):
    """How a paper is signed: under seals, without any, or with the signer's 签名章 (7.3.5.1–7.3.5.3)."""

    SEALED = "加盖印章"
    UNSEALED = "不加盖印章"
    STAMPED = "签名章"


class Level(Enum):
    """Levels of the body (7.3.3): the body's text and the four kinds of heading 一、/（一）/1./（1）."""

    BODY = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True)
class Span:
    """A stretch of a paragraph that states a value: from `start` up to `end`, and the value's name.

    `aspect` is what of the value is stated when it is not the value itself.
    """

    start: int
    end: int
    name: str
    aspect: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; `line` is the template line it was made from (0 when it was not)."""

    text: str
    level: Level = Level.BODY
    line: int = 0
    figures: tuple[Span, ...] = ()
    """Which stretches of the text came from the data and not from whoever wrote the rest, in order."""


@dataclass(frozen=True)
class Masthead:
    """版头: the issuers whose names are shown (lead agency first), what follows them, and the document number."""

    issuers: tuple[str, ...]
    number: DocumentNumber
    suffix: str = "文件"
    copy_number: str = ""
    """份号 of six digits, as in 000001 (7.2.1)."""
    secrecy: str = ""
    """密级和保密期限, as in 机密★1年 (7.2.2)."""
    urgency: str = ""
    """紧急程度: 特急 or 加急 (7.2.3)."""
    signers: tuple[str, ...] = ()
    """签发人, lead agency's first; only an upward paper names them (7.2.6)."""


ANNEX_NOTE_LABEL = "附件："
"""What 附件说明 begins with (7.3.4)."""


@dataclass(frozen=True)
class AnnexNote:
    """附件说明: titles in order, made from the annexes; `remark` stands under them (cut-off date)."""

    titles: tuple[str, ...]
    remark: str = ""

    @property
    def items(self) -> tuple[tuple[str, str, str], ...]:
        """Each annex's label, only the first has it; its number, a single one has none; its title (7.3.4)."""
        is_numbered = len(self.titles) > 1
        return tuple(
            (ANNEX_NOTE_LABEL if place == 1 else "", f"{place}." if is_numbered else "", title)
            for place, title in enumerate(self.titles, start=1)
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """What is printed, an item a paragraph: 附件：1.…, 2.…, and the remark under them."""
        return tuple("".join(item) for item in self.items) + ((self.remark,) if self.remark else ())


@dataclass(frozen=True)
class Annex:
    """附件: its number (None when it is the only one), title, and its paragraphs and tables in order.

    `bound_to` is the paper's number where the annex is not bound with it (7.3.7).
    """

    number: int | None
    title: str
    blocks: tuple[Paragraph | Table, ...]
    bound_to: str = ""

    @property
    def label(self) -> str:
        """The mark at the top left of its first page: 附件 or 附件1, without a colon (7.3.7)."""
        return self.bound_to + ("附件" if self.number is None else f"附件{self.number}")


@dataclass(frozen=True)
class Signatures:
    """署名 in order, lead agency first (with 签名章: the signers' 职务), and 成文日期 as written."""

    names: tuple[str, ...]
    signing_date: str
    sealing: Sealing = Sealing.SEALED
    seal_diameter: int | None = None
    """The diameter of the seals in mm that room is kept for, where it is not the stylesheet's."""


@dataclass(frozen=True)
class Imprint:
    """版记: 抄送 (empty when there is none), 印发机关, 印发日期 as written with 印发.

    `addressees` is 主送 as written under 版记, without its label, where it stands here and not under the title (7.3.2, 7.4.2).
    """

    copy_to: tuple[str, ...]
    printing_office: str
    printing_date: str
    addressees: str = ""


@dataclass(frozen=True)
class Document:
    """A whole official paper, in the order in which it is read; a part of one leaves out what stands elsewhere."""

    masthead: Masthead | None
    title: str
    addressees: str
    body: tuple[Paragraph, ...]
    annex_note: AnnexNote | None
    signatures: Signatures | None
    imprint: Imprint | None
    annexes: tuple[Annex, ...] = ()
    note: str = ""
    """附注, without its brackets (7.3.6)."""
    format: Format = Format.FILE
    has_page_numbers: bool = True
