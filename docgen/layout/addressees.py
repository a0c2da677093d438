"""Move 主送机关 to 版记 where they are so many that the first page would show no text (GB/T 9704-2012, 7.3.2)."""

from __future__ import annotations

from dataclasses import replace

from docgen.gongwen import Document
from docgen.layout.compose import compose
from docgen.layout.imprint import ImprintTooHigh
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Pages, TextBlock
from docgen.layout.text import BODY_ELEMENTS
from docgen.styles import Stylesheet


def with_addressees_moved(
    document: Document, stylesheet: Stylesheet, metrics: Metrics
) -> tuple[Document, Pages]:
    """Compose a paper as it is, or, where that gives the first page its text, with 主送机关 in 版记; give both.

    They move, too, before they put a joint mark into smaller type; the names draw together for them first. So many
    that no 版记 holds them stay where they are.
    """
    pages = compose(document, stylesheet, metrics)
    if not document.addressees or document.imprint is None:
        return document, pages
    shows_text = _shows_text(pages)
    if shows_text and not (_is_close(pages, stylesheet) and _are_more_than_issuers(document, pages)):
        return document, pages
    imprint = replace(document.imprint, addressees=document.addressees.rstrip("："))
    moved = replace(document, addressees="", imprint=imprint)
    try:
        moved_pages = compose(moved, stylesheet, metrics)
    except ImprintTooHigh:
        return document, pages
    is_gain = _shows_text(moved_pages) and not (shows_text and _is_close(moved_pages, stylesheet))
    return (moved, moved_pages) if is_gain else (document, pages)


def _shows_text(pages: Pages) -> bool:
    return any(block.element in BODY_ELEMENTS for block in _first_page(pages))


def _is_close(pages: Pages, stylesheet: Stylesheet) -> bool:
    """Whether the names of the mark stand as close as they may, and perhaps in smaller type too."""
    mark = pages.shapes.mark
    return mark is not None and mark.pitch <= mark.size * stylesheet.masthead.least_pitch_ratio


def _are_more_than_issuers(document: Document, pages: Pages) -> bool:
    """Whether 主送机关 take more lines than the mark has names: else it is not for them that it is close."""
    names = len(document.masthead.issuers) if document.masthead is not None else 0
    return sum(len(block.lines) for block in _first_page(pages) if block.element == "主送机关") > names


def _first_page(pages: Pages) -> list[TextBlock]:
    return [block for block in pages.pages[0].blocks if isinstance(block, TextBlock)]
