"""Write composed pages as HTML with every place given: paragraphs, headings and tables that only need drawing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import pairwise

from docgen.layout.metrics import Metrics
from docgen.layout.pages import BLACK, Line, Page, Pages, Run, TableBlock, TableRow, TextBlock
from docgen.styles import Stylesheet
from docgen.units import Length

FONT_SCHEME = "docgen-font"
RULES_SCHEME = "docgen-rules"


class _Looks:
    """Number the looks of text in a paper, so that a line need only name its look and its place."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._rules: dict[str, str] = {}

    def of(self, run: Run) -> str:
        """Give the class of a run's face, size, spacing and colour."""
        look = f"font-family:{run.face};font-size:{_pt(run.size)};letter-spacing:{_pt(run.spacing)}"
        if run.colour != BLACK:
            look += f";color:{run.colour}"
        return self._class(look)

    def pitch(self, pitch: Length) -> str:
        """Give the class of lines that stand so far under one another."""
        return self._class(f"line-height:{_pt(pitch)}")

    def at(self, side: str, place: Length) -> str:
        """Give the class of what stands at that place: a class is read once, a style in every element."""
        return self._class(f"{side}:{_pt(place)}")

    def gap(self, width: Length) -> str:
        """Give the class of a run that stands off from the one before it."""
        return self._class(f"margin-left:{_pt(width)}")

    def rise(self, run: Run, pitch: Length) -> Length:
        """From the top of a line box down to the baseline, where CSS puts it for this face."""
        face = self._metrics.faces[run.face]
        half_leading: Length = (pitch - run.size * (face.ascent + face.descent)) / 2
        return half_leading + run.size * face.ascent

    def css(self) -> str:
        """Write the classes."""
        return "".join(f".{name}{{{look}}}" for look, name in self._rules.items())

    def _class(self, look: str) -> str:
        return self._rules.setdefault(look, f"k{len(self._rules)}")


def pages_html(pages: Pages, stylesheet: Stylesheet, metrics: Metrics, faces: Iterable[str]) -> str:
    """Write a whole paper as one HTML text; its fonts are asked for as `docgen-font:ROLE`, its rules by page."""
    looks = _Looks(metrics)
    sheets = "".join(_page(page, looks) for page in pages.pages)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(pages.title)}</title>'
        f"{_properties(pages)}<style>{_css(stylesheet, faces)}{looks.css()}</style></head><body>{sheets}</body></html>"
    )


def _properties(pages: Pages) -> str:
    """What the file says of itself besides its title: who issued it, and its number."""
    stated = [("author", name) for name in pages.issuers] + [("description", pages.number)]
    return "".join(f'<meta name="{name}" content="{escape(content)}">' for name, content in stated if content)


def _css(stylesheet: Stylesheet, faces: Iterable[str]) -> str:
    page = stylesheet.page
    fonts = "".join(
        f"@font-face{{font-family:{face};src:url({FONT_SCHEME}:{face});font-weight:normal}}" for face in faces
    )
    size = f"{_mm(page.width)} {_mm(page.height)}"
    return (
        f"{fonts}@page{{size:{size};margin:0}}html{{font-kerning:none;font-variant-ligatures:none}}"
        "body,p,h1,h2{margin:0;font-size:inherit;font-weight:normal}"
        f"section{{position:relative;width:{_mm(page.width)};height:{_mm(page.height)};break-after:page;"
        "background-repeat:no-repeat;background-size:100% 100%}"
        "section:last-child{break-after:auto}"
        f".turned{{position:absolute;left:0;top:0;width:{_mm(page.height)};height:{_mm(page.width)};"
        f"transform-origin:0 0;transform:translate(0,{_mm(page.height)}) rotate(-90deg)}}"
        "table,thead,tbody,tr,td,th{display:block;font-weight:normal;text-align:left;padding:0}"
        f".l{{position:absolute;white-space:pre;width:{_mm(page.height)}}}.l span{{line-height:0}}"
    )


def _mm(length: Length) -> str:
    return f"{length.mm:.4f}mm"


def _pt(length: Length) -> str:
    return f"{length.pt:.4f}pt"


def _page(page: Page, looks: _Looks) -> str:
    content = "".join(
        _table(block, looks) if isinstance(block, TableBlock) else _text(block, looks)
        for block in page.blocks
    )
    if page.is_turned:
        content = f'<div class="turned">{content}</div>'
    if page.page_number is not None:
        content += _text(page.page_number, looks)
    return f'<section style="background-image:url({RULES_SCHEME}:{page.number})">{content}</section>'


def _text(block: TextBlock, looks: _Looks) -> str:
    return _lines(block.tag.value, block.lines, looks)


def _lines(tag: str, lines: tuple[Line, ...], looks: _Looks, attributes: str = "") -> str:
    """Write an element of lines. Where they start alike and stand evenly they are one text, else each is placed."""
    if not any(line.runs for line in lines):
        return f"<{tag}{attributes}></{tag}>"
    pitch = _even_pitch(lines)
    if pitch is None:
        spans = "".join(
            _stack("span", (line,), line.runs[0].size * 2, looks, "") for line in lines if line.runs
        )
        return f"<{tag}{attributes}>{spans}</{tag}>"
    return _stack(tag, lines, pitch, looks, attributes)


def _even_pitch(lines: tuple[Line, ...]) -> Length | None:
    """Give the pitch of lines that stand evenly and are of one type, None of any others."""
    first = lines[0].runs[0]
    if len(lines) == 1:
        return first.size * 2
    pitch = lines[1].baseline - lines[0].baseline
    is_even = all(b.baseline - a.baseline == pitch for a, b in pairwise(lines))
    is_alike = all(
        line.runs and (line.runs[0].face, line.runs[0].size) == (first.face, first.size) for line in lines
    )
    return pitch if is_even and is_alike and pitch > first.size else None


def _stack(tag: str, lines: tuple[Line, ...], pitch: Length, looks: _Looks, attributes: str) -> str:
    """Place lines by the baseline of the first: the box of its face decides where CSS puts that."""
    first = lines[0].runs[0]
    left = min(line.runs[0].x for line in lines)
    top = lines[0].baseline - looks.rise(first, pitch)
    text = "\n".join("".join(_runs(line.runs, first, left, looks)) for line in lines)
    place = (
        f'class="l {looks.of(first)} {looks.pitch(pitch)} {looks.at("left", left)} {looks.at("top", top)}"'
    )
    return f"<{tag}{attributes} {place}>{text}</{tag}>"


def _runs(runs: tuple[Run, ...], base: Run, left: Length, looks: _Looks) -> Iterator[str]:
    """Write the runs of one line, each that stands off or looks other than its element in a span."""
    end = left
    for run in runs:
        classes = [looks.gap(run.x - end)] if run.x != end else []
        if (run.face, run.spacing) != (base.face, base.spacing):
            classes.append(looks.of(run))
        text = escape(run.text, quote=False)
        yield f'<span class="{" ".join(classes)}">{text}</span>' if classes else text
        end = run.x + run.width


def _table(block: TableBlock, looks: _Looks) -> str:
    heads = "".join(_row(row, looks, "th") for row in block.rows if row.is_head)
    rows = "".join(_row(row, looks, "td") for row in block.rows if not row.is_head)
    head = f"<thead>{heads}</thead>" if heads else ""
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _row(row: TableRow, looks: _Looks, tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return f"<tr>{''.join(_lines(tag, cell, looks, scope) for cell in row.cells)}</tr>"


def rules_svg(page: Page, stylesheet: Stylesheet) -> str:
    """Draw every rule of a page, those of its tables too, as the background that its text stands on."""
    width, height = _number(stylesheet.page.width), _number(stylesheet.page.height)
    boxes = [
        _box(rule.x, rule.y - rule.weight / 2, rule.width, rule.weight, rule.colour) for rule in page.rules
    ]
    for block in page.blocks:
        if isinstance(block, TableBlock):
            boxes.extend(_grid(block))
    drawn = "".join(boxes)
    if page.is_turned:
        drawn = f'<g transform="translate(0,{height}) rotate(-90)">{drawn}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}">{drawn}</svg>'
    )


def _number(length: Length) -> str:
    return f"{length.pt:.4f}"


def _box(x: Length, y: Length, width: Length, height: Length, colour: str = BLACK) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    return f'<rect {place} fill="{colour}"/>'


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
