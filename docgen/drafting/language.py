"""The templates' language: what the clerk may write in one, and how it is rendered with its lines known.

A template line is a paragraph. Besides names it may hold conditions, comparisons, loops over parts and
comments; nothing else is let in, and the sandbox stands behind that. Values are never read as template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import StrictUndefined, Template
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

from docgen.drafting.shown import ATTRIBUTES, Shown

LINE = "\x02{}\x03"
"""Set before each piece of a line: the number of the template line that it comes from."""

VALUE = "\x0e{source}\x0f{aspect}\x0f{text}\x10"
"""How a printed value whose source is known says so. No value holds a control character of its own."""

ORDINAL = "\x04"
ELASTIC = {"\x05": "，", "\x06": "；"}
HELPERS = {"序": ORDINAL, "逗号": "\x05", "分号": "\x06"}
"""{{ 序 }} prints 一是, 二是, … within its paragraph, nothing when it is alone there. {{ 逗号 }} and
{{ 分号 }} print only between two clauses that are both there; before the first clause and after the last
stands a punctuation mark."""

LOOP_ATTRIBUTES = frozenset({"first", "last", "index"})

_BLANK_BESIDE_CHINESE = re.compile(r"(?<![!-~]) | (?![!-~])")
_GAP = re.compile(r"[ \t\xa0\u3000]+")


class _LineMarks(Extension):
    """Mark each piece of text and each value with its template line; drop accidental blanks of the text."""

    def filter_stream(self, stream: Iterable[Token]) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", _marked(token.value, token.lineno))
            elif token.type == "variable_begin":
                yield Token(token.lineno, "data", LINE.format(token.lineno))
                yield token
            else:
                yield token


def _marked(text: str, first_line: int) -> str:
    lines = text.split("\n")
    return "\n".join(LINE.format(first_line + count) + _closed_up(line) for count, line in enumerate(lines))


def _closed_up(text: str) -> str:
    """Drop blanks, but keep one between two words in Latin letters."""
    return _BLANK_BESIDE_CHINESE.sub("", _GAP.sub(" ", text))


def _signed(value: object) -> object:
    """Let a value that is printed say where it comes from; anything else stays as it is."""
    if isinstance(value, Shown) and value.source and value.text:
        return VALUE.format(source=value.source, aspect=value.aspect, text=value.text)
    return value


class ClerkEnvironment(SandboxedEnvironment):
    """Jinja without anything but the clerk's own names: no filters, tests or globals, few attributes."""

    def __init__(self) -> None:
        # No trim_blocks: it joins a line that ends in a tag with the next one. The output is plain text.
        super().__init__(
            undefined=StrictUndefined, autoescape=False, extensions=[_LineMarks], finalize=_signed
        )
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def getattr(self, obj: object, attribute: str) -> object:
        """Read what stands behind a dot; raise SecurityError for all but the few that are offered."""
        if isinstance(obj, Shown) and attribute in ATTRIBUTES:
            return obj.behind_dot(attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_ATTRIBUTES:
            return getattr(obj, attribute)
        raise SecurityError(f"不能使用“.{attribute}”")

    def getitem(self, obj: object, argument: object) -> object:
        """Refuse subscripts."""
        raise SecurityError(f"不能使用“[{argument}]”")

    def is_safe_callable(self, obj: object) -> bool:
        """Refuse every call of a template."""
        return False


def render(template: Template, names: Mapping[str, Shown]) -> str:
    """Render to text with the marks of lines and values still in it; `prose` turns that into paragraphs."""
    return template.render({**names, **HELPERS})
