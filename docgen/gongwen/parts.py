"""Parts of a paper that are handed on by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.gongwen.document import Annex, Document


def bound_together(document: Document) -> Document:
    """Give a paper with those of its annexes that are bound with it (7.3.7)."""
    return replace(document, annexes=tuple(annex for annex in document.annexes if not annex.bound_to))


def detached_annexes(document: Document) -> Iterator[tuple[Annex, Document]]:
    """Give each annex that is not bound with its paper, and the paper that it is by itself: no 版头, no 版记."""
    for annex in document.annexes:
        if annex.bound_to:
            yield annex, Document(None, "", "", (), None, None, None, (annex,))
