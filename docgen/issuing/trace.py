"""From a figure to its rows: find it by the name that the clerk types, and set out the rows it was counted from."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from docgen.errors import UsageError
from docgen.figures import Figure, shown
from docgen.figures.fees import FEE, PREMIUM
from docgen.figures.figure import part_name
from docgen.figures.listing import values_of
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.issuing.refusals import why_refused
from docgen.issuing.run import Counted
from docgen.records import SHEETS, Column, Kind, Records, SheetSpec, SourceRow
from docgen.render.xlsx import Sheet, workbook
from docgen.settings import Settings

_KEY = ["_file", "_sheet", "_row"]
PLACE_COLUMNS = (
    TableColumn("文件", CellKind.TEXT, 10), TableColumn("工作表", CellKind.TEXT, 6), TableColumn("行", CellKind.INTEGER, 4),
)
"""Where a row stands: what every table of rows begins with."""

_TELLING = {
    "保单": ("保单号", "承保保险公司", "被保险单位", "统一社会信用代码"),
    "抽查": ("保单号", "抽查日期"),
    "问题": ("问题编号", "保单号", "承保保险公司", "问题类别", "核实结论"),
    "未上传保单": ("保单号", "承保保险公司", "被保险单位", "情形"),
    "服务费用核查": ("服务记录编号", "承保保险公司", "系统填报金额（元）", "核实金额（元）"),
    "应保未保": ("单位名称", "统一社会信用代码", "属地", "情形"),
    "未全员投保": ("单位名称", "承保保险公司", "从业人员数", "投保人数"),
}
"""The columns by which the rows of a sheet are counted and known again."""

_FEES = (PREMIUM, FEE)
_TELLING_OF = {
    "分行业投保单位数": ("行业类别",),
    "保障从业人员数": ("投保人数",),
    "另定期限问题数": ("整改期限",),
    "服务费不足保险公司数": _FEES, "保费合计": _FEES, "服务费合计": _FEES, "服务费占保费比例": _FEES, "服务费差额": _FEES,
}
"""The further columns that a figure looks at."""

_CELL_KINDS = {
    Kind.ID: CellKind.ID, Kind.CODE: CellKind.ID, Kind.DAY: CellKind.DAY, Kind.COUNT: CellKind.INTEGER,
    Kind.MONEY: CellKind.MONEY, Kind.SHARE: CellKind.PERCENT,
}


@dataclass(frozen=True)
class Traced:
    """A figure, the name it goes by, and its rows, a table for each sheet: in short, and with every column."""

    name: str
    figure: Figure
    telling: tuple[Table, ...]
    whole: tuple[Table, ...]


def trace_figure(counted: Counted, name: str) -> Traced:
    """Find a figure and its rows. Raise UsageError naming the nearest ones when there is none of that name."""
    full_name, figure = _find(counted, name)
    parts = full_name.split("/")
    further = tuple(column for part in parts for column in _TELLING_OF.get(part, ()))
    telling, whole = [], []
    for spec, frame in _frames(counted.records, figure.rows):
        chosen = {*_TELLING.get(spec.name, spec.headers), *further}
        telling.append(_table(spec, frame, [column for column in spec.columns if column.header in chosen]))
        whole.append(_table(spec, frame, spec.columns))
    return Traced(full_name, figure, tuple(telling), tuple(whole))


def write_rows(traced: Traced, settings: Settings, path: Path) -> None:
    """Write every row with all its columns as a workbook. Raise UsageError when it cannot be written."""
    heading = f"{traced.name}：{shown(traced.figure)}"
    sheets = [
        Sheet(table.caption, f"{heading}（{table.caption}）", (replace(table, caption=""),))
        for table in traced.whole
    ]
    sheets = sheets or [Sheet("没有行", heading, (Table(PLACE_COLUMNS, ()),))]
    write_workbook(workbook(sheets, heading, settings.cutoff), path)


def write_workbook(content: bytes, path: Path) -> None:
    """Write a workbook of rows. Raise UsageError when it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"不能写入“{path}”：{why_refused(error)}", "请换一个位置，或关闭正打开的同名文件"
        ) from error


def figure_names(figures: Mapping[str, Figure], whole: str = "") -> Iterator[tuple[str, Figure]]:
    """Name every figure, each followed by its parts; `whole` stands before each name."""
    for figure in figures.values():
        name = part_name(whole, figure.name) if whole else figure.name
        yield name, figure
        yield from figure_names({part.name: part for part in figure.parts}, name)


def _find(counted: Counted, name: str) -> tuple[str, Figure]:
    common = dict(figure_names(counted.figures))
    own = {
        full_name: figure
        for extract in counted.insurers
        for full_name, figure in figure_names(extract.figures, extract.short_name)
    }
    known = common | own
    asked = _plain(name)
    exact = [full_name for full_name in known if _plain(full_name) == asked]
    parts = [full_name for full_name in common if _plain(full_name).endswith(f"/{asked}")]
    found = exact[:1] or parts
    if len(found) > 1:
        raise UsageError(f"“{name}”有 {len(found)} 个：{'、'.join(found)}", "写出全名，如 " + found[0])
    if not found:
        raise _unknown(name, common, own, [extract.short_name for extract in counted.insurers])
    return found[0], known[found[0]]


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _unknown(
    name: str, common: Mapping[str, Figure], own: Mapping[str, Figure], insurers: Sequence[str]
) -> UsageError:
    """Say that there is no such figure: the nearest ones, then all that there are."""
    asked = _plain(name)
    if asked in {field.metadata["item"] for field in fields(Settings)}:
        return UsageError(f"“{name}”是发文信息里填的，不是数出来的，没有来自哪些行", "在发文信息里核对它")
    near = [full_name for full_name in own if asked in _plain(full_name).split("/", 1)][:3]
    near = near or difflib.get_close_matches(asked, own if "/" in asked else common, n=3, cutoff=0.4)
    nearest = f"，最接近的是{'、'.join(f'“{one}”' for one in near)}" if near else ""
    of_insurers = dict.fromkeys(full_name.split("/")[1] for full_name in own)
    return UsageError(
        f"没有“{name}”这个数{nearest}",
        f"可以写：{'、'.join(common)}；各保险公司自己的数写作“{insurers[0] if insurers else '简称'}/问题保单数”，"
        f"“/”后可以写：{'、'.join(of_insurers)}",
    )


def _frames(records: Records, rows: Sequence[SourceRow]) -> Iterator[tuple[SheetSpec, pd.DataFrame]]:
    """Give the rows as frames, sheet by sheet, in the order of the data."""
    wanted = pd.DataFrame(list(rows), columns=_KEY).drop_duplicates()
    if wanted.empty:
        return
    for name, spec in SHEETS.items():
        frame = records[name]
        if frame.empty or not frame["_file"].isin(wanted["_file"].unique()).any():
            continue
        found = frame.merge(wanted, on=_KEY, how="inner")
        if not found.empty:
            yield spec, found


def _table(spec: SheetSpec, frame: pd.DataFrame, columns: Sequence[Column]) -> Table:
    """Set out these columns of a sheet's rows; the caption is the sheet."""
    places = [[Cell(value) for value in frame[key].tolist()] for key in _KEY]
    values = [[Cell(value) for value in _values(frame[column.header], column)] for column in columns]
    heads = [TableColumn(column.header, _cell_kind(column), 8) for column in columns]
    return Table((*PLACE_COLUMNS, *heads), tuple(zip(*places, *values, strict=True)), caption=spec.name)


def _cell_kind(column: Column) -> CellKind:
    return _CELL_KINDS.get(column.kind, CellKind.TEXT)


def _values(values: pd.Series, column: Column) -> Sequence[str | int | Decimal | date | None]:
    if column.kind is Kind.MONEY:
        return [None if pd.isna(fen) else Decimal(int(fen)) / column.unit_fen for fen in values]
    if column.kind is Kind.SHARE:
        return [None if pd.isna(share) else Decimal(str(share)) for share in values]
    return values_of(values, _cell_kind(column))
