"""The elements of a paper are recognised on its pages by place and words: every one, and none that is not there."""

from __future__ import annotations

from collections import defaultdict

import pytest

from docgen.layout.pages import TextBlock
from tests.check.pdfs import paper_of
from tests.papers import BUREAU, FINDINGS, PAPERS, REGULATOR, bare, composed, paper

EVERY = pytest.mark.parametrize("name", PAPERS)


def composed_texts(name: str) -> dict[str, str]:
    texts: defaultdict[str, str] = defaultdict(str)
    in_annex = False
    for page in composed(PAPERS[name]).pages:
        for block in page.blocks:
            if isinstance(block, TextBlock) and block.element != "发文机关标志":
                in_annex = in_annex or block.element == "附件"
                element = "附件标题" if in_annex and block.element == "标题" else block.element
                texts[element] += bare("".join(line.text for line in block.lines))
    return dict(texts)


@EVERY
def test_every_element_is_recognised_with_its_whole_text(name: str) -> None:
    found: defaultdict[str, str] = defaultdict(str)
    for element in paper_of(PAPERS[name]).elements:
        if element.name not in ("发文机关标志", "表", "页码"):
            found[element.name] += bare(element.text)

    assert dict(found) == composed_texts(name)


@EVERY
def test_nothing_of_our_own_papers_is_unknown(name: str) -> None:
    assert paper_of(PAPERS[name]).unidentified == ()


@EVERY
def test_one_paragraph_is_one_element_though_it_runs_over_pages(name: str) -> None:
    document, found = PAPERS[name], paper_of(PAPERS[name])
    names = {"正文", "一级标题", "二级标题", "三级标题", "四级标题"}

    texts = [bare(element.text) for element in found.elements if element.name in names and not element.annex]
    assert texts == [bare(part.text) for part in document.body]


@EVERY
def test_signatures_are_in_order_each_as_one(name: str) -> None:
    signatures = PAPERS[name].signatures
    assert signatures is not None

    assert [element.text for element in paper_of(PAPERS[name]).of("署名")] == list(signatures.names)


def test_an_annex_knows_its_place() -> None:
    labels = paper_of(PAPERS["circular"]).of("附件")

    assert [(label.text, label.annex) for label in labels] == [("附件1", 1), ("附件2", 2), ("附件3", 3)]


def test_the_mark_is_its_names_and_what_follows_them() -> None:
    marks = {element.text for element in paper_of(PAPERS["circular"]).of("发文机关标志")}

    assert marks == {BUREAU, REGULATOR, "文件"}


def test_cells_of_a_table_are_read_whole() -> None:
    table = paper_of(PAPERS["circular"]).of("表")[0]

    assert "　甲山青禾铸造有限公司第4分厂（昇堃车间，试生产）　" in table.text


def test_a_body_that_has_no_date_ends_without_signatures() -> None:
    found = paper_of(paper(FINDINGS, signatures=None))

    assert found.of("署名") == ()
    assert found.unidentified == ("没有认出成文日期",)
