"""What a rule finds, and the table of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from docgen.check.seen import Box, Element, Paper


class Grade(Enum):
    """How strongly the standard asks: 应 (E), 一般 or 推荐 (W), practice only (I)."""

    ERROR = "E"
    WARNING = "W"
    INFO = "I"


@dataclass(frozen=True)
class Found:
    """One departure from a rule: where it is, what was found, what is expected, what to do."""

    found: str
    expected: str
    remedy: str
    page: int | None = None
    box: Box | None = None
    """Where it is on that page, for a PDF."""
    paragraph: int | None = None
    """Which paragraph of the body it is, from 1, for a DOCX."""
    quote: str = ""
    """A few characters of the text it is at."""
    grade: Grade | None = None
    """Where it weighs less here than the rule's grade, as an open place does in a draft."""


Look = Callable[[Paper], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule of the standard: its stable id, clause, grade, what it asks in a few words, and the look it takes."""

    id: str
    clause: str
    grade: Grade
    title: str
    look: Look
    kinds: frozenset[str] = frozenset({"pdf", "docx"})
    """The kinds of file in which it can be seen."""


@dataclass(frozen=True)
class Finding:
    """What a rule found in a file."""

    rule: Rule
    at: Found

    @property
    def grade(self) -> Grade:
        """How much it weighs."""
        return self.at.grade or self.rule.grade


def at(element: Element, found: str, expected: str, remedy: str) -> Found:
    """Say that something is found at an element, wherever that stands."""
    line = element.lines[0] if element.lines else None
    paragraph = element.paragraphs[0].number if element.paragraphs else None
    return Found(
        found,
        expected,
        remedy,
        page=line.page if line else None,
        box=line.ink if line else None,
        paragraph=paragraph,
        quote=element.text[:20],
    )
