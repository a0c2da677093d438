"""Find known words in a text, each whole: policy numbers by their tokens, names by the longest at each place. Pure.

An index of all words is made once; a text is then read once, however many words there are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from docgen.check.alike import alike

_TOKEN = re.compile(r"[0-9A-Z]+(?:[-_/.()][0-9A-Z]+)*")
_JOINS = re.compile(r"[/.()]")
_UNSEEN = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_SHORTEST = 2
_FEWEST_DIGITS = 7
"""Fewer figures alone may be an amount, a year, a count; they are a policy's number only below that head."""


@dataclass(frozen=True)
class Span:
    """A known word in a text: from `start` to `end` of the folded text, whose it is, and on which of its lines."""

    word: str
    start: int
    end: int
    owners: tuple[str, ...]
    line: int


def folded_name(text: str) -> str:
    """Write a name so that width, case and blanks do not matter."""
    narrow = text if text.isascii() else _narrow(text)
    return _UNSEEN.sub("", narrow).upper()


def _narrow(text: str) -> str:
    """Write in one way what looks alike, or differs in width or form alone."""
    return unicodedata.normalize("NFKC", alike(text))


def folded_number(text: str) -> str:
    """Write a policy number so that width, case, blanks at its ends and the kind of its dashes do not matter."""
    return _folded_tokens(text).strip()


def _folded_tokens(text: str) -> str:
    narrow = text.upper() if text.isascii() else _narrow(text).upper().translate(_DASHES)
    return _UNSEEN.sub(lambda match: " " if match[0].isspace() else "", narrow)


def is_telling(number: str) -> bool:
    """Whether a number is one wherever it stands, by its letters or its length."""
    return any(char.isalpha() for char in number) or sum(char.isdecimal() for char in number) >= _FEWEST_DIGITS


class KnownWords:
    """Words with their owners; a word that several own belongs to each of them."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        owners: dict[str, dict[str, None]] = {}
        for word, owner in words:
            if word:
                owners.setdefault(word, {})[owner] = None
        self._owners = {word: tuple(own) for word, own in owners.items()}
        odd = {word.replace(" ", ""): word for word in self._owners if not _TOKEN.fullmatch(word)}
        self._odd = odd
        self._odd_by_start = _by_start(odd)
        self._named = _by_start(word for word in self._owners if len(word) >= _SHORTEST)

    def tokens(self, lines: Sequence[str]) -> Iterator[Span]:
        """Find whole tokens in the lines of one text, joined; in a token that is unknown, its parts and lines."""
        folded = [_folded_tokens(line) for line in lines]
        text, ends = "".join(folded), list(accumulate(map(len, folded)))
        for match in _TOKEN.finditer(text):
            for start, end in self._known_in(text, match.start(), match.end(), ends):
                yield self._span(text, start, end, ends)
        yield from self._odd_ones([line.replace(" ", "") for line in folded])

    def _odd_ones(self, folded: Sequence[str]) -> Iterator[Span]:
        """Find the words that are no tokens, with blanks or Chinese characters in them; blanks are left out."""
        text, ends = "".join(folded), list(accumulate(map(len, folded)))
        for start, end in self._longest(text, self._odd_by_start):
            if _is_whole(text, start, end):
                word = self._odd[text[start:end]]
                yield Span(word, start, end, self._owners[word], _line_of(start, ends))

    def names(self, lines: Sequence[str]) -> Iterator[Span]:
        """Find names in the lines of one text, joined, blanks left out; what lies in a longer one does not count."""
        folded = [folded_name(line) for line in lines]
        text, ends = "".join(folded), list(accumulate(map(len, folded)))
        taken: list[tuple[int, int]] = []
        for start, end in sorted(self._longest(text, self._named), key=lambda span: span[0] - span[1]):
            if not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
        yield from (self._span(text, start, end, ends) for start, end in sorted(taken))

    def _known_in(self, text: str, start: int, end: int, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
        if text[start:end] in self._owners:
            yield start, end
            return
        breaks = (place for place in ends if start < place < end)
        joins = (start + join.start() for join in _JOINS.finditer(text[start:end]))
        cuts = sorted({start, end, *breaks, *joins})
        at = 0
        while at < len(cuts) - 1:
            begin = cuts[at] + (_JOINS.match(text[cuts[at]]) is not None)
            last = next((to for to in range(len(cuts) - 1, at, -1) if text[begin : cuts[to]] in self._owners), None)
            if last is not None:
                yield begin, cuts[last]
            at = at + 1 if last is None else last

    @staticmethod
    def _longest(text: str, index: dict[str, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
        """Give the longest word at each place that one begins at."""
        for at in range(len(text) - 1) if index else ():
            for word in index.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    yield at, at + len(word)
                    break

    def _span(self, text: str, start: int, end: int, ends: Sequence[int]) -> Span:
        word = text[start:end]
        return Span(word, start, end, self._owners[word], _line_of(start, ends))


def _by_start(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Order words by their first two characters, the longest first."""
    index: dict[str, list[str]] = {}
    for word in words:
        index.setdefault(word[:2], []).append(word)
    return {start: tuple(sorted(own, key=lambda word: (-len(word), word))) for start, own in index.items()}


def _line_of(start: int, ends: Sequence[int]) -> int:
    return min(bisect_right(ends, start), len(ends) - 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_runs_on(before, text[start]) or _runs_on(after, text[end - 1]))


def _runs_on(beside: str, edge: str) -> bool:
    """Whether a word goes on beyond its edge."""
    return beside.isascii() and beside.isalnum() and edge.isascii() and edge.isalnum()
