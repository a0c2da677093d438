"""Tell what a check found: in words for the clerk, as plain data for other programs; and the table of all rules."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category

from docgen import __version__
from docgen.check.catalogue import DOCX, PDF, RULE_IDS, spec_of
from docgen.check.finding import Finding, Found, Grade
from docgen.check.inspect import Report

FORMAT = 1
"""The layout of the JSON; a key once in it keeps its name and meaning."""
GRADES = {Grade.ERROR: "错误", Grade.WARNING: "警告", Grade.INFO: "提示"}


def place_in_words(found: Found) -> str:
    """Say where it is: 第 2 页距左 28.0 毫米、距上 104.9 毫米; 第 5 段; 全文."""
    if found.page is not None and found.box is not None:
        return f"第 {found.page} 页（距左 {found.box.left:.1f} 毫米、距上 {found.box.top:.1f} 毫米）"
    if found.page is not None:
        return f"第 {found.page} 页"
    return f"第 {found.paragraph} 段" if found.paragraph is not None else "全文"


def in_words(finding: Finding) -> str:
    """Say all of a finding: rule, clause, place, words, what was found, what is right, what to do."""
    at = finding.at
    quote = f"“{at.quote}”" if at.quote else ""
    return on_one_line(
        f"{finding.rule.id}（{clause_in_words(finding.rule.clause)}）{place_in_words(at)}{quote}：{at.found}。"
        f"应为：{at.expected}。处理：{at.remedy}。"
    )


def on_one_line(words: str) -> str:
    """Put blanks for line ends and control characters, which a file may hold and a screen would obey."""
    return "".join(" " if category(char) in ("Cc", "Zl", "Zp") else char for char in words)


def clause_in_words(clause: str) -> str:
    """Name a clause: of GB/T 9704-2012 where it is a bare number."""
    return f"GB/T 9704 {clause}" if clause[:1].isdigit() else clause


def count_in_words(report: Report) -> str:
    """Count by grade: 错误 1 处，提示 2 处."""
    told = [f"{word} {report.count(grade)} 处" for grade, word in GRADES.items() if report.count(grade)]
    return "，".join(told) or "没有发现问题"


def as_data(name: str, report: Report) -> dict[str, object]:
    """Give a report as plain data."""
    return {
        "文件": name,
        "种类": report.kind,
        "页数": report.pages,
        "送审稿": report.is_draft,
        "错误": report.count(Grade.ERROR),
        "警告": report.count(Grade.WARNING),
        "提示": report.count(Grade.INFO),
        "发现": [_finding(finding) for finding in report.findings],
        "没有认出": list(report.unidentified),
        "另请注意": list(report.remarks),
    }


def unread_data(name: str, message: str, remedy: str) -> dict[str, object]:
    """Give a file that could not be read as plain data."""
    return {"文件": name, "读不了": message, "处理": remedy}


def all_data(files: list[dict[str, object]]) -> dict[str, object]:
    """Give the whole answer as plain data."""
    return {"格式": FORMAT, "docgen": __version__, "文件": files}


def _finding(finding: Finding) -> dict[str, object]:
    at, box = finding.at, finding.at.box
    return {
        "规则": finding.rule.id,
        "条款": clause_in_words(finding.rule.clause),
        "轻重": finding.grade.value,
        "要求": finding.rule.title,
        "页": at.page,
        "位置": [round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom)] if box else None,
        "段": at.paragraph,
        "原文": at.quote,
        "发现": at.found,
        "应为": at.expected,
        "处理": at.remedy,
    }


@dataclass(frozen=True)
class RuleRow:
    """A rule as the table of rules shows it, and the files in which it is seen."""

    id: str
    clause: str
    grade: Grade
    title: str
    kinds: frozenset[str]
    remark: str = ""

    @property
    def where(self) -> str:
        """Say in which kinds of file it is seen."""
        kinds = "、".join(kind.upper() for kind in (PDF, DOCX) if kind in self.kinds)
        return kinds + (f"（{self.remark}）" if kinds and self.remark else self.remark)


def rule_rows() -> list[RuleRow]:
    """List every rule of the catalogue, in its order."""
    from docgen.check.rules import RULES
    from docgen.check.rules.text.against_register import NEED_REGISTER
    from docgen.check.rules.text.against_run import NEED_RUN

    seen: dict[str, frozenset[str]] = {}
    for rule in RULES:
        seen[rule.id] = seen.get(rule.id, frozenset()) | rule.kinds
    asked = dict.fromkeys(NEED_RUN, "加 --figures") | dict.fromkeys(NEED_REGISTER, "加 --register")
    for name in asked:
        seen[name] = frozenset((PDF, DOCX))
    rows = []
    for name in RULE_IDS:
        spec = spec_of(name)
        kinds = seen.get(name, frozenset())
        rows.append(RuleRow(name, spec.clause, spec.grade, spec.title, kinds, asked.get(name, "")))
    return rows
