"""The text of one paragraph of a DOCX, run by run: what is hidden or struck out is left out and told."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from docgen.check.docx_properties import NONE, Properties, run_properties, size_of
from docgen.check.docx_shapes import Drawn, chosen, drawn
from docgen.check.docx_styles import Styles, merged
from docgen.check.docx_xml import Node, attribute, child, colour, local, says_yes, twips, value
from docgen.check.seen import SeenRun
from docgen.errors import Unreadable

_THROUGH = {"hyperlink", "smartTag", "customXml", "dir", "bdo", "ruby", "rubyBase", "sdtContent", "oMathPara"}
_GIVEN = {"ins": "修订：插入的文字", "moveTo": "修订：移来的文字"}
_TAKEN = {"del": "修订：删去的文字", "moveFrom": "修订：移走的文字"}
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_DRAWN = {"drawing", "pict", "object"}
_PAGE = "{PAGE}"
_DEEPEST = 60


@dataclass
class _Field:
    instruction: str = ""
    is_result: bool = False

    @property
    def is_page(self) -> bool:
        return self.instruction.split()[:1] == ["PAGE"]


@dataclass
class Read:
    """One paragraph while it is read."""

    number: int
    base: Properties
    """What its style asks of its runs."""
    runs: list[SeenRun] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    break_before_text: bool = False
    break_after_text: bool = False

    @property
    def text(self) -> str:
        """What is read so far."""
        return "".join(run.text for run in self.runs)


class RunReader:
    """Read the runs of the paragraphs of one story (body, footer), which share fields that run over several."""

    def __init__(self, styles: Styles, hidden: Counter[str]) -> None:
        self._styles = styles
        self._hidden = hidden
        self._fields: list[_Field] = []

    def read(self, node: Node, number: int, base: Properties) -> Read:
        """Read one w:p."""
        into = Read(number, base)
        self._inline(node, into, "", 0)
        self._fields = [field for field in self._fields if field.is_result and not field.is_page]
        return into

    def _inline(self, node: Node, into: Read, tag: str, depth: int) -> None:
        if depth > _DEEPEST:
            raise Unreadable("文件里的标记嵌套过深，不像正常的文档", "用 Word 或 WPS 打开它，另存为 .docx 再查")
        for part in node:
            name = local(part)
            if name == "r":
                self._run(part, into, tag, depth)
            elif name in _THROUGH:
                self._inline(part, into, tag, depth + 1)
            elif name in _GIVEN:
                self._hidden[_GIVEN[name]] += 1
                self._inline(part, into, tag, depth + 1)
            elif name in _TAKEN:
                self._hidden[_TAKEN[name]] += 1
            elif name == "sdt":
                own = value(child(part, "sdtPr"), "tag") or tag
                content = child(part, "sdtContent")
                if content is not None:
                    self._inline(content, into, own, depth + 1)
            elif name == "AlternateContent":
                branch = chosen(part)
                if branch is not None:
                    self._inline(branch, into, tag, depth + 1)
            elif name == "fldSimple":
                self._simple_field(part, into, tag, depth)
            elif name == "oMath":
                words = "".join(text.text or "" for text in part.iter("{*}t"))
                self._say(words, into, NONE, tag)
            elif name in ("commentRangeStart", "commentReference"):
                self._hidden["批注"] += name == "commentRangeStart"

    def _simple_field(self, node: Node, into: Read, tag: str, depth: int) -> None:
        if _Field(attribute(node, "instr")).is_page:
            first = child(node, "r")
            self._say(_PAGE, into, run_properties(child(first, "rPr")), tag)
        else:
            self._inline(node, into, tag, depth + 1)

    def _run(self, node: Node, into: Read, tag: str, depth: int) -> None:
        own = run_properties(child(node, "rPr"))
        vanish = self._whole(own, into).get("vanish")
        is_hidden = vanish is not None and says_yes(vanish)
        words: list[str] = []
        for part in node:
            name = local(part)
            if name == "t":
                words.append((part.text or "") * self._is_shown())
            elif name in _MARKS:
                words.append(_MARKS[name] * self._is_shown())
            elif name == "br":
                self._break(attribute(part, "type"), into, words)
            elif name == "sym":
                words.append(_symbol(attribute(part, "char")))
            elif name == "fldChar":
                words.append(self._field(attribute(part, "fldCharType")))
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += part.text or ""
            elif name in _DRAWN:
                into.drawn.extend(drawn(part, into.number))
            elif name == "AlternateContent":
                branch = chosen(part)
                for inner in () if branch is None else branch:
                    if local(inner) in _DRAWN:
                        into.drawn.extend(drawn(inner, into.number))
            elif name == "ruby":
                self._say("".join(words), into, own, tag)
                words = []
                self._inline(part, into, tag, depth + 1)
        text = "".join(words)
        if is_hidden and text.strip():
            self._hidden["隐藏文字"] += 1
        elif not is_hidden:
            self._say(text, into, own, tag)

    def _whole(self, own: Properties, into: Read) -> Properties:
        style = self._styles.alone(own["rStyle"]).run if own.get("rStyle") else NONE
        return merged(into.base, style, own)

    def _say(self, text: str, into: Read, own: Properties, tag: str) -> None:
        if not text:
            return
        style = self._styles.alone(own["rStyle"]).run if own.get("rStyle") else NONE
        whole = merged(into.base, style, own)
        is_bold = ("b" in into.base and says_yes(into.base["b"])) != ("b" in style and says_yes(style["b"]))
        if "b" in own:
            is_bold = says_yes(own["b"])
        into.runs.append(
            SeenRun(
                text,
                self._styles.font(whole, "eastAsia"),
                self._styles.font(whole, "ascii"),
                size_of(whole),
                is_bold,
                colour(whole.get("color", "")),
                (twips(whole.get("spacing", "")) or 0.0) / 20,
                tag,
            )
        )

    def _break(self, kind: str, into: Read, words: list[str]) -> None:
        if kind == "page":
            has_text = bool(into.text.strip() or "".join(words).strip())
            into.break_after_text |= has_text
            into.break_before_text |= not has_text
        elif kind != "column":
            words.append("\n" * self._is_shown())

    def _is_shown(self) -> bool:
        return all(field.is_result and not field.is_page for field in self._fields)

    def _field(self, kind: str) -> str:
        """Follow a field's beginning, middle and end; give {PAGE} where the page's number is shown."""
        if kind == "begin":
            if len(self._fields) < _DEEPEST:
                self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields and self._fields.pop().is_page:
            return _PAGE
        return ""


def _symbol(written: str) -> str:
    """Give a character that is written as its number; those of symbol fonts have none of their own."""
    if not re.fullmatch("[0-9A-Fa-f]{1,5}", written):
        return ""
    number = int(written, 16)
    is_private = 0xE000 <= number <= 0xF8FF or 0xD800 <= number <= 0xDFFF or number < 0x20
    return "□" if is_private else chr(number)
