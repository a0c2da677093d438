"""What docgen tells, put into the recount's shape: figures from the JSON, the rest from tables and letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from docgen.errors import Barred, Place, Problem, Severity, Unreadable
from docgen.gongwen import Cell, Table
from docgen.issuing import Drafted, Paper, draft_papers, figures_json, read_and_count
from docgen.layout import Metrics
from tests.recount.counted import Area, Counted, Letter

DOUBT = "【待核】"
COUNTED_THINGS = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:万余|万)?(?:家|份|条|人|个(?!工作日))(?:【待核】)?")
LISTS = {
    "问题编号": "problems",
    "服务记录编号": "services",
    "统一社会信用代码": "partly_insured",
}
"""The column by which a letter's table is known, and the list that it fills."""

Item = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One run of docgen without files: the figures, every paper drafted from them, what was said."""

    counted: Counted
    problems: tuple[Problem, ...]
    json: Mapping[str, Item]
    circular: str
    letters: Mapping[str, str]
    letter_json: Mapping[str, Mapping[str, Item]]
    tables: tuple[Table, ...]
    annex2: Mapping[str, tuple[bool, ...]]
    """Whether units, people, premium and fee are marked 【待核】, by insurer and for 合计."""

    @classmethod
    def nothing(cls, problems: tuple[Problem, ...]) -> Told:
        return cls(Counted(), problems, {}, "", {}, {}, (), {})

    @property
    def is_barred(self) -> bool:
        return any(problem.severity is Severity.BARRING for problem in self.problems)

    def said(self, notices: bool = False) -> set[tuple[str, str, int]]:
        """The rows of which something graver than a notice was said, or anything at all."""
        return {
            (problem.where.file, problem.where.sheet, problem.where.row)
            for problem in self.problems
            if problem.where.row is not None and (notices or problem.severity is not Severity.NOTICE)
        }


def tell(source: Path, metrics: Metrics) -> Told:
    """Let docgen read, count and draft. A bar leaves nothing but the problems."""
    try:
        counted = read_and_count(source, None, metrics)
    except (Barred, Unreadable) as error:
        return barred_by(error)
    return told_by(draft_papers(counted, Paper))


def barred_by(error: Barred | Unreadable) -> Told:
    """What is left when nothing can be made: why."""
    if isinstance(error, Barred):
        return Told.nothing(error.problems)
    place = Place(file=error.message)
    return Told.nothing((Problem("unreadable", Severity.BARRING, place, error.message, "", error.remedy),))


def told_by(drafted: Drafted) -> Told:
    """Put one run's papers into the recount's shape."""
    counted, found = drafted.counted, Counted()
    figures = {str(item["名称"]): item for item in figures_json(counted.figures)}
    by_industry, by_insurer = figures["分行业投保单位数"], figures["服务费用不符记录数"]
    found.figures = {name: item["数值"] for name, item in figures.items() if name != "分行业投保单位数"}
    found.industries = {_plain(part["名称"]): part["数值"] for part in by_industry["分项"]}
    found.services_by_insurer = {_plain(part["名称"]): part["数值"] for part in by_insurer["分项"]}
    tables = [annex.tables for annex in counted.annexes]
    _annex1(found, tables[0][0])
    table2 = tables[1][0]
    _annex2(found, table2)
    found.annex3 = _column(tables[2], "单位名称")
    found.annex4 = _column(tables[3], "单位名称")
    listed = [row for table in tables[4] for row in _rows(table)]
    found.annex5 = [_text(row["保单号"]) for row in listed if _text(row["情形"]) != "逾期上传"]
    found.late = [_text(row["保单号"]) for row in listed if _text(row["情形"]) == "逾期上传"]
    letter_json = {}
    for extract in counted.insurers:
        name = _plain(extract.short_name)
        letter_json[name] = {str(item["名称"]): item for item in figures_json(extract.figures)}
        found.letters[name] = _letter(extract.problem_tables, letter_json[name])
    for area in counted.areas:
        found.areas[area.area] = _area(area.tables)
    drafts = {_plain(letter.extract.short_name): letter.draft.document for letter in drafted.letters}
    circular = drafted.circular.document if drafted.circular else None
    return Told(
        found, drafted.problems, figures,
        "\n".join(paragraph.text for paragraph in circular.body) if circular else "",
        {name: "\n".join(p.text for p in document.body) for name, document in drafts.items() if document},
        letter_json,
        tuple(table for annex in tables for table in annex),
        {_text(row[1]): tuple(cell.is_doubtful for cell in row[2:6]) for row in (*table2.rows, table2.total)},
    )  # fmt: skip


def _annex1(found: Counted, table: Table) -> None:
    for row in [*_rows(table), *_rows(table, [table.total])]:
        area = str(row.pop("属地").value or "").replace(DOUBT, "")
        for header, cell in row.items():
            if header != "序号":
                found.annex1[area, header.replace(DOUBT, "")] = _whole(cell)


def _annex2(found: Counted, table: Table) -> None:
    heads = [table.columns[at].header for at in range(2, 6)]
    for row in [*_rows(table), *_rows(table, [table.total])]:
        units, people, premium, fee = (row[head] for head in heads)
        found.annex2[_text(row["保险公司"])] = (
            _whole(units), _whole(people), Decimal(str(premium.value or 0)), Decimal(str(fee.value or 0))
        )  # fmt: skip


def _letter(tables: Iterable[Table], figures: Mapping[str, Item]) -> Letter:
    letter = Letter()
    for table in tables:
        headers = [column.header for column in table.columns]
        if "差额（元）" in headers:
            letter.fee_short = sum((Decimal(str(row["差额（元）"].value)) for row in _rows(table)), Decimal(0))
        elif column := next((header for header in LISTS if header in headers), ""):
            getattr(letter, LISTS[column]).extend(_column([table], column))
        else:
            ids = _column([table], "保单号")
            (letter.late if "逾期" in table.caption else letter.not_uploaded).extend(ids)
    letter.figures = {name: item["数值"] for name, item in figures.items()}
    return letter


def _area(tables: Sequence[Table]) -> Area:
    area = Area()
    for table in tables:
        headers = [column.header for column in table.columns]
        if "情况说明" in headers:
            area.faults = [(_text(row["保单号"]), _text(row["情况说明"])) for row in _rows(table)]
        elif "投保人数" in headers:
            area.partly_insured = _column([table], "单位名称")
        else:
            area.uninsured = _column([table], "单位名称")
    return area


def _rows(table: Table, lines: Iterable[tuple[Cell, ...]] | None = None) -> Iterator[dict[str, Cell]]:
    for line in table.rows if lines is None else lines:
        yield {column.header: cell for column, cell in zip(table.columns, line, strict=True)}


def _column(tables: Iterable[Table], header: str) -> list[str]:
    return [_text(row[header]) for table in tables for row in _rows(table)]


def _text(cell: Cell) -> str:
    return _plain("" if cell.value is None else str(cell.value))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.replace(DOUBT, "")).strip()


def _whole(cell: Cell) -> int:
    return int(str(cell.value or 0))
