"""Runs to be signed and numbered: small data with nothing open, a register of their own, short ways to run them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from intake.minimal import SETTINGS, Workbook, write

from docgen.gongwen import DocumentNumber
from docgen.issuing import Paper
from docgen.issuing.draft_batch import Asked as DraftAsked
from docgen.issuing.draft_batch import DraftedBatch, draft_batch
from docgen.issuing.finalise import Asked, Finalised, finalise
from docgen.issuing.jobs import Progress
from docgen.issuing.numbers_sheet import NumberGiven
from docgen.issuing.paper_text import read_paper
from docgen.register import Register, Source, open_register

from .test_make import metrics
from .traced import typical

COMPLETE = SETTINGS.replace('"序号" = 132\n', "") + """\
"印发机关" = "甲市应急管理局办公室"
"整改期限" = 2024-09-13
"联系人" = "张示例"
"联系电话" = "0512-00000132"
"""
NOON = datetime(2024, 8, 15, 12)
LATER = date(2024, 8, 16)
SIGNED = NumberGiven("", None, ("李示例",), (date(2024, 8, 15),), None, None, 30)
"""What is said of a letter, which one agency signs."""
JOINT = NumberGiven(
    "", DocumentNumber("甲应急", 2024, 132), ("李示例", "王示例"), (date(2024, 8, 14), date(2024, 8, 15)), None, LATER, 60
)
"""What is said of the circular, which two agencies sign."""


@contextmanager
def silent(_total: int) -> Iterator[Progress]:
    """Tell nobody how far it is."""
    yield lambda _name: None


def draft(
    folder: Path, kind: Paper, workbook: Workbook | None = None, settings: str = COMPLETE,
    formats: tuple[str, ...] = ("docx", "xlsx"), letters: Path | None = None, to: str = "批次",
) -> DraftedBatch:
    """Draft a run from these data into `to`."""
    source = write(folder / f"{to}数据", workbook if workbook is not None else typical(), settings)
    asked = DraftAsked(kind, source, None, letters, formats)
    return draft_batch(asked, folder / to, metrics(), silent)


def register_at(folder: Path, who: str = "张示例") -> Register:
    """Open the register of a test; its clock stands."""
    return open_register(str(folder / "登记簿.db"), who, lambda: NOON)


def number(
    folder: Path, said: NumberGiven = SIGNED, source: Source = Source.OWN, passes: dict[str, str] | None = None,
    run: str = "批次", sheet: Path | None = None, *, renumbers: bool = False,
) -> Finalised:
    """Finalise a run with the register of the test."""
    with register_at(folder) as register:
        asked = Asked(source, said, sheet, passes or {}, "张示例", renumbers)
        return finalise(folder / run, asked, register, metrics(), silent)


def start(folder: Path, code: str = "苏应急函", year: int = 2024, serial: int = 1) -> None:
    """Take the series over."""
    with register_at(folder) as register:
        register.start(code, year, serial)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a run but the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".docgen-lock"
    }


def with_number(said: NumberGiven, serial: int) -> NumberGiven:
    """Say the same with another number of the same series."""
    assert said.number is not None
    return replace(said, number=replace(said.number, serial=serial))


def text_of(path: Path) -> str:
    """Read a paper's text back."""
    return "".join(read_paper(path).pieces)
