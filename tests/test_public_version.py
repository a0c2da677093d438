"""公开版 is the signed paper less the annexes that are not published; 附件说明 (GB/T 9704-2012, 7.3.4) says which."""

from dataclasses import replace

import pytest

from docgen.gongwen import (
    Annex,
    AnnexNote,
    Document,
    DocumentNumber,
    Imprint,
    Masthead,
    Paragraph,
    Signatures,
    public_version,
)

TITLES = ("一览表", "统计表", "名单甲", "名单乙", "名单丙")
DATED = "（以上附件数据截至2024年8月9日）"


def paper(titles=TITLES, remark=DATED, bound_to=""):
    numbers = [None] if len(titles) == 1 else range(1, len(titles) + 1)
    return Document(
        Masthead(("甲市应急管理局",), DocumentNumber("苏应急", 2024, 132)),
        "关于某某工作情况的通报",
        "各县（市、区）应急管理局：",
        (Paragraph("具体名单见附件3。"),),
        AnnexNote(tuple(titles), remark),
        Signatures(("甲市应急管理局",), "2024年8月9日"),
        Imprint((), "甲市应急管理局办公室", "2024年8月15日印发"),
        tuple(Annex(number, title, (), bound_to) for number, title in zip(numbers, titles, strict=True)),
    )


def test_annexes_are_left_out_and_all_else_stays_as_it_was_signed():
    signed = paper()
    public = public_version(signed, {"名单甲", "名单乙", "名单丙"})
    assert [annex.label for annex in public.annexes] == ["附件1", "附件2"]
    assert public.annex_note.titles == TITLES
    assert replace(public, annexes=signed.annexes, annex_note=signed.annex_note) == signed


@pytest.mark.parametrize(
    ("withheld", "said"),
    [
        (TITLES[2:], "附件3至附件5不予公开"),
        (TITLES[3:], "附件4、附件5不予公开"),
        (TITLES[1:2], "附件2不予公开"),
        ((TITLES[0], *TITLES[2:]), "附件1、附件3至附件5不予公开"),
        ((TITLES[0], TITLES[2], TITLES[4]), "附件1、附件3、附件5不予公开"),
        (TITLES, "附件1至附件5不予公开"),
    ],
)
def test_the_remark_says_which_are_not_published(withheld, said):
    assert public_version(paper(), withheld).annex_note.remark == f"（以上附件数据截至2024年8月9日；{said}）"
    assert public_version(paper(remark=""), withheld).annex_note.remark == f"（{said}）"


def test_a_single_annex_has_no_number():
    assert public_version(paper(["名单甲"], ""), {"名单甲"}).annex_note.remark == "（附件不予公开）"


def test_an_annex_that_is_bound_apart_is_named_without_the_papers_number():
    apart = paper(bound_to="苏应急〔2024〕132号")
    assert public_version(apart, {"名单丙"}).annex_note.remark.endswith("；附件5不予公开）")


def test_a_paper_without_such_annexes_is_as_it_was_signed():
    assert public_version(paper(TITLES[:2]), set(TITLES[2:])) == paper(TITLES[:2])
