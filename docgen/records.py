"""The inspection's facts: typed tables whose rows know the file, sheet and row they came from. Never mutated.

Types of a column in the frames, by its kind:
text, name, code, area, industry, insurer: `str`, "" when empty (area, industry, insurer in their canonical form) ·
day: `datetime64[s]`, NaT when empty · count: `Int64` · money: `Int64` in 分 (whatever unit the header shows) ·
share: `Float64`, 0.4 for 40%.
Besides, every frame has `_file`, `_sheet` (str) and `_row` (int, from 1 as the spreadsheet shows it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from operator import eq
from typing import NamedTuple, overload

import pandas as pd


class Kind(Enum):
    """What a column holds: decides how a cell is read and what can be wrong with it."""

    TEXT = "文字"
    NAME = "名称"
    ID = "编号"
    CODE = "统一社会信用代码"
    AREA = "属地"
    INDUSTRY = "行业类别"
    INSURER = "保险公司"
    CHOICE = "选项"
    DAY = "日期"
    COUNT = "数量"
    MONEY = "金额"
    SHARE = "比例"


@dataclass(frozen=True)
class Column:
    """One canonical column: its header as the clerk sees it, its kind, whether it must be filled."""

    header: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    other_words: tuple[tuple[str, str], ...] = ()
    """For a choice: words of other systems that plainly mean one of them, each with that one."""
    unit_fen: int = 100
    """For money: how many 分 one unit of the header is (元 100, 万元 1,000,000)."""


@dataclass(frozen=True)
class SheetSpec:
    """One canonical sheet: its name, one line on what a row is, its columns."""

    name: str
    row_is: str
    columns: tuple[Column, ...]
    required: bool = True

    @property
    def headers(self) -> tuple[str, ...]:
        """All canonical headers, in order."""
        return tuple(column.header for column in self.columns)


class SourceRow(NamedTuple):
    """The row of a workbook that a fact came from."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Records:
    """All tables of one run, by canonical sheet name; an absent optional sheet is an empty frame."""

    tables: Mapping[str, pd.DataFrame]

    def __getitem__(self, sheet: str) -> pd.DataFrame:
        return self.tables[sheet]


class SourceRows(Sequence[SourceRow]):
    """The sources of a frame's rows, in order: named only when somebody looks, for a figure may have 300,000."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        """The rows themselves, with all their columns."""

    def __len__(self) -> int:
        return len(self.frame)

    def __iter__(self) -> Iterator[SourceRow]:
        columns = (self.frame[name].tolist() for name in ("_file", "_sheet", "_row"))
        return map(SourceRow, *columns)

    @overload
    def __getitem__(self, at: int) -> SourceRow: ...
    @overload
    def __getitem__(self, at: slice) -> SourceRows: ...
    def __getitem__(self, at: int | slice) -> SourceRow | SourceRows:
        if isinstance(at, slice):
            return SourceRows(self.frame.iloc[at])
        row = self.frame.iloc[at]
        return SourceRow(row["_file"], row["_sheet"], int(row["_row"]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"SourceRows({list(self)!r})"


_TEXT, _NAME, _ID, _DAY, _COUNT, _MONEY = Kind.TEXT, Kind.NAME, Kind.ID, Kind.DAY, Kind.COUNT, Kind.MONEY
_UNIT_CODE = Column("统一社会信用代码", Kind.CODE, required=True)
_AREA = Column("属地", Kind.AREA, required=True)
_INDUSTRY = Column("行业类别", Kind.INDUSTRY, required=True)
_INSURER = Column("承保保险公司", Kind.INSURER, required=True)

_STATES = (
    "有效", "退保", "已退保", "注销", "已注销", "终止", "已终止", "失效", "已失效", "中止", "过期", "已过期",
    "到期", "已到期",
)
"""Only 有效 counts; another word would take the policy out of every figure unsaid, so it is doubtful."""
_OTHER_STATES = (("正常", "有效"), ("在保", "有效"), ("生效", "有效"), ("承保", "有效"))

_SPECS = (
    SheetSpec("保险公司", "一家保险公司（市级机构）", (
        Column("简称", _NAME, required=True),
        Column("全称", _NAME, required=True),
        Column("主送名称", _NAME),
        Column("系统内名称", _TEXT),
        Column("联系人", _TEXT),
        Column("联系电话", _TEXT),
    )),
    SheetSpec("保单", "一份保单上的一家被保险单位", (
        Column("保单号", _ID, required=True),
        Column("批单号", _ID),
        Column("保单状态", Kind.CHOICE, choices=_STATES, other_words=_OTHER_STATES),
        _INSURER,
        Column("共保角色", Kind.CHOICE, choices=("独立", "首席", "从共")),
        Column("共保比例", Kind.SHARE),
        Column("被保险单位", _NAME, required=True),
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        Column("从业人员数", _COUNT),
        Column("投保人数", _COUNT, required=True),
        Column("保费（元）", _MONEY, required=True),
        Column("每人死亡伤残责任限额（万元）", _MONEY, unit_fen=1_000_000),
        Column("保险起期", _DAY, required=True),
        Column("保险止期", _DAY, required=True),
        Column("事故预防服务费（元）", _MONEY),
        Column("上传日期", _DAY),
    )),
    SheetSpec("抽查", "一份被抽查的保单", (
        Column("保单号", _ID, required=True),
        Column("抽查日期", _DAY),
    )),
    SheetSpec("问题", "检查发现的一个问题", (
        Column("问题编号", _ID, required=True),
        Column("保单号", _ID),
        _INSURER,
        Column("问题类别", Kind.CHOICE, required=True),
        Column("问题小类", _TEXT),
        Column("情况说明", _TEXT, required=True),
        Column("整改要求", _TEXT),
        Column("整改期限", _DAY),
        Column("检查人", _TEXT),
        Column("核实结论", Kind.CHOICE, choices=("属实", "部分属实", "撤销")),
    )),
    SheetSpec("未上传保单", "一份未上传系统的已承保保单", (
        Column("保单号", _ID, required=True),
        _INSURER,
        Column("被保险单位", _NAME, required=True),
        Column("统一社会信用代码", Kind.CODE),
        _AREA,
        Column("保险起期", _DAY, required=True),
        Column("应上传日期", _DAY),
        Column("情形", Kind.CHOICE, choices=("未上传", "逾期上传")),
    )),
    SheetSpec("服务费用核查", "一条经核实的事故预防服务记录", (
        Column("服务记录编号", _ID, required=True),
        Column("保单号", _ID, required=True),
        _INSURER,
        Column("服务日期", _DAY),
        Column("服务项目", _TEXT),
        Column("系统填报金额（元）", _MONEY, required=True),
        Column("核实金额（元）", _MONEY, required=True),
    )),
    SheetSpec("应保未保", "一家应保未保的单位", (
        Column("单位名称", _NAME, required=True),
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        Column("从业人员数", _COUNT),
        Column("情形", Kind.CHOICE, choices=("未续保", "从未投保")),
        Column("原承保保险公司", Kind.INSURER),
        Column("原保险止期", _DAY),
        Column("核查日期", _DAY),
        Column("截止日后情况", _TEXT),
    )),
    SheetSpec("未全员投保", "一家未全员投保的单位", (
        Column("单位名称", _NAME, required=True),
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        _INSURER,
        Column("从业人员数", _COUNT, required=True),
        Column("投保人数", _COUNT, required=True),
    )),
    SheetSpec("应保单位名册", "一家应当投保的单位", (
        Column("单位名称", _NAME, required=True),
        Column("曾用名", _TEXT),
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        Column("从业人员数", _COUNT),
        Column("状态", Kind.CHOICE, choices=("生产", "停产", "注销")),
    ), required=False),
)

SHEETS: Mapping[str, SheetSpec] = {spec.name: spec for spec in _SPECS}
SETTINGS_SHEET = "发文信息"
PASSES_SHEET = "放行"
"""The sheet of what someone lets pass, with reason and name."""
OWN_SHEETS = ("核对单", "填表说明", "核对单（docgen）")
"""Sheets that docgen itself writes into workbooks for the clerk; they hold no data and are not read."""
