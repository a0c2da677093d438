"""Draw the findings of a check over a copy of the PDF: a box at each place with its rule, and a list behind.

What the PDF drew stays as it is, beneath.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO

import pikepdf
from weasyprint import HTML

from docgen.check.finding import Finding, Grade
from docgen.check.inspect import Report
from docgen.check.seen import Box
from docgen.check.told import GRADES, clause_in_words, count_in_words, place_in_words
from docgen.errors import Unreadable
from docgen.render.html import FONT_SCHEME
from docgen.render.pdf import OwnParts
from docgen.render.subset import subset_font
from docgen.styles import FontFiles

_COLOURS = {Grade.ERROR: "#C00000", Grade.WARNING: "#C66A00", Grade.INFO: "#1F5FBF"}
_ROLES = ("heiti", "fallback")
_MM_OF_POINT = 25.4 / 72
_LABEL_MM = 2.8
"""A label's height; labels at one place are set under one another."""
_AROUND_MM = 0.6
_TYPE_MM = 5.0
"""About the height of the type: above a comma a label would cover the words beside it."""
_CSS = """
@page { margin: 0 } @page list { size: 210mm 297mm; margin: 20mm 18mm }
* { font-family: heiti, fallback } body { margin: 0 }
.page { position: relative; overflow: hidden; break-after: page }
.box { position: absolute; border: 0.35mm solid } .label { position: absolute; font-size: 6.5pt; line-height: 2.8mm;
white-space: nowrap; color: white; padding: 0 0.6mm }
.list { page: list; font-size: 9pt; line-height: 13pt } h1 { font-size: 14pt; font-weight: normal } p { margin: 0 0 2mm }
"""


def overlay(content: bytes, report: Report, fonts: FontFiles) -> bytes:
    """Give a copy of a PDF with the findings of its report drawn over it. Raise Unreadable where it cannot be copied."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = [_box_of(page) for page in pdf.pages]
            layer = _layer(pages, report, fonts)
            with pikepdf.open(BytesIO(layer)) as drawn:
                for page, over, rect in zip(pdf.pages, drawn.pages, pages, strict=False):
                    page.add_overlay(over, rect)
                pdf.pages.extend(list(drawn.pages)[len(pages) :])
                written = BytesIO()
                pdf.save(written, deterministic_id=True)
                return written.getvalue()
    except (pikepdf.PdfError, ValueError, TypeError) as error:
        raise Unreadable("这份 PDF 的页面有损坏，检查结果画不上去", "用原来的软件重新打印为 PDF，再查一遍") from error


def _box_of(page: pikepdf.Page) -> pikepdf.Rectangle:
    return pikepdf.Rectangle(page.cropbox)


def _layer(pages: Sequence[pikepdf.Rectangle], report: Report, fonts: FontFiles) -> bytes:
    """Draw the boxes, a page for each page of the paper, and behind them the list."""
    rotated = _rotated_sizes(pages, report)
    body = "".join(
        f'<div class="page" style="page:p{number};width:{width:.3f}mm;height:{height:.3f}mm">'
        f"{''.join(_boxes(number, report.findings))}</div>"
        for number, (width, height) in enumerate(rotated, 1)
    )
    sizes = "".join(
        f"@page p{number} {{ size: {width:.3f}mm {height:.3f}mm }}" for number, (width, height) in enumerate(rotated, 1)
    )
    told = "".join(_list(report))
    faces = [role for role in _ROLES if role in fonts.faces]
    characters = set(body + told)
    programs = {role: subset_font(fonts.faces[role], characters) for role in faces}
    declared = "".join(
        f"@font-face {{ font-family: {role}; src: url({FONT_SCHEME}:{role}) }}" for role in programs
    )
    html = f'<html lang="zh-CN"><style>{declared}{_CSS}{sizes}</style><body>{body}<div class="list">{told}</div></body></html>'
    parts = {f"{FONT_SCHEME}:{role}": (program, "font/otf") for role, program in programs.items()}
    drawn: bytes = HTML(string=html, url_fetcher=OwnParts(parts)).write_pdf(full_fonts=True)
    return drawn


def _rotated_sizes(pages: Sequence[pikepdf.Rectangle], report: Report) -> list[tuple[float, float]]:
    """Give each page's width and height in mm as it is read: turned where the paper was seen turned."""
    sizes = list(report.sizes)
    for rect in pages[len(sizes) :]:
        sizes.append((float(rect.width) * _MM_OF_POINT, float(rect.height) * _MM_OF_POINT))
    return sizes


def _boxes(page: int, findings: Sequence[Finding]) -> Iterator[str]:
    """Draw the places of one page, each with its number in the list and its rule."""
    taken: list[tuple[float, float]] = []
    for number, finding in enumerate(findings, 1):
        box = finding.at.box
        if finding.at.page != page or box is None:
            continue
        colour = _COLOURS[finding.grade]
        yield (
            f'<div class="box" style="border-color:{colour};left:{box.left - _AROUND_MM:.2f}mm;top:{box.top - _AROUND_MM:.2f}mm;'
            f'width:{box.width + 2 * _AROUND_MM:.2f}mm;height:{box.height + 2 * _AROUND_MM:.2f}mm"></div>'
        )
        left, top = _free_place(box, taken)
        yield (
            f'<div class="label" style="background:{colour};left:{left:.2f}mm;top:{top:.2f}mm">'
            f"{number} {escape(finding.rule.id)}</div>"
        )


def _free_place(box: Box, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Find a place for a label above its box, lower where another stands there already."""
    above = min(box.top, box.bottom - _TYPE_MM) - _AROUND_MM - _LABEL_MM
    left, top = max(0.0, box.left - _AROUND_MM), max(0.0, above)
    while any(abs(left - other) < 12 * _LABEL_MM and abs(top - height) < _LABEL_MM for other, height in taken):
        top += _LABEL_MM
    taken.append((left, top))
    return left, top


def _list(report: Report) -> Iterator[str]:
    yield f"<h1>检查结果：{escape(count_in_words(report))}</h1>"
    for number, finding in enumerate(report.findings, 1):
        at = finding.at
        yield (
            f'<p><span style="color:{_COLOURS[finding.grade]}">{number} {GRADES[finding.grade]} {escape(finding.rule.id)}</span>'
            f"（{escape(clause_in_words(finding.rule.clause))}）{escape(place_in_words(at))}：{escape(at.found)}。"
            f"应为：{escape(at.expected)}。处理：{escape(at.remedy)}。</p>"
        )
    for told in report.unidentified:
        yield f"<p>没有认出：{escape(told)}</p>"
