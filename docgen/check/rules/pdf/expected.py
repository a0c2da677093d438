"""What the rules of a PDF measure against: edges and places from the stylesheet, classes of type, and how to say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from docgen.check.finding import Found
from docgen.check.pdf_place import POINT
from docgen.check.rules.docx.expected import TEXT, font_class, pt_text, standard, stylesheets
from docgen.check.seen import Box, Element, Glyph, Paper, SeenLine, SeenPage, SeenPdf
from docgen.styles import Stylesheet

__all__ = ["TEXT", "standard", "stylesheets"]
_HAN = ("\u4e00", "\u9fff")
_MANY = 5
BODY_TYPE = ("正文", "主送机关", "附件说明", "署名", "成文日期", "附注", "发文字号")
_ROLES = {
    "fangsong": "仿宋",
    "kaiti": "楷体",
    "heiti": "黑体",
    "xiaobiaosong": "小标宋",
    "songti": "宋体",
    "fallback": "宋体",
}


def pdf_of(paper: Paper) -> SeenPdf:
    """Give the PDF; one without pages stands for none."""
    return paper.pdf or SeenPdf(())


def page_of(paper: Paper, number: int) -> SeenPage:
    """Give a page by its number."""
    return pdf_of(paper).pages[number - 1]


def left_edge() -> float:
    """The left edge of the 版心 in mm."""
    return standard().page.binding_white.mm


def right_edge() -> float:
    """The right edge of the 版心 in mm."""
    return (standard().page.binding_white + standard().page.area_width).mm


def middle() -> float:
    """The middle of the 版心 in mm."""
    return (left_edge() + right_edge()) / 2


def top_edge() -> float:
    """The upper edge of the 版心 in mm."""
    return standard().page.top_white.mm


def bottom_edge() -> float:
    """The lower edge of the 版心 in mm."""
    return standard().page.area_bottom.mm


def first_tops() -> tuple[float, float]:
    """Between which heights the ink of a page's first line may begin, by one profile or another."""
    tolerance = standard().tolerance
    tops = [_line_top(sheet) for sheet in stylesheets()]
    return min(tops) - tolerance.edge.mm, max(tops) + tolerance.edge.mm + tolerance.bearing.mm


def _line_top(sheet: Stylesheet) -> float:
    return (sheet.text_top + (sheet.grid.line_pitch - sheet.body.size) / 2).mm


def shift() -> float:
    """By how much lines of one profile stand lower than those of another."""
    tops = [_line_top(sheet) for sheet in stylesheets()]
    return max(tops) - min(tops)


def pitches() -> tuple[float, float]:
    """Between which pitches lines may stand, in mm."""
    tolerance = standard().tolerance.pitch.mm
    steps = [sheet.grid.line_pitch.mm for sheet in stylesheets()]
    return min(steps) - tolerance, max(steps) + tolerance


def pitch_remedy() -> str:
    """Say by which pitch, and between which margins of the page, the lines come out right: one way for each profile."""
    ways = {
        f"{pt_text(sheet.grid.line_pitch.twips / 20)}（上、下页边距 {sheet.text_top.mm:.4g}、"
        f"{(sheet.page.height - sheet.text_bottom).mm:.4g} mm）": None
        for sheet in stylesheets()
    }
    return f"行距改为固定值 {'或 '.join(ways)}"


def chars_remedy() -> str:
    """Say by which spacing and between which margins a full line holds as many characters as the standard asks for."""
    sheet = standard()
    right = sheet.page.width - sheet.page.binding_white - sheet.page.area_width
    return (
        f"3 号字（{pt_text(sheet.body.size.pt)}）字距紧缩 {pt_text(-sheet.grid.tracking.pt)}，"
        f"左右边距 {left_edge():g}、{right.mm:g} mm"
    )


def top_remedy() -> str:
    """Say which upper margins of the page leave the white above the text that the standard asks for."""
    tops = sorted({round(sheet.text_top.mm, 2) for sheet in stylesheets()} | {round(top_edge(), 2)})
    return f"上边距改为 {' 或 '.join(f'{top:g}' for top in tops)} mm，首行前不留空段"


def pitch_spread() -> float:
    """By how much the pitch of one profile is wider than that of another."""
    steps = [sheet.grid.line_pitch.mm for sheet in stylesheets()]
    return max(steps) - min(steps)


@cache
def _named() -> dict[str, str]:
    named: dict[str, str] = {}
    for role in reversed(standard().fonts):
        if role.role in _ROLES:
            named.update(dict.fromkeys((role.role, role.official, *role.names), _ROLES[role.role]))
    return named


@cache
def class_of(font: str) -> str:
    """Tell the class of type from a font's own name, empty for one that is none of the five."""
    if font in _named():
        return _named()[font]
    name = font.lower()
    if "yahei" in name or "dengxian" in name:
        return ""
    if "fang" in name:
        return "仿宋"
    return font_class(font.replace("-Regular", "").replace("-", " "))


def is_han(char: str) -> bool:
    """Whether a character is Chinese."""
    return _HAN[0] <= char <= _HAN[1]


def hanzi(lines: Iterable[SeenLine]) -> list[Glyph]:
    """Give the Chinese characters of lines."""
    return [glyph for line in lines for glyph in line.glyphs if is_han(glyph.char)]


def type_fault(glyphs: Sequence[Glyph], kind: str, size: float) -> str:
    """Say in what type these are set where most of them, or a good many, are not of the class and size; else nothing."""
    tolerance = standard().tolerance.drawn_size.pt
    wrong = [glyph for glyph in glyphs if class_of(glyph.font) != kind or abs(glyph.size - size) > tolerance]
    if len(wrong) * _MANY <= len(glyphs):
        return ""
    font, points = Counter((glyph.font, glyph.size) for glyph in wrong).most_common(1)[0][0]
    return f"{class_of(font) or font} {points:g} 磅" + (f"（{font}）" if class_of(font) else "")


def start_of(line: SeenLine) -> float:
    """Where the first character of an upright line starts."""
    return line.glyphs[0].x


def middle_of(line: SeenLine) -> float:
    """The middle of an upright line, by the cells of its characters: marks have ink in one corner of theirs."""
    return (start_of(line) + end_of(line)) / 2


def end_of(line: SeenLine) -> float:
    """Where the cell of an upright line's last character ends."""
    last = line.glyphs[-1]
    is_whole = last.char >= "\u3000" or last.char in "”’…—"
    return last.x + last.size * POINT if is_whole else last.ink.right


def box_of(element: Element) -> Box:
    """Give the box around an element's lines on the page where it begins."""
    boxes = [line.ink for line in element.lines if line.page == element.page]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def on_page(paper: Paper, number: int, *names: str) -> list[Element]:
    """Give the elements that begin on a page, of these names if any are given."""
    return [
        element
        for element in paper.elements
        if element.page == number and (not names or element.name in names)
    ]


def is_upright(element: Element) -> bool:
    """Whether an element reads across the page as it is held."""
    return all(line.turn == 0 for line in element.lines)


def where(line: SeenLine, found: str, expected: str, remedy: str) -> Found:
    """Say that something is found at a line."""
    return Found(found, expected, remedy, page=line.page, box=line.ink, quote=line.text[:20])


def mm_text(value: float) -> str:
    """Write millimetres to a tenth."""
    return f"{value:.1f} mm"


def pages_text(numbers: Iterable[int]) -> str:
    """Write page numbers: 第 1、2 页, and a few of many."""
    pages = sorted(set(numbers))
    return f"第 {'、'.join(map(str, pages[:_MANY]))} " + (
        "页" if len(pages) <= _MANY else f"页等 {len(pages)} 页"
    )


def text_lines(paper: Paper) -> Iterator[SeenLine]:
    """Give the lines of running text, those of annexes too, in order."""
    for element in paper.of(*TEXT):
        yield from (line for line in element.lines if line.turn == 0)
