"""Say whether an office's own finished paper, a DOCX or PDF from its OA or edited by hand, says what the run says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from docgen.check.against_model import CELL, Deviation, deviations
from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.check.drawn_lines import drawn_otherwise
from docgen.check.pdf_elements import paper_of_pdf
from docgen.check.pdf_seen import see_pdf
from docgen.check.rules.text.run_paper import paper_of
from docgen.check.run import Run, RunPaper
from docgen.check.seen import Paper
from docgen.errors import Unreadable
from docgen.issuing.batch import Batch
from docgen.issuing.checking import run_from
from docgen.issuing.jobs import Composed, jobs
from docgen.issuing.refusals import why_refused
from docgen.issuing.remake import Remade, workshop_of
from docgen.issuing.verified import Note, Part, remark
from docgen.layout import Metrics

_MOST_BYTES = 100_000_000
_HEAD = 1024
_SHOWN = 40
_FEW = 30
"""So few lines that are drawn otherwise are an edit; more, and it was set anew."""
_LOOK = "确要改的，改数据、发文信息或模板后重新送审"
_BACK = f"改回去；{_LOOK}"


@dataclass(frozen=True)
class Papers:
    """The papers of a run, made anew, to hold an office's own against. `listed` are the run's files by their hashes."""

    batch: Batch
    remade: Remade
    metrics: Metrics
    listed: dict[str, str]

    @cached_property
    def run(self) -> Run:
        """What the papers state."""
        papers = self.remade.final_papers or self.remade.content["文"]
        return run_from({**self.remade.content, "文": papers})

    def composed(self, name: str) -> Composed | None:
        """Compose one paper of the run, as it is now: with its number when it has one."""
        numbered = self.remade.numbered
        workshop = workshop_of(self.batch, numbered, self.metrics, ["docx"], lambda _name: None)
        job = next((job for job in jobs(numbered, workshop) if job.name == name), None)
        return next((one.composed for one in job.results if one.composed is not None), None) if job else None


def look_at_paper(path: Path, papers: Papers) -> Part:
    """Hold one file against the run; one that cannot be read is told and stops no other."""
    name = f"成稿 {path}"
    try:
        content = _read(path)
        same = papers.listed.get(hashlib.sha256(content).hexdigest())
        if same is not None:
            return Part(name, f"与批次的 {same} 逐字节相同")
        return _compared(path, name, content, papers)
    except Unreadable as error:
        return Part(name, "读不了", (Note(path.name, error.message, error.remedy),), is_read=False)


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise Unreadable("是一个文件夹，不是文件" if path.is_dir() else "找不到", "写出办公系统里取出的 DOCX 或 PDF")
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unreadable(f"文件超过 {_MOST_BYTES // 1_000_000} MB，没有读", "确认它是不是公文")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"打不开：{why_refused(error)}", "关闭正在使用它的程序，再试一次") from error


def _compared(path: Path, name: str, content: bytes, papers: Papers) -> Part:
    is_pdf = b"%PDF-" in content[:_HEAD]
    paper = paper_of_pdf(see_pdf(content)) if is_pdf else paper_of_docx(see_docx(content))
    made = paper_of(papers.run, paper)
    composed = papers.composed(made.name) if made is not None else None
    if made is None or composed is None:
        known = "、".join(one.name for one in papers.run.papers[:5])
        note = Note(path.name, f"不是本批次的公文，或改得认不出了（批次里有：{known}）", "核对是不是拿错了文件，或写错了批次")
        return Part(name, "没有认出是批次的哪一份", (note,))
    notes = [*_differences(composed, made, paper), *_besides(paper)]
    faults = sum(note.is_fault for note in notes)
    which = f"是批次的“{made.name}”，"
    return Part(name, which + (f"{faults} 处文字或数不同" if faults else "文字和数都与批次的一致"), tuple(notes))


def _differences(composed: Composed, made: RunPaper, paper: Paper) -> Iterator[Note]:
    drawn = list(drawn_otherwise("PDF", composed.pages, paper.pdf)) if paper.pdf is not None else None
    if drawn == []:
        return
    found = list(deviations(composed.document, made, paper))
    yield from map(_note, found)
    if drawn and not found and len(drawn) <= _FEW:
        yield from (Note(one.where, str(one).partition(one.where)[2], _LOOK) for one in drawn)
    elif drawn and all(one.is_remark for one in found):
        yield remark("版面", "与批次的 PDF 不同，是别的程序排的版，只核对了文字和数")


def _note(one: Deviation) -> Note:
    if one.name == CELL:
        return Note(one.where, f"{one.found}，{one.expected}", _BACK)
    found, expected = _around(one.found, one.expected)
    if one.is_remark:
        words = f"写的是“{found}”，批次里是“{expected}”" if expected else f"多出“{found}”"
        return remark(one.where, words if found else f"没有{one.expected}", "办公系统填写、套版或另成文件的，核对无误即可")
    if not found:
        return Note(one.where, f"缺{one.name}“{_short(one.expected)}”", f"补上；{_LOOK}")
    if not expected:
        return Note(one.where, f"多出“{_short(one.found)}”", f"删去；{_LOOK}")
    is_short = len(one.expected) <= _SHOWN
    return Note(one.where, f"{one.name}写的是“{found}”，应为“{expected}”", f"改回“{expected}”；{_LOOK}" if is_short else _LOOK)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"


def _around(found: str, expected: str) -> tuple[str, str]:
    """Show of two long texts what stands around the first character that differs."""
    if not found or not expected or max(len(found), len(expected)) <= _SHOWN:
        return found, expected
    at = next((at for at, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]), min(len(found), len(expected)))
    start = max(0, at - _SHOWN // 2)
    mark = "……" if start else ""
    return mark + _short(found[start:]), mark + _short(expected[start:])


def _besides(paper: Paper) -> Iterator[Note]:
    """Tell what may hold text that is not seen, and what was not recognised."""
    if paper.word is not None:
        yield from (remark("另请注意", words) for words in paper.word.hidden)
    yield from (remark("另请注意", words) for words in paper.unidentified if not words.startswith("没有认出"))
