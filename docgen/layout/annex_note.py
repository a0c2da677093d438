"""Compose 附件说明 (GB/T 9704-2012, 7.3.4)."""

from __future__ import annotations

from docgen.gongwen import AnnexNote
from docgen.layout.flow import Flow
from docgen.layout.setting import TextStyle
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length


def place_annex_note(flow: Flow, note: AnnexNote, keeps_rows: int) -> tuple[Length, Length]:
    """Set 附件说明; give where numbers and names start. A continued name stands under its first character.

    The end of it stands whole on the page of the signatures.
    """
    style = flow.body_style()
    body = flow.stylesheet.body
    label = "附件：" if note.titles else ""
    indent = flow.chars(body.indent_chars)
    number_x = indent + _solid(flow, label, style)
    is_numbered = len(note.titles) > 1
    name_x = number_x + (_solid(flow, "1.", style) if is_numbered else ZERO)
    flow.y += note_gap(flow.stylesheet)
    last = len(note.titles) - 1
    for place, title in enumerate(note.titles):
        text = (label if place == 0 else "") + (f"{place + 1}." if is_numbered else "") + title
        start = indent if place == 0 else number_x
        is_end = place == last and not note.remark
        flow.set_paragraph(
            text,
            style,
            "附件说明",
            left=name_x,
            indent=start - name_x,
            keeps_whole=is_end,
            keeps_rows=keeps_rows if is_end else 0,
        )
    if note.remark:
        flow.set_paragraph(
            note.remark, style, "附件说明", indent=indent, keeps_whole=True, keeps_rows=keeps_rows
        )
    return number_x, name_x


def _solid(flow: Flow, text: str, style: TextStyle) -> Length:
    return flow.metrics.width(text, style.role, style.size) + style.tracking * len(text)


def note_gap(stylesheet: Stylesheet) -> Length:
    """空一行: one 行 between the ink above and the ink below, of which the line boxes already hold a part."""
    grid = stylesheet.grid
    return grid.line_pitch * stylesheet.annex_note.gap_lines - (grid.line_pitch - stylesheet.body.size)
