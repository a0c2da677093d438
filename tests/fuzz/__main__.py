"""Read thousands of damaged inputs and say how docgen took each: `make fuzz`; one again: `--case NUMBER`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.cases import Case, make_case
from tests.fuzz.seed import Seed, load_seed
from tests.fuzz.server import Ended, Limits, faults_of, put, run_docgen

_SEED = 132
_OF_A_PAPER = Limits(cpu_seconds=20, wall_seconds=60)
_PAPER_CODES = (0, 1)


class Outcome(NamedTuple):
    """What a case came to."""

    number: int
    damage: str
    code: int
    cpu_seconds: float
    own_bytes: int
    made_paper: bool
    faults: tuple[str, ...]


@cache
def _seed() -> Seed:
    return load_seed()


def run_case(case: Case, folder: Path, *, is_told: bool = False) -> Outcome:
    """Put a case into the folder, validate it and, where it passes and a paper is wanted, make the paper."""
    given = put(case.files, folder)
    names = (*case.files, given.name)
    ended = run_docgen(["validate", str(given)], Limits(), folder)
    faults = faults_of(ended, Limits(), names)
    makes_paper = case.paper is not None and ended.code == 0
    if is_told:
        _tell(ended)
    if case.paper is not None and ended.code == 0:
        out = folder / "输出"
        shutil.rmtree(out, ignore_errors=True)
        made = run_docgen([case.paper[0], str(given), "--out", str(out), *case.paper[1:]], _OF_A_PAPER, folder)
        faults += [f"{case.paper[0]}: {fault}" for fault in faults_of(made, _OF_A_PAPER, names, codes=_PAPER_CODES)]
        if is_told:
            _tell(made)
    return Outcome(
        case.number, case.damage, ended.code, ended.cpu_seconds, ended.own_bytes, makes_paper, tuple(faults)
    )


def _run_numbers(numbers: Sequence[int], seed_number: int, keep: Path | None) -> list[Outcome]:
    """Run some cases in this process's own folder, the inputs of those that fail kept where asked."""
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="docgen-fuzz-") as made:
        os.environ["TMPDIR"] = made
        for number in numbers:
            case = make_case(number, _seed(), seed_number)
            outcome = run_case(case, Path(made))
            outcomes.append(outcome)
            if outcome.faults and keep is not None:
                for name, content in case.files.items():
                    (keep / str(number)).mkdir(parents=True, exist_ok=True)
                    (keep / str(number) / name).write_bytes(content)
    return outcomes


def _tell(ended: Ended) -> None:
    print(ended.out + ended.err)
    print(f"exit {ended.code}, {ended.cpu_seconds:.2f} s of CPU, {ended.own_bytes / 1e6:.0f} MB")


def _in_turn(numbers: Sequence[int], seed_number: int, processes: int, keep: Path | None) -> Iterator[Outcome]:
    batches = [numbers[start : start + 100] for start in range(0, len(numbers), 100)]
    with ProcessPoolExecutor(processes) as pool:
        for outcomes in pool.map(
            _run_numbers, batches, [seed_number] * len(batches), [keep] * len(batches)
        ):
            yield from outcomes


def report(outcomes: Sequence[Outcome], seconds: float) -> None:
    """Print the counts by exit code and by damage, the extremes, and every case that failed."""
    codes = sorted({outcome.code for outcome in outcomes})
    print(f"{'damage':<24}{'cases':>7}" + "".join(f"{f'exit {code}':>9}" for code in codes) + f"{'failed':>8}{'max s':>7}{'max MB':>8}")
    for damage in [*dict.fromkeys(outcome.damage for outcome in outcomes), ""]:
        same = [outcome for outcome in outcomes if damage in ("", outcome.damage)]
        counts = Counter(outcome.code for outcome in same)
        failed = sum(bool(outcome.faults) for outcome in same)
        slowest, largest = max(outcome.cpu_seconds for outcome in same), max(outcome.own_bytes for outcome in same)
        print(
            f"{damage or 'all':<24}{len(same):>7}" + "".join(f"{counts[code]:>9}" for code in codes)
            + f"{failed:>8}{slowest:>7.2f}{largest / 1e6:>8.0f}"
        )
    papers = sum(outcome.made_paper for outcome in outcomes)
    print(f"{papers} of them went on to a paper; {seconds:.0f} s in all")
    for outcome in outcomes:
        for fault in outcome.faults:
            print(f"FAILED --case {outcome.number} ({outcome.damage}): {fault}")


def main() -> int:
    """Run the cases that are asked for; 1 when any failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=300)
    options.add_argument("--first", type=int, default=0, help="the number of the first case")
    options.add_argument("--seed", type=int, default=_SEED)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--case", type=int, help="run this one and print what docgen says")
    options.add_argument("--keep", type=Path, help="a folder for the inputs of cases that fail")
    asked = options.parse_args()
    began = time.monotonic()
    if asked.case is not None:
        case = make_case(asked.case, _seed(), asked.seed)
        if asked.keep:
            put(case.files, asked.keep)
        with tempfile.TemporaryDirectory(prefix="docgen-fuzz-") as folder:
            outcomes = [run_case(case, Path(folder), is_told=True)]
    else:
        numbers = range(asked.first, asked.first + asked.cases)
        outcomes = list(_in_turn(numbers, asked.seed, asked.processes, asked.keep))
    report(outcomes, time.monotonic() - began)
    return int(any(outcome.faults for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
