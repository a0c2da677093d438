"""The inspection's facts: typed tables whose rows know the file, sheet and row they came from. Never mutated.

Types of a column in the frames, by its kind:
text, name, code, area, industry, insurer: `str`, "" when empty (area, industry, insurer in their canonical form) ·
day: `datetime64[s]`, NaT when empty · count: `Int64` · money: `Int64` in 分 (whatever unit the header shows) ·
share: `Float64`, 0.4 for 40%.
Besides, every frame has `_file`, `_sheet` (str) and `_row` (int, from 1 as the spreadsheet shows it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from operator import eq
from typing import NamedTuple, overload

import pandas as pd

from docgen.errors import Problem


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
    aliases: tuple[str, ...] = ()
    """Other headers that plainly mean this one in its sheet; for money without a unit."""


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
    absent: frozenset[tuple[str, str]] = frozenset()
    """The columns (sheet, header) that some file of the input lacks: their emptiness proves nothing."""
    letters: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    """The letter of each column, by file and sheet."""

    def __getitem__(self, sheet: str) -> pd.DataFrame:
        return self.tables[sheet]

    def with_cell(self, problem: Problem) -> Problem:
        """Name the cell of a problem that knows its row and column."""
        where = problem.where
        letter = self.letters.get((where.file, where.sheet), {}).get(where.column)
        if where.cell or where.row is None or letter is None:
            return problem
        return replace(problem, where=replace(where, cell=f"{letter}{where.row}"))


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
_UNIT_CODE = Column("统一社会信用代码", Kind.CODE, required=True, aliases=(
    "社会信用代码", "信用代码", "统一信用代码", "统一代码", "统一社会信用代码证号", "USCC",
))
_AREA = Column("属地", Kind.AREA, required=True, aliases=(
    "所属地区", "所属区县", "所属县区", "所属县市区", "所属县（市、区）", "所属区域", "所在地区", "所在区县", "地区",
    "区县", "县区", "县市区", "县（市、区）", "属地区县",
))
_INDUSTRY = Column("行业类别", Kind.INDUSTRY, required=True, aliases=(
    "行业", "所属行业", "行业分类", "行业类型", "行业领域", "所属行业类别",
))
_INSURER = Column("承保保险公司", Kind.INSURER, required=True, aliases=(
    "保险公司", "承保公司", "承保机构", "保险机构", "承保保险机构", "保险公司名称", "承保公司名称", "承保保险公司名称",
))
_UNIT_NAMES = (
    "企业名称", "被保险人", "被保险人名称", "被保险单位名称", "被保险企业", "被保险企业名称", "单位全称", "企业全称",
)
_POLICY_NUMBERS = ("保单编号", "保单号码", "保险单号", "保险单号码", "保险单编号")
_EMPLOYED = Column("从业人员数", _COUNT, aliases=(
    "从业人数", "从业人员人数", "从业人员数量", "从业人员总数", "员工人数", "员工数", "职工人数", "职工数", "企业人数",
))
_INSURED = Column("投保人数", _COUNT, required=True, aliases=(
    "参保人数", "承保人数", "被保险人数", "投保员工人数", "投保从业人员数",
))
_POLICY = Column("保单号", _ID, required=True, aliases=_POLICY_NUMBERS)
_INSURED_UNIT = Column("被保险单位", _NAME, required=True, aliases=(*_UNIT_NAMES, "单位名称"))
_UNIT = Column("单位名称", _NAME, required=True, aliases=(*_UNIT_NAMES, "被保险单位"))
_START = Column("保险起期", _DAY, required=True, aliases=(
    "起保日期", "起保日", "起期", "保险起始日期", "保险起始日", "保险开始日期", "保险生效日期", "生效日期", "保单起期",
    "保单生效日期", "保险期间起期", "保险期限起期", "保险期间起", "保险期间起始日期", "保险期间开始日期",
))
_END = Column("保险止期", _DAY, required=True, aliases=(
    "终保日期", "终保日", "止期", "保险终止日期", "保险终止日", "保险结束日期", "保险到期日期", "保险到期日", "到期日期",
    "到期日", "保单止期", "保单到期日期", "保险期间止期", "保险期限止期", "保险期间止", "保险期间终止日期",
    "保险期间结束日期",
))

_STATES = (
    "有效", "退保", "已退保", "注销", "已注销", "终止", "已终止", "失效", "已失效", "中止", "过期", "已过期",
    "到期", "已到期",
)
"""Only 有效 counts; another word would take the policy out of every figure unsaid, so it is doubtful."""
_OTHER_STATES = (("正常", "有效"), ("在保", "有效"), ("生效", "有效"), ("承保", "有效"))

_SPECS = (
    SheetSpec("保险公司", "一家保险公司（市级机构）", (
        Column("简称", _NAME, required=True, aliases=("公司简称", "保险公司简称", "机构简称")),
        Column("全称", _NAME, required=True, aliases=("公司全称", "保险公司全称", "机构全称")),
        Column("主送名称", _NAME),
        Column("系统内名称", _TEXT),
        Column("联系人", _TEXT),
        Column("联系电话", _TEXT, aliases=("电话", "联系方式")),
    )),
    SheetSpec("保单", "一份保单上的一家被保险单位", (
        _POLICY,
        Column("批单号", _ID, aliases=("批单编号", "批单号码", "批改单号")),
        Column(
            "保单状态", Kind.CHOICE, choices=_STATES, other_words=_OTHER_STATES, aliases=("状态", "保险状态")
        ),
        _INSURER,
        Column("共保角色", Kind.CHOICE, choices=("独立", "首席", "从共"), aliases=("共保身份",)),
        Column("共保比例", Kind.SHARE, aliases=("共保份额", "承保份额")),
        _INSURED_UNIT,
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        _EMPLOYED,
        _INSURED,
        Column("保费（元）", _MONEY, required=True, aliases=(
            "保险费", "总保费", "保费金额", "保险费金额", "保险费用", "签单保费",
        )),
        Column("每人死亡伤残责任限额（万元）", _MONEY, unit_fen=1_000_000, aliases=(
            "每人死亡伤残限额", "每人死亡伤残赔偿限额", "每人伤亡责任限额", "每人伤亡限额", "每人责任限额",
        )),
        _START,
        _END,
        Column("事故预防服务费（元）", _MONEY, aliases=("事故预防服务费用", "预防服务费", "事故预防费")),
        Column("上传日期", _DAY, aliases=("上传时间", "系统上传日期")),
    )),
    SheetSpec("抽查", "一份被抽查的保单", (
        _POLICY,
        Column("抽查日期", _DAY, aliases=("抽查时间", "检查日期")),
    )),
    SheetSpec("问题", "检查发现的一个问题", (
        Column("问题编号", _ID, required=True, aliases=("问题编码", "问题号")),
        Column("保单号", _ID, aliases=_POLICY_NUMBERS),
        _INSURER,
        Column("问题类别", Kind.CHOICE, required=True, aliases=("问题类型", "问题分类", "问题大类")),
        Column("问题小类", _TEXT, aliases=("问题子类", "问题细类")),
        Column("情况说明", _TEXT, required=True, aliases=(
            "问题描述", "问题说明", "问题情况", "问题内容", "具体问题", "具体情况", "情况描述", "存在问题",
        )),
        Column("整改要求", _TEXT, aliases=("整改意见", "整改建议")),
        Column("整改期限", _DAY, aliases=("整改时限", "整改截止日期")),
        Column("检查人", _TEXT, aliases=("检查人员", "核查人", "核查人员")),
        Column("核实结论", Kind.CHOICE, choices=("属实", "部分属实", "撤销"), aliases=("核实结果",)),
    )),
    SheetSpec("未上传保单", "一份未上传系统的已承保保单", (
        _POLICY,
        _INSURER,
        _INSURED_UNIT,
        replace(_UNIT_CODE, required=False),
        _AREA,
        _START,
        Column("应上传日期", _DAY, aliases=("应上传时间", "规定上传日期")),
        Column("情形", Kind.CHOICE, choices=("未上传", "逾期上传"), aliases=("上传情形",)),
    )),
    SheetSpec("服务费用核查", "一条经核实的事故预防服务记录", (
        Column("服务记录编号", _ID, required=True, aliases=("服务编号", "记录编号", "服务记录号")),
        _POLICY,
        _INSURER,
        Column("服务日期", _DAY, aliases=("服务时间",)),
        Column("服务项目", _TEXT, aliases=("服务内容",)),
        Column("系统填报金额（元）", _MONEY, required=True, aliases=("填报金额", "系统金额")),
        Column("核实金额（元）", _MONEY, required=True, aliases=("核查金额", "核定金额")),
    )),
    SheetSpec("应保未保", "一家应保未保的单位", (
        _UNIT,
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        _EMPLOYED,
        Column("情形", Kind.CHOICE, choices=("未续保", "从未投保")),
        Column("原承保保险公司", Kind.INSURER, aliases=(
            "原保险公司", "原承保公司", "原承保机构", "原承保保险机构",
        )),
        Column("原保险止期", _DAY, aliases=(
            "原终保日期", "原保单到期日期", "原保险到期日期", "原保险到期日", "原到期日期", "原保险终止日期",
        )),
        Column("核查日期", _DAY, aliases=("核查时间",)),
        Column("截止日后情况", _TEXT),
    )),
    SheetSpec("未全员投保", "一家未全员投保的单位", (
        _UNIT,
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        _INSURER,
        replace(_EMPLOYED, required=True),
        _INSURED,
    )),
    SheetSpec("应保单位名册", "一家应当投保的单位", (
        _UNIT,
        Column("曾用名", _TEXT, aliases=("曾用名称", "原名称")),
        _UNIT_CODE,
        _AREA,
        _INDUSTRY,
        _EMPLOYED,
        Column("状态", Kind.CHOICE, choices=("生产", "停产", "注销"), aliases=("生产状态", "经营状态", "企业状态")),
    ), required=False),
)

SHEETS: Mapping[str, SheetSpec] = {spec.name: spec for spec in _SPECS}
SETTINGS_SHEET = "发文信息"
PASSES_SHEET = "放行"
"""The sheet of what someone lets pass, with reason and name."""
OWN_SHEETS = ("核对单", "填表说明", "核对单（docgen）")
"""Sheets that docgen itself writes into workbooks for the clerk; they hold no data and are not read."""
