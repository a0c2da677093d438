"""Compose 署名 and 成文日期 (GB/T 9704-2012, 7.3.5), and say where the seals upon them will be. None is ever drawn."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.gongwen import Sealing, Signatures
from docgen.layout.flow import Flow
from docgen.layout.pages import Pages, SignatureShape, TextBlock
from docgen.layout.sealed import shape_sealed
from docgen.layout.setting import Align, box_top, single_line
from docgen.layout.unsealed import shape_stamped, shape_unsealed
from docgen.styles import Stylesheet
from docgen.units import Length

_SHAPED = {
    Sealing.SEALED: shape_sealed,
    Sealing.UNSEALED: shape_unsealed,
    Sealing.STAMPED: shape_stamped,
}


def shape_signatures(flow: Flow, signatures: Signatures) -> SignatureShape:
    """Decide where names and date stand and what room is kept beside them; set nothing yet."""
    return _SHAPED[signatures.sealing](flow, signatures)


def place_signatures(flow: Flow, shape: SignatureShape) -> None:
    """Set names and date under the text."""
    style = flow.body_style()
    for text in shape.texts:
        lines = tuple(
            single_line(
                flow.metrics,
                line.text,
                style,
                flow.left + line.x,
                line.width,
                flow.y + line.top + style.baseline,
                Align.DISTRIBUTE,
            )
            for line in text.lines
        )
        flow.page.blocks.append(TextBlock(text.element, lines))
    flow.y += shape.height


@dataclass(frozen=True)
class SealCircle:
    """Where a seal will be: its page, its centre from the page's upper left corner."""

    page: int
    x: Length
    y: Length
    diameter: Length


def seal_circles(pages: Pages, stylesheet: Stylesheet) -> tuple[SealCircle, ...]:
    """Give the circles that the seals will cover, in the order of the names; none where no seal is set."""
    shape = pages.shapes.signatures
    if shape is None:
        return ()
    number, date = next(
        (page.number, block)
        for page in pages.pages
        for block in page.blocks
        if isinstance(block, TextBlock) and block.element == "成文日期"
    )
    date_top = box_top(date.lines[0].baseline, stylesheet.body.size, stylesheet.grid.line_pitch)
    left, top = stylesheet.page.binding_white, date_top - shape.texts[-1].lines[0].top
    return tuple(
        SealCircle(number, left + seal.x + seal.width / 2, top + seal.y + seal.height / 2, seal.width)
        for seal in shape.seals
    )
