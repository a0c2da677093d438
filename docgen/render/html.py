"""Write composed pages as HTML with every place given: paragraphs, headings and tables that only need drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from docgen.layout.metrics import Metrics
from docgen.layout.pages import BLACK, Line, Page, Pages, Rule, Run, TableBlock, TableRow, TextBlock
from docgen.styles import Stylesheet
from docgen.units import Length

FONT_SCHEME = "docgen-font"


class _Looks:
    """Number the looks of text in a paper, so that a line need only name its look and its place."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._rules: dict[str, str] = {}

    def of(self, run: Run) -> str:
        """Give the class of a run's face, size, spacing and colour."""
        size = _pt(run.size)
        look = (
            f"font-family:{run.face};font-size:{size};line-height:{_pt(run.size * 2)};"
            f"letter-spacing:{_pt(run.spacing)}"
        )
        if run.colour != BLACK:
            look += f";color:{run.colour}"
        return self._class(look)

    def gap(self, width: Length) -> str:
        """Give the class of a run that stands off from the one before it."""
        return self._class(f"margin-left:{_pt(width)}")

    def rise(self, run: Run) -> Length:
        """From the top of a line box down to the baseline, where CSS puts it for this face."""
        face = self._metrics.faces[run.face]
        half_leading = (run.size * 2 - run.size * (face.ascent + face.descent)) / 2
        return half_leading + run.size * face.ascent

    def css(self) -> str:
        """Write the classes."""
        return "".join(f".{name}{{{look}}}" for look, name in self._rules.items())

    def _class(self, look: str) -> str:
        return self._rules.setdefault(look, f"k{len(self._rules)}")


def pages_html(pages: Pages, stylesheet: Stylesheet, metrics: Metrics, faces: Iterable[str]) -> str:
    """Write a whole paper as one HTML text; its fonts are asked for as `docgen-font:ROLE`."""
    looks = _Looks(metrics)
    sheets = "".join(_page(page, looks) for page in pages.pages)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(pages.title)}</title>'
        f"<style>{_css(stylesheet, faces)}{looks.css()}</style></head><body>{sheets}</body></html>"
    )


def _css(stylesheet: Stylesheet, faces: Iterable[str]) -> str:
    page = stylesheet.page
    fonts = "".join(
        f"@font-face{{font-family:{face};src:url({FONT_SCHEME}:{face});font-weight:normal}}" for face in faces
    )
    size = f"{_mm(page.width)} {_mm(page.height)}"
    return (
        f"{fonts}@page{{size:{size};margin:0}}html{{font-kerning:none;font-variant-ligatures:none}}"
        "body,p,h1,h2{margin:0;font-size:inherit;font-weight:normal}"
        f"section{{position:relative;width:{_mm(page.width)};height:{_mm(page.height)};break-after:page}}"
        "section:last-child{break-after:auto}"
        "table,thead,tbody,tr,td,th{display:block;font-weight:normal;text-align:left;padding:0}"
        f".l{{position:absolute;white-space:pre;width:{_mm(page.width)}}}.l span{{line-height:0}}"
        ".r{position:absolute;background:#000}"
    )


def _mm(length: Length) -> str:
    return f"{length.mm:.4f}mm"


def _pt(length: Length) -> str:
    return f"{length.pt:.4f}pt"


def _page(page: Page, looks: _Looks) -> str:
    parts = [_table(block, looks) if isinstance(block, TableBlock) else _text(block, looks) for block in page.blocks]
    parts += [_rule(rule) for rule in page.rules]
    if page.page_number is not None:
        parts.append(_text(page.page_number, looks))
    return f"<section>{''.join(parts)}</section>"


def _text(block: TextBlock, looks: _Looks) -> str:
    return _lines(block.tag.value, block.lines, looks)


def _lines(tag: str, lines: tuple[Line, ...], looks: _Looks, attributes: str = "") -> str:
    """Write an element of lines; a single line is the element itself."""
    if len(lines) == 1 and lines[0].runs:
        return f"<{tag}{attributes} {_place(lines[0], looks)}>{''.join(_runs(lines[0].runs, looks))}</{tag}>"
    spans = (
        f"<span {_place(line, looks)}>{''.join(_runs(line.runs, looks))}</span>" for line in lines if line.runs
    )
    return f"<{tag}{attributes}>{''.join(spans)}</{tag}>"


def _place(line: Line, looks: _Looks) -> str:
    """Place one line by its baseline: the box of its first run's face decides where CSS puts that."""
    first = line.runs[0]
    top = line.baseline - looks.rise(first)
    return f'class="l {looks.of(first)}" style="left:{_pt(first.x)};top:{_pt(top)}"'


def _runs(runs: tuple[Run, ...], looks: _Looks) -> Iterator[str]:
    first = runs[0]
    yield escape(first.text, quote=False)
    end = first.x + first.width
    for run in runs[1:]:
        classes = [looks.gap(run.x - end)] if run.x != end else []
        if run.face != first.face:
            classes.append(looks.of(run))
        yield f'<span class="{" ".join(classes)}">{escape(run.text, quote=False)}</span>'
        end = run.x + run.width


def _rule(rule: Rule) -> str:
    return _box(rule.x, rule.y - rule.weight / 2, rule.width, rule.weight, rule.colour)


def _box(x: Length, y: Length, width: Length, height: Length, colour: str = BLACK) -> str:
    paint = f";background:{colour}" if colour != BLACK else ""
    return (
        f'<div class="r" style="left:{_pt(x)};top:{_pt(y)};width:{_pt(width)};height:{_pt(height)}{paint}"></div>'
    )


def _table(block: TableBlock, looks: _Looks) -> str:
    heads = "".join(_row(row, looks, "th") for row in block.rows if row.is_head)
    rows = "".join(_row(row, looks, "td") for row in block.rows if not row.is_head)
    head = f"<thead>{heads}</thead>" if heads else ""
    return f"<table>{head}<tbody>{rows}</tbody></table>{''.join(_grid(block))}"


def _row(row: TableRow, looks: _Looks, tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return f"<tr>{''.join(_lines(tag, cell, looks, scope) for cell in row.cells)}</tr>"


def _grid(block: TableBlock) -> Iterator[str]:
    """Draw the rules between rows and columns, each centred on its edge."""
    half = block.weight / 2
    left, right = block.edges[0], block.edges[-1]
    tops = [row.top for row in block.rows]
    bottom = block.rows[-1].top + block.rows[-1].height
    for y in (*tops, bottom):
        yield _box(left - half, y - half, right - left + block.weight, block.weight)
    for x in block.edges:
        yield _box(x - half, tops[0] - half, block.weight, bottom - tops[0] + block.weight)


def used_faces(programs: Mapping[str, bytes]) -> tuple[str, ...]:
    """Order the faces as they are declared."""
    return tuple(sorted(programs))
