"""Figures that only some runs have: a template may state them, and never must."""

from dataclasses import replace

from drafting_papers import codes, figure, settings

from docgen.drafting import draft_circular

RATE = replace(figure("参保率", 600, {"名册参保单位数": 3, "名册应保单位数": 5}), unit="‰")


def draft(template, **figures):
    return draft_circular(figures, (), settings(), template)


def text(drafted):
    return "".join(paragraph.text for paragraph in drafted.document.body)


def test_a_rate_is_stated_where_it_is_there():
    template = "有单位投保{% if 参保率 %}，参保率为{{ 参保率 }}{% endif %}。\n"
    assert text(draft(template, 参保率=RATE)) == "有单位投保，参保率为60.0%。"
    assert text(draft(template)) == "有单位投保。"


def test_a_rate_need_not_be_stated():
    assert draft("有单位投保。\n", 参保率=RATE).problems == ()


def test_a_rate_that_is_stated_without_a_condition_and_is_not_there_is_seen():
    drafted = draft("参保率为{{ 参保率 }}。\n")
    assert text(drafted) == "参保率为【待补：参保率】。"
    assert codes(drafted.problems) == [("missing-setting", 1)]


def test_a_name_that_no_run_has_is_still_unknown():
    assert codes(draft("参保率为{{ 参加率 }}。\n").problems) == [("unknown-name", 1)]
