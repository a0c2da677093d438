"""Compose 附件说明 (GB/T 9704-2012, 7.3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from docgen.gongwen.document import ANNEX_NOTE_LABEL, AnnexNote
from docgen.layout.flow import Flow
from docgen.layout.pages import NoteShape
from docgen.layout.setting import TextStyle
from docgen.units import ZERO, Length


@dataclass(frozen=True)
class _Item:
    """A paragraph of 附件说明: where its lines start, and the first of them, from the left of the 版心."""

    text: str
    left: Length
    first: Length

    @property
    def indent(self) -> Length:
        return self.first - self.left


def place_annex_note(flow: Flow, note: AnnexNote, keeps: Length) -> NoteShape:
    """Set 附件说明. A continued name stands under its own first character, behind a number of two digits too.

    The end of it stands whole on the page of the signatures.
    """
    style = flow.body_style()
    items = _items(flow, note, style)
    flow.y += flow.stylesheet.gap(flow.stylesheet.annex_note.gap_lines)
    for item in items:
        is_end = item is items[-1]
        flow.set_paragraph(
            item.text,
            style,
            "附件说明",
            left=item.left,
            indent=item.indent,
            keeps_whole=is_end,
            keeps=keeps if is_end else ZERO,
        )
    return NoteShape(_number_x(flow, note, style), tuple(item.left for item in items[: len(note.titles)]))


def note_heights(flow: Flow, note: AnnexNote) -> list[Length]:
    """From the last line of the body down to the lower edge of each paragraph of 附件说明."""
    style = flow.body_style()
    lines = [
        len(flow.break_lines(item.text, style, item.left, item.indent)) for item in _items(flow, note, style)
    ]
    gap = flow.stylesheet.gap(flow.stylesheet.annex_note.gap_lines)
    return [gap + style.pitch * count for count in accumulate(lines)]


def _items(flow: Flow, note: AnnexNote, style: TextStyle) -> list[_Item]:
    indent, number_x = flow.chars(flow.stylesheet.body.indent_chars), _number_x(flow, note, style)
    items = [
        _Item(label + number + title, number_x + _solid(flow, number, style), indent if label else number_x)
        for label, number, title in note.items
    ]
    return items + ([_Item(note.remark, ZERO, indent)] if note.remark else [])


def _number_x(flow: Flow, note: AnnexNote, style: TextStyle) -> Length:
    """Where the numbers of the annexes start."""
    return flow.chars(flow.stylesheet.body.indent_chars) + _solid(flow, ANNEX_NOTE_LABEL if note.titles else "", style)


def _solid(flow: Flow, text: str, style: TextStyle) -> Length:
    return flow.metrics.width(text, style.role, style.size) + style.tracking * len(text)
