"""Where composed lines stand in a DOCX: the space above a paragraph and the height of its lines, run by run."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.layout.pages import Line, Page, Run, TextBlock
from docgen.layout.setting import TextStyle
from docgen.render.wordml import run
from docgen.styles import Stylesheet
from docgen.units import Length, twips

EXACT_ASCENT = 0.8
"""How much of a line of exact height stands above its baseline, whatever its type (LibreOffice, itrform2.cxx)."""


def grid_box(stylesheet: Stylesheet) -> tuple[Length, Length]:
    """Give the upper and lower edge of the text box in which lines of the grid stand on their composed baselines.

    It stands higher than the composed one, in which the em boxes are in the middle of their lines.
    """
    pitch = stylesheet.grid.line_pitch
    rise = pitch * EXACT_ASCENT - TextStyle("", stylesheet.body.size, pitch).baseline
    return stylesheet.text_top - rise, stylesheet.text_bottom - rise


@dataclass
class Stack:
    """Paragraphs set one under another, measured from the top of the page; `y` is where the next one begins."""

    y: Length

    def place(self, baseline: Length, pitch: Length, lines: int = 1) -> tuple[Length, Length]:
        """Give the space before a paragraph and the height of its lines, so that its first baseline is there.

        A single line is made lower where there is no room for it above its baseline.
        """
        top = baseline - pitch * EXACT_ASCENT
        if top < self.y and lines == 1:
            top, pitch = self.y, (baseline - self.y) / EXACT_ASCENT
        before, line = twips((top - self.y).twips), twips(pitch.twips)
        self.y = self.y + before + line * lines
        return before, line

    def skip_to(self, bottom: Length) -> Length:
        """Go down to there, in whole twips; give how far that was."""
        whole = twips((bottom - self.y).twips)
        self.y = self.y + whole
        return whole


def spacing(before: Length, line: Length) -> str:
    """Write the space before a paragraph and the exact height of its lines."""
    return f'<w:spacing w:before="{before.twips}" w:after="0" w:line="{line.twips}" w:lineRule="exact"/>'


def lines_of(page: Page, element: str) -> tuple[Line, ...]:
    """Give the composed lines of an element, none where the page has it not."""
    return tuple(
        line
        for block in page.blocks
        if isinstance(block, TextBlock) and block.element == element
        for line in block.lines
    )


def run_at(line: Line, place: int) -> Run:
    """Give the run that draws a character of a line."""
    for one in line.runs:
        if place < len(one.text):
            return one
        place -= len(one.text)
    raise IndexError(place)


def start_of(line: Line) -> Length:
    """Where a line begins."""
    return line.runs[0].x


def end_of(line: Line) -> Length:
    """Where the last character of a line ends."""
    last = line.runs[-1]
    return last.x + last.width - last.spacing


def spread(words: str, between: Length, official: str = "") -> str:
    """Runs of a text whose characters stand apart as they were composed, the last one as any other of its style."""
    head, last = words[:-1], words[-1:]
    return (run(head, spacing=between, font=official) if head else "") + run(last, font=official)
