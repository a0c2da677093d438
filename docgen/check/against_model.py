"""Hold a finished DOCX or PDF, which somebody may have edited or an office's OA set anew, against the paper's model. Pure.

Every value, text, row and cell that differs is told. What an OA may set itself is only remarked: 版头 and 版记, the
number and dates that a 送审稿 leaves open, annexes that are files of their own. Page numbers are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.check.differences import Difference, differences
from docgen.check.figures_told import compared
from docgen.check.rules.text.run_tables import tables_differ
from docgen.check.run import RunPaper
from docgen.check.seen import Paper
from docgen.check.told_texts import BODY, Told, told_by_docx, told_by_model, told_by_pdf
from docgen.gongwen import Document

_SET_BY_OA = frozenset({"份号", "紧急程度", "发文机关标志", "签发人", "抄送", "版记主送", "印发机关"})
"""Of 版头 and 版记 what says nothing of the paper's content."""
_AT_THE_EDGES = _SET_BY_OA | {"密级", "发文字号", "印发日期"}
_OF_ANNEXES = frozenset({"附件", "附件标题"})
_OPEN = re.compile(r"(?<=〕)(?=号)|(?<=年)(?=月)|(?<=月)(?=日)")
"""Where a 送审稿 leaves a serial, a month or a day open."""
_OPEN_DATE = re.compile(r"\d{4}年月日(印发)?")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(印发)?")
"""A paper of late December may be signed in the new year."""


CELL = "表"
"""The name of a deviation that is a table's; its words are whole sentences."""


@dataclass(frozen=True)
class Deviation:
    """One thing that a paper says otherwise than its run: where, what it says, what the run says, “” for nothing.

    `name` is the value's, where it is one. A remark is what an office may well do.
    """

    where: str
    found: str
    expected: str
    name: str = ""
    is_remark: bool = False


def deviations(document: Document, made: RunPaper, paper: Paper) -> Iterator[Deviation]:
    """Name all that a file says otherwise. `made` is the same paper as its manifest has it; its tables name a PDF's cells."""
    is_pdf = paper.pdf is not None
    expected = list(told_by_model(document))
    found = _as_placed(expected, list(told_by_pdf(paper) if is_pdf else told_by_docx(paper)))
    if is_pdf:
        expected, found = _without_tables(expected), _without_tables(found)
    gone = _missing_parts(expected, found)
    yield from _of_missing(gone, expected, found)
    expected = [one for one in expected if one.annex not in gone or (not one.annex and one.element in _AT_THE_EDGES)]
    shown = {one.element for one in found}
    edges = []
    for difference in differences("", expected, found):
        for one in _of_difference(difference, shown):
            if one.is_remark and not one.found:
                edges.append(one.where)
            else:
                yield one
    if edges:
        yield Deviation("版头、版记", "", "、".join(edges), is_remark=True)
    if is_pdf:
        for cell in tables_differ(made, paper):
            yield Deviation(f"第 {cell.page} 页" if cell.page else "全文", cell.found, cell.expected, name=CELL)


def _without_tables(told: Sequence[Told]) -> list[Told]:
    """Leave out tables, whose rows a page does not show; the notes under one are then told as one text."""
    return [
        replace(one, element="表下的注") if one.element == "表注" else one for one in told if one.element != "表"
    ]


def _as_placed(expected: Sequence[Told], found: Sequence[Told]) -> list[Told]:
    """Number a file's annexes as the run does: by title, else by label, else by place; what is unknown may be text."""
    places: dict[int, int] = {}
    for annex in dict.fromkeys(one.annex for one in found if one.annex):
        words = {(one.element, one.words) for one in found if one.annex == annex and one.element in _OF_ANNEXES}
        for element in ("附件标题", "附件"):
            known = [one.annex for one in expected if one.element == element and (element, one.words) in words]
            places.setdefault(annex, known[0]) if known else None
    return [
        replace(one, annex=places.get(one.annex, one.annex), element=BODY if one.element == "其他" else one.element)
        for one in found
    ]


def _missing_parts(expected: Sequence[Told], found: Sequence[Told]) -> tuple[int, ...]:
    """Give the annexes that are not in the file, 0 for the paper itself."""
    here = {one.annex for one in found if one.element not in _AT_THE_EDGES}
    return tuple(sorted({one.annex for one in expected} - here))


def _of_missing(gone: Sequence[int], expected: Sequence[Told], found: Sequence[Told]) -> Iterator[Deviation]:
    """Tell what parts are missing; an OA keeps annexes as files of their own: then none is there, or none but they."""
    names = [f"附件{annex}" if annex else "正文" for annex in gone]
    if 0 in gone or not any(one.annex for one in found):
        yield from [Deviation("全文", "", "、".join(names), is_remark=True)] if names else ()
        return
    for annex, name in zip(gone, names, strict=True):
        title = next((one.words for one in expected if one.annex == annex and one.element == "附件标题"), "")
        yield Deviation(name, "", str(title))


def _of_difference(difference: Difference, shown: Collection[str]) -> Iterator[Deviation]:
    told, found, expected = difference.told, difference.found, difference.expected
    assert told is not None, "a difference of texts knows its text"
    if told.figures and found and expected:
        of_text = compared(told, found)
        yield from (Deviation(difference.where, one.found, one.expected, one.name) for one in of_text.values)
        if of_text.put_right == expected:
            return
        found = of_text.put_right
    if told.element == "发文机关标志" and sorted(found) == sorted(expected):
        return  # 文件 stands between the names of two agencies
    is_remark = _is_expected(told.element, found, expected, shown)
    yield Deviation(difference.where, found, expected, is_remark=is_remark)


def _is_expected(element: str, found: str, expected: str, shown: Collection[str]) -> bool:
    """Tell whether an office may well have done this."""
    if element in _SET_BY_OA or (found and _is_filled_in(found, expected)):
        return True
    has_head, has_imprint = "发文机关标志" in shown, "印发机关" in shown
    return not found and ((element == "发文字号" and not has_head) or (element == "印发日期" and not has_imprint))


def _is_filled_in(found: str, expected: str) -> bool:
    """Tell whether a text is the run's with its open number and dates written in."""
    if _OPEN_DATE.fullmatch(expected):
        return _DATE.fullmatch(found) is not None
    parts = [re.escape(part) for part in _OPEN.split(expected)]
    return len(parts) > 1 and re.fullmatch(r"\d{1,4}".join(parts), found) is not None
