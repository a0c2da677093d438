"""Hold what one file tells against what it should tell: every text and cell that is lost, added or other. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from docgen.check.told_texts import BODY, Row, Told

_IN_ORDER = frozenset({BODY, "表题", "表", "表注"})
"""What is compared one by one, in order; any other element is compared as a whole."""
_MOST_PIECES = 12
"""In so many pieces at most a paragraph or a row is found, one for each page it runs over."""
_MOST_PAIRS = 2_500
_LIKE = 0.5
_SHOWN = 60
_BEFORE = 15
"""So many characters of a long text are shown, and so many of them before the first that differs."""


@dataclass(frozen=True)
class Difference:
    """One thing that a file says otherwise: where, what it says, what it should say; "" where there is nothing.

    `told` is the text or row that it is of: the expected one, or the one found where none is expected.
    """

    file: str
    where: str
    found: str
    expected: str
    told: Told | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        if not self.expected:
            return f"{self.file}：{self.where}多出“{_short(self.found)}”"
        if not self.found:
            return f"{self.file}：{self.where}缺“{_short(self.expected)}”"
        found, expected = _around(self.found, self.expected)
        return f"{self.file}：{self.where}写的是“{found}”，应为“{expected}”"


def differences(file: str, expected: Iterable[Told], found: Iterable[Told]) -> Iterator[Difference]:
    """Compare element by element, annex by annex; the order of elements among one another is not compared."""
    right, here = _grouped(expected), _grouped(found)
    for key in dict.fromkeys((*right, *here)):
        own, other = right.get(key, []), here.get(key, [])
        if key[1] == BODY:
            yield from _in_order(file, own, _joined(own, other), key)
        else:
            texts = ["".join(_text(one.words) for one in side) for side in (own, other)]
            if texts[0] != texts[1]:
                yield Difference(file, own[0].where if own else _name(key), texts[1], texts[0], (own or other)[0])


Key = tuple[int, str]


def _grouped(told: Iterable[Told]) -> dict[Key, list[Told]]:
    groups: dict[Key, list[Told]] = {}
    for one in told:
        groups.setdefault((one.annex, BODY if one.element in _IN_ORDER else one.element), []).append(one)
    return groups


def _name(key: Key) -> str:
    annex, element = key
    return (f"第 {annex} 个附件的" if annex else "") + element


def _text(words: str | Row) -> str:
    return words if isinstance(words, str) else "　".join(cell for cell in words if cell)


def _joined(expected: Sequence[Told], found: Sequence[Told]) -> list[Told]:
    """Join what stands in pieces: a paragraph that runs over pages, a row that no page could hold."""
    known = {one.words for one in expected}
    whole: list[Told] = []
    at = 0
    while at < len(found):
        one, step = found[at], 1
        if one.words not in known:
            words: str | Row | None = one.words
            for further in range(at + 1, min(at + _MOST_PIECES, len(found))):
                words = _both(words, found[further].words)
                if words is None:
                    break
                if words in known:
                    one, step = Told(one.element, one.annex, words), further - at + 1
                    break
        whole.append(one)
        at += step
    return whole


def _both(first: str | Row | None, second: str | Row) -> str | Row | None:
    """Join two pieces of a text, or of a row cell by cell; None where they are no two pieces of one."""
    if isinstance(first, str) and isinstance(second, str):
        return first + second
    if isinstance(first, tuple) and isinstance(second, tuple) and len(first) == len(second):
        return tuple(one + other for one, other in zip(first, second, strict=True))
    return None


def _in_order(file: str, expected: Sequence[Told], found: Sequence[Told], key: Key) -> Iterator[Difference]:
    right, here = [one.words for one in expected], [one.words for one in found]
    if right == here:
        return
    matcher = difflib.SequenceMatcher(None, right, here, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            yield from _stretch(file, expected[start:end], found[other_start:other_end], key)


def _stretch(file: str, expected: Sequence[Told], found: Sequence[Told], key: Key) -> Iterator[Difference]:
    """Pair what differs with what is most like it; the rest is lost or added."""
    pairs = _pairs(expected, found)
    for place, one in enumerate(expected):
        other = pairs.get(place)
        if other is None:
            yield Difference(file, one.where, "", _text(one.words), one)
        else:
            yield from _within(file, one, found[other].words)
    taken = set(pairs.values())
    for place, one in enumerate(found):
        if place not in taken:
            yield Difference(file, one.where or _name((key[0], one.element)), _text(one.words), "", one)


def _pairs(expected: Sequence[Told], found: Sequence[Told]) -> dict[int, int]:
    """Pair by place where as many stand on either side, else by likeness, without crossing."""
    if len(expected) == len(found):
        return {place: place for place in range(len(expected))}
    if len(expected) * len(found) > _MOST_PAIRS:
        return {}
    pairs: dict[int, int] = {}
    first = 0
    for place, one in enumerate(expected):
        likeness = [(_likeness(one.words, other.words), -at) for at, other in enumerate(found) if at >= first]
        best, at = max(likeness, default=(0.0, 0))
        if best >= _LIKE:
            pairs[place] = -at
            first = -at + 1
    return pairs


def _likeness(one: str | Row, other: str | Row) -> float:
    if isinstance(one, str) != isinstance(other, str):
        return 0.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0


def _within(file: str, expected: Told, found: str | Row) -> Iterator[Difference]:
    """Name the cells of a row that differ; a text differs as a whole."""
    words = expected.words
    if isinstance(words, str) or isinstance(found, str) or len(words) != len(found):
        yield Difference(file, expected.where, _text(found), _text(words), expected)
        return
    for head, cell, other in zip(expected.heads, words, found, strict=True):
        if cell != other:
            yield Difference(file, f"{expected.where}“{head}”一格", other, cell, expected)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"


def _around(found: str, expected: str) -> tuple[str, str]:
    """Show of two long texts what stands around the first character that differs."""
    if max(len(found), len(expected)) <= _SHOWN:
        return found, expected
    differs = (at for at, (one, other) in enumerate(zip(found, expected, strict=False)) if one != other)
    start = max(0, next(differs, min(len(found), len(expected))) - _BEFORE)
    mark = "……" if start else ""
    return mark + _short(found[start:]), mark + _short(expected[start:])
