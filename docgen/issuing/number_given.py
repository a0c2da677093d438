"""What the office gave one paper of a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docgen.gongwen import DocumentNumber


@dataclass(frozen=True)
class NumberGiven:
    """Number, 签发人 with their days (one for each agency), 成文日期, 印发日期, 份数; None or empty where not given."""

    paper: str
    number: DocumentNumber | None = None
    signers: tuple[str, ...] = ()
    signed_on: tuple[date, ...] = ()
    signing_date: date | None = None
    printing_date: date | None = None
    copies: int | None = None
