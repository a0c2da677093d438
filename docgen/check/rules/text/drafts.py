"""Tell a draft (送审稿) from a paper that was issued, and find what is still open in either.

A draft has no number yet: its 发文字号 has a blank where the serial will stand. What is open in it is no fault; in a
paper with its number it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade
from docgen.check.rules.text.reading import bare, joined, within
from docgen.check.seen import Paper

OPEN_NUMBER = re.compile(r"[〔\[【(（［]\d*[〕\]】)）］]第?[×xXＸ*＊_＿—－-]*号")
"""A 发文字号 whose serial is still open, blanks left out."""
OPEN_DATE = re.compile(r"(?:\d{4}|[×xXＸ_＿]*)年[×xXＸ_＿]*月[×xXＸ_＿]*日(?:印发)?")
_MARK = re.compile(r"【\s*(?:待补|待核|待定|待填)[^】]*】?")


def is_draft(paper: Paper) -> bool:
    """Whether the paper has no number yet; one without a place for it is a draft when its date is open."""
    number = joined(paper, "发文字号")
    return bool(OPEN_NUMBER.search(number) if number else OPEN_DATE.fullmatch(joined(paper, "成文日期")))


def nothing_is_open(paper: Paper) -> Iterator[Found]:
    """条例 19: 内容准确、完备；定稿没有【待补】【待核】和空着的文号、日期。"""
    grade = Grade.INFO if is_draft(paper) else None
    for element in paper.elements:
        marks = list(_MARK.finditer(element.text))
        if marks:
            more = f"，本处共 {len(marks)} 个" if len(marks) > 1 else ""
            yield within(
                element, *marks[0].span(), f"还有“{marks[0][0]}”{more}", "定稿没有待补、待核之处", "补上或核实后重新生成", grade
            )
        is_number = element.name == "发文字号" and OPEN_NUMBER.search(bare(element.text))
        is_date = element.name in ("成文日期", "印发日期") and OPEN_DATE.fullmatch(bare(element.text))
        if is_number or is_date:
            yield within(
                element, 0, len(element.text),
                f"{element.name}还空着：“{element.text.strip()}”", f"{element.name}写全",
                "签发、编号之后填上", grade,
            )


RULES = (rule("PLACEHOLDER", nothing_is_open),)
