"""What the rules of a DOCX measure against: the stylesheet's figures, the classes of type, the words of an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from docgen.check.seen import Element, Paper, SeenRun
from docgen.styles import Stylesheet, load_stylesheet, profiles

CLASSES = {
    "小标宋": re.compile(r"小标宋|xiaobiaosong|xbs", re.IGNORECASE),
    "仿宋": re.compile(r"仿宋|fangsong|^stfs|^fz ?fs|-fs", re.IGNORECASE),
    "楷体": re.compile(r"楷|kaiti|kai", re.IGNORECASE),
    "黑体": re.compile(r"黑|simhei|heiti|hei$", re.IGNORECASE),
    "宋体": re.compile(r"宋|simsun|song|times new roman", re.IGNORECASE),
}
"""The classes of type by what their fonts are called; the first that fits counts."""
_HANZI = re.compile("[\u4e00-\u9fff]")
TEXT = ("正文", "一级标题", "二级标题", "三级标题", "四级标题")


@cache
def stylesheets() -> tuple[Stylesheet, ...]:
    """Give the standard's own figures first, then those of every profile."""
    return (load_stylesheet(), *(load_stylesheet(name) for name in profiles()))


def standard() -> Stylesheet:
    """Give the standard's own figures."""
    return stylesheets()[0]


def font_class(name: str) -> str:
    """Tell the class of type from a font's name; "" for one that is none of the five."""
    return next((kind for kind, named in CLASSES.items() if named.search(name)), "")


def has_hanzi(text: str) -> bool:
    """Tell whether a text holds Chinese characters."""
    return _HANZI.search(text) is not None


def runs_of(element: Element) -> Iterator[SeenRun]:
    """Give the runs of an element with words in them; of a paragraph that it shares, its own part."""
    if len(element.paragraphs) != 1 or not element.paragraphs[0].runs:
        for paragraph in element.paragraphs:
            yield from (run for run in paragraph.runs if run.text.strip())
        return
    (paragraph,) = element.paragraphs
    whole = "".join(run.text for run in paragraph.runs).replace("\n", "\0")
    begin = whole.find(element.text)
    if begin < 0:
        begin, end = 0, len(whole)
    else:
        end = begin + len(element.text)
    at = 0
    for run in paragraph.runs:
        shown = run.text[max(begin - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if shown.strip():
            yield replace(run, text=shown)


def cells(text: str) -> float:
    """Count a text's width in full-width characters."""
    return sum(0.5 if ord(char) < 0x2000 and char not in "·×—…“”‘’" else 1.0 for char in text)


def leading_blanks(text: str) -> float:
    """Count the blanks before a text's first word in full-width characters."""
    return cells(text[: len(text) - len(text.lstrip(" 　"))])


def has_masthead(paper: Paper) -> bool:
    """Tell whether a paper bears 版头; one handed to an OA for setting does not."""
    return paper.first("发文机关标志") is not None


def mm_text(value: float) -> str:
    """Write a length for the reader: 34.6 mm."""
    return f"{value:.1f} mm"


def pt_text(value: float) -> str:
    """Write a size for the reader: 16 磅, 28.95 磅."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + " 磅"
