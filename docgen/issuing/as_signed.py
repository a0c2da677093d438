"""Prove that a numbered paper is the 送审稿 that was signed: nothing differs but number and dates. Pure.

Held against each other is what a manifest says of a paper: every text with the pages it stands on, every table, row
by row. What the final paper must say is worked out from the signed one; what it does say was composed anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.gongwen import DocumentNumber, Final, chinese_date
from docgen.issuing.manifest_read import Entry

_OF_TABLES = ("附件", "题", "表题", "页", "列", "行")
_OF_TEXTS = ("元素", "文", "页")
_QUOTED = 30


def final_entry(signed: Entry, final: Final, files: Mapping[str, str]) -> dict[str, Any]:
    """Give what the manifest says of a paper once it has its number; `files` are the numbered ones."""
    return {
        **signed,
        "文件": dict(files),
        "段落": [{**text, "文": _text(text, final)} for text in signed["段落"]],
        "表": [{**table, "附件": _label(str(table["附件"]), final)} for table in signed["表"]],
    }


def _text(text: Entry, final: Final) -> str:
    element, said = text["元素"], str(text["文"])
    if element == "发文字号":
        return str(final.number)
    if element == "成文日期":
        return chinese_date(final.signing_date)
    if element == "印发日期" and final.printing_date is not None:
        return f"{chinese_date(final.printing_date)}印发"
    if element == "附件":
        return _label(said, final)
    return said


def _label(said: str, final: Final) -> str:
    """Write the number on the label of an annex that is bound apart (GB/T 9704-2012, 7.3.7)."""
    return said.replace(str(DocumentNumber(final.number.agency_code, final.number.year)), str(final.number))


def differences(expected: Entry, made: Entry) -> Iterator[str]:
    """Say where a paper, as it was composed, is not what the signed one makes it."""
    if expected["页数"] != made["页数"]:
        yield f"送审稿是 {expected['页数']} 页，现在是 {made['页数']} 页"
    yield from _of("段落", _OF_TEXTS, expected, made)
    yield from _of("表", _OF_TABLES, expected, made)


def _of(what: str, keys: tuple[str, ...], expected: Entry, made: Entry) -> Iterator[str]:
    if len(expected[what]) != len(made[what]):
        yield f"送审稿有 {len(expected[what])} 个{what}，现在有 {len(made[what])} 个"
        return
    for then, now in zip(expected[what], made[what], strict=True):
        for key in keys:
            if _plain(then[key]) != _plain(now[key]):
                yield f"{_place(then)}：送审稿是“{_shown(then[key])}”，现在是“{_shown(now[key])}”"


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _place(entry: Entry) -> str:
    page = f"第 {entry['页'][0][0]} 页" if entry["页"] else ""
    return page + str(entry.get("元素") or f"{entry['附件']}{entry['题']}")


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "……"


def changed_workbooks(signed: Entry, hashes: Mapping[str, str]) -> Iterator[str]:
    """Say which workbooks differ from the signed ones: they bear no number, so no byte may. `hashes` by path."""
    then = {path.partition("/")[2]: digest for path, digest in signed["文件"].items()}
    for path, digest in hashes.items():
        if path.endswith(".xlsx") and then.get(path) != digest:
            yield f"{path} 与送审稿的不同"
