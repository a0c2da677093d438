"""Papers as the rules of text see them, made from documents without a file between, or from a few words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.check.finding import Finding, Grade
from docgen.check.rules.text import RULES
from docgen.check.seen import Element, How, Paper, SeenParagraph
from docgen.gongwen import Annex, Document, Format, Level, Paragraph, Table, cell_text

_LEVELS = {
    Level.BODY: "正文", Level.FIRST: "一级标题", Level.SECOND: "二级标题", Level.THIRD: "三级标题", Level.FOURTH: "四级标题",
}


def element(name: str, text: str, annex: int = 0, number: int = 0, **more: object) -> Element:
    """One element, seen in a DOCX when its paragraph has a number."""
    seen = (SeenParagraph(number, text, (), **more),) if number else ()  # type: ignore[arg-type]
    return Element(name, text, How.TAG, paragraphs=seen, annex=annex)


def seen_paper(document: Document, *, as_docx: bool = False) -> Paper:
    """A document as a reader that makes no mistake would see its file."""
    told = list(_elements(document))
    elements = tuple(
        element(name, text, annex, number if as_docx else 0) for number, (name, text, annex) in enumerate(told, 1)
    )
    return Paper(elements, is_letter=document.format is Format.LETTER)


def _elements(document: Document) -> Iterator[tuple[str, str, int]]:
    head = document.masthead
    if head is not None:
        yield from (
            (name, text, 0)
            for name, text in (("份号", head.copy_number), ("密级", head.secrecy), ("紧急程度", head.urgency))
            if text
        )
        yield from (("发文机关标志", issuer, 0) for issuer in head.issuers)
        if head.suffix:
            yield "发文机关标志", head.suffix, 0
        yield "发文字号", str(head.number), 0
        if head.signers:
            yield "签发人", "签发人：" + "　".join(head.signers), 0
    yield "标题", document.title, 0
    if document.addressees:
        yield "主送机关", document.addressees, 0
    yield from _blocks(document.body, 0)
    yield from _closing(document)
    for place, annex in enumerate(document.annexes, 1):
        yield from _annex(annex, place)
    imprint = document.imprint
    if imprint is not None:
        if imprint.addressees:
            yield "版记主送", f"主送：{imprint.addressees.rstrip('：')}。", 0
        if imprint.copy_to:
            yield "抄送", f"抄送：{'，'.join(imprint.copy_to)}。", 0
        if document.format is Format.FILE:
            yield "印发机关", imprint.printing_office, 0
            yield "印发日期", imprint.printing_date, 0


def _closing(document: Document) -> Iterator[tuple[str, str, int]]:
    note = document.annex_note
    if note is not None:
        for place, title in enumerate(note.titles, 1):
            number = f"{place}." if len(note.titles) > 1 else ""
            yield "附件说明", ("附件：" if place == 1 else "") + number + title, 0
        if note.remark:
            yield "附件说明", note.remark, 0
    if document.signatures is not None:
        yield from (("署名", name, 0) for name in document.signatures.names)
        yield "成文日期", document.signatures.signing_date, 0
    if document.note:
        yield "附注", f"（{document.note}）", 0


def _annex(annex: Annex, place: int) -> Iterator[tuple[str, str, int]]:
    yield "附件", annex.label, place
    yield "附件标题", annex.title, place
    yield from _blocks(annex.blocks, place)


def _blocks(blocks: tuple[Paragraph | Table, ...], annex: int) -> Iterator[tuple[str, str, int]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield _LEVELS[block.level], block.text, annex
            continue
        if block.caption:
            yield "表题", block.caption, annex
        rows = (*block.rows, *([block.total] if block.total else []))
        cells = (cell_text(cell, column.kind) for row in rows for cell, column in zip(row, block.columns, strict=True))
        yield "表", "".join(cells), annex


def found(paper: Paper, *, kind: str = "docx") -> list[Finding]:
    """All that the rules of text find in a paper."""
    return [Finding(rule, at) for rule in RULES if kind in rule.kinds for at in rule.look(paper)]


def grave(paper: Paper) -> list[str]:
    """What of it is an error or a warning, by rule and words."""
    return [
        f"{finding.rule.id}: {finding.at.found}" for finding in found(paper) if finding.grade is not Grade.INFO
    ]


def ids(paper: Paper) -> set[str]:
    """The rules that find anything of note: errors, warnings and practice, the last where the rule is no stronger."""
    return {
        finding.rule.id
        for finding in found(paper)
        if finding.grade is not Grade.INFO or finding.rule.grade is Grade.INFO
    }


def changed(paper: Paper, name: str, text: str, at: int = 0) -> Paper:
    """The paper with another text in the element of this name, the first or that at a place."""
    place = [number for number, one in enumerate(paper.elements) if one.name == name][at]
    one = paper.elements[place]
    seen = tuple(replace(paragraph, text=text) for paragraph in one.paragraphs)
    new = replace(one, text=text, paragraphs=seen)
    return replace(paper, elements=(*paper.elements[:place], new, *paper.elements[place + 1 :]))


def without(paper: Paper, *names: str) -> Paper:
    """The paper without the elements of these names."""
    return replace(paper, elements=tuple(one for one in paper.elements if one.name not in names))


def ending(paper: Paper, text: str) -> Paper:
    """The paper with a paragraph more, at the end of its text."""
    place = max(number for number, one in enumerate(paper.elements) if one.name == "正文" and not one.annex) + 1
    more = element("正文", text, number=99)
    return replace(paper, elements=(*paper.elements[:place], more, *paper.elements[place:]))
