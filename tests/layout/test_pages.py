"""Pages of a paper: 22 full lines, headings with their text, every word once and in order."""

from __future__ import annotations

import itertools

import pytest

from docgen.gongwen import Annex, Document, Level, Paragraph
from docgen.gongwen.parts import Parts, bound_parts
from docgen.layout import compose
from docgen.layout.metrics import EM_ASCENT
from docgen.layout.pages import Page, TextBlock
from docgen.styles import load_stylesheet
from docgen.units import mm
from tests.papers import (
    BUREAU,
    PAPERS,
    STYLESHEET,
    blocks,
    composed,
    composed_words,
    document_words,
    lines_of_hanzi,
    metrics,
    paper,
)

EVERY = pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS)
HEADINGS = {"一级标题", "二级标题", "三级标题", "四级标题"}


@EVERY
def test_all_lines_in_order_are_the_words_of_the_paper(document: Document) -> None:
    assert composed_words(composed(document)) == document_words(document)


@EVERY
def test_pages_are_numbered_from_one(document: Document) -> None:
    assert [page.number for page in composed(document).pages] == list(range(1, len(composed(document).pages) + 1))


@pytest.mark.parametrize("profile", ["", "visual"])
def test_a_full_page_has_22_lines_of_28_characters(profile: str) -> None:
    document = paper(lines_of_hanzi(50), lines_of_hanzi(50))
    second = compose(document, load_stylesheet(profile), metrics()).pages[1]
    lines = [line for block in second.blocks if isinstance(block, TextBlock) for line in block.lines]

    assert len(lines) == 22
    assert sorted({len(line.text) for line in lines}) in ([28], [26, 28])
    assert len({b.baseline - a.baseline for a, b in itertools.pairwise(lines)}) == 1


@pytest.mark.parametrize("document", [PAPERS["circular"], PAPERS["full pages of hanzi"]])
def test_the_first_lines_em_box_begins_37_mm_from_the_top(document: Document) -> None:
    for page in composed(document).pages[1:3]:
        line = page.blocks[0].lines[0]  # type: ignore[union-attr]

        assert (line.baseline - line.runs[0].size * EM_ASCENT).mm == pytest.approx(37, abs=0.1)


@EVERY
def test_text_stands_in_the_type_area_save_for_hung_marks(document: Document) -> None:
    for page in composed(document).pages:
        left, right, top, bottom = (35, 260, 28, 184) if page.is_turned else (28, 184, 37, 262)
        for block in (block for block in page.blocks if isinstance(block, TextBlock)):
            for line in (line for line in block.lines if line.runs):
                last = line.runs[-1]
                hung = last.size if line.text[-1] in "，。、；：" else 0
                assert line.runs[0].x >= mm(left)
                assert last.x + last.width - last.spacing <= mm(right) + hung + mm("0.05")
                assert line.baseline - line.runs[0].size * EM_ASCENT >= mm(top) - mm("0.1")
                assert line.baseline + line.runs[0].size * (1 - EM_ASCENT) <= mm(bottom) + mm("0.1")


def text_blocks(page: Page) -> list[TextBlock]:
    return [block for block in page.blocks if isinstance(block, TextBlock)]


@pytest.mark.parametrize("level", [Level.FIRST, Level.SECOND, Level.THIRD, Level.FOURTH])
def test_a_heading_is_never_the_last_of_a_page(level: Level) -> None:
    for before in range(1, 24):
        document = paper(lines_of_hanzi(before), Paragraph("一、主要问题", level), lines_of_hanzi(30))
        for page in composed(document).pages:
            assert not text_blocks(page) or text_blocks(page)[-1].element not in HEADINGS


def test_two_headings_in_a_row_stay_with_the_text_after_them() -> None:
    first, second = Paragraph("一、主要问题", Level.FIRST), Paragraph("（一）承保公司", Level.SECOND)
    for before in range(1, 24):
        for page in composed(paper(lines_of_hanzi(before), first, second, lines_of_hanzi(3))).pages:
            assert not text_blocks(page) or text_blocks(page)[-1].element not in HEADINGS


def test_a_heading_stays_with_a_last_line_that_stays_with_the_signatures() -> None:
    for before in range(1, 24):
        document = paper(lines_of_hanzi(before), Paragraph("三、下步工作要求", Level.FIRST), "请认真落实。")
        for page in composed(document).pages:
            assert not text_blocks(page) or text_blocks(page)[-1].element not in HEADINGS


def test_each_level_has_its_class_of_type() -> None:
    pages = composed(PAPERS["circular"])
    faces = {
        element: {run.face for _, block in blocks(pages, element) for line in block.lines for run in line.runs}
        for element in ("正文", "一级标题", "二级标题", "三级标题", "四级标题")
    }

    assert faces == {
        "正文": {"fangsong"},
        "一级标题": {"heiti"},
        "二级标题": {"kaiti"},
        "三级标题": {"fangsong"},
        "四级标题": {"fangsong"},
    }


def test_an_annex_begins_a_page_with_its_label_on_line_1_and_its_title_on_line_3() -> None:
    pages = composed(PAPERS["circular"])
    pitch, top = STYLESHEET.grid.line_pitch, STYLESHEET.text_top
    labels, titles = blocks(pages, "附件"), [found for found in blocks(pages, "标题") if found[0] > 1]

    assert [block.lines[0].text for _, block in labels] == ["附件1", "附件2", "附件3"]
    assert [number for number, _ in labels] == [number for number, _ in titles]
    for number, label in labels:
        assert pages.pages[number - 1].blocks[0] is label
        assert label.lines[0].runs[0].x == mm(28)
        assert label.lines[0].runs[0].face == "heiti"
        assert (label.lines[0].baseline - label.lines[0].runs[0].size * EM_ASCENT).mm == pytest.approx(37, abs=0.1)
    for _, title in titles:
        middle = title.lines[0].baseline - title.lines[0].runs[0].size * (EM_ASCENT - 0.5)
        assert (middle - top).mm == pytest.approx((pitch * 2.5).mm, abs=0.02)


def test_a_single_annex_has_neither_number_nor_colon() -> None:
    pages = composed(PAPERS["letter"])

    assert [block.lines[0].text for _, block in blocks(pages, "附件")] == ["附件"]
    assert [line.text for _, block in blocks(pages, "附件说明") for line in block.lines] == ["附件：问题清单"]


def test_a_paper_without_annexes_has_no_note_of_them() -> None:
    assert blocks(composed(PAPERS["short"]), "附件说明") == []
    assert blocks(composed(PAPERS["short"]), "附件") == []


def test_a_title_with_a_break_of_its_own_is_read_as_one_text() -> None:
    pages = composed(paper("正文。", title="关于甲市\n开展检查的通知"))

    assert pages.title == "关于甲市开展检查的通知"
    assert pages.shapes.title_lines == ("关于甲市", "开展检查的通知")


def test_a_character_that_no_font_draws_is_refused() -> None:
    with pytest.raises(ValueError, match=r"没有字体能画出.*U\+E001"):
        composed(paper(f"{BUREAU}\ue001"))


def test_an_annex_by_itself_begins_on_page_1_with_the_papers_number_before_its_label() -> None:
    annexes = tuple(Annex(number, "清单", (Paragraph("内容。"),), "苏应急〔2024〕7号") for number in (1, 2))
    whole = paper("正文。", annexes=annexes)
    parts = bound_parts(whole)
    pages = [composed(alone) for _, alone in parts.annexes]

    assert parts.paper.annexes == ()
    assert [one.number for one in pages] == ["苏应急〔2024〕7号"] * 2
    for number, (page,) in enumerate((one.pages for one in pages), start=1):
        label, _, body = text_blocks(page)
        assert (label.element, label.lines[0].text) == ("附件", f"苏应急〔2024〕7号附件{number}")
        assert label.lines[0].runs[0].x == mm(28)
        assert {run.face for run in label.lines[0].runs} == {"heiti"}
        assert body.lines[0].text == "内容。"
        assert page.page_number is not None
        assert page.page_number.lines[0].text == "— 1 —"


def test_annexes_that_are_bound_stay_with_the_paper() -> None:
    whole = paper("正文。", annexes=(Annex(None, "清单", (Paragraph("内容。"),)),))

    assert bound_parts(whole) == Parts(whole, ())
