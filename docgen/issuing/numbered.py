"""The papers of a run that take a number, and the same run with its numbers. Pure.

A circular takes one. Letters take one each (一函一号), or one for all of them (同号分送).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from docgen.drafting import Draft
from docgen.gongwen import Document, Final, finalised
from docgen.gongwen.genres import GENRES
from docgen.issuing.jobs import Job
from docgen.issuing.run import Drafted, Letter
from docgen.settings import SHARED_NUMBER

CIRCULAR_NAME = "通报"
SHARED_NAME = "函"
"""What letters that share a number are called together."""


@dataclass(frozen=True)
class NumberedPaper:
    """A paper that takes one number: its name in the run, its text, and whom it goes to, one by one."""

    name: str
    document: Document
    recipients: tuple[str, ...]

    @property
    def genre(self) -> str:
        """Its 文种, with which the title ends."""
        return next((genre for genre in GENRES if self.document.title.endswith(genre)), "")

    @property
    def addressees(self) -> str:
        """主送机关 as printed, without its colon."""
        return self.document.addressees.rstrip("：")

    @property
    def needs_printing_date(self) -> bool:
        """Whether 版记 says when it was printed; that of a letter does not."""
        return self.document.imprint is not None and bool(self.document.imprint.printing_date)


def numbered_papers(drafted: Drafted) -> tuple[NumberedPaper, ...]:
    """List the papers of a run that take a number, in the order in which they take it."""
    if drafted.circular is not None and drafted.circular.document is not None:
        document = drafted.circular.document
        return (NumberedPaper(CIRCULAR_NAME, document, (document.addressees.rstrip("："),)),)
    letters = [(letter, letter.draft.document) for letter in drafted.letters]
    if is_shared(drafted):
        names = tuple(letter.extract.full_name for letter, _ in letters)
        return tuple(NumberedPaper(SHARED_NAME, document, names) for _, document in letters[:1] if document)
    return tuple(
        NumberedPaper(letter.extract.short_name, document, (letter.extract.full_name,))
        for letter, document in letters
        if document is not None
    )


def is_shared(drafted: Drafted) -> bool:
    """Tell whether the letters share one number."""
    return drafted.counted.settings.letter_numbering == SHARED_NUMBER


def paper_of(job: Job, drafted: Drafted) -> str:
    """Name the numbered paper that a file of the run belongs to: annexes and workbooks go with their text."""
    if job.letter is None:
        return CIRCULAR_NAME
    return SHARED_NAME if is_shared(drafted) else job.letter.extract.short_name


def with_numbers(drafted: Drafted, finals: Mapping[str, Final]) -> Drafted:
    """Give the drafted papers their numbers, dates and signers, by their names in the run."""
    circular = drafted.circular
    if circular is not None:
        circular = _final(circular, finals[CIRCULAR_NAME])
    return replace(
        drafted,
        circular=circular,
        letters=tuple(_final_letter(letter, finals[_name(letter, drafted)]) for letter in drafted.letters),
    )


def _name(letter: Letter, drafted: Drafted) -> str:
    return SHARED_NAME if is_shared(drafted) else letter.extract.short_name


def _final_letter(letter: Letter, final: Final) -> Letter:
    return replace(letter, draft=_final(letter.draft, final))


def _final(draft: Draft, final: Final) -> Draft:
    return replace(draft, document=finalised(draft.document, final) if draft.document is not None else None)
