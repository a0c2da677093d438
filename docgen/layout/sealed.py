"""Shape 署名 under seals (GB/T 9704-2012, 7.3.5.1): names in rows, a seal upon each, the date under the last.

One row hangs from the date, its seals side by side (图7). Of several rows (图8) those above are centred in the
版心, two names in the last are spread about its middle. The last name always stands over the date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.gongwen import Signatures
from docgen.layout.flow import Flow
from docgen.layout.pages import Hold, Room, SignatureShape, SignedLine, SignedText
from docgen.layout.phrases import shape_name
from docgen.layout.setting import line_width
from docgen.units import ZERO, Length, mm


def shape_sealed(flow: Flow, signatures: Signatures) -> SignatureShape:
    """Place names, date and seals; the seals reach from within one 行 under the text down to the date."""
    style, text = flow.stylesheet.signature, flow.body_style()
    diameter = signatures.seal_diameter
    seal = mm(diameter) if diameter is not None else style.seal_diameter
    date_width = line_width(flow.metrics, signatures.signing_date, text)
    over_date = flow.width - flow.chars(style.date_right_chars) - date_width / 2
    rows = _Rows(flow, seal, over_date).of(signatures.names)
    lead = (text.pitch - text.size) / 2
    lower = max(text.pitch * (rows[0].lines + 1) - style.seal_top - seal, ZERO)
    first_seal = min(style.seal_top + lower, text.pitch) - lead
    first_bottom = style.seal_top + lower + seal
    texts, seals = [], []
    for place, row in enumerate(rows):
        down = (seal + style.seal_gap) * place
        for name, middle in zip(row.names, row.middles, strict=True):
            top = first_bottom + down - text.pitch * (len(name) + 1)
            texts.append(SignedText("署名", _centred(flow, name, middle, top)))
            seals.append(Room(middle - seal / 2, first_seal + down, seal, seal))
    height = first_bottom + (seal + style.seal_gap) * (len(rows) - 1)
    date_x = rows[-1].middles[-1] - date_width / 2
    date = SignedLine(signatures.signing_date, date_x, date_width, height - text.pitch, Hold.RIGHT)
    return SignatureShape((*texts, SignedText("成文日期", (date,))), height, tuple(seals))


def _centred(flow: Flow, name: Sequence[str], middle: Length, top: Length) -> tuple[SignedLine, ...]:
    text = flow.body_style()
    widths = [line_width(flow.metrics, line, text) for line in name]
    return tuple(
        SignedLine(line, middle - width / 2, width, top + text.pitch * place, Hold.MIDDLE)
        for place, (line, width) in enumerate(zip(name, widths, strict=True))
    )


@dataclass(frozen=True)
class _Row:
    """Names side by side: each one's lines, and its middle from the left of the 版心."""

    names: tuple[tuple[str, ...], ...]
    middles: tuple[Length, ...]

    @property
    def lines(self) -> int:
        """How many lines the longest name has."""
        return max(map(len, self.names))


@dataclass(frozen=True)
class _Anchor:
    """Where a row is held: a place in the 版心, how many of the row's steps lie before it, the least of a step."""

    place: Length
    before: float
    step: Length


@dataclass(frozen=True)
class _Rows:
    """Divides names into rows, for seals of one diameter and a date whose middle stands at `over_date`."""

    flow: Flow
    seal: Length
    over_date: Length

    @property
    def _least_step(self) -> Length:
        return self.seal + self.flow.stylesheet.signature.seal_gap

    def of(self, names: Sequence[str]) -> list[_Row]:
        """Set as many in a row as there is room for; fewer where a name and the date outgrow their seal."""
        style, text = self.flow.stylesheet.signature, self.flow.body_style()
        room = self.flow.width + style.seal_gap
        most = min(style.row_names, int(room) // int(self._least_step))
        for at_most in range(most, 0, -1):
            rows = self._filled(names, at_most)
            if all(text.pitch * row.lines + text.size <= self.seal for row in rows):
                break
        return rows

    def _filled(self, names: Sequence[str], most: int) -> list[_Row]:
        """Give the rows of names; those of as many names stand in columns."""
        counts = self._counts(len(names), most)
        starts = [sum(counts[:place]) for place in range(len(counts))]
        groups = [names[start : start + count] for start, count in zip(starts, counts, strict=True)]
        anchors = {count: self._anchor(count, counts) for count in counts}
        broken = [self._broken(group, anchors[len(group)]) for group in groups]
        steps = dict.fromkeys(counts, ZERO)
        for group in broken:
            steps[len(group)] = max(steps[len(group)], self._step(group, anchors[len(group)]))
        return [_Row(group, _middles(anchors[len(group)], len(group), steps[len(group)])) for group in broken]

    def _counts(self, names: int, most: int) -> list[int]:
        """Divide names evenly, the last row holding no more than its date lets it."""
        give = self.flow.stylesheet.signature.date_right_give
        fitting = [count for count in range(1, most + 1) if self._last_middle(count) <= self.over_date + give]
        by_date = max(fitting, default=1)
        rows = 1 - (-max(names - by_date, 0) // most)
        return [names // rows + (place < names % rows) for place in range(rows)]

    def _last_middle(self, count: int) -> Length:
        """Over the date; a row of many large seals moves it to the right."""
        return max(self.over_date, self.seal / 2 + self._least_step * (count - 1))

    def _anchor(self, count: int, counts: Sequence[int]) -> _Anchor:
        middle, step = self.flow.width / 2, self._least_step
        if count != counts[-1]:
            return _Anchor(middle, (count - 1) / 2, step)
        is_pair_below = len(counts) > 1 and count == 2
        spread = (self.over_date - middle) * 2 if is_pair_below else ZERO
        return _Anchor(self._last_middle(count), count - 1, max(step, spread))

    def _broken(self, names: Sequence[str], anchor: _Anchor) -> tuple[tuple[str, ...], ...]:
        """Break names to the widest that a row holds: neither they nor their seals leave the 版心."""
        flow, between = self.flow, self.flow.chars(self.flow.stylesheet.signature.name_gap_chars)
        after = len(names) - 1 - anchor.before
        reaches = []
        for room, steps in ((anchor.place, anchor.before), (flow.width - anchor.place, after)):
            reaches.append((room + between / 2) / (steps * 2 + 1))
            if steps:
                reaches.append((room - self.seal / 2) / (steps * 2))
        widest = min(reaches) * 2 - between

        def fits(line: str) -> bool:
            return line_width(flow.metrics, line, flow.body_style()) <= widest

        return tuple(shape_name(name, fits) for name in names)

    def _step(self, names: Sequence[Sequence[str]], anchor: _Anchor) -> Length:
        """From one name's middle to the next: no name under another's seal, a character between two names."""
        flow, half_seal = self.flow, self._least_step / 2
        half_gap = flow.chars(flow.stylesheet.signature.name_gap_chars) / 2
        widths = [max(line_width(flow.metrics, line, flow.body_style()) for line in name) for name in names]
        reaches = [max(half_seal, width / 2 + half_gap) for width in widths]
        return max([anchor.step, *(one + other for one, other in pairwise(reaches))])


def _middles(anchor: _Anchor, count: int, step: Length) -> tuple[Length, ...]:
    return tuple(anchor.place + step * (place - anchor.before) for place in range(count))
