"""Make figures, settings and drafts for the tests. Every company here is invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from docgen.drafting import Draft, draft_circular, draft_letter
from docgen.errors import Place, Problem, Severity
from docgen.figures.extract import AnnexTable, InsurerExtract
from docgen.figures.figure import Figure
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.settings import Settings

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
CIRCULAR = (TEMPLATES / "circular.txt").read_text(encoding="utf-8")
LETTER = (TEMPLATES / "insurer_letter.txt").read_text(encoding="utf-8")
SHARED_LETTER = (TEMPLATES / "insurer_letter_shared.txt").read_text(encoding="utf-8")

INDUSTRIES = {
    "金属冶炼": 467, "危险化学品": 449, "烟花爆竹批发": 6, "医药": 40, "加油站": 593,
    "使用危化的其他重点企业": 768, "粉尘企业": 36, "其他": 290,
}
CIRCULAR_COUNTS = {
    "投保单位数": 2649, "分行业投保单位数": 2649, "承保保险公司数": 21, "保障从业人员数": 259347,
    "抽查保单数": 1448, "问题保单数": 141, "未规范使用方案保单数": 77, "未约定预防服务保单数": 49,
    "保额人数不符保单数": 15, "录入不规范保单数": 11, "其他类别保单数": 0, "未上传保单数": 68, "逾期上传保单数": 0,
    "服务费用不符记录数": 139, "服务费不足保险公司数": 0, "应保未保单位数": 37, "未全员投保单位数": 60,
}
LETTER_COUNTS = {
    "承保单位数": 120, "抽查保单数": 60, "问题保单数": 10, "问题数": 12, "未规范使用方案保单数": 7,
    "未约定预防服务保单数": 3, "保额人数不符保单数": 0, "录入不规范保单数": 1, "其他类别保单数": 0,
    "未上传保单数": 4,
    "逾期上传保单数": 0, "服务费用不符记录数": 0, "未全员投保单位数": 2, "另定期限问题数": 0,
    "保费合计": 1_000_000_00, "服务费合计": 200_000_00, "服务费占保费比例": 200, "服务费差额": 0,
}
A_SHORTFALL = {"服务费合计": 188_500_50, "服务费占保费比例": 188, "服务费差额": 11_499_50}
UNITS = {
    "保障从业人员数": "人", "服务费用不符记录数": "条", "问题数": "个", "另定期限问题数": "个",
    "保费合计": "分", "服务费合计": "分", "服务费占保费比例": "‰", "服务费差额": "分",
}
_FAULTY = ("未规范使用方案保单数", "未约定预防服务保单数", "保额人数不符保单数")
A_DOUBT = Problem("bad-code", Severity.DOUBTFUL, Place(file="检查数据.xlsx"), "校验位不符", "相符", "核对")


def figure(
    name: str, value: int, parts: dict[str, int] | None = None, *, is_doubtful: bool = False
) -> Figure:
    unit = UNITS.get(name, "家" if "单位数" in name or "公司数" in name else "份")
    terms = tuple(Figure(part, count, unit, "", ()) for part, count in (parts or {}).items())
    return Figure(name, value, unit, "", (), terms, (A_DOUBT,) if is_doubtful else ())


def settings(**changed: Any) -> Settings:
    return Settings(**({
        "issuers": ("苏州市应急管理局", "国家金融监督管理总局苏州监管分局"),
        "issuer_short_names": ("市应急管理局", "苏州金融监管分局"),
        "agency_code": "苏应急", "year": 2024, "serial": 132,
        "title": "关于重点行业领域工矿企业安全生产责任保险工作开展情况的通报",
        "addressees": "各县（市、区）应急管理局，各财产保险公司",
        "signing_date": date(2024, 8, 15), "printing_date": date(2024, 8, 16),
        "printing_office": "苏州市应急管理局办公室", "copy_to": ("市政府办公室",),
        "cutoff": date(2024, 8, 9), "period": "2024年上半年", "mend_by": date(2024, 9, 13),
        "contact": "张示例", "phone": "0512-00000000",
        "letter_copy_to": ("国家金融监督管理总局苏州监管分局",),
    } | changed))


def a_table(caption: str = "") -> Table:
    return Table((TableColumn("单位名称", CellKind.TEXT, 10),), ((Cell("甲示例厂"),),), caption=caption)


def circular(
    fees: dict[str, int] | None = None, template: str = CIRCULAR, others: dict[str, int] | None = None,
    **counts: int,
) -> Draft:
    """Draft the circular with the seed's counts, some of them changed.

    `fees` are records by insurer, `others` policies by further kind of problem.
    """
    given = CIRCULAR_COUNTS | {"其他类别保单数": sum((others or {}).values())} | counts
    by_insurer = {"甲山财险": given["服务费用不符记录数"]} if fees is None else fees
    given["服务费用不符记录数"] = sum(by_insurer.values())
    parts = {
        "分行业投保单位数": INDUSTRIES,
        "问题保单数": {name: given[name] for name in _FAULTY},
        "服务费用不符记录数": by_insurer,
        "其他类别保单数": others,
    }
    figures = {name: figure(name, value, parts.get(name)) for name, value in given.items()}
    return draft_circular(figures, (), settings(), template)


def extract(
    short: str = "甲山财险", others: dict[str, int] | None = None, **counts: int
) -> InsurerExtract:
    """Make one insurer's extract; `others` are policies by further kind of problem."""
    given = LETTER_COUNTS | {"其他类别保单数": sum((others or {}).values())} | counts
    parts = {"问题保单数": {name: given[name] for name in _FAULTY}, "其他类别保单数": others}
    return InsurerExtract(
        short_name=short, full_name=f"{short}股份有限公司苏州分公司", addressee=f"{short}苏州分公司",
        contact="", phone="",
        figures={name: figure(name, value, parts.get(name)) for name, value in given.items()},
        problem_tables=(a_table("检查发现问题清单"), a_table("未上传系统保单清单")),
        reply_table=a_table(), policy_numbers=frozenset(),
    )


def letter(template: str = LETTER, others: dict[str, int] | None = None, **counts: int) -> Draft:
    """Draft the letter to 甲山财险."""
    return draft_letter(extract(others=others, **counts), settings(), template)


def annexes(count: int) -> tuple[AnnexTable, ...]:
    return tuple(AnnexTable(f"第{number}张表", (a_table(),)) for number in range(1, count + 1))


def text(draft: Draft) -> str:
    """Join the paragraphs of the body; the draft must have been made."""
    assert draft.document is not None, [str(problem) for problem in draft.problems]
    return "\n".join(paragraph.text for paragraph in draft.document.body)


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.where.line) for problem in problems]
