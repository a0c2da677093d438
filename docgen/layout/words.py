"""Say how firmly the characters of a title or a name hold together (GB/T 9704-2012, 7.3.1: 词意完整).

Words are those of jieba's dictionary, by rjieba, and the office's own in `styles/words.txt`, which are never torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache
from itertools import pairwise

from docgen.layout.names import Range, Word, bodies, places
from docgen.shipped import shipped


class Bond(IntEnum):
    """What a line break between two characters would tear, the worse the higher."""

    NOTHING = 0
    OBJECT = 1
    """A verb from what it governs: 做好/考核工作."""
    BRACKET = 2
    """What stands between 《 and 》 or other marks in pairs."""
    NAME = 3
    PHRASE = 4
    """A word from one that says nothing without it: 情况/的, 的/通知, 和/财政局."""
    WORD = 5


STAYS_WITH_LAST = frozenset("的、，。；：？！）》〉”’〕 　")
STAYS_WITH_NEXT = frozenset("（《〈“‘〔")
_PAIRS = dict(zip("《“（", "》”）", strict=True))
_UNITS = frozenset("年月日号次届批期个项家起人万亿元度季级%％—～·.")
_TAILS = frozenset(("期间", "以来", "以上", "以下", "以内", "以外", "之间", "同志", "等"))
_GROUPS = frozenset(("部门", "单位", "机关", "地方", "人员"))
_HEADS = frozenset(("暨", "并", "兼"))
_KIND = re.compile(
    "(处理|紧急|补充|实施|指导|若干|审查|调查|合作)?(决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|"
    "议案|答复函|复函|函|纪要|协议|办法|规定|方案|细则|名单|清单|一览表|汇总表)(?:（[^）]*）)?$"
)
_NUMBERED = re.compile(r"〔\d{4}〕第?\d+号")
_SHORT = 8
"""So many characters in quotes or brackets, or before a document number, are held together as one word."""


@cache
def _own_words() -> frozenset[str]:
    text = (shipped("styles") / "words.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _words(text: str) -> list[Word]:
    """Cut a text by jieba's dictionary, which takes a quarter of a second to load: only where it is needed."""
    import rjieba

    words, at = [], 0
    for part, tag in rjieba.tag(text):
        words.append(Word(at, part, tag))
        at += len(part)
    return words


def bonds(text: str) -> list[Bond]:
    """Give for every character of a text what a line break before it would tear."""
    words = _words(text)
    known_places = places(text, words)
    held = [Bond.WORD] * len(text)
    for word in words:
        held[word.start] = Bond.NOTHING

    def hold(ranges: Iterator[Range] | Sequence[Range], bond: Bond) -> None:
        for start, end in ranges:
            held[start + 1 : end] = [max(bond, present) for present in held[start + 1 : end]]

    hold(_verbs(words), Bond.OBJECT)
    hold(_brackets(text), Bond.BRACKET)
    hold(known_places, Bond.NAME)
    hold(bodies(words, known_places), Bond.NAME)
    hold(_phrases(words), Bond.PHRASE)
    hold(_end(text), Bond.PHRASE)
    hold(_own(text), Bond.WORD)
    hold(_short_quotes(text), Bond.WORD)
    hold(_numbers(text, words), Bond.WORD)
    hold(_marks(text), Bond.WORD)
    return held


def _verbs(words: Sequence[Word]) -> Iterator[Range]:
    """A verb and the beginning of the next word, which is not in marks of its own."""
    for one, other in pairwise(words):
        if one.tag == "v" and other.text[0] not in STAYS_WITH_NEXT:
            yield other.start - 1, other.start + 1


def _brackets(text: str) -> Iterator[Range]:
    for start, mark in enumerate(text):
        end = text.find(_PAIRS[mark], start) if mark in _PAIRS else -1
        if end > 0:
            yield start, end + 1


def _short_quotes(text: str) -> Iterator[Range]:
    """What is quoted in few characters: “回头看”, （试行）. What has a 《 is a title, however short."""
    return (
        (start, end) for start, end in _brackets(text) if end - start <= _SHORT + 2 and text[start] != "《"
    )


def _phrases(words: Sequence[Word]) -> Iterator[Range]:
    """Two words of which one says nothing without the other: 对、和、各 with the next, 局、期间 with the last."""
    for one, other in pairwise(words):
        opens = one.text in _HEADS or (one.tag in ("p", "c", "d", "r", "m") and len(one.text) <= 3)
        begins = len(one.text) == 1 and (one.tag[0] in "vabdrm" or one.start == 0)
        ends = len(other.text) == 1 and other.tag[0] in "nqkfu" and one.tag[0] not in "pvx"
        if opens or ends or begins or other.text in _TAILS or (one.text == "等" and other.text in _GROUPS):
            yield other.start - 1, other.start + 1


def _end(text: str) -> Sequence[Range]:
    """文种 and the character before it: it is no line of its own, 实施意见 no more than 意见."""
    kind = _KIND.search(text)
    return [(kind.start() - 1, kind.end())] if kind and kind.start() else []


def words_within(word: str) -> list[str]:
    """Divide a word into the shortest of the office's own that make it up; one that is not made of them is whole."""
    parts = [word[start:end] for start, end in _own(word, len(word) - 1)]
    if any(len(part) == 1 for part in parts):
        return [word]
    return [part for whole in parts for part in words_within(whole)]


def _own(text: str, most: int | None = None) -> Iterator[Range]:
    """The office's own words, the longest at each place, of at most so many characters."""
    known = _own_words()
    longest, at = max(map(len, known)) if most is None else most, 0
    while at < len(text):
        size = next((n for n in range(min(longest, len(text) - at), 1, -1) if text[at : at + n] in known), 1)
        yield at, at + size
        at += size


def _numbers(text: str, words: Sequence[Word]) -> Iterator[Range]:
    """Document numbers with the agency's letters before them: 甲政发〔2024〕1号."""
    for found in _NUMBERED.finditer(text):
        start = found.start()
        for word in reversed(words):
            if (
                word.end == start
                and word.tag not in ("p", "v", "uj", "x")
                and found.start() - word.start <= _SHORT
            ):
                start = word.start
        yield start, found.end()


def _marks(text: str) -> Iterator[Range]:
    """Marks and what they cling to, Latin letters, and numbers with their units."""
    for place, (before, after) in enumerate(pairwise(text)):
        is_latin = before.isascii() and after.isascii()
        is_counted = (before.isdigit() and after in _UNITS) or (before in "—～·." and after.isdigit())
        if after in STAYS_WITH_LAST or before in STAYS_WITH_NEXT or is_latin or is_counted:
            yield place, place + 2
