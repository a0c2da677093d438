"""What a table of a DOCX says of its rows: repeated, divided, ruled."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.check.docx_properties import Properties, border, table_borders, widths
from docgen.check.docx_xml import Node, attribute, child, children, is_on, mm_of
from docgen.check.seen import SeenBorder


def head_rows(rows: Sequence[Node]) -> int:
    """Count the rows from the first that are repeated on each page."""
    count = 0
    for row in rows:
        if not is_on(child(row, "trPr"), "tblHeader"):
            break
        count += 1
    return count


def may_split(rows: Sequence[Node]) -> bool:
    """Tell whether a row may be divided between two pages."""
    return any(not is_on(child(row, "trPr"), "cantSplit") for row in rows)


def table_width(table: Node) -> float:
    """Give the width in mm: as told, else that of the columns together."""
    told = child(child(table, "tblPr"), "tblW")
    if told is not None and attribute(told, "type") == "dxa":
        return mm_of(attribute(told, "w"))
    return sum(widths(child(table, "tblGrid")))


def row_rules(table: Node, rows: Sequence[Node], style: Properties) -> tuple[SeenBorder | None, ...]:
    """Give the rule above the first row, those between rows and that below the last; a cell's goes before a table's."""
    whole = {**style, **table_borders(child(child(table, "tblPr"), "tblBorders"))}
    sides = [_sides(row) for row in rows]
    found = []
    for place in range(len(rows) + 1):
        own = (sides[place - 1].get("bottom") if place else None) or (
            sides[place].get("top") if place < len(rows) else None
        )
        name = "top" if place == 0 else "bottom" if place == len(rows) else "insideH"
        side = {"insideH": "between"}.get(name, name)
        found.append(border(side, own if own is not None else whole.get(name, "")))
    return tuple(found)


def _sides(row: Node) -> Properties:
    first = next(children(row, "tc"), None)
    return table_borders(child(child(first, "tcPr"), "tcBorders"))
