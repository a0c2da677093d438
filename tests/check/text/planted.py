"""Plant a fault in real files: other words in a finished DOCX, or in the document that a PDF is drawn from."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from io import BytesIO
from typing import Any

from lxml import etree

from docgen.check.finding import Grade
from docgen.check.inspect import Report
from docgen.check.rules.text import RULES
from docgen.gongwen import Document, DocumentNumber
from docgen.render.docx import render_docx
from docgen.render.pdf import render_pdf
from tests.papers import STYLESHEET, composed, metrics

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/document.xml"


@dataclass(frozen=True)
class OddNumber(DocumentNumber):
    """A number as somebody typed it."""

    typed: str = ""

    def __str__(self) -> str:
        return self.typed


@cache
def pdf_of(document: Document) -> bytes:
    return render_pdf(composed(document), STYLESHEET, metrics())


@cache
def docx_of(document: Document) -> bytes:
    return render_docx(document, composed(document), STYLESHEET)


def retyped(content: bytes, old: str, new: str, *, is_once: bool = False) -> bytes:
    """A DOCX with other words wherever the old ones stand (or the first time), be they in one run or in several."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    tree = etree.fromstring(parts[_PART])
    changed = (_retype(paragraph, old, new) for paragraph in tree.iter(f"{_W}p"))
    assert any(changed) if is_once else any(list(changed)), old
    parts[_PART] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _retype(paragraph: Any, old: str, new: str) -> bool:
    texts = [node for node in paragraph.iter(f"{_W}t") if next(node.iterancestors(f"{_W}p")) is paragraph]
    at = "".join(node.text or "" for node in texts).find(old)
    if at < 0:
        return False
    done, rest = 0, len(old)
    for node in texts:
        text = node.text or ""
        start = max(0, at - done)
        if rest and start < len(text):
            taken = min(rest, len(text) - start)
            node.text = text[:start] + (new if rest == len(old) else "") + text[start + taken :]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            rest -= taken
        done += len(text)
    return True


def reworded(value: Any, old: str, new: str) -> Any:
    """A document with other words wherever the old ones stand."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, tuple):
        return tuple(reworded(item, old, new) for item in value)
    if isinstance(value, DocumentNumber):
        return OddNumber(value.agency_code, value.year, value.serial, str(value).replace(old, new)) if old in str(value) else value
    if is_dataclass(value) and not isinstance(value, type):
        own = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: reworded(item, old, new) for name, item in own.items()})
    return value


_TEXT_RULES = {rule.id for rule in RULES}


def text_faults(report: Report) -> set[str]:
    """The rules of text that a file departs from; practice only where the rule is no stronger."""
    return {
        finding.rule.id
        for finding in report.findings
        if finding.rule.look.__module__.startswith("docgen.check.rules.text")
        and (finding.grade is not Grade.INFO or finding.rule.grade is Grade.INFO)
    }
