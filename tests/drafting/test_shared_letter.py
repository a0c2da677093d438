"""同号分送: one number and one text for all insurers; only the annexes are an insurer's own."""

from dataclasses import replace

import pytest
from drafting_papers import SHARED_LETTER, codes, extract, settings, text

from docgen.drafting import draft_letter
from docgen.gongwen import Paragraph

NAME = "insurer_letter_shared.txt"


def shared(insurer=None, template=SHARED_LETTER, **changed):
    given = settings(letter_numbering="同号分送", **changed)
    return draft_letter(insurer or extract(), given, template, NAME)


def test_two_insurers_get_one_text_whatever_their_figures():
    one, other = shared(extract("甲山财险")), shared(extract("乙水财险", 未上传保单数=0, 服务费差额=1))
    assert one.problems == other.problems == ()
    assert replace(one.document, annexes=()) == replace(other.document, annexes=())
    assert "财险" not in text(one)


def test_it_is_addressed_to_all_of_them():
    assert shared().document.addressees == "各有关保险公司："
    assert shared(letter_addressees="甲市各财产保险公司").document.addressees == "甲市各财产保险公司："


def test_the_annexes_say_whose_they_are():
    one, two = shared().document.annexes
    for annex in (one, two):
        owner = annex.blocks[0]
        assert isinstance(owner, Paragraph)
        assert owner.text == "收函单位：甲山财险苏州分公司"
        (span,) = owner.figures
        assert (owner.text[span.start : span.end], span.name) == ("甲山财险苏州分公司", "保险公司/主送名称")
    assert one.blocks[1:] == extract().problem_tables


@pytest.mark.parametrize("name", ["保险公司全称", "简称", "问题保单数", "抽查保单数", "服务费差额"])
def test_its_template_knows_nothing_of_a_single_insurer(name):
    draft = shared(template=f"为做好工作：\n有{{{{ {name} }}}}。")
    assert draft.document is None
    assert codes(draft.problems) == [("unknown-name", 2)]


def test_a_missing_term_is_told():
    assert "missing-setting" in [problem.code for problem in shared(mend_by=None).problems]
