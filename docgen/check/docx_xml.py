"""Read the XML of a DOCX that nobody vouches for, and the measures written in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

Node = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
)
"""Strict Office Open XML has names of its own for the same elements (ISO/IEC 29500-1)."""
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_MEASURE = re.compile(r"(-?\d{1,7}(?:\.\d{0,6})?)(mm|cm|in|pt|pc|pi)?")
_TWIPS_PER = {"mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0}
_OFF = {"0", "false", "off"}
_MM_PER_TWIP = 25.4 / 1440


class Malformed(Exception):
    """What a file holds is not what its format prescribes."""


def parse(content: bytes) -> Node:
    """Parse a part. Raise `Malformed` when it is not well-formed, has a document type, or nests too deeply.

    Without a document type there is no entity to expand; lxml refuses more than 256 levels.
    """
    if _DOCTYPE.search(content):
        raise Malformed("a document type")
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Malformed(str(error)) from error


def local(node: Node) -> str:
    """Give an element's name without its namespace."""
    return node.tag.rpartition("}")[2]


def child(node: Node | None, name: str) -> Node | None:
    """Give the first child of this Word name."""
    return None if node is None else node.find(W + name)


def children(node: Node | None, name: str) -> Iterator[Node]:
    """Give the children of this Word name."""
    return iter(()) if node is None else node.iterchildren(W + name)


def attribute(node: Node | None, name: str = "val") -> str:
    """Read a Word attribute; "" where there is none."""
    return "" if node is None else node.get(W + name) or ""


def value(node: Node | None, name: str) -> str:
    """Read w:val of a child; "" where there is none."""
    return attribute(child(node, name))


def is_on(node: Node | None, name: str) -> bool:
    """Tell whether a child that stands for yes or no is there and says yes."""
    found = child(node, name)
    return found is not None and attribute(found) not in _OFF


def says_yes(written: str) -> bool:
    """Read a value that stands for yes or no; an empty one is yes."""
    return written not in _OFF


def twips(written: str) -> float | None:
    """Read a measure in twentieths of a point; strict files write a unit behind it. None where it is no number."""
    found = _MEASURE.fullmatch(written.strip())
    if found is None:
        return None
    return float(found[1]) * _TWIPS_PER.get(found[2] or "", 1.0)


def whole(written: str, otherwise: int) -> int:
    """Read a whole number of a sane size."""
    found = _MEASURE.fullmatch(written.strip())
    return otherwise if found is None else int(float(found[1]))


def mm_of(written: str, otherwise: float = 0.0) -> float:
    """Read a measure in twips as mm."""
    found = twips(written)
    return otherwise if found is None else found * _MM_PER_TWIP


def pt_to_mm(size: float) -> float:
    """Turn points into mm."""
    return size * 25.4 / 72


def colour(written: str) -> str:
    """Write a colour as #RRGGBB; automatic and unknown ones are black."""
    return f"#{written.upper()}" if re.fullmatch("[0-9A-Fa-f]{6}", written) else "#000000"
