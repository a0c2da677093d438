"""Make the papers of a run: compose, render and publish, in the order in which they are used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from docgen.drafting.circular import labelled
from docgen.drafting.letter import PROBLEM_LIST, REPLY_FORM
from docgen.errors import DocgenError, Problem, UsageError
from docgen.gongwen import Annex, Document, Table
from docgen.gongwen.parts import Parts, bound_parts, oa_parts
from docgen.issuing.doctor import Substituted, require_drawing, substituted
from docgen.issuing.manifest import MANIFESTS, Account, manifest
from docgen.issuing.problems import check_sheets
from docgen.issuing.publish import publish, safe_name
from docgen.issuing.refusals import why_refused
from docgen.issuing.run import Counted, Drafted, Letter, Paper
from docgen.issuing.templates import CIRCULAR_TEMPLATE, letter_template
from docgen.layout import Metrics, Places, where_it_stands, with_addressees_moved
from docgen.layout.metrics import FALLBACK
from docgen.render.xlsx import Sheet, workbook
from docgen.styles import Stylesheet

FORMATS = ("docx", "pdf", "xlsx")
CHECK_SHEET = "核对单.xlsx"
_PAGED = {"docx", "pdf"}
_ASK = "运行 docgen validate 和 docgen doctor 核对数据和字体；查不出原因的，把这一行交给维护人员"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """One file that was made: its path below the output folder, and its pages where it has pages."""

    path: str
    pages: int | None = None


@dataclass(frozen=True)
class NotMade:
    """One paper that could not be made, why, and what to do."""

    name: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the files, the papers that failed, the insurers without a letter, files kept aside."""

    made: tuple[Made, ...]
    not_made: tuple[NotMade, ...]
    without_letter: tuple[str, ...]
    kept: tuple[str, ...]
    problems: tuple[Problem, ...]
    fonts: Substituted


@dataclass(frozen=True)
class Finished:
    """A file that is ready to be published, and where its text stands when it has pages."""

    made: Made
    content: bytes
    places: Places | None = None


@dataclass(frozen=True)
class _Job:
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
        places = next((one.places for one in finished if one.places is not None), None)
        return Account(self.name, files, self.template, places, self.annexes, self.letter)


class Workshop:
    """Everything that rendering needs besides the papers themselves."""

    def __init__(
        self, stylesheet: Stylesheet, metrics: Metrics, formats: Collection[str], progress: Progress,
        pdf_kind: str = "a", *, is_for_oa: bool = False,
    ) -> None:
        self.stylesheet = stylesheet
        self.metrics = metrics
        self.formats = formats
        self.progress = progress
        self.pdf_kind = pdf_kind
        self.is_for_oa = is_for_oa
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

        if not _PAGED & set(self.formats):
            return
        document, pages = with_addressees_moved(document, self.stylesheet, self.metrics)
        self.borrowed |= characters(pages).get(FALLBACK, set())
        places, count = where_it_stands(document, pages), len(pages.pages)
        if "docx" in self.formats:
            docx = render_docx(document, pages, self.stylesheet)
            yield Finished(Made(f"{stem}.docx", count), docx, places)
        if "pdf" in self.formats:
            pdf = render_pdf(pages, self.stylesheet, self.metrics, Variant[self.pdf_kind.upper()])
            yield Finished(Made(f"{stem}.pdf", count), pdf, places)


def check_formats(wanted: Collection[Paper], formats: Collection[str]) -> None:
    """Raise UsageError when the formats leave nothing to be made."""
    if set(wanted) == {Paper.CIRCULAR} and not _PAGED & set(formats):
        raise UsageError("通报只有 DOCX 和 PDF 两种格式", "--format 里写上 docx 或 pdf；附件工作簿用 docgen annexes 生成")
    if set(wanted) == {Paper.ANNEXES} and "xlsx" not in formats:
        raise UsageError("附件和分地区工作簿只有 XLSX 一种格式", "--format 里写上 xlsx，或不写 --format")


def make_papers(drafted: Drafted, out: Path, workshop: Workshop) -> Outcome:
    """Make every paper that the draft was asked for; publish them together, or nothing when all failed.

    A paper that fails does not stop the others. Raise UsageError when the folder cannot be written, and
    MissingLibrary when nothing can be drawn.
    """
    if "pdf" in workshop.formats and drafted.wanted != {Paper.ANNEXES}:
        require_drawing()
    files: dict[str, bytes] = {}
    made: list[Made] = []
    not_made: list[NotMade] = []
    accounts: dict[Paper, list[Account]] = {}
    for job in _papers(drafted, workshop):
        workshop.progress(job.name)
        try:
            finished = list(job.results)
            _refuse_twins(files, finished)
        except (DocgenError, ValueError, OSError) as error:
            not_made.append(_failed(job.name, error))
            continue
        accounts.setdefault(job.kind, []).append(job.account(finished))
        for one in finished:
            made.append(one.made)
            files[one.made.path] = one.content
    kept: tuple[str, ...] = ()
    if made or not not_made:
        if drafted.problems:
            files[CHECK_SHEET] = _check_sheet(drafted)
            made.append(Made(CHECK_SHEET))
        for kind, of_kind in accounts.items():
            if any(account.files for account in of_kind):
                files[MANIFESTS[kind]] = manifest(kind, drafted, of_kind)
                made.append(Made(MANIFESTS[kind]))
        replaced = {entry for paper in drafted.wanted for entry in (*paper.value, MANIFESTS[paper])}
        replaced.add(CHECK_SHEET)
        kept = publish(files, out, replaced)
    fonts = substituted(workshop.stylesheet, workshop.metrics.files, workshop.borrowed)
    return Outcome(tuple(made), tuple(not_made), without_letter(drafted.counted), kept, drafted.problems, fonts)


def _papers(drafted: Drafted, workshop: Workshop) -> Iterator[_Job]:
    """Name each paper and say how it is made."""
    counted = drafted.counted
    if drafted.circular is not None and drafted.circular.document is not None:
        parts = workshop.parts(drafted.circular.document)
        results = workshop.paper(parts.paper, "通报")
        template = counted.templates.name_of(CIRCULAR_TEMPLATE)
        yield _Job(Paper.CIRCULAR, "通报", results, template, parts.paper.annexes)
        for annex, alone in parts.annexes:
            name = annex.label.removeprefix(annex.bound_to)
            results = workshop.paper(alone, f"通报附件/{name}")
            yield _Job(Paper.CIRCULAR, f"通报{name}", results, annexes=(annex,))
    for letter in drafted.letters:
        yield from _letter(letter, drafted, workshop)
    if Paper.ANNEXES in drafted.wanted and "xlsx" in workshop.formats:
        annexes = labelled(counted.annexes, counted.settings)
        books = _annex_books(annexes, counted.settings.cutoff)
        yield _Job(Paper.ANNEXES, "附件工作簿", books, annexes=[annex for _, annex in annexes])
        yield _Job(Paper.ANNEXES, "分地区工作簿", _area_books(counted))


def _refuse_twins(files: Collection[str], finished: Collection[Finished]) -> None:
    """Let no file take another's place because two names of the data come to one file name."""
    taken = {path.casefold() for path in files}
    for one in finished:
        if one.made.path.casefold() in taken:
            raise ValueError(f"两份文件都要叫“{one.made.path}”")
        taken.add(one.made.path.casefold())


def _failed(name: str, error: DocgenError | ValueError | OSError) -> NotMade:
    if isinstance(error, DocgenError):
        return NotMade(name, error.message, error.remedy or _ASK)
    reason = f"读字体文件时出错，{why_refused(error)}" if isinstance(error, OSError) else str(error)
    return NotMade(name, reason, _ASK)


def _check_sheet(drafted: Drafted) -> bytes:
    return workbook(check_sheets(drafted.problems), "核对单", drafted.counted.settings.cutoff)


def without_letter(counted: Counted) -> tuple[str, ...]:
    """Name the insurers in whose business nothing was found."""
    return tuple(extract.short_name for extract in counted.insurers if not extract.has_problems)


def _letter(letter: Letter, drafted: Drafted, workshop: Workshop) -> Iterator[_Job]:
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
    yield _Job(Paper.LETTERS, f"函：{short_name}", results, template, annexes, letter)
    for annex, alone in parts.annexes if parts is not None else ():
        of_annex = workshop.paper(alone, f"{folder}/{annex.label}")
        yield _Job(Paper.LETTERS, f"函：{short_name}{annex.label}", of_annex, "", (annex,), letter)


def _problem_book(letter: Letter, folder: str, drafted: Drafted) -> Iterator[Finished]:
    extract = letter.extract
    sheets = [_sheet(table, extract.full_name) for table in extract.problem_tables]
    sheets.append(Sheet(REPLY_FORM, f"{extract.full_name}{REPLY_FORM}", (extract.reply_table,), is_form=True))
    title = f"{extract.full_name}{PROBLEM_LIST}"
    book = workbook(sheets, title, drafted.counted.settings.cutoff)
    yield Finished(Made(f"{folder}/问题清单和反馈表.xlsx"), book)


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
        yield Finished(Made(f"附件/{name}.xlsx"), workbook([sheet], annex.title, day))
    yield Finished(Made("附件/附件汇总.xlsx"), workbook(sheets, "附件汇总", day))


def _area_books(counted: Counted) -> Iterator[Finished]:
    for area in counted.areas:
        sheets = [_sheet(table, area.area) for table in area.tables]
        yield Finished(
            Made(f"分地区/{safe_name(area.area)}.xlsx"),
            workbook(sheets, area.area, counted.settings.cutoff),
        )
