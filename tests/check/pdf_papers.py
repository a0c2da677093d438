"""Papers for the rules of a PDF: sound ones of every form, and ways to break one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from docgen.check.seen import Paper
from docgen.gongwen import (
    Annex,
    AnnexNote,
    Document,
    DocumentNumber,
    Format,
    Imprint,
    Level,
    Masthead,
    Paragraph,
    Signatures,
)
from docgen.layout import Pages
from docgen.layout.pages import Page, Run
from docgen.units import mm, pt
from tests.check.pdfs import drawn, paper_of, read, text_page
from tests.check.planting import (
    added,
    draw,
    drawn_over,
    moved,
    number_moved,
    numbered,
    on_rules,
)
from tests.papers import BUREAU, FINDINGS, PAPERS, REGULATOR, composed, paper, table

LETTER = paper(
    FINDINGS * 3,
    masthead=Masthead((BUREAU,), DocumentNumber("苏应急函", 2024, 12), suffix=""),
    title="关于反馈安全生产责任保险检查问题的函",
    imprint=Imprint((REGULATOR,), "", ""),
    note="联系人：青某",
    format=Format.LETTER,
)
SHORT_MARK = paper(FINDINGS, masthead=Masthead(("甲市总工会",), DocumentNumber("甲总工", 2024, 7), suffix=""))
COMMAND = paper(FINDINGS, masthead=Masthead(("甲市人民政府令",), DocumentNumber("甲政", 2024, 7), suffix=""))
MINUTES = paper(
    "出席：青某、赤某。",
    FINDINGS,
    masthead=Masthead(("甲市安委会会议纪要",), DocumentNumber("甲安委", 2024, 7), suffix=""),
)
HANZI = PAPERS["full pages of hanzi"]
CIRCULAR = PAPERS["circular"]
LEVELS = paper(
    FINDINGS, Paragraph("一、检查情况", Level.FIRST), Paragraph("（一）保单情况", Level.SECOND), FINDINGS
)
NOTED = paper(
    FINDINGS,
    annex_note=AnnexNote(("一个很长的附件名称，用来看回行之后是否与上一行名称的首字对齐", "清单")),
    note="联系人：青某",
)
COPIES = Imprint(
    ("江苏省应急管理厅", "国家金融监督管理总局江苏监管局", "市政府办公室", "市安委会各成员单位"),
    "甲办",
    "2024年8月15日印发",
)
COPIED = paper(FINDINGS, imprint=COPIES)
JOINT = PAPERS["three issuers"]
PAIR = paper(
    FINDINGS,
    masthead=Masthead((BUREAU, "苏州市公安局"), DocumentNumber("苏应急", 2024, 8)),
    signatures=Signatures((BUREAU, "苏州市公安局"), "2024年12月25日"),
)
BLANK = PAPERS["blank page before imprint"]
ANNEXED = paper(FINDINGS, annex_note=AnnexNote(("清单",)), annexes=(Annex(None, "问题清单", (table(3),)),))


LONG_NOTED = paper(FINDINGS * 3, annex_note=AnnexNote(("名单", "清单")))
SHORT_PAIR = paper(
    FINDINGS,
    masthead=Masthead(("甲市公安局", "甲市总工会"), DocumentNumber("甲公", 2024, 8)),
    signatures=Signatures(("甲市公安局", "甲市总工会"), "2024年12月25日"),
)
MOVED = paper(
    FINDINGS, addressees="", imprint=replace(COPIES, addressees="各县（市、区）应急管理局，各财产保险公司")
)
DETACHED = paper(FINDINGS, annexes=(replace(PAPERS["circular"].annexes[2], bound_to="苏应急〔2024〕7号"),))
SOUND = PAPERS | {
    "letter format": LETTER,
    "short mark": SHORT_MARK,
    "levels": LEVELS,
    "noted": NOTED,
    "copied": COPIED,
    "pair": PAIR,
    "short pair": SHORT_PAIR,
    "addressees in the imprint": MOVED,
    "detached annex": DETACHED,
}


def blank_numbered() -> bytes:
    pages = composed(BLANK)

    sides = [page.page_number for page in pages.pages[:2]]
    return draw(
        numbered(BLANK, lambda page, one: one or number_moved(sides[(page + 1) % 2], text=f"— {page} —"))
    )


def odd_imprint() -> bytes:
    """Take away the blank page before 版记, and number that page on."""
    pages = composed(BLANK)
    *kept, _, last = pages.pages
    number = number_moved(pages.pages[0].page_number, text="— 3 —")
    return draw(replace(pages, pages=(*kept, replace(last, number=3, page_number=number))))


def gone(page: int, element: str, kept: int) -> Callable[[Page], Page]:
    """Leave only so many lines of an element on a page."""

    def change(one: Page) -> Page:
        if one.number != page:
            return one
        blocks = tuple(
            replace(block, lines=block.lines[:kept]) if getattr(block, "element", "") == element else block
            for block in one.blocks
        )
        return replace(one, blocks=tuple(block for block in blocks if getattr(block, "lines", True)))

    return change


def weighed(place: int, points: float) -> bytes:
    """Make the nth rule of 版记 as heavy as that."""
    ys = sorted(rule.y for page in composed(COPIED).pages[-1:] for rule in page.rules)
    return draw(
        on_rules(COPIED, lambda _, rule: replace(rule, weight=pt(points)) if rule.y == ys[place] else rule)
    )


def imprint_moved(down: float) -> bytes:
    pages = on_rules(COPIED, lambda number, rule: replace(rule, y=rule.y + mm(down)) if number > 1 else rule)
    for element in ("抄送", "印发机关", "印发日期"):
        pages = moved(pages, element, down=down)
    return draw(pages)


def head_rule(**changes: object) -> bytes:
    return draw(on_rules(COPIED, lambda page, rule: replace(rule, **changes) if page == 1 else rule))  # type: ignore[arg-type]


def head_moved() -> bytes:
    pages = on_rules(COPIED, lambda page, rule: replace(rule, y=rule.y - mm(4)) if page == 1 else rule)
    return draw(moved(pages, "发文字号", down=-4))


def wider(run: Run) -> Run:
    more = mm(1.5)
    return replace(run, x=run.x - more * len(run.text) / 2, spacing=run.spacing + more)


def all_moved(document: Document, down: float, *elements: str) -> Pages:
    """Move several elements of the second page."""
    pages = composed(document)
    for element in elements:
        pages = moved(pages, element, down=down, page=2)
    return pages


def signed_higher() -> bytes:
    return draw(moved(moved(COPIED, "署名", down=-12), "成文日期", down=-12))


def letter_rules(change: Callable[[int, float], dict[str, object]]) -> bytes:
    """Change the red lines of a letter: `change` is told how many there are above, and the weight in mm."""
    ys = sorted(rule.y for rule in composed(LETTER).pages[0].rules)
    return draw(
        on_rules(LETTER, lambda _, rule: replace(rule, **change(ys.index(rule.y), rule.weight.mm)))  # type: ignore[arg-type]
    )


def below_text(document: Document) -> bytes:
    """Move an annex down, and set a line of text above it."""
    pages = composed(document)
    for element in ("附件", "标题", "一级标题", "正文"):
        pages = moved(pages, element, down=20.78, page=3)
    return draw(added(pages, 3, "以上意见，请认真贯彻执行。", 39.14, 41.92))


def sealed(document: Document) -> bytes:
    """Draw a red circle of 42 mm over the date."""
    date = paper_of(document).of("成文日期")[0].lines[0]
    x, y = (date.ink.left + date.ink.right) / 2 / 25.4 * 72, (297 - date.ink.bottom + 21) / 25.4 * 72
    sides = (x - 60, y, x - 60, y + 80, x + 60, y + 80, x + 60, y, x + 60, y - 80, x - 60, y - 80, x - 60, y)
    curves = "{:.1f} {:.1f} m {:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f} c {:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f} c"
    return drawn_over(drawn(document), date.page, f"1 0 0 RG 4 w {curves.format(*sides)} S".encode())


FIRST_LINE, ROW = 41.92, 10.39


def cornered(*lines: tuple[str, str, float, int]) -> bytes:
    """Set lines at the upper left of a paper: text, face, how far in, and the line of the page."""
    pages = composed(COPIED)
    for text, face, indent, row in lines:
        pages = added(pages, 1, text, 28 + indent, FIRST_LINE + ROW * (row - 1), face)
    return draw(pages)


def upward(face: str, right: float, *more: str) -> bytes:
    """Name signers beside the number, which stands at the left."""
    number = paper_of(COPIED).of("发文字号")[0].lines[0]
    pages = moved(COPIED, "发文字号", right=28 + 5.57 - number.glyphs[0].x)
    names = "　".join(("青示例", *more))
    left = 184 - 5.57 - right - 5.64 * len(names)
    pages = added(pages, 1, names, left, number.baseline, face)
    return draw(added(pages, 1, "签发人：", left - 5.64 * 4, number.baseline))


def ruled_between() -> bytes:
    """Draw a rule between 主送 and 抄送."""
    found = paper_of(MOVED)
    above, below = found.of("版记主送")[0].lines[-1], found.of("抄送")[0].lines[0]
    y = (297 - (above.ink.bottom + below.ink.top) / 2) / 25.4 * 72
    return drawn_over(drawn(MOVED), above.page, f"0 0 0 rg 79.37 {y:.1f} 442.2 0.75 re f".encode())


def sideways(turn: bytes) -> Paper:
    """A table whose text lies on its side, turned by this matrix."""
    grid = (
        b" ".join(b"%d 100 0.5 600 re f" % x for x in (100, 300, 500))
        + b" 100 100 400 0.5 re f 100 700 400 0.5 re f"
    )
    text = b" ".join(
        b"BT /F 14 Tf " + turn + b" %d %d Tm (Head of a table) Tj ET" % (x, 400) for x in (150, 250, 350)
    )
    return read(text_page(grid + b" " + text))
