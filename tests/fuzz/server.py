"""Run docgen on one input after another, each in a forked child with limits of its own, and judge how it ended.

All that every run needs (imports, the fonts' widths) is loaded once, before the first fork.
"""

from __future__ import annotations

import gc
import os
import re
import resource
import select
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from docgen.intake.codes import printable
from tests.fuzz.seed import Files

CPU_SECONDS = 2
BYTES = 512_000_000
"""What a child may have of its own, beyond what it was forked with."""
WALL_SECONDS = 20
_FAULT = 70
"""The exit code of a child in which docgen raised what it should have caught (EX_SOFTWARE)."""
_CODES = (0, 1, 2, 3)
_PROBLEM = re.compile(r"  · (?P<place>.+?)：.+。应为：.+。处理：.+。")
_MORE = re.compile(r"  · ……同类问题（[\w-]+）另有 \d+ 处")
_ELSEWHERE = ("circular.txt", "insurer_letter.txt", "insurer_letter_shared.txt", "发文信息")
"""Places that are no file of the input: the templates, and the settings as a whole."""
_BARE_ENGLISH = re.compile(r"Traceback|Error\b|Warning\b|Exception\b|panicked|docgen 自身出了错")
_HAN = re.compile(r"[一-鿿]")


class Ended(NamedTuple):
    """How a run ended: its exit code (below 0: the signal that killed it), what it said, what it took."""

    code: int
    out: str
    err: str
    cpu_seconds: float
    own_bytes: int


@dataclass(frozen=True)
class Limits:
    """What one child may take."""

    cpu_seconds: int = CPU_SECONDS
    own_bytes: int = BYTES
    wall_seconds: int = WALL_SECONDS


def run_docgen(words: Sequence[str], limits: Limits, folder: Path) -> Ended:
    """Run docgen with these words in a child that works in `folder`."""
    _preloaded()
    ended = run_limited(lambda: _docgen(words), limits, folder)
    return ended._replace(own_bytes=max(0, ended.own_bytes - _idle_bytes(folder)))


@cache
def _idle_bytes(folder: Path) -> int:
    """Measure what a child has that does nothing."""
    return run_limited(lambda: 0, Limits(), folder).own_bytes


def run_limited(work: Callable[[], int], limits: Limits, folder: Path) -> Ended:
    """Run some work in a child; it ends with what the work gives back. Its `own_bytes` are all it has."""
    out, err = (folder / name for name in (".out", ".err"))
    child = os.fork()
    if child == 0:
        _become(work, limits, out, err)
    watch = os.pidfd_open(child)
    try:
        if not select.select([watch], [], [], limits.wall_seconds)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(watch)
    _, status, usage = os.wait4(child, 0)
    said = [path.read_bytes().decode("utf-8", "replace") for path in (out, err)]
    return Ended(os.waitstatus_to_exitcode(status), *said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _become(work: Callable[[], int], limits: Limits, out: Path, err: Path) -> None:
    """Be the child: speak into files, take no more than is allowed, never return."""
    code = _FAULT
    try:
        for path, number in ((out, 1), (err, 2)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
        most = _status_kb("VmData") * 1024 + limits.own_bytes
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        code = work()
    except BaseException:
        resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _docgen(words: Sequence[str]) -> int:
    from docgen.cli import main

    try:
        main(words)
    except SystemExit as ended:
        return int(ended.code or 0)


@cache
def _preloaded() -> None:
    """Load what every run needs and keep the collector from touching it."""
    import docgen.cli.show
    import docgen.render.docx  # noqa: F401
    from docgen import cli, issuing
    from docgen.styles import load_stylesheet

    metrics = issuing.load_metrics(load_stylesheet())
    cli._metrics = lambda: metrics
    gc.collect()
    gc.freeze()


def _status_kb(item: str) -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        name, _, rest = line.partition(":")
        if name == item:
            return int(rest.split()[0])
    raise LookupError(item)


def put(files: Files, folder: Path) -> Path:
    """Write an input into an empty folder and give what docgen is to be told: the file, or the folder of several."""
    given = folder / "数据"
    shutil.rmtree(given, ignore_errors=True)
    given.mkdir(parents=True)
    for name, content in files.items():
        (given / name).write_bytes(content)
    return given / next(iter(files)) if len(files) == 1 else given


def faults_of(ended: Ended, limits: Limits, given: Sequence[str], *, codes: Sequence[int] = _CODES) -> list[str]:
    """Say all that is wrong with the way a run ended; `given` are the names by which a problem may be placed."""
    faults = []
    if ended.code not in codes:
        faults.append(f"exit code {ended.code}")
    if ended.cpu_seconds > limits.cpu_seconds:
        faults.append(f"{ended.cpu_seconds:.1f} s of CPU")
    if ended.own_bytes > limits.own_bytes:
        faults.append(f"{ended.own_bytes / 1e6:.0f} MB")
    bare = _BARE_ENGLISH.search(ended.err)
    if bare or "docgen 自身出了错" in ended.out:
        faults.append(f"says “{bare[0] if bare else '自身出了错'}”: {_last_line(ended.err)}")
    elif ended.code in (2, 3) and not _HAN.search(ended.err):
        faults.append("does not say why")
    elif any(line.strip() and not _HAN.search(line) for line in ended.err.splitlines()):
        faults.append("says to the clerk what is not Chinese")
    lines = (ended.out + ended.err).splitlines()
    problems = [line for line in lines if line.startswith("  · ") and not _MORE.fullmatch(line)]
    if ended.code == 1 and not problems:
        faults.append("bars without a problem")
    for line in problems:
        match = _PROBLEM.fullmatch(line)
        if match is None:
            faults.append(f"a problem that is not whole: {line[:80]}")
        elif not match["place"].startswith((*map(printable, given), *_ELSEWHERE)):
            faults.append(f"a problem without a place: {line[:80]}")
    return faults


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    places = [line.strip() for line in lines if line.startswith("  File") and "docgen" in line]
    return f"{lines[-1][:200] if lines else ''} ({places[-1] if places else ''})"
