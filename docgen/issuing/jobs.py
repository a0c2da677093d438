"""Say how each paper of a run is made: composed once, rendered in each format, its workbook beside it. Writes nothing.

A job renders when its results are taken, so that a long run holds one paper at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from docgen.drafting.circular import labelled
from docgen.drafting.letter import PROBLEM_LIST, REPLY_FORM
from docgen.gongwen import Annex, Document, Table
from docgen.gongwen.parts import Parts, bound_parts, oa_parts
from docgen.issuing.manifest import Account
from docgen.issuing.public import published
from docgen.issuing.publish import safe_name
from docgen.issuing.run import Counted, Drafted, Letter, Paper
from docgen.issuing.templates import CIRCULAR_TEMPLATE, letter_template
from docgen.layout import Metrics, Pages, where_it_stands, with_addressees_moved
from docgen.layout.metrics import FALLBACK
from docgen.render.xlsx import Sheet, workbook
from docgen.styles import Stylesheet

PAGED = frozenset({"docx", "pdf"})
PROBLEM_BOOK = "问题清单和反馈表.xlsx"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """One file that was made: its path below the output folder, and its pages where it has pages."""

    path: str
    pages: int | None = None


@dataclass(frozen=True)
class Composed:
    """A text as it was composed: the document, 主送机关 where it came to stand, and its pages."""

    document: Document
    pages: Pages


@dataclass(frozen=True)
class Finished:
    """A file that is ready to be published, and what it was drawn from when it has pages."""

    made: Made
    content: bytes
    composed: Composed | None = None
    tables: tuple[Table, ...] = ()
    """What a workbook shows, in its order."""

    @property
    def digest(self) -> str:
        """Its SHA-256."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Job:
    """One paper to be made: its kind, what it is called, and how; the rest is what its manifest says of it."""

    kind: Paper
    name: str
    results: Iterator[Finished]
    template: str = ""
    annexes: Sequence[Annex] = ()
    letter: Letter | None = None

    def account(self, finished: Sequence[Finished]) -> Account:
        """Say what the paper is made of."""
        files = {one.made.path: one.content for one in finished}
        composed = next((one.composed for one in finished if one.composed is not None), None)
        places = where_it_stands(composed.document, composed.pages) if composed is not None else None
        return Account(self.name, files, self.template, places, self.annexes, self.letter)


class Workshop:
    """Everything that rendering needs besides the papers themselves."""

    def __init__(
        self, stylesheet: Stylesheet, metrics: Metrics, formats: Collection[str], progress: Progress,
        pdf_kind: str = "a", *, is_for_oa: bool = False, has_public: bool = False,
    ) -> None:
        """Take what papers are rendered with. A kept run `has_public`: its 公开版, where there is one."""
        self.stylesheet = stylesheet
        self.metrics = metrics
        self.formats = formats
        self.progress = progress
        self.pdf_kind = pdf_kind
        self.is_for_oa = is_for_oa
        self.has_public = has_public
        self.borrowed: set[str] = set()
        """The characters so far that another face than that of their class draws."""

    def parts(self, document: Document) -> Parts:
        """Divide a paper as it is bound, or as the office's OA takes it."""
        return oa_parts(document) if self.is_for_oa else bound_parts(document)

    def paper(self, document: Document, stem: str) -> Iterator[Finished]:
        """Compose a paper once and render it in each format that has pages."""
        from docgen.render.docx import render_docx
        from docgen.render.pdf import Variant, render_pdf
        from docgen.render.subset import characters

        if not PAGED & set(self.formats):
            return
        document, pages = with_addressees_moved(document, self.stylesheet, self.metrics)
        self.borrowed |= characters(pages).get(FALLBACK, set())
        composed, count = Composed(document, pages), len(pages.pages)
        if "docx" in self.formats:
            docx = render_docx(document, pages, self.stylesheet)
            yield Finished(Made(f"{stem}.docx", count), docx, composed)
        if "pdf" in self.formats:
            pdf = render_pdf(pages, self.stylesheet, self.metrics, Variant[self.pdf_kind.upper()])
            yield Finished(Made(f"{stem}.pdf", count), pdf, composed)


def jobs(drafted: Drafted, workshop: Workshop) -> Iterator[Job]:
    """Name each paper and say how it is made."""
    counted = drafted.counted
    if drafted.circular is not None and drafted.circular.document is not None:
        parts = workshop.parts(drafted.circular.document)
        results = workshop.paper(parts.paper, "通报")
        template = counted.templates.name_of(CIRCULAR_TEMPLATE)
        yield Job(Paper.CIRCULAR, "通报", results, template, parts.paper.annexes)
        for annex, alone in parts.annexes:
            name = annex.label.removeprefix(annex.bound_to)
            results = workshop.paper(alone, f"通报附件/{name}")
            yield Job(Paper.CIRCULAR, f"通报{name}", results, annexes=(annex,))
        if workshop.has_public:
            yield from _public(drafted.circular.document, counted, workshop)
    for letter in drafted.letters:
        yield from _letter(letter, drafted, workshop)
    if Paper.ANNEXES in drafted.wanted and "xlsx" in workshop.formats:
        annexes = labelled(counted.annexes, counted.settings)
        books = _annex_books(annexes, counted.settings.cutoff)
        yield Job(Paper.ANNEXES, "附件工作簿", books, annexes=[annex for _, annex in annexes])
        yield Job(Paper.ANNEXES, "分地区工作簿", _area_books(counted))


def _public(circular: Document, counted: Counted, workshop: Workshop) -> Iterator[Job]:
    """The circular as it is published."""
    document = published(circular, counted.annexes, counted.settings)
    if document is not None:
        parts = workshop.parts(document)
        template = counted.templates.name_of(CIRCULAR_TEMPLATE)
        yield Job(Paper.CIRCULAR, "公开版", workshop.paper(parts.paper, "公开版/通报"), template, parts.paper.annexes)
        for annex, alone in parts.annexes:
            name = annex.label.removeprefix(annex.bound_to)
            results = workshop.paper(alone, f"公开版/{name}")
            yield Job(Paper.CIRCULAR, f"公开版{name}", results, annexes=(annex,))


def _letter(letter: Letter, drafted: Drafted, workshop: Workshop) -> Iterator[Job]:
    """One insurer's letter with its workbook, and its annexes where they are apart from it."""
    document, short_name = letter.draft.document, letter.extract.short_name
    folder = f"函/{letter.number:02d} {safe_name(short_name)}"
    parts = workshop.parts(document) if document is not None else None
    results = chain(
        workshop.paper(parts.paper, f"{folder}/函") if parts is not None else (),
        _problem_book(letter, folder, drafted) if "xlsx" in workshop.formats else (),
    )
    template = drafted.counted.templates.name_of(letter_template(drafted.counted.settings))
    annexes = parts.paper.annexes if parts is not None else ()
    yield Job(Paper.LETTERS, f"函：{short_name}", results, template, annexes, letter)
    for annex, alone in parts.annexes if parts is not None else ():
        of_annex = workshop.paper(alone, f"{folder}/{annex.label}")
        yield Job(Paper.LETTERS, f"函：{short_name}{annex.label}", of_annex, "", (annex,), letter)


def _problem_book(letter: Letter, folder: str, drafted: Drafted) -> Iterator[Finished]:
    extract = letter.extract
    sheets = [_sheet(table, extract.full_name) for table in extract.problem_tables]
    sheets.append(Sheet(REPLY_FORM, f"{extract.full_name}{REPLY_FORM}", (extract.reply_table,), is_form=True))
    title = f"{extract.full_name}{PROBLEM_LIST}"
    book = workbook(sheets, title, drafted.counted.settings.cutoff)
    tables = (*extract.problem_tables, extract.reply_table)
    yield Finished(Made(f"{folder}/{PROBLEM_BOOK}"), book, tables=tables)


def _sheet(table: Table, owner: str) -> Sheet:
    name = table.caption.partition("、")[2] or table.caption
    return Sheet(name, f"{owner}：{name}", (replace(table, caption=""),))


def _annex_books(annexes: Sequence[tuple[str, Annex]], day: date) -> Iterator[Finished]:
    """A workbook of each annex under the label that the circular prints, and one of all."""
    sheets = []
    for label, annex in annexes:
        tables = tuple(block for block in annex.blocks if isinstance(block, Table))
        sheet = Sheet(label or annex.title, f"{label}  {annex.title}".strip(), tables)
        sheets.append(sheet)
        name = safe_name(f"{label} {annex.title}".strip())
        yield Finished(Made(f"附件/{name}.xlsx"), workbook([sheet], annex.title, day), tables=tables)
    shown = tuple(table for sheet in sheets for table in sheet.tables)
    yield Finished(Made("附件/附件汇总.xlsx"), workbook(sheets, "附件汇总", day), tables=shown)


def _area_books(counted: Counted) -> Iterator[Finished]:
    for area in counted.areas:
        sheets = [_sheet(table, area.area) for table in area.tables]
        yield Finished(
            Made(f"分地区/{safe_name(area.area)}.xlsx"),
            workbook(sheets, area.area, counted.settings.cutoff),
            tables=tuple(area.tables),
        )
