"""Read and count 300,000 policies as `docgen validate` and `docgen figures` do, and measure it: `make bench-memory`.

Each run is a process of its own; its peak memory and CPU seconds are what the kernel says of it. Ends with 1
when a run took as much as 1.5 GB. `--profile` says besides, by stage, how far memory had risen and what time went.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.files import write_csv, write_workbook
from tests.bench.policies import HEADERS, rows_of

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "fixtures" / "2024h1" / "发文.toml"
MOST_BYTES = 1_500_000_000
_KINDS = ("xlsx", "csv")
_RUNS = (("validate",), ("figures",), ("figures", "--json"))


class Cost(NamedTuple):
    """How a process ended, and what it took."""

    code: int
    peak_bytes: int
    cpu_seconds: float
    wall_seconds: float


def write_inputs(folder: Path, policies: int, seed: int) -> dict[str, Path]:
    """Write the same rows as two workbooks and as CSV files; the policies stand in a file of their own."""
    folders = {kind: folder / kind for kind in _KINDS}
    for each in folders.values():
        each.mkdir()
        (each / SETTINGS.name).write_bytes(SETTINGS.read_bytes())
    others = [name for name in HEADERS if name != "保单"]
    for stem, names in (("保单", ["保单"]), ("检查", others)):
        sheets = {name: rows_of(name, policies, seed) for name in names}
        write_workbook(folders["xlsx"] / f"{stem}.xlsx", sheets)
    for name in HEADERS:
        write_csv(folders["csv"] / f"{name}.csv", rows_of(name, policies, seed))
    return folders


def measured(run: Callable[[], int]) -> Cost:
    """Run something in a child of this process and give what the kernel says of it."""
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = run()
        finally:
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    ended = time.perf_counter()
    code = os.waitstatus_to_exitcode(status)
    return Cost(code, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime, ended - began)


def command(words: list[str]) -> int:
    """Run docgen, its output thrown away, and give its exit code; does not return when that works."""
    os.environ["PYTHONPATH"] = str(ROOT)
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, sys.stdout.fileno())
    os.execv(sys.executable, [sys.executable, "-m", "docgen", *words])


def profile(given: Path) -> int:
    """Say of each stage how long it took, what it left in memory and how high memory had risen by then."""
    import docgen.issuing.run as run
    from docgen import intake
    from docgen.intake import sources
    from docgen.issuing import check_input, load_metrics
    from docgen.styles import load_stylesheet

    metrics = load_metrics(load_stylesheet())
    gc.freeze()
    stages = [
        (sources, "check_workbook"), (sources, "_read_workbook"), (sources, "_read_csv"), (intake, "read_tables"),
        (intake, "check_rows"), (run, "read_input"), (run, "several_policies"), (run, "count"),
        (run, "annex_tables"), (run, "insurer_extracts"), (run, "area_extracts"), (run, "draft_papers"),
    ]
    print(f"{'stage':<20}{'seconds':>9}{'now MB':>9}{'peak MB':>9}")
    for module, name in stages:
        if hasattr(module, name):
            setattr(module, name, _told(name, getattr(module, name)))
    check_input(given, None, metrics)
    return 0


def _told(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
    def told(*given: object, **named: object) -> object:
        began = time.process_time()
        result = stage(*given, **named)
        took = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        if took >= 0.05:
            print(f"{name:<20}{took:>9.2f}{_resident_mb():>9.0f}{peak:>9.0f}", flush=True)
        return result

    return told


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> int:
    """Write the inputs, run docgen on each, print a line a run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--policies", type=int, default=300_000)
    options.add_argument("--seed", type=int, default=132)
    options.add_argument("--kind", choices=_KINDS, action="append", help="one kind of file only")
    options.add_argument("--profile", action="store_true")
    options.add_argument("--folder", type=Path, help="where the inputs are kept, and taken from when they are there")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        folders = {kind: folder / kind for kind in _KINDS}
        if not all(each.is_dir() for each in folders.values()):
            folder.mkdir(parents=True, exist_ok=True)
            cost = measured(lambda: len(write_inputs(folder, asked.policies, asked.seed)) - len(_KINDS))
            print(f"{asked.policies:,} policies written in {cost.wall_seconds:.0f} s", flush=True)
        is_within = True
        for kind in asked.kind or _KINDS:
            for words in _RUNS:
                cost = measured(partial(command, [*words, str(folders[kind])]))
                is_within &= cost.peak_bytes < MOST_BYTES and cost.code == 0
                print(
                    f"{kind} {' '.join(words)}: exit {cost.code}, peak {cost.peak_bytes / 1e6:,.0f} MB, "
                    f"CPU {cost.cpu_seconds:.1f} s, wall {cost.wall_seconds:.1f} s",
                    flush=True,
                )
            if asked.profile:
                measured(partial(profile, folders[kind]))
    print(f"{'below' if is_within else 'NOT below'} {MOST_BYTES / 1e6:,.0f} MB")
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main())
