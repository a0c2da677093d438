"""Make the 送审稿 of a run: keep the data, read the kept copy, draft, render, read back; the whole folder or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path

from docgen.errors import Problem, UsageError
from docgen.issuing.batch import (
    DRAFT,
    Batch,
    Kept,
    digest_of,
    keep,
    open_batch,
)
from docgen.issuing.batch_manifest import MANIFEST, State, passed_rows, sealed_bytes, tools
from docgen.issuing.doctor import Substituted, substituted
from docgen.issuing.durable import FolderBusy, alone_in
from docgen.issuing.earlier import handed_over
from docgen.issuing.jobs import Made, Progress, Workshop
from docgen.issuing.make import NotMade, Rendered, check_sheet, render_papers, without_letter
from docgen.issuing.manifest import content_of
from docgen.issuing.manifest_read import read_manifest
from docgen.issuing.numbered import numbered_papers
from docgen.issuing.numbers_sheet import NUMBERS_FILE, PaperToNumber, empty_sheet
from docgen.issuing.read_back import ReadBack
from docgen.issuing.refusals import why_refused
from docgen.issuing.run import Counted, Drafted, Paper, bar, draft_papers, read_and_count
from docgen.layout import Metrics
from docgen.styles import load_stylesheet

WANTED = {
    Paper.CIRCULAR: (Paper.CIRCULAR, Paper.ANNEXES),
    Paper.LETTERS: (Paper.LETTERS,),
}
_OF_THE_DESKTOP = (".DS_Store", "Thumbs.db", "desktop.ini")
Show = Callable[[int], AbstractContextManager[Progress]]
"""Opens a telling of progress for so many papers."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: the kind of paper, its input, settings file and letters' run, and how it is rendered."""

    kind: Paper
    source: Path
    settings: Path | None
    letters: Path | None
    formats: Sequence[str]
    pdf_kind: str = "a"
    is_strict: bool = False


@dataclass(frozen=True)
class DraftedBatch:
    """What came of it: the run (None when a paper failed), what was made and what not, and all problems."""

    batch: Batch | None
    made: tuple[Made, ...]
    not_made: tuple[NotMade, ...]
    without_letter: tuple[str, ...]
    problems: tuple[Problem, ...]
    fonts: Substituted | None
    to_mend: tuple[str, ...] = ()
    """Rules that a finished file breaks and that bar the numbered paper."""
    remarks: tuple[str, ...] = ()
    is_new: bool = True


def draft_batch(asked: Asked, out: Path, metrics: Metrics, show: Show) -> DraftedBatch:
    """Make the run's folder. Again for the same data it makes nothing new.

    Raise Barred when nothing can be made of the input or a file read back is not what it should be, UsageError when
    the folder holds something else or cannot be written, Unreadable when the data cannot be read.
    """
    there = _run_there(out)
    with _staged(out) as stage:
        kept = keep(asked.source, asked.settings, asked.letters, stage)
        if there is not None:
            return _again(there, kept.batch_id(asked.kind), asked)
        drafted = _draft(asked, kept, metrics, show)
        if drafted.not_made:
            return drafted
        if not _has_moved_in(stage, out):
            return _again(open_batch(out), kept.batch_id(asked.kind), asked)
    return replace(drafted, batch=open_batch(out))


def _remarks(asked: Asked) -> tuple[str, ...]:
    """Say what the clerk should know of the letters that a circular answers for."""
    if asked.letters is None or read_manifest(asked.letters).content.get("状态") != State.DRAFT:
        return ()
    return ("交办批次的函还是送审稿，没有定稿；通报里说“已交办”的，先发函",)


def _draft(asked: Asked, kept: Kept, metrics: Metrics, show: Show) -> DraftedBatch:
    """Make everything of a run in the folder of its kept data, the manifest last."""
    counted = as_draft(read_kept(kept, metrics))
    drafted = draft_papers(counted, WANTED[asked.kind])
    bar(drafted.problems, is_strict=asked.is_strict)
    if asked.kind is Paper.LETTERS and not drafted.letters:
        raise UsageError("没有一家保险公司有问题，没有函可发", "核对“问题”等表；确无问题的，不用发函")
    workshop = Workshop(
        load_stylesheet(counted.settings.profile), metrics, asked.formats, _silent, asked.pdf_kind, has_public=True
    )
    with show(len(drafted.letters) + len(WANTED[asked.kind])) as advance:
        workshop.progress = advance
        read_back = ReadBack(drafted)
        rendered = render_papers(drafted, workshop, read_back.check)
    result = DraftedBatch(
        None, rendered.made, rendered.not_made, without_letter(counted), drafted.problems,
        substituted(workshop.stylesheet, metrics.files, workshop.borrowed), tuple(read_back.to_mend), _remarks(asked),
    )
    if not rendered.not_made:
        to_fill = _numbers_sheet(drafted, kept.batch_id(asked.kind))
        _write(kept.folder, draft_files(drafted, rendered) | {NUMBERS_FILE: to_fill})
        hashes = {**kept.hashes(), **_hashes(kept.folder, DRAFT)}
        content = draft_content(asked, kept, drafted, rendered, metrics) | {"全部文件": list(map(list, hashes.items()))}
        _write(kept.folder, {MANIFEST: sealed_bytes(content)})
    return result


def read_kept(kept: Kept, metrics: Metrics) -> Counted:
    """Read and count a run's kept data."""
    earlier = handed_over(kept.handed_over) if kept.handed_over is not None else None
    return read_and_count(kept.input, kept.settings, metrics, earlier)


def as_draft(counted: Counted) -> Counted:
    """Leave out what comes with the number, be it in the settings or not: nobody has signed yet."""
    open_settings = replace(
        counted.settings, serial=None, signing_date=None, signed_on=(), printing_date=None, copies=None
    )
    return replace(counted, settings=open_settings)


def _silent(_name: str) -> None:
    return


def _run_there(out: Path) -> Batch | None:
    """Find the run that lies at `out`; None where nothing does. Raise UsageError for anything else."""
    if not os.path.lexists(out):
        return None
    if out.is_dir() and not any(path for path in out.iterdir() if path.name not in _OF_THE_DESKTOP):
        return None
    if out.is_dir() and (out / MANIFEST).is_file():
        return open_batch(out)
    raise UsageError(f"“{out}”已有别的内容，批次要放在新文件夹里", "用 --out 另指定一个新文件夹，如 --out 通报批次")


def _again(there: Batch, wanted: str, asked: Asked) -> DraftedBatch:
    if there.id != wanted or there.kind is not asked.kind:
        raise UsageError(
            f"“{there.folder}”里已是批次 {there.id}，数据或公文种类与这次的不同",
            "数据改过的，用 --out 另指定一个新文件夹；原来的留着备查，不要的自行删去",
        )
    if (set(there.formats), there.pdf_kind) != (set(asked.formats), asked.pdf_kind):
        raise UsageError(
            f"“{there.folder}”里已是这批数据的送审稿，格式是 {'、'.join(there.formats)}", "要别的格式，用 --out 另指定一个新文件夹"
        )
    return DraftedBatch(there, (), (), (), (), None, is_new=False)


@contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """Say where, beside `out`, all is to be made, alone; strays of earlier runs that were killed are swept."""
    parent, prefix = out.absolute().parent, f".docgen-{out.name}-"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for stray in parent.glob(f"{escape(prefix)}*"):
            _sweep(stray)
        beside = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        with alone_in(beside):
            yield beside / "批次"
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _sweep(stray: Path) -> None:
    """Take a stray away, unless another docgen is at work in it or it cannot be had."""
    with suppress(FolderBusy, UsageError), alone_in(stray):
        shutil.rmtree(stray, ignore_errors=True)


def _has_moved_in(stage: Path, out: Path) -> bool:
    """Let the whole folder be there at once; False when another run has come to lie there meanwhile: it stays."""
    try:
        if out.is_dir():
            for name in _OF_THE_DESKTOP:
                (out / name).unlink(missing_ok=True)
            out.rmdir()
        os.rename(stage, out)
    except OSError as error:
        if (out / MANIFEST).is_file():
            return False
        raise _unwritable(out, error) from error
    return True


def _write(stage: Path, files: Mapping[str, bytes]) -> None:
    try:
        for name, content in files.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise _unwritable(stage, error) from error


def _unwritable(out: Path, error: OSError) -> UsageError:
    return UsageError(f"写入“{out}”时出错：{why_refused(error)}", "检查磁盘空间和文件夹权限，或用 --out 另指定一个")


def draft_files(drafted: Drafted, rendered: Rendered) -> dict[str, bytes]:
    """Give everything of the 送审稿 by its path below the run."""
    drafts = {**rendered.files, **check_sheet(drafted), **rendered.manifests(drafted)}
    return {f"{DRAFT}/{name}": content for name, content in drafts.items()}


def _numbers_sheet(drafted: Drafted, run: str) -> bytes:
    """Write the sheet that the clerk fills in."""
    papers = numbered_papers(drafted)
    return empty_sheet([PaperToNumber(one.name, one.document.title, one.document.addressees) for one in papers], run)


def draft_content(
    asked: Asked, kept: Kept, drafted: Drafted, rendered: Rendered, metrics: Metrics
) -> dict[str, object]:
    """Say what the manifest of a 送审稿 holds, but for the list of its files."""
    accounts = [account for of_kind in rendered.accounts.values() for account in of_kind]
    content = content_of(asked.kind, drafted, accounts, below=f"{DRAFT}/")
    made_with = tools(metrics.files)
    return content | {
        "批次": kept.batch_id(asked.kind),
        "状态": State.DRAFT,
        "种类": list(asked.formats),
        "PDF": asked.pdf_kind,
        "数据": {"输入": kept.input_name, "设置": kept.settings_name},
        "版本": made_with.versions,
        "样式": made_with.stylesheet,
        "字体": made_with.fonts,
        "放行": passed_rows(drafted.counted.passes),
        "文号": [],
        "交办批次": _letters_of(kept),
        "全部文件": [],
        "送审稿清单": "",
        "前一清单": "",
    }


def _hashes(folder: Path, below: str) -> dict[str, str]:
    paths = sorted(path for path in (folder / below).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in paths}


def _letters_of(kept: Kept) -> str:
    """Name the letters' run that a circular answers for."""
    return str(read_manifest(kept.handed_over).content["批次"]) if kept.handed_over is not None else ""
