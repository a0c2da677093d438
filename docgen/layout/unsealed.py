"""Shape 署名 without seals, and 职务 beside 签名章 (GB/T 9704-2012, 7.3.5.2, 7.3.5.3)."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.gongwen import Signatures
from docgen.layout.flow import Flow
from docgen.layout.pages import Hold, Room, SignatureShape, SignedLine, SignedText
from docgen.layout.phrases import shape_name
from docgen.layout.setting import line_width
from docgen.units import Length


def shape_unsealed(flow: Flow, signatures: Signatures) -> SignatureShape:
    """Place the names one under another, spread to one width (图9), and the date two characters further in.

    Where the date is the longer, it is the one that ends two characters from the right.
    """
    style, text = flow.stylesheet.signature, flow.body_style()
    right = flow.width - flow.chars(style.unsealed_right_chars)
    shift = flow.chars(style.unsealed_date_chars)
    names = [_broken(flow, name, right) for name in signatures.names]
    widest = max(_width(flow, line) for name in names for line in name)
    date_width = _width(flow, signatures.signing_date)
    is_date_longer = date_width > widest
    x = right - shift - date_width if is_date_longer else right - widest
    top = flow.stylesheet.gap(style.unsealed_gap_lines)
    texts = []
    for name in names:
        lines = []
        for line in name:
            width, hold = _width(flow, line), Hold.LEFT if is_date_longer else Hold.RIGHT
            if len(name) == 1 and width < widest:
                width, hold = widest, Hold.BOTH
            lines.append(SignedLine(line, x, width, top, hold))
            top += text.pitch
        texts.append(SignedText("署名", tuple(lines)))
    date_hold = Hold.RIGHT if is_date_longer else Hold.LEFT
    date = SignedLine(signatures.signing_date, x + shift, date_width, top, date_hold)
    return SignatureShape((*texts, SignedText("成文日期", (date,))), top + text.pitch)


def shape_stamped(flow: Flow, signatures: Signatures) -> SignatureShape:
    """Place each 职务 at the left of the room for its 签名章, one agency under another, and the date below."""
    style, text = flow.stylesheet.signature, flow.body_style()
    right = flow.width - flow.chars(style.date_right_chars)
    stamp_x = right - style.stamp_width
    post_right = stamp_x - flow.chars(style.stamp_post_chars)
    lead = (text.pitch - text.size) / 2
    top = flow.stylesheet.gap(style.stamp_gap_lines) + lead
    texts, stamps = [], []
    for post in signatures.names:
        broken = _broken(flow, post, post_right)
        height = max(style.stamp_height, text.pitch * len(broken) - lead * 2)
        first = top + (height - text.pitch * len(broken)) / 2
        lines = [
            SignedLine(line, post_right - width, width, first + text.pitch * place, Hold.RIGHT)
            for place, line in enumerate(broken)
            for width in (_width(flow, line),)
        ]
        texts.append(SignedText("署名", tuple(lines)))
        stamp_y = top + (height - style.stamp_height) / 2
        stamps.append(Room(stamp_x, stamp_y, style.stamp_width, style.stamp_height))
        top += height + lead * 2
    date_top = top - lead * 3 + text.pitch * style.stamp_date_lines
    date_width = _width(flow, signatures.signing_date)
    date = SignedLine(signatures.signing_date, right - date_width, date_width, date_top, Hold.RIGHT)
    shape = (*texts, SignedText("成文日期", (date,)))
    return SignatureShape(shape, date_top + text.pitch, stamps=tuple(stamps))


def _broken(flow: Flow, name: str, most: Length) -> Sequence[str]:
    """Break a name that is wider than its place."""
    return shape_name(name, lambda line: _width(flow, line) <= most)


def _width(flow: Flow, line: str) -> Length:
    return line_width(flow.metrics, line, flow.body_style())
