"""Kill docgen at each named step of `issue notices` and of `issue finalise`: python -m tests.torture.kill_points

A first child writes down all steps that it takes. Then, for each of them, a child is killed there and another finishes
the work: every number must be given once, every file be whole, and all bytes be those that nobody disturbed.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.torture import steps, victim
from tests.torture.runs import write_input
from tests.torture.victim import RUN, Undisturbed

FORMATS = ("docx", "xlsx")


@dataclass(frozen=True)
class Killed:
    """What the kills at named steps came to: how many of each kind of step, and what was wrong."""

    kinds: Counter[str]
    seconds: float
    faults: tuple[str, ...]

    @property
    def kills(self) -> int:
        return self.kinds.total()

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.kinds.most_common())
        return f"{self.kills} kills in {self.seconds:.0f} s ({kinds}): " + (
            "; ".join(self.faults) or "numbers once and gapless, bytes as undisturbed, no stray"
        )


def finalise_killed(folder: Path, letters: int = 2, every: int = 1) -> Killed:
    """Kill `finalise` at every step, or at one of `every` so many."""
    drafted, calm = folder / "drafted", folder / "calm"
    drafted.mkdir()
    victim.draft(drafted, letters, FORMATS)
    ready = victim.Ready.of(drafted)
    victim.fresh(drafted, calm)
    names = steps_of(lambda: ready.number(calm), folder)
    undisturbed = Undisturbed(calm)

    def at(number: int) -> list[str]:
        case = victim.fresh(drafted, folder / "case")
        faults = _killed_at(number, lambda: ready.number(case), folder)
        faults += undisturbed.faults_at_once(case, {})[0]
        faults += _finished(lambda: ready.number(case), folder)
        return faults + undisturbed.faults_at_end(case)

    return _each(names, every, at)


def draft_killed(folder: Path, letters: int = 2, every: int = 1) -> Killed:
    """Kill `issue notices` at every step: the run is then whole or not there, and comes out the same again."""
    first, calm, case = folder / "first", folder / "calm", folder / "case"
    victim.draft(first, letters, FORMATS)
    ready, wanted = victim.Ready.of(first), victim.files(first / RUN)
    write_input(calm / "数据", letters)
    names = steps_of(lambda: ready.draft(calm, letters, FORMATS), folder)

    def at(number: int) -> list[str]:
        shutil.rmtree(case, ignore_errors=True)
        write_input(case / "数据", letters)
        faults = _killed_at(number, lambda: ready.draft(case, letters, FORMATS), folder)
        if (case / RUN).exists() and victim.files(case / RUN) != wanted:
            faults.append("half a run is there")
        faults += _finished(lambda: ready.draft(case, letters, FORMATS), folder)
        if victim.files(case / RUN) != wanted:
            faults.append("the run is not the undisturbed one")
        return faults + [f"{path.name} was left behind" for path in case.rglob(".docgen-*")]

    return _each(names, every, at)


def steps_of(work: Callable[[], object], folder: Path) -> list[str]:
    notes = folder / "steps"

    def noting() -> None:
        steps.install(steps.noted_in(notes))
        work()

    notes.unlink(missing_ok=True)
    code = victim.run(noting, folder / "log")
    if code:
        raise RuntimeError(victim.told(code, folder / "log"))
    return notes.read_text(encoding="utf-8").splitlines()


def _killed_at(number: int, work: Callable[[], object], folder: Path) -> list[str]:
    def dying() -> None:
        steps.install(steps.signalled_at(number))
        work()

    code = victim.run(dying, folder / "log")
    return [] if code == -signal.SIGKILL else [f"it was not killed: {victim.told(code, folder / 'log')}"]


def _finished(work: Callable[[], object], folder: Path) -> list[str]:
    code = victim.run(work, folder / "log")
    return [f"the next call failed: {victim.told(code, folder / 'log')}"] if code else []


def _each(names: Sequence[str], every: int, at: Callable[[int], list[str]]) -> Killed:
    began, kinds, faults = time.perf_counter(), Counter[str](), []
    for number in range(0, len(names), every):
        name = names[number]
        kinds[_kind_of(name)] += 1
        faults += [f"killed {name} (step {number}): {fault}" for fault in at(number)]
        if kinds.total() % 25 == 0:
            print(f"{kinds.total()} kills of {len(range(0, len(names), every))}, {len(faults)} faults", flush=True)
    return Killed(kinds, time.perf_counter() - began, tuple(faults))


def _kind_of(name: str) -> str:
    """Say what kind of step it is, without the file: 'before: flush file 01 甲/函.docx' is a 'flush file'."""
    words = name.partition(": ")[2].split()
    return " ".join(words[:2]) if words[0] in ("flush", "make") else words[0]


def main() -> int:
    """Print the figures; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="kill at one of so many steps")
    asked = parser.parse_args()
    is_bad = False
    for name, killed_in in (("issue notices", draft_killed), ("issue finalise", finalise_killed)):
        with tempfile.TemporaryDirectory() as folder:
            killed = killed_in(Path(folder), asked.letters, asked.every)
        print(f"{name}: {killed}", flush=True)
        is_bad = is_bad or bool(killed.faults)
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
