"""What a run stated in its papers, as plain data for the checker: texts with the figures in them, cells of tables.

It is what the manifest beside the papers holds; who reads that gives it here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stated:
    """A stretch of a text that states a value: from `start` up to `end`, and the value's name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class RunText:
    """A text of a paper as it was made: the element it is, its words, the values stated in it."""

    element: str
    text: str
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True)
class RunTable:
    """A table of a paper as it was made, its 合计 row last: label and title of its annex, columns, rows."""

    label: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """Name it for the clerk."""
        return f"{self.label}“{self.title}”"


@dataclass(frozen=True)
class RunPaper:
    """One paper of the run."""

    name: str
    texts: tuple[RunText, ...]
    tables: tuple[RunTable, ...] = ()


@dataclass(frozen=True)
class Run:
    """A run: its papers, its issuers (lead agency first), and the 机关代字 that its settings name."""

    papers: tuple[RunPaper, ...]
    issuers: tuple[str, ...] = ()
    agency_codes: tuple[str, ...] = ()
