"""A run that is finalised in a child which may be killed, and what must hold of it then and at the end.

The child is forked from a process that has the imports, the fonts' widths and the kept data ready, for these are read
only; all that it writes it writes as docgen does. It numbers its letters itself (本系统编号); its clock stands.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NoReturn

from docgen.gongwen import DocumentNumber
from docgen.issuing import Counted, Drafted, Paper, draft_batch, draft_papers, finalise, load_metrics
from docgen.issuing.batch import digest_of, open_batch
from docgen.issuing.jobs import Progress
from docgen.issuing.numbers_sheet import NumberGiven
from docgen.layout import Metrics
from docgen.register import Entry, Register, Source, State, open_register
from docgen.styles import load_stylesheet
from tests.torture.runs import write_input

CODE, YEAR, FIRST = "苏应急函", 2024, 132
NOON = datetime(2024, 8, 15, 12)
SAID = NumberGiven("", None, ("李示例",), (date(2024, 8, 15),), None, None, 30)
RUN, REGISTER, LOCK = "批次", "登记簿.db", ".docgen-lock"
FAULT = 70
"""The exit code of a child in which something was raised (EX_SOFTWARE)."""


@contextmanager
def silent(_total: int) -> Iterator[Progress]:
    """Tell nobody how far it is."""
    yield lambda _name: None


@cache
def metrics() -> Metrics:
    """The fonts' widths, read once; what is loaded by then is spared the collector, and so shared with the children."""
    import docgen.check.inspect
    import docgen.register.copying
    import docgen.render.docx
    import docgen.render.pdf  # noqa: F401

    loaded = load_metrics(load_stylesheet())
    gc.collect()
    gc.freeze()
    return loaded


def draft(folder: Path, letters: int, formats: Sequence[str]) -> None:
    """Make the 送审稿 of so many letters in `folder`/批次."""
    source = write_input(folder / "数据", letters) if not (folder / "数据").exists() else folder / "数据"
    asked = draft_batch.Asked(Paper.LETTERS, source, None, None, formats)
    drafted = draft_batch.draft_batch(asked, folder / RUN, metrics(), silent)
    if drafted.batch is None or drafted.to_mend:
        raise RuntimeError(f"the letters cannot be made: {drafted.not_made or drafted.to_mend}")


def opened(folder: Path) -> Register:
    """Open the register of a run's folder. It must be closed before a child is forked: SQLite does not survive that."""
    return open_register(str(folder / REGISTER), "张示例", lambda: NOON)


def start_series(folder: Path) -> None:
    """Take the series over, where no number of it is given yet."""
    with opened(folder) as register:
        if register.find(DocumentNumber(CODE, YEAR, FIRST)) is None:
            register.start(CODE, YEAR, FIRST)


@dataclass(frozen=True)
class Ready:
    """What is read and drafted of a run's data, once: neither writes anything, so a child need not do it again."""

    counted: Counted
    drafted: Drafted

    @classmethod
    def of(cls, folder: Path) -> Ready:
        batch = open_batch(folder / RUN)
        counted = draft_batch.read_kept(batch.kept, metrics())
        ready = cls(counted, draft_papers(draft_batch.as_draft(counted), draft_batch.WANTED[batch.kind]))
        gc.collect()
        gc.freeze()
        return ready

    def draft(self, folder: Path, letters: int, formats: Sequence[str]) -> None:
        """Make the 送审稿 in this process, which is a child's, from what is ready."""
        draft_batch.read_kept = lambda *_: self.counted  # type: ignore[assignment]
        draft_batch.draft_papers = lambda *_: self.drafted  # type: ignore[attr-defined]
        draft(folder, letters, formats)

    def number(self, folder: Path) -> None:
        """Finalise the run in this process, which is a child's, from what is ready."""
        finalise.read_kept = lambda *_: self.counted  # type: ignore[assignment]
        finalise.draft_papers = lambda *_: self.drafted  # type: ignore[assignment]
        number(folder)


def number(folder: Path) -> None:
    """Finalise the run: start the series where nobody has yet, then take numbers and make the papers."""
    start_series(folder)
    with opened(folder) as register:
        asked = finalise.Asked(Source.OWN, SAID, None, {}, "张示例")
        done = finalise.finalise(folder / RUN, asked, register, metrics(), silent)
    if done.not_made or done.kept:
        raise RuntimeError(f"not made: {done.not_made}; set aside: {done.kept}")


def start(work: Callable[[], object], log: Path) -> int:
    """Start some work in a child; give its process id. What it raises it writes to `log`."""
    metrics()
    child = os.fork()
    if child == 0:
        _become(work, log)
    return child


def _become(work: Callable[[], object], log: Path) -> NoReturn:
    code = FAULT
    try:
        work()
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        log.write_text(traceback.format_exc(), encoding="utf-8")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def end_of(child: int) -> int:
    """Wait for a child; give its exit code, below 0 the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(work: Callable[[], object], log: Path) -> int:
    """Do some work in a child to its end."""
    return end_of(start(work, log))


def told(code: int, log: Path) -> str:
    """Say how a child failed."""
    return f"exit code {code}: {log.read_text(encoding='utf-8')[-600:] if log.exists() else ''}"


def files(folder: Path) -> dict[str, str]:
    """The hashes of a run's files, but for the lock."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LOCK)
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in paths}


@dataclass
class Undisturbed:
    """What nobody killed: the files of the finished run and the entries of its register."""

    folder: Path
    files: Mapping[str, str] = field(init=False)
    entries: tuple[Entry, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.files = files(self.folder / RUN)
        with opened(self.folder) as register:
            self.entries = register.entries()

    def faults_at_once(self, folder: Path, seen: dict[str, tuple[int, int]]) -> tuple[list[str], int | None]:
        """Say what does not hold right after a kill, and how many letters are 已印发 (None: no numbers are taken).

        `seen` are the files that were looked at: they are not looked at again.
        """
        run_folder = folder / RUN
        faults = []
        with opened(folder) as register:
            entries = register.entries()
            faults += [fault for fault in register.complaints() if not fault.startswith("提示：")]
        faults += _faults_of_numbers(entries, len(self.entries))
        for path in run_folder.rglob("*"):
            name = path.relative_to(run_folder).as_posix()
            if path.name.startswith(".docgen-") or path.is_dir():
                continue
            stamp = (path.stat().st_ino, path.stat().st_mtime_ns)
            if seen.get(name) == stamp:
                continue
            seen[name] = stamp
            is_signed = name == "manifest.json" and open_batch(run_folder).manifest.content["状态"] == "送审稿"
            if not is_signed and digest_of(path) != self.files.get(name):
                faults.append(f"{name} is not the undisturbed run's")
        faults += [
            f"{entry.number} is 已印发 without {file.path}"
            for entry in entries if entry.state is State.ISSUED
            for file in entry.files if self.files.get(file.path) != file.sha256 or file.path not in seen
        ]
        return faults, _issued(entries)

    def faults_at_end(self, folder: Path) -> list[str]:
        """Say in what a run that was finished after all is not the undisturbed one."""
        faults = []
        there = files(folder / RUN)
        for name in sorted(set(there) | set(self.files)):
            if there.get(name) != self.files.get(name):
                faults.append(f"{name} {'differs' if name in there and name in self.files else 'is only in one'}")
        faults += [f"{path.name} was left behind" for path in folder.rglob(".docgen-*") if path.name != LOCK]
        with opened(folder) as register:
            faults += [fault for fault in register.complaints() if not fault.startswith("提示：")]
            entries = register.entries()
            sealed = register.sealed(open_batch(folder / RUN).id)
        faults += _faults_of_numbers(entries, len(self.entries))
        if list(map(_without_when, entries)) != list(map(_without_when, self.entries)):
            faults.append("the register's entries differ")
        if sealed is None or sealed[0] != there.get("manifest.json"):
            faults.append("the manifest is not the sealed one")
        return faults


def _without_when(entry: Entry) -> Entry:
    return replace(entry, entered_at=NOON, changed_at=NOON)


def _faults_of_numbers(entries: Sequence[Entry], letters: int) -> list[str]:
    """All numbers or none are taken, each once, none left out."""
    serials = [entry.number.serial for entry in entries]
    if serials and serials != list(range(FIRST, FIRST + letters)):
        return [f"the numbers are not {FIRST}–{FIRST + letters - 1}, each once: {serials[:20]}"]
    return []


def issued(folder: Path) -> int | None:
    """Count the letters that are 已印发; None before the numbers are taken."""
    with opened(folder) as register:
        return _issued(register.entries())


def _issued(entries: Sequence[Entry]) -> int | None:
    return sum(entry.state is State.ISSUED for entry in entries) if entries else None


def fresh(drafted: Path, folder: Path) -> Path:
    """Copy a drafted run, that nobody has numbered, into a new folder."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    shutil.copytree(drafted / RUN, folder / RUN)
    return folder
