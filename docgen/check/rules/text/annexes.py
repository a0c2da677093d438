"""The rules of 附件说明 and the annexes that their text shows (7.3.4, 7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade
from docgen.check.rules.text.drafts import OPEN_NUMBER
from docgen.check.rules.text.masthead import NUMBER
from docgen.check.rules.text.reading import bare, of_the_paper, prose, text_of, whole, within
from docgen.check.seen import Element, Paper

_LABEL = re.compile(r"附\s*件(?P<mark>[：:]?)")
_ITEM = re.compile(r"(?P<number>\d{1,2})\.(?P<title>.+)")
_MISNUMBERED = re.compile(r"(?:\d{1,2}[、．,，:：]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}、)")
_REMARK = re.compile(r"[（(].*[）)]")
_ENDING = re.compile(r"[。，、；：．.,;:]$")
_IDLE = re.compile(r"(?:如文|附后|略|见附件|[共]?[\d一二三四五六七八九十]+[件份])$")
_REFERENCE = re.compile(
    r"(?:[见按照如对]|(?<![》的号])[（(])附件(?P<number>\d{1,2}|十[一二三四五六七八九]?|[一二三四五六七八九])(?![\d件份—～至-])"
)
_NOT_PUBLISHED = re.compile(r"((?:附件\d{0,2}[、至]?)+)不予公开")
_RUN = re.compile(r"附件(?P<first>\d{0,2})(?:至附件(?P<last>\d{1,2}))?")
_HEAD = re.compile(r"(?P<bound_to>.*?)附件(?P<number>\d*)(?P<colon>[：:]?)")


@dataclass(frozen=True)
class _Item:
    """One annex as 附件说明 names it; its number is None where it has none."""

    number: int | None
    title: str
    element: Element


@dataclass(frozen=True)
class _Annex:
    """One annex as it is headed: the number of its label and its title."""

    number: int | None
    title: str
    label: Element | None
    first: Element


def _items(paper: Paper) -> list[_Item]:
    """Read what 附件说明 names; its remark in brackets is none of them, a line of its own goes on with the one above."""
    items: list[_Item] = []
    for element in _note(paper):
        text = bare(text_of(element))
        label = _LABEL.match(text)
        named = text[label.end() :] if label else text
        if not named or (items and _REMARK.fullmatch(named)):
            continue
        item = _ITEM.fullmatch(named)
        if item:
            items.append(_Item(int(item["number"]), item["title"], element))
        elif label or not items or _MISNUMBERED.match(named):
            items.append(_Item(None, _MISNUMBERED.sub("", named, count=1), element))
        else:
            last = items.pop()
            items.append(_Item(last.number, last.title + named, last.element))
    return items


def _not_published(paper: Paper) -> set[int]:
    """Read from the remark which annexes the version that is published leaves out, by their places."""
    told = _NOT_PUBLISHED.search("".join(bare(element.text) for element in _note(paper)))
    runs = _RUN.finditer(told[1]) if told else ()
    ends = [(int(run["first"] or 1), int(run["last"] or run["first"] or 1)) for run in runs]
    return {place for first, last in ends for place in range(first, last + 1)}


def _note(paper: Paper) -> list[Element]:
    return [element for element in paper.of("附件说明") if not element.annex]


def annex_note_has_its_form(paper: Paper) -> Iterator[Found]:
    """7.3.4: “附件”后标全角冒号和附件名称；有多个的用阿拉伯数字标注顺序号；名称后不加标点。"""
    for element in _note(paper)[:1]:
        label = _LABEL.match(bare(element.text))
        if label is None or label["mark"] != "：":
            yield whole(element, f"附件说明开头写作“{bare(element.text)[:6]}”", "附件：，冒号用全角", "改成“附件：”加名称")
    items = _items(paper)
    for place, item in enumerate(items, 1):
        yield from _item_has_its_form(item, place, len(items))


def _item_has_its_form(item: _Item, place: int, of: int) -> Iterator[Found]:
    if of == 1 and item.number is not None:
        yield whole(item.element, f"只有一个附件，写了顺序号“{item.number}.”", "附件：名称，不编号", "删去顺序号")
    elif of > 1 and item.number != place:
        written = f"顺序号是“{item.number}.”" if item.number is not None else "顺序号不合写法或没有"
        yield whole(item.element, f"第 {place} 个附件{written}", f"“{place}.”，阿拉伯数字加小圆点", "改正顺序号")
    if _ENDING.search(item.title):
        yield whole(item.element, f"附件名称后有“{item.title[-1]}”", "名称后不加标点", "删去末尾的标点")
    if _IDLE.fullmatch(item.title):
        yield whole(item.element, f"附件说明只写“{item.title}”", "写出附件名称", "改成附件的名称")


def _annexes(paper: Paper) -> list[_Annex]:
    annexes = []
    for place in sorted({element.annex for element in paper.elements if element.annex}):
        own = [element for element in paper.elements if element.annex == place]
        label = next((element for element in own if element.name == "附件"), None)
        head = _HEAD.fullmatch(bare(label.text)) if label else None
        title = "".join(bare(element.text) for element in own if element.name == "附件标题")
        annexes.append(_Annex(int(head["number"]) if head and head["number"] else None, title, label, own[0]))
    return annexes


def annexes_are_those_of_the_note(paper: Paper) -> Iterator[Found]:
    """7.3.7: 附件顺序号和附件标题应当与附件说明的表述一致。"""
    annexes, withheld = _annexes(paper), _not_published(paper)
    listed = list(enumerate(_items(paper), 1))
    items = [item for place, item in listed if place not in withheld]
    if not _holds_the_paper(paper):
        return
    if items and not annexes:
        yield whole(
            items[0].element, f"附件说明列了 {len(items)} 个附件，本文件里没有附件", "附件与正文一起装订",
            "附件另成文件的，逐个核对名称", Grade.INFO,
        )
        return
    if annexes and not listed:
        yield whole(annexes[0].first, "有附件，没有附件说明", "正文之后写“附件：”和名称", "补上附件说明")
        return
    places = [place for place, _ in listed if place not in withheld]
    for place, item, annex in zip(places, items, annexes, strict=False):
        yield from _is_the_same(item, annex, place if len(listed) > 1 else None)
    for item in items[len(annexes) :]:
        yield whole(item.element, f"附件说明列了“{item.title}”，后面没有这个附件", "附件与附件说明一一对应", "补上附件，或删去这一项")
    for annex in annexes[len(items) :]:
        yield whole(annex.first, f"附件“{annex.title}”没有列入附件说明", "附件与附件说明一一对应", "在附件说明里补上")


def _is_the_same(item: _Item, annex: _Annex, place: int | None) -> Iterator[Found]:
    """Compare one annex with its entry; an entry that is misnumbered is told of by its own rule."""
    at = annex.label or annex.first
    if annex.number not in (place, item.number):
        shown, said = ("没有顺序号" if number is None else f"顺序号是 {number}" for number in (annex.number, place))
        yield whole(at, f"附件{shown}，附件说明里{said}", "两处一致", "改成一样的")
    if annex.title and annex.title != item.title.rstrip("。；;，,"):
        yield whole(
            at, f"附件标题是“{annex.title}”，附件说明里是“{item.title}”", "两处一字不差", "改成一样的"
        )


def _holds_the_paper(paper: Paper) -> bool:
    """Whether the paper itself is in the file, and not an annex alone."""
    return any(not element.annex and element.name in ("标题", "正文", "主送机关") for element in paper.elements)


def annex_label_has_no_colon(paper: Paper) -> Iterator[Found]:
    """7.3.7: “附件”二字及顺序号顶格编排在版心左上角第一行，不加冒号。"""
    for element in paper.of("附件"):
        head = _HEAD.fullmatch(bare(element.text))
        if head is None:
            yield whole(element, f"附件的标注写作“{element.text.strip()}”", "附件，或附件1", "只写“附件”和阿拉伯数字顺序号")
        elif head["colon"]:
            yield whole(element, f"附件的标注后有“{head['colon']}”", "附件，或附件1，不加冒号", "删去冒号")


def detached_annex_bears_the_number(paper: Paper) -> Iterator[Found]:
    """7.3.7: 附件与正文不能一起装订，左上角第一行顶格写公文的发文字号，其后是“附件”和顺序号。"""
    is_detached = not _holds_the_paper(paper)
    number = bare("".join(element.text for element in paper.of("发文字号")))
    for element in paper.of("附件"):
        head = _HEAD.match(bare(element.text))
        bound_to = head["bound_to"] if head else ""
        if bound_to and not (NUMBER.fullmatch(bound_to) or OPEN_NUMBER.search(bound_to)):
            yield whole(
                element, f"单独装订的附件写的发文字号是“{bound_to}”", "发文字号加“附件”和顺序号，例如 甲应急〔2024〕8号附件1",
                "改正发文字号",
            )
        elif bound_to and NUMBER.fullmatch(number) and bound_to != number:
            yield whole(element, f"附件上的发文字号是“{bound_to}”，公文是“{number}”", "两处一致", "改成一样的")
        elif is_detached and not bound_to and not number:
            yield whole(
                element, "附件单独成文件，左上角没有发文字号", "发文字号、“附件”和顺序号，例如 甲应急〔2024〕8号附件1",
                "与正文一起装订的不用改；单独装订的，在“附件”前加本文的发文字号", Grade.INFO,
            )


def annexes_are_numbered_on(paper: Paper) -> Iterator[Found]:
    """7.3.7: 两个以上附件的顺序号连续，不重号。"""
    annexes = [annex for annex in _annexes(paper) if annex.label is not None]
    numbers = [annex.number for annex in annexes]
    if len(annexes) > 1 and not _items(paper):
        for place, (annex, number) in enumerate(zip(annexes, numbers, strict=True), 1):
            if number != place and annex.label is not None:
                yield whole(annex.label, f"第 {place} 个附件标注“{annex.label.text.strip()}”", f"附件{place}", "改正顺序号")


def annex_note_is_there(paper: Paper) -> Iterator[Found]:
    """7.3.4: 正文里说“见附件”的，有附件说明。"""
    body = [element for element in paper.of("正文") if not element.annex]
    told = [element for element in body if re.search(r"[见附如]附件\d?[）。，、]", bare(element.text))]
    if told and not _note(paper) and not any(element.annex for element in paper.elements):
        yield of_the_paper("正文里提到附件，没有附件说明", "正文之后写“附件：”和名称", "补上附件说明", Grade.INFO)


def annexes_referred_to_are_there(paper: Paper) -> Iterator[Found]:
    """7.3.7: 正文里说“见附件3”的，确有附件3。"""
    there = max(len(_items(paper)), len(_annexes(paper)))
    for element in prose(paper) if there and _holds_the_paper(paper) else ():
        for match in _REFERENCE.finditer(element.text):
            if _number(match["number"]) > there:
                right = f"附件1至附件{there}" if there > 1 else "只有一个的，只写“附件”"
                yield within(
                    element, *match.span(), f"提到附件{match['number']}，附件只有 {there} 个", right, "改正附件的序号，或补上附件"
                )


def _number(written: str) -> int:
    if written.isascii():
        return int(written)
    return (10 if written[0] == "十" else 0) + "十一二三四五六七八九".index(written[-1])


RULES = (
    rule("ANX-NOTE-FORM", annex_note_has_its_form),
    rule("ANX-NOTE-FORM", annex_note_is_there),
    rule("ANX-MATCH", annexes_are_those_of_the_note),
    rule("ANX-MATCH", annexes_are_numbered_on),
    rule("ANX-MATCH", annexes_referred_to_are_there),
    rule("ANX-LABEL", annex_label_has_no_colon),
    rule("ANX-DETACHED", detached_annex_bears_the_number),
)
