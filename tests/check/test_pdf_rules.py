"""Each rule of a PDF fires on a paper that is broken in one way, and no rule fires on a sound one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from docgen.check.catalogue import RULE_IDS
from docgen.check.finding import Found, Grade
from docgen.check.pdf_elements import paper_of_pdf
from docgen.check.pdf_seen import see_pdf
from docgen.check.rules import pdf
from docgen.check.seen import Paper, SeenFont
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
    on_pages,
    on_rules,
    on_runs,
    set_in,
    styled,
    without,
)
from tests.first_pages import FIRST_PAGES
from tests.papers import BUREAU, FINDINGS, PAPERS, REGULATOR, composed, lines_of_hanzi, paper, table

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


def findings(found: Paper) -> dict[str, list[Found]]:
    told: dict[str, list[Found]] = {}
    for rule in pdf.RULES:
        if rule.grade is not Grade.INFO:
            told |= {rule.id: items} if (items := list(rule.look(found))) else {}
    return told


@pytest.mark.parametrize("name", SOUND)
def test_no_rule_fires_on_our_own_papers(name: str) -> None:
    assert findings(paper_of(SOUND[name])) == {}


def look(rule: str, found: Paper) -> list[Found]:
    return [item for one in pdf.RULES if one.id == rule for item in one.look(found)]


def test_our_own_file_is_made_to_last() -> None:
    assert look("FILE-PDFA", paper_of(CIRCULAR)) == []


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


BODY = "安全生产2024" * 5
PLANTED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "paper of another size": ("PAGE-SIZE", lambda: styled(COPIED, "page", width=mm(216), height=mm(291))),
    "text too far left": ("PAGE-LEFT", lambda: draw(moved(COPIED, "正文", right=-1.7))),
    "text lower than the upper white": (
        "PAGE-TOP",
        lambda: draw(all_moved(COPIED, 5, "正文", "署名", "成文日期")),
    ),
    "a line that runs over the edge": (
        "PAGE-AREA",
        lambda: draw(on_runs(COPIED, "正文", set_in(text=BODY), line=3)),
    ),
    "twenty lines on a full page": (
        "GRID-LINES",
        lambda: draw(on_pages(composed(HANZI), gone(2, "正文", 20))),
    ),
    "twenty-seven characters to a line": ("GRID-CHARS", lambda: styled(HANZI, "grid", tracking=pt("0.1"))),
    "one line set apart": ("GRID-PITCH", lambda: draw(moved(COPIED, "正文", down=1, line=2))),
    "a wider pitch": ("GRID-PITCH", lambda: draw(moved(paper(FINDINGS[:50]), "正文", down=3, line=1))),
    "the body in 宋体": ("FONT-BODY", lambda: draw(on_runs(COPIED, "正文", set_in(face="songti")))),
    "the body in small type": ("FONT-BODY", lambda: draw(on_runs(COPIED, "正文", set_in(size=pt(14))))),
    "blue text": ("COLOR-BLACK", lambda: draw(on_runs(COPIED, "正文", set_in(colour="#0000FF"), line=1))),
    "red text": ("COLOR-RED", lambda: draw(on_runs(COPIED, "主送机关", set_in(colour="#FF0000")))),
    "a black mark": ("COLOR-RED", lambda: draw(on_runs(COPIED, "发文机关标志", set_in(colour="#000000")))),
    "the mark too high": ("HEAD-MARK-TOP", lambda: draw(moved(COPIED, "发文机关标志", down=-3))),
    "the mark of a letter too low": ("HEAD-MARK-TOP", lambda: styled(LETTER, "letter", mark_top=mm(33))),
    "the mark to one side": ("HEAD-MARK-CENTER", lambda: draw(moved(SHORT_MARK, "发文机关标志", right=4))),
    "文件 beside the first name": (
        "HEAD-MARK-ORDER",
        lambda: draw(moved(PAIR, "发文机关标志", down=-5, line=2)),
    ),
    "a name not spread": (
        "HEAD-MARK-ORDER",
        lambda: draw(
            on_runs(PAIR, "发文机关标志", lambda run: replace(run, spacing=run.spacing - mm(3)), line=1)
        ),
    ),
    "a mark wider than the page is set": (
        "HEAD-MARK-FIT",
        lambda: draw(on_runs(COPIED, "发文机关标志", wider)),
    ),
    "份号 on the second line": ("HEAD-COPYNO", lambda: cornered(("000001", "fangsong", 0, 2))),
    "份号 indented": ("HEAD-COPYNO", lambda: cornered(("000001", "fangsong", 6, 1))),
    "密级 in 仿宋": ("HEAD-SECRET", lambda: cornered(("机密★1年", "fangsong", 0, 2))),
    "密级 on the first line": ("HEAD-SECRET", lambda: cornered(("机密★1年", "heiti", 0, 1))),
    "紧急程度 in 仿宋": (
        "HEAD-URGENT",
        lambda: cornered(("机密★1年", "heiti", 0, 2), ("特急", "fangsong", 0, 3)),
    ),
    "紧急程度 above 密级": (
        "HEAD-URGENT",
        lambda: cornered(("机密★1年", "heiti", 0, 2), ("特急", "heiti", 0, 1)),
    ),
    "a signer in 仿宋": ("SIGNER-UP", lambda: upward("fangsong", 0)),
    "a signer far from the edge": ("SIGNER-UP", lambda: upward("kaiti", 12)),
    "three signers on a line": ("SIGNER-UP", lambda: upward("kaiti", 0, "赤示例", "黄示例")),
    "number and rule too high": ("DOCNO-GAP", head_moved),
    "the number at the left": ("DOCNO-ALIGN", lambda: draw(moved(COPIED, "发文字号", right=-40))),
    "a black rule": ("HEAD-RULE", lambda: head_rule(colour="#000000")),
    "a short rule": ("HEAD-RULE", lambda: head_rule(width=mm(140))),
    "a heavy rule": ("HEAD-RULE", lambda: head_rule(weight=pt(4))),
    "no rule": ("HEAD-RULE", lambda: draw(on_rules(COPIED, lambda page, rule: None if page == 1 else rule))),
    "the title in 黑体": ("TITLE-FONT", lambda: draw(on_runs(COPIED, "标题", set_in(face="heiti")))),
    "the title in 宋体": ("TITLE-FONT", lambda: draw(on_runs(COPIED, "标题", set_in(face="songti")))),
    "the title to one side": ("TITLE-FONT", lambda: draw(moved(COPIED, "标题", right=-20))),
    "the title too high": ("TITLE-GAP", lambda: draw(moved(COPIED, "标题", down=-3))),
    "a title broken in a word": (
        "TITLE-BREAK",
        lambda: drawn(replace(COPIED, title="关于开展重点行业领域安\n全生产责任保险检查的通知")),
    ),
    "a title like a rectangle": (
        "TITLE-BREAK",
        lambda: drawn(replace(COPIED, title="关于开展安全生产\n责任保险检查通知")),
    ),
    "a title like an hourglass": (
        "TITLE-BREAK",
        lambda: drawn(replace(COPIED, title="关于开展重点行业领域\n安全生产\n责任保险检查工作的通知")),
    ),
    "文种 alone on a line": (
        "TITLE-BREAK",
        lambda: drawn(replace(COPIED, title="关于开展安全生产检查工作的\n通知")),
    ),
    "addressees indented": ("TO-COLON", lambda: draw(moved(COPIED, "主送机关", right=11))),
    "addressees close under the title": ("TO-COLON", lambda: draw(moved(COPIED, "主送机关", down=-4))),
    "no text on the first page": (
        "BODY-P1",
        lambda: draw(without(BLANK, "正文", page=1)),
    ),
    "no indent": ("BODY-INDENT", lambda: draw(moved(LEVELS, "正文", right=-11.14, line=0, nth=0))),
    "a heading not indented": ("BODY-INDENT", lambda: draw(moved(LEVELS, "一级标题", right=-11.14))),
    "一、 in 仿宋": ("LEVEL-FONT", lambda: draw(on_runs(LEVELS, "一级标题", set_in(face="fangsong")))),
    "（一） in 黑体": ("LEVEL-FONT", lambda: draw(on_runs(LEVELS, "二级标题", set_in(face="heiti")))),
    "an annex's name that does not hang": (
        "ANX-NOTE-HANG",
        lambda: draw(moved(NOTED, "附件说明", right=-8, line=1)),
    ),
    "numbers of annexes not under one another": (
        "ANX-NOTE-HANG",
        lambda: draw(moved(NOTED, "附件说明", right=-8, nth=1)),
    ),
    "annexes right under the text": ("ANX-NOTE-GAP", lambda: draw(moved(LONG_NOTED, "附件说明", down=-6))),
    "the date at the edge": ("SIG-DATE-POS", lambda: draw(moved(COPIED, "成文日期", right=18))),
    "names askew": ("SIG-JOINT", lambda: draw(moved(PAIR, "署名", down=-12, nth=0))),
    "the date under the first name": ("SIG-JOINT", lambda: draw(moved(PAIR, "成文日期", right=-75))),
    "no room for a seal": ("SEAL-ROOM", signed_higher),
    "names too close for seals": ("SEAL-ROOM", lambda: draw(moved(SHORT_PAIR, "署名", right=3, nth=0))),
    "signatures alone on a page": ("SEAL-PAGE", lambda: draw(without(BLANK, "正文", page=2))),
    "a seal that is drawn": ("SEAL-FAKE", lambda: sealed(COPIED)),
    "a note at the edge": ("NOTE-FORM", lambda: draw(moved(NOTED, "附注", right=-11))),
    "a note far below": ("NOTE-FORM", lambda: draw(moved(NOTED, "附注", down=12))),
    "an annex on the page of the signatures": ("ANX-PAGE", lambda: below_text(NOTE_AND_ANNEX)),
    "an annex's label in 仿宋": (
        "ANX-LABEL",
        lambda: draw(on_runs(ANNEXED, "附件", set_in(face="fangsong"))),
    ),
    "an annex's label indented": ("ANX-LABEL", lambda: draw(moved(ANNEXED, "附件", right=11))),
    "an annex's label lower": (
        "ANX-LABEL",
        lambda: draw(moved(moved(ANNEXED, "附件", down=5), "标题", down=5, nth=1)),
    ),
    "a detached annex's label indented": ("ANX-DETACHED", lambda: draw(moved(DETACHED, "附件", right=11))),
    "an annex's title to one side": ("ANX-TITLE", lambda: draw(moved(ANNEXED, "标题", right=-12, nth=1))),
    "an annex's title right under its label": (
        "ANX-TITLE",
        lambda: draw(moved(ANNEXED, "标题", down=-6, nth=1)),
    ),
    "a thin first rule": ("IMP-LINES", lambda: weighed(0, 0.5)),
    "a heavy middle rule": ("IMP-LINES", lambda: weighed(1, 1.4)),
    "版记 without rules": (
        "IMP-LINES",
        lambda: draw(on_rules(COPIED, lambda page, rule: rule if page == 1 else None)),
    ),
    "版记 too high": ("IMP-BOTTOM", lambda: imprint_moved(-6)),
    "版记 on an odd page": (
        "IMP-EVEN",
        odd_imprint,
    ),
    "copies in large type": (
        "IMP-CC",
        lambda: draw(on_runs(COPIED, "抄送", set_in(size=pt(16), spacing=pt(-2)))),
    ),
    "copies that do not hang": ("IMP-CC", lambda: draw(moved(COPIED, "抄送", right=-10, line=1))),
    "copies at the edge": ("IMP-CC", lambda: draw(moved(COPIED, "抄送", right=-5))),
    "a rule between 主送 and 抄送": ("IMP-TO", ruled_between),
    "the printing date in the middle": ("IMP-PRINT", lambda: draw(moved(COPIED, "印发日期", right=-40))),
    "the printing office at the edge": ("IMP-PRINT", lambda: draw(moved(COPIED, "印发机关", right=-5))),
    "hyphens about page numbers": ("PNO-FORM", lambda: draw(numbered(COPIED, hyphened))),
    "page numbers in 仿宋": ("PNO-FORM", lambda: draw(numbered(COPIED, in_fangsong))),
    "page numbers too high": (
        "PNO-POS",
        lambda: draw(numbered(COPIED, lambda _, one: number_moved(one, down=-3))),
    ),
    "page numbers in the middle": ("PNO-POS", lambda: draw(numbered(COPIED, centred))),
    "numbers on a blank page and 版记": ("PNO-BLANK", blank_numbered),
    "a number left out": (
        "PNO-CONT",
        lambda: draw(numbered(JOINT, lambda page, one: one if page > 1 else None)),
    ),
    "a number that jumps": (
        "PNO-CONT",
        lambda: draw(
            numbered(HANZI, lambda page, one: number_moved(one, text="— 9 —") if page == 5 else one)
        ),
    ),
    "a number on a letter's first page": ("PNO-LETTER1", lambda: letter_numbered()),
    "a letter's lines the wrong way round": (
        "LET-LINES",
        lambda: letter_rules(lambda _, weight: {"weight": mm(0.26 if weight > 0.5 else 1.06)}),
    ),
    "a letter's lines as wide as the text": (
        "LET-LINES",
        lambda: letter_rules(lambda place, _: {"x": mm(28), "width": mm(156)} if place > 1 else {}),
    ),
    "a letter's lower lines too high": (
        "LET-LINES",
        lambda: draw(
            on_rules(LETTER, lambda _, rule: replace(rule, y=rule.y - mm(4)) if rule.y > mm(200) else rule)
        ),
    ),
    "a letter's number in the middle": ("LET-NO", lambda: draw(moved(LETTER, "发文字号", right=-50))),
    "a letter with 版记's rules": (
        "IMP-LETTER",
        lambda: drawn_over(drawn(LETTER), 2, b"0 0 0 rg 79.37 120 442.2 1 re f"),
    ),
    "a command's mark where other marks are": ("CMD-MARK", lambda: drawn(COMMAND)),
    "出席 in 仿宋": ("MIN-LIST", lambda: drawn(MINUTES)),
}
NOTE_AND_ANNEX = paper(FINDINGS, annex_note=AnnexNote(("清单",)), annexes=PAPERS["circular"].annexes[2:])


def hyphened(page: int, number):  # type: ignore[no-untyped-def]
    return number_moved(number, right=4 if page % 2 else 0, text=f"- {page} -")


def in_fangsong(_: int, number):  # type: ignore[no-untyped-def]
    (line,) = number.lines
    return replace(
        number, lines=(replace(line, runs=tuple(replace(run, face="fangsong") for run in line.runs)),)
    )


def centred(page: int, number):  # type: ignore[no-untyped-def]
    return number_moved(number, right=-65 if page % 2 else 65)


def letter_numbered() -> bytes:
    second = composed(LETTER).pages[1].page_number
    return draw(numbered(LETTER, lambda page, one: one or number_moved(second, right=130, text="— 1 —")))


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_defect_is_caught_by_its_rule_and_no_other(name: str) -> None:
    rule, broken = PLANTED[name]

    told = findings(read(broken()))

    assert set(told) == {rule}
    assert all(found.found and found.expected and found.remedy for found in told[rule])
    assert all(found.page for found in told[rule]) or rule == "PNO-CONT"


def test_a_font_that_is_not_embedded_is_told() -> None:
    seen = see_pdf(drawn(COPIED))
    found = paper_of_pdf(replace(seen, fonts=(*seen.fonts, SeenFont("SimSun", False))))

    assert set(findings(found)) == {"FONT-EMBED"}


def test_every_rule_is_of_the_catalogue_once() -> None:
    ids = [rule.id for rule in pdf.RULES]

    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(RULE_IDS)


def test_each_rule_has_its_defect() -> None:
    caught = {rule for rule, _ in PLANTED.values()}

    assert {rule.id for rule in pdf.RULES} - caught == {
        "FONT-EMBED",
        "ANX-LANDSCAPE",
        "FILE-PDFA",
        "NUM-NOBREAK",
    }


def test_a_table_turned_to_the_right_is_told() -> None:
    assert "ANX-LANDSCAPE" in findings(sideways(b"0 -1 1 0"))
    assert "ANX-LANDSCAPE" not in findings(sideways(b"0 1 -1 0"))


def test_a_file_not_made_to_last_is_told() -> None:
    (found,) = look("FILE-PDFA", read(text_page(b"BT /F 14 Tf 100 700 Td (Hello) Tj ET")))

    assert found.found == "不是 PDF/A，没有结构标记，没有注明语种"


def test_a_number_cut_by_the_end_of_a_line_is_told() -> None:
    pages = on_runs(COPIED, "正文", set_in(text="全市共有生产经营单位2"), nth=0, line=1)

    (found,) = look("NUM-NOBREAK", read(draw(on_runs(pages, "正文", set_in(text="649家。"), nth=0, line=2))))

    assert "2”与“649家" in found.found


def test_signers_beside_the_number_are_as_they_should_be() -> None:
    assert findings(read(upward("kaiti", 0))) == {}


def test_signers_of_whom_one_has_a_long_name_are_as_they_should_be() -> None:
    assert "SIGNER-UP" not in findings(read(drawn(FIRST_PAGES["上行文三人有复姓"])))


def test_what_stands_in_the_corner_in_order_is_as_it_should_be() -> None:
    lines = (("000001", "fangsong", 0.0, 1), ("机密★1年", "heiti", 0.0, 2), ("特急", "heiti", 0.0, 3))

    assert findings(read(cornered(*lines))) == {}


def test_a_command_with_its_mark_20_mm_down_is_as_it_should_be() -> None:
    up = moved(moved(COMMAND, "发文机关标志", down=-15), "发文字号", down=-15)

    assert "CMD-MARK" not in findings(read(draw(up)))


def test_a_short_line_is_no_full_one() -> None:
    assert findings(paper_of(paper(lines_of_hanzi(3)))) == {}
