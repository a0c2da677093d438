"""Compose 附件说明 (GB/T 9704-2012, 7.3.4)."""

from __future__ import annotations

from docgen.gongwen import AnnexNote
from docgen.layout.flow import Flow
from docgen.layout.pages import NoteShape
from docgen.layout.setting import TextStyle
from docgen.units import ZERO, Length


def place_annex_note(flow: Flow, note: AnnexNote, keeps: Length) -> NoteShape:
    """Set 附件说明. A continued name stands under its own first character, behind a number of two digits too.

    The end of it stands whole on the page of the signatures.
    """
    style = flow.body_style()
    label = "附件：" if note.titles else ""
    indent = flow.chars(flow.stylesheet.body.indent_chars)
    number_x = indent + _solid(flow, label, style)
    numbers = [f"{place}." if len(note.titles) > 1 else "" for place in range(1, len(note.titles) + 1)]
    names_x = tuple(number_x + _solid(flow, number, style) for number in numbers)
    flow.y += flow.stylesheet.gap(flow.stylesheet.annex_note.gap_lines)
    last = len(note.titles) - 1
    for place, (number, title, name_x) in enumerate(zip(numbers, note.titles, names_x, strict=True)):
        is_end = place == last and not note.remark
        flow.set_paragraph(
            (label if place == 0 else "") + number + title,
            style,
            "附件说明",
            left=name_x,
            indent=(indent if place == 0 else number_x) - name_x,
            keeps_whole=is_end,
            keeps=keeps if is_end else ZERO,
        )
    if note.remark:
        flow.set_paragraph(note.remark, style, "附件说明", indent=indent, keeps_whole=True, keeps=keeps)
    return NoteShape(number_x, names_x)


def _solid(flow: Flow, text: str, style: TextStyle) -> Length:
    return flow.metrics.width(text, style.role, style.size) + style.tracking * len(text)
