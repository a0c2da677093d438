"""Parts of a paper that are handed on by themselves: to the office's OA, which adds 版头, 版记 and number of its own."""

from __future__ import annotations

from dataclasses import replace

from docgen.gongwen.document import Document, Format


def text_for_oa(document: Document) -> Document:
    """Give the title and text down to 附注, without 版头, 版记, annexes and page numbers."""
    return replace(
        document, masthead=None, imprint=None, annexes=(), format=Format.FILE, has_page_numbers=False
    )
