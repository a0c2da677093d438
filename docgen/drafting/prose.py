"""Rendered text → paragraphs that know their template line, and what reads wrong in them. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from docgen.drafting.language import ELASTIC, ORDINAL, VALUE
from docgen.errors import Place, Problem, Severity
from docgen.gongwen import Paragraph, Span
from docgen.gongwen.levels import level_of
from docgen.gongwen.numerals import chinese_number

_LINE_MARK = re.compile("\x02(\\d+)\x03")
_VALUE_BEGINS, _VALUE_PARTED, _, _VALUE_ENDS = tuple(re.sub(r"\{\w+\}", "", VALUE))
_BLANK_ENDS = re.compile(r"^\s+|\s+$")
_ORDINAL = re.compile(ORDINAL)
_ELASTIC = re.compile(f"[{''.join(ELASTIC)}]")
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
        whole = _finished(_Spanned.read("".join(piece for _, piece in numbered)))
        if whole.text:
            line = next(int(line) for line, piece in numbered if piece.strip())
            yield Paragraph(whole.text, level_of(whole.text), line, whole.spans)


@dataclass(frozen=True)
class _Spanned:
    """A text in the making, and the spans of the values in it."""

    text: str
    spans: tuple[Span, ...] = ()

    @classmethod
    def read(cls, marked: str) -> _Spanned:
        """Take the marks of values out of a rendered line."""
        text, spans = "", []
        before, *values = marked.split(_VALUE_BEGINS)
        text += before
        for value in values:
            source, aspect, printed = value.split(_VALUE_PARTED, 2)
            stated, _, after = printed.partition(_VALUE_ENDS)
            spans.append(Span(len(text), len(text) + len(stated), source, aspect))
            text += stated + after
        return cls(text, tuple(spans))

    def replaced(self, pattern: re.Pattern[str], write: Callable[[re.Match[str]], str]) -> _Spanned:
        """Write something else for every match, the last one first, and move the spans with their text."""
        changed = self
        for match in reversed(list(pattern.finditer(self.text))):
            changed = changed._with(match, write(match))
        return changed

    def _with(self, match: re.Match[str], written: str) -> _Spanned:
        start, end = match.span()

        def moved(place: int) -> int:
            return place - end + start + len(written) if place >= end else min(place, start + len(written))

        spans = (replace(span, start=moved(span.start), end=moved(span.end)) for span in self.spans)
        return _Spanned(self.text[:start] + written + self.text[end:], tuple(spans))


def _finished(line: _Spanned) -> _Spanned:
    """Settle what depends on the neighbours: elastic punctuation, then 一是, 二是, 三是."""
    line = line.replaced(_BLANK_ENDS, lambda _: "").replaced(_RUN, lambda match: match[1])
    line = line.replaced(_IDLE, lambda _: "").replaced(_ELASTIC, lambda match: ELASTIC[match[0]])
    is_alone = line.text.count(ORDINAL) == 1
    count = itertools.count(line.text.count(ORDINAL), -1)
    return line.replaced(_ORDINAL, lambda _: "" if is_alone else f"{chinese_number(next(count))}是")


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
