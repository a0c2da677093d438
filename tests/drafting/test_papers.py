"""What stands around the body: masthead, dates, annexes, imprint, and the letter to each insurer."""

import re
from dataclasses import replace
from datetime import date

import pytest
from drafting_papers import (
    A_SHORTFALL,
    LETTER,
    LETTER_COUNTS,
    UNITS,
    a_table,
    annexes,
    codes,
    extract,
    letter,
    settings,
    text,
)
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from docgen.drafting import draft_circular, draft_letter
from docgen.figures.extract import AnnexTable
from docgen.gongwen import Format, Level


def paper(given=None, annex_tables=()):
    draft = draft_circular({}, annex_tables, given or settings(), "各地要抓好落实。")
    assert draft.document is not None
    return draft


def test_a_numbered_circular_has_its_dates():
    document = paper().document
    assert str(document.masthead.number) == "苏应急〔2024〕132号"
    assert document.signatures.signing_date == "2024年8月15日"
    assert document.imprint.printing_date == "2024年8月16日印发"


def test_a_circular_without_a_number_leaves_its_dates_open():
    draft = paper(settings(serial=None))
    assert str(draft.document.masthead.number) == "苏应急〔2024〕　号"
    assert draft.document.signatures.signing_date == "2024年　月　日"
    assert draft.document.imprint.printing_date == "2024年　月　日印发"
    assert draft.problems == ()


def test_both_issuers_head_and_sign_the_circular_the_lead_agency_first():
    document = paper().document
    assert document.masthead.issuers == ("苏州市应急管理局", "国家金融监督管理总局苏州监管分局")
    assert document.signatures.names == document.masthead.issuers
    assert document.masthead.suffix == "文件"


@pytest.mark.parametrize("typed", ["各财产保险公司", "各财产保险公司：", "各财产保险公司:"])
def test_the_addressees_end_in_one_full_width_colon(typed):
    assert paper(settings(addressees=typed)).document.addressees == "各财产保险公司："


@pytest.mark.parametrize(
    ("gap", "name", "of"),
    [
        ({"printing_office": ""}, "印发机关", lambda document: document.imprint.printing_office),
        ({"signing_date": None}, "成文日期", lambda document: document.signatures.signing_date),
        ({"title": ""}, "标题", lambda document: document.title),
    ],
)
def test_what_the_settings_lack_is_marked_and_said(gap, name, of):
    draft = paper(settings(**gap))
    assert of(draft.document) == f"【待补：{name}】"
    (problem,) = draft.problems
    assert (problem.code, problem.expected) == ("missing-setting", f"发文信息填有“{name}”")


@pytest.mark.parametrize(
    ("chosen", "labels"),
    [((), ["附件1", "附件2", "附件3"]), (("1", "3"), ["附件1", "附件2"]), (("2",), ["附件"]), (("无",), [])],
)
def test_a_circular_bears_the_annexes_that_are_chosen_numbered_anew(chosen, labels):
    document = paper(settings(annexes=chosen), annexes(3)).document
    assert [annex.label for annex in document.annexes] == labels
    assert (document.annex_note is None) == (not labels)


def test_the_annex_note_is_made_from_the_annexes_with_the_cut_off_day_under_it():
    document = paper(annex_tables=annexes(3)).document
    assert document.annex_note.titles == ("第1张表", "第2张表", "第3张表")
    assert document.annex_note.remark == "（以上附件数据截至2024年8月9日）"
    assert [annex.label for annex in document.annexes] == ["附件1", "附件2", "附件3"]
    assert tuple(annex.title for annex in document.annexes) == document.annex_note.titles


def test_the_only_annex_has_no_number():
    assert [annex.label for annex in paper(annex_tables=annexes(1)).document.annexes] == ["附件"]


def test_a_circular_without_annexes_has_no_annex_note():
    document = paper().document
    assert (document.annex_note, document.annexes) == (None, ())


def test_every_annex_says_up_to_which_day_it_counts():
    two_tables = AnnexTable("两张表", (a_table("一、甲"), a_table("二、乙")))
    document = paper(annex_tables=(*annexes(1), two_tables)).document
    assert [annex.blocks[-1].notes for annex in document.annexes] == [("数据截至2024年8月9日。",)] * 2
    assert document.annexes[1].blocks[0].notes == ()


def test_the_letter_comes_from_the_bureau_alone_without_number_or_date():
    document = letter().document
    assert document.masthead.issuers == ("苏州市应急管理局",)
    assert document.signatures.names == ("苏州市应急管理局",)
    assert str(document.masthead.number) == "苏应急函〔2024〕　号"
    assert document.signatures.signing_date == "2024年　月　日"
    assert document.title == "关于反馈安全生产责任保险检查问题的函"
    assert document.addressees == "甲山财险苏州分公司："
    assert document.imprint.copy_to == ("国家金融监督管理总局苏州监管分局",)


def test_the_letter_is_in_letter_form_without_the_word_for_a_document():
    document = letter().document
    assert document.format is Format.LETTER
    assert document.masthead.suffix == ""


def test_the_letter_needs_no_printing_office():
    """10.1: 版记 of a letter has neither 印发机关 nor 印发日期."""
    draft = draft_letter(extract(), settings(printing_office="", printing_date=None), LETTER)
    assert draft.problems == ()
    assert (draft.document.imprint.printing_office, draft.document.imprint.printing_date) == ("", "")


def test_the_letter_carries_the_problem_list_and_the_reply_form():
    document = letter().document
    assert document.annex_note.titles == ("问题清单", "整改情况反馈表")
    assert [(annex.label, annex.title, len(annex.blocks)) for annex in document.annexes] == [
        ("附件1", "问题清单", 2), ("附件2", "整改情况反馈表", 1),
    ]
    assert document.annexes[0].blocks[0].caption == "检查发现问题清单"


def test_the_letter_says_whom_to_call():
    assert letter().document.note == "联系人：张示例，联系电话：0512-00000000"
    draft = draft_letter(extract(), settings(contact=""), LETTER)
    assert draft.document.note == "联系人：【待补：联系人】，联系电话：0512-00000000"
    assert "missing-setting" in [problem.code for problem in draft.problems]


def test_the_letter_states_ground_period_figures_term_and_objections():
    draft = letter()
    words = text(draft)
    assert draft.problems == ()
    assert "根据《苏州市重点行业领域工矿企业安全生产责任保险检查通报工作办法（试行）》，" in words
    assert "我局会同国家金融监督管理总局苏州监管分局对2024年上半年全市安责险承保" in words
    assert "检查中记录的问题共12个，具体情况见所附问题清单。" in words
    assert "于2024年9月13日前完成整改，并将填写好的整改情况反馈表连同佐证材料送我局。" in words
    assert (
        "截至2024年8月9日，贵公司承保我市重点行业领域生产经营单位120家。本次检查抽查贵公司保单60份，"
        "查出问题保单10份。\n"
    ) in words
    assert "请在收到本函之日起五个工作日内以书面形式向我局提出，说明理由，并附" in words
    assert "可按附注所列联系人和电话与我局联系" in words
    assert words.endswith("特此函告。")
    headings = [part.text for part in draft.document.body if part.level is Level.FIRST]
    assert headings == ["一、检查情况", "二、整改事项", "三、异议反馈"]


NOTHING = {name: 0 for name in LETTER_COUNTS if name not in ("承保单位数", "抽查保单数")}
NO_FAULT = "本次检查抽查贵公司保单60份，没有查出问题保单。\n"
LIST = "具体情况见所附问题清单。\n二、整改事项"


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"未规范使用方案保单数": 1}, "在承保方面，1份保单未规范使用保险方案及费率机制。"),
        ({"未约定预防服务保单数": 3}, "在承保方面，3份保单没有明确约定事故预防服务。"),
        ({"保额人数不符保单数": 1}, "在承保方面，1份保单的保额与企业投保人数不一致。"),
        ({"录入不规范保单数": 3}, "在数据上传方面，3份保单录入的数据不规范。"),
        ({"未上传保单数": 1}, "在数据上传方面，1份已承保保单没有上传系统。"),
        ({"逾期上传保单数": 3}, "在数据上传方面，3份保单超过规定时限上传。"),
        ({"服务费用不符记录数": 1}, "在事故预防服务费方面，1条服务记录填报的金额与核实的金额不一致。"),
        ({"未全员投保单位数": 3}, "在投保人数方面，由贵公司承保的3家单位没有按实际从业人数投保。"),
        ({"未上传保单数": 1, "逾期上传保单数": 2, "未全员投保单位数": 3},
         "在数据上传方面，1份已承保保单没有上传系统，2份保单超过规定时限上传。"
         "在投保人数方面，由贵公司承保的3家单位没有按实际从业人数投保。"),
        ({"问题数": 1}, "检查中记录的问题共1个，"),
    ],
)
def test_the_letter_states_what_was_found_and_nothing_else(counts, sentence):
    draft = letter(**(NOTHING | counts))
    assert draft.problems == ()
    assert NO_FAULT + sentence + LIST in text(draft)


@pytest.mark.parametrize(
    ("others", "policies", "sentence"),
    [
        ({"未设服务热线": 1}, 1, "1份保单被查出“未设服务热线”问题。"),
        ({"未设服务热线": 2, "未报送台账": 1}, 3,
         "3份保单被查出其他类别的问题，其中“未设服务热线”2份、“未报送台账”1份。"),
        ({"未设服务热线": 2, "未报送台账": 1}, 2,
         "其中“未设服务热线”2份、“未报送台账”1份（同一保单存在多类问题的，各类分别计数）。"),
    ],
)
def test_the_letter_names_further_kinds_of_problem(others, policies, sentence):
    draft = letter(others=others, **(NOTHING | {"其他类别保单数": policies}))
    assert draft.problems == ()
    assert NO_FAULT + "在其他方面，" in text(draft)
    assert sentence + LIST in text(draft)
    assert "对其他类别的问题，请逐项核查、纠正。" in text(draft)


def test_without_further_kinds_the_letter_does_not_mention_them():
    assert "其他" not in text(letter()).split("一、检查情况")[1]


def test_a_letter_about_a_single_problem_reads_whole():
    words = text(letter(**(NOTHING | {"抽查保单数": 1, "问题保单数": 1, "问题数": 1, "未约定预防服务保单数": 1})))
    assert (
        "本次检查抽查贵公司保单1份，查出问题保单1份。\n"
        "在承保方面，1份保单没有明确约定事故预防服务。检查中记录的问题共1个，" + LIST
    ) in words


def test_an_insurer_below_the_share_of_the_fee_is_told_its_own_figures():
    words = text(letter(**(NOTHING | LETTER_COUNTS | A_SHORTFALL)))
    assert (
        "在事故预防服务费方面，按2024年8月9日在保的保单计算，保费合计1000000.00元，事故预防服务费合计188500.50元，"
        "占保费的18.8%，低于规定的20%，相差11499.50元。"
    ) in words
    assert "对事故预防服务费低于规定比例的问题，" in words


def test_an_insurer_at_the_share_of_the_fee_reads_nothing_of_it():
    words = text(letter())
    assert "事故预防服务费" not in words.split("一、检查情况")[1]
    assert "20%" not in words


def test_fees_that_differ_and_a_low_share_are_two_clauses_of_one_sentence():
    words = text(letter(服务费用不符记录数=2, **A_SHORTFALL))
    assert "在事故预防服务费方面，2条服务记录填报的金额与核实的金额不一致；按2024年8月9日在保的保单计算，" in words


@pytest.mark.parametrize("rule", ["截止日在保", "期间内起保"])
def test_the_letter_counts_policies_as_the_settings_say(rule):
    given = settings(in_force_rule=rule)
    words = text(draft_letter(extract(**A_SHORTFALL), given, LETTER))
    is_at_cutoff = rule == "截止日在保"
    assert ("截至2024年8月9日，贵公司承保" in words) is is_at_cutoff
    assert ("按2024年8月9日在保的保单计算" in words) is is_at_cutoff
    assert ("统计，2024年上半年，贵公司承保" in words) is not is_at_cutoff
    assert ("按2024年上半年起保的保单计算" in words) is not is_at_cutoff


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "前完成整改，并将"), (1, "前完成整改（其中1个问题在清单中另有期限，按所列期限完成），并将")],
)
def test_a_problem_with_a_term_of_its_own_is_said_beside_the_letters_term(count, words):
    assert words in text(letter(另定期限问题数=count))


_COUNTS = st.fixed_dictionaries({
    name: st.integers(0, 2)
    for name in LETTER_COUNTS if UNITS.get(name) not in ("分", "‰") and name != "其他类别保单数"
})
_OTHERS = st.sampled_from([{}, {"未设服务热线": 1}, {"未设服务热线": 2, "未报送台账": 1}])


@hypothesis_settings(max_examples=60, deadline=None, derandomize=True)
@given(counts=_COUNTS, shortfall=st.sampled_from([{}, A_SHORTFALL]), others=_OTHERS)
def test_whatever_an_insurer_is_told_no_separator_is_left_over(counts, shortfall, others):
    draft = letter(others=others, **counts, **shortfall)
    assert draft.problems == ()
    assert not re.search("[，、；：。][，、；：。]|、的|方面，[。；]|(?<![0-9.])0[份家条个]", text(draft))


@pytest.mark.parametrize(
    ("name", "request_words"),
    [
        ("未约定预防服务保单数", "对承保环节的问题，"),
        ("服务费用不符记录数", "对系统数据方面的问题，"),
        ("服务费差额", "对事故预防服务费低于规定比例的问题，"),
        ("未全员投保单位数", "对没有全员投保的单位，"),
    ],
)
def test_the_letter_asks_only_for_what_there_is_to_mend(name, request_words):
    assert request_words in text(letter(**(NOTHING | {name: 1})))
    assert request_words not in text(letter(**(NOTHING | {"问题数": 1})))


def test_a_letter_without_units_or_samples_still_reads_whole():
    assert "一、检查情况\n经检查，贵公司有问题保单10份。\n" in text(letter(承保单位数=0, 抽查保单数=0))


def test_a_letter_about_nothing_but_uploads_begins_with_them():
    words = text(letter(**(NOTHING | {"承保单位数": 0, "抽查保单数": 0, "未上传保单数": 2})))
    assert "一、检查情况\n在数据上传方面，2份已承保保单没有上传系统。" + LIST in words


def test_a_policy_with_two_kinds_of_problem_counts_once_and_the_letter_says_so():
    assert "查出问题保单9份（同一保单存在多类问题的只计一次）。" in text(letter(问题保单数=9))


def test_a_letter_names_no_other_insurer():
    given = settings()
    for own, other in (("甲山财险", "乙水财险"), ("乙水财险", "甲山财险")):
        draft = draft_letter(extract(own), given, LETTER)
        assert own in draft.document.addressees
        assert other not in repr(draft.document)


def test_a_letter_template_may_name_the_insurer_it_goes_to():
    draft = draft_letter(
        replace(extract(), figures={}), settings(), "{{ 保险公司全称 }}（{{ 简称 }}）：会同{{ 会同机关 }}。"
    )
    assert text(draft) == "甲山财险股份有限公司苏州分公司（甲山财险）：会同国家金融监督管理总局苏州监管分局。"


def test_a_letter_without_a_term_for_mending_is_not_final():
    draft = draft_letter(extract(), settings(mend_by=None), LETTER)
    assert "于【待补：整改期限】前完成整改" in text(draft)
    assert [code for code, line in codes(draft.problems)] == ["missing-setting"]


def test_the_same_input_makes_the_same_document():
    assert letter() == letter()
    assert paper(settings(signing_date=date(2024, 8, 15))).document == paper().document
