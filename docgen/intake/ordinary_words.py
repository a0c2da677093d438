"""Tell where a short name of an insurer is only part of an ordinary word: 太平门 is a door, 每人保额 no 人保. Pure.

Only what surely is no insurer is passed over: a doubt too many costs a look, one too few betrays a company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_LONGEST_SHORT_NAME = 3
_INSURANCE = re.compile(r"[险寿]$")
"""A name that ends so (甲财险, 乙人寿) is an insurer's wherever it stands."""

_ORDINARY = (
    "投保人保", "保险人保", "每人保", "个人保", "本人保", "他人保", "工人保", "责任人保", "负责人保", "经办人保",
    "中华人民共和国", "中华民族", "平安建设", "平安创建", "平安工地", "平安校园", "平安企业", "平安医院", "平安社区",
    "阳光房", "阳光板", "阳光直射", "阳光暴晒", "阳光照射", "太平门", "太平斧", "太平间", "大地震", "国泰民安",
    "现代化", "亚太地区", "中原地区", "大家都", "请大家", "提醒大家", "安心工作", "安心生产", "英大学",
)
"""Words in which the short name of an insurer may stand by chance."""
_OF_A_PLACE = (
    "街道", "大道", "大街", "村委会", "社区", "小区", "新村", "花园", "广场", "大厦", "工业园", "产业园", "工业区", "路",
    "街", "镇", "村", "桥", "弄", "巷", "港",
)
_BEHIND = re.compile(f"(?:南|北|东|西|中)?(?:{'|'.join(_OF_A_PLACE)})(?!.{{0,4}}(?:公司|支公司|营业部|中支))")
"""Behind a name that is a place's: 永安路18号; but not 永安路支公司."""


class OrdinaryWords:
    """The places of a text in which a short name means no insurer: ordinary words, names of places and of `units`."""

    def __init__(self, text: str, units: Iterable[str] = ()) -> None:
        self._text = text
        self._covered = [*_spans(text, _ORDINARY), *_spans(text, units)]

    def hold(self, start: int, end: int) -> bool:
        """Whether the name that stands there is only part of such a word."""
        name = self._text[start:end]
        if len(name) > _LONGEST_SHORT_NAME or _INSURANCE.search(name):
            return False
        is_inside = any(
            first <= start and end <= last and end - start < last - first for first, last in self._covered
        )
        return is_inside or _BEHIND.match(self._text, end) is not None


def insurers_named(text: str, names: re.Pattern[str], units: Iterable[str]) -> Iterator[str]:
    """Yield the names found in a text, but none that is part of an ordinary word, a place or one of `units`."""
    words = OrdinaryWords(text, units)
    yield from (match[0] for match in names.finditer(text) if not words.hold(*match.span()))


def _spans(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = text.find(word, at + 1)
