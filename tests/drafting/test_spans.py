"""Which stretches of a paragraph came from which figure, whatever happens to the text around them."""

import pytest
from drafting_papers import circular, figure, letter, settings

from docgen.drafting import draft_circular


def stated(template, changed=None, parts=None, **figures):
    """List (what the span covers, its name, its aspect), paragraph by paragraph."""
    made = {name: figure(name, value, (parts or {}).get(name)) for name, value in figures.items()}
    return spans_of(draft_circular(made, (), settings(**(changed or {})), template, "试写.txt"))


def spans_of(draft):
    assert draft.document is not None, [str(problem) for problem in draft.problems]
    return [
        (paragraph.text[span.start : span.end], span.name, span.aspect)
        for paragraph in draft.document.body
        for span in paragraph.figures
    ]


def test_a_figure_knows_its_stretch_of_the_text():
    assert stated("查出{{ 问题保单数 }}。", 问题保单数=141) == [("141份", "问题保单数", "")]


def test_what_is_typed_by_hand_belongs_to_no_figure():
    assert stated("查出{{ 问题保单数 }}，另有141份。", 问题保单数=141) == [("141份", "问题保单数", "")]


def test_two_figures_of_one_value_are_told_apart():
    template = "甲{{ 问题保单数 }}，乙{{ 抽查保单数 }}。"
    assert stated(template, 问题保单数=5, 抽查保单数=5) == [("5份", "问题保单数", ""), ("5份", "抽查保单数", "")]


def test_a_part_is_named_with_its_whole_and_its_label_is_plain_text():
    template = "{% for 部分 in 分行业投保单位数 %}{{ 部分.名称 }}{{ 部分 }}、{% endfor %}共{{ 分行业投保单位数 }}。"
    found = stated(template, parts={"分行业投保单位数": {"金属冶炼": 3, "医药": 2}}, 分行业投保单位数=5)
    assert found == [
        ("3家", "分行业投保单位数/金属冶炼", ""), ("2家", "分行业投保单位数/医药", ""), ("5家", "分行业投保单位数", ""),
    ]


@pytest.mark.parametrize(("aspect", "text"), [("数", "9"), ("项数", "2"), ("分项合计", "11")])
def test_what_stands_behind_a_dot_is_an_aspect_of_its_figure(aspect, text):
    template = f"{{{{ 问题保单数.{aspect} }}}}；{{{{ 问题保单数 }}}}。"
    found = stated(template, parts={"问题保单数": {"甲类": 6, "乙类": 5}}, 问题保单数=9)
    assert found[0] == (text, "问题保单数", aspect)


def test_a_setting_is_named_as_one():
    assert stated("于{{ 整改期限 }}前，不低于{{ 服务费提取比例 }}。") == [
        ("2024年9月13日", "发文信息/整改期限", ""), ("20%", "发文信息/服务费提取比例", ""),
    ]


ELASTIC = (
    "　{{ 序 }}{% if 问题保单数 %}甲{{ 问题保单数 }}{% endif %}{{ 逗号 }}{% if 抽查保单数 %}乙{{ 抽查保单数 }}{% endif %}"
    "{{ 逗号 }}{{ 未上传保单数 }}。{{ 序 }}{{ 应保未保单位数 }}未保；{{ 序 }}{{ 未全员投保单位数 }}。"
)


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("second", [0, 10])
def test_punctuation_and_ordinals_that_come_and_go_leave_the_spans_in_place(first, second):
    found = stated(
        ELASTIC, 问题保单数=first, 抽查保单数=second, 未上传保单数=68, 应保未保单位数=37, 未全员投保单位数=60
    )
    expected = [(f"{first}份", "问题保单数", "")] * bool(first) + [(f"{second}份", "抽查保单数", "")] * bool(second)
    assert found == [
        *expected, ("68份", "未上传保单数", ""), ("37家", "应保未保单位数", ""), ("60家", "未全员投保单位数", ""),
    ]


def test_a_value_that_begins_with_a_blank_keeps_its_span():
    assert stated("{{ 联系人 }}，{{ 联系电话 }}。", {"contact": "　张示例"}) == [
        ("张示例", "发文信息/联系人", ""), ("0512-00000000", "发文信息/联系电话", ""),
    ]


def test_every_figure_of_the_circular_is_found_in_its_text():
    names = {name for _, name, _ in spans_of(circular(others={"甲类别": 2}, 逾期上传保单数=1, 服务费不足保险公司数=4))}
    assert names >= {"投保单位数", "分行业投保单位数/金属冶炼", "保障从业人员数", "服务费用不符记录数", "服务费不足保险公司数"}
    assert not [text for text, _, _ in spans_of(circular()) if text.strip() != text or not text]


def test_a_letter_names_the_sheet_that_its_addressee_comes_from():
    assert ("甲山财险", "保险公司/简称", "") in spans_of(letter("{{ 简称 }}" + "{# #}" + FIGURES))


FIGURES = "".join(
    f"{{{{ {name} }}}}，" for name in (
        "承保单位数", "抽查保单数", "问题保单数", "问题数", "未规范使用方案保单数", "未约定预防服务保单数",
        "保额人数不符保单数", "录入不规范保单数", "其他类别保单数", "未上传保单数", "逾期上传保单数", "服务费用不符记录数",
        "未全员投保单位数", "另定期限问题数", "保费合计", "服务费合计", "服务费占保费比例", "服务费差额",
    )
) + "完。"
