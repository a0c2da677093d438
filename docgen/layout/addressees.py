"""Move 主送机关 to 版记 where they are so many that the first page would show no text (GB/T 9704-2012, 7.3.2)."""

from __future__ import annotations

from dataclasses import replace

from docgen.gongwen import Document
from docgen.layout.compose import compose
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Pages, TextBlock
from docgen.layout.text import BODY_ELEMENTS
from docgen.styles import Stylesheet


def with_addressees_moved(
    document: Document, stylesheet: Stylesheet, metrics: Metrics
) -> tuple[Document, Pages]:
    """Compose a paper as it is, or, where that brings text to the first page, with 主送机关 in 版记; give both."""
    pages = compose(document, stylesheet, metrics)
    if not document.addressees or document.imprint is None or _shows_text(pages):
        return document, pages
    imprint = replace(document.imprint, addressees=document.addressees.rstrip("："))
    moved = replace(document, addressees="", imprint=imprint)
    moved_pages = compose(moved, stylesheet, metrics)
    return (moved, moved_pages) if _shows_text(moved_pages) else (document, pages)


def _shows_text(pages: Pages) -> bool:
    return any(
        isinstance(block, TextBlock) and block.element in BODY_ELEMENTS for block in pages.pages[0].blocks
    )
