"""The figures that fixtures/messy/README.md counts by hand recount from its files, without docgen's code."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
from openpyxl import load_workbook

MESSY = Path(__file__).resolve().parent.parent / "fixtures" / "messy"
CUTOFF = date(2024, 8, 9)
SHORT_NAMES = {
    "甲山财险昆山支公司": "甲山财险",
    "甲山财产保险股份有限公司苏州分公司": "甲山财险",
    "太初财险苏州": "太初",
    "太初财产常熟支公司": "太初",
    "太初洋财险苏州": "太初洋",
}

Row = dict[str, object]


def stated(heading: str) -> dict[str, list[str]]:
    """The table of README.md whose header begins with this word, by its first column."""
    lines = (MESSY / "README.md").read_text("utf-8").split(f"\n| {heading} |", 1)[1].splitlines()[2:]
    table = {}
    for line in lines:
        if not line.startswith("|"):
            break
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        table[name] = cells
    return table


def rows(lines: Iterable[Iterable[object]], key: str) -> list[Row]:
    """The rows under the header, which is the first line that has this column; blanks around texts go."""
    table = [["" if cell is None else str(cell).strip() if isinstance(cell, str) else cell for cell in line]
             for line in lines]
    top = next(place for place, line in enumerate(table) if key in line)
    return [dict(zip(table[top], line, strict=True)) for line in table[top + 1:]]


def sheet(name: str, key: str, *books: str) -> list[Row]:
    found: list[Row] = []
    for book in books:
        found += rows(load_workbook(MESSY / book)[name].values, key)
    return found


def comma_separated(name: str, encoding: str, key: str) -> list[Row]:
    text = (MESSY / name).read_bytes().decode(encoding)
    return rows(csv.reader(io.StringIO(text)), key)


def day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    text = normalize("NFKC", str(cell))
    parts = re.findall(r"\d+", text)
    return date(*map(int, parts)) if len(parts) == 3 else datetime.strptime(text, "%Y%m%d").date()


def amount(cell: object) -> float:
    return float(normalize("NFKC", str(cell)).replace(",", ""))


def insurer(row: Row) -> str:
    return SHORT_NAMES.get(row["承保保险公司"], row["承保保险公司"])


def policies() -> list[Row]:
    """Each policy, unit and insurer after its latest endorsement, when it is in force."""
    newest: dict[tuple[object, ...], Row] = {}
    for row in sheet("保单", "保单号", "保险公司与保单.xlsx"):
        row["统一社会信用代码"] = normalize("NFKC", row["统一社会信用代码"])
        key = (row["保单号"], row["统一社会信用代码"], insurer(row))
        if key not in newest or newest[key]["批单号"] < row["批单号"]:
            newest[key] = row
    return [
        row for row in newest.values()
        if row["保单状态"] in ("", "有效") and day(row["保险起期"]) <= CUTOFF <= day(row["保险止期"])
    ]


def leading(found: list[Row]) -> list[Row]:
    return [row for row in found if row["共保角色"] != "从共"]


def problem_policies(*kinds: str) -> int:
    problems = sheet("问题", "问题编号", "抽查与问题.xlsx")
    return len({
        row["保单号"] for row in problems
        if row["保单号"] and row["核实结论"] != "撤销" and row["问题类别"] in kinds
    })


@pytest.fixture(scope="module")
def recounted() -> dict[str, int]:
    counted = leading(policies())
    industry: dict[object, str] = {}
    for row in counted:
        industry.setdefault(row["统一社会信用代码"], row["行业类别"])
    kinds = ("未规范使用保险方案及费率机制", "未明确约定事故预防服务", "保额与投保企业人数不匹配")
    uploads = comma_separated("未上传保单.csv", "gb18030", "保单号")
    fees = comma_separated("服务费用核查.csv", "utf-8-sig", "保单号")
    differing = [row for row in fees if amount(row["系统填报金额（元）"]) != amount(row["核实金额（元）"])]
    return {
        "投保单位数": len(industry),
        **Counter(industry.values()),
        "烟花爆竹批发": list(industry.values()).count("烟花爆竹批发"),
        "承保保险公司数": len({insurer(row) for row in policies()}),
        "保障从业人员数": sum(int(row["投保人数"]) for row in counted),
        "抽查保单数": len({row["保单号"] for row in sheet("抽查", "保单号", "抽查与问题.xlsx")}),
        "问题保单数": problem_policies(*kinds),
        "未规范使用方案保单数": problem_policies(kinds[0]),
        "未约定预防服务保单数": problem_policies(kinds[1]),
        "保额人数不符保单数": problem_policies(kinds[2]),
        "录入不规范保单数": problem_policies("数据录入不规范"),
        "未上传保单数": [row["情形"] for row in uploads].count("未上传"),
        "服务费用不符记录数": len(differing),
        "应保未保单位数": len(sheet("应保未保", "单位名称", "昆山市上报.xlsx", "其他地区上报.xlsx")),
        "未全员投保单位数": len(sheet("未全员投保", "单位名称", "抽查与问题.xlsx")),
    }


def test_the_figures_counted_by_hand_recount_from_the_files(recounted: dict[str, int]) -> None:
    assert recounted == {name: int(cells[0]) for name, cells in stated("数字").items()}


def test_the_annex_by_insurer_recounts_from_the_files() -> None:
    in_force = policies()
    for name, (units, people, premium, fee, _) in stated("保险公司").items():
        own = [row for row in in_force if name in (insurer(row), "合计")]
        assert [int(units), int(people), int(premium), int(fee)] == [
            len({row["统一社会信用代码"] for row in leading(own)}),
            sum(int(row["投保人数"]) for row in leading(own)),
            sum(row["保费（元）"] for row in own),
            sum(row["事故预防服务费（元）"] for row in own),
        ], name


def test_there_are_three_insurers_and_about_thirty_policies() -> None:
    assert len(sheet("保险公司", "简称", "保险公司与保单.xlsx")) == 3
    exported = sheet("保单", "保单号", "保险公司与保单.xlsx")
    assert (len(exported), len({row["保单号"] for row in exported})) == (40, 31)


def test_a_text_that_begins_like_a_formula_is_a_text() -> None:
    cells = [
        cell
        for path in sorted(MESSY.glob("*.xlsx"))
        for tab in load_workbook(path)
        for line in tab.iter_rows()
        for cell in line
        if str(cell.value).startswith("=")
    ]
    assert len(cells) == 3
    assert {cell.data_type for cell in cells} == {"s"}
