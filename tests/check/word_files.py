"""DOCX files to look at: docgen's own papers, changed in one place; and small ones written out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache

from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.check.finding import Found, Grade
from docgen.check.rules.docx import RULES
from docgen.check.seen import Paper
from docgen.render.docx import render_docx
from docgen.render.shell import packed as zipped
from tests.closings import CLOSINGS
from tests.first_pages import FIRST_PAGES
from tests.papers import LETTERS, PAPERS, STYLESHEET, composed

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


SAMPLES = PAPERS | LETTERS | FIRST_PAGES | {
    name: document for name, document in CLOSINGS.items() if " mm" not in name or "42 mm" in name
}
"""Every form of a paper that docgen can make, sealed ones with seals of one size."""


@cache
def made(name: str) -> bytes:
    """A sample as docgen makes it."""
    document = SAMPLES[name]
    return render_docx(document, composed(document), STYLESHEET)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def patched(content: bytes, part: str, pattern: str, new: str, *, count: int = 1) -> bytes:
    """A file with the first `count` matches of a pattern in a part written anew (all when it is 0); there must be one."""
    parts = parts_of(content)
    text, changed = re.subn(pattern, new, parts[part].decode(), count=count, flags=re.DOTALL)
    assert changed, f"{part} 里没有 {pattern}"
    return zipped(parts | {part: text.encode()})


def stripped(content: bytes) -> bytes:
    """A file without the tags and the names by which its elements are known; how it looks stays."""
    parts = parts_of(content)
    parts[STYLES] = re.sub(rb'<w:name w:val="[^"]*"', b'<w:name w:val="style"', parts[STYLES])
    parts[DOCUMENT] = re.sub(rb'<w:(?:tag|alias) w:val="[^"]*"/>', b"", parts[DOCUMENT])
    return zipped(parts)


def word(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    settings: str = "",
    main_type: str = MAIN_TYPE,
    links: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """The smallest DOCX of this body, with styles, lists and relationships where they are given."""
    office = f"{_R}/officeDocument"
    relations = (
        f'<Relationship Id="s" Type="{_R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="n" Type="{_R}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="o" Type="{_R}/settings" Target="settings.xml"/>'
        f'<Relationship Id="t" Type="{_R}/theme" Target="theme/theme1.xml"/>{links}'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="d" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        DOCUMENT: f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        STYLES: f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
        SETTINGS: f"<w:settings {NAMESPACES}>{settings}</w:settings>",
    } | dict(more or {})
    return zipped({name: content.encode() for name, content in parts.items()})


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def read(content: bytes) -> Paper:
    """The elements of a file."""
    return paper_of_docx(see_docx(content))


NO_FAULT = (Grade.ERROR, Grade.WARNING)
"""The grades of which a sound paper has no finding."""


def found_in(content: bytes, *grades: Grade) -> dict[str, list[Found]]:
    """What the rules of a DOCX find in a file, by rule; of these grades, of all where none is named."""
    seen = read(content)
    looked = {rule.id: list(rule.look(seen)) for rule in RULES if rule.grade in (grades or tuple(Grade))}
    return {name: found for name, found in looked.items() if found}


def named(paper: Paper) -> list[tuple[str, str, int]]:
    """The elements of a paper by name, text and annex."""
    return [(element.name, element.text, element.annex) for element in paper.elements]
