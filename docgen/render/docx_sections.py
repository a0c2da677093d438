"""Divide a rendered DOCX into sections: text, upright and turned annexes, added pages without a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from docgen.gongwen import Document, Format, Paragraph, Table
from docgen.layout.pages import Shapes
from docgen.render.shell import section_xml, text_section, turned_section
from docgen.render.wordml import DECLARATIONS
from docgen.styles import Stylesheet


@dataclass(frozen=True)
class _Look:
    """What the pages of a section are like."""

    is_annex: bool
    shows_number: bool
    is_turned: bool = False
    hides_first: bool = False
    """Whether its first page has no number: that of a letter (10.1)."""


@dataclass
class _Stretch:
    """What stands on pages of one look, in order; it ends with a paragraph."""

    elements: list[BaseOxmlElement]
    look: _Look


def divide(word: WordDocument, document: Document, shapes: Shapes, stylesheet: Stylesheet) -> None:
    """End a section wherever the pages are of another look from there on."""
    body = word.element.body
    *elements, final = body
    stretches: list[_Stretch] = []
    start = 0
    for count, look in _looks(document, shapes, len(elements)):
        part = elements[start : start + count]
        start += count
        if part and stretches and stretches[-1].look == look:
            stretches[-1].elements += part
        elif part:
            stretches.append(_Stretch(part, look))
    *others, last = stretches
    for stretch in others:
        *_, end = stretch.elements[-1].xpath("descendant-or-self::w:p")
        end.get_or_add_pPr().append(_section(stretch.look, stylesheet))
    for stretch in stretches[1:]:
        for forced in stretch.elements[0].xpath("descendant-or-self::w:p/w:pPr/w:pageBreakBefore"):
            forced.getparent().remove(forced)
    body.replace(final, _section(last.look, stylesheet))


def _looks(document: Document, shapes: Shapes, total: int) -> Iterator[tuple[int, _Look]]:
    """Say of how many elements each part of the paper is made, and the look of its pages."""
    shows = document.has_page_numbers
    annexes = list(_annexes(document, shapes, shows_number=shows))
    added = shapes.imprint.added_pages if shapes.imprint is not None else 0
    closing = 0 if shapes.imprint is None else 2 if added == 2 else 1
    text = _Look(False, shows, hides_first=document.format is Format.LETTER)
    yield total - closing - sum(count for count, _ in annexes), text
    yield from annexes
    yield closing, replace(_Look(True, shows) if annexes else text, shows_number=shows and added != 2)


def _annexes(document: Document, shapes: Shapes, *, shows_number: bool) -> Iterator[tuple[int, _Look]]:
    """Label and title, then each block: a table is between its caption and its notes, a low line behind them."""
    for place, annex in enumerate(document.annexes):
        yield 2, _Look(True, shows_number, shapes.is_turned(place))
        for number, block in enumerate(annex.blocks):
            yield _count(block), _Look(True, shows_number, shapes.is_turned(place, number))


def _count(block: Paragraph | Table) -> int:
    return 1 if isinstance(block, Paragraph) else 2 + bool(block.caption) + len(block.notes)


def _section(look: _Look, stylesheet: Stylesheet) -> BaseOxmlElement:
    """Write a section's properties. A page of tables ends later than composed by what LibreOffice adds to a table.

    That is a rule's weight; later still, and a row would stand there that was composed onto the next page.
    """
    page, later = stylesheet.page, stylesheet.table.weight
    if look.is_turned:
        bottom = page.width - page.area(is_turned=True).bottom - later
        text = turned_section(stylesheet, bottom=bottom, shows_number=look.shows_number)
    elif look.is_annex:
        bottom = page.height - page.area_bottom - later
        text = section_xml(stylesheet, top=page.top_white, bottom=bottom, shows_number=look.shows_number)
    else:
        text = text_section(stylesheet, shows_number=look.shows_number, hides_first=look.hides_first)
    return parse_xml(text.replace("<w:sectPr>", f"<w:sectPr {DECLARATIONS}>", 1))
