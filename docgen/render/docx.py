"""Render a paper as DOCX: words into the shell by docxtpl, measures from the composed pages by python-docx.

The file flows by itself; from the composition it takes its row heights, its added pages and the places of what
hangs on the page. Same document and pages, same bytes.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache, lru_cache
from typing import Any

from docx.document import Document as WordDocument
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from docgen.gongwen import Document, Format
from docgen.layout.pages import Pages, Shapes
from docgen.render.docx_annexes import blocks
from docgen.render.docx_letter import letter_head
from docgen.render.docx_masthead import masthead
from docgen.render.docx_measures import measure
from docgen.render.docx_signatures import signatures
from docgen.render.docx_tags import tag_elements
from docgen.render.imprint_box import imprint_box
from docgen.render.shell import LEVEL_STYLES, SHELL_NAME, packed, shell
from docgen.render.wordml import paragraph, spacer
from docgen.shipped import shipped
from docgen.styles import Stylesheet, load_stylesheet
from docgen.units import mm


class _CompilingOnce(SandboxedEnvironment):
    """Keeps the parts of the shell as they were compiled: docxtpl hands them over again for every paper."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self._compiled = lru_cache(_PARTS_KEPT)(super().from_string)

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Any:
        """Compile a part; what docxtpl never gives is not kept."""
        if globals is not None or template_class is not None:
            return super().from_string(source, globals, template_class)
        return self._compiled(source)


_PARTS_KEPT = 64
"""A shell has about a dozen parts, and each profile a shell."""
_ENVIRONMENT = _CompilingOnce()
_LONGEST_PROPERTY = 255
"""Characters that a property of a file may have (ECMA-376-2, as python-docx holds it)."""


@cache
def _shell_bytes(stylesheet: Stylesheet) -> bytes:
    """The shipped shell, or that of a profile other than the standard's."""
    if stylesheet == load_stylesheet():
        return (shipped("templates") / SHELL_NAME).read_bytes()
    return shell(stylesheet)


def render_docx(document: Document, pages: Pages, stylesheet: Stylesheet) -> bytes:
    """Write the paper as an editable DOCX with named styles."""
    template = DocxTemplate(io.BytesIO(_shell_bytes(stylesheet)))
    template.render(_context(document, pages, stylesheet), jinja_env=_ENVIRONMENT, autoescape=True)
    word: WordDocument = template.docx
    word.core_properties.title = pages.title[:_LONGEST_PROPERTY]
    if document.masthead is not None:
        word.core_properties.author = document.masthead.issuers[0][:_LONGEST_PROPERTY]
    measure(word, document, pages, stylesheet)
    tag_elements(word)
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as package:
        return packed({name: package.read(name) for name in package.namelist()})


def _context(document: Document, pages: Pages, stylesheet: Stylesheet) -> dict[str, object]:
    shapes = pages.shapes
    return {
        "masthead": Markup(_head(document, pages, stylesheet)),
        "title": "\n".join(shapes.title_lines),
        "addressees": document.addressees,
        "body": [{"style": LEVEL_STYLES[part.level], "text": part.text} for part in document.body],
        "annex_note": document.annex_note.lines if document.annex_note is not None else (),
        "signatures": Markup(_signed(document, shapes, stylesheet)),
        "note": f"（{document.note}）" if document.note else "",
        "annexes": [
            {
                "label": annex.label,
                "title": "\n".join(shapes.annex_titles[place]),
                "blocks": Markup(blocks(annex, place, shapes, stylesheet)),
            }
            for place, annex in enumerate(document.annexes)
        ],
        "imprint": Markup(_imprint(document, shapes, stylesheet)),
    }


def _head(document: Document, pages: Pages, stylesheet: Stylesheet) -> str:
    if document.masthead is None:
        return ""
    head = letter_head if document.format is Format.LETTER else masthead
    return head(document.masthead, pages, stylesheet)


def _signed(document: Document, shapes: Shapes, stylesheet: Stylesheet) -> str:
    if shapes.signatures is None:
        return ""
    return signatures(shapes.signatures, stylesheet, keeps_next=bool(document.note))


def _imprint(document: Document, shapes: Shapes, stylesheet: Stylesheet) -> str:
    """The paragraph that 版记 hangs on, on a page of its own where the composition added one."""
    if document.imprint is None or shapes.imprint is None:
        return ""
    box = imprint_box(document.imprint, shapes.imprint, stylesheet)
    anchor = paragraph(
        "Spacer",
        box,
        ("<w:pageBreakBefore/>" if shapes.imprint.added_pages else "")
        + '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
    )
    blank = spacer(mm(1)) if shapes.imprint.added_pages == 2 else ""
    return blank + anchor
