"""发文字号, 签发人 and the red rule in a DOCX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.layout.pages import Line, Page, Rule
from docgen.layout.signers import LABEL
from docgen.render.word_lines import EXACT_ASCENT, Stack, lines_of, run_at, spacing, spread, start_of
from docgen.render.wordml import cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length, pt


def number(page: Page, stack: Stack, stylesheet: Stylesheet) -> str:
    """Write the number alone in its line; the red rule is the lower border of its paragraph."""
    (line,) = lines_of(page, "发文字号")
    before, pitch = stack.place(line.baseline, stylesheet.grid.line_pitch)
    rule = page.rules[0]
    gap = pt(round((_upper_edge(rule) - stack.y).pt))
    stack.y = stack.y + gap + rule.weight
    return paragraph("Number", run(line.text), _border(rule, gap) + spacing(before, pitch))


def number_and_signers(page: Page, signers: Sequence[str], stack: Stack, stylesheet: Stylesheet) -> str:
    """Write the number at the left of the last signer, side by side in a table without rules; the red rule under it."""
    (line,) = lines_of(page, "发文字号")
    rows = tuple(_rows(lines_of(page, "签发人"), signers))
    pitch = stylesheet.grid.line_pitch
    first = rows[0].line.baseline
    room = spacer(stack.skip_to(first - pitch * EXACT_ASCENT))
    _, height = stack.place(first, pitch, len(rows))
    exact = spacing(ZERO, height)
    left, label = stylesheet.page.binding_white, start_of(rows[0].line)
    official = stylesheet.font("kaiti").official
    names = "".join(
        paragraph("Signer", each.runs(official), f"{each.tabs(label)}{exact}{each.indent(label)}")
        for each in rows
    )
    side = f'<w:ind w:left="{(start_of(line) - left).twips}"/><w:jc w:val="left"/>'
    widths = [label - left, stylesheet.page.area_width - (label - left)]
    cells = [
        cell(widths[0], paragraph("Number", run(line.text), exact + side), '<w:vAlign w:val="bottom"/>'),
        cell(widths[1], names),
    ]
    rule = page.rules[0]
    gap = stack.skip_to(_upper_edge(rule))
    stack.y = stack.y + rule.weight
    return room + table(widths, [row(cells, height * len(rows))]) + spacer(gap, _border(rule, ZERO))


@dataclass(frozen=True)
class _Row:
    """One line of signers: the first begins with 签发人：."""

    line: Line
    names: tuple[str, ...]
    label: str

    def starts(self) -> Iterator[Length]:
        """Where each name begins."""
        place = len(self.label)
        for name in self.names:
            yield run_at(self.line, place).x
            place += len(name)

    def runs(self, official: str) -> str:
        """The label in the style's own face, each name in 楷体, spread as it was composed."""
        place = len(self.label)
        written = [run(self.label)] if self.label else []
        for number, name in enumerate(self.names):
            between = run_at(self.line, place).spacing
            written.append(("<w:r><w:tab/></w:r>" if number else "") + spread(name, between, official))
            place += len(name)
        return "".join(written)

    def tabs(self, left: Length) -> str:
        """A stop for every name but the first."""
        stops = "".join(f'<w:tab w:val="left" w:pos="{(x - left).twips}"/>' for x in [*self.starts()][1:])
        return f"<w:tabs>{stops}</w:tabs>" if stops else ""

    def indent(self, left: Length) -> str:
        """A further line begins under the first name."""
        return "" if self.label else f'<w:ind w:left="{(next(self.starts()) - left).twips}"/>'


def _rows(lines: Sequence[Line], signers: Sequence[str]) -> Iterator[_Row]:
    names = list(signers)
    for line in lines:
        label = LABEL if line.text.startswith(LABEL) else ""
        taken, set_so_far = [], len(label)
        while set_so_far < len(line.text):
            taken.append(names.pop(0))
            set_so_far += len(taken[-1])
        yield _Row(line, tuple(taken), label)


def _upper_edge(rule: Rule) -> Length:
    return rule.y - rule.weight / 2


def _border(rule: Rule, gap: Length) -> str:
    """Draw a rule as the lower border of a paragraph, so far under its line."""
    size, colour = round(rule.weight.pt * 8), rule.colour.removeprefix("#")
    return f'<w:pBdr><w:bottom w:val="single" w:sz="{size}" w:space="{round(gap.pt)}" w:color="{colour}"/></w:pBdr>'
