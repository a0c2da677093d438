"""Changed copies of an input, one cell, row or sheet at a time, each from its seed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.recount.cells import Value, columns_of, letters, plain
from tests.recount.copies import Copy, Sheet
from tests.recount.values import day

CUT_OFF = date(2024, 8, 9)
INSURERS = ["甲山财险", "太初", "太初洋", "太初洋财产保险股份有限公司苏州分公司", "太初财产常熟支公司", "甲山", "无此保险"]
AREAS = ["昆山市", "常熟市", "姑苏区", "昆山开发区", "园区", "虎丘区", "苏州高新区(虎丘区)", "开发区", "昆山", "甲县"]
INDUSTRIES = ["金属冶炼", "烟花爆竹批发", "医药", "其他", "其它", "化工"]
STATES = ["退保", "注销", "已退保", "有效", "", "终止", "中止", "有效期内", "作废"]
WORDS = {
    "属地": AREAS,
    "行业类别": INDUSTRIES,
    "承保保险公司": INSURERS,
    "原承保保险公司": INSURERS,
    "保单状态": STATES,
    "共保角色": ["独立", "首席", "从共", "", "主承"],
    "核实结论": ["撤销", "属实", "部分属实", "", "撤消"],
    "情形": ["未上传", "逾期上传", "", "未续保", "从未投保", "晚了"],
    "问题类别": ["未规范使用保险方案及费率机制", "未明确约定事故预防服务", "保额与投保企业人数不匹配", "数据录入不规范", "其他问题"],
    "状态": ["生产", "停产", "注销"],
}
NUMBERS = {"投保人数", "从业人员数", "保费（元）", "事故预防服务费（元）", "系统填报金额（元）", "核实金额（元）"}
DAYS = {"保险起期", "保险止期", "上传日期", "抽查日期", "服务日期", "应上传日期", "整改期限", "原保险止期", "核查日期"}
IDS = {"保单号", "批单号", "问题编号", "服务记录编号", "统一社会信用代码"}
COUNTING = {
    "保险公司": ["简称", "系统内名称"],
    "保单": [
        "保单号", "批单号", "保单状态", "承保保险公司", "共保角色", "统一社会信用代码", "属地", "行业类别", "投保人数",
        "保费（元）", "保险起期", "保险止期", "事故预防服务费（元）",
    ],
    "抽查": ["保单号"],
    "问题": ["问题编号", "保单号", "承保保险公司", "问题类别", "核实结论"],
    "未上传保单": ["保单号", "承保保险公司", "情形", "属地"],
    "服务费用核查": ["服务记录编号", "承保保险公司", "系统填报金额（元）", "核实金额（元）"],
    "应保未保": ["统一社会信用代码", "属地", "行业类别"],
    "未全员投保": ["统一社会信用代码", "属地", "承保保险公司", "从业人员数", "投保人数"],
    "应保单位名册": ["曾用名"],
}  # fmt: skip
"""The columns by which something is counted; three changes of a cell in four are made in one of them."""
MADE_UP_CODES = ["91320506XN0000993J", "91320583XN0000266U", "91320506XN0000223X"]
FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in "0123456789.-"}


@dataclass(frozen=True)
class Change:
    """A changed copy, what was changed in it, and whether nobody reading it would take it otherwise."""

    seed: int
    copy: Copy
    said: str
    is_harmless: bool = False

    def __str__(self) -> str:
        return f"种子 {self.seed}：{self.said}"


Done = tuple[str, bool]


def change(original: Copy, seed: int) -> Change:
    """Change one cell (12 in 20), one row (4), one sheet (3) or one setting (1) of a copy."""
    random = Random(seed)
    copy = original.another()
    file, name = random.choice([(file, sheet) for file, sheet in copy.sheets() if sheet in COUNTING])
    kinds: list[Callable[[Copy, Sheet, Random], Done]] = [_cell] * 12 + [_row] * 4 + [_sheet] * 3 + [_setting]
    said, is_harmless = random.choice(kinds)(copy, Sheet.find(copy, file, name), random)
    return Change(seed, copy, said, is_harmless)


# one cell


def _cell(copy: Copy, sheet: Sheet, random: Random) -> Done:
    columns = COUNTING[sheet.name] if random.random() < 0.75 else columns_of(sheet.name)
    column = random.choice([column for column in columns if column in sheet.at])
    row, at = random.choice(sheet.rows()), sheet.at[column]
    grid = copy.own(sheet.file, sheet.name)
    grid[row].extend([None] * (at + 1 - len(grid[row])))
    old = grid[row][at]
    values = [grid[other][at] for other in sheet.rows() if at < len(grid[other])]
    new, is_harmless = _new_value(column, old, values, random)
    grid[row][at] = new
    where = f"{sheet.file} {sheet.name} {letters(at)}{row + 1}（{column}）"
    return f"{where} {old!r} → {new!r}", is_harmless or new == old


def _new_value(column: str, old: Value, others: list[Value], random: Random) -> tuple[Value, bool]:
    ways = ["blank", "another", "full-width", "own", "own", "own", "own"]
    way = random.choice(ways)
    if way == "blank":
        return None, old is None
    if way == "another":
        return random.choice(others) or None, False
    if way == "full-width" and re.search(r"\d", plain(old)):
        return plain(old).translate(FULL_WIDTH), True
    return _own_way(column, old, random), False


def _own_way(column: str, old: Value, random: Random) -> Value:
    """A value of the column's own sort: near the old one, of another form, or one that cannot be read."""
    if column in WORDS:
        return random.choice(WORDS[column]) or None
    if column in NUMBERS:
        number = int(Decimal(re.sub(r"[^\d.]", "", plain(old)) or 0))
        texts = [f"约{number}", f"{number}人", "三十", f"{number:,}", f"{number}.5", f"-{number}", f" {number} "]
        return random.choice([Decimal(number + 1), Decimal(max(number - 1, 0)), Decimal(number * 10), *texts])
    if column in DAYS:
        start = random.choice([day(old) or CUT_OFF, *(CUT_OFF + timedelta(days=days) for days in (-1, 0, 1))])
        forms = ["{0:%Y.%m.%d}", "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日", "{0:%d/%m/%Y}",
                 "{0.year}年{0.month}月", "{0:%y.%m.%d}", "长期", "2024-02-30"]
        serial = Decimal((start - date(1899, 12, 30)).days)
        return random.choice([start, start, start, serial, random.choice(forms).format(start)])
    if column in IDS:
        return _typed_badly(plain(old), random)
    text = plain(old)
    return random.choice([text + "（新）", text[:-1], text.replace("（", "(").replace("）", ")"), f" {text} "]) or None


def _typed_badly(number: str, random: Random) -> Value:
    if not number:
        return random.choice(["JS24-0101", "JS24-0102-03", "X-1"])
    at = random.randrange(len(number))
    typo = number[:at] + random.choice("0123456789A") + number[at + 1 :]
    lost = f"{random.choice('123456789')}.2E+17"
    return random.choice([typo, typo, number[:-1], number + "1", number.lower(), random.choice(MADE_UP_CODES), lost])


# one row


def _row(copy: Copy, sheet: Sheet, random: Random) -> Done:
    grid = copy.own(sheet.file, sheet.name)
    row = random.choice(sheet.rows())
    where = f"{sheet.file} {sheet.name} 第{row + 1}行"
    way = random.choice(["deleted", "deleted", "duplicated", "copied", "moved", "moved", "blank", "last", "total"])
    if way == "deleted":
        del grid[row]
    elif way == "duplicated":
        grid.insert(random.choice([row + 1, len(grid)]), list(grid[row]))
    elif way == "copied":
        grid.append(list(grid[row]))
        first = next((column for column in ("问题编号", "服务记录编号", "保单号", "单位名称") if column in sheet.at), "")
        key = "统一社会信用代码" if first == "单位名称" else first
        if key:
            grid[-1][sheet.at[key]] = random.choice(MADE_UP_CODES) if key != first else f"{plain(grid[row][sheet.at[key]])}9"
    elif way == "moved" and "承保保险公司" in sheet.at:
        insurer = random.choice(INSURERS[:3])
        where += f" 改到 {insurer}"
        grid[row][sheet.at["承保保险公司"]] = insurer
    elif way == "total":
        total: list[Value] = [None] * (max(sheet.at.values()) + 1)
        total[min(sheet.at.values())] = "合计"
        for column in NUMBERS & set(sheet.at):
            total[sheet.at[column]] = Decimal(random.randrange(10, 9999))
        grid.append(total)
    elif way == "last":
        grid.append(grid.pop(row))
    else:
        way = "blank"
        grid.insert(row, [None] * len(grid[row]))
    return f"{where}：{way}", way == "blank"


# one sheet


def _sheet(copy: Copy, sheet: Sheet, random: Random) -> Done:
    ways = [_shuffled, _removed, _split, _split, _reordered, _emptied, _cleared, _renamed, _without_a_column, _with_a_title,
            _with_another_column]
    return random.choice(ways)(copy, sheet, random)


def _shuffled(copy: Copy, sheet: Sheet, random: Random) -> Done:
    grid = copy.own(sheet.file, sheet.name)
    rows = grid[sheet.top + 1 :]
    random.shuffle(rows)
    grid[sheet.top + 1 :] = rows
    return f"{sheet.file} {sheet.name}：打乱行序", True


def _removed(copy: Copy, sheet: Sheet, random: Random) -> Done:
    if sheet.file.endswith(".csv") or len(copy.files[sheet.file]) == 1:
        del copy.files[sheet.file]
    else:
        del copy.files[sheet.file][sheet.name]
    return f"{sheet.file} {sheet.name}：删去整张表", False


def _split(copy: Copy, sheet: Sheet, random: Random) -> Done:
    grid = copy.own(sheet.file, sheet.name)
    at = random.randint(sheet.top + 1, len(grid))
    second = [grid[sheet.top], *grid[at:]]
    del grid[at:]
    other = f"{sheet.name}.csv" if random.random() < 0.5 and f"{sheet.name}.csv" not in copy.files else "再续.xlsx"
    copy.files[other] = {sheet.name: second}
    return f"{sheet.file} {sheet.name}：第{at + 1}行起移到 {other}", True


def _reordered(copy: Copy, sheet: Sheet, random: Random) -> Done:
    grid = copy.own(sheet.file, sheet.name)
    width = max(map(len, grid[sheet.top :]))
    order = random.sample(range(width), width)
    for row, line in enumerate(grid[sheet.top :], sheet.top):
        line.extend([None] * (width - len(line)))
        grid[row] = [line[at] for at in order]
    return f"{sheet.file} {sheet.name}：列序打乱", True


def _emptied(copy: Copy, sheet: Sheet, random: Random) -> Done:
    del copy.own(sheet.file, sheet.name)[sheet.top + 1 :]
    return f"{sheet.file} {sheet.name}：只剩列名", False


def _cleared(copy: Copy, sheet: Sheet, random: Random) -> Done:
    copy.files[sheet.file][sheet.name] = []
    return f"{sheet.file} {sheet.name}：全部清空", False


def _renamed(copy: Copy, sheet: Sheet, random: Random) -> Done:
    name = random.choice([f"{sheet.name}2024", f" {sheet.name} ", f"{sheet.name}（新）", "Sheet1", f"{sheet.name}表"])
    if sheet.file.endswith(".csv"):
        copy.files[f"{name}.csv"] = {name: copy.files.pop(sheet.file)[sheet.name]}
    else:
        sheets = copy.files[sheet.file]
        copy.files[sheet.file] = {name if old == sheet.name else old: grid for old, grid in sheets.items()}
    return f"{sheet.file} {sheet.name}：改名为“{name}”", False


def _without_a_column(copy: Copy, sheet: Sheet, random: Random) -> Done:
    column = random.choice(list(sheet.at))
    for line in copy.own(sheet.file, sheet.name)[sheet.top :]:
        del line[sheet.at[column] : sheet.at[column] + 1]
    return f"{sheet.file} {sheet.name}：删去列 {column}", False


def _with_a_title(copy: Copy, sheet: Sheet, random: Random) -> Done:
    copy.own(sheet.file, sheet.name).insert(0, [f"{sheet.name}（2024年上半年）"])
    return f"{sheet.file} {sheet.name}：加标题行", True


def _with_another_column(copy: Copy, sheet: Sheet, random: Random) -> Done:
    for number, line in enumerate(copy.own(sheet.file, sheet.name)[sheet.top :]):
        line.insert(0, Decimal(number) if number else "编次")
    return f"{sheet.file} {sheet.name}：加一列", True


# one setting


def _setting(copy: Copy, sheet: Sheet, random: Random) -> Done:
    old, new = random.choice([
        ('"数据截止日期" = 2024-08-09', f'"数据截止日期" = {CUT_OFF + timedelta(days=random.choice([-1, 1, -30, 20]))}'),
        ('"统计期间"', '"在保口径" = "期间内起保"\n"期间起日" = 2024-01-01\n"期间止日" = 2024-06-30\n"统计期间"'),
        ('"统计期间"', '"服务费提取比例" = 0.18\n"统计期间"'),
        ('"统计期间"', '"计入问题保单" = ["未明确约定事故预防服务", "数据录入不规范"]\n"统计期间"'),
    ])  # fmt: skip
    for item in re.findall(r'^"(\w+)" =', new, re.M):
        if item != "统计期间":
            copy.settings = re.sub(rf'^"{item}" = (\[[^\]]*\]|.*)\n', "", copy.settings, flags=re.M) if item not in old else copy.settings
    copy.settings = copy.settings.replace(old, new, 1)
    return f"发文.toml：{new!r}", False
