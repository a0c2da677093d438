"""What Excel accepts as text: legal characters, lengths, sheet names; and how wide a text is on a sheet."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

MAX_TEXT = 32_767
"""UTF-16 units in one cell (Excel's specifications and limits)."""
MAX_SHEET_NAME = 31

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_SIGNS = str.maketrans("[]:*?/\\'", "［］：＊？／＼’")


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Make names that Excel accepts: forbidden signs made full-width, not empty, short enough, no two alike."""
    names: list[str] = []
    taken: set[str] = set()
    for number, text in enumerate(wanted, start=1):
        base = checked(text).translate(_NAME_SIGNS).strip() or f"表{number}"
        name, again = _cut(base, MAX_SHEET_NAME), 2
        while name.casefold() in taken:
            suffix = f"（{again}）"
            name, again = _cut(base, MAX_SHEET_NAME - len(suffix)) + suffix, again + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def text_width(text: str) -> int:
    """Count half-width characters of the widest line: a Chinese character or sign counts two."""
    return max(
        sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in line)
        for line in (text.splitlines() or [""])
    )


def text_lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a column of so many half-width characters."""
    return sum(max(1, math.ceil(text_width(line) / width)) for line in (text.splitlines() or [""]))


def checked(text: str) -> str:
    """Give the text as it is. Raise ValueError for a character that XML forbids, or a length that Excel does."""
    illegal = _ILLEGAL.search(text)
    if illegal is not None:
        raise ValueError(f"a text holds U+{ord(illegal[0]):04X}, which no workbook can hold")
    if text_units(text) > MAX_TEXT:
        raise ValueError(f"a text of {text_units(text)} characters does not fit in a cell ({MAX_TEXT})")
    return text


def printed_as_is(text: str) -> str:
    """Give the text with 〓 for each character that XML forbids: for what is only shown, never for what is sent."""
    return _ILLEGAL.sub("〓", text)


def text_units(text: str) -> int:
    """Count UTF-16 units, as Excel does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, units: int) -> str:
    while text_units(text) > units:
        text = text[:-1]
    return text
