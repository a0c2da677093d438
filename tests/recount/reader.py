"""One walk over the records: what every row says by itself, and the questions that the contract leaves open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from tests.recount.cells import Book, Row, every_row, plain, required_of
from tests.recount.counted import Remark
from tests.recount.settings import Rules
from tests.recount.values import day, has_check_digit, heads, is_in_state

T = TypeVar("T")
TOTALS = {"合计", "总计", "小计"}
UNKNOWN = "（认不出的保险公司）"


class Reader:
    """One walk over the records, under given answers to the questions that come up on the way."""

    def __init__(self, book: Book, rules: Rules, answers: dict[Any, int]) -> None:
        self.rules, self.answers = rules, answers
        self.asked: dict[Any, int] = {}
        self.remarks: list[Remark] = []
        self.bars: list[str] = []
        self.book = self._without_totals(book)
        self.industries = {plain(name): name for name in rules.industries}
        self.columns = {(row.file, row.sheet, column) for row in every_row(book) for column in row.cells}
        """The columns that any row fills, by file and sheet."""
        self.kinds = {plain(kind): kind for kind in rules.kinds}
        self.insurers = self._insurer_names()
        self.by_policy: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("保单"):
            self.by_policy[row.text("保单号")].append(row)
        self._cells()

    def rows(self, sheet: str) -> list[Row]:
        return self.book.rows.get(sheet, [])

    def _without_totals(self, book: Book) -> Book:
        """A line that adds the others up (合计) is no record."""
        kept: dict[str, list[Row]] = {}
        for sheet, rows in book.rows.items():
            totals = [row for row in rows if is_total(row)]
            kept[sheet] = [row for row in rows if row not in totals] if totals else rows
            for row in totals:
                self.remark("合计行", [row], is_notice=True)
        return Book(kept, [])

    def ask(self, kind: str, rows: Sequence[Row], answers: Sequence[T], silent: bool = False) -> T:
        """One of the answers; what is asked must be said aloud too, unless any answer may be taken in silence."""
        key = (kind, *((row.file, row.sheet, row.number) for row in rows))
        if not silent:
            self.remark(kind, rows)
        if len(answers) > 1:
            self.asked[key] = len(answers)
        return answers[self.answers.get(key, 0)]

    def remark(self, kind: str, rows: Iterable[Row], is_notice: bool = False) -> None:
        self.remarks.append(Remark(kind, tuple(rows), is_notice))

    def area(self, row: Row) -> str:
        return self.rules.areas.get(row.text("属地"), "")

    def industry(self, row: Row) -> str:
        return self.industries.get(row.text("行业类别"), "")

    def insurer(self, row: Row, column: str = "承保保险公司") -> str:
        return self.insurers.get(row.text(column), UNKNOWN)

    def _insurer_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self.rows("保险公司"):
            written = [row.text("简称"), row.text("全称"), row.text("主送名称")]
            for name in [*written, *re.split("[;；]", row.text("系统内名称"))]:
                if name.strip() and names.setdefault(name.strip(), row.text("简称")) != row.text("简称"):
                    self.remark("保险公司名称重复", [row])
        return names

    def _cells(self) -> None:
        """What the contract asks of every row by itself."""
        for row in every_row(self.book):
            for column in required_of(row.sheet):
                if not row.text(column):
                    self.remark(f"缺{column}", [row])
            for column in ("保单号", "批单号", "问题编号", "服务记录编号", "统一社会信用代码"):
                if re.fullmatch(r"\d(\.\d+)?E\+\d+", row.text(column)):
                    self.bars.append(f"编号丢位：{row.sheet} 第{row.number}行 {column}")
            code = row.text("统一社会信用代码")
            if code and not has_check_digit(code):
                self.remark("代码校验不通过", [row])
            if row.text("属地") and not self.area(row):
                self.remark("属地认不出", [row])
            if row.text("行业类别") and not self.industry(row):
                self.remark("行业认不出", [row])
            if row.sheet == "保单":
                start, end = day(row["保险起期"]), day(row["保险止期"])
                if start and end and end < start:
                    self.remark("止期早于起期", [row])
                if self.insurer(row) == UNKNOWN:
                    self.remark("保险公司认不出", [row])
                if is_in_state(row["保单状态"]) is None:
                    self.remark("保单状态认不出", [row])

    def once(self, columns: str, rows: list[Row]) -> list[Row]:
        """Every row; where several are alike in all of the columns, all of them or one."""
        seen: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            seen["\n".join(row.text(column) for column in columns.split())].append(row)
        kept: list[Row] = []
        for number, group in seen.items():
            is_twice = len(group) > 1 and number.strip()
            kept += self.ask(f"{columns}重复", group, (group, group[:1])) if is_twice else group
        return kept

    def people(self, row: Row, column: str = "投保人数") -> int:
        number = heads(row[column])
        if number is not None:
            return number
        digits = re.sub(r"\D", "", row.text(column))
        return self.ask(f"{column}认不出", [row], (0, int(digits[:9])) if digits else (0,))


def is_total(row: Row) -> bool:
    """Whether a row is a line of sums: it says 合计 where a record has a name or a number."""
    return any(value in TOTALS for value in row.cells.values() if isinstance(value, str))
