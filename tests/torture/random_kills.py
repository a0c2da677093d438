"""Kill docgen with SIGKILL at random moments until a run is finished all the same: python -m tests.torture.random_kills

300 kills over 1,000 letters in DOCX and XLSX, in children that have the data read; then 30 over letters with PDF, of
`docgen issue finalise` itself, started cold. The moments are drawn (seeded) so that they reach every phase: of what
is left, each kill lets happen its share.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from docgen.issuing.batch import digest_of
from tests.torture import victim
from tests.torture.victim import RUN, Undisturbed

_SEED = 132
_FOR_THE_END = 10
"""One of so many kills is kept for what comes after the last letter: the lists, the chain, the manifest."""
_QUICKER = 0.7
"""By how much less a child may live after one that came to its end: pace is measured, and machines are busy."""
_WORDS = (
    "--numbering", "本系统编号", "--signer", "李示例", "--signed-on", "2024-08-15", "--copies", "30", "--by", "张示例",
)


@dataclass(frozen=True)
class Killed:
    """What random kills came to: how many in which phase, how long it took, what was wrong."""

    letters: int
    phases: Counter[str]
    seconds: float
    undisturbed_seconds: float
    start_seconds: float
    faults: tuple[str, ...]

    @property
    def kills(self) -> int:
        return self.phases.total()

    def __str__(self) -> str:
        phases = ", ".join(f"{count} {phase}" for phase, count in self.phases.items())
        return (
            f"{self.kills} kills over {self.letters} letters in {self.seconds:.0f} s ({phases}); undisturbed "
            f"{self.undisturbed_seconds:.0f} s, of which {self.start_seconds:.1f} s before the first letter: "
            + ("; ".join(self.faults) or "numbers once and gapless, bytes as undisturbed, no stray")
        )


@dataclass(frozen=True)
class Pace:
    """How long an undisturbed child takes: until its first letter is there, for all letters, and in all."""

    start: float
    letters: float
    whole: float


Start = Callable[[Path], int]
"""Starts docgen on a run's folder; gives the process id."""


def killed_at_random(folder: Path, letters: int, kills: int, formats: tuple[str, ...], *, is_cold: bool = False) -> Killed:
    """Finalise a run undisturbed, then once more with so many kills."""
    drafted, calm, case = folder / "drafted", folder / "calm", folder / "case"
    drafted.mkdir()
    victim.draft(drafted, letters, formats)
    if is_cold:
        begin: Start = lambda at: _command(at, folder / "log")  # noqa: E731
    else:
        ready = victim.Ready.of(drafted)
        begin = lambda at: victim.start(lambda: ready.number(at), folder / "log")  # noqa: E731
    victim.fresh(drafted, calm)
    victim.start_series(calm)
    pace = _measured(begin, calm, folder, letters)
    undisturbed = Undisturbed(calm)
    return _Killing(begin, drafted, case, folder / "log", pace, undisturbed).kill(kills)


def _command(folder: Path, log: Path) -> int:
    """Start the command as the clerk does; it is another program, not waited for."""
    words = [sys.executable, "-m", "docgen", "issue", "finalise", str(folder / RUN), *_WORDS]
    where = {**os.environ, "DOCGEN_REGISTER": str(folder / victim.REGISTER)}
    with log.open("wb") as told:
        return subprocess.Popen(words, env=where, stdout=told, stderr=told).pid


def _measured(begin: Start, calm: Path, folder: Path, letters: int) -> Pace:
    """Let a child do it all; see when its first and its last letter are there, seldom enough not to slow it."""
    began = time.perf_counter()
    child, first, last = begin(calm), 0.0, 0.0
    seen = -1
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        time.sleep(max(0.05, letters / 2000))
        there = victim.issued(calm) or 0
        if there and not first:
            first = time.perf_counter() - began
        if there != seen:
            seen, last = there, time.perf_counter() - began
    code = victim.end_of(child)
    if code:
        raise RuntimeError(victim.told(code, folder / "log"))
    return Pace(first, last - first, time.perf_counter() - began)


class _Killing:
    def __init__(
        self, begin: Start, drafted: Path, case: Path, log: Path, pace: Pace, undisturbed: Undisturbed
    ) -> None:
        self._begin = begin
        self._drafted = drafted
        self._case = case
        self._log = log
        self._pace = pace
        self._undisturbed = undisturbed
        self._letters = len(undisturbed.entries)
        self._random = Random(_SEED)
        self._tempo = 1.0
        self._faults: list[str] = []
        self._seen: dict[str, tuple[int, int]] = {}

    def kill(self, kills: int) -> Killed:
        """Kill so often, or until something is wrong; then let it come to its end."""
        began, phases = time.perf_counter(), Counter[str]()
        issued: int | None = None
        self._begin_anew()
        while phases.total() < kills and not self._faults:
            is_killed = self._has_killed_one(self._moment(issued, kills - phases.total()))
            before = issued
            found, issued = self._undisturbed.faults_at_once(self._case, self._seen)
            if is_killed:
                phases[self._phase(before, issued)] += 1
                self._faults += [f"kill {phases.total()}: {fault}" for fault in found]
            else:  # it came to its end before: the machine has become quicker
                self._tempo *= _QUICKER
                self._faults += self._undisturbed.faults_at_end(self._case)
                self._begin_anew()
                issued = None
            if is_killed and phases.total() % 25 == 0:
                print(f"{phases.total()} kills, {issued} letters issued, {len(self._faults)} faults", flush=True)
        code = victim.end_of(self._begin(self._case))
        if code:
            self._faults.append(f"the last call failed: {victim.told(code, self._log)}")
        self._faults += self._undisturbed.faults_at_end(self._case)
        seconds = time.perf_counter() - began
        return Killed(self._letters, phases, seconds, self._pace.whole, self._pace.start, tuple(self._faults))

    def _begin_anew(self) -> None:
        victim.fresh(self._drafted, self._case)
        victim.start_series(self._case)
        self._seen.clear()

    def _moment(self, issued: int | None, left: int) -> float:
        """Draw how long the next child may live, in seconds: on average its start and its share of what is left."""
        pace = self._pace
        if issued is None:
            return self._tempo * self._random.uniform(0, pace.start)
        if issued == self._letters:
            return self._tempo * self._random.uniform(0, 0.9 * (pace.whole - pace.letters))
        remaining = pace.letters * (1 - issued / self._letters)
        share = remaining / max(left * (_FOR_THE_END - 1) / _FOR_THE_END, 1)
        return self._tempo * self._random.uniform(0, 2 * (pace.start + share))

    def _has_killed_one(self, seconds: float) -> bool:
        """Let a child live so long; False when it came to its end before."""
        child = self._begin(self._case)
        watch = time.perf_counter() + seconds
        while time.perf_counter() < watch and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(min(0.02, max(watch - time.perf_counter(), 0)))
        os.kill(child, signal.SIGKILL)
        code = victim.end_of(child)
        if code not in (0, -signal.SIGKILL):
            self._faults.append(f"a call failed: {victim.told(code, self._log)}")
        return code == -signal.SIGKILL

    def _phase(self, before: int | None, now: int | None) -> str:
        """Say how far it was when it was killed."""
        if digest_of(self._case / RUN / "manifest.json") == self._undisturbed.files["manifest.json"]:
            return "at the very end"
        if now is None:
            return "before the numbers"
        if now == self._letters:
            return "after the last letter"
        return "among the letters" if now > (before or 0) else "before the next letter"


def main() -> int:
    """Print the figures; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--letters-with-pdf", type=int, default=21)
    parser.add_argument("--kills-with-pdf", type=int, default=30)
    asked = parser.parse_args()
    is_bad = False
    for letters, kills, formats, is_cold in (
        (asked.letters_with_pdf, asked.kills_with_pdf, ("docx", "pdf", "xlsx"), True),
        (asked.letters, asked.kills, ("docx", "xlsx"), False),
    ):
        if kills:
            with tempfile.TemporaryDirectory() as folder:
                killed = killed_at_random(Path(folder), letters, kills, formats, is_cold=is_cold)
            print(f"{'、'.join(formats)}: {killed}", flush=True)
            is_bad = is_bad or bool(killed.faults)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
