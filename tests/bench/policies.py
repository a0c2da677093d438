"""Invent a province's worth of policies: rows of every sheet by the number of policies, the same for each seed.

All is plainly invented: enterprises are 示例 with a number, insurers are named for the stems of the old calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from docgen.settings import Settings

Row = tuple[str | int | float | date | None, ...]

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
INSURERS = tuple(f"{stem}{river}财险" for stem in "甲乙丙丁戊己庚" for river in "山水石")
_AREAS = Settings().areas
_INDUSTRIES = Settings().industries
_KINDS = Settings().kinds
_CUTOFF = date(2024, 8, 9)

HEADERS: dict[str, tuple[str, ...]] = {
    "保险公司": ("简称", "全称", "主送名称", "系统内名称", "联系人", "联系电话"),
    "保单": (
        "保单号", "批单号", "保单状态", "承保保险公司", "共保角色", "共保比例", "被保险单位", "统一社会信用代码",
        "属地", "行业类别", "从业人员数", "投保人数", "保费（元）", "每人死亡伤残责任限额（万元）", "保险起期",
        "保险止期", "事故预防服务费（元）", "上传日期",
    ),
    "抽查": ("保单号", "抽查日期"),
    "问题": (
        "问题编号", "保单号", "承保保险公司", "问题类别", "问题小类", "情况说明", "整改要求", "整改期限", "检查人",
        "核实结论",
    ),
    "未上传保单": (
        "保单号", "承保保险公司", "被保险单位", "统一社会信用代码", "属地", "保险起期", "应上传日期", "情形",
    ),
    "服务费用核查": (
        "服务记录编号", "保单号", "承保保险公司", "服务日期", "服务项目", "系统填报金额（元）", "核实金额（元）",
    ),
    "应保未保": (
        "单位名称", "统一社会信用代码", "属地", "行业类别", "从业人员数", "情形", "原承保保险公司", "原保险止期",
        "核查日期", "截止日后情况",
    ),
    "未全员投保": (
        "单位名称", "统一社会信用代码", "属地", "行业类别", "承保保险公司", "从业人员数", "投保人数",
    ),
}
_OF_POLICIES = {"抽查": 0.5, "问题": 0.06, "未上传保单": 0.025, "服务费用核查": 0.1, "应保未保": 0.013, "未全员投保": 0.02}
"""How many rows the other sheets have for each policy, as in fixtures/2024h1."""


def rows_of(sheet: str, policies: int, seed: int) -> Iterator[Row]:
    """Yield the rows of a sheet for so many policies, its header first."""
    yield HEADERS[sheet]
    rng = Random(f"{seed} {sheet}")
    if sheet == "保险公司":
        yield from map(_insurer, INSURERS)
        return
    for number in range(policies if sheet == "保单" else round(policies * _OF_POLICIES[sheet])):
        yield _ROWS[sheet](number, policies, rng)


def credit_code(serial: int) -> str:
    """Make the 统一社会信用代码 of an enterprise, with both check digits right (GB 11714, GB 32100)."""
    body = f"{serial:08d}"
    weighed = sum(int(sign) * weight for sign, weight in zip(body, _BODY_WEIGHTS, strict=True))
    digits = f"91320500{body}" + "0123456789X0"[11 - weighed % 11]
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(digits, _CODE_WEIGHTS, strict=True))
    return digits + _SIGNS[-total % 31]


def _insurer(name: str) -> Row:
    full = f"{name[:2]}财产保险股份有限公司甲市分公司"
    return name, full, None, f"{name[:2]}财险城东支公司；{name[:2]}老号", "赵示例", "0512-00000001"


def _unit(serial: int) -> tuple[str, str, str, str]:
    """Name, code, area and industry of an enterprise."""
    trade = _INDUSTRIES[serial * 7 % len(_INDUSTRIES)]
    return f"示例第{serial}号机械设备制造有限公司", credit_code(serial), _AREAS[serial % len(_AREAS)], trade


def _number(policy: int) -> str:
    return f"PAZ20243205{policy:010d}"


def _of_policy(policy: int, policies: int) -> tuple[str, int]:
    """Insurer and enterprise of a policy: one in eight enterprises has two."""
    return INSURERS[policy % len(INSURERS)], policy % (policies * 7 // 8 + 1)


def _policy(number: int, policies: int, rng: Random) -> Row:
    insurer, serial = _of_policy(number, policies)
    name, code, area, industry = _unit(serial)
    people, start = rng.randrange(3, 300), date(2023, 1, 1) + timedelta(days=rng.randrange(580))
    premium = people * rng.randrange(15000, 30000) / 100
    return (
        _number(number), f"PD{number:012d}" if number % 20 == 0 else None, "有效", insurer, "独立", None, name, code,
        area, industry, people, people - rng.randrange(3), premium, rng.choice((40, 60, 80, 100)), start,
        start + timedelta(days=364), round(premium * 0.2, 2), start + timedelta(days=rng.randrange(1, 15)),
    )


def _sample(number: int, policies: int, rng: Random) -> Row:
    return _number(number * 2 % policies), date(2024, 4, 1) + timedelta(days=rng.randrange(100))


def _problem(number: int, policies: int, rng: Random) -> Row:
    policy = number * 16 % policies
    insurer, _ = _of_policy(policy, policies)
    kind = rng.choice(_KINDS)
    return (
        f"WT2024{number:08d}", _number(policy), insurer, kind, "系数使用不当",
        f"第{number}次核对时发现费率系数按0.7计取，方案规定为0.9，没有说明理由。", "重新核算保费", date(2024, 9, 13),
        "检查一组", rng.choice(("属实", None, "部分属实", "撤销")),
    )


def _not_uploaded(number: int, policies: int, rng: Random) -> Row:
    serial = policies + number
    name, code, area, _ = _unit(serial)
    start = date(2024, 1, 1) + timedelta(days=rng.randrange(180))
    case = "未上传" if number % 10 else "逾期上传"
    return (
        f"PAZ20249999{number:010d}", INSURERS[number % len(INSURERS)], name, code, area, start,
        start + timedelta(days=15), case,
    )


def _fee(number: int, policies: int, rng: Random) -> Row:
    policy = number * 9 % policies
    insurer, _ = _of_policy(policy, policies)
    amount = rng.randrange(500, 9000)
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(200))
    return f"FW2024{number:08d}", _number(policy), insurer, day, "应急救援演练", amount, amount - number % 2 * 100


def _uninsured(number: int, policies: int, rng: Random) -> Row:
    name, code, area, industry = _unit(2 * policies + number)
    former = INSURERS[number % len(INSURERS)]
    return name, code, area, industry, rng.randrange(3, 90), "未续保", former, date(2024, 4, 10), _CUTOFF, None


def _partly_insured(number: int, policies: int, rng: Random) -> Row:
    name, code, area, industry = _unit(3 * policies + number)
    people = rng.randrange(20, 90)
    return name, code, area, industry, INSURERS[number % len(INSURERS)], people, people - rng.randrange(1, 9)


_ROWS = {
    "保单": _policy,
    "抽查": _sample,
    "问题": _problem,
    "未上传保单": _not_uploaded,
    "服务费用核查": _fee,
    "应保未保": _uninsured,
    "未全员投保": _partly_insured,
}
