"""What a paper tells, element by element: as its model says it, as it was composed, as a finished DOCX shows it.

The three are written alike, so that they can be held against one another: texts without blanks and line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docgen.check.seen import Element, Paper
from docgen.gongwen import Annex, Document, Format, Paragraph, Span, Table
from docgen.layout.pages import Pages, TableBlock, TextBlock
from docgen.layout.table import row_texts
from docgen.layout.text import BODY_ELEMENTS

BODY = "正文"
"""All the text of a paper or an annex, its headings too."""
Row = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A text, or a row of a table: the element it is, the place of its annex from 1 (0 in the paper itself).

    `where` names it to the clerk; `heads` are the headers of a row's columns; `figures` are the values that a text of
    the model states, by their places in `words`.
    """

    element: str
    annex: int
    words: str | Row
    where: str = ""
    heads: Row = ()
    figures: tuple[Span, ...] = ()


def folded(text: str) -> str:
    """Leave out blanks and line ends, and nothing else."""
    return "".join(text.split())


def told_by_model(document: Document) -> Iterator[Told]:
    """Tell a paper in the order in which it is read."""
    yield from _head(document)
    for element, text in (("标题", document.title), ("主送机关", document.addressees)):
        yield from _text(element, text)
    for number, paragraph in enumerate(document.body, start=1):
        yield _paragraph(paragraph, 0, f"正文第 {number} 段")
    if document.annex_note is not None:
        yield from _text("附件说明", "".join(document.annex_note.lines))
    if document.signatures is not None:
        yield from _text("署名", "".join(document.signatures.names))
        yield from _text("成文日期", document.signatures.signing_date)
    yield from _text("附注", f"（{document.note}）" if document.note else "")
    for place, annex in enumerate(document.annexes, start=1):
        yield from _annex(annex, place)
    yield from _imprint(document)


def _paragraph(paragraph: Paragraph, annex: int, where: str) -> Told:
    text = paragraph.text
    spans = tuple(
        replace(span, start=len(folded(text[: span.start])), end=len(folded(text[: span.end])))
        for span in paragraph.figures
    )
    return Told(BODY, annex, folded(text), where, figures=spans)


def _text(element: str, text: str, annex: int = 0, of: str = "") -> Iterator[Told]:
    if folded(text):
        yield Told(element, annex, folded(text), of + element)


def _head(document: Document) -> Iterator[Told]:
    head = document.masthead
    if head is None:
        return
    is_letter = document.format is Format.LETTER
    mark = head.issuers[0] if is_letter else "".join(head.issuers) + head.suffix
    signers = "" if is_letter or not head.signers else f"签发人：{''.join(head.signers)}"
    texts = {
        "份号": head.copy_number, "密级": head.secrecy, "紧急程度": head.urgency, "发文机关标志": mark,
        "发文字号": str(head.number), "签发人": signers,
    }
    for element, text in texts.items():
        yield from _text(element, text)


def _imprint(document: Document) -> Iterator[Told]:
    imprint = document.imprint
    if imprint is None:
        return
    yield from _text("版记主送", f"主送：{imprint.addressees}。" if imprint.addressees else "")
    yield from _text("抄送", f"抄送：{'，'.join(imprint.copy_to)}。" if imprint.copy_to else "")
    if document.format is not Format.LETTER:
        yield from _text("印发机关", imprint.printing_office)
        yield from _text("印发日期", imprint.printing_date)


def _annex(annex: Annex, place: int) -> Iterator[Told]:
    name = annex.label.removeprefix(annex.bound_to)
    yield from _text("附件", annex.label, place, "第一页左上角的")
    yield from _text("附件标题", annex.title, place, f"{name}的")
    paragraphs = 0
    for block in annex.blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            yield _paragraph(block, place, f"{name}正文第 {paragraphs} 段")
        else:
            yield from _table(block, place, name + (f"“{folded(block.caption)}”" if block.caption else ""))


def _table(table: Table, place: int, name: str) -> Iterator[Told]:
    yield from _text("表题", table.caption, place, f"{name}的")
    heads = tuple(folded(column.header) for column in table.columns)
    yield Told("表", place, heads, f"{name}表头", heads)
    for number, row in enumerate(row_texts(table), start=1):
        where = f"{name}合计行" if table.total and number > len(table.rows) else f"{name}第 {number} 行"
        yield Told("表", place, tuple(map(folded, row)), where, heads)
    for note in table.notes:
        yield from _text("表注", note, place, f"{name}的")


def told_by_pages(pages: Pages) -> Iterator[Told]:
    """Tell a composed paper page by page, less its page numbers and the heads that a table repeats."""
    annex = 0
    for page in pages.pages:
        for block in page.blocks:
            if isinstance(block, TableBlock):
                for row in block.rows:
                    if not row.is_repeated:
                        cells = tuple(folded("".join(line.text for line in cell)) for cell in row.cells)
                        yield Told("表", annex, cells)
                continue
            annex += block.element == "附件"
            yield _of_block(block, annex)


def _of_block(block: TextBlock, annex: int) -> Told:
    element = BODY if block.element in BODY_ELEMENTS else block.element
    if annex and element == "标题":
        element = "附件标题"
    text = folded("".join(line.text for line in block.lines))
    return Told(element, 0 if element in OUTSIDE_ANNEXES else annex, text)


OUTSIDE_ANNEXES = frozenset({"抄送", "版记主送", "印发机关", "印发日期"})
"""版记 stands behind the annexes and belongs to none."""


def told_by_docx(paper: Paper) -> Iterator[Told]:
    """Tell a DOCX element by element, less its page numbers."""
    rows = {table.number: table.rows for table in paper.word.tables} if paper.word is not None else {}
    for element in paper.elements:
        if element.name == "页码":
            continue
        if element.name == "表":
            yield from (
                Told("表", element.annex, tuple(map(folded, row))) for row in rows[element.paragraphs[0].in_table]
            )
            continue
        yield _seen(element)


def told_by_pdf(paper: Paper) -> Iterator[Told]:
    """Tell a PDF element by element, less its page numbers and its tables: a page shows no rows."""
    yield from (_seen(element) for element in paper.elements if element.name not in ("页码", "表"))


def _seen(element: Element) -> Told:
    name = BODY if element.name in BODY_ELEMENTS else element.name
    return Told(name, 0 if element.name in OUTSIDE_ANNEXES else element.annex, folded(element.text))
