"""The automatic numbers of a DOCX, written out as Word would show them, as far as it can be told."""

from __future__ import annotations

import re

from docgen.check.docx_properties import NONE, Properties, numbering_of
from docgen.check.docx_xml import Node, attribute, child, children, is_on, value, whole

_DIGITS = "零一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_MOST = 9999
_LEVELS = 9
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """The lists of a file; `next` counts on, so paragraphs are asked for in their order."""

    def __init__(self, numbering: Node | None) -> None:
        self._abstract = {attribute(node, "abstractNumId"): node for node in children(numbering, "abstractNum")}
        self._lists = {attribute(node, "numId"): node for node in children(numbering, "num")}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def level(self, number_id: str, depth: str) -> Node | None:
        """Give a level of a list: the one that the list has of its own, or that of its pattern."""
        entry = self._lists.get(number_id)
        for override in children(entry, "lvlOverride"):
            own = child(override, "lvl")
            if attribute(override, "ilvl") == depth and own is not None:
                return own
        pattern = self._abstract.get(value(entry, "abstractNumId")) if entry is not None else None
        return next((level for level in children(pattern, "lvl") if attribute(level, "ilvl") == depth), None)

    def properties(self, number_id: str, depth: str) -> Properties:
        """Give the indents that a level asks of its paragraphs."""
        level = self.level(number_id, depth)
        return NONE if level is None else numbering_of(level)

    def next(self, number_id: str, depth: str) -> str:
        """Count one paragraph of a list on, and write its number; "" where the list is unknown."""
        at = whole(depth, 0)
        if self.level(number_id, depth) is None or not 0 <= at < _LEVELS:
            return ""
        counts = self._counts.setdefault(value(self._lists[number_id], "abstractNumId"), [None] * _LEVELS)
        start = self._start(number_id, at)
        restarts = number_id not in self._begun and self._restarts(number_id, at)
        self._begun.add(number_id)
        before = counts[at]
        counts[at] = start if before is None or restarts else min(before + 1, _MOST)
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return self._written(number_id, at, counts)

    def _start(self, number_id: str, at: int) -> int:
        for override in children(self._lists[number_id], "lvlOverride"):
            if attribute(override, "ilvl") == str(at) and child(override, "startOverride") is not None:
                return whole(value(override, "startOverride"), 1)
        level = self.level(number_id, str(at))
        return whole(value(level, "start"), 1) if level is not None else 1

    def _restarts(self, number_id: str, at: int) -> bool:
        return any(
            attribute(override, "ilvl") == str(at) and child(override, "startOverride") is not None
            for override in children(self._lists[number_id], "lvlOverride")
        )

    def _written(self, number_id: str, at: int, counts: list[int | None]) -> str:
        level = self.level(number_id, str(at))
        pattern = "" if level is None else value(level, "lvlText")
        is_legal = is_on(level, "isLgl")

        def count(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            upper = self.level(number_id, str(depth))
            number = counts[depth] if counts[depth] is not None else self._start(number_id, depth)
            return written(number or 0, "" if upper is None or is_legal else value(upper, "numFmt"))

        if level is not None and value(level, "numFmt") == "none":
            return ""
        return re.sub("%([1-9])", count, pattern[:80])


def written(number: int, form: str) -> str:
    """Write a number in one of Word's forms; one that is not known here as digits."""
    if not 0 < number <= _MOST:
        return str(number)
    if form in _CHINESE:
        return _chinese(number)
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters[:4].upper() if form == "upperLetter" else letters[:4]
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def _chinese(number: int) -> str:
    """Write 十二, 二十, 一百零五, as Word counts."""
    if number < 20:
        return ("十" if number >= 10 else "") + (_DIGITS[number % 10] if number % 10 else "")
    parts, rest = "", number
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, unit)
        if digit:
            parts += _DIGITS[digit] + name
        elif parts and rest and not parts.endswith("零"):
            parts += "零"
    return parts + (_DIGITS[rest] if rest else "")


def _roman(number: int) -> str:
    parts, rest = "", number % 200
    for value_, letters in _ROMAN:
        while rest >= value_:
            parts, rest = parts + letters, rest - value_
    return parts
