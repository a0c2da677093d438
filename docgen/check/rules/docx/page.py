"""Rules of paper, margins and grid, by the sections of a DOCX."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.finding import Found, at
from docgen.check.rules.docx.expected import TEXT, mm_text, pt_text, standard, stylesheets
from docgen.check.seen import Element, Paper, SeenSection

_MM_PER_PT = 25.4 / 72
_CHARSPACE_PER_PT = 4096


def paper_is_a4(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.1: 公文用纸采用 A4 型纸。A page may lie on its side."""
    page, off = standard().page, standard().tolerance.paper.mm
    for section in _sections(paper):
        sides = sorted((section.width, section.height))
        if abs(sides[0] - page.width.mm) > off or abs(sides[1] - page.height.mm) > off:
            yield Found(
                f"{_where(section)}纸张 {mm_text(section.width)} × {mm_text(section.height)}",
                f"A4，{page.width.mm:g} mm × {page.height.mm:g} mm",
                "在“页面设置—纸张”里选 A4",
            )


def top_margin(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.1: 天头 37 mm ± 1 mm; the margin that Word keeps leaves half a line of it to the text."""
    margins = sorted({margin for sheet in stylesheets() for margin in (sheet.text_top.mm, sheet.page.top_white.mm)})
    off = standard().tolerance.edge.mm
    for section in _upright(paper):
        if paper.is_letter and section.number == 0:
            continue  # its mark stands 30 mm from the edge of the page (10.1)
        if min(abs(section.top - margin) for margin in margins) > off:
            yield Found(
                f"{_where(section)}上边距 {mm_text(section.top)}",
                "、".join(mm_text(margin) for margin in margins) + f"之一（± {off:g} mm）",
                f"在“页面设置—页边距”里把上边距改为 {mm_text(margins[0])}，行距用 {pt_text(standard().grid.line_pitch.pt)}",
            )


def left_margin(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.1: 订口 28 mm ± 1 mm."""
    white, off = standard().page.binding_white.mm, standard().tolerance.edge.mm
    for section in _upright(paper):
        if abs(section.left - white) > off:
            yield Found(
                f"{_where(section)}左边距 {mm_text(section.left)}",
                f"{white:g} mm ± {off:g} mm",
                f"在“页面设置—页边距”里把左边距改为 {white:g} mm",
            )


def type_area(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.1: 版心 156 mm × 225 mm; half a line more above and below where the pitch asks for it."""
    page, off = standard().page, standard().tolerance.edge.mm
    most = max(sheet.text_bottom.mm - sheet.text_top.mm for sheet in stylesheets())
    for section in _upright(paper):
        width, height = section.width - section.left - section.right, section.height - section.top - section.bottom
        if abs(width - page.area_width.mm) > off:
            yield Found(
                f"{_where(section)}左右边距之间宽 {mm_text(width)}",
                f"版心宽 {page.area_width.mm:g} mm ± {off:g} mm",
                f"右边距改为 {page.width.mm - page.binding_white.mm - page.area_width.mm:g} mm",
            )
        if not page.area_height.mm - off <= height <= most + off and not (paper.is_letter and section.number == 0):
            yield Found(
                f"{_where(section)}上下边距之间高 {mm_text(height)}",
                f"版心高 {page.area_height.mm:g} mm（按 33476.2 留行距的 {mm_text(most)}）",
                f"下边距改为 {mm_text(page.height.mm - standard().text_bottom.mm)}",
            )


def line_pitch(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.3: 每面排 22 行，行距一致."""
    pitches = [sheet.grid.line_pitch.pt for sheet in stylesheets()]
    off = standard().tolerance.pitch.pt
    expected = f"固定值 {pt_text(min(pitches))}到 {pt_text(max(pitches))}"
    told: set[str] = set()
    for element in paper.of(*TEXT, "主送机关", "附件说明"):
        pitch = _pitch(paper, element)
        shown = f" {pt_text(pitch)}" if pitch is not None else _loose(element)
        is_right = pitch is not None and min(pitches) - off <= pitch <= max(pitches) + off
        if not is_right and shown not in told:
            told.add(shown)
            yield at(
                element, f"行距{shown}", expected,
                f"选中正文，在“段落—行距”里选固定值 {pt_text(max(pitches))}",
            )  # fmt: skip


def characters_of_grid(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.3: 每行排 28 字; a grid's spacing adds to the size of Normal (ECMA-376-1, 17.6.5)."""
    normal, off = paper.word.normal_size if paper.word else 0.0, standard().tolerance.char_space
    right = round((standard().cell.pt - normal) * _CHARSPACE_PER_PT)
    for section in _sections(paper):
        if section.grid in ("linesAndChars", "snapToChars") and abs((section.char_space or 0) - right) > off:
            yield Found(
                f"{_where(section)}文档网格字距 {section.char_space or 0}，“正文”样式 {pt_text(normal)}",
                f"“正文”样式为 {pt_text(normal)}时字距 {right}，一行 {standard().grid.chars} 字",
                "在“页面设置—文档网格”里改为只指定行网格，或把字符数改为每行 28",
            )


def lines_fit(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 5.2.3: 每面排 22 行; 580 twips 的 22 行已超出 225 mm."""
    lines = standard().grid.lines
    for element in paper.of(*TEXT):
        pitch, section = _pitch(paper, element), _section_of(paper, element)
        if element.annex or pitch is None or section is None or (paper.is_letter and section.number == 0):
            continue
        height = section.height - section.top - section.bottom
        needed = pitch * lines * _MM_PER_PT
        if needed > height + _MM_PER_PT / 20:
            yield at(
                element, f"行距 {pt_text(pitch)}的 {lines} 行高 {mm_text(needed)}，超过上下边距之间的 {mm_text(height)}",
                f"一面排得下 {lines} 行", f"行距不超过 {pt_text(int(height / lines / _MM_PER_PT * 20) / 20)}",
            )  # fmt: skip
            return


def _pitch(paper: Paper, element: Element) -> float | None:
    """Give the pitch of an element's lines in pt: exact, or that of the grid that they snap to."""
    paragraph = element.paragraphs[0]
    if paragraph.line is not None:
        return paragraph.line
    section = _section_of(paper, element)
    if section is not None and section.grid and paragraph.line_times == 1.0:
        return section.line_pitch
    return None


def _loose(element: Element) -> str:
    times = element.paragraphs[0].line_times
    return f"是 {times:.2g} 倍行距，随字体变" if times is not None else "不是固定值"


def _section_of(paper: Paper, element: Element) -> SeenSection | None:
    number = element.paragraphs[0].section
    sections = _sections(paper)
    return sections[number] if number < len(sections) else None


def _sections(paper: Paper) -> tuple[SeenSection, ...]:
    return paper.word.sections if paper.word is not None else ()


def _upright(paper: Paper) -> Iterator[SeenSection]:
    yield from (section for section in _sections(paper) if section.width <= section.height)


def _where(section: SeenSection) -> str:
    return f"第 {section.number + 1} 节" if section.number else ""
