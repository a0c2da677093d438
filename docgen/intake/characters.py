"""Find and mend the characters of a text that cannot be printed or that need a word to the clerk. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from docgen.errors import Severity
from docgen.intake.codes import GETA, Code, Fault, Reading, is_unprintable, shown

LONGEST_CELL = 32_767
"""Characters that a spreadsheet can hold in a cell (the limit of Excel and WPS)."""

_BREAKS = frozenset("\t\n\r\u2028\u2029")
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_BEHIND_A_DIGIT = re.compile(r"(?<=\d)[．／－％]")
_TO_HALF_WIDTH = {
    ord(char): unicodedata.normalize("NFKC", char)
    for char in map(chr, range(0xFF10, 0xFF5B))
    if _FULL_WIDTH.fullmatch(char)
}


class Characters:
    """What is known of the characters of one input: each different one is judged once.

    `undrawable` is given a text and yields those of its characters that no font can draw.
    """

    def __init__(self, undrawable: Callable[[str], Iterable[str]]) -> None:
        self._undrawable = undrawable
        self._judged: set[str] = set()
        self._unprintable: set[str] = set()
        self._without_glyph: set[str] = set()
        self._notable: set[str] = set(_BREAKS)

    def are_plain(self, texts: Sequence[str]) -> bool:
        """Tell whether all texts may stand as they are; the whole column is looked at in one pass."""
        present = set("".join(texts))
        self._judge(present - self._judged)
        return present.isdisjoint(self._notable) and max(map(len, texts), default=0) <= LONGEST_CELL

    def clean(self, text: str) -> Reading:
        """Mend one text: bad characters become 〓, breaks a blank, full-width digits half-width."""
        self._judge(set(text) - self._judged)
        faults: list[Fault] = []
        if len(text) > LONGEST_CELL:
            return Reading("", (_too_long(text),))
        for bad, code, why in (
            (self._unprintable, Code.CONTROL_CHARACTER, "不能印出的控制字符"),
            (self._without_glyph, Code.NO_GLYPH, "现有字体都没有的字"),
        ):
            present = sorted(set(text) & bad)
            if present:
                faults.append(_bad_characters(code, why, text, present))
                text = "".join(GETA if char in bad else char for char in text)
        if not _BREAKS.isdisjoint(text):
            faults.append(_line_break(text))
            text = re.sub(r"\s*[\t\n\r\u2028\u2029]\s*", " ", text)
        if _FULL_WIDTH.search(text):
            half_width = _BEHIND_A_DIGIT.sub(
                lambda sign: unicodedata.normalize("NFKC", sign[0]), text.translate(_TO_HALF_WIDTH)
            )
            faults.append(full_width(text, half_width))
            text = half_width
        return Reading(text.strip(), tuple(faults))

    def _judge(self, new: set[str]) -> None:
        if not new:
            return
        self._judged |= new
        unprintable = {char for char in new if is_unprintable(char)} - _BREAKS
        drawn = "".join(sorted(new - unprintable - _BREAKS))
        without_glyph = set(self._undrawable(drawn)) if drawn else set()
        self._unprintable |= unprintable
        self._without_glyph |= without_glyph
        self._notable |= unprintable | without_glyph | {char for char in new if _FULL_WIDTH.fullmatch(char)}


def full_width(text: str, half_width: str) -> Fault:
    """Say that full-width digits or letters were taken as half-width ones."""
    return Fault(
        Code.FULL_WIDTH,
        Severity.NOTICE,
        f"“{shown(text)}”里有全角数字或字母，已按“{shown(half_width)}”采用",
        "半角数字和字母，如 320506",
        "核对无误可不处理，下次填报用半角",
    )


def _bad_characters(code: Code, why: str, text: str, present: list[str]) -> Fault:
    """Name each character by its code point, and itself when a screen can show it."""
    names = "、".join(
        f"U+{ord(char):04X}" + (f"“{char}”" if code is Code.NO_GLYPH else "") for char in present[:5]
    )
    masked = "".join(GETA if char in present else char for char in text)
    return Fault(
        code,
        Severity.DOUBTFUL,
        f"“{shown(masked)}”里有{why} {names}，已用“{GETA}”代替",
        "能印出的文字，如 昆山市某某路1号",
        "删去或改写这个字符" if code is Code.CONTROL_CHARACTER else "改用通用规范汉字，或安装有这个字的字体",
    )


def _line_break(text: str) -> Fault:
    return Fault(
        Code.LINE_BREAK,
        Severity.NOTICE,
        f"“{shown(text)}”里有换行或制表符，已换成一个空格",
        "一格之内不换行，如 某某公司",
        "核对无误可不处理",
    )


def _too_long(text: str) -> Fault:
    return Fault(
        Code.CELL_TOO_LONG,
        Severity.BARRING,
        f"“{shown(text, 20)}”共 {len(text):,} 个字符",
        f"不超过 {LONGEST_CELL:,} 个字符，一格只写一件事，如 一条情况说明",
        "删减这个单元格的内容，或分成几行填写",
    )
