"""Say why a settings file is no TOML, line by line and in the clerk's words: what a typist slips in. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.settings.forms import parse_day

_LONGEST_SHOWN = 60
_LONGEST_LINE = 10_000
"""Nobody types a longer line; why such a one is wrong is not looked for."""
_PATTERN = '每行写成 "项目" = "内容"，项目名和文字都用英文双引号括起，如 "标题" = "关于……的通报"'
_CHINESE_QUOTES = "“”‘’＂「」"
_KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^"'=＝：:])*""")
_BEFORE_COMMENT = re.compile(r"""(?:[^"'#]|"[^"]*"|'[^']*')*(?=#)""")
_STARTS_ITEM = re.compile(rf"""\s*["'{_CHINESE_QUOTES}]?[^\s"'=＝：:\[\],]+["'{_CHINESE_QUOTES}]?\s*[=＝]""")


class TomlFault(NamedTuple):
    """One line that cannot be read: its number from 1, its text, why, and what to write instead."""

    line: int
    text: str
    why: str
    remedy: str


def toml_faults(text: str, message: str) -> tuple[TomlFault, ...]:
    """Name every line of a settings file at fault; the one of the parser's `message` where none shows why."""
    lines = text.splitlines()
    faults = tuple(
        TomlFault(number, _shown(lines[number - 1]), why, remedy)
        for number, why, remedy in (_faults(lines) if max(map(len, lines), default=0) <= _LONGEST_LINE else ())
    )
    if faults:
        return faults
    stated = re.search(r"line (\d+)", message)
    number = min(int(stated[1]) if stated else len(lines), len(lines)) or 1
    return (TomlFault(number, _shown(lines[number - 1] if lines else ""), "不合 TOML 写法", _PATTERN),)


def _shown(line: str) -> str:
    text = " ".join(line.split())
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "……"


def _faults(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the number, cause and remedy of each faulty item; a list may take several lines."""
    seen: dict[str, int] = {}
    for number, item in _items(lines):
        try:
            (key,) = tomllib.loads("\n".join(item)) or ("",)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            offset, why, remedy = _cause(item)
            yield number + offset, why, remedy
            continue
        if key and key in seen:
            yield number, f"“{key}”又写了一次，第 {seen[key]} 行已有", "每个项目只写一次，删去多余的一行"
        seen.setdefault(key, number)


def _items(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each item with the number of its first; an open list ends before the next item."""
    at = 0
    while at < len(lines):
        start, at = at, at + 1
        first = _bare(lines[start])
        if not first.strip():
            continue
        item = [first]
        while _is_open(item) and at < len(lines) and not _STARTS_ITEM.match(lines[at]):
            item.append(_bare(lines[at]))
            at += 1
        yield start + 1, item


def _bare(line: str) -> str:
    """Take away a comment."""
    match = _BEFORE_COMMENT.match(line)
    return match[0] if match else line


def _is_open(item: Sequence[str]) -> bool:
    text = re.sub(r"\"[^\"]*\"|'[^']*'", "", "\n".join(item))
    return text.count("[") > text.count("]")


def _cause(item: Sequence[str]) -> tuple[int, str, str]:
    """Say in which line of an item, from 0, what is wrong, and what to write."""
    line = item[0]
    if line.count('"""') or line.count("'''"):
        return 0, "用了三个引号，几行的文字没有写完", "文字写在一行里，用一对英文双引号括起"
    start = _KEY.match(line)
    key = start[0] if start else ""
    sign, content = line[len(key) : len(key) + 1], line[len(key) + 1 :].strip()
    key = key.strip()
    if sign in ("", '"', "'"):
        return 0, "没有等号", _PATTERN
    if sign != "=":
        return 0, f"项目名后面是“{sign}”，不是英文等号", "改成英文等号 =，" + _PATTERN
    if set(key) & set(_CHINESE_QUOTES) or content[:1] in tuple(_CHINESE_QUOTES):
        return 0, "用了中文引号", '外面的引号改成英文双引号，如 "标题" = "关于……的通报"'
    if not re.match(r"[\"'A-Za-z0-9_-]", key):
        return 0, "项目名没有用英文双引号括起", f'写成 "{_shown(key)}" = ……'
    if content.startswith("["):
        return _cause_in_list(item)
    return (0, *_cause_in_content(content))


def _cause_in_content(content: str) -> tuple[str, str]:
    day = parse_day(content) if re.match(r"\d{4}\s*[-./年]", content) else None
    if not content:
        return "等号后面没有内容", "写上内容，没有内容的删去这一行"
    if day or re.fullmatch(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?", content):
        example = day.isoformat() if day else "2024-08-09"
        return f"的日期“{content}”不合写法", f"写成 {example}：年四位，月和日各两位，用英文短横"
    if re.fullmatch(r"0\d+", content):
        return "的数字前面多了 0", f"写成 {int(content)}"
    if content[0] in "\"'":
        return _cause_in_quotes(content, content[0])
    return "的文字没有用英文双引号括起", f'写成 "{_shown(content)}"'


def _cause_in_quotes(content: str, quote: str) -> tuple[str, str]:
    if content.count(quote) < 2:
        return "的引号没有成对", "文字的前后各写一个英文双引号 \""
    if content.count(quote) > 2:
        return "的文字里面又有英文双引号", "里面的引号改成中文引号“”"
    if not content.endswith(quote):
        return f"的引号后面多了“{content.rpartition(quote)[2].strip()}”", "删去引号后面多出的字"
    return "的反斜杠不合写法", "反斜杠 \\ 写成两个 \\\\"


def _cause_in_list(item: Sequence[str]) -> tuple[int, str, str]:
    example = '如 ["甲市应急管理局", "甲市财政局"]'
    for offset, line in enumerate(item):
        outside = re.sub(r"\"[^\"]*\"", "", line.partition("=")[2] if offset == 0 else line)
        if set(outside) & set(_CHINESE_QUOTES):
            return offset, "用了中文引号", f"方括号里每项用英文双引号括起，{example}"
        wrong = next((sign for sign in outside if sign in "，、；;"), "")
        if wrong:
            return offset, f"各项之间是“{wrong}”，不是英文逗号", f"各项之间用英文逗号 ,，{example}"
        if '"' in outside:
            return offset, "的引号没有成对", f"方括号里每项用英文双引号括起，{example}"
    if _is_open(item):
        return 0, "的方括号没有成对", f"各项的后面补上 ]，{example}"
    contents = [re.sub(r"\"[^\"]*\"", "", line.rpartition("=")[2]) for line in item]
    bare = next((offset for offset, content in enumerate(contents) if re.search(r"[一-鿿]", content)), None)
    if bare is not None:
        return bare, "的文字没有用英文双引号括起", f"方括号里每项用英文双引号括起，{example}"
    return 0, "的各项之间没有英文逗号", f"各项之间用英文逗号 ,，{example}"
