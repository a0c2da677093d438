"""What was let pass while the papers of a run were made, noted beside them until the manifest says it.

A run that was killed makes only what is left, and would not know what was let pass of the papers that are out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from docgen.issuing.durable import PASSES_NOTED, put

Row = Sequence[str]
"""Code, where, reason, name."""


def note(folder: Path, passed: Sequence[Row]) -> None:
    """Note what was let pass so far, if anything was."""
    rows = noted(folder, passed)
    if rows and rows != noted(folder, ()):
        put(folder / PASSES_NOTED, json.dumps(rows, ensure_ascii=False).encode())


def noted(folder: Path, passed: Sequence[Row]) -> list[list[str]]:
    """Give all that was let pass, noted before or now, by code and place; of one place the latest holds."""
    path = folder / PASSES_NOTED
    before = json.loads(path.read_bytes()) if path.is_file() else []
    by_place = {tuple(row[:2]): list(row) for row in (*before, *passed)}
    return [by_place[place] for place in sorted(by_place)]


def forget(folder: Path) -> None:
    """Take the note away: the manifest has it."""
    (folder / PASSES_NOTED).unlink(missing_ok=True)
