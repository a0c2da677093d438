"""The settings that counting needs, read from 发文.toml or from the sheet 发文信息."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.recount.cells import grids_of, plain
from tests.recount.values import day

KINDS = ("未规范使用保险方案及费率机制", "未明确约定事故预防服务", "保额与投保企业人数不匹配", "数据录入不规范")
INDUSTRIES = (
    "金属冶炼", "危险化学品", "烟花爆竹批发", "医药", "加油站", "使用危化的其他重点企业", "粉尘企业", "其他",
)  # fmt: skip
AREAS = (
    "张家港市", "常熟市", "太仓市", "昆山市", "吴江区", "吴中区", "相城区", "姑苏区", "苏州工业园区",
    "苏州高新区（虎丘区）",
)  # fmt: skip
ALIASES = (
    "昆山开发区=昆山市", "昆山高新区=昆山市", "张家港保税区=张家港市", "常熟高新区=常熟市", "吴江开发区=吴江区",
    "虎丘区=苏州高新区（虎丘区）", "园区=苏州工业园区",
)  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """What is counted and what it is called."""

    cut_off: date
    by_start: tuple[date, date] | None
    kinds: tuple[str, ...]
    counting_kinds: tuple[str, ...]
    industries: tuple[str, ...]
    areas: dict[str, str]
    """Every way to write an area, in half-width characters, and the area it is."""
    fee_share: Decimal


def read_rules(source: Path) -> Rules:
    """The settings beside a workbook, in a folder, or in a sheet 发文信息; the contract's lists where none are given."""
    folder = source if source.is_dir() else source.parent
    items: dict[str, Any] = {}
    if (folder / "发文.toml").exists():
        items = tomllib.loads((folder / "发文.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    elif not source.is_dir():
        grid = grids_of(source).get("发文信息", [])
        items = {plain(line[0]): line[1] for line in grid[1:] if len(line) > 1}
    by_start = None
    if items.get("在保口径") == "期间内起保":
        by_start = (_day(items["期间起日"]), _day(items["期间止日"]))
    areas = _list(items, "属地", AREAS)
    names = dict(entry.split("=") for entry in _list(items, "属地别名", ALIASES)) | {area: area for area in areas}
    return Rules(
        cut_off=_day(items["数据截止日期"]),
        by_start=by_start,
        kinds=_list(items, "问题类别", KINDS),
        counting_kinds=_list(items, "计入问题保单", KINDS[:3]),
        industries=_list(items, "行业类别", INDUSTRIES),
        areas={plain(name): area for name, area in names.items()},
        fee_share=Decimal(str(items.get("服务费提取比例", "0.2"))),
    )


def _day(value: Any) -> date:
    found = day(value)
    if found is None:
        raise ValueError(f"不是日期：{value}")
    return found


def _list(items: dict[str, Any], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = items.get(name)
    if value is None:
        return default
    return tuple(re.split("[；;]", value)) if isinstance(value, str) else tuple(value)
