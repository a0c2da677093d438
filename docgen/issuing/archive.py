"""The lists of a run's archive folder: 归档目录.xlsx and 分送签收单.xlsx. Pure: facts in, a workbook's bytes out.

归档目录 has a row for each 件 as DA/T 22-2015 lists them (责任者, 文号, 题名, 日期 in eight digits, 密级, 页数), and on
a second sheet every file with its SHA-256. 分送签收单 has a row for each unit that is sent a paper; who signs for it
writes the last columns by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from docgen.gongwen import Cell, CellKind, DocumentNumber, Table, TableColumn
from docgen.gongwen.numerals import serials
from docgen.render.xlsx import Sheet, workbook

ARCHIVE_LIST = "归档目录.xlsx"
RECEIPT_LIST = "分送签收单.xlsx"
NO_ANNEXES = "无"


class FileKind(StrEnum):
    """What a file is to the archive, in the order in which 归档文件 lie (DA/T 22-2015)."""

    ISSUED = "正本"
    FINAL = "定稿"
    DRAFT = "送审稿"
    PUBLIC = "公开版"
    ANNEX = "附表"
    DATA = "数据"
    LIST = "清单"


@dataclass(frozen=True)
class ArchivedFile:
    """One file: what it is, its path below the folder, the hash of its bytes, its pages where it has any."""

    kind: FileKind
    path: str
    sha256: str
    pages: int | None = None


@dataclass(frozen=True)
class ArchivedPaper:
    """One 件: a paper that was given a number, to whom it went, and its files.

    `addressees` and `copy_to` are the units that sign for it, each a name; `copies_each` is how many each of them
    gets (None: written by hand).
    """

    genre: str
    number: DocumentNumber
    title: str
    issuers: tuple[str, ...]
    signing_date: date
    addressees: tuple[str, ...]
    copy_to: tuple[str, ...] = ()
    annexes: int = 0
    copies: int | None = None
    copies_each: int | None = None
    secrecy: str = ""
    publicity: str = ""
    remark: str = ""
    files: tuple[ArchivedFile, ...] = ()

    @property
    def pages(self) -> int | None:
        """The pages of 正本, its parts together; None where no file of it has pages."""
        counted = [file.pages for file in self.files if file.kind is FileKind.ISSUED and file.pages is not None]
        return sum(counted) if counted else None


def units(addressees: str) -> tuple[str, ...]:
    """Take 主送机关 as printed apart into its units: 各县（市、区）应急管理局，各财产保险公司： are two."""
    found, depth = [""], 0
    for sign in re.sub(r"[：:。\s]+$", "", addressees):
        depth += (sign in "（(") - (sign in "）)")
        if sign in "，、；" and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return tuple(unit.strip() for unit in found if unit.strip())


_PAPERS = (
    TableColumn("件号", CellKind.INTEGER, 3),
    TableColumn("文种", CellKind.TEXT, 4),
    TableColumn("责任者", CellKind.TEXT, 14),
    TableColumn("文号", CellKind.ID, 10),
    TableColumn("题名", CellKind.TEXT, 18),
    TableColumn("日期", CellKind.ID, 5),
    TableColumn("密级", CellKind.TEXT, 5),
    TableColumn("页数", CellKind.INTEGER, 3),
    TableColumn("份数", CellKind.INTEGER, 3),
    TableColumn("公开属性", CellKind.TEXT, 6),
    TableColumn("备注", CellKind.TEXT, 8),
)
_FILES = (
    TableColumn("件号", CellKind.INTEGER, 3),
    TableColumn("文本", CellKind.TEXT, 4),
    TableColumn("文件", CellKind.TEXT, 20),
    TableColumn("页数", CellKind.INTEGER, 3),
    TableColumn("SHA-256", CellKind.ID, 32),
)
_RECEIPTS = (
    TableColumn("序号", CellKind.INTEGER, 3),
    TableColumn("收文单位", CellKind.TEXT, 15),
    TableColumn("分送", CellKind.TEXT, 3),
    TableColumn("发文字号", CellKind.ID, 10),
    TableColumn("标题", CellKind.TEXT, 16),
    TableColumn("份数", CellKind.INTEGER, 3),
    TableColumn("附件", CellKind.ID, 3),
    TableColumn("签收人", CellKind.TEXT, 7),
    TableColumn("签收日期", CellKind.TEXT, 8),
    TableColumn("备注", CellKind.TEXT, 7),
)
_ROW_PT = 20
_TO_SIGN_PT = 30
"""The height of a row that is written in by hand."""


def archive_list(papers: Sequence[ArchivedPaper], of_run: Sequence[ArchivedFile] = ()) -> bytes:
    """Write 归档目录: the papers, then every file of theirs and of the run. Raise ValueError when there is no paper."""
    rows = tuple(
        _cells(
            place, paper.genre, "；".join(paper.issuers), str(paper.number), paper.title,
            f"{paper.signing_date:%Y%m%d}", paper.secrecy, paper.pages, paper.copies, paper.publicity, paper.remark,
        )
        for place, paper in enumerate(papers, start=1)
    )
    files = [(place, file) for place, paper in enumerate(papers, start=1) for file in _in_order(paper.files)]
    listed = tuple(
        _cells(place, file.kind.value, file.path, file.pages, file.sha256)
        for place, file in (*files, *((None, file) for file in _in_order(of_run)))
    )
    sheets = [
        Sheet("归档文件目录", "归档文件目录", (Table(_PAPERS, rows),), row_height_pt=_ROW_PT),
        Sheet("文件清单", "归档电子文件清单", (Table(_FILES, listed),), row_height_pt=_ROW_PT),
    ]
    return workbook(sheets, "归档目录", _day(papers))


def receipt_list(papers: Sequence[ArchivedPaper]) -> bytes:
    """Write 分送签收单: a row for each unit a paper is sent to, then one for each unit it is copied to.

    A unit that several papers are copied to signs once for all of one title. Raise ValueError when there is no paper.
    """
    sent = [
        (unit, "主送", str(paper.number), paper.title, paper.copies_each, _annexes(paper))
        for paper in papers
        for unit in paper.addressees
    ]
    rows = tuple(
        _cells(place, *row, "", "", "") for place, row in enumerate((*sent, *_copied(papers)), start=1)
    )
    sheet = Sheet("分送签收单", "分送签收单", (Table(_RECEIPTS, rows),), row_height_pt=_TO_SIGN_PT)
    return workbook([sheet], "分送签收单", _day(papers))


def _copied(papers: Sequence[ArchivedPaper]) -> list[tuple[str, str, str, str, int | None, str]]:
    """Give a row for each unit and title: its papers' numbers and copies together."""
    together: dict[tuple[str, str], list[ArchivedPaper]] = {}
    for paper in papers:
        for unit in paper.copy_to:
            together.setdefault((unit, paper.title), []).append(paper)
    rows = []
    for (unit, title), own in together.items():
        each = [paper.copies_each for paper in own if paper.copies_each is not None]
        copies = sum(each) if len(each) == len(own) else None
        annexes = "；".join(dict.fromkeys(map(_annexes, own)))
        each_has = "各" if len(own) > 1 and annexes == _annexes(own[0]) != NO_ANNEXES else ""
        rows.append((unit, "抄送", _numbers(own), title, copies, each_has + annexes))
    return rows


def _numbers(papers: Sequence[ArchivedPaper]) -> str:
    """Write the numbers of several papers: 苏应急函〔2024〕7—9、12号."""
    series: dict[tuple[str, int], list[int]] = {}
    for paper in papers:
        number = paper.number
        series.setdefault((number.agency_code, number.year), []).append(number.serial or 0)
    return "；".join(f"{code}〔{year}〕{serials(own)}号" for (code, year), own in series.items())


def _annexes(paper: ArchivedPaper) -> str:
    return f"{paper.annexes}件" if paper.annexes else NO_ANNEXES


def _in_order(files: Sequence[ArchivedFile]) -> list[ArchivedFile]:
    kinds = list(FileKind)
    return sorted(files, key=lambda file: kinds.index(file.kind))


def _cells(*values: str | int | None) -> tuple[Cell, ...]:
    return tuple(Cell(None if value == "" else value) for value in values)


def _day(papers: Sequence[ArchivedPaper]) -> date:
    """Date the workbook by its latest paper: the same run gives the same bytes."""
    if not papers:
        raise ValueError("归档目录和分送签收单至少有一份公文")
    return max(paper.signing_date for paper in papers)
