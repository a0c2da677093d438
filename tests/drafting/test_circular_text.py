"""The circular reads whole when a count is none, one or several."""

import re
from datetime import date
from decimal import Decimal

import pytest
from drafting_papers import (
    CIRCULAR,
    CIRCULAR_COUNTS,
    INDUSTRIES,
    LETTER,
    annexes,
    circular,
    codes,
    figure,
    settings,
    text,
)
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from docgen.drafting import draft_circular
from docgen.gongwen import Level

FIGURES = {
    name: figure(name, value, INDUSTRIES if name == "分行业投保单位数" else None)
    for name, value in CIRCULAR_COUNTS.items()
}


def draft_with(given=None, **figures):
    return draft_circular(FIGURES | figures, annexes(2), given or settings(), CIRCULAR)


def test_the_counts_of_the_half_year_are_stated():
    words = text(circular())
    assert (
        "全市有2649家生产经营单位投保安责险，其中金属冶炼467家、危险化学品449家、烟花爆竹批发6家、医药40家、"
        "加油站593家、使用危化的其他重点企业768家、粉尘企业36家、其他290家；由21家保险公司承保，"
        "覆盖从业人员25.93万余人。"
    ) in words
    assert (
        "本次抽查保单1448份，查出问题保单141份。"
        "此外，68份已承保保单没有上传系统，37家单位应保未保，60家单位未做到全员投保。"
    ) in words


def test_the_text_has_no_problem_and_a_fitting_length():
    draft = circular()
    assert draft.problems == ()
    assert 2000 < len(text(draft)) <= 2600


HEADINGS = [
    (Level.FIRST, "一、检查评估情况"),
    (Level.FIRST, "二、主要存在问题"),
    (Level.SECOND, "（一）各地应急管理部门"),
    (Level.SECOND, "（二）承保保险公司"),
    (Level.SECOND, "（三）应当投保生产经营单位"),
    (Level.FIRST, "三、下步工作要求"),
    (Level.SECOND, "（一）加强属地监管，形成工作合力"),
    (Level.SECOND, "（二）规范承保行为，提升服务质量"),
    (Level.SECOND, "（三）压实主体责任，夯实安全基础"),
]


def headings(draft):
    return [(part.level, part.text) for part in draft.document.body if part.level is not Level.BODY]


def test_the_three_parts_and_their_sections_are_headings():
    assert headings(circular()) == HEADINGS


def test_industries_without_units_are_not_named():
    zero = figure("分行业投保单位数", 3, {"医药": 0, "加油站": 2, "粉尘企业": 0, "其他": 1})
    assert "3家生产经营单位投保安责险，其中加油站2家、其他1家；" in text(
        draft_with(投保单位数=figure("投保单位数", 3), 分行业投保单位数=zero)
    )


def test_nobody_insured():
    assert "统计，全市尚无生产经营单位投保安责险。" in text(circular(投保单位数=0))


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"抽查保单数": 5, "问题保单数": 0}, "本次抽查保单5份，未查出问题保单。"),
        ({"抽查保单数": 5, "问题保单数": 1, "未规范使用方案保单数": 1, "未约定预防服务保单数": 0,
          "保额人数不符保单数": 0}, "本次抽查保单5份，查出问题保单1份。"),
        ({"抽查保单数": 5, "问题保单数": 3, "未规范使用方案保单数": 3, "未约定预防服务保单数": 1,
          "保额人数不符保单数": 0}, "查出问题保单3份（同一保单存在多类问题的只计一次）。"),
        ({"抽查保单数": 0}, "经检查，查出问题保单141份。"),
    ],
)
def test_problem_policies(counts, sentence):
    assert sentence in text(circular(**counts))


def test_nothing_sampled_and_nothing_found_is_not_mentioned():
    words = text(circular(抽查保单数=0, 问题保单数=0))
    assert "抽查保单0" not in words
    assert "问题保单" not in words.split("二、主要存在问题")[0]


NOTHING_ELSE = {"未上传保单数": 0, "逾期上传保单数": 0, "应保未保单位数": 0, "未全员投保单位数": 0}


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"未上传保单数": 1}, "份。此外，1份已承保保单没有上传系统。\n"),
        ({"逾期上传保单数": 3}, "份。此外，3份保单逾期上传。\n"),
        ({"应保未保单位数": 1}, "份。此外，1家单位应保未保。\n"),
        ({"未全员投保单位数": 3}, "份。此外，3家单位未做到全员投保。\n"),
        ({"未上传保单数": 3, "未全员投保单位数": 1},
         "此外，3份已承保保单没有上传系统，1家单位未做到全员投保。\n"),
        ({"未上传保单数": 1, "逾期上传保单数": 1, "应保未保单位数": 1, "未全员投保单位数": 1},
         "此外，1份已承保保单没有上传系统，1份保单逾期上传，1家单位应保未保，1家单位未做到全员投保。\n"),
    ],
)
def test_what_else_was_found(counts, sentence):
    assert sentence in text(circular(**(NOTHING_ELSE | counts)))


def test_nothing_else_was_found():
    words = text(circular(**NOTHING_ELSE))
    assert "查出问题保单141份。\n二、主要存在问题" in words
    assert "此外" not in words


def test_when_all_are_insured_the_areas_have_two_faults_and_not_three():
    paragraph = text(circular(应保未保单位数=0)).split("\n")[6]
    assert "二是属地监管不到位。" in paragraph
    assert "三是" not in paragraph
    assert "第一百零九条" not in paragraph


@pytest.mark.parametrize(("count", "written"), [(1, "1家"), (3, "3家")])
def test_units_that_are_not_insured(count, written):
    words = text(circular(应保未保单位数=count))
    assert "三是执法力度不足。有的地区对应保未保的单位督促多、处罚少，" in words
    assert f"截至2024年8月9日，全市尚有{written}单位应当投保而没有投保或者没有按时续保。" in words
    assert f"经应急管理部门多次催办才续保，尚有{written}单位没有投保。" in words


@pytest.mark.parametrize(
    ("uninsured", "partly", "sentences"),
    [
        (0, 3, ("不够，全员投保没有完全落实。", "三是投保不足额。3家单位没有按照实际从业人数投保，不符合全员投保的要求。",
                "对未全员投保的单位逐家督促、逐一销号，")),
        (1, 0, ("不够，应保尽保没有完全落实。", "三是投保不及时。有的单位保险到期后一再拖延，",
                "对应保未保的单位逐家督促、逐一销号，")),
        (1, 1, ("不够，应保尽保、全员投保没有完全落实。",
                "三是投保不足额、不及时。1家单位没有按照实际从业人数投保，不符合全员投保的要求；有的单位保险到期后一再拖延，",
                "对应保未保、未全员投保的单位逐家督促、逐一销号，")),
    ],
)
def test_units_that_are_partly_insured(uninsured, partly, sentences):
    words = text(circular(应保未保单位数=uninsured, 未全员投保单位数=partly))
    assert all(sentence in words for sentence in sentences)


def test_when_all_units_insure_everybody_the_third_fault_and_its_remedy_vanish():
    words = text(circular(应保未保单位数=0, 未全员投保单位数=0))
    assert "投保不足额" not in words
    assert "推动重点行业领域企业应保尽保、预防服务应做尽做。二是严格监督检查。" in words


SCHEME = "执行承保要求不严格。"
NO_KINDS = {"未规范使用方案保单数": 0, "未约定预防服务保单数": 0, "保额人数不符保单数": 0}


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"未规范使用方案保单数": 1},
         SCHEME + "1份保单未规范执行苏州市工矿企业安全生产责任保险项目保险方案及费率机制。二是"),
        ({"未规范使用方案保单数": 3},
         "费率机制，主要是未按应急管理部门给出的系数计算保费、减少保障内容、变动保额、附加限制条件等。二是"),
        ({"未约定预防服务保单数": 1}, SCHEME + "1份保单没有明确约定事故预防服务。二是"),
        ({"保额人数不符保单数": 3}, SCHEME + "3份保单的保额与企业投保人数不一致。二是"),
        ({"未约定预防服务保单数": 3, "保额人数不符保单数": 1},
         SCHEME + "3份保单没有明确约定事故预防服务；1份保单的保额与企业投保人数不一致。二是"),
    ],
)
def test_policies_by_kind_of_problem(counts, sentence):
    assert sentence in text(circular(**(NO_KINDS | counts)))


def test_without_faulty_policies_the_insurers_first_fault_is_the_next_one():
    assert "部分保险公司承保不够规范，事故预防服务质量不高。一是上传系统数据不及时、不准确。" in text(circular(**NO_KINDS))


NO_UPLOADS = {"录入不规范保单数": 0, "未上传保单数": 0, "逾期上传保单数": 0}
LATE, WRONG, BOTH = (f"二是上传系统数据{fault}。" for fault in ("不及时", "不准确", "不及时、不准确"))


@pytest.mark.parametrize(
    ("counts", "fees", "sentence"),
    [
        ({"录入不规范保单数": 1}, {}, WRONG + "1份保单录入的数据不规范。三是"),
        ({"未上传保单数": 3}, {}, LATE + "3份已承保保单至今没有上传。三是"),
        ({"逾期上传保单数": 1}, {}, LATE + "1份保单超过规定时限上传。三是"),
        ({"录入不规范保单数": 3, "逾期上传保单数": 1}, {},
         BOTH + "3份保单录入的数据不规范，1份保单超过规定时限上传。三是"),
        ({}, {"甲山财险": 1}, WRONG + "甲山财险填报的服务费用数据有1条与核实情况不符。三是"),
        ({}, {"甲山财险": 2, "乙水财险": 1},
         WRONG + "2家保险公司填报的服务费用数据共有3条与核实情况不符（甲山财险2条、乙水财险1条）。三是"),
        ({"未上传保单数": 1}, {"甲山财险": 3},
         BOTH + "1份已承保保单至今没有上传，甲山财险填报的服务费用数据有3条与核实情况不符。三是"),
    ],
)
def test_uploads_and_service_fees(counts, fees, sentence):
    assert sentence in text(circular(fees, **(NO_UPLOADS | counts)))


def test_when_all_uploads_are_right_the_next_fault_takes_the_number():
    words = text(circular({}, **NO_UPLOADS))
    assert "二是提供事故预防服务不到位。" in words
    assert "上传系统数据不及时" not in words


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "三是提供事故预防服务不到位。有的公司服务滞后；"),
        (1, "不到位。1家保险公司的事故预防服务费占保费的比例低于20%（见附件2）。有的公司服务滞后；"),
        (4, "不到位。4家保险公司的事故预防服务费占保费的比例低于20%（见附件2）。有的公司服务滞后；"),
    ],
)
def test_insurers_below_the_share_of_the_fee_are_stated_only_when_there_are_any(count, sentence):
    assert sentence in text(circular(服务费不足保险公司数=count))


def test_the_only_fault_left_has_no_number():
    words = text(circular({}, **NO_UPLOADS, **NO_KINDS, 服务费不足保险公司数=1))
    assert "部分保险公司事故预防服务质量不高。提供事故预防服务不到位。1家保险公司" in words


def test_insurers_whose_service_has_no_finding_are_not_blamed_for_it():
    words = text(circular({}, **(NO_UPLOADS | NO_KINDS | {"录入不规范保单数": 2})))
    assert "部分保险公司承保不够规范。上传系统数据不准确。2份保单录入的数据不规范。\n" in words
    assert "服务不到位" not in words
    assert "属地监管不到位" not in words


NOTHING = dict.fromkeys(CIRCULAR_COUNTS, 0)
CLEAR = {
    "（一）各地应急管理部门": "本期检查没有发现应保未保、未全员投保的生产经营单位。",
    "（二）承保保险公司": "本期检查没有发现保险公司有不规范的保单、未按时上传的保单或者与核实情况不符的服务费用数据。",
    "（三）应当投保生产经营单位": "本期检查没有发现生产经营单位有应当投保而没有投保、没有全员投保的情况。",
}


def sections(draft):
    """Give the one paragraph under each heading of the second part."""
    lines = text(draft).split("二、主要存在问题\n")[1].split("\n三、下步工作要求")[0].split("\n")
    return dict(zip(lines[::2], lines[1::2], strict=True))


def test_when_nothing_is_found_each_section_says_so_and_blames_nobody():
    draft = circular({}, **NOTHING)
    assert draft.problems == ()
    assert sections(draft) == CLEAR
    for blame in ("部分地区", "部分保险公司", "部分生产经营单位", "有的公司", "有的单位", "有的地区"):
        assert blame not in text(draft)


INSURERS, AREAS, UNITS = "（二）承保保险公司", "（一）各地应急管理部门", "（三）应当投保生产经营单位"


@pytest.mark.parametrize(
    ("found", "fees", "blamed"),
    [
        ({"应保未保单位数": 1}, {}, {AREAS, UNITS}),
        ({"未全员投保单位数": 1}, {}, {AREAS, UNITS}),
        ({"未规范使用方案保单数": 1}, {}, {INSURERS}),
        ({"未约定预防服务保单数": 1}, {}, {INSURERS}),
        ({"保额人数不符保单数": 1}, {}, {INSURERS}),
        ({"录入不规范保单数": 1}, {}, {INSURERS}),
        ({"未上传保单数": 1}, {}, {INSURERS}),
        ({"逾期上传保单数": 1}, {}, {INSURERS}),
        ({"服务费不足保险公司数": 1}, {}, {INSURERS}),
        ({}, {"甲山财险": 1}, {INSURERS}),
    ],
)
def test_a_finding_is_held_against_those_it_concerns_only(found, fees, blamed):
    shown = sections(circular(fees, **(NOTHING | found)))
    assert {heading for heading, words in shown.items() if words != CLEAR[heading]} == blamed


def test_a_further_kind_of_problem_alone_is_held_against_the_insurers():
    assert sections(circular({}, others={"未设服务热线": 1}, **(NOTHING | {"其他类别保单数": 1})))[INSURERS] == (
        "部分保险公司承保不够规范。存在其他类别的问题。1份保单被查出“未设服务热线”问题。"
    )


OTHER_KINDS = [
    ({}, 0, "符。三是提供事故预防服务不到位。"),
    ({"未设服务热线": 1}, 1, "三是存在其他类别的问题。1份保单被查出“未设服务热线”问题。四是提供"),
    ({"未设服务热线": 2, "未报送台账": 1}, 3,
     "3份保单被查出其他类别的问题，其中“未设服务热线”2份、“未报送台账”1份。四是提供"),
    ({"未设服务热线": 2, "未报送台账": 1}, 2,
     "2份保单被查出其他类别的问题，其中“未设服务热线”2份、“未报送台账”1份（同一保单存在多类问题的，各类分别计数）。四是"),
]


@pytest.mark.parametrize(("others", "policies", "sentence"), OTHER_KINDS)
def test_policies_with_further_kinds_of_problem(others, policies, sentence):
    draft = circular(others=others, 其他类别保单数=policies)
    assert draft.problems == ()
    assert sentence in text(draft)
    assert ("其他类别" in text(draft)) is bool(others)


_FINDINGS = [
    name for name in CIRCULAR_COUNTS
    if (name.endswith("保单数") and name != "其他类别保单数") or name[1:3] in ("保未", "全员", "务费不")
]
_OTHERS = st.sampled_from([{}, {"未设服务热线": 1}, {"未设服务热线": 2, "未报送台账": 1}])
_SOME = st.fixed_dictionaries({name: st.integers(0, 2) for name in _FINDINGS})
_FEES = st.sampled_from([{}, {"甲山财险": 1}, {"甲山财险": 2, "乙水财险": 1}])


@hypothesis_settings(max_examples=60, deadline=None, derandomize=True)
@given(counts=_SOME, fees=_FEES, others=_OTHERS)
def test_whatever_is_found_no_separator_is_left_over(counts, fees, others):
    draft = circular(fees, others=others, **counts)
    assert draft.problems == ()
    assert not re.search("[，、；：。][，、；：。]|[对有是][、，；。]|、的|(?<![0-9])0[份家条]", text(draft))
    assert headings(draft) == HEADINGS
    for paragraph in sections(draft).values():
        ordinals = re.findall("。([一二三四五六])是", paragraph)
        assert ordinals == list("一二三四五六"[:len(ordinals)])
        assert len(ordinals) != 1


def test_nothing_at_all_found_still_reads_whole():
    draft = circular({}, **NOTHING)
    assert draft.problems == ()
    assert not re.search(r"\d份|\d条", text(draft))
    assert "分别函告" not in text(draft)


@pytest.mark.parametrize(
    ("mend_by", "words"),
    [
        (date(2024, 9, 13), "对照清单逐项整改，于2024年9月13日前完成。"),
        (None, "对照清单逐项整改，尽快整改到位。"),
    ],
)
def test_the_term_for_mending(mend_by, words):
    assert words in text(draft_with(settings(mend_by=mend_by)))


def test_the_share_of_the_service_fee_comes_from_the_settings():
    words = text(draft_with(
        settings(service_fee_share=Decimal("0.125")), 服务费不足保险公司数=figure("服务费不足保险公司数", 4)
    ))
    assert "4家保险公司的事故预防服务费占保费的比例低于12.5%" in words
    assert "提取事故预防服务费不得低于保费的12.5%" in words


def test_policies_counted_by_their_beginning_are_counted_in_the_period():
    words = text(draft_with(settings(in_force_rule="期间内起保")))
    assert "\n2024年上半年，据苏州市" in words
    assert "截至" not in words.split("二、主要存在问题")[0]


def test_a_doubtful_figure_is_marked_where_it_is_printed():
    doubtful = figure("应保未保单位数", 37, is_doubtful=True)
    assert "37家【待核】单位应保未保" in text(draft_with(应保未保单位数=doubtful))


def test_the_templates_type_no_figure_and_never_order_as_an_enforcement_paper():
    figures = {str(value) for value in (*CIRCULAR_COUNTS.values(), *INDUSTRIES.values(), 20)}
    for template in (CIRCULAR, LETTER):
        assert figures.isdisjoint(re.findall(r"\d+", template))
        assert "责令" not in template


def test_each_paragraph_knows_its_template_line():
    lines = CIRCULAR.split("\n")
    for paragraph in circular().document.body:
        first_words = paragraph.text[:2]
        assert first_words in lines[paragraph.line - 1] or "{{" in lines[paragraph.line - 1]


def test_a_problem_of_the_finished_text_has_its_line():
    draft = draft_circular({}, (), settings(phone=""), "一、甲\n\n联系电话：{{ 联系电话 }}，。\n", "通报.txt")
    assert codes(draft.problems) == [("missing-setting", 3), ("stray-punctuation", 3)]
    assert draft.problems[0].where.file == "通报.txt"
