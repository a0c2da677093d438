"""From 送审稿 to the final paper: GB/T 9704-2012, 7.2.5, 7.2.6, 7.3.5.4, 7.3.7, 7.4.3, 10.1."""

from dataclasses import replace
from datetime import date

import pytest

from docgen.gongwen import (
    Annex,
    Document,
    DocumentNumber,
    Final,
    Imprint,
    Masthead,
    Paragraph,
    Signatures,
    finalised,
)

OPEN = DocumentNumber("苏应急", 2024)
FINAL = Final(DocumentNumber("苏应急", 2024, 132), date(2024, 8, 9), date(2024, 8, 15))
DRAFT = Document(
    Masthead(("甲市应急管理局",), OPEN, urgency="特急"),
    "关于某某工作情况的通报",
    "各县（市、区）应急管理局：",
    (Paragraph("2024年　月　日前整改到位。"),),
    None,
    Signatures(("甲市应急管理局",), "2024年　月　日"),
    Imprint(("某某省应急管理厅",), "甲市应急管理局办公室", "2024年　月　日印发"),
    (Annex(1, "一览表", (Paragraph("附件正文。"),)),),
    note="此件公开发布",
)


def test_number_and_dates_are_filled_in():
    paper = finalised(DRAFT, FINAL)
    assert str(paper.masthead.number) == "苏应急〔2024〕132号"
    assert paper.signatures.signing_date == "2024年8月9日"
    assert paper.imprint.printing_date == "2024年8月15日印发"


def test_nothing_else_is_changed():
    paper = finalised(DRAFT, replace(FINAL, signers=("张示例",)))
    reopened = replace(
        paper,
        masthead=replace(paper.masthead, number=OPEN),
        signatures=replace(paper.signatures, signing_date="2024年　月　日"),
        imprint=replace(paper.imprint, printing_date="2024年　月　日印发"),
    )
    assert reopened == DRAFT


def test_a_letter_without_printing_date_gets_none():
    letter = replace(DRAFT, imprint=Imprint(("甲市金融监管分局",), "", ""))
    assert finalised(letter, FINAL).imprint == letter.imprint
    assert finalised(replace(DRAFT, imprint=None), replace(FINAL, printing_date=None)).imprint is None


def test_the_year_of_signing_need_not_be_the_number_s():
    paper = finalised(DRAFT, replace(FINAL, signing_date=date(2025, 1, 2)))
    assert paper.signatures.signing_date == "2025年1月2日"
    assert paper.masthead.number.year == 2024


def test_signers_stand_on_an_upward_paper_only():
    upward = replace(DRAFT, masthead=replace(DRAFT.masthead, signers=("李示例", "王示例")))
    assert finalised(upward, replace(FINAL, signers=("张示例", "王示例"))).masthead.signers == ("张示例", "王示例")
    assert finalised(upward, FINAL).masthead.signers == ("李示例", "王示例")
    assert finalised(DRAFT, replace(FINAL, signers=("张示例",))).masthead.signers == ()


def test_an_annex_bound_apart_bears_the_number():
    apart = Annex(2, "清单", (), bound_to=str(OPEN))
    bound, alone = finalised(replace(DRAFT, annexes=(*DRAFT.annexes, apart)), FINAL).annexes
    assert (bound.label, alone.label) == ("附件1", "苏应急〔2024〕132号附件2")


@pytest.mark.parametrize(
    ("draft", "final", "said"),
    [
        (replace(DRAFT, masthead=None), FINAL, "只有发文字号空着序号的送审稿才能编号"),
        (finalised(DRAFT, FINAL), FINAL, "只有发文字号空着序号的送审稿才能编号，这份已是“苏应急〔2024〕132号”"),
        (DRAFT, replace(FINAL, number=OPEN), "发文字号应有序号，如“苏应急〔2024〕132号”，不是“苏应急〔2024〕　号”"),
        (
            DRAFT, replace(FINAL, number=DocumentNumber("苏应急函", 2024, 7)),
            "这份公文的发文字号应是“苏应急〔2024〕　号”一类，如“苏应急〔2024〕7号”，不是“苏应急函〔2024〕7号”",
        ),
        (
            DRAFT, replace(FINAL, number=DocumentNumber("苏应急", 2025, 7)),
            "这份公文的发文字号应是“苏应急〔2024〕　号”一类，如“苏应急〔2024〕7号”，不是“苏应急〔2025〕7号”",
        ),
        (
            replace(DRAFT, signatures=Signatures(("甲市应急管理局",), "2024年8月1日")), FINAL,
            "送审稿的成文日期应空着月日，如“2024年　月　日”，不是“2024年8月1日”",
        ),
        (
            replace(DRAFT, imprint=Imprint((), "办公室", "2024年8月1日印发")), FINAL,
            "送审稿的印发日期应空着月日，如“2024年　月　日印发”，不是“2024年8月1日印发”",
        ),
        (DRAFT, replace(FINAL, printing_date=None), "这份公文的版记有印发日期，应写明，如 2024-08-15"),
        (
            replace(DRAFT, masthead=replace(DRAFT.masthead, signers=("李示例", "王示例"))),
            replace(FINAL, signers=("张示例",)), "签发人应写 2 人，各发文机关一人，不是 1 人",
        ),
    ],
)
def test_what_does_not_fit_the_draft_is_refused(draft, final, said):
    with pytest.raises(ValueError) as refused:
        finalised(draft, final)
    assert str(refused.value) == said
