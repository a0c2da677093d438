"""Make what a half-year begins with: an empty workbook, settings, templates, and the inspectors' working paper.

All of it goes into a new folder or an empty one; nothing that is there is ever written over.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.errors import UsageError
from docgen.intake.coinsurance import latest_endorsements
from docgen.intake.exports import Export, read_export
from docgen.intake.sources import SETTINGS_FILE
from docgen.issuing.refusals import why_refused
from docgen.issuing.starter_settings import empty_settings
from docgen.issuing.starter_words import EXAMPLES, EXAMPLES_OF_KIND, HOW, OF_KIND
from docgen.issuing.templates import OWN_FOLDER, TEMPLATES
from docgen.records import OWN_SHEETS, SHEETS, Column, Kind, SheetSpec
from docgen.render.xlsx_form import COUNT, DAY, MONEY, SHARE, TEXT, FormColumn, FormSheet, form_workbook
from docgen.settings import Settings
from docgen.shipped import shipped

DATA_FILE = "检查数据.xlsx"
WORKING_PAPER = "检查底稿.xlsx"
_GUIDE = OWN_SHEETS[1]
_FORMATS = {Kind.DAY: DAY, Kind.COUNT: COUNT, Kind.MONEY: MONEY, Kind.SHARE: SHARE}
_INSURERS = "=OFFSET(保险公司!$A$2,0,0,MAX(COUNTA(保险公司!$A$2:$A$201),1),1)"
"""The 简称 that stand in the sheet 保险公司, however many they are."""
_FACTS = (
    "保单号", "承保保险公司", "被保险单位", "统一社会信用代码", "属地", "行业类别", "从业人员数", "投保人数",
    "保费（元）", "每人死亡伤残责任限额（万元）", "保险起期", "保险止期", "事故预防服务费（元）",
)
_TO_FILL = ("问题类别", "问题小类", "情况说明", "整改要求", "整改期限", "检查人")
_FOUND = ("没有发现问题", "有问题")
_NOT_THERE = "保单导出里没有这个保单号，请核对"
_OF_THE_DESKTOP = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_SHOWN = 10


@dataclass(frozen=True)
class Started:
    """What was made, by its name below the folder, and what the clerk should know."""

    folder: Path
    files: tuple[str, ...]
    remarks: tuple[str, ...]


def start(folder: Path, policies: Path | None = None, sample: Path | None = None) -> Started:
    """Make the folder and all that is in it, or nothing.

    `policies` is a policy export, `sample` a list of 保单号. Raise UsageError when the folder holds anything or
    cannot be written, Unreadable or Barred when a list cannot be used.
    """
    _check_empty(folder)
    exported = None if policies is None else read_export(policies, "保单")
    sampled = None if sample is None else _once(read_export(sample, "抽查"))
    rows = {"保单": exported.cells if exported else (), "抽查": sampled.cells if sampled else ()}
    files = {
        DATA_FILE: form_workbook(data_sheets(Settings(), rows), "检查数据"),
        SETTINGS_FILE: empty_settings().encode(),
        **{f"{OWN_FOLDER}/{name}": (shipped("templates") / name).read_bytes() for name in TEMPLATES},
    }
    if sampled is not None:
        files[WORKING_PAPER] = form_workbook(working_paper(Settings(), exported, sampled), "检查底稿")
    _write(files, folder)
    return Started(folder, tuple(files), tuple(_remarks(exported, sampled, sample)))


def data_sheets(
    settings: Settings, rows: Mapping[str, Sequence[Sequence[object]]] | None = None
) -> list[FormSheet]:
    """Give every sheet of the workbook, empty but for `rows`, and the guide to its columns behind them."""
    given = rows or {}
    sheets = [
        FormSheet(
            spec.name,
            tuple(_form_column(spec, column, settings) for column in spec.columns),
            given.get(spec.name, ()),
        )
        for spec in SHEETS.values()
    ]
    return [*sheets, _guide()]


def working_paper(settings: Settings, exported: Export | None, sampled: Export) -> list[FormSheet]:
    """Give the inspectors' sheet: a row for each sampled policy (and unit on it), its facts, room for findings."""
    policy = SHEETS["保单"]
    facts = [
        replace(_form_column(policy, column, settings), choices=(), source="", note="", is_required=False, is_given=True)
        for column in policy.columns
        if column.header in _FACTS
    ]
    order = sorted(facts, key=lambda column: _FACTS.index(column.header))
    problem = SHEETS["问题"]
    to_fill = [
        replace(_form_column(problem, column, settings), is_required=False)
        for column in problem.columns
        if column.header in _TO_FILL
    ]
    columns = (
        FormColumn("序号", COUNT, width=6, is_given=True),
        *order,
        FormColumn("检查日期", DAY, note="检查这份保单的日期。\n例：2024-07-01"),
        FormColumn("检查结果", choices=_FOUND, is_closed=True, note="没有发现问题的也要选，表示查过了。"),
        *(replace(column, width=30) if column.header in ("情况说明", "整改要求") else column for column in to_fill),
        FormColumn("备注", width=24, note="一份保单有几个问题的，复制这一行，每行一个问题。"),
    )
    rows = [
        (number, *cells, *[""] * (len(to_fill) + 2), remark)
        for number, (cells, remark) in enumerate(_facts(exported, sampled), start=1)
    ]
    return [FormSheet("检查底稿", columns, rows)]


def _facts(exported: Export | None, sampled: Export) -> Iterator[tuple[tuple[object, ...], str]]:
    """Give the facts of each sampled policy, in the order of the sample; several rows when several units are on it."""
    rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    if exported is not None:
        headers = SHEETS["保单"].headers
        at = [headers.index(header) for header in _FACTS]
        for position in latest_endorsements(exported.frame).index:
            cells = exported.cells[int(position)]
            rows[exported.numbers[int(position)]].append(tuple(cells[one] for one in at))
    for number in sampled.numbers:
        own = rows.get(number, [])
        for cells in own:
            yield cells, f"这份保单共 {len(own)} 行" if len(own) > 1 else ""
        if not own:
            yield (number, *[""] * (len(_FACTS) - 1)), _NOT_THERE if exported is not None else ""


def _once(sampled: Export) -> Export:
    """Keep the first row of each sampled policy."""
    positions = [at for at, is_again in enumerate(sampled.frame["保单号"].duplicated()) if not is_again]
    cells = tuple(sampled.cells[at] for at in positions)
    return replace(sampled, frame=sampled.frame.iloc[positions].reset_index(drop=True), cells=cells)


def _remarks(exported: Export | None, sampled: Export | None, sample: Path | None) -> Iterator[str]:
    if exported is not None:
        yield f"“保单”表已填入 {len(exported.cells)} 行（{exported.file}）"
        if exported.absent:
            yield f"{exported.file} 里没有这些必填的列，已留空，请补填：{'、'.join(exported.absent)}"
    if sampled is None:
        return
    yield f"“抽查”表已填入 {len(sampled.cells)} 份保单（{sampled.file}）"
    if exported is None:
        yield "没有写 --policies，检查底稿里只有保单号"
        return
    known = set(exported.numbers)
    unknown = [number for number in sampled.numbers if number not in known]
    if unknown:
        more = f" 等 {len(unknown)} 份" if len(unknown) > _SHOWN else ""
        yield f"抽查的保单号不在保单导出里，请核对：{'、'.join(unknown[:_SHOWN])}{more}"


def _form_column(spec: SheetSpec, column: Column, settings: Settings) -> FormColumn:
    choices, source, is_closed = column.choices, "", True
    if column.kind is Kind.CHOICE and not choices:
        choices, is_closed = settings.kinds, False
    elif column.kind is Kind.AREA:
        choices, is_closed = settings.areas, False
    elif column.kind is Kind.INDUSTRY:
        choices, is_closed = settings.industries, False
    elif column.kind is Kind.INSURER:
        source, is_closed = _INSURERS, False
    how, example = _explained(column)
    return FormColumn(
        column.header,
        _FORMATS.get(column.kind, TEXT),
        column.required,
        choices,
        source,
        is_closed and bool(choices),
        f"{'必填。' if column.required else ''}{how}\n例：{example}",
        _width(column),
    )


def _width(column: Column) -> float:
    wide = {"统一社会信用代码": 22, "情况说明": 36, "整改要求": 30, "全称": 36, "系统内名称": 36, "问题类别": 30}
    of_kind = {Kind.NAME: 28, Kind.ID: 24, Kind.INDUSTRY: 24, Kind.AREA: 20, Kind.INSURER: 18}
    return wide.get(column.header, of_kind.get(column.kind, 0))


def _explained(column: Column) -> tuple[str, str]:
    """Say how a column is filled in, with an example."""
    how = HOW.get(column.header, OF_KIND[column.kind])
    if column.choices:
        how = f"{how.removesuffix('。')}。可写：{'、'.join(column.choices)}。"
    first = column.choices[0] if column.choices else Settings().kinds[0]
    return how, EXAMPLES.get(column.header, EXAMPLES_OF_KIND.get(column.kind, first))


def _guide() -> FormSheet:
    columns = tuple(
        FormColumn(header, width=width)
        for header, width in (("工作表", 14), ("一行是", 24), ("列", 30), ("必填", 6), ("怎样填", 60), ("例", 40))
    )
    rows = [
        (spec.name + ("" if spec.required else "（可以没有）"), spec.row_is, column.header, "必填" if column.required else "",
         *_explained(column))
        for spec in SHEETS.values()
        for column in spec.columns
    ]
    return FormSheet(_GUIDE, columns, rows, is_guide=True)


def _check_empty(folder: Path) -> None:
    """Refuse a folder that holds anything. Raise UsageError."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageError(f"“{folder}”已是一个文件，不是文件夹", "写出一个新文件夹的名称，如 2024年下半年")
    try:
        held = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise UsageError(f"文件夹“{folder}”打不开：{why_refused(error)}", "换一个位置") from error
    held = [name for name in held if name not in _OF_THE_DESKTOP]
    if held:
        raise UsageError(
            f"文件夹“{folder}”里已有 {held[0]}" + (f" 等 {len(held)} 项" if len(held) > 1 else "") + "，不会覆盖，没有写入",
            "写出一个新文件夹的名称，或先把里面的东西移走",
        )


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write everything beside its place and move it there; what was moved is taken back when one move fails."""
    staging = None
    moved: list[Path] = []
    is_new = not folder.is_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".docgen-", dir=folder))
        for name, content in files.items():
            target = staging / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        for entry in sorted(staging.iterdir()):
            os.rename(entry, folder / entry.name)
            moved.append(folder / entry.name)
        moved.clear()
    except OSError as error:
        raise UsageError(f"不能写入“{folder}”：{why_refused(error)}", "换一个位置，或检查磁盘空间和权限") from error
    finally:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
        if is_new:
            with suppress(OSError):
                folder.rmdir()
