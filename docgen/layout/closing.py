"""Compose what closes a paper: 附件说明, 署名 with room for seals, 成文日期, 附注 (7.3.4–7.3.6), 版记, 页码 (7.4, 7.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docgen.gongwen import AnnexNote, Imprint, Signatures
from docgen.layout.breaker import BrokenLine
from docgen.layout.flow import Flow
from docgen.layout.metrics import EM_ASCENT, Metrics
from docgen.layout.pages import ImprintShape, Page, Rule, Tag, TextBlock
from docgen.layout.phrases import shape_name
from docgen.layout.setting import Align, TextStyle, broken, set_line, single_line
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


@dataclass(frozen=True)
class SignatureShape:
    """署名 as composed: each name's lines, the middle of each name from the left of the 版心, the blank above."""

    lines: tuple[tuple[str, ...], ...]
    centres: tuple[Length, ...]
    blank: Length

    def height(self, pitch: Length) -> Length:
        """From the last line of the text to the lower edge of the date's line."""
        return self.blank + pitch * (max(map(len, self.lines)) + 1)


def shape_signatures(flow: Flow, signatures: Signatures) -> SignatureShape:
    """Decide where the names stand: in a row, lead agency left, the last one over the date (7.3.5.1)."""
    style, text = flow.stylesheet.signature, flow.body_style()
    date = single_line(flow.metrics, signatures.signing_date, text, ZERO, ZERO, ZERO, Align.LEFT).runs[-1]
    date_width = date.x + date.width - date.spacing
    last = flow.width - flow.chars(style.date_right_chars) - date_width / 2
    count = len(signatures.names)
    step = (last - (flow.width - last)) / (count - 1) if count > 1 else ZERO
    if count > 1:
        step = max(step, style.seal_diameter + style.seal_gap, date_width + flow.chars(0.1))
    centres = tuple(last - step * (count - 1 - place) for place in range(count))
    beside = min(flow.width - last, step / 2 - flow.chars(0.5)) if count > 1 else flow.width - last

    def fits(name: str) -> bool:
        return flow.metrics.width(name, text.role, text.size) <= beside * 2

    lines = tuple(shape_name(name, fits) for name in signatures.names)
    rows = style.blank_lines + 1 - max(map(len, lines))
    return SignatureShape(lines, centres, text.pitch * max(rows, 1))


def place_signatures(flow: Flow, signatures: Signatures, shape: SignatureShape) -> None:
    """Set the names in their row and the date under the last of them."""
    text = flow.body_style()
    flow.y += shape.blank
    rows = max(map(len, shape.lines))
    for lines, centre in zip(shape.lines, shape.centres, strict=True):
        top = flow.y + text.pitch * (rows - len(lines)) / 2
        half = flow.width / 2
        placed = tuple(
            single_line(
                flow.metrics,
                line,
                text,
                flow.left + centre - half,
                flow.width,
                top + text.pitch * place + text.baseline,
                Align.CENTRE,
            )
            for place, line in enumerate(lines)
        )
        flow.page.blocks.append(TextBlock("署名", placed))
    flow.y += text.pitch * rows
    right = flow.chars(flow.stylesheet.signature.date_right_chars)
    line = single_line(
        flow.metrics,
        signatures.signing_date,
        text,
        flow.left,
        flow.width - right,
        flow.y + text.baseline,
        Align.RIGHT,
    )
    flow.page.blocks.append(TextBlock("成文日期", (line,)))
    flow.y += text.pitch


def imprint_style(stylesheet: Stylesheet) -> TextStyle:
    """The type of 版记."""
    style = stylesheet.imprint
    return TextStyle("fangsong", style.size, style.line_pitch, gap=style.size * stylesheet.grid.cjk_latin_gap)


def copy_text(imprint: Imprint) -> str:
    """Write 抄送 as it is printed: agencies set off by commas, a full stop at the end (7.4.2)."""
    return f"抄送：{'，'.join(imprint.copy_to)}。" if imprint.copy_to else ""


def place_imprint(flow: Flow, imprint: Imprint) -> ImprintShape:
    """Set 版记 on the last line of an even page, on added pages where the text leaves no room (7.4).

    Raise ValueError where 抄送 is longer than a page.
    """
    style, page = flow.stylesheet.imprint, flow.stylesheet.page
    text = imprint_style(flow.stylesheet)
    hang = flow.metrics.width("抄送：", text.role, text.size)
    inner = flow.width - style.size - style.size
    copies = copy_text(imprint)
    lines = broken(flow.metrics, copies, text, inner - hang, -hang, hangs=False) if copies else []
    office = _office_lines(flow, imprint, text, inner)
    copy_height = text.pitch * len(lines) + style.row_padding * 2 if lines else ZERO
    top = page.area_bottom - copy_height - text.pitch * len(office) - style.row_padding * 2
    if top < page.top_white:
        raise ValueError("版记一页放不下，请减少抄送机关，或写统称")
    is_even = len(flow.pages) % 2 == 0
    has_room = flow.y + flow.stylesheet.grid.line_pitch <= top
    added = 0 if is_even and has_room else 2 if is_even else 1
    for _ in range(added):
        flow.new_page()
    if lines:
        _place_copies(flow, lines, text, top, hang)
    _place_office(flow, imprint, office, text, top + copy_height)
    rules = [(top, style.outer_weight, 1), (page.area_bottom, style.outer_weight, -1)]
    if lines:
        rules.insert(1, (top + copy_height, style.inner_weight, 0))
    for at, weight, side in rules:
        flow.page.rules.append(Rule(flow.left, at + weight / 2 * side, flow.width, weight))
    return ImprintShape(top, added, tuple("".join(glyph.char for glyph in line.glyphs) for line in office))


def _office_lines(flow: Flow, imprint: Imprint, text: TextStyle, inner: Length) -> list[BrokenLine]:
    """Break 印发机关 to the room that 印发日期 leaves beside it."""
    date = flow.metrics.width(imprint.printing_date, text.role, text.size)
    return broken(flow.metrics, imprint.printing_office, text, inner - date - text.size * 2, hangs=False)


def _place_copies(flow: Flow, lines: list[BrokenLine], text: TextStyle, top: Length, hang: Length) -> None:
    style = flow.stylesheet.imprint
    placed = []
    for place, line in enumerate(lines):
        shift = style.size if place == 0 else style.size + hang
        baseline = top + style.row_padding + text.pitch * place + text.baseline
        width = flow.width - shift - style.size
        placed.append(set_line(line, text, flow.left + shift, width, baseline, Align.JUSTIFY))
    flow.page.blocks.append(TextBlock("抄送", tuple(placed)))


def _place_office(
    flow: Flow, imprint: Imprint, office: list[BrokenLine], text: TextStyle, top: Length
) -> None:
    """Set 印发机关 at the left, 印发日期 at the right of its last line."""
    style = flow.stylesheet.imprint
    x, inner = flow.left + style.size, flow.width - style.size - style.size
    first = top + style.row_padding + text.baseline
    placed = tuple(
        set_line(line, text, x, inner, first + text.pitch * place, Align.LEFT)
        for place, line in enumerate(office)
    )
    flow.page.blocks.append(TextBlock("印发机关", placed))
    last = first + text.pitch * (len(office) - 1)
    date = single_line(flow.metrics, imprint.printing_date, text, x, inner, last, Align.RIGHT)
    flow.page.blocks.append(TextBlock("印发日期", (date,)))


def page_number_block(metrics: Metrics, stylesheet: Stylesheet, number: int) -> TextBlock:
    """Set — n —: the dash 7 mm below the 版心, one character in from its outer side (7.5)."""
    style, page = stylesheet.page_number, stylesheet.page
    text = TextStyle("songti", style.size, style.size)
    high, low = metrics.faces["songti"].ink("—")
    baseline = page.area_bottom + style.dash_below + style.size * ((high + low) / 2)
    side = style.size * style.side_chars
    align = Align.RIGHT if number % 2 else Align.LEFT
    line = single_line(
        metrics,
        f"— {number} —",
        text,
        page.binding_white + side,
        page.area_width - side - side,
        baseline,
        align,
    )
    return TextBlock("页码", (line,), Tag.FURNITURE)


def numbered(
    pages: tuple[Page, ...], metrics: Metrics, stylesheet: Stylesheet, imprint: ImprintShape
) -> list[Page]:
    """Give each page its number, save a blank page before 版记 and the page of 版记 behind it."""
    shown = len(pages) - (2 if imprint.added_pages == 2 else 0)
    return [
        replace(page, page_number=page_number_block(metrics, stylesheet, page.number))
        if page.number <= shown
        else page
        for page in pages
    ]


def em_top(style: TextStyle) -> Length:
    """From the top of a line's box down to the top of its em box."""
    return style.baseline - style.size * EM_ASCENT
