"""Read XML of a file that nobody vouches for, as events: nothing is built, nothing is looked up elsewhere.

A document type (and with it every entity), deep nesting and tags without end are refused; the rest is bounded
by the size of the part, which is known before. What is not well-formed is refused, never read half.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, NoReturn
from xml.parsers import expat

DEEPEST = 100
_CHUNK = 1 << 16
_LONGEST_TAG = 1 << 20

Attributes = Mapping[str, str]


class Malformed(Exception):
    """What a file holds is not what its format prescribes."""


def new_parser() -> expat.XMLParserType:
    """Make a parser that gives names as “namespace name” and refuses a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    """Parse a stream to its end and close it. Raise `Malformed` when it is not well-formed.

    An encoding that nobody knows comes out of the parser as `LookupError` or `ValueError`.
    """
    fed = 0
    try:
        with stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise Malformed("a tag without end")
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Malformed(str(error)) from error


def walk(stream: IO[bytes], start: Callable[[str, Attributes], None]) -> None:
    """Call `start` with the local name and the attributes (local names, too) of every element."""
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        check_depth(depth)
        start(local(name), {local(key): content for key, content in attributes.items()})

    def ended(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = new_parser()
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    feed(parser, stream)


def check_depth(depth: int) -> None:
    """Refuse elements that stand too deep in others: each level costs memory."""
    if depth > DEEPEST:
        raise Malformed("nested too deeply")


def local(name: str) -> str:
    """Give the name without its namespace."""
    return name.rpartition(" ")[2]


def _refuse_doctype(*_found: object) -> NoReturn:
    raise Malformed("a document type")
