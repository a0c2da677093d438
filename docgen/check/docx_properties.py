"""The properties of runs and paragraphs as flat names and values, so that one level of a style overlays another.

A name stands for one thing that Word overlays as one: a first line's indent and its hanging are one, in twips and
in characters apart; a font and the theme's font in its place are one.
"""

from __future__ import annotations

from collections.abc import Mapping

from docgen.check.docx_xml import (
    Node,
    attribute,
    child,
    children,
    colour,
    local,
    mm_of,
    pt_to_mm,
    twips,
    whole,
)
from docgen.check.seen import SeenBorder

Properties = Mapping[str, str]
NONE: Properties = {}

THEME = "theme:"
_SCRIPTS = ("eastAsia", "ascii", "hAnsi", "cs")
_THEME_ATTRIBUTES = {"eastAsia": "eastAsiaTheme", "ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "cs": "cstheme"}
_RUN = ("sz", "b", "color", "spacing", "vanish", "rStyle", "u", "w")
_PARAGRAPH = ("pStyle", "jc", "pageBreakBefore", "keepNext", "snapToGrid")
_SPACING = ("before", "after", "beforeLines", "afterLines", "beforeAutospacing", "afterAutospacing", "line", "lineRule")
_SIDES = {"left": "left", "start": "left", "right": "right", "end": "right"}
SMALLEST_SIZE = 1.0
_DEFAULT_SIZE = 10.0
"""What Word takes where no size is given anywhere (ECMA-376-1, 17.3.2.38)."""
_LINE = 240
_AUTO_GAP = "280"
"""What Word leaves above and below a paragraph that is told to take a browser's gap: 14 pt."""


def run_properties(node: Node | None) -> Properties:
    """Read w:rPr."""
    found: dict[str, str] = {}
    for entry in () if node is None else node:
        name = local(entry)
        if name == "rFonts":
            for script in _SCRIPTS:
                named, theme = attribute(entry, script), attribute(entry, _THEME_ATTRIBUTES[script])
                if named or theme:
                    found[script] = THEME + theme if theme else named
        elif name in _RUN:
            found[name] = attribute(entry)
    return found


def paragraph_properties(node: Node | None) -> Properties:
    """Read w:pPr, without the properties of its mark and without what it was before a tracked change."""
    found: dict[str, str] = {}
    for entry in () if node is None else node:
        name = local(entry)
        if name in _PARAGRAPH:
            found[name] = attribute(entry)
        elif name == "ind":
            found.update(_indents(entry))
        elif name == "spacing":
            found.update({key: attribute(entry, key) for key in _SPACING if attribute(entry, key)})
        elif name == "numPr":
            found.update({local(part): attribute(part) for part in entry})
        elif name == "framePr":
            found["frame"] = attribute(entry, "xAlign")
        elif name == "pBdr":
            found.update({f"border {local(side)}": border_words(side) for side in entry})
    return found


def _indents(node: Node) -> dict[str, str]:
    found = {}
    for key, side in _SIDES.items():
        for unit in ("", "Chars"):
            if attribute(node, key + unit):
                found[side + unit] = attribute(node, key + unit)
    for unit in ("", "Chars"):
        first, hanging = attribute(node, "firstLine" + unit), attribute(node, "hanging" + unit)
        if hanging and hanging.strip("0."):
            found["first" + unit] = f"-{hanging.lstrip('-')}"
        elif first or hanging:
            found["first" + unit] = first or "0"
    return found


def border_words(side: Node) -> str:
    """Write a border as its kind, weight in eighths of a point, and colour."""
    return f"{attribute(side)} {whole(attribute(side, 'sz'), 4)} {attribute(side, 'color') or 'auto'}"


def border(side: str, words: str) -> SeenBorder | None:
    """Read a border written by `border_words`; None where nothing is drawn."""
    kind, size, tint, *_ = (*words.split(" "), "", "", "")
    if kind in ("", "nil", "none"):
        return None
    return SeenBorder(side, pt_to_mm(whole(size, 4) / 8), colour(tint))


def size_of(properties: Properties) -> float:
    """Give the size of a run in pt."""
    half_points = twips(properties.get("sz", ""))
    return _DEFAULT_SIZE if half_points is None else max(half_points / 2, SMALLEST_SIZE)


def indent(properties: Properties, name: str, size: float) -> float:
    """Give an indent in mm: `left`, `right` or `first`; one in characters goes before one in twips."""
    chars = twips(properties.get(name + "Chars", ""))
    return pt_to_mm(size * chars / 100) if chars else mm_of(properties.get(name, ""))


def gap(properties: Properties, name: str, pitch: float | None) -> float:
    """Give the space `before` or `after` a paragraph in mm; `pitch` is that of the grid in pt, None without one."""
    if properties.get(f"{name}Autospacing", "0") not in ("0", "false", "off"):
        return mm_of(_AUTO_GAP)
    lines = twips(properties.get(f"{name}Lines", ""))
    if lines:
        return pt_to_mm((pitch if pitch is not None else _LINE / 20) * lines / 100)
    return max(mm_of(properties.get(name, "")), 0.0)


def line_pitch(properties: Properties) -> tuple[float | None, float | None]:
    """Give the exact pitch in pt or None, and the number of single lines or None."""
    written = twips(properties.get("line", ""))
    rule = properties.get("lineRule", "auto")
    if written is None:
        return None, 1.0
    if rule == "exact":
        return abs(written) / 20, None
    return (None, None) if rule == "atLeast" else (None, written / _LINE)


def numbering_of(node: Node | None) -> Properties:
    """Read what a numbering level asks of its paragraphs: the indents."""
    return paragraph_properties(child(node, "pPr"))


def table_borders(node: Node | None) -> dict[str, str]:
    """Read w:tblBorders or w:tcBorders by side."""
    return {local(side): border_words(side) for side in (() if node is None else node)}


def widths(node: Node | None) -> list[float]:
    """Read the widths of a table's columns in mm."""
    return [mm_of(attribute(column, "w")) for column in children(node, "gridCol")]
