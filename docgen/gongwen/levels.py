"""结构层次序数 (GB/T 9704-2012, 7.3.3): read a heading's level from its numbering, and verify the order.

The four forms are 一、 · （一） · 1. · （1）. A paragraph that begins 一是 or 1.5万元 is no heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.errors import Place, Problem, Severity
from docgen.gongwen.document import Level, Paragraph
from docgen.gongwen.numerals import chinese_number

_DIGITS = "一二三四五六七八九"
_CHINESE = rf"[{_DIGITS}十]{{1,3}}"
_FORMS = (
    (Level.FIRST, re.compile(rf"({_CHINESE})、")),
    (Level.SECOND, re.compile(rf"（({_CHINESE})）(?![、，,.．])")),
    (Level.THIRD, re.compile(r"(\d{1,2})\.(?!\d)")),
    (Level.FOURTH, re.compile(r"（(\d{1,2})）(?![、，,.．])")),
)
_MISSHAPEN = (
    (Level.FIRST, re.compile(rf"({_CHINESE})[.．,，]")),
    (Level.SECOND, re.compile(rf"[(（]({_CHINESE})[)）][、，,.．]?")),
    (Level.THIRD, re.compile(r"(\d{1,2})(?:[、．]|[)）](?!\d))")),
    (Level.FOURTH, re.compile(r"[(（](\d{1,2})[)）][、，,.．]?")),
)


@dataclass(frozen=True)
class Numbering:
    """The number a heading was typed with, and its level."""

    level: Level
    number: int

    def __str__(self) -> str:
        """Write it as the standard does: 二、, （二）, 2., （2）."""
        if self.level is Level.FIRST:
            return f"{chinese_number(self.number)}、"
        if self.level is Level.SECOND:
            return f"（{chinese_number(self.number)}）"
        return f"{self.number}." if self.level is Level.THIRD else f"（{self.number}）"


def numbering(text: str) -> Numbering | None:
    """Read the numbering that a heading begins with; None when the paragraph is no heading."""
    return _read(text, _FORMS)


def level_of(text: str) -> Level:
    """Tell the level of a paragraph from its numbering: 正文 when it has none."""
    found = numbering(text)
    return Level.BODY if found is None else found.level


def heading_problems(paragraphs: Iterable[Paragraph], file: str) -> Iterator[Problem]:
    """GB/T 9704-2012, 7.3.3: 层次序数依次标注，不重号、不跳号、不越级（“一、”之下可直接用“1.”）。

    After a wrong number the count goes on from what was typed, so that one slip is one problem.
    """
    open_levels: list[Numbering] = []
    for paragraph in paragraphs:
        found = numbering(paragraph.text)
        if found is None:
            yield from _misshapen(paragraph, file)
            continue
        yield from _runs_on(paragraph, found, file)
        allowed = _allowed(open_levels)
        if found not in allowed:
            right = "或".join(f"“{choice}”" for choice in allowed)
            yield _problem("heading-order", paragraph, file, f"标题序号“{found}”不衔接", f"此处序号用{right}")
        kept = [above for above in open_levels if above.level.value < found.level.value]
        open_levels = [*kept, found]


def _allowed(open_levels: list[Numbering]) -> list[Numbering]:
    """List what may follow: the next of an open level, or the first one a level down (一、 also opens 1.)."""
    following = [Numbering(above.level, above.number + 1) for above in reversed(open_levels)]
    if not open_levels:
        return [Numbering(Level.FIRST, 1)]
    innermost = open_levels[-1].level
    if innermost is Level.FOURTH:
        return following
    deeper = [Level(innermost.value + 1)] + [Level.THIRD] * (innermost is Level.FIRST)
    return [Numbering(level, 1) for level in deeper] + following


def _misshapen(paragraph: Paragraph, file: str) -> Iterator[Problem]:
    found = _read(paragraph.text, _MISSHAPEN)
    if found is not None:
        typed = f"标题序号写法不规范：“{paragraph.text[: len(str(found)) + 1]}…”"
        yield _problem("heading-form", paragraph, file, typed, f"序号写作“{found}”")


def _runs_on(paragraph: Paragraph, found: Numbering, file: str) -> Iterator[Problem]:
    """一、 and （一） are set in a type of their own, so the body may not run on behind them."""
    if found.level in (Level.FIRST, Level.SECOND) and "。" in paragraph.text:
        what = f"“{found}”标题之后接排了正文"
        yield _problem("heading-runs-on", paragraph, file, what, "标题独占一段，末尾不加句号")


def _read(text: str, forms: tuple[tuple[Level, re.Pattern[str]], ...]) -> Numbering | None:
    for level, form in forms:
        match = form.match(text)
        if match is not None:
            return Numbering(level, _value(match[1]))
    return None


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (_digit(tens, 1) * 10 if ten else 0) + _digit(ones, 0)


def _digit(text: str, otherwise: int) -> int:
    return _DIGITS.index(text[-1]) + 1 if text else otherwise


def _problem(code: str, paragraph: Paragraph, file: str, found: str, expected: str) -> Problem:
    place = Place(file=file, line=paragraph.line or None)
    return Problem(code, Severity.BARRING, place, found, expected, "修改该行标题的序号或写法")
