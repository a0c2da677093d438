"""What is insured: units, people, insurers, annexes 1 and 2, from the policies in force."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import ROUND_CEILING, Decimal
from typing import Any

from tests.recount.cells import Row, plain
from tests.recount.counted import Counted
from tests.recount.reader import UNKNOWN, Reader
from tests.recount.values import amount, day, is_in_state

LEFT_OUT = "（不计）"


def count_insured(reader: Reader, out: Counted) -> tuple[list[tuple[Row, str]], list[Row]]:
    """Count the policies in force; give the rows that count units, each with its unit, and all rows in force."""
    current = [row for row in _latest(reader) if _is_in_force(reader, row)]
    leading = [(row, _unit(reader, row)) for row in _leading(reader, current)]
    _units_and_people(reader, out, leading)
    _insurers(reader, out, current, dict(leading))
    return leading, current


def _latest(reader: Reader) -> list[Row]:
    """The latest endorsement of every policy, unit and insurer, in reading order."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in reader.rows("保单"):
        insurer = reader.insurer(row)
        named = insurer if insurer != UNKNOWN else row.text("承保保险公司")
        groups[row.text("保单号"), _key(row), named].append(row)
    chosen = {_one_of_repeats(reader, _last_endorsed(reader, group)) for group in groups.values()}
    return [row for row in reader.rows("保单") if row in chosen]


def _key(row: Row) -> str:
    return row.text("统一社会信用代码") or row.text("被保险单位")


def _last_endorsed(reader: Reader, group: list[Row]) -> list[Row]:
    if len(group) == 1:
        return group
    numbers = {row.text("批单号") for row in group}
    as_text, as_number = max(numbers), max(numbers, key=_natural)
    last = as_text
    if as_text != as_number:
        last = reader.ask("批单号先后", group, (as_text, as_number), silent=True)
    return [row for row in group if row.text("批单号") == last]


def _natural(number: str) -> list[tuple[int, int, str]]:
    """Endorsement numbers in the order of their digits: -9 before -10."""
    parts = re.findall(r"\d+|\D+", number)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def _one_of_repeats(reader: Reader, rows: list[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    different: dict[Any, Row] = {}
    for row in rows:
        told = sorted((column, plain(value)) for column, value in row.cells.items())
        different.setdefault(tuple(told), row)
    return reader.ask("重复行", rows, list(different.values()))


def _is_in_force(reader: Reader, row: Row) -> bool:
    state = is_in_state(row["保单状态"])
    start, end = day(row["保险起期"]), day(row["保险止期"])
    if reader.rules.by_start is not None:
        first, last = reader.rules.by_start
        verdicts = [state, start and first <= start <= last]
    else:
        cut_off = reader.rules.cut_off
        verdicts = [state, start and start <= cut_off, end and cut_off <= end]
    if False in verdicts:
        return False
    return True if None not in verdicts else reader.ask("在保与否看不出", [row], (True, False))


def _leading(reader: Reader, current: list[Row]) -> list[Row]:
    """The rows that count units and people: 独立 and 首席, each policy's unit once."""
    leading, groups = [], defaultdict(list)
    for row in current:
        role = row.text("共保角色") or "独立"
        if role not in ("独立", "首席", "从共"):
            role = reader.ask("共保角色认不出", [row], ("独立", "从共"))
        groups[row.text("保单号"), _key(row)].append((row, role))
    for group in groups.values():
        counting = [row for row, role in group if role != "从共"]
        if len(counting) > 1:
            first = [row for row in counting if row.text("共保角色") == "首席"] or counting
            counting = reader.ask("一份保单几家独立或首席", counting, (counting, first[:1]))
        if not counting:
            rows = [row for row, _ in group]
            counting = reader.ask("只有从共", rows, ([], rows[:1]))
        leading.extend(counting)
    chosen = set(leading)
    return [row for row in current if row in chosen]


def _unit(reader: Reader, row: Row) -> str:
    """The unit of a row by its code; without one a unit of its own, or none, or the one of its name."""
    code = row.text("统一社会信用代码")
    if code:
        return code
    name = row.text("被保险单位")
    same = {other.text("统一社会信用代码") for other in reader.rows("保单") if other.text("被保险单位") == name}
    return reader.ask("单位没有代码", [row], ["", f"：{name}", *sorted(same - {""})])


def _units_and_people(reader: Reader, out: Counted, leading: list[tuple[Row, str]]) -> None:
    of_unit: dict[str, list[Row]] = defaultdict(list)
    grid: dict[tuple[str, str], int] = defaultdict(int)
    for row, unit in leading:
        if unit:
            of_unit[unit].append(row)
    area_of = {}
    for unit, rows in of_unit.items():
        industry = _one_of(reader, "两个行业", rows, [reader.industry(row) for row in rows])
        area_of[unit] = area = _one_of(reader, "两个属地", rows, [reader.area(row) for row in rows])
        _check_names(reader, rows)
        for key in {(a, i) for a in (area, "合计") for i in (industry, "合计")}:
            grid[key] += 1
    for row, unit in leading:
        people = reader.people(row)
        grid["合计", "投保人数"] += people
        grid[area_of.get(unit, reader.area(row)), "投保人数"] += people
    out.annex1 = dict(grid)
    out.industries = {kind: grid["合计", kind] for kind in (*reader.rules.industries, "")}
    out.figures |= {"投保单位数": len(of_unit), "保障从业人员数": grid["合计", "投保人数"]}


def _one_of(reader: Reader, kind: str, rows: list[Row], said: list[str]) -> str:
    """A unit's one category: its first row's; rows of several files have no order among them."""
    different = list(dict.fromkeys(said))
    if len(different) == 1:
        return different[0]
    if len({row.file for row in rows}) == 1 and "" not in different:
        reader.remark(kind, rows)
        return different[0]
    return reader.ask(kind, rows, different)


def _check_names(reader: Reader, rows: list[Row]) -> None:
    names = {row.text("被保险单位") for row in rows}
    for listed in reader.rows("应保单位名册") if len(names) > 1 else []:
        if listed.text("单位名称") in names:
            names -= set(re.split("[;；、]", listed.text("曾用名")))
    if len(names) > 1:
        reader.remark("两个名称", rows)


def _insurers(reader: Reader, out: Counted, current: list[Row], counting: dict[Row, str]) -> None:
    units: dict[str, set[str]] = defaultdict(set)
    people: dict[str, int] = defaultdict(int)
    money: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    found, stated = set(), set()
    unknown = _unknown_insurers(reader, current)
    for row in current:
        insurer = reader.insurer(row)
        if insurer == UNKNOWN:
            insurer = unknown[row.text("承保保险公司")]
        if insurer == LEFT_OUT:
            continue
        premium, fee = _money(reader, row, "保费（元）"), _money(reader, row, "事故预防服务费（元）")
        found.add(insurer)
        if row.text("事故预防服务费（元）"):
            stated.add(insurer)
        for name in (insurer, "合计"):
            if row in counting:
                people[name] += reader.people(row)
                units[name] |= {counting[row]} - {""}
            money[name][0] += premium
            money[name][1] += fee
    out.annex2 = {
        name: (len(units[name]), people[name], *money[name]) for name in [*sorted(found - {UNKNOWN}), "合计"]
    }
    short = {name: _short(reader, *money[name]) if name in stated else Decimal(0) for name in found - {UNKNOWN}}
    out.figures["承保保险公司数"] = len(short)
    out.figures["服务费不足保险公司数"] = sum(map(bool, short.values()))
    for name in set(reader.insurers.values()) & set(short):
        letter = out.letter(name)
        letter.fee_short = short[name]
        letter.figures |= {"承保单位数": len(units[name])}
        premium, fee = money[name]
        letter.figures |= {"保费合计": int(premium * 100), "服务费合计": int(fee * 100)}


def _unknown_insurers(reader: Reader, current: list[Row]) -> dict[str, str]:
    """Each name that is nobody's: an insurer as it stands, or none, its rows in the totals or left out of them."""
    rows_of: dict[str, list[Row]] = defaultdict(list)
    for row in current:
        if reader.insurer(row) == UNKNOWN:
            rows_of[row.text("承保保险公司")].append(row)
    return {
        name: reader.ask("保险公司认不出", rows, (name, UNKNOWN, LEFT_OUT))
        for name, rows in rows_of.items()
    }


def _short(reader: Reader, premium: Decimal, fee: Decimal) -> Decimal:
    """What a fee lacks of its share of the premium, a begun 分 as a whole one."""
    lacking = (premium * reader.rules.fee_share - fee).quantize(Decimal("0.01"), ROUND_CEILING)
    return max(lacking, Decimal(0))


def _money(reader: Reader, row: Row, column: str) -> Decimal:
    number = amount(row[column])
    if number is None and row.text(column):
        digits = re.sub(r"[^\d.]", "", row.text(column))
        is_number = re.fullmatch(r"\d+(\.\d+)?", digits)
        return reader.ask(f"{column}认不出", [row], (Decimal(0), Decimal(digits)) if is_number else (Decimal(0),))
    return number or Decimal(0)
