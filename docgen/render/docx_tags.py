"""Mark every element of a rendered DOCX with its field name (公文域, GB/T 33476.2-2016): a content control around it.

An office's system finds elements by these tags, and the checks of docgen do. They change nothing of the layout: the
controls hold building blocks (docPartObj), for LibreOffice 7.4 makes fields of those of rich text, and loses sizes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from docgen.gongwen.field_names import FIELD_NAMES, field_name
from docgen.render.shell import LEVEL_STYLES

_ELEMENTS = {
    "CopyNumber": "份号",
    "Secrecy": "密级",
    "Urgency": "紧急程度",
    "Mark": "发文机关标志",
    "Number": "发文字号",
    "Signer": "签发人",
    "Title": "标题",
    "Addressees": "主送机关",
    **dict.fromkeys(LEVEL_STYLES.values(), "正文"),
    "AnnexNote": "附件说明",
    "Signature": "署名",
    "Date": "成文日期",
    "Note": "附注",
    "AnnexLabel": "附件",
    "AnnexTitle": "附件标题",
}
"""The element that the paragraphs of a style are of, by the style's id."""
_LABELS = {"主送：": "版记主送", "抄送：": "抄送"}

Node = Any
"""An lxml element."""


def tag_elements(word: WordDocument) -> None:
    """Put every element of the paper into a content control with its field's name."""
    signatures = count(1)
    first_annex = next(_of_style(word, "AnnexLabel"), None)
    behind = set() if first_annex is None else set(first_annex.itersiblings())
    for parent in [*word.element.body.iter(qn("w:body"), qn("w:tc"), qn("w:txbxContent"))]:
        paragraphs = [child for child in parent if child.tag == qn("w:p")]
        for element, group in _groups(paragraphs, behind):
            number = next(signatures) if element == "署名" else 0
            ends_section = group[-1].find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
            whole = group[:-1] if ends_section else group
            if whole:
                _wrap(whole, element, number)
            if ends_section:
                _wrap(group[-1].findall(qn("w:r")), element, number)
    for imprint in [*_of_style(word, "Imprint")]:
        _tag_imprint(imprint)


def _of_style(word: WordDocument, style: str) -> Iterator[Node]:
    return (paragraph for paragraph in word.element.body.iter(qn("w:p")) if paragraph.style == style)


def _groups(paragraphs: Iterable[Node], behind: set[Node]) -> Iterator[tuple[str, list[Node]]]:
    """Give the paragraphs that stand one behind another and are of one element; an annex's text is none."""

    def element(paragraph: Node) -> str:
        found = _ELEMENTS.get(paragraph.style or "", "")
        return "" if found == "正文" and paragraph in behind else found

    run: list[tuple[str, Node]] = []
    for paragraph in paragraphs:
        if run and paragraph.getprevious() is not run[-1][1]:
            yield from _closed(run)
            run = []
        run.append((element(paragraph), paragraph))
    yield from _closed(run)


def _closed(run: Iterable[tuple[str, Node]]) -> Iterator[tuple[str, list[Node]]]:
    for element, group in groupby(run, key=lambda pair: pair[0]):
        if element:
            yield element, [paragraph for _, paragraph in group]


def _wrap(nodes: list[Node], element: str, number: int) -> None:
    """Put nodes that stand one behind another into a content control."""
    control, properties, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    for name, text in (("w:alias", FIELD_NAMES[element][1]), ("w:tag", field_name(element, number))):
        entry = OxmlElement(name)
        entry.set(qn("w:val"), text)
        properties.append(entry)
    properties.append(OxmlElement("w:docPartObj"))
    nodes[0].addprevious(control)
    control.append(properties)
    control.append(content)
    for node in nodes:
        content.append(node)


def _tag_imprint(paragraph: Node) -> None:
    """Tag a paragraph of 版记: 主送 or 抄送 as a whole, 印发机关 and 印发日期 side by side."""
    runs = paragraph.findall(qn("w:r"))
    words = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
    labelled = next((element for label, element in _LABELS.items() if words.startswith(label)), None)
    if labelled is not None:
        _wrap([paragraph], labelled, 0)
        return
    tab = next((place for place, run in enumerate(runs) if run.find(qn("w:tab")) is not None), len(runs))
    for element, part in (("印发机关", runs[:tab]), ("印发日期", runs[tab + 1 :])):
        if part:
            _wrap(part, element, 0)
