"""Papers broken in one way each, by the rule of a PDF that must catch it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from docgen.gongwen import (
    AnnexNote,
)
from docgen.units import mm, pt
from tests.check.pdf_papers import (
    ANNEXED,
    BLANK,
    COMMAND,
    COPIED,
    DETACHED,
    HANZI,
    JOINT,
    LETTER,
    LEVELS,
    LONG_NOTED,
    MINUTES,
    NOTED,
    PAIR,
    SHORT_MARK,
    SHORT_PAIR,
    all_moved,
    below_text,
    blank_numbered,
    cornered,
    gone,
    head_moved,
    head_rule,
    imprint_moved,
    letter_rules,
    odd_imprint,
    ruled_between,
    sealed,
    signed_higher,
    upward,
    weighed,
    wider,
)
from tests.check.pdfs import drawn
from tests.check.planting import (
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
from tests.papers import FINDINGS, PAPERS, composed, paper

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
