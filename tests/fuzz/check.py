"""Check thousands of damaged papers and say how docgen took each: `make fuzz-check`; one again: `--case NUMBER`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from docgen.check.catalogue import RULE_IDS
from tests.fuzz.__main__ import Outcome, report
from tests.fuzz.papers import PaperCase, make_paper_case
from tests.fuzz.server import Limits, faults_of, run_docgen

_SEED = 9704
_DRAWN = Limits(cpu_seconds=20, wall_seconds=60)
_NAME = "公文"


def run_paper(case: PaperCase, folder: Path, *, is_told: bool = False) -> Outcome:
    """Put a paper into the folder and check it, over a copy too where that is asked."""
    paper = folder / _NAME
    paper.write_bytes(case.content)
    limits = _DRAWN if case.is_drawn else Limits()
    more = ["--overlay", str(folder / "标出.pdf")] if case.is_drawn else []
    ended = run_docgen(["check", str(paper), *more], limits, folder)
    faults = faults_of(ended, limits, RULE_IDS, codes=(0, 1, 3))
    if paper.read_bytes() != case.content:
        faults.append("the paper was changed")
    if is_told:
        print(f"{ended.out}{ended.err}exit {ended.code}, {ended.cpu_seconds:.2f} s, {ended.own_bytes / 1e6:.0f} MB")
    return Outcome(
        case.number, case.damage, ended.code, ended.cpu_seconds, ended.own_bytes, case.is_drawn, tuple(faults)
    )


def _preload() -> None:
    """Load what every check needs, before the first fork."""
    import docgen.check.docx_elements
    import docgen.check.docx_seen
    import docgen.check.overlay
    import docgen.check.pdf_elements
    import docgen.check.pdf_seen
    import docgen.check.rules  # noqa: F401


def _run_numbers(numbers: Sequence[int], seed: int, keep: Path | None) -> list[Outcome]:
    _preload()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="docgen-fuzz-") as made:
        for number in numbers:
            case = make_paper_case(number, seed)
            outcomes.append(run_paper(case, Path(made)))
            if outcomes[-1].faults and keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / str(number)).write_bytes(case.content)
    return outcomes


def main() -> int:
    """Check the cases that are asked for; 1 when any failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=140)
    options.add_argument("--first", type=int, default=0, help="the number of the first case")
    options.add_argument("--seed", type=int, default=_SEED)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--case", type=int, help="check this one and print what docgen says")
    options.add_argument("--keep", type=Path, help="a folder for the papers that fail")
    asked = options.parse_args()
    began = time.monotonic()
    os.environ.setdefault("PYTHONHASHSEED", "0")
    if asked.case is not None:
        _preload()
        with tempfile.TemporaryDirectory(prefix="docgen-fuzz-") as folder:
            outcomes = [run_paper(make_paper_case(asked.case, asked.seed), Path(folder), is_told=True)]
    else:
        numbers = range(asked.first, asked.first + asked.cases)
        batches = [numbers[start : start + 70] for start in range(0, len(numbers), 70)]
        with ProcessPoolExecutor(asked.processes) as pool:
            turns = pool.map(_run_numbers, batches, [asked.seed] * len(batches), [asked.keep] * len(batches))
            outcomes = [outcome for turn in turns for outcome in turn]
    report(outcomes, time.monotonic() - began)
    return int(any(outcome.faults for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
