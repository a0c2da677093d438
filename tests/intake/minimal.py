"""A tiny valid input, as tables of text: every sheet with a row or two, nothing to complain about.

A test takes `valid()`, breaks one cell with `put`, writes the folder with `write` and reads it.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Collection
from pathlib import Path
from xml.sax.saxutils import escape

Table = list[list[str]]
Workbook = dict[str, Table]

FIRST_UNIT = "91320500MA00000010"
SECOND_UNIT = "91320500MA00000023"
THIRD_UNIT = "91320500MA00000036"
FOURTH_UNIT = "91320500MA00000049"

SETTINGS = """\
"发文机关" = ["甲市应急管理局", "甲市金融监管分局"]
"机关代字" = "甲应急"
"年份" = 2024
"序号" = 132
"标题" = "关于安全生产责任保险工作开展情况的通报"
"主送机关" = "各县（市、区）应急管理局"
"数据截止日期" = 2024-08-09
"统计期间" = "2024年上半年"
"""


def valid() -> Workbook:
    """Give the canonical sheets, the header row first; optional columns that nothing needs are left out."""
    return {
        "保险公司": [
            ["简称", "全称", "主送名称", "系统内名称"],
            [
                "青松财险",
                "青松财产保险股份有限公司甲市分公司",
                "青松财险甲市分公司",
                "青松财险城东支公司；青松老号",
            ],
            ["白鹭财险", "白鹭财产保险股份有限公司甲市分公司", "", ""],
        ],
        "保单": [
            [
                "保单号",
                "批单号",
                "承保保险公司",
                "被保险单位",
                "统一社会信用代码",
                "属地",
                "行业类别",
                "投保人数",
                "保费（元）",
                "保险起期",
                "保险止期",
            ],
            [
                "P-001",
                "",
                "青松财险",
                "甲市纸船冶炼厂",
                FIRST_UNIT,
                "昆山市",
                "金属冶炼",
                "12",
                "3600.50",
                "2024-01-01",
                "2024-12-31",
            ],
            [
                "P-002",
                "",
                "白鹭财险",
                "甲市风筝加油站",
                SECOND_UNIT,
                "常熟市",
                "加油站",
                "5",
                "1500",
                "2024-03-01",
                "2025-02-28",
            ],
        ],
        "抽查": [["保单号", "抽查日期"], ["P-001", "2024-07-01"]],
        "问题": [
            ["问题编号", "保单号", "承保保险公司", "问题类别", "情况说明", "核实结论"],
            ["W-1", "P-001", "青松财险", "数据录入不规范", "联系电话录入有误", ""],
        ],
        "未上传保单": [
            ["保单号", "承保保险公司", "被保险单位", "统一社会信用代码", "属地", "保险起期", "情形"],
            ["P-900", "白鹭财险", "甲市木马化工厂", FOURTH_UNIT, "太仓市", "2024-02-01", "未上传"],
        ],
        "服务费用核查": [
            ["服务记录编号", "保单号", "承保保险公司", "系统填报金额（元）", "核实金额（元）"],
            ["F-1", "P-001", "青松财险", "800", "600"],
        ],
        "应保未保": [
            ["单位名称", "统一社会信用代码", "属地", "行业类别", "从业人员数", "情形", "原承保保险公司"],
            ["甲市陀螺粉尘厂", THIRD_UNIT, "吴江区", "粉尘企业", "30", "未续保", "青松财险"],
        ],
        "未全员投保": [
            ["单位名称", "统一社会信用代码", "属地", "行业类别", "承保保险公司", "从业人员数", "投保人数"],
            ["甲市风筝加油站", SECOND_UNIT, "常熟市", "加油站", "白鹭财险", "8", "5"],
        ],
    }


def put(workbook: Workbook, sheet: str, header: str, content: str, row: int = 1) -> None:
    """Set one cell; `row` 1 is the first row under the header. A header that is not there is added."""
    table = workbook[sheet]
    if header not in table[0]:
        for number, cells in enumerate(table):
            cells.append(header if number == 0 else "")
    table[row][table[0].index(header)] = content


def write(folder: Path, workbook: Workbook, settings: str | None = SETTINGS) -> Path:
    """Write a folder of CSV files, and 发文.toml unless `settings` is None; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in workbook.items():
        write_csv(folder / f"{name}.csv", table)
    if settings is not None:
        (folder / "发文.toml").write_text(settings, encoding="utf-8", newline="\n")
    return folder


def write_csv(path: Path, table: Table) -> None:
    """Write one CSV in UTF-8, the same bytes on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)


_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_workbook(
    path: Path,
    workbook: Workbook,
    *,
    hidden_sheets: Collection[str] = (),
    hidden_rows: Collection[int] = (),
    merges: Collection[str] = (),
) -> None:
    """Write an .xlsx, the same bytes on every system; rows and merges (A2:A3) are those of every sheet.

    A cell that begins with = is a formula without a stored value, every other a text.
    """
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    listed, linked = "", ""
    for number, (name, table) in enumerate(workbook.items(), 1):
        state = ' state="hidden"' if name in hidden_sheets else ""
        listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        linked += (
            f'<Relationship Id="rId{number}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = _worksheet(table, hidden_rows, merges)
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{listed}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{linked}</Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + xml)


def _worksheet(table: Table, hidden_rows: Collection[int], merges: Collection[str]) -> str:
    rows = ""
    for number, cells in enumerate(table, 1):
        hidden = ' hidden="1"' if number in hidden_rows else ""
        written = "".join(_cell(f"{chr(ord('A') + at)}{number}", text) for at, text in enumerate(cells) if text)
        rows += f'<row r="{number}"{hidden}>{written}</row>'
    merged = "".join(f'<mergeCell ref="{block}"/>' for block in merges)
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>' + (
        f"<mergeCells>{merged}</mergeCells></worksheet>" if merged else "</worksheet>"
    )


def _cell(address: str, text: str) -> str:
    if text.startswith("="):
        return f'<c r="{address}"><f>{escape(text[1:])}</f></c>'
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
