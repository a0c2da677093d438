"""TXT-SUM in tables: the 合计 row of a table is the sum of its column.

Seen in a DOCX, where a table has rows and columns. Counts and money are added; rates, dates and texts are let be, and
so are a table with 小计 and a column of which a note says how it is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.check.catalogue import DOCX, rule
from docgen.check.finding import Found
from docgen.check.rules.text.reading import bare, within
from docgen.check.seen import Element, Paper

_TOTALS = ("合计", "总计", "共计")
_SUBTOTAL = re.compile(r"小计|其中|累计")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_EMPTY = ("", "—", "－", "-", "/", "无")
_RATE = re.compile(r"率|比例|占比|比重|平均|人均|均值|%|％|序号|年度|年份|排名|得分|评分")
_DOUBT = re.compile(r"【[^】]*】|↓")
_OTHERWISE = re.compile(r"去重|重复|只计一次|不等于|不是.{0,6}之和")


def totals_are_those_of_their_columns(paper: Paper) -> Iterator[Found]:
    """条例 19: 内容准确；表里的合计等于该列各行之和。"""
    for table in paper.word.tables if paper.word else ():
        element = next(
            (one for one in paper.of("表") if one.paragraphs and one.paragraphs[0].in_table == table.number), None
        )
        if element is not None:
            notes = "".join(bare(one.text) for one in paper.of("表注") if one.annex == element.annex)
            yield from _totals_add_up(element, [[_cell(text) for text in row] for row in table.rows], table.head_rows, notes)


def _cell(text: str) -> str:
    return _DOUBT.sub("", bare(text))


def _totals_add_up(element: Element, rows: Sequence[Sequence[str]], heads: int, notes: str) -> Iterator[Found]:
    heads = max(1, heads)
    totals = [place for place, row in enumerate(rows) if place >= heads and any(cell in _TOTALS for cell in row[:3])]
    is_plain = not any(_SUBTOTAL.search(cell) for row in rows for cell in row[:3])
    if len(totals) != 1 or not is_plain or len({len(row) for row in rows}) != 1:
        return
    own = rows[totals[0] + 1 :] if totals[0] == heads else rows[heads : totals[0]]
    if len(own) < 2 or len(own) + heads + 1 != len(rows):
        return
    for column, total in enumerate(rows[totals[0]]):
        header = "".join(row[column] for row in rows[:heads])
        is_counted = _RATE.search(header) is None and not (header and header in notes and _OTHERWISE.search(notes))
        cells = [row[column] for row in own]
        if is_counted and _NUMBER.fullmatch(total) and all(cell in _EMPTY or _NUMBER.fullmatch(cell) for cell in cells):
            parts = sum((_value(cell) for cell in cells), Decimal(0))
            if parts != _value(total):
                at = element.text.rfind(total)
                yield within(
                    element, max(0, at), max(0, at) + len(total), f"“{header}”各行之和是 {parts}，合计写的是 {total}",
                    "合计等于各行之和", "核对合计和各行；合计另有算法的，在表下注明",
                )


def _value(cell: str) -> Decimal:
    return Decimal(0) if cell in _EMPTY else Decimal(cell.replace(",", ""))


RULES = (rule("TXT-SUM", totals_are_those_of_their_columns, DOCX),)
