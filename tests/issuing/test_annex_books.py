"""The workbooks of the annexes bear the numbers that the circular prints on them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from intake.minimal import SETTINGS, valid, write

from docgen.figures.annexes import TITLES
from docgen.issuing import Paper, draft_papers, read_and_count

from .test_make import make, metrics, names


def made(folder: Path, setting: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The annex workbooks under a setting of 通报附件, and the sheets of the one of all: tab and heading."""
    source = write(folder / "数据", valid(), SETTINGS + setting)
    make(draft_papers(read_and_count(source, None, metrics()), [Paper.ANNEXES]), folder / "输出", ("xlsx",))
    every = openpyxl.load_workbook(folder / "输出" / "附件" / "附件汇总.xlsx")
    files = {name.removeprefix("附件/") for name in names(folder / "输出") if name.startswith("附件/")}
    return files, [(sheet.title, str(sheet["A1"].value)) for sheet in every.worksheets if sheet.sheet_state == "visible"]


@pytest.mark.parametrize(
    ("setting", "labels"),
    [
        ("", ["附件1", "附件2", "附件3", "附件4", "附件5"]),
        ('"通报附件" = ["1", "3"]\n', ["附件1", "", "附件2", "", ""]),
        ('"通报附件" = ["4"]\n', ["", "", "", "附件", ""]),
        ('"通报附件" = ["无"]\n', ["", "", "", "", ""]),
    ],
)
def test_a_workbook_is_labelled_as_the_circular_labels_its_annex(tmp_path: Path, setting: str, labels: list[str]) -> None:
    files, sheets = made(tmp_path, setting)
    pairs = list(zip(labels, TITLES, strict=True))
    assert files == {"附件汇总.xlsx", *(f"{f'{label} {title}'.strip()}.xlsx" for label, title in pairs)}
    assert sheets == [(label or title, f"{label}  {title}".strip()) for label, title in pairs]
