"""TXT-SUM: a total that the text states, and the parts that it lists, must add up.

Parts are known by their words: 其中 or a bracket behind a total, 共 or 合计 behind a list, 分别. A list of parts may
name only some of them; it is taken for all only where it ends in 其他 or 其余. More than the whole is never right,
unless the text says that something counts twice. Parts of another unit than the total's, rounded numbers and
percentages are let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.check.catalogue import rule
from docgen.check.finding import Found
from docgen.check.rules.text.reading import prose, within
from docgen.check.seen import Element, Paper

_UNITS = (
    "万元", "亿元", "公里", "千米", "平方米", "家", "人", "份", "条", "个", "件", "起", "次", "名", "户", "项", "元",
    "处", "台", "辆", "吨", "亩", "所", "座", "间", "类", "种", "批", "宗", "艘", "张", "台次", "人次", "户次",
)
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\d.A-Za-z—～第])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<about>[余多]?)\s?(?P<unit>{_UNIT})?"
    r"(?![\d.%％年月日号～—])"
)
_SENTENCE = re.compile(r"[^。！？]+")
_LONGEST = 2_000
"""No sentence is so long; what is, is a table or a list read as one, and would take long."""
_TWICE = re.compile(r"重复|重叠|交叉|分别计数|只计一次|同时存在|兼有|不止一|多类")
_REST = re.compile(r"其他|其余|其它|余下|剩余")
_AMONG = re.compile(r"其中[，：:]?(?:有|包括|含)?")
_SUMMED = re.compile(r"[，、；]?(?:共计|合计|总计|共有|一共|总共|共)(?:有|为|是|达)?(?=\d)")
_BRACKET = re.compile(r"（(?P<inside>[^（）]*)）")
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass(frozen=True)
class _Quantity:
    """A counted number of the text: its value, unit (empty when none is written), and where it stands."""

    value: Decimal
    unit: str
    start: int
    end: int
    is_exact: bool = True


@dataclass(frozen=True)
class _Sum:
    """A total and its parts as the text states them; `is_whole` when the parts are said to be all."""

    total: _Quantity
    parts: tuple[_Quantity, ...]
    is_whole: bool

    @property
    def of_parts(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))


def sums_add_up(paper: Paper) -> Iterator[Found]:
    """条例 19: 内容准确；文中的合计与所列各分项之和相等。"""
    for element in prose(paper):
        for sentence in _SENTENCE.finditer(element.text):
            if len(sentence[0]) <= _LONGEST and not _TWICE.search(sentence[0]):
                for stated in _sums(sentence[0]):
                    yield from _adds_up(element, sentence.start(), stated)


def _adds_up(element: Element, offset: int, stated: _Sum) -> Iterator[Found]:
    total, parts = stated.total.value, stated.of_parts
    if parts > total or (stated.is_whole and parts != total):
        quantities = (stated.total, *stated.parts)
        start = offset + min(one.start for one in quantities)
        end = offset + max(one.end for one in quantities)
        terms = "＋".join(_shown(part.value) for part in stated.parts)
        unit = stated.total.unit
        yield within(
            element, start, end,
            f"“{element.text[start:end]}”：各项之和 {terms}＝{_shown(parts)}{unit}，合计写的是 {_shown(total)}{unit}",
            f"相等：合计 {_shown(parts)}{unit}，或改正分项", "核对合计和各分项",
        )


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def _sums(sentence: str) -> Iterator[_Sum]:
    """Read what a sentence says of totals and parts."""
    flat = _blanked(sentence)
    for among in _AMONG.finditer(sentence):
        is_inside = flat[among.start()] == " "
        text = sentence if is_inside else flat
        yield from _below(text, among.end(), _quantities(text[: among.start()]))
    for bracket in _BRACKET.finditer(sentence):
        if not _AMONG.match(bracket["inside"]):
            before = _quantities(flat[: bracket.start()])
            yield from _below(sentence, bracket.start("inside"), before, bracket.end("inside"))
    for summed in _SUMMED.finditer(flat):
        yield from _above(flat, summed)


def _blanked(sentence: str) -> str:
    """Blank out what stands in brackets, every other character staying in its place."""
    return _BRACKET.sub(lambda match: " " * len(match[0]), sentence)


def _quantities(text: str, offset: int = 0) -> list[_Quantity]:
    return [
        _Quantity(
            Decimal(match["number"].replace(",", "")) * _SCALES[match["scale"]],
            match["unit"] or "",
            offset + match.start(),
            offset + match.end(),
            not match["about"],
        )
        for match in _QUANTITY.finditer(text)
    ]


def _below(text: str, start: int, before: Sequence[_Quantity], end: int | None = None) -> Iterator[_Sum]:
    """Read parts that follow their total, and find that total among the quantities before them."""
    listed, is_whole = _parts(text, start, len(text) if end is None else end)
    if len(listed) < 2 or not all(part.is_exact for part in listed):
        return
    units = {part.unit for part in listed} - {""}
    totals = [one for one in before if one.unit and (not units or units == {one.unit})]
    if not units and totals:
        totals = [one for one in totals if one.unit == totals[-1].unit]
    if not totals or not all(one.is_exact for one in totals) or len(units) > 1:
        return
    parts = sum((part.value for part in listed), Decimal(0))
    if any(one.value == parts for one in totals):
        return
    nearest = min(totals, key=lambda one: abs(one.value - parts))
    if parts > max(one.value for one in totals) or is_whole:
        yield _Sum(nearest, tuple(listed), is_whole)


def _parts(text: str, start: int, end: int) -> tuple[list[_Quantity], bool]:
    """Read a list of parts, each with one number, as far as it goes; say whether its last is 其他 or 其余.

    ； parts the list where it does so from the first part on, and ends it otherwise.
    """
    rest = text[start:end]
    first = re.search(r"[、，；]", rest)
    between = r"[；]" if first and first[0] == "；" else r"[、，]"
    stop = len(rest) if between == "[；]" else (rest.find("；") if "；" in rest else len(rest))
    listed: list[_Quantity] = []
    is_whole, at = False, 0
    for item in re.split(f"({between})", rest[:stop]):
        if not re.fullmatch(between, item):
            found = _quantities(item, start + at)
            if len(found) != 1 or len(re.findall(r"\d+(?:\.\d+)?", item)) != 1:
                break
            if listed and found[0].unit not in ("", listed[0].unit) and listed[0].unit:
                break
            listed.append(found[0])
            is_whole = is_whole or _REST.search(item[: found[0].start - start - at]) is not None
        at += len(item)
    return listed, is_whole


def _above(text: str, summed: re.Match[str]) -> Iterator[_Sum]:
    """Read parts that stand before their total: 甲77份、乙49份，共126份; 甲、乙分别为77份、49份，共126份."""
    total = next(iter(_quantities(text[summed.end() :][:20], summed.end())), None)
    if total is None or total.start != summed.end() or not total.unit or not total.is_exact:
        return
    head = re.split(r"[；：]", text[: summed.start()])[-1]
    offset = summed.start() - len(head)
    listed: list[_Quantity] = []
    for piece in reversed(list(re.finditer(r"[^、，]+", head))):
        found = _quantities(piece[0], offset + piece.start())
        numbers = re.findall(r"\d+(?:\.\d+)?", piece[0])
        if len(found) != 1 or len(numbers) != 1 or found[0].unit not in ("", total.unit) or not found[0].is_exact:
            break
        if listed and (_SUMMED.search(piece[0]) or _AMONG.search(piece[0])):
            break
        listed.insert(0, found[0])
    if len(listed) >= 2 and any(part.unit for part in listed) and "、" in text[listed[0].end : listed[-1].start]:
        yield _Sum(total, tuple(listed), is_whole=True)


RULES = (rule("TXT-SUM", sums_add_up),)
