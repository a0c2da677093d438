"""The sound input that every damaged one is made from: small, with the awkward things of real workbooks in it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import xlsxwriter

from tests.bench.files import undated, write_workbook
from tests.bench.policies import HEADERS, INSURERS, rows_of

Cell = str | int | float | date | None
Table = list[list[Cell]]
Files = dict[str, bytes]
"""The files of an input by name; one alone is given to docgen itself, several as a folder."""

BOOK = "检查数据.xlsx"
SETTINGS_FILE = "发文.toml"
POLICIES = 16
_MORE = {"应保未保": 20, "未全员投保": 8}
"""Sheets of which so few policies would have no row: how many times as many are counted for them."""
_FEW = INSURERS[:3]
_SAMPLES = Path(__file__).parents[1] / "intake" / "samples"
_SETTINGS: tuple[tuple[str, Cell], ...] = (
    ("发文机关", "甲市应急管理局；甲市金融监管分局"),
    ("机关代字", "甲应急"),
    ("年份", 2024),
    ("序号", 132),
    ("标题", "关于安全生产责任保险工作开展情况的通报"),
    ("主送机关", "各县（市、区）应急管理局"),
    ("数据截止日期", date(2024, 8, 9)),
    ("统计期间", "2024年上半年"),
    ("整改期限", "2024.9.13"),
    ("抄送机关", "甲市人民政府办公室"),
    ("服务费提取比例", "20%"),
)
TOML = """\
"发文机关" = ["甲市应急管理局", "甲市金融监管分局"]
"机关代字" = "甲应急"
"年份" = 2024
"序号" = 132
"标题" = "关于安全生产责任保险工作开展情况的通报"
"主送机关" = "各县（市、区）应急管理局"
"成文日期" = 2024-08-15
"签发人" = ["李示例", "王示例"]
"签发日期" = [2024-08-14, 2024-08-15]
"抄送机关" = ["甲市人民政府办公室"]
"份数" = 60
"数据截止日期" = 2024-08-09
"统计期间" = "2024年上半年"
"在保口径" = "期间内起保"
"期间起日" = 2024-01-01
"期间止日" = 2024-06-30
"整改期限" = 2024-09-13
"反馈期限" = 5
"服务费提取比例" = 0.20
"附件2列抽查" = false
"属地" = ["张家港市", "常熟市", "太仓市", "昆山市"]
"属地别名" = ["昆山开发区=昆山市", "虎丘区=常熟市"]
"""


@dataclass(frozen=True)
class Seed:
    """The sound input in each of its forms."""

    tables: Mapping[str, Table]

    def copy(self) -> dict[str, Table]:
        """Give the tables to be spoilt."""
        return deepcopy(dict(self.tables))

    @cached_property
    def workbook(self) -> bytes:
        """Give the workbook as a spreadsheet program would write it."""
        return _written(self.tables)

    @cached_property
    def parts(self) -> Files:
        """Give the unpacked parts of the workbook."""
        with zipfile.ZipFile(io.BytesIO(self.workbook)) as book:
            return {name: book.read(name) for name in book.namelist()}

    @cached_property
    def csv_files(self) -> Files:
        """Give the same tables as CSV files, and the settings as TOML."""
        return folder_of(self.tables) | {SETTINGS_FILE: TOML.encode()}

    @cached_property
    def samples(self) -> Files:
        """Give workbooks of other formats and programs, where the tests of intake keep any."""
        found = sorted(_SAMPLES.rglob("*")) if _SAMPLES.is_dir() else []
        return {path.name: path.read_bytes() for path in found if path.is_file() and path.suffix in _BOOKS}


_BOOKS = (".xls", ".xlsb", ".ods", ".et", ".xlsx", ".xlsm", ".csv")


def load_seed() -> Seed:
    """Make the sound input."""
    tables: dict[str, Table] = {
        name: [[_of_few(cell) for cell in row] for row in rows_of(name, POLICIES * _MORE.get(name, 1), 132)]
        for name in HEADERS
    }
    tables["保险公司"] = [list(row) for row in rows_of("保险公司", 0, 132)][: len(_FEW) + 1]
    tables["问题"] += [
        ["W-9", "PAZ20243205" + "9" * 10, _FEW[0], "数据录入不规范", None, "电话<录入>有误&未改", None, None, None, None],
        ["W-10", None, _FEW[1], "未明确约定事故预防服务", None, "没有台账", "建账", "2024.9.13", "检查二组", "属实"],
    ]
    policies = tables["保单"]
    policies[2][8], policies[3][14], policies[4][11] = "昆山开发区", "2024.3.1", "１２"
    policies.append(["合计", None, None, None, None, None, None, None, None, None, 99, 90, 3600.5])
    tables["应保单位名册"] = [
        ["单位名称", "曾用名", "统一社会信用代码", "属地", "行业类别", "从业人员数", "状态"],
        *([row[6], None, row[7], row[8], row[9], row[10], "生产"] for row in policies[1:6]),
    ]
    tables["发文信息"] = [["项目", "内容"], *map(list, _SETTINGS)]
    tables["填表说明"] = [["本表由各地填报"], ["联系人：赵示例"]]
    return Seed(tables)


def _of_few(cell: Cell) -> Cell:
    """Give the business of all insurers to a few, for each costs time."""
    return _FEW[INSURERS.index(cell) % len(_FEW)] if cell in INSURERS else cell


def _written(tables: Mapping[str, Table]) -> bytes:
    """Write by xlsxwriter: a merged title over the policies, a hidden sheet and row, a formula with its value."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2024, 8, 9)})
        day_look = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, lines in tables.items():
            sheet = book.add_worksheet(name)
            top = 0
            if name == "保单":
                sheet.merge_range(0, 0, 0, len(lines[0]) - 1, "安责险系统导出表（虚构）")
                top = 1
            for row, line in enumerate(lines, top):
                for column, cell in enumerate(line):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, datetime.combine(cell, datetime.min.time()), day_look)
                    elif isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    elif cell is not None:
                        sheet.write_number(row, column, cell)
            if name == "未全员投保":
                sheet.write_formula(1, 5, "=20+30", None, 50)
            if name == "填表说明":
                sheet.hide()
            if name == "抽查":
                sheet.set_row(3, None, None, {"hidden": True})
    return target.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into a workbook, sizes and checksums right."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for name, content in parts.items():
            book.writestr(undated(name), content, compresslevel=1)
    return target.getvalue()


def workbook_of(tables: Mapping[str, Table]) -> bytes:
    """Write tables into a plain workbook."""
    target = io.BytesIO()
    write_workbook(target, {name: map(tuple, rows) for name, rows in tables.items()})
    return target.getvalue()


def folder_of(tables: Mapping[str, Table]) -> Files:
    """Write tables as CSV files; the settings are left to 发文.toml."""
    return {f"{name}.csv": _csv(rows) for name, rows in tables.items() if name != "发文信息"}


def _csv(rows: Table) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")

