"""Rendered text → paragraphs that know their template line, and what reads wrong in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.drafting.language import ELASTIC, ORDINAL
from docgen.errors import Place, Problem, Severity
from docgen.gongwen import Paragraph
from docgen.gongwen.levels import level_of
from docgen.gongwen.numerals import chinese_number

_LINE_MARK = re.compile("\x02(\\d+)\x03")
_RUN = re.compile("([\x05-\x06])[\x05-\x06]+")
_IDLE = re.compile("(^|(?<=[\x04，、；：。（]))[\x05-\x06]|[\x05-\x06](?=$|[，、；：。）])")
_STRAY = re.compile(
    "^[，、；：。！？）」”》]"
    "|[，、；：。！？][，、；：。！？]"
    "|（[，、；：。）]|[，、；：]）|“”|《》"
    "|[，、]$"
)
_MISSING = re.compile(r"【待补：([^】]*)】")
_SAYS_NOTHING = re.compile(r"(?:【待补：[^】]*】|[\W_])*")


def paragraphs(marked: str) -> tuple[Paragraph, ...]:
    """Read the paragraphs of rendered or raw template text, blank lines left out."""
    return tuple(_paragraphs(marked))


def _paragraphs(marked: str) -> Iterator[Paragraph]:
    for text in marked.split("\n"):
        pieces = _LINE_MARK.split(text)
        numbered = list(zip(pieces[1::2], pieces[2::2], strict=True))
        whole = _finished("".join(piece for _, piece in numbered))
        if whole:
            line = next(int(line) for line, piece in numbered if piece.strip())
            yield Paragraph(whole, level_of(whole), line)


def _finished(text: str) -> str:
    """Settle what depends on the neighbours: elastic punctuation, then 一是, 二是, 三是."""
    text = _IDLE.sub("", _RUN.sub(r"\1", text.strip()))
    for mark, punctuation in ELASTIC.items():
        text = text.replace(mark, punctuation)
    clauses = text.split(ORDINAL)
    if len(clauses) <= 2:
        return "".join(clauses)
    ordinals = (f"{chinese_number(count)}是{clause}" for count, clause in enumerate(clauses[1:], start=1))
    return clauses[0] + "".join(ordinals)


def prose_problems(body: tuple[Paragraph, ...], file: str) -> Iterator[Problem]:
    """Find what a vanished clause or a missing setting left behind, each with its line."""
    for paragraph in body:
        where = Place(file=file, line=paragraph.line)
        for name in dict.fromkeys(_MISSING.findall(paragraph.text)):
            yield missing_setting(name, where)
        if _SAYS_NOTHING.fullmatch(paragraph.text):
            yield Problem(
                "empty-paragraph", Severity.DOUBTFUL, where, f"该段没有内容，只有“{paragraph.text}”",
                "有完整的一句话，或整段不出现", "用 {% if … %} 把整段包起来，或补上文字",
            )
            continue
        stray = _STRAY.search(paragraph.text)
        if stray is not None:
            around = paragraph.text[max(0, stray.start() - 6): stray.end() + 6]
            yield Problem(
                "stray-punctuation", Severity.DOUBTFUL, where, f"标点多余或残缺：“{around}”",
                "分句不出现时，它的标点也不出现", "把标点写进 {% if … %} 之内，或改用 {{ 逗号 }}、{{ 分号 }}",
            )


def missing_setting(name: str, where: Place) -> Problem:
    """Say that the paper prints 【待补：name】."""
    return Problem(
        "missing-setting", Severity.DOUBTFUL, where, f"正文或版记印有“【待补：{name}】”",
        f"发文信息填有“{name}”", f"在发文信息中补填“{name}”",
    )
