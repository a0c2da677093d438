"""From a drafted paper (送审稿) to the final one: its number, 成文日期, 印发日期 and signers, and nothing else. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from docgen.gongwen.document import Annex, Document, Imprint, Masthead, Signatures
from docgen.gongwen.number import DocumentNumber
from docgen.gongwen.numerals import chinese_date, open_date


@dataclass(frozen=True)
class Final:
    """What a paper is given when it is signed: its number, 成文日期, 印发日期, the signers (lead agency's first).

    `signers` empty leaves those that the draft names.
    """

    number: DocumentNumber
    signing_date: date
    printing_date: date | None = None
    signers: tuple[str, ...] = ()


def finalised(document: Document, final: Final) -> Document:
    """Give a drafted paper its number, dates and signers (GB/T 9704-2012, 7.2.5, 7.2.6, 7.3.5.4, 7.3.7, 7.4.3).

    印发日期 is printed where the draft leaves it open, and signers where the draft names them: 版记 of a letter has
    no 印发 (10.1), and only an upward paper has 签发人. Raise ValueError, in the clerk's words, when the draft's
    number or dates are not open, or what is given does not fit it.
    """
    masthead = document.masthead
    if masthead is None or masthead.number.serial is not None:
        raise ValueError("只有发文字号空着序号的送审稿才能编号" + (f"，这份已是“{masthead.number}”" if masthead else ""))
    _check_number(masthead.number, final.number)
    year = masthead.number.year
    return replace(
        document,
        masthead=_masthead(masthead, final),
        signatures=document.signatures and _signatures(document.signatures, final, year),
        imprint=document.imprint and _imprint(document.imprint, final, year),
        annexes=tuple(_annex(annex, final.number) for annex in document.annexes),
    )


def _check_number(open_number: DocumentNumber, number: DocumentNumber) -> None:
    if number.serial is None:
        raise ValueError(f"发文字号应有序号，如“{number.agency_code}〔{number.year}〕132号”，不是“{number}”")
    if (number.agency_code, number.year) != (open_number.agency_code, open_number.year):
        example = DocumentNumber(open_number.agency_code, open_number.year, number.serial)
        raise ValueError(f"这份公文的发文字号应是“{open_number}”一类，如“{example}”，不是“{number}”")


def _masthead(masthead: Masthead, final: Final) -> Masthead:
    named = masthead.signers
    if named and final.signers and len(named) != len(final.signers):
        raise ValueError(f"签发人应写 {len(named)} 人，各发文机关一人，不是 {len(final.signers)} 人")
    signers = final.signers or named if named else ()
    return replace(masthead, number=final.number, signers=signers)


def _signatures(signatures: Signatures, final: Final, year: int) -> Signatures:
    if signatures.signing_date != open_date(year):
        raise ValueError(f"送审稿的成文日期应空着月日，如“{open_date(year)}”，不是“{signatures.signing_date}”")
    return replace(signatures, signing_date=chinese_date(final.signing_date))


def _imprint(imprint: Imprint, final: Final, year: int) -> Imprint:
    if not imprint.printing_date:
        return imprint
    if imprint.printing_date != f"{open_date(year)}印发":
        raise ValueError(f"送审稿的印发日期应空着月日，如“{open_date(year)}印发”，不是“{imprint.printing_date}”")
    if final.printing_date is None:
        raise ValueError("这份公文的版记有印发日期，应写明，如 2024-08-15")
    return replace(imprint, printing_date=f"{chinese_date(final.printing_date)}印发")


def _annex(annex: Annex, number: DocumentNumber) -> Annex:
    return replace(annex, bound_to=str(number)) if annex.bound_to else annex
