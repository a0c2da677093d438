"""Papers that want numbers, written shortly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from docgen.gongwen import DocumentNumber
from docgen.register import IssuedFile, Particulars, Wanted

LETTER = Particulars(
    "函", "关于整改安全生产责任保险问题的函",
    issuers=("江北省应急管理厅", "江北省财政厅"), recipients=("甲山财险",), signers=("张示例", "李示例"),
    signed_on=(date(2024, 12, 16), date(2024, 12, 17)), signing_date=date(2024, 12, 18), printing_date=date(2024, 12, 19),
    copies=12, annexes=2, urgency="加急", secrecy="", publicity="依申请公开",
)  # fmt: skip


def wanted(*papers: str, code: str = "苏应急函", year: int = 2024) -> list[Wanted]:
    """Letters that want a number of a series or a block."""
    return [Wanted(paper, code, year, None, replace(LETTER, recipients=(f"{paper}财险",))) for paper in papers]


def given(**serials: int) -> list[Wanted]:
    """Letters with the numbers that the office gave them, by paper."""
    return [
        Wanted(paper, "苏应急函", 2024, serial, replace(LETTER, recipients=(f"{paper}财险",)))
        for paper, serial in serials.items()
    ]


def number(serial: int, code: str = "苏应急函", year: int = 2024) -> DocumentNumber:
    return DocumentNumber(code, year, serial)


def file(name: str, digit: str = "a") -> IssuedFile:
    return IssuedFile(f"正本/{name}.pdf", digit * 64)
