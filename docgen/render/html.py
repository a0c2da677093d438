"""Write composed pages as HTML with every place given: paragraphs, headings and tables that only need drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from docgen.layout.metrics import Metrics
from docgen.layout.pages import BLACK, Line, Page, Pages, Rule, Run, TableBlock, TableRow, TextBlock
from docgen.styles import Stylesheet
from docgen.units import Length

FONT_SCHEME = "docgen-font"


def pages_html(pages: Pages, stylesheet: Stylesheet, metrics: Metrics, faces: Iterable[str]) -> str:
    """Write a whole paper as one HTML text; its fonts are asked for as `docgen-font:ROLE`."""
    sheets = "".join(_page(page, metrics) for page in pages.pages)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(pages.title)}</title>'
        f"<style>{_css(stylesheet, faces)}</style></head><body>{sheets}</body></html>"
    )


def _css(stylesheet: Stylesheet, faces: Iterable[str]) -> str:
    page = stylesheet.page
    fonts = "".join(
        f"@font-face{{font-family:{face};src:url({FONT_SCHEME}:{face});font-weight:normal}}"
        f".{face}{{font-family:{face}}}"
        for face in faces
    )
    return (
        f"{fonts}@page{{size:{_mm(page.width)} {_mm(page.height)};margin:0}}"
        "html{font-kerning:none;font-variant-ligatures:none}"
        "body,p,h1,h2,table{margin:0;padding:0;font-size:inherit;font-weight:normal}"
        f"section{{display:block;position:relative;width:{_mm(page.width)};height:{_mm(page.height)};"
        "break-after:page;overflow:hidden}section:last-child{break-after:auto}"
        "table,thead,tbody,tr,td,th{display:block;font-weight:normal;text-align:left}"
        ".l{position:absolute;white-space:pre}.l span{line-height:0}"
        ".r{position:absolute}"
    )


def _mm(length: Length) -> str:
    return f"{length.mm:.4f}mm"


def _pt(length: Length) -> str:
    return f"{length.pt:.4f}pt"


def _page(page: Page, metrics: Metrics) -> str:
    parts = [
        _table(block, metrics) if isinstance(block, TableBlock) else _text(block, metrics)
        for block in page.blocks
    ]
    parts += [_rule(rule) for rule in page.rules]
    if page.page_number is not None:
        parts.append(_text(page.page_number, metrics))
    return f"<section>{''.join(parts)}</section>"


def _text(block: TextBlock, metrics: Metrics) -> str:
    tag = block.tag.value
    return f"<{tag}>{''.join(_line(line, metrics) for line in block.lines)}</{tag}>"


def _line(line: Line, metrics: Metrics) -> str:
    """Place one line by its baseline: the box of its first run's face decides where CSS puts that."""
    if not line.runs:
        return ""
    first = line.runs[0]
    face = metrics.faces[first.face]
    height = first.size * 2
    half_leading = (height - first.size * (face.ascent + face.descent)) / 2
    top = line.baseline - half_leading - first.size * face.ascent
    style = (
        f"left:{_pt(first.x)};top:{_pt(top)};font-size:{_pt(first.size)};line-height:{_pt(height)};"
        f"letter-spacing:{_pt(first.spacing)}"
    )
    if first.colour != BLACK:
        style += f";color:{first.colour}"
    return f'<span class="l {first.face}" style="{style}">{"".join(_runs(line.runs))}</span>'


def _runs(runs: tuple[Run, ...]) -> Iterator[str]:
    first = runs[0]
    yield escape(first.text, quote=False)
    end = first.x + first.width
    for run in runs[1:]:
        shift = run.x - end
        style = f' style="margin-left:{_pt(shift)}"' if shift else ""
        face = f' class="{run.face}"' if run.face != first.face else ""
        yield f"<span{face}{style}>{escape(run.text, quote=False)}</span>"
        end = run.x + run.width


def _rule(rule: Rule) -> str:
    return _box(rule.x, rule.y - rule.weight / 2, rule.width, rule.weight, rule.colour)


def _box(x: Length, y: Length, width: Length, height: Length, colour: str = BLACK) -> str:
    return (
        f'<div class="r" style="left:{_pt(x)};top:{_pt(y)};width:{_pt(width)};height:{_pt(height)};'
        f'background:{colour}"></div>'
    )


def _table(block: TableBlock, metrics: Metrics) -> str:
    heads = "".join(_row(row, metrics, "th") for row in block.rows if row.is_head)
    rows = "".join(_row(row, metrics, "td") for row in block.rows if not row.is_head)
    head = f"<thead>{heads}</thead>" if heads else ""
    return f"<table>{head}<tbody>{rows}</tbody></table>{''.join(_grid(block))}"


def _row(row: TableRow, metrics: Metrics, tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    cells = "".join(
        f"<{tag}{scope}>{''.join(_line(line, metrics) for line in cell)}</{tag}>" for cell in row.cells
    )
    return f"<tr>{cells}</tr>"


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
