"""TXT-DATE, TXT-SERIES, TXT-TWICE, TXT-NUM: slips of the text that words alone prove."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade
from docgen.check.rules.text.reading import bare, prose, within
from docgen.check.seen import Paper

_OWN_RULE = ("成文日期", "印发日期", "发文字号", "页码")
"""What has a rule of its own for its dates, or has none."""
_DAY = re.compile(r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年)?(?<![\d.])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_ISO = re.compile(r"(?<![\dA-Za-z-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_LEAP = 2000
"""A day without its year may be any year's."""
_DOTTED = re.compile(r"(?<![\d.A-Za-z/-])(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\1(?:3[01]|[12]\d|0?[1-9])(?![\d./-])")
_PADDED = re.compile(r"(?<![\d.])(?:0\d月(?:\d{1,2}日)?|\d{1,2}月0\d日)")
_NAMED = re.compile(r"《[^》]*》")
_ITEM = re.compile(r"(?:^|(?<=[。；：，、！？\s]))(?P<number>十[一二三四五六七八九]?|[一二三四五六七八九])是")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", *(f"十{digit}" for digit in "一二三四五六七八九"))
_ABOUT_LAST = re.compile(r"\d[万亿]?(?P<unit>万元|亿元|元|人|家|份|条|个|件|起|次|名|户|项|公里|米|吨|亩)[余多](?=[。，；、）]|$)")
_LONG = 20
"""A text so long is not said twice on purpose."""


def days_are_days_of_the_calendar(paper: Paper) -> Iterator[Found]:
    """条例 19: 内容准确；文中、表中的日期确有其日。"""
    for element in paper.elements:
        for match in () if element.name in _OWN_RULE else (*_DAY.finditer(element.text), *_ISO.finditer(element.text)):
            if not _is_day(int(match["year"] or _LEAP), int(match["month"]), int(match["day"])):
                yield within(element, *match.span(), f"没有“{match[0]}”这一天", "确有的日期", "核对后改正", Grade.ERROR)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def dates_are_written_out(paper: Paper) -> Iterator[Found]:
    """GB/T 15835, 5.2: 文中的日期写年、月、日，不用点、横线代替，月、日不编虚位。"""
    for element in prose(paper):
        text = _NAMED.sub(lambda name: " " * len(name[0]), element.text)
        for match in (*_DOTTED.finditer(text), *_PADDED.finditer(text)):
            yield within(
                element, *match.span(), f"日期写作“{match[0]}”", "年月日写全，不编虚位，如 2024年8月9日", "改成规定的写法"
            )


def series_run_on(paper: Paper) -> Iterator[Found]:
    """实务: 文中的“一是、二是、三是”连续，不跳号、不重号。"""
    for element in prose(paper):
        for one, other in pairwise(_ITEM.finditer(element.text)):
            last, number = (_NUMERALS.index(match["number"]) for match in (one, other))
            if number not in (0, last + 1):
                yield within(
                    element, *other.span(), f"“{one[0]}”之后是“{other[0]}”", f"“{_NUMERALS[last + 1]}是”" if last < 18 else "连续",
                    "补上缺的一项，或改正序号",
                )


def nothing_is_said_twice(paper: Paper) -> Iterator[Found]:
    """实务: 同一段文字不重复。"""
    said: set[tuple[int, str]] = set()
    for element in prose(paper):
        text = bare(element.text)
        if len(text) >= _LONG and (element.annex, text) in said:
            yield within(element, 0, len(element.text), "这一段和前面的一段完全相同", "同一段文字只写一次", "删去重复的一段")
        said.add((element.annex, text))


def about_stands_before_its_unit(paper: Paper) -> Iterator[Found]:
    """GB/T 15835: 概数的“余”“多”写在数字之后、量词之前。"""
    for element in prose(paper):
        for match in _ABOUT_LAST.finditer(element.text):
            unit, about = match["unit"], match[0][-1]
            yield within(
                element, *match.span(), f"“{about}”写在“{unit}”之后", f"“{about}”在量词之前，如 25.93万余人、30余家", f"改成“{about}{unit}”"
            )


RULES = (
    rule("TXT-DATE", days_are_days_of_the_calendar),
    rule("TXT-DATE", dates_are_written_out),
    rule("TXT-SERIES", series_run_on),
    rule("TXT-TWICE", nothing_is_said_twice),
    rule("TXT-NUM", about_stands_before_its_unit),
)
