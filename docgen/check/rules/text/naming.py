"""TXT-NAME: one thing is called by one name.

Three slips are looked for, each where words alone prove it: an agency by two names (市应急局, 市应急管理局), a declared
short name beside its long form used again and again, and a declared short name misspelt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docgen.check.catalogue import rule
from docgen.check.finding import Found
from docgen.check.rules.text.reading import HAN, prose, within
from docgen.check.seen import Element, Paper

_DECLARED = re.compile(r"（以下(?:统称|简称|称)?(?:为)?[“\"](?P<short>[^”\"]{2,12})[”\"]")
_AGENCY = re.compile(
    rf"(?P<place>[省市县区])(?P<field>[{HAN}]{{2,4}}?)(?P<kind>监督管理局|行政执法局|监管局|管理局|局|委员会|委|管理厅|厅)"
    rf"(?![{HAN}]{{0,4}}(?:部门|系统))"
)
_FIELD_NOISE = re.compile(r"监督|管理|监管|行政|执法|[的和与及对由向在将把为是各]")
_KINDS = {"委员会": "委", "管理厅": "厅"}
_TITLES = re.compile(r"《[^》]*》|“[^”]*”")
_AGAIN = 3
"""A long form is let pass as part of other names; used so often, and more often than the short one, it is a slip."""


def things_have_one_name(paper: Paper) -> Iterator[Found]:
    """条例 19: 表述准确；同一机关、同一事物前后名称一致，简称先用全称并注明。"""
    elements = [element for element in prose(paper) if not element.annex]
    declared = list(_declared(elements))
    yield from _agencies_have_one_name(elements, {short for short, _, _, _ in declared})
    for short, long, place, at in declared:
        yield from _long_form_again(elements, short, long, place, at)
        yield from _short_form_misspelt(elements, short, long)


def _declared(elements: Sequence[Element]) -> Iterator[tuple[str, str, int, int]]:
    """Give each declared short name, its long form, the place of its paragraph and where its declaration ends."""
    for place, element in enumerate(elements):
        for match in _DECLARED.finditer(element.text):
            before = re.split(r"[，。；：、（）“”《]", element.text[: match.start()].rstrip("》"))[-1]
            yield match["short"], _long_form(before, match["short"]), place, match.end()


def _long_form(before: str, short: str) -> str:
    """Find the least stretch before a declaration that holds the short name's characters in order."""
    at = len(before)
    for char in reversed(short):
        at = before.rfind(char, 0, at)
        if at < 0:
            return ""
    return before[at:]


def _agencies_have_one_name(elements: Sequence[Element], declared: set[str]) -> Iterator[Found]:
    names: dict[tuple[str, str, str], dict[str, tuple[Element, int]]] = {}
    counts: Counter[str] = Counter()
    for element in elements:
        for match in _AGENCY.finditer(_TITLES.sub(lambda title: " " * len(title[0]), element.text)):
            field = _FIELD_NOISE.sub("", match["field"])
            kind = re.sub(r"监督管理|行政执法|监管|管理", "", match["kind"])
            if len(field) < 2 or re.search(r"[的和与及对由向在将把为是各]", match["field"]):
                continue
            counts[match[0]] += 1
            key = (match["place"], field, _KINDS.get(kind, kind))
            names.setdefault(key, {}).setdefault(match[0], (element, match.start()))
    for variants in names.values():
        undeclared = [name for name in variants if not any(name in short or short in name for short in declared)]
        if len(undeclared) > 1:
            usual = max(undeclared, key=lambda name: counts[name])
            for name in undeclared:
                if name != usual:
                    element, start = variants[name]
                    yield within(
                        element, start, start + len(name),
                        f"“{name}”（{counts[name]} 处）和“{usual}”（{counts[usual]} 处）都用了",
                        "同一机关前后用一个名称", "统一成一个，或第一次出现时注明简称",
                    )


def _long_form_again(elements: Sequence[Element], short: str, long: str, place: int, at: int) -> Iterator[Found]:
    if len(long) <= len(short):
        return
    uses: list[tuple[Element, int]] = []
    shorts = 0
    for number, element in enumerate(elements[place:]):
        text = _TITLES.sub(lambda title: " " * len(title[0]), element.text)
        start = at if number == 0 else 0
        uses += ((element, match.start()) for match in re.finditer(re.escape(long), text) if match.start() >= start)
        shorts += len(re.findall(re.escape(short), text[start:].replace(long, "")))
    if len(uses) >= _AGAIN and len(uses) > shorts:
        element, start = uses[0]
        yield within(
            element, start, start + len(long),
            f"已注明简称“{short}”，之后“{long}”又用了 {len(uses)} 处、简称用了 {shorts} 处", f"注明之后用“{short}”", "统一用简称",
        )


def _short_form_misspelt(elements: Sequence[Element], short: str, long: str) -> Iterator[Found]:
    """Find 安责保险 where 安责险 is declared: a contraction with one more of its long form's characters in it."""
    if len(short) < 3 or short in long or not long:
        return
    for left, right in pairwise(range(len(short) + 1)):
        pattern = re.escape(short[:right]) + rf"([{re.escape(long)}])" + re.escape(short[right:])
        if left == 0 or right == len(short):
            continue
        for element in elements:
            for match in re.finditer(pattern, element.text):
                if match[0] not in long:
                    yield within(
                        element, *match.span(), f"已注明简称“{short}”，这里写作“{match[0]}”", f"前后都用“{short}”", "改成注明的简称"
                    )


RULES = (rule("TXT-NAME", things_have_one_name),)
