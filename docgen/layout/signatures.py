"""Compose 署名 with room for seals, and 成文日期 (GB/T 9704-2012, 7.3.5)."""

from __future__ import annotations

from docgen.gongwen import Signatures
from docgen.layout.flow import Flow
from docgen.layout.pages import SignatureShape, TextBlock
from docgen.layout.phrases import shape_name
from docgen.layout.setting import Align, single_line
from docgen.units import ZERO


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
