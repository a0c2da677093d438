"""Name each value of a text that a file states otherwise, and tell whether other words differ too. Pure.

Two texts are laid beside one another number for number, so that what stands where a value stood is what is written
for it, whatever else was changed around it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.check.told_texts import Told

_TOKEN = re.compile(r"\d+(?:\.\d+)?|\S")
_NUMBER = "#"


@dataclass(frozen=True)
class Value:
    """A value that a file states otherwise: its name, what is written for it (“” where nothing is), what is right."""

    name: str
    found: str
    expected: str


@dataclass(frozen=True)
class Compared:
    """What of a text a file says otherwise: its values, and what it says when these are put right."""

    values: tuple[Value, ...]
    put_right: str


def compared(expected: Told, found: str) -> Compared:
    """Hold a text of a file against that of the model, both without blanks."""
    assert isinstance(expected.words, str), "a row has no values by place"
    own = list(_TOKEN.finditer(expected.words))
    here = list(_TOKEN.finditer(found))
    pairs = _pairs([_masked(token) for token in own], [_masked(token) for token in here])
    values: list[Value] = []
    put_right, done = "", 0
    for span in expected.figures:
        inside = [place for place, token in enumerate(own) if span.start <= token.start() < span.end]
        if not inside:
            continue
        theirs = _between(inside, pairs, len(here))
        right, written = expected.words[span.start : span.end], "".join(here[place][0] for place in theirs)
        if right != written:
            values.append(Value(_name(span.name, span.aspect), written, right))
        put_right += "".join(token[0] for token in here[done : theirs.start]) + right
        done = max(done, theirs.stop)
    return Compared(tuple(values), put_right + "".join(token[0] for token in here[done:]))


def _masked(token: re.Match[str]) -> str:
    return _NUMBER if token[0][0].isdigit() else token[0]


def _pairs(own: Sequence[str], here: Sequence[str]) -> dict[int, int]:
    if own == here:
        return {place: place for place in range(len(own))}
    matcher = difflib.SequenceMatcher(None, own, here, autojunk=False)
    return {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}


def _between(inside: Sequence[int], pairs: Mapping[int, int], end: int) -> range:
    """Give what stands between the words before a value and those behind it."""
    before = next((pairs[place] + 1 for place in range(inside[0] - 1, -1, -1) if place in pairs), 0)
    behind = min((other for place, other in pairs.items() if place > inside[-1]), default=end)
    return range(before, behind)


def _name(name: str, aspect: str) -> str:
    """Name a value to the clerk; what the settings say is told as theirs."""
    of, mark, item = name.partition("/")
    named = f"发文信息“{item}”" if mark and of == "发文信息" else f"“{name}”"
    return f"{named}的{aspect}" if aspect and aspect != "数" else named
