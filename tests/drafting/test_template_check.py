"""What is wrong with a template is found before it is filled in: all at once, each with its line."""

import pytest
from drafting_papers import CIRCULAR, CIRCULAR_COUNTS, LETTER, LETTER_COUNTS, SHARED_LETTER, circular, codes

from docgen.drafting import LETTER_NAMES, SETTING_NAMES, SHARED_LETTER_NAMES, check_template
from docgen.errors import Severity

KNOWN = {"投保单位数", "应保未保单位数", "分行业投保单位数", "统计期间"}


def check(source, must_use=()):
    return check_template(source, "circular.txt", KNOWN, must_use)


def test_the_shipped_templates_are_clean():
    known = SETTING_NAMES | CIRCULAR_COUNTS.keys()
    assert check_template(CIRCULAR, "circular.txt", known, CIRCULAR_COUNTS) == ()
    known = SETTING_NAMES | LETTER_NAMES | LETTER_COUNTS.keys()
    assert check_template(LETTER, "insurer_letter.txt", known, LETTER_COUNTS) == ()
    assert check_template(SHARED_LETTER, "insurer_letter_shared.txt", SETTING_NAMES | SHARED_LETTER_NAMES) == ()


def test_an_unknown_name_suggests_the_nearest_one():
    (problem,) = check("为做好工作：\n全市{{ 投保单数 }}投保。")
    assert (problem.code, problem.where.line, problem.severity) == ("unknown-name", 2, Severity.BARRING)
    assert problem.found == "不认识的名称“投保单数”"
    assert problem.remedy == "改为“投保单位数”，或删去"


def test_an_unknown_name_in_a_condition_or_loop_is_found():
    source = "{% if 没有 %}甲{% endif %}\n\n{% for 部分 in 也没有 %}{{ 部分 }}{% endfor %}"
    assert codes(check(source)) == [("unknown-name", 1), ("unknown-name", 3)]


def test_a_loops_own_name_is_unknown_outside_the_loop():
    source = "{% for 部分 in 分行业投保单位数 %}{{ 部分.名称 }}{% endfor %}\n{{ 部分 }}{{ loop }}"
    assert codes(check(source)) == [("unknown-name", 2), ("unknown-name", 2)]


def test_a_figure_that_is_nowhere_printed_is_found():
    source = "{% if 应保未保单位数 %}有。{% endif %}{{ 投保单位数 }}。"
    (problem,) = check(source, ["投保单位数", "应保未保单位数"])
    assert problem.code == "unused-figure"
    assert problem.found == "模板没有写出“应保未保单位数”"


def test_a_figure_may_be_printed_under_a_condition_or_by_its_parts():
    source = (
        "{% if 应保未保单位数 %}{{ 应保未保单位数 }}{% endif %}"
        "{% for 部分 in 分行业投保单位数 %}{{ 部分 }}{% endfor %}"
    )
    assert check(source, ["应保未保单位数", "分行业投保单位数"]) == ()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("甲\n{% if 投保单位数 %}乙", "没有写结束标记"),
        ("甲\n{% endif %}", "不认识的标记“endif”"),
        ("甲\n{{ 投保单位数 } }", "多余或不成对的“}”"),
        ("甲\n{{ }}", "写法"),
    ],
)
def test_a_syntax_error_is_said_in_chinese_with_its_line(source, found):
    (problem,) = check(source)
    assert (problem.code, problem.where.line) == ("template-syntax", 2)
    assert found in problem.found


def test_unknown_names_are_found_beside_a_syntax_error():
    source = "{{ 投保单数 }}\n{% if 统计期间 %}\n{{ 投保单位数 }}"
    assert ("unknown-name", 1) in codes(check(source))


@pytest.mark.parametrize(
    "attempt",
    [
        "{{ 投保单位数.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ 投保单位数['value'] }}",
        "{{ 投保单位数.value }}",
        "{{ 投保单位数() }}",
        "{{ 投保单位数 | string }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 99999999 }}",
        "{% set 甲 = 投保单位数 %}",
        "{% include '/etc/hostname' %}",
        "{% macro 甲() %}{% endmacro %}",
        "{{ self }}",
        "{{ cycler }}",
    ],
)
def test_a_template_cannot_reach_python(attempt):
    problems = check(f"甲\n{attempt}")
    assert problems
    assert {problem.code for problem in problems} <= {"forbidden-construct", "unknown-name"}
    assert {problem.where.line for problem in problems} == {2}
    assert circular(template=attempt).document is None


def test_headings_out_of_order_are_found_in_the_template():
    assert codes(check("一、甲\n乙。\n三、丙\n")) == [("heading-order", 3)]


def test_headings_under_a_condition_wait_for_the_finished_text():
    source = "一、甲\n{% if 应保未保单位数 %}\n二、乙\n{% else %}\n二、丙\n{% endif %}\n三、丁\n"
    assert check(source) == ()


def test_a_control_character_is_found():
    assert codes(check("甲\n乙\x02丙")) == [("control-character", 2)]


def test_all_problems_come_at_once_in_the_order_of_the_lines():
    source = "一、甲\n{{ 投保单数 }}\n三、乙\n{{ 统计期间.upper }}\n{{ 期间 }}\n"
    assert codes(check(source, ["应保未保单位数"])) == [
        ("unused-figure", None), ("unknown-name", 2), ("heading-order", 3), ("forbidden-construct", 4),
        ("unknown-name", 5),
    ]
