"""All of the torture, one part after another, and a table of what it came to: `make torture`, python -m tests.torture"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass

_PARTS = (
    ("50 processes take numbers", ("-m", "tests.torture.register")),
    ("changed figures", ("-m", "tests.torture.figures")),
    ("kills at named steps", ("-m", "tests.torture.kill_points")),
    ("accidents", ("-m", "pytest", "-q", "tests/issuing/test_accidents.py", "tests/issuing/test_together.py")),
    ("kills at random moments", ("-m", "tests.torture.random_kills")),
)
_SHORT = {
    "tests.torture.register": ("--processes", "10", "--each", "20"),
    "tests.torture.kill_points": ("--every", "5"),
    "tests.torture.random_kills": ("--letters", "40", "--kills", "20", "--letters-with-pdf", "3", "--kills-with-pdf", "3"),
}


@dataclass(frozen=True)
class Part:
    """A part of the torture: what it is, whether all held, how long it took, and the figures that it printed."""

    name: str
    is_good: bool
    seconds: float
    figures: tuple[str, ...]


def main() -> int:
    """Run all parts, print the table; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="some minutes instead of most of an hour")
    is_short = parser.parse_args().short
    parts = [_run(name, (*words, *(_SHORT.get(words[1], ()) if is_short else ()))) for name, words in _PARTS]
    print("\n" + "\n".join(_row(part) for part in parts))
    return int(not all(part.is_good for part in parts))


def _run(name: str, words: tuple[str, ...]) -> Part:
    began = time.perf_counter()
    print(f"{name} ……", flush=True)
    lines = []
    with subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            print(f"  {line}", end="", flush=True)
            lines.append(line.strip())
    figures = tuple(line for line in lines if ": " in line)
    return Part(name, running.returncode == 0, time.perf_counter() - began, figures)


def _row(part: Part) -> str:
    held = "held" if part.is_good else "DID NOT HOLD"
    return "\n".join((f"{part.name}: {held}, {part.seconds / 60:.1f} min", *(f"    {figure}" for figure in part.figures)))


if __name__ == "__main__":
    sys.exit(main())
