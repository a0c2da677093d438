"""A paper and what is handed on apart from it: annexes that are not bound with it, or all of them for an OA."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docgen.gongwen.document import Annex, Document, Format


@dataclass(frozen=True)
class Parts:
    """The paper itself, and each annex that is apart from it, with the paper that this is by itself."""

    paper: Document
    annexes: tuple[tuple[Annex, Document], ...]


def bound_parts(document: Document) -> Parts:
    """Divide a paper as it is bound: an annex that bears its number is by itself, without 版头 and 版记 (7.3.7)."""
    bound = tuple(annex for annex in document.annexes if not annex.bound_to)
    apart = ((annex, _alone(annex, has_page_numbers=True)) for annex in document.annexes if annex.bound_to)
    return Parts(replace(document, annexes=bound), tuple(apart))


def oa_parts(document: Document) -> Parts:
    """Divide a paper for the office's OA, which adds 版头, number, 版记 and page numbers of its own."""
    annexes = [replace(annex, bound_to="") for annex in document.annexes]
    text = replace(
        document, masthead=None, imprint=None, annexes=(), format=Format.FILE, has_page_numbers=False
    )
    return Parts(text, tuple((annex, _alone(annex, has_page_numbers=False)) for annex in annexes))


def _alone(annex: Annex, *, has_page_numbers: bool) -> Document:
    return Document(
        masthead=None,
        title="",
        addressees="",
        body=(),
        annex_note=None,
        signatures=None,
        imprint=None,
        annexes=(annex,),
        has_page_numbers=has_page_numbers,
    )
