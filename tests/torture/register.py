"""Many processes take numbers at once, one by one: python -m tests.torture.register

Every number must be given once, without a gap, and nobody may wait long. By default 50 processes take 100 numbers
each over 3 series, on SQLite and on a PostgreSQL server of the tests' own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docgen.register import Particulars, Source, Wanted, open_register
from tests.postgresql import running

SERIES = (("苏应急", 2024), ("苏应急函", 2024), ("苏应急函", 2025))
_START = 132
_LONGEST_SECONDS = 1.0
_PAPER = Particulars("函", "关于整改安全生产责任保险问题的函", recipients=("甲山财险",))


@dataclass(frozen=True)
class Contended:
    """What many made of one register: how long each took (in seconds, from asking to having), what is wrong."""

    waits: tuple[float, ...]
    seconds: float
    faults: tuple[str, ...]

    @property
    def longest(self) -> float:
        return self.waits[-1]

    def __str__(self) -> str:
        return (
            f"{len(self.waits)} numbers in {self.seconds:.1f} s; waits: median {self._at(0.5):.3f} s, "
            f"p99 {self._at(0.99):.3f} s, longest {self.longest:.3f} s; "
            + ("unique and gapless" if not self.faults else f"FAULTS: {'; '.join(self.faults)}")
        )

    def _at(self, part: float) -> float:
        return self.waits[int(part * (len(self.waits) - 1))]


def contend(address: str, processes: int, each: int) -> Contended:
    """Let `processes` take `each` numbers of the three series in turn, as fast as they can."""
    with open_register(address, "torture", datetime.now) as register:
        for code, year in SERIES:
            register.start(code, year, _START)
    context = multiprocessing.get_context("fork")
    gate, results = context.Barrier(processes + 1), context.SimpleQueue()
    workers = [context.Process(target=_take, args=(address, one, each, gate, results)) for one in range(processes)]
    for worker in workers:
        worker.start()
    gate.wait()
    began = time.perf_counter()
    told = [results.get() for _ in workers]
    seconds = time.perf_counter() - began
    for worker in workers:
        worker.join()
    faults = [f"a process ended with {worker.exitcode}" for worker in workers if worker.exitcode]
    taken = [number for _, numbers in told for number in numbers]
    return Contended(
        tuple(sorted(wait for waits, _ in told for wait in waits)),
        seconds,
        (*faults, *_faults(address, taken, processes * each)),
    )


def _take(address: str, worker: int, each: int, gate: Any, results: Any) -> None:
    waits, numbers = [], []
    with open_register(address, f"worker {worker}", datetime.now) as register:
        gate.wait()
        for turn in range(each):
            code, year = SERIES[(worker + turn) % len(SERIES)]
            began = time.perf_counter()
            (entry,) = register.take(f"{worker}-{turn}", [Wanted("甲山", code, year, None, _PAPER)], Source.OWN)
            waits.append(time.perf_counter() - began)
            numbers.append((entry.number.agency_code, entry.number.year, entry.number.serial))
    results.put((waits, numbers))


def _faults(address: str, taken: Sequence[tuple[str, int, int | None]], asked: int) -> list[str]:
    faults = []
    if len(set(taken)) != asked:
        faults.append(f"{asked} numbers were asked for, {len(set(taken))} different ones given")
    with open_register(address, "torture", datetime.now) as register:
        entered = [(one.number.agency_code, one.number.year, one.number.serial) for one in register.entries()]
        faults += [told for told in register.complaints() if not told.startswith("提示：")]
    if sorted(taken, key=str) != sorted(entered, key=str):
        faults.append("the numbers given are not those entered")
    for code, year in SERIES:
        own = sorted(serial or 0 for one, when, serial in entered if (one, when) == (code, year))
        if own != list(range(_START, _START + len(own))):
            faults.append(f"{code}〔{year}〕 has a gap")
    return faults


def main() -> int:
    """Print the figures; 1 when anything is wrong or somebody waited too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=50)
    parser.add_argument("--each", type=int, default=100)
    asked = parser.parse_args()
    is_bad = False
    with tempfile.TemporaryDirectory() as folder, running() as server:
        for name, address in (("SQLite", str(Path(folder) / "登记簿.db")), ("PostgreSQL", server.database())):
            contended = contend(address, asked.processes, asked.each)
            print(f"{name}: {asked.processes} processes, {len(SERIES)} series: {contended}", flush=True)
            is_bad = is_bad or bool(contended.faults) or contended.longest >= _LONGEST_SECONDS
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
