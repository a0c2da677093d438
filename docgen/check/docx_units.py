"""What an element may be made of: paragraphs of a DOCX with words in them, pieces of one, and whole tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.check.docx_names import element_of_style
from docgen.check.seen import How, SeenParagraph, SeenTable, SeenWord
from docgen.gongwen.field_names import element_of_field
from docgen.gongwen.levels import level_of

_PRINTED = re.compile(r"(.*?)[\s　]*((?:\S*?年.{0,4}月.{0,4}日)\s*印发)\s*", re.DOTALL)
_SIGNED = re.compile(r"(.*号)[\s　]*(签发人\s*[:：].*)", re.DOTALL)
LEVELS = ("", "一级标题", "二级标题", "三级标题", "四级标题")
"""The elements of the body by the levels of its headings, the body's own text left empty."""
_LONGEST_LINE = 300
"""What holds two elements is a line or two; the patterns would take long over the words of a whole page."""
_HOLDS_ELEMENTS = re.compile(r"抄\s*送\s*[:：]|日\s*印发|签发人\s*[:：]|〔\d{4}〕")


@dataclass
class Unit:
    """A paragraph, a piece of one, or a table, and what it is taken for so far."""

    paragraphs: tuple[SeenParagraph, ...]
    text: str
    name: str = ""
    how: How = How.PLACE
    annex: int = 0
    is_table: bool = False

    @property
    def head(self) -> SeenParagraph:
        """Its first paragraph."""
        return self.paragraphs[0]

    @property
    def is_centred(self) -> bool:
        """Whether it is set in the middle."""
        return self.head.align in ("center", "distribute")

    @property
    def size(self) -> float:
        """The largest size of its type in pt."""
        return max((run.size for run in self.head.runs if run.text.strip()), default=0.0)

    @property
    def is_red(self) -> bool:
        """Whether its type is red."""
        return any(is_red(run.colour) for run in self.head.runs if run.text.strip())


def is_red(colour: str) -> bool:
    """Tell a red from every other colour."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red >= 160 and green <= 80 and blue <= 80


def units(word: SeenWord) -> list[Unit]:
    """Give the units of a file in order, named as far as tags and styles say; empty paragraphs are left out."""
    given = list(_units(word))
    return [unit for unit in given if unit.text.strip()]


def _units(word: SeenWord) -> Iterator[Unit]:
    listed = {table.number: table for table in word.tables}
    laid_out = {number for number, table in listed.items() if _is_layout(table, word.paragraphs)}
    shown: dict[int, list[SeenParagraph]] = {}
    for paragraph in word.paragraphs:
        if paragraph.in_table and paragraph.in_table not in laid_out:
            shown.setdefault(paragraph.in_table, []).append(paragraph)
    begun = set()
    for paragraph in word.paragraphs:
        if paragraph.in_table not in shown:
            yield from _pieces(paragraph)
        elif paragraph.in_table not in begun:
            begun.add(paragraph.in_table)
            cells = tuple(shown[paragraph.in_table])
            yield Unit(cells, "\t".join(bare_lines(cell.text) for cell in cells), "表", is_table=True)


def _is_layout(table: SeenTable, paragraphs: Sequence[SeenParagraph]) -> bool:
    """Tell a table that only places elements (mark, names, 版记) from one that shows figures."""
    inside = [paragraph for paragraph in paragraphs if paragraph.in_table == table.number]
    if all(rule is None for rule in table.rules) or any(paragraph.in_box for paragraph in inside):
        return True
    return len(table.rows) <= 6 and any(_HOLDS_ELEMENTS.search(paragraph.text) for paragraph in inside)


def _pieces(paragraph: SeenParagraph) -> Iterator[Unit]:
    """Give a paragraph, in pieces where it holds several elements: 发文字号 and 签发人, 印发机关 and 印发日期."""
    text = paragraph.numbering + bare_lines(paragraph.text)
    tags = {run.tag: element for run in paragraph.runs if run.tag and (element := element_of_field(run.tag))}
    if len(set(tags.values())) > 1:
        for tag, element in tags.items():
            words = "".join(run.text for run in paragraph.runs if run.tag == tag)
            yield Unit((paragraph,), bare_lines(words).strip(), element, How.TAG)
        return
    name, how = _given(paragraph, text)
    is_line = len(text) <= _LONGEST_LINE
    printed = _PRINTED.fullmatch(text) if is_line else None
    signed = _SIGNED.fullmatch(text) if is_line else None
    if printed is not None and name in ("", "印发机关", "印发日期"):
        if printed[1].strip():
            yield Unit((paragraph,), printed[1].strip(), "印发机关", how)
        yield Unit((paragraph,), printed[2], "印发日期", how)
    elif signed is not None and name in ("", "发文字号", "签发人"):
        yield Unit((paragraph,), signed[1].strip(), "发文字号", how)
        yield Unit((paragraph,), signed[2].strip(), "签发人", how)
    else:
        yield Unit((paragraph,), text, name, how)


def _given(paragraph: SeenParagraph, text: str) -> tuple[str, How]:
    by_tag = element_of_field(paragraph.tag) if paragraph.tag else None
    if by_tag is not None:
        return by_tag, How.TAG
    by_style = element_of_style(paragraph.style)
    if by_style in LEVELS:  # Word's headings are counted from the title by some; the number that is read goes before
        by_style = LEVELS[level_of(text.strip()).value] or by_style
    return (by_style, How.STYLE) if by_style is not None else ("", How.PLACE)


def bare_lines(text: str) -> str:
    """Take the line ends out of a text."""
    return text.replace("\n", "")
