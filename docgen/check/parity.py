"""Whether the files of a paper say the same as its model: DOCX, PDF and the workbook beside them. Pure.

The model is held against its composition and the DOCX element by element, the PDF against the composition line by
line. Blanks and line ends are left out, and nothing else: what is named differs by a character at least. A PDF cannot
tell characters that are drawn by one glyph; there they are one.
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.differences import Difference, differences
from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.check.drawn_lines import drawn_otherwise
from docgen.check.pdf_seen import see_pdf
from docgen.check.told_texts import told_by_docx, told_by_model, told_by_pages
from docgen.gongwen import Document
from docgen.layout.pages import Pages

__all__ = ["Difference", "paper_differences"]


def paper_differences(
    document: Document, pages: Pages, docx: bytes | None = None, pdf: bytes | None = None
) -> tuple[Difference, ...]:
    """Name all that the composition and the finished files of a paper say otherwise than its model.

    `pages` are those that the document was composed to, 主送机关 where it stands there. Raise Unreadable for a file
    that cannot be read.
    """
    return tuple(_differences(document, pages, docx, pdf))


def _differences(
    document: Document, pages: Pages, docx: bytes | None, pdf: bytes | None
) -> Iterator[Difference]:
    model = tuple(told_by_model(document))
    yield from differences("版面", model, told_by_pages(pages))
    if docx is not None:
        yield from differences("DOCX", model, told_by_docx(paper_of_docx(see_docx(docx))))
    if pdf is not None:
        yield from drawn_otherwise("PDF", pages, see_pdf(pdf))
