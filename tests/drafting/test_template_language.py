"""How a template becomes paragraphs: lines, conditions, 一是 and 二是, elastic punctuation, plain data."""

import pytest
from drafting_papers import codes, figure, settings

from docgen.drafting import draft_circular
from docgen.gongwen import Level


def draft(template, changed=None, **figures):
    made = {name: figure(name, value) for name, value in figures.items()}
    return draft_circular(made, (), settings(**(changed or {})), template, "试写.txt")


def lines(template, changed=None, **figures):
    made = draft(template, changed, **figures)
    assert made.document is not None, made.problems
    return [paragraph.text for paragraph in made.document.body]


def test_one_line_is_one_paragraph_and_blank_lines_are_free():
    made = draft("\n{# 说明\n两行 #}\n一、甲\n\n　　乙。\n")
    assert [(part.text, part.level, part.line) for part in made.document.body] == [
        ("一、甲", Level.FIRST, 4), ("乙。", Level.BODY, 6),
    ]


def test_a_line_that_ends_in_a_condition_does_not_run_into_the_next():
    template = "甲。{% if 未上传保单数 %}乙{{ 未上传保单数 }}。{% endif %}\n丙。"
    assert lines(template, 未上传保单数=1) == ["甲。乙1份。", "丙。"]
    assert lines(template, 未上传保单数=0) == ["甲。", "丙。"]


def test_conditions_and_loops_may_stand_on_their_own_lines():
    template = (
        "{% if 发文机关 %}\n{% for 机关 in 发文机关 %}\n机关：{{ 机关 }}。\n{% endfor %}\n{% endif %}\n完。"
    )
    made = draft(template)
    assert [(part.text, part.line) for part in made.document.body] == [
        ("机关：苏州市应急管理局。", 3), ("机关：国家金融监督管理总局苏州监管分局。", 3), ("完。", 6),
    ]


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ((1, 1, 1), "有：一是甲1份。二是乙1份。三是丙1份。"),
        ((1, 0, 1), "有：一是甲1份。二是丙1份。"),
        ((0, 1, 0), "有：乙1份。"),
    ],
)
def test_the_clauses_that_stay_are_numbered_anew(kept, text):
    template = "有：" + "".join(
        f"{{% if {name} %}}{{{{ 序 }}}}{word}{{{{ {name} }}}}。{{% endif %}}"
        for name, word in (("问题保单数", "甲"), ("抽查保单数", "乙"), ("未上传保单数", "丙"))
    )
    assert lines(template, 问题保单数=kept[0], 抽查保单数=kept[1], 未上传保单数=kept[2]) == [text]


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        ((1, 1, 1), "如下：甲1份，乙1份；丙1份。"),
        ((1, 0, 1), "如下：甲1份，丙1份。"),
        ((0, 1, 0), "如下：乙1份。"),
        ((1, 0, 0), "如下：甲1份。"),
    ],
)
def test_elastic_punctuation_stands_only_between_clauses(kept, text):
    template = (
        "如下：{% if 问题保单数 %}甲{{ 问题保单数 }}{% endif %}{{ 逗号 }}"
        "{% if 抽查保单数 %}乙{{ 抽查保单数 }}{% endif %}"
        "{{ 分号 }}{% if 未上传保单数 %}丙{{ 未上传保单数 }}{% endif %}。"
    )
    assert lines(template, 问题保单数=kept[0], 抽查保单数=kept[1], 未上传保单数=kept[2]) == [text]


def test_accidental_blanks_vanish_but_latin_words_stay_apart():
    template = "全市 {{ 未上传保单数 }} 保单，　GB/T  9704 规定。"
    assert lines(template, 未上传保单数=3) == ["全市3份保单，GB/T 9704规定。"]


def test_text_from_the_data_is_never_read_as_template():
    phone = "{{ 7*7 }}{% if 1 %}{# 甲 #} 乙"
    assert lines("电话：{{ 联系电话 }}。", {"phone": phone}) == [f"电话：{phone}。"]


def test_markup_in_the_data_stays_as_it_is():
    assert lines("电话：{{ 联系电话 }}。", {"phone": "<b>&amp;"}) == ["电话：<b>&amp;。"]


def test_control_characters_of_the_data_never_reach_the_page():
    assert lines("电话：{{ 联系电话 }}。", {"phone": "0512\x029\x03\n-1\x04"}) == ["电话：05129-1。"]


def test_a_missing_setting_prints_its_mark_and_bars_the_final_paper():
    made = draft("甲。\n电话：{{ 联系电话 }}。", {"phone": ""})
    assert made.document.body[1].text == "电话：【待补：联系电话】。"
    assert codes(made.problems) == [("missing-setting", 2)]


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("甲。\n{% if 未上传保单数 %}乙{% endif %}，{{ 未上传保单数 }}。", "stray-punctuation"),
        ("甲。\n乙{{ 未上传保单数 }}，{% if 未上传保单数 %}丙{% endif %}。", "stray-punctuation"),
        ("甲{{ 未上传保单数 }}。\n{% if 未上传保单数 %}丙{% endif %}。", "empty-paragraph"),
        ("甲{{ 未上传保单数 }}。\n乙（{% if 未上传保单数 %}丙{% endif %}）。", "stray-punctuation"),
    ],
)
def test_what_a_vanished_clause_leaves_behind_is_found(template, code):
    assert codes(draft(template, 未上传保单数=0).problems) == [(code, 2)]


def test_a_paragraph_of_nothing_but_a_missing_setting_is_found():
    assert codes(draft("甲。\n{{ 联系人 }}。", {"contact": ""}).problems) == [
        ("missing-setting", 2), ("empty-paragraph", 2),
    ]


def test_a_template_that_says_nothing_makes_no_paper():
    made = draft("{# 待写 #}\n")
    assert made.document is None
    assert codes(made.problems) == [("empty-template", None)]


def test_headings_that_a_condition_put_out_of_order_are_found_in_the_finished_text():
    template = "一、甲\n{% if 未上传保单数 %}\n二、乙{{ 未上传保单数 }}\n{% endif %}\n三、丙\n"
    assert draft(template, 未上传保单数=1).problems == ()
    made = draft(template, 未上传保单数=0)
    assert made.document is None
    assert codes(made.problems) == [("heading-order", 5)]


@pytest.mark.parametrize(
    "condition", ["统计期间 > 3", "未上传保单数 > '3'", "未上传保单数.first", "loop.index > 1"]
)
def test_a_condition_that_cannot_be_told_is_a_problem_with_its_line(condition):
    made = draft(f"甲{{{{ 未上传保单数 }}}}。\n{{% if {condition} %}}乙。{{% endif %}}", 未上传保单数=1)
    assert made.document is None
    assert [problem.where.line for problem in made.problems] == [2]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [("未上传保单数 == 3", True), ("未上传保单数 > 3", False), ("未上传保单数 >= 3", True),
     ("未上传保单数 < 4", True), ("not 未上传保单数", False), ("发文机关.项数 == 2", True),
     ("'苏州市应急管理局' in 发文机关", True),
     ("在保口径 == '截止日在保'", True)],
)
def test_figures_and_settings_can_be_compared(condition, holds):
    template = f"甲{{{{ 未上传保单数 }}}}。{{% if {condition} %}}乙。{{% endif %}}"
    assert lines(template, 未上传保单数=3) == ["甲3份。乙。" if holds else "甲3份。"]


@pytest.mark.parametrize(
    ("name", "written"),
    [("数据截止日期", "2024年8月9日"), ("服务费提取比例", "20%"), ("反馈期限", "五个工作日"),
     ("年份", "2024"), ("抄送机关", "市政府办公室"),
     ("发文机关", "苏州市应急管理局、国家金融监督管理总局苏州监管分局"),
     ("份数", "【待补：份数】"), ("附件2列抽查", "否")],
)
def test_settings_are_written_as_the_office_writes_them(name, written):
    assert lines(f"甲：{{{{ {name} }}}}。") == [f"甲：{written}。"]


def test_two_working_days_are_written_with_the_measure_words_own_two():
    assert lines("{{ 反馈期限 }}内。", {"objection_days": 2}) == ["两个工作日内。"]
