"""Make the papers of a run: compose, render and publish, in the order in which they are used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Barred, DocgenError, Problem, UsageError
from docgen.issuing.doctor import Substituted, require_drawing, substituted
from docgen.issuing.jobs import PAGED, Finished, Job, Made, Workshop, jobs
from docgen.issuing.manifest import MANIFESTS, Account, manifest
from docgen.issuing.problems import check_sheets
from docgen.issuing.publish import publish
from docgen.issuing.refusals import why_refused
from docgen.issuing.run import Counted, Drafted, Paper
from docgen.render.xlsx import workbook

FORMATS = ("docx", "pdf", "xlsx")
CHECK_SHEET = "核对单.xlsx"
FAILURES = (DocgenError, ValueError, OSError)
"""What may go wrong with one paper, and stops no other."""
_ASK = "运行 docgen validate 和 docgen doctor 核对数据和字体；查不出原因的，把这一行交给维护人员"

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


def check_formats(wanted: Collection[Paper], formats: Collection[str]) -> None:
    """Raise UsageError when the formats leave nothing to be made."""
    if set(wanted) == {Paper.CIRCULAR} and not PAGED & set(formats):
        raise UsageError("通报只有 DOCX 和 PDF 两种格式", "--format 里写上 docx 或 pdf；附件工作簿用 docgen annexes 生成")
    if set(wanted) == {Paper.ANNEXES} and "xlsx" not in formats:
        raise UsageError("附件和分地区工作簿只有 XLSX 一种格式", "--format 里写上 xlsx，或不写 --format")


def check_kept_formats(formats: Collection[str]) -> None:
    """Raise UsageError when the text of a paper would be in no file of a run that is kept to be signed."""
    if not PAGED & set(formats):
        raise UsageError("送审、定稿的公文要有 DOCX 或 PDF", "--format 里写上 docx 或 pdf，或不写 --format")


@dataclass(frozen=True)
class Rendered:
    """Every file of a run by its path, in order, what each paper is made of, and the papers that failed."""

    files: Mapping[str, bytes]
    made: tuple[Made, ...]
    not_made: tuple[NotMade, ...]
    accounts: Mapping[Paper, tuple[Account, ...]]

    def manifests(self, drafted: Drafted) -> dict[str, bytes]:
        """Write the manifest of each kind of paper that came to any file."""
        return {
            MANIFESTS[kind]: manifest(kind, drafted, accounts)
            for kind, accounts in self.accounts.items()
            if any(account.files for account in accounts)
        }


def render_papers(
    drafted: Drafted, workshop: Workshop, read_back: Callable[[Job, Sequence[Finished]], None] | None = None
) -> Rendered:
    """Render every paper that the draft was asked for; one that fails does not stop the others.

    `read_back` looks at the finished files of each and raises Barred when nothing may be made of the run. Raise
    MissingLibrary when nothing can be drawn.
    """
    if "pdf" in workshop.formats and drafted.wanted != {Paper.ANNEXES}:
        require_drawing()
    files: dict[str, bytes] = {}
    made: list[Made] = []
    not_made: list[NotMade] = []
    accounts: dict[Paper, tuple[Account, ...]] = {}
    for job in jobs(drafted, workshop):
        workshop.progress(job.name)
        try:
            finished = list(job.results)
            _refuse_twins(files, finished)
            if read_back is not None:
                read_back(job, finished)
        except Barred:
            raise
        except FAILURES as error:
            not_made.append(failed(job.name, error))
            continue
        accounts[job.kind] = (*accounts.get(job.kind, ()), job.account(finished))
        made.extend(one.made for one in finished)
        files.update((one.made.path, one.content) for one in finished)
    return Rendered(files, tuple(made), tuple(not_made), accounts)


def make_papers(drafted: Drafted, out: Path, workshop: Workshop) -> Outcome:
    """Make every paper that the draft was asked for; publish them together, or nothing when all failed.

    A paper that fails does not stop the others. Raise UsageError when the folder cannot be written, and
    MissingLibrary when nothing can be drawn.
    """
    rendered = render_papers(drafted, workshop)
    made = list(rendered.made)
    kept: tuple[str, ...] = ()
    if made or not rendered.not_made:
        besides = check_sheet(drafted) | rendered.manifests(drafted)
        made.extend(map(Made, besides))
        replaced = {entry for paper in drafted.wanted for entry in (*paper.value, MANIFESTS[paper])}
        kept = publish({**rendered.files, **besides}, out, {*replaced, CHECK_SHEET})
    fonts = substituted(workshop.stylesheet, workshop.metrics.files, workshop.borrowed)
    return Outcome(
        tuple(made), rendered.not_made, without_letter(drafted.counted), kept, drafted.problems, fonts
    )


def _refuse_twins(files: Collection[str], finished: Collection[Finished]) -> None:
    """Let no file take another's place because two names of the data come to one file name."""
    taken = {path.casefold() for path in files}
    for one in finished:
        if one.made.path.casefold() in taken:
            raise ValueError(f"两份文件都要叫“{one.made.path}”")
        taken.add(one.made.path.casefold())


def failed(name: str, error: DocgenError | ValueError | OSError) -> NotMade:
    """Say why a paper was not made."""
    if isinstance(error, DocgenError):
        return NotMade(name, error.message, error.remedy or _ASK)
    reason = f"读字体文件时出错，{why_refused(error)}" if isinstance(error, OSError) else str(error)
    return NotMade(name, reason, _ASK)


def check_sheet(drafted: Drafted) -> dict[str, bytes]:
    """Write the list of problems, by its path; nothing where there are none."""
    if not drafted.problems:
        return {}
    return {CHECK_SHEET: workbook(check_sheets(drafted.problems), "核对单", drafted.counted.settings.cutoff)}


def without_letter(counted: Counted) -> tuple[str, ...]:
    """Name the insurers in whose business nothing was found."""
    return tuple(extract.short_name for extract in counted.insurers if not extract.has_problems)
