"""From the signed 送审稿 to the numbered papers: one transaction for the numbers, then paper by paper.

    data and 送审稿 as they were signed? → what the office gave → numbers of all papers, at once
    each paper: render → nothing but number and dates differs → read back → put in its place → 已印发 with its hash
    all papers there: lists of the archive → manifest, sealed into the register's chain

Killed anywhere, the next call goes on from what is there and ends the same. A paper that fails keeps its number
(预留号) and stops no other; what a file read back shows of another's stops everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from docgen.errors import Barred, Unreadable
from docgen.gongwen import Final
from docgen.issuing.as_signed import changed_workbooks, differences, final_entry
from docgen.issuing.batch import Batch, digest_of, final_path, open_batch
from docgen.issuing.doctor import require_drawing
from docgen.issuing.draft_batch import WANTED, Show, as_draft, read_kept
from docgen.issuing.durable import DiskRefuses, alone_in, put, set_aside, sweep
from docgen.issuing.given import Sources, final_of, ignored, settled, wanted_of
from docgen.issuing.jobs import Finished, Job, Progress, Workshop, jobs
from docgen.issuing.make import FAILURES, NotMade, failed
from docgen.issuing.manifest import stated
from docgen.issuing.numbered import NumberedPaper, numbered_papers, paper_of, with_numbers
from docgen.issuing.numbers_sheet import NUMBERS_FILE, NumberGiven, PaperToNumber, read_sheet
from docgen.issuing.publish import KEPT
from docgen.issuing.read_back import ReadBack
from docgen.issuing.run import Drafted, Paper, draft_papers
from docgen.issuing.seal import seal
from docgen.issuing.standing import (
    keep_numbers,
    keep_passes,
    refuse_altered,
    refuse_another_register,
    refuse_renumbering,
)
from docgen.layout import Metrics
from docgen.register import Entry, IssuedFile, Register, RegisterBusy, RegisterUnusable, Source, State
from docgen.settings import Settings
from docgen.styles import load_stylesheet


@dataclass(frozen=True)
class Asked:
    """How a run is finalised: who gives the numbers, what was said, what is let pass (code → reason) and by whom."""

    source: Source
    said: NumberGiven
    sheet: Path | None
    passes: Mapping[str, str]
    who: str
    renumbers: bool = False
    """Whether a paper whose number was written off takes another."""


@dataclass(frozen=True)
class Finalised:
    """What came of it: every entry of the run, the papers made now, those that failed, files that were set aside."""

    batch: Batch
    entries: tuple[Entry, ...]
    made: tuple[str, ...]
    not_made: tuple[NotMade, ...]
    kept: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    """What was said now of papers that are out already, and therefore not used."""

    @property
    def is_complete(self) -> bool:
        """Whether every paper of the run is issued."""
        return not self.not_made


def finalise(folder: Path, asked: Asked, register: Register, metrics: Metrics, show: Show) -> Finalised:
    """Number a run and make its final papers. Again it makes only what is not there yet.

    Raise Barred when the papers may not be issued as they are or what was given is not complete, RegisterConflict when
    a number cannot be had, FolderBusy when another is at it, UsageError or Unreadable for the folder.
    """
    open_batch(folder)
    with alone_in(folder):
        sweep(folder)
        batch = open_batch(folder)
        refuse_altered(batch)
        refuse_another_register(batch, register)
        issued = register.entries_of(batch.id)
        if batch.is_final and _is_all_there(batch, issued):
            return Finalised(batch, issued, (), (), (), tuple(ignored(asked.said, issued)))
        counted = read_kept(batch.kept, metrics)
        drafted = draft_papers(as_draft(counted), WANTED[batch.kind])
        workshop = Workshop(
            load_stylesheet(drafted.counted.settings.profile), metrics, batch.formats, _silent, batch.pdf_kind,
            has_public=True,
        )
        _refuse_other_papers(batch, drafted, workshop)
        if "pdf" in batch.formats:
            require_drawing()
        read_back = ReadBack(drafted, asked.passes, asked.who, is_final=True)
        read_back.bar_problems()
        entries = _take_numbers(batch, drafted, counted.settings, asked, register)
        keep_numbers(folder, entries.values())
        making = _Making(batch, drafted, workshop, register, read_back, entries)
        with show(len(entries)) as advance:
            making.make(advance)
        if not making.not_made:
            entries = {entry.paper: entry for entry in register.entries_of(batch.id)}
            seal(batch, drafted, entries, register, metrics)
        return Finalised(
            open_batch(folder), register.entries_of(batch.id), tuple(making.made), tuple(making.not_made), tuple(making.kept)
        )


def _silent(_name: str) -> None:
    return


def _is_all_there(batch: Batch, entries: Sequence[Entry]) -> bool:
    """Tell whether every paper of a final run is out, and every file of the run there, those that go out unaltered."""
    numbered = {number["公文"] for number in batch.manifest.content["文号"]}
    files = [(file.path, file.sha256) for entry in entries for file in entry.files]
    is_issued = all(entry.state is State.ISSUED for entry in entries)
    are_there = all((batch.folder / name).is_file() for name, _ in batch.manifest.content["全部文件"])
    return is_issued and numbered == {entry.paper for entry in entries} and are_there and not batch.altered(iter(files))


def _refuse_other_papers(batch: Batch, drafted: Drafted, workshop: Workshop) -> None:
    """Take no number when the kept data come to other papers than were signed. Raise Unreadable."""
    now, then = {job.name for job in jobs(drafted, workshop)}, {paper["名称"] for paper in batch.signed.papers}
    if now != then:
        differing = "、".join(sorted(now ^ then)[:5])
        raise Unreadable(
            f"同样的数据，现在做出的公文与送审稿的不是同样几件（{differing}）", "换用送审时的 docgen 版本，或重新送审"
        )


def _take_numbers(
    batch: Batch, drafted: Drafted, as_given: Settings, asked: Asked, register: Register
) -> dict[str, Entry]:
    """Take the numbers of all papers in one transaction, whether they are taken now or were before."""
    papers, settings = numbered_papers(drafted), drafted.counted.settings
    sheet = asked.sheet if asked.sheet is not None else batch.folder / NUMBERS_FILE
    rows = _rows(sheet, papers, asked, batch.id)
    of_circular = as_given if batch.kind is Paper.CIRCULAR else None
    sources = Sources(
        asked.said, rows, register.entries_of(batch.id), of_circular, asked.source, sheet.name
    )
    given = settled(papers, sources, settings)
    is_office = asked.source is Source.OFFICE
    if not asked.renumbers:
        explicit = {name for name, one in given.items() if is_office and one.number is not None}
        refuse_renumbering(batch, register, explicit)
    wanted = [wanted_of(paper, given[paper.name], settings, is_office=is_office) for paper in papers]
    return {entry.paper: entry for entry in register.take(batch.id, wanted, asked.source)}


def _rows(sheet: Path, papers: Sequence[NumberedPaper], asked: Asked, run: str) -> Sequence[NumberGiven]:
    """Read 取号结果, where it is or was named."""
    if asked.sheet is None and not sheet.is_file():
        return ()
    to_number = [PaperToNumber(paper.name, paper.document.title, paper.document.addressees) for paper in papers]
    needs_numbers = asked.source is Source.OFFICE and asked.said.number is None
    return read_sheet(sheet, to_number, run, needs_numbers=needs_numbers)


class _Making:
    """Makes the final papers of a run one after another."""

    def __init__(
        self, batch: Batch, drafted: Drafted, workshop: Workshop, register: Register, read_back: ReadBack,
        entries: Mapping[str, Entry],
    ) -> None:
        self.batch = batch
        self.register = register
        self.read_back = read_back
        self.entries = entries
        self.finals = {name: final_of(entry) for name, entry in entries.items()}
        self.drafted = with_numbers(drafted, self.finals)
        self.workshop = workshop
        self.signed = {paper["名称"]: paper for paper in batch.signed.papers}
        self.made: list[str] = []
        self.not_made: list[NotMade] = []
        self.kept: list[str] = []

    def make(self, advance: Progress) -> None:
        """Make what is not there yet."""
        for name, of_paper in groupby(jobs(self.drafted, self.workshop), lambda job: paper_of(job, self.drafted)):
            entry = self.entries[name]
            if entry.state is State.ISSUED and self._is_there(entry):
                continue
            advance(name)
            try:
                files = [file for job in of_paper for file in self._proved(job, self.finals[name])]
                self._publish(name, files)
            except (Barred, DiskRefuses, RegisterBusy, RegisterUnusable):
                raise
            except FAILURES as error:
                self.not_made.append(failed(name, error))

    def _is_there(self, entry: Entry) -> bool:
        return not self.batch.altered((file.path, file.sha256) for file in entry.files)

    def _proved(self, job: Job, final: Final) -> Iterator[tuple[Finished, str]]:
        """Render one text with what belongs to it, and prove it; each file with whom it is for."""
        finished = list(job.results)
        account = job.account(finished)
        signed = self.signed[job.name]
        expected = final_entry(signed, final, {})
        said = list(differences(expected, stated(self.drafted.counted, account)))
        said.extend(changed_workbooks(signed, account.hashes))
        if said:
            raise ValueError(f"与送审稿不同，没有印发：{'；'.join(said[:5])}")
        self.read_back.check(job, finished)
        owner = job.letter.extract.full_name if job.letter is not None else ""
        for one in finished:
            yield one, owner

    def _publish(self, name: str, files: Sequence[tuple[Finished, str]]) -> None:
        """Put the files of one paper in their places, then mark it 已印发."""
        keep_passes(self.batch.folder, self.read_back.passed)
        issued = [IssuedFile(final_path(one.made.path), one.digest, owner) for one, owner in files]
        number = self.finals[name].number
        self.register.prepare(self.batch.id, name, number, issued)
        for one, _ in files:
            target = self.batch.folder / final_path(one.made.path)
            self._keep_strange(target, one.digest)
            put(target, one.content)
        self.register.mark_issued(self.batch.id, name, issued, number)
        self.made.append(name)

    def _keep_strange(self, target: Path, digest: str) -> None:
        """Set aside what lies in a final file's place and is not it: nobody's work is lost."""
        if target.is_file() and digest_of(target) != digest:
            aside = set_aside(target, self.batch.folder / KEPT / target.parent.relative_to(self.batch.folder))
            self.kept.append(aside.relative_to(self.batch.folder).as_posix())

