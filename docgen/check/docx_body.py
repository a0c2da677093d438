"""The paragraphs, tables and drawn things of a DOCX's body or footer, in order, with the properties that hold.

What a table's style asks of the text in it is not followed: no rule looks at it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.check.docx_numbering import Numbering
from docgen.check.docx_properties import (
    Properties,
    border,
    gap,
    indent,
    line_pitch,
    paragraph_properties,
    run_properties,
    size_of,
)
from docgen.check.docx_runs import Read, RunReader
from docgen.check.docx_shapes import chosen
from docgen.check.docx_styles import Styles, merged
from docgen.check.docx_tables import head_rows, may_split, row_rules, table_width
from docgen.check.docx_xml import Node, attribute, child, local, says_yes, value
from docgen.check.seen import SeenBorder, SeenParagraph, SeenRun, SeenShape, SeenTable
from docgen.errors import Unreadable

MOST_PARAGRAPHS = 300_000
_DEEPEST = 40
_ALIGN = {"start": "left", "end": "right", "both": "both", "distribute": "distribute", "center": "center"}
_THROUGH = {"customXml", "smartTag", "ins", "moveTo", "sdtContent", "txbxContent"}
_FRAMES = {"left", "right", "center", "inside", "outside"}


@dataclass(frozen=True)
class _Place:
    in_table: int = 0
    cell: int = 0
    in_box: bool = False
    tag: str = ""
    depth: int = 0


class Body:
    """Read one story. `pitches` are those of the sections' grids in pt, None where a section has none."""

    def __init__(self, styles: Styles, numbering: Numbering, pitches: Sequence[float | None] = (None,)) -> None:
        self.paragraphs: list[SeenParagraph] = []
        self.tables: list[SeenTable] = []
        self.shapes: list[SeenShape] = []
        self.hidden: Counter[str] = Counter()
        self._styles = styles
        self._numbering = numbering
        self._pitches = pitches
        self._runs = RunReader(styles, self.hidden)
        self._section = 0
        self._cells = 0
        self._breaks_page = False

    def read(self, node: Node) -> None:
        """Read w:body or w:ftr."""
        self._blocks(node, _Place())

    def _blocks(self, node: Node, place: _Place) -> None:
        if place.depth > _DEEPEST:
            raise Unreadable("表格、文本框嵌套过深，不像正常的文档", "用 Word 或 WPS 打开它，另存为 .docx 再查")
        inner = replace(place, depth=place.depth + 1)
        for part in node:
            name = local(part)
            if name == "p":
                self._paragraph(part, inner)
            elif name == "tbl":
                self._table(part, inner)
            elif name == "sdt":
                content = child(part, "sdtContent")
                if content is not None:
                    self._blocks(content, replace(inner, tag=value(child(part, "sdtPr"), "tag") or place.tag))
            elif name in _THROUGH:
                self._blocks(part, inner)
            elif name == "AlternateContent":
                branch = chosen(part)
                if branch is not None:
                    self._blocks(branch, inner)
            elif name == "altChunk":
                self.hidden["嵌入的其他文档，没有读"] += 1

    def _paragraph(self, node: Node, place: _Place) -> None:
        number = len(self.paragraphs) + 1
        if number > MOST_PARAGRAPHS:
            raise Unreadable(f"文件有 {MOST_PARAGRAPHS} 段以上，太长", "把附件的长表另存成文件，分开检查")
        own_node = child(node, "pPr")
        own = paragraph_properties(own_node)
        style_id = own.get("pStyle") or self._styles.default_id()
        style = self._styles.of_paragraph(style_id)
        properties, automatic = self._numbered(style.paragraph, own)
        read = self._runs.read(node, number, style.run)
        size = read.runs[0].size if read.runs else size_of(merged(style.run, run_properties(child(own_node, "rPr"))))
        seen = _seen(read, properties, size, self._pitch())
        self.paragraphs.append(
            replace(
                seen,
                style=style.name,
                style_id=style_id,
                tag=place.tag or _tag_of_all(read.runs),
                starts_page=self._starts_page(read, properties),
                in_table=place.in_table,
                cell=place.cell,
                in_box=place.in_box,
                section=self._section,
                numbering=automatic,
            )
        )
        for thing in read.drawn:
            self.shapes.append(thing.shape)
            if thing.content is not None:
                self._blocks(thing.content, replace(place, in_box=True, depth=place.depth + 1))
        if child(own_node, "sectPr") is not None:
            self._section += 1

    def _numbered(self, style: Properties, own: Properties) -> tuple[Properties, str]:
        """Lay the indents of an automatic number under what names them closer, and count it on."""
        number_id = own.get("numId") or style.get("numId") or "0"
        if number_id == "0":
            return merged(style, own), ""
        depth = own.get("ilvl") or style.get("ilvl") or "0"
        indents = self._numbering.properties(number_id, depth)
        levels = (style, indents, own) if own.get("numId") else (indents, style, own)
        return merged(*levels), self._numbering.next(number_id, depth)

    def _starts_page(self, read: Read, properties: Properties) -> bool:
        told = "pageBreakBefore" in properties and says_yes(properties["pageBreakBefore"])
        starts = told or self._breaks_page or (read.break_before_text and bool(read.text.strip()))
        self._breaks_page = read.break_after_text or (read.break_before_text and not read.text.strip())
        return starts

    def _pitch(self) -> float | None:
        return self._pitches[self._section] if self._section < len(self._pitches) else None

    def _table(self, node: Node, place: _Place) -> None:
        number = len(self.tables) + 1
        self.tables.append(SeenTable(number, ()))
        inner = replace(place, in_table=number)
        rows = list(_parts(node, "tr"))
        texts = [tuple(self._cell(cell, inner) for cell in _parts(row, "tc")) for row in rows]
        style = self._styles.alone(value(child(node, "tblPr"), "tblStyle"))
        self.tables[number - 1] = SeenTable(
            number, tuple(texts), head_rows(rows), may_split(rows), table_width(node), row_rules(node, rows, style.borders)
        )

    def _cell(self, node: Node, place: _Place) -> str:
        before = len(self.paragraphs)
        self._cells += 1
        self._blocks(node, replace(place, cell=self._cells))
        return "\n".join(paragraph.text for paragraph in self.paragraphs[before:])


def _parts(node: Node, name: str) -> Iterator[Node]:
    """Give the rows of a table or the cells of a row, those in content controls too; deleted ones not."""
    for part in node:
        kind = local(part)
        if kind == name:
            if child(child(part, "trPr"), "del") is None:
                yield part
        elif kind in _THROUGH or kind == "sdt":
            yield from _parts(part, name)


def _seen(read: Read, properties: Properties, size: float, pitch: float | None) -> SeenParagraph:
    exact, times = line_pitch(properties)
    align = properties.get("jc") or "left"
    frame = properties.get("frame", "")
    sides = ((key.removeprefix("border "), words) for key, words in properties.items() if key.startswith("border "))
    borders: list[SeenBorder | None] = [border(side, words) for side, words in sides]
    return SeenParagraph(
        read.number,
        read.text,
        tuple(read.runs),
        align=frame if frame in _FRAMES else _ALIGN.get(align, align),
        left=indent(properties, "left", size),
        right=indent(properties, "right", size),
        first_line=indent(properties, "first", size),
        before=gap(properties, "before", pitch),
        after=gap(properties, "after", pitch),
        line=exact,
        line_times=times,
        keeps_next="keepNext" in properties and says_yes(properties["keepNext"]),
        borders=tuple(found for found in borders if found is not None),
    )


def _tag_of_all(runs: Sequence[SeenRun]) -> str:
    """Give the tag that all the words of a paragraph stand under, "" where they do not."""
    tags = {run.tag for run in runs if run.text.strip()}
    return tags.pop() if len(tags) == 1 else ""


def grid_pitch(section: Node) -> float | None:
    """Give the pitch of a section's grid in pt, None where it has no grid of lines."""
    grid = child(section, "docGrid")
    written = attribute(grid, "linePitch")
    kind = attribute(grid, "type")
    if kind not in ("lines", "linesAndChars", "snapToChars") or not written.isdecimal():
        return None
    return min(int(written[:6]), 31680) / 20
