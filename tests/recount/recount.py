"""Count an inspection's figures a second time, from figures.md and the data contract, importing nothing of docgen.

Where the contract leaves a row undecided (a date that nobody can read, a row twice with two head counts), each
reading that a person could defend is counted: `readings` gives them all. A paper must agree with one of them in
every figure at once, and whoever made it must have spoken up at the rows in question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, TypeVar

from .cells import Book, Row, every_row, plain, required_of
from .settings import Rules
from .values import amount, day, has_check_digit, heads, in_ten_thousands, is_in_state

T = TypeVar("T")
UNKNOWN = "（认不出的保险公司）"
MOST_READINGS = 512
FIGURE_OF_KIND = {
    "未规范使用保险方案及费率机制": "未规范使用方案保单数",
    "未明确约定事故预防服务": "未约定预防服务保单数",
    "保额与投保企业人数不匹配": "保额人数不符保单数",
    "数据录入不规范": "录入不规范保单数",
}


@dataclass(frozen=True)
class Remark:
    """Something that must be said aloud, at any of these rows."""

    kind: str
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        return f"{self.kind}（{'、'.join(f'{row.file} {row.sheet} 第{row.number}行' for row in self.rows[:4])}）"


@dataclass
class Letter:
    """What one insurer is told, by number."""

    problems: list[str] = field(default_factory=list)
    not_uploaded: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    partly_insured: list[str] = field(default_factory=list)


@dataclass
class Area:
    """What one area is told, by unit code or policy number."""

    uninsured: list[str] = field(default_factory=list)
    partly_insured: list[str] = field(default_factory=list)
    not_uploaded: list[str] = field(default_factory=list)


@dataclass
class Counted:
    """One reading of the records, counted."""

    figures: dict[str, int] = field(default_factory=dict)
    people_shown: str = ""
    industries: dict[str, int] = field(default_factory=dict)
    fees_by_insurer: dict[str, int] = field(default_factory=dict)
    annex1: dict[tuple[str, str], int] = field(default_factory=dict)
    """Units by (area, industry), both with 合计."""
    annex2: dict[str, tuple[int, int, Decimal, Decimal]] = field(default_factory=dict)
    """Units, people, premium and service fee by insurer, with 合计."""
    annex3: list[str] = field(default_factory=list)
    annex4: list[str] = field(default_factory=list)
    annex5: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    letters: dict[str, Letter] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)


@dataclass
class Outcome:
    """Every reading, what must be said, and what must bar every paper."""

    readings: list[Counted]
    remarks: list[Remark]
    bars: list[str]


def recount(book: Book, rules: Rules) -> Outcome:
    """Count every reading of a book; where something is missing, nothing but the bar."""
    if book.missing:
        return Outcome([], [], list(book.missing))
    first = _Count(book, rules, {})
    counted = [first.run()]
    keys = list(first.asked)
    for chosen in product(*(range(first.asked[key]) for key in keys)):
        if any(chosen) and len(counted) < MOST_READINGS:
            counted.append(_Count(book, rules, dict(zip(keys, chosen, strict=True))).run())
    return Outcome(counted, first.remarks, first.bars)


class _Count:
    """One walk over the records, under given answers to the questions that it may have to ask."""

    def __init__(self, book: Book, rules: Rules, answers: dict[Any, int]) -> None:
        self.book, self.rules, self.answers = book, rules, answers
        self.asked: dict[Any, int] = {}
        self.remarks: list[Remark] = []
        self.bars: list[str] = []
        self.insurers = self._insurer_names()

    def rows(self, sheet: str) -> list[Row]:
        return self.book.rows.get(sheet, [])

    def ask(self, kind: str, rows: Sequence[Row], answers: Sequence[T], silent: bool = False) -> T:
        """One of the answers; what is asked must be said aloud too, unless any answer may be taken in silence."""
        key = (kind, *((row.file, row.sheet, row.number) for row in rows))
        if not silent:
            self.remark(kind, rows)
        if len(answers) > 1:
            self.asked[key] = len(answers)
        return answers[self.answers.get(key, 0)]

    def remark(self, kind: str, rows: Iterable[Row]) -> None:
        self.remarks.append(Remark(kind, tuple(rows)))

    def run(self) -> Counted:
        out = Counted()
        self._cells()
        current = [row for row in self._latest() if self._is_in_force(row)]
        leading = self._leading(current)
        units = self._units(leading)
        self._figures_of_units(out, leading, units)
        self._annex2(out, current, leading, units)
        self._sampling(out)
        self._problems(out)
        self._not_uploaded(out)
        self._services(out)
        self._reported(out, {code for code in units.values() if code})
        return out

    # what every row must hold

    def _cells(self) -> None:
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
            if row.text("属地") and self._area(row) is None:
                self.remark("属地认不出", [row])
            if row.text("行业类别") and row.text("行业类别") not in self._industries():
                self.remark("行业认不出", [row])

    def _industries(self) -> dict[str, str]:
        return {plain(name): name for name in self.rules.industries}

    def _area(self, row: Row) -> str | None:
        return self.rules.areas.get(row.text("属地"))

    def _insurer_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for row in self.rows("保险公司"):
            written = [row.text("简称"), row.text("全称"), row.text("主送名称")]
            for name in [*written, *re.split("[;；]", row.text("系统内名称"))]:
                if name.strip():
                    other = names.setdefault(name.strip(), row.text("简称"))
                    if other != row.text("简称"):
                        self.remark("保险公司名称重复", [row])
        return names

    def _insurer(self, row: Row, column: str = "承保保险公司") -> str:
        return self.insurers.get(row.text(column), UNKNOWN)

    # policies in force

    def _latest(self) -> list[Row]:
        """The latest endorsement of every (保单号, unit, insurer), in reading order."""
        groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self.rows("保单"):
            insurer = self._insurer(row)
            if insurer == UNKNOWN:
                self.remark("保险公司认不出", [row])
                insurer += row.text("承保保险公司")
            unit = row.text("统一社会信用代码") or row.text("被保险单位")
            groups[row.text("保单号"), unit, insurer].append(row)
        chosen = {self._one_of_repeats(self._last_endorsed(group)) for group in groups.values()}
        return [row for row in self.rows("保单") if row in chosen]

    def _last_endorsed(self, group: list[Row]) -> list[Row]:
        numbers = {row.text("批单号") for row in group}
        if len(numbers) == 1:
            return group
        as_text, as_number = max(numbers), max(numbers, key=_natural)
        last = as_text
        if as_text != as_number:
            last = self.ask("批单号先后", group, (as_text, as_number), silent=True)
        return [row for row in group if row.text("批单号") == last]

    def _one_of_repeats(self, rows: list[Row]) -> Row:
        if len(rows) == 1:
            return rows[0]
        different: dict[Any, Row] = {}
        for row in rows:
            told = sorted((column, plain(value)) for column, value in row.cells.items())
            different.setdefault(tuple(told), row)
        return self.ask("重复行", rows, list(different.values()))

    def _is_in_force(self, row: Row) -> bool:
        state = is_in_state(row["保单状态"])
        if state is None:
            state = self.ask("保单状态认不出", [row], (True, False))
        if not state:
            return False
        start, end = day(row["保险起期"]), day(row["保险止期"])
        if start and end and end < start:
            self.remark("止期早于起期", [row])
        if self.rules.by_start is not None:
            first, last = self.rules.by_start
            verdicts = [start and first <= start <= last]
        else:
            cut_off: date = self.rules.cut_off
            verdicts = [start and start <= cut_off, end and cut_off <= end]
        if False in verdicts:
            return False
        return True if None not in verdicts else self.ask("日期认不出", [row], (True, False))

    def _leading(self, current: list[Row]) -> list[Row]:
        """The rows that count units and people: 独立 and 首席, each policy's unit once."""
        leading, groups = [], defaultdict(list)
        for row in current:
            role = row.text("共保角色") or "独立"
            if role not in ("独立", "首席", "从共"):
                role = self.ask("共保角色认不出", [row], ("独立", "从共"))
            unit = row.text("统一社会信用代码") or row.text("被保险单位")
            groups[row.text("保单号"), unit].append((row, role))
        for group in groups.values():
            heads_of_group = [row for row, role in group if role != "从共"]
            if len(heads_of_group) > 1:
                heads_of_group = self.ask("一份保单几家独立或首席", heads_of_group, (heads_of_group, heads_of_group[:1]))
            if not heads_of_group:
                rows = [row for row, _ in group]
                heads_of_group = self.ask("只有从共", rows, ([], rows[:1]))
            leading.extend(heads_of_group)
        return leading

    def _units(self, leading: list[Row]) -> dict[Row, str]:
        """The unit of each row by its code; a row without one is a unit of its own, or none, or the one of its name."""
        units = {}
        for row in leading:
            code = row.text("统一社会信用代码")
            if not code:
                name = row.text("被保险单位")
                same = [r.text("统一社会信用代码") for r in self.rows("保单") if r.text("被保险单位") == name]
                code = self.ask("单位没有代码", [row], ["", f"：{name}", *sorted({c for c in same if c})])
            units[row] = code
        return units

    def _figures_of_units(self, out: Counted, leading: list[Row], units: dict[Row, str]) -> None:
        of_unit: dict[str, list[Row]] = defaultdict(list)
        people = 0
        for row in leading:
            people += self._heads(row)
            if units[row]:
                of_unit[units[row]].append(row)
        out.figures |= {"投保单位数": len(of_unit), "保障从业人员数": people}
        out.people_shown = in_ten_thousands(people)
        grid: dict[tuple[str, str], int] = defaultdict(int)
        for rows in of_unit.values():
            industry = self._one_of("两个行业", rows, [self._industries().get(row.text("行业类别")) for row in rows])
            area = self._one_of("两个属地", rows, [self._area(row) for row in rows])
            self._names(rows)
            for key in {(a, i) for a in (area, "合计") for i in (industry, "合计")}:
                if None not in key:
                    grid[key] += 1  # type: ignore[index]
        areas = [*dict.fromkeys(self.rules.areas.values()), "合计"]
        out.annex1 = {(area, kind): grid[area, kind] for area in areas for kind in (*self.rules.industries, "合计")}
        out.industries = {kind: grid["合计", kind] for kind in self.rules.industries}

    def _one_of(self, kind: str, rows: list[Row], said: list[str | None]) -> str | None:
        """A unit's one category: its first row's; rows of several files have no order among them."""
        different = list(dict.fromkeys(said))
        if len(different) == 1:
            return different[0]
        if len({row.file for row in rows}) == 1 and None not in different:
            self.remark(kind, rows)
            return different[0]
        return self.ask(kind, rows, different)

    def _names(self, rows: list[Row]) -> None:
        names = {row.text("被保险单位") for row in rows}
        for listed in self.rows("应保单位名册"):
            former = set(re.split("[;；、]", listed.text("曾用名")))
            if listed.text("单位名称") in names:
                names -= former
        if len(names) > 1:
            self.remark("两个名称", rows)

    def _heads(self, row: Row, column: str = "投保人数") -> int:
        number = heads(row[column])
        if number is not None:
            return number
        digits = re.sub(r"\D", "", row.text(column))
        return self.ask(f"{column}认不出", [row], (0, int(digits[:9])) if digits else (0,))

    def _annex2(self, out: Counted, current: list[Row], leading: list[Row], units: dict[Row, str]) -> None:
        kept, counting = set(), set(leading)
        codes: dict[str, set[str]] = defaultdict(set)
        sums: dict[str, list[Any]] = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
        for row in current:
            insurer = self._insurer(row)
            if insurer == UNKNOWN and not self.ask("保险公司认不出", [row], (True, False)):
                continue
            premium, fee = self._money(row, "保费（元）"), self._money(row, "事故预防服务费（元）")
            for name in (insurer, "合计"):
                if row in counting:
                    sums[name][0] += self._heads(row)
                    codes[name] |= {units[row]} - {""}
                sums[name][1] += premium
                sums[name][2] += fee
            kept.add(insurer)
        out.annex2 = {
            name: (len(codes[name]), *sums[name]) for name in [*sorted(kept - {UNKNOWN}), "合计"] if sums[name]
        }
        insurers = [name for name in out.annex2 if name != "合计"]
        share = self.rules.fee_share
        out.figures["承保保险公司数"] = len(insurers)
        out.figures["服务费不足保险公司数"] = sum(out.annex2[i][3] < out.annex2[i][2] * share for i in insurers)

    def _money(self, row: Row, column: str) -> Decimal:
        number = amount(row[column])
        if number is None and row.text(column):
            digits = re.sub(r"[^\d.]", "", row.text(column))
            readable = re.fullmatch(r"\d+(\.\d+)?", digits)
            return self.ask(f"{column}认不出", [row], (Decimal(0), Decimal(digits)) if readable else (Decimal(0),))
        return number or Decimal(0)

    # the inspectors' sheets

    def _sampling(self, out: Counted) -> None:
        self.sampled = {row.text("保单号") for row in self.rows("抽查")} - {""}
        out.figures["抽查保单数"] = len(self.sampled)

    def _problems(self, out: Counted) -> None:
        of_kind: dict[str, set[str]] = defaultdict(set)
        kinds = {plain(kind): kind for kind in self.rules.kinds}
        standing = []
        for row in self.rows("问题"):
            verdict = row.text("核实结论") or "属实"
            if verdict not in ("属实", "部分属实", "撤销"):
                verdict = self.ask("核实结论认不出", [row], ("属实", "撤销"))
            if verdict != "撤销":
                standing.append(row)
        for row in self._once("问题编号", standing):
            policy = row.text("保单号")
            kind = kinds.get(row.text("问题类别"))
            if kind is None:
                self.remark("问题类别认不出", [row])
            elif policy:
                of_kind[kind].add(policy)
            if policy and policy not in self.sampled:
                self.remark("问题保单没有抽查", [row])
            self._letter(out, row).problems.append(row.text("问题编号"))
        for kind in self.rules.kinds:
            out.figures[FIGURE_OF_KIND.get(kind, kind)] = len(of_kind[kind])
        out.figures["问题保单数"] = len(set().union(*(of_kind[kind] for kind in self.rules.counting_kinds)))

    def _once(self, column: str, rows: list[Row]) -> list[Row]:
        """Every row, and where several bear one number, all of them or one."""
        seen: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            seen[row.text(column)].append(row)
        kept: list[Row] = []
        for number, group in seen.items():
            kept += self.ask(f"{column}重复", group, (group, group[:1])) if len(group) > 1 and number else group
        return kept

    def _letter(self, out: Counted, row: Row) -> Letter:
        insurer = self._insurer(row)
        if insurer == UNKNOWN:
            self.bars.append(f"保险公司认不出：{row.sheet} 第{row.number}行")
        return out.letters.setdefault(insurer, Letter())

    def _not_uploaded(self, out: Counted) -> None:
        for row in self._once("保单号", self.rows("未上传保单")):
            state, number = row.text("情形"), row.text("保单号")
            if state not in ("未上传", "逾期上传"):
                state = self.ask("情形认不出", [row], ("未上传", "逾期上传", ""))
            if state == "未上传":
                out.annex5.append(number)
                self._told(out, row).not_uploaded.append(number)
            elif state == "逾期上传":
                out.late.append(number)
            self._letter(out, row).not_uploaded.append(number)
        out.figures |= {"未上传保单数": len(out.annex5), "逾期上传保单数": len(out.late)}

    def _told(self, out: Counted, row: Row) -> Area:
        return out.areas.setdefault(self._area(row) or "", Area())

    def _services(self, out: Counted) -> None:
        wrong: dict[str, int] = defaultdict(int)
        for row in self._once("服务记录编号", self.rows("服务费用核查")):
            stated, verified = amount(row["系统填报金额（元）"]), amount(row["核实金额（元）"])
            differs = stated != verified
            if stated is None or verified is None:
                differs = self.ask("金额认不出", [row], (False, True))
            if differs:
                self._letter(out, row).services.append(row.text("服务记录编号"))
                wrong[self._insurer(row)] += 1
            elif self._insurer(row) == UNKNOWN:
                self.remark("保险公司认不出", [row])
        out.fees_by_insurer = dict(wrong)
        out.figures["服务费用不符记录数"] = sum(wrong.values())

    def _reported(self, out: Counted, insured: set[str]) -> None:
        for row in self._once("统一社会信用代码", self.rows("应保未保")):
            code = row.text("统一社会信用代码")
            out.annex3.append(code)
            self._told(out, row).uninsured.append(code)
            if code in insured:
                self.remark("在保又应保未保", [row])
        for row in self._once("统一社会信用代码", self.rows("未全员投保")):
            employed, covered = heads(row["从业人员数"]), heads(row["投保人数"])
            if employed is None or covered is None or covered >= employed:
                if not self.ask("投保人数不少于从业人员数", [row], (True, False)):
                    continue
            code = row.text("统一社会信用代码")
            out.annex4.append(code)
            self._told(out, row).partly_insured.append(code)
            self._letter(out, row).partly_insured.append(code)
        out.figures |= {"应保未保单位数": len(out.annex3), "未全员投保单位数": len(out.annex4)}


def _natural(number: str) -> list[tuple[int, int, str]]:
    """Endorsement numbers in the order of their digits: -9 before -10."""
    parts = re.findall(r"\d+|\D+", number)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def differences(expected: Counted, found: Counted) -> Iterator[str]:
    """Where two counts differ, both values."""
    for part in Counted.__dataclass_fields__:
        ours, theirs = getattr(expected, part), getattr(found, part)
        if isinstance(ours, list):
            ours, theirs = sorted(ours), sorted(theirs)
        if isinstance(ours, dict):
            for key in {**ours, **theirs}:
                if ours.get(key) != theirs.get(key):
                    yield f"{part} {key}：复核 {ours.get(key)}，docgen {theirs.get(key)}"
        elif ours != theirs:
            yield f"{part}：复核 {ours}，docgen {theirs}"
