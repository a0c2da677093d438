"""Invented data for a run of as many letters as are wanted: small, quick to make, one or two problems each."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tests.bench.policies import credit_code

SETTINGS = """\
"发文机关" = ["甲市应急管理局", "甲市金融监管分局"]
"机关代字" = "甲应急"
"年份" = 2024
"标题" = "关于安全生产责任保险工作开展情况的通报"
"主送机关" = "各县（市、区）应急管理局"
"数据截止日期" = 2024-08-09
"统计期间" = "2024年上半年"
"印发机关" = "甲市应急管理局办公室"
"整改期限" = 2024-09-13
"联系人" = "张示例"
"联系电话" = "0512-00000132"
"""
_HEADERS = {
    "保险公司": ("简称", "全称", "主送名称"),
    "保单": (
        "保单号", "承保保险公司", "被保险单位", "统一社会信用代码", "属地", "行业类别", "投保人数", "保费（元）",
        "保险起期", "保险止期",
    ),
    "抽查": ("保单号", "抽查日期"),
    "问题": ("问题编号", "保单号", "承保保险公司", "问题类别", "情况说明", "核实结论"),
    "未上传保单": ("保单号", "承保保险公司", "被保险单位", "统一社会信用代码", "属地", "保险起期", "情形"),
    "服务费用核查": ("服务记录编号", "保单号", "承保保险公司", "系统填报金额（元）", "核实金额（元）"),
    "应保未保": ("单位名称", "统一社会信用代码", "属地", "行业类别", "从业人员数", "情形", "原承保保险公司"),
    "未全员投保": ("单位名称", "统一社会信用代码", "属地", "行业类别", "承保保险公司", "从业人员数", "投保人数"),
}
_STEMS, _BRANCHES, _SIGHTS = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "山水石林川原泽岭湾"
LETTERS_AT_MOST = len(_STEMS) * len(_BRANCHES) * len(_SIGHTS)


def write_input(folder: Path, letters: int) -> Path:
    """Write a folder of CSV files by which so many insurers get a letter, the same for each number; return it."""
    folder.mkdir(parents=True)
    for sheet, header in _HEADERS.items():
        with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *_rows(sheet, letters)])
    (folder / "发文.toml").write_text(SETTINGS, encoding="utf-8", newline="\n")
    return folder


def _rows(sheet: str, letters: int) -> Iterator[tuple[object, ...]]:
    for number in range(letters):
        name, policy = _name(number), f"PAZ2024{number:08d}"
        if sheet == "保险公司":
            yield f"{name}财险", f"{name}财产保险股份有限公司甲市分公司", f"{name}财险甲市分公司"
        elif sheet == "保单":
            yield (
                policy, f"{name}财险", f"示例第{number}号纸船厂", credit_code(number), "昆山市", "金属冶炼", 12, 3600,
                "2024-01-01", "2024-12-31",
            )
        elif sheet == "抽查":
            yield policy, "2024-07-01"
        elif sheet == "问题":
            yield f"W-{number}-1", policy, f"{name}财险", "未明确约定事故预防服务", "没有约定服务项目", ""
            if number % 2:
                yield f"W-{number}-2", policy, f"{name}财险", "保额与投保企业人数不匹配", "保额偏低", ""


def _name(number: int) -> str:
    stem, rest = number % len(_STEMS), number // len(_STEMS)
    return f"{_STEMS[stem]}{_BRANCHES[rest % len(_BRANCHES)]}{_SIGHTS[rest // len(_BRANCHES)]}"
