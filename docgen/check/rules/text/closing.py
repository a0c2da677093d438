"""The rules of 署名, 成文日期, 附注 and 版记 that their text shows (7.3.5, 7.3.6, 7.4, 10.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from docgen.check.catalogue import rule
from docgen.check.finding import Found
from docgen.check.rules.text.drafts import OPEN_DATE
from docgen.check.rules.text.reading import bare, joined, whole
from docgen.check.seen import Element, Paper

_DATE = re.compile(r"(20\d\d)年(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
_POST = re.compile(r".*(?:长|主任|书记|主席|总理|署长|秘书长|理事)")
_BRACKETED = re.compile(r"（.+）", re.DOTALL)
_PLACEHOLDER = re.compile(r"【.*】")


def _day(text: str) -> date | None:
    match = _DATE.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def date_is_written_in_full(paper: Paper) -> Iterator[Found]:
    """7.3.5.4: 成文日期用阿拉伯数字，年、月、日标全，年份标全称，月、日不编虚位。"""
    dates = [element for element in paper.of("成文日期") if not element.annex]
    for element in dates:
        yield from _date_has_its_form(element, bare(element.text))
    names = [element for element in paper.of("署名") if not element.annex]
    if names and not dates:
        yield whole(names[-1], "有署名，没有成文日期", "署名之下写成文日期，如 2024年8月9日", "填上成文日期")


def _date_has_its_form(element: Element, text: str) -> Iterator[Found]:
    if OPEN_DATE.fullmatch(text) or _PLACEHOLDER.fullmatch(text):
        return
    if not _DATE.fullmatch(text):
        yield whole(
            element, f"{element.name}写作“{text}”", "阿拉伯数字写全，月、日不编虚位，如 2024年8月9日", "改成规定的写法"
        )
    elif _day(text) is None:
        yield whole(element, f"没有“{text}”这一天", "确有的日期", "核对后改正")


def names_are_those_of_the_mark(paper: Paper) -> Iterator[Found]:
    """7.3.5: 署名用发文机关全称或规范化简称；联合行文署全部机关，次序与发文机关标志相同。"""
    marks = [_of_the_mark(element) for element in paper.of("发文机关标志")]
    marks = [mark for mark in marks if mark]
    elements = [element for element in paper.of("署名") if not element.annex and bare(element.text)]
    names = [bare(element.text) for element in elements]
    if not marks or not elements or any(_POST.fullmatch(name) or _PLACEHOLDER.search(name) for name in names):
        return
    whole_mark, whole_name = "".join(marks), "".join(names)
    if whole_name == whole_mark or _same_pieces(marks, names):
        yield from _in_order(marks, names, elements)
        return
    for element, name in zip(elements, names, strict=True):
        if len(marks) > 1 and not any(_is_short_for(name, mark) or name in mark for mark in marks):
            yield whole(element, f"署名“{name}”不是发文机关标志里的机关", f"与标志一致：{'、'.join(marks)}", "改成一致")
    missing = [mark for mark in marks if not _is_signed(mark, names)]
    if missing:
        yield whole(
            elements[0], f"署名“{'、'.join(names)}”里没有发文机关标志上的“{'、'.join(missing)}”",
            f"与标志一致：{'、'.join(marks)}", "改成一致；标志用简称的，署名用全称或同一简称",
        )
    else:
        yield from _in_order(marks, names, elements)


def _of_the_mark(element: Element) -> str:
    return re.sub(r"(?:文件|[（(]函[）)])$", "", bare(element.text))


def _same_pieces(marks: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether both are the same characters, a long name being signed in two lines beside a short one."""
    return sorted("".join(marks)) == sorted("".join(names)) and all(
        any(name in mark for mark in marks) for name in names
    )


def _is_signed(mark: str, names: Sequence[str]) -> bool:
    return any(_is_short_for(name, mark) or _is_short_for(mark, name) for name in names) or any(
        one + other == mark for one in names for other in names
    )


def _is_short_for(short: str, full: str) -> bool:
    """Tell whether a name is another's short form: its characters, in order."""
    rest = iter(full)
    return all(char in rest for char in short)


def _in_order(marks: Sequence[str], names: Sequence[str], elements: Sequence[Element]) -> Iterator[Found]:
    places = [marks.index(name) for name in names if name in marks]
    if any(later < earlier for earlier, later in pairwise(places)) or (
        len(places) == len(names) < len(marks) and "".join(names) != "".join(marks[: len(names)])
    ):
        yield whole(elements[0], f"署名次序是“{'、'.join(names)}”", f"与标志相同：{'、'.join(marks)}", "主办机关在前，按标志的次序排")


def note_stands_in_brackets(paper: Paper) -> Iterator[Found]:
    """7.3.6: 附注加圆括号编排在成文日期下一行。"""
    for element in paper.of("附注"):
        if not _BRACKETED.fullmatch(element.text.strip()):
            yield whole(element, f"附注写作“{element.text.strip()[:20]}”", "加全角圆括号，如（此件公开发布）", "用（）括起来")
    order = [element for element in paper.elements if element.name in ("附注", "成文日期") and not element.annex]
    if order and order[0].name == "附注" and len(order) > 1:
        yield whole(order[0], "附注在成文日期之前", "附注在成文日期下一行", "移到成文日期之下")


def copies_go_to_a_closed_list(paper: Paper) -> Iterator[Found]:
    """7.4.2: “抄送”后标全角冒号，机关之间用逗号，最后一个机关名称后标句号。"""
    yield from _is_a_closed_list(paper.of("抄送"), "抄送")


def moved_addressees_are_a_closed_list(paper: Paper) -> Iterator[Found]:
    """7.4.2: 主送移入版记的，编排方法同抄送，在抄送之上。"""
    yield from _is_a_closed_list(paper.of("版记主送"), "主送")
    order = [element for element in paper.elements if element.name in ("版记主送", "抄送")]
    if order and order[-1].name == "版记主送" and len(order) > 1:
        yield whole(order[-1], "主送在抄送之下", "主送在抄送之上一行", "调换次序")


def _is_a_closed_list(elements: Sequence[Element], label: str) -> Iterator[Found]:
    if not elements:
        return
    first, last = bare(elements[0].text), bare(elements[-1].text)
    if not first.startswith(f"{label}："):
        yield whole(elements[0], f"{label}开头写作“{first[:4]}”", f"{label}：，冒号用全角", f"改成“{label}：”")
    if not last.endswith("。"):
        yield whole(elements[-1], f"{label}末尾是“{last[-1:]}”", "最后一个机关名称后用句号", "末尾加“。”")
    marks = re.search(r"[,;；]|[。](?=.)", "".join(bare(element.text) for element in elements))
    if marks:
        yield whole(elements[0], f"{label}的机关之间用了“{marks[0]}”", "机关之间用“，”", "改成全角逗号")


def printing_is_told(paper: Paper) -> Iterator[Found]:
    """7.4.3: 印发机关和印发日期；日期用阿拉伯数字写全，后加“印发”，不早于成文日期。"""
    offices, dates = paper.of("印发机关"), paper.of("印发日期")
    for element in dates:
        text = bare(element.text)
        if not text.endswith("印发"):
            yield whole(element, f"印发日期写作“{text}”", "日期后加“印发”，如 2024年8月9日印发", "末尾加“印发”")
        yield from _date_has_its_form(element, text.removesuffix("印发"))
        printed, signed = _day(text), _day(joined(paper, "成文日期"))
        if printed and signed and printed < signed:
            yield whole(element, f"印发日期“{text}”早于成文日期", f"不早于 {joined(paper, '成文日期')}", "核对两个日期")
    if offices and not dates and not paper.is_letter:
        yield whole(offices[0], "有印发机关，没有印发日期", "同一行右边写“年月日印发”", "补上印发日期")
    if dates and not offices and not paper.is_letter:
        yield whole(dates[0], "有印发日期，没有印发机关", "同一行左边写印发机关，如 某市应急管理局办公室", "补上印发机关")


def letter_has_no_printing(paper: Paper) -> Iterator[Found]:
    """10.1: 信函格式的版记不加印发机关和印发日期。"""
    if paper.is_letter:
        for element in paper.of("印发机关", "印发日期"):
            yield whole(element, f"信函的版记里有{element.name}", "信函只有抄送，没有印发机关和印发日期", "删去")


RULES = (
    rule("SIG-DATE", date_is_written_in_full),
    rule("SIG-NAME", names_are_those_of_the_mark),
    rule("NOTE-FORM", note_stands_in_brackets),
    rule("IMP-CC", copies_go_to_a_closed_list),
    rule("IMP-TO", moved_addressees_are_a_closed_list),
    rule("IMP-PRINT", printing_is_told),
    rule("IMP-LETTER", letter_has_no_printing),
)
