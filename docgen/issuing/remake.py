"""Make a run anew from its kept data, in memory: what its files and manifests should be. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from docgen.gongwen import Final
from docgen.issuing.batch import Batch, final_path
from docgen.issuing.doctor import require_drawing
from docgen.issuing.draft_batch import WANTED, Asked, as_draft, draft_content, draft_files, read_kept
from docgen.issuing.given import given_of, wanted_of
from docgen.issuing.jobs import Finished, Job, Progress, Workshop, jobs
from docgen.issuing.make import NotMade, render_papers
from docgen.issuing.manifest_read import Entry as Written
from docgen.issuing.numbered import numbered_papers, paper_of, with_numbers
from docgen.issuing.run import Drafted, draft_papers
from docgen.issuing.seal import final_papers, lists
from docgen.layout import Metrics
from docgen.register import Entry, IssuedFile, Source, State
from docgen.styles import load_stylesheet

Look = Callable[[str, Finished], None]
"""Looks at a file that was made anew; it is given its path below the run."""
_NO_DAY = datetime(1, 1, 1)


@dataclass(frozen=True)
class Remade:
    """A run made anew: its papers as drafted, the hash of every file by path, what its manifests should say.

    `final_papers` is what 文 of the sealed manifest should say, `numbers` what its papers were given; both are empty
    in a run that is not numbered.
    """

    drafted: Drafted
    hashes: Mapping[str, str]
    content: Written
    not_made: tuple[NotMade, ...] = ()
    final_papers: Sequence[Written] = ()
    finals: Mapping[str, Final] = field(default_factory=dict)

    @cached_property
    def numbered(self) -> Drafted:
        """The papers as they are now: with their numbers when they have them."""
        return with_numbers(self.drafted, self.finals) if self.finals else self.drafted


def workshop_of(batch: Batch, drafted: Drafted, metrics: Metrics, formats: Sequence[str], progress: Progress) -> Workshop:
    """Give what a run's papers are rendered with."""
    return Workshop(load_stylesheet(drafted.counted.settings.profile), metrics, formats, progress, batch.pdf_kind, has_public=True)


def remake_draft(batch: Batch, metrics: Metrics, progress: Progress, look: Look) -> Remade:
    """Make the 送审稿 anew. Raise Barred, UsageError or Unreadable when the kept data give none."""
    kept = batch.kept
    drafted = draft_papers(as_draft(read_kept(kept, metrics)), WANTED[batch.kind])

    def see(_job: Job, finished: Sequence[Finished]) -> None:
        for one in finished:
            look(f"送审稿/{one.made.path}", one)

    rendered = render_papers(drafted, workshop_of(batch, drafted, metrics, list(batch.formats), progress), see)
    files = {name: hashlib.sha256(content).hexdigest() for name, content in draft_files(drafted, rendered).items()}
    hashes = {**kept.hashes(), **files}
    asked = Asked(batch.kind, kept.input, kept.settings, None, list(batch.formats), batch.pdf_kind)
    content = draft_content(asked, kept, drafted, rendered, metrics) | {"全部文件": list(map(list, hashes.items()))}
    return Remade(drafted, hashes, content, rendered.not_made)


def remake_final(
    batch: Batch, remade: Remade, numbers: Sequence[Written], metrics: Metrics, progress: Progress, look: Look
) -> Remade:
    """Make the numbered papers and the archive's lists anew; `numbers` is 文号 of the sealed manifest.

    Raise ValueError or KeyError when what it says fits no paper of the run.
    """
    given = {one.paper: one for one in map(given_of, numbers)}
    finals = {
        name: Final(one.number, one.signing_date, one.printing_date, one.signers)
        for name, one in given.items() if one.number is not None and one.signing_date is not None
    }
    numbered = with_numbers(remade.drafted, finals)
    workshop = workshop_of(batch, remade.drafted, metrics, list(batch.formats), progress)
    if "pdf" in batch.formats:
        require_drawing()
    files: dict[str, list[IssuedFile]] = {name: [] for name in finals}
    for job in jobs(numbered, workshop):
        progress(job.name)
        owner = job.letter.extract.full_name if job.letter is not None else ""
        for one in job.results:
            path = final_path(one.made.path)
            look(path, one)
            files[paper_of(job, numbered)].append(IssuedFile(path, one.digest, owner))
    entries = dict(_entries(batch, remade.drafted, numbers, files))
    signed = replace(batch, signed=replace(batch.signed, content=remade.content))
    papers = list(final_papers(signed, entries))
    books = lists(signed, remade.drafted, entries, papers)
    hashes = {file.path: file.sha256 for of_paper in files.values() for file in of_paper}
    hashes |= {name: hashlib.sha256(content).hexdigest() for name, content in books.items()}
    return replace(remade, hashes={**remade.hashes, **hashes}, final_papers=papers, finals=finals)


def _entries(
    batch: Batch, drafted: Drafted, numbers: Sequence[Written], files: Mapping[str, Sequence[IssuedFile]]
) -> Iterator[tuple[str, Entry]]:
    """Give what the register has of each paper, worked out from the run alone; who and when are in no output."""
    settings = drafted.counted.settings
    sources = {data["公文"]: Source(data["编号方式"]) for data in numbers}
    given = {one.paper: one for one in map(given_of, numbers)}
    for paper in numbered_papers(drafted):
        one = given[paper.name]
        assert one.number is not None, "given_of reads a number"
        particulars = wanted_of(paper, one, settings, is_office=True).particulars
        yield paper.name, Entry(
            one.number, State.ISSUED, sources[paper.name], particulars, batch.id, paper.name, tuple(files[paper.name]),
            "", "", _NO_DAY, "", _NO_DAY,
        )
