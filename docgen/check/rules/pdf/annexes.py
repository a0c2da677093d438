"""Rules of 附件, by what is drawn in a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.finding import Found, at
from docgen.check.rules.pdf.expected import (
    first_tops,
    hanzi,
    is_upright,
    left_edge,
    middle,
    middle_of,
    mm_text,
    page_of,
    pitch_spread,
    standard,
    start_of,
    top_edge,
    type_fault,
    where,
)
from docgen.check.seen import Element, Paper

_UPWARDS = 90


def annex_starts_page(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.7: 附件应当另面编排，并在版记之前."""
    imprint = next((element for element in paper.of("抄送", "印发机关", "印发日期")), None)
    for label in paper.of("附件"):
        line = label.lines[0]
        if is_upright(label) and _above(label, paper):
            yield at(label, "附件与上面的文字排在同一面", "附件另面编排", "在附件前分页")
        if imprint is not None and imprint.page is not None and imprint.page < line.page:
            yield at(label, "附件排在版记之后", "附件在版记之前", "把版记移到全文最后一面")


def _above(label: Element, paper: Paper) -> bool:
    """Whether there is text above a label on its page."""
    line = label.lines[0]
    return any(other.ink.bottom < line.ink.top for other in page_of(paper, line.page).lines)


def label_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.7: “附件”二字及附件顺序号用 3 号黑体字顶格编排在版心左上角第一行."""
    for label in paper.of("附件"):
        if _has_number(label):
            continue
        fault = type_fault(hanzi(label.lines), "黑体", standard().body.size.pt)
        if fault:
            yield at(label, f"“{label.text[:6]}”用{fault}", "3 号黑体", "字体改为黑体、三号")
        yield from _corner(label, paper)


def detached_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.7: 不能一起装订的附件，左上角第一行顶格编排公文的发文字号并标注附件及顺序号."""
    for label in paper.of("附件"):
        if _has_number(label):
            yield from _corner(label, paper)


def _has_number(label: Element) -> bool:
    return not label.text.lstrip().startswith("附")


def _corner(label: Element, paper: Paper) -> Iterator[Found]:
    """Look whether a label stands in the upper left corner; on a page turned on its side the table's own."""
    if not is_upright(label):
        return
    line, tolerance = label.lines[0], standard().tolerance
    if abs(start_of(line) - left_edge()) > tolerance.align.mm:
        yield at(
            label, f"“{label.text[:8]}”左空 {mm_text(start_of(line) - left_edge())}", "顶格", "左缩进改为 0"
        )
    least, most = first_tops()
    if _above(label, paper):
        return
    if not least <= line.ink.top <= most:
        found = f"“{label.text[:8]}”上边缘距版心上边缘 {mm_text(line.ink.top - top_edge())}"
        yield at(label, found, "版心左上角第一行", "删去前面的空段，段前间距改为 0")


def title_place(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 7.3.7: 附件标题居中编排在版心第三行."""
    tolerance = standard().tolerance
    labels = {label.annex: label for label in paper.of("附件")}
    for title in paper.of("附件标题"):
        if not is_upright(title) or page_of(paper, title.lines[0].page).width > standard().page.width.mm + 1:
            continue
        off = next(
            (line for line in title.lines if abs(middle_of(line) - middle()) > tolerance.align.mm),
            None,
        )
        if off is not None:
            yield where(
                off,
                f"附件标题偏离中线 {mm_text(abs(middle_of(off) - middle()))}",
                "居中",
                "居中排列，删去空格",
            )
        line, label = title.lines[0], labels.get(title.annex)
        if label is None or label.page != title.page:
            continue
        down = line.ink.top - label.lines[0].ink.top
        least = tolerance.annex_title_least.mm - tolerance.bearing.mm - 2 * pitch_spread()
        if not least <= down <= tolerance.annex_title_most.mm + tolerance.bearing.mm:
            found = f"附件标题在“附件”之下 {mm_text(down)}（上边缘之间）"
            yield at(title, found, "版心第三行（20 mm 左右）", "附件标题与“附件”之间空一行")


def sideways_tables(paper: Paper) -> Iterator[Found]:
    """GB/T 9704-2012, 8: 横排表格的表头，单页码在订口一边，双页码在切口一边; 页码位置与其他页码一致."""
    for element in paper.of("表"):
        line = element.lines[0]
        if line.turn not in (0, _UPWARDS):
            yield where(
                line, "横排表格的表头朝右", "表头在纸的左边：单页订口、双页切口", "把表格向左转 90 度"
            )
    for number in paper.of("页码"):
        page = page_of(paper, number.lines[0].page)
        if page.width > page.height:
            found = "横排的一面，页码在长边"
            yield at(
                number, found, "页码位置与其他页一致，在竖放时的下方", "用竖页，把表格转 90 度，页码不转"
            )
