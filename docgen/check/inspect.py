"""Check one finished file: see it, recognise its elements, ask every rule that its kind can answer. Pure.

What kind of file it is, its content says, not its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.check.catalogue import DOCX, PDF, RULE_IDS
from docgen.check.finding import Finding, Grade, Rule
from docgen.check.known_numbers import KnownNumbers
from docgen.check.run import Run
from docgen.check.seen import Paper

_HEAD = 1024
"""A PDF may have other bytes before its mark, so many at most."""


@dataclass(frozen=True)
class Report:
    """What was found in a file: its kind, its pages (None for a DOCX), and the findings in reading order."""

    kind: str
    pages: int | None
    is_draft: bool
    findings: tuple[Finding, ...]
    unidentified: tuple[str, ...] = ()
    """What could not be recognised, and what therefore was not looked at."""
    remarks: tuple[str, ...] = ()
    """What else must be known of the file: hidden text, links out of it."""
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each page of a PDF in mm, as it is read."""

    def count(self, grade: Grade) -> int:
        """Count the findings of a grade."""
        return sum(finding.grade is grade for finding in self.findings)


def inspect(content: bytes, run: Run | None = None, known_numbers: KnownNumbers | None = None) -> Report:
    """Check a DOCX or PDF; with a run, its figures too; with the numbers of a register, its number.

    Raise Unreadable, with a remedy, where it cannot be read.
    """
    from docgen.check.rules.text import against_register, against_run

    is_pdf = b"%PDF-" in content[:_HEAD]
    asked: list[Rule] = [*against_run.rules_of(run)] if run is not None else []
    if known_numbers is not None:
        asked += against_register.rules_of(known_numbers, hashlib.sha256(content).hexdigest())
    return report_of(_pdf(content) if is_pdf else _docx(content), asked)


def is_neither(content: bytes) -> bool:
    """Whether a file is no PDF and, as far as its first bytes tell, no DOCX, old Word file or other archive."""
    return bool(content) and b"%PDF-" not in content[:_HEAD] and not content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def _pdf(content: bytes) -> Paper:
    from docgen.check.pdf_elements import paper_of_pdf
    from docgen.check.pdf_seen import see_pdf

    return paper_of_pdf(see_pdf(content))


def _docx(content: bytes) -> Paper:
    from docgen.check.docx_elements import paper_of_docx
    from docgen.check.docx_seen import see_docx

    return paper_of_docx(see_docx(content))


def report_of(paper: Paper, more: Sequence[Rule] = ()) -> Report:
    """Ask the rules about what is seen, and those that need more than the file."""
    from docgen.check.rules import RULES
    from docgen.check.rules.text.drafts import is_draft

    kind = PDF if paper.pdf is not None else DOCX
    asked = [rule for rule in (*RULES, *more) if kind in rule.kinds]
    findings = dict.fromkeys(Finding(rule, found) for rule in asked for found in rule.look(paper))
    return Report(
        kind,
        len(paper.pdf.pages) if paper.pdf is not None else None,
        is_draft(paper),
        tuple(sorted(findings, key=_place)),
        paper.unidentified,
        (*paper.word.hidden, *paper.word.outside) if paper.word is not None else (),
        tuple((page.width, page.height) for page in paper.pdf.pages) if paper.pdf is not None else (),
    )


def _place(finding: Finding) -> tuple[int, int, float, int]:
    """Order findings as the paper is read; those of the paper as a whole come first."""
    at = finding.at
    return at.page or 0, at.paragraph or 0, at.box.top if at.box else 0.0, RULE_IDS.index(finding.rule.id)
