"""What would tell one insurer of another's business is doubtful at its cell."""

import pytest

from docgen.errors import Severity
from docgen.intake import read_input

from .minimal import FIRST_UNIT, put, valid, write


def problems_of(folder, *changes, insurers=()):
    """Read the tiny input after adding insurers (rows of 保险公司) and setting single cells."""
    workbook = valid()
    workbook["保险公司"] += [list(row) for row in insurers]
    for change in changes:
        put(workbook, *change)
    return read_input(write(folder, workbook)).problems


def test_a_unit_of_another_insurer_is_doubtful_among_those_insured_in_part(tmp_path):
    (problem,) = problems_of(tmp_path, ("未全员投保", "承保保险公司", "青松财险"))
    assert (problem.code, problem.severity) == ("insurer-differs", Severity.DOUBTFUL)
    assert (problem.where.sheet, problem.where.column) == ("未全员投保", "承保保险公司")
    assert "此处属于青松财险，在“保单”表里由白鹭财险承保" in problem.found


def test_a_unit_may_be_insured_in_part_by_any_of_its_insurers(tmp_path):
    unit = [("统一社会信用代码", FIRST_UNIT), ("被保险单位", "甲市纸船冶炼厂"), ("行业类别", "金属冶炼")]
    partly = [("单位名称", "甲市纸船冶炼厂"), ("统一社会信用代码", FIRST_UNIT), ("行业类别", "金属冶炼")]
    changes = [("保单", header, content, 2) for header, content in unit]
    changes += [("未全员投保", header, content) for header, content in partly]
    assert problems_of(tmp_path, *changes) == ()


@pytest.mark.parametrize(
    ("sheet", "header"), [("问题", "情况说明"), ("问题", "整改要求"), ("服务费用核查", "服务项目")]
)
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("与白鹭财险的做法不一致", "白鹭财险"),
        ("见白鹭 财险方案", "白鹭财险"),
        ("原由白鹭财产保险股份有限公司甲市分公司承保", "白鹭财产保险股份有限公司甲市分公司"),
        ("保单P-002费率有误", "P-002"),
        ("保单p-002、P-001费率有误", "P-002"),
        ("保单P-001/P-002费率有误", "P-002"),
        ("保单Ｐ－９００没有上传", "P-900"),
    ],
)
def test_another_insurers_name_or_policy_in_a_quoted_text_is_doubtful(tmp_path, sheet, header, text, named):
    doubtful = [
        problem
        for problem in problems_of(tmp_path, (sheet, header, text))
        if problem.severity is Severity.DOUBTFUL
    ]
    (problem,) = doubtful
    assert problem.code == "names-another-insurer"
    assert (problem.where.sheet, problem.where.column) == (sheet, header)
    assert f"写到“{named}”" in problem.found


@pytest.mark.parametrize(
    "text",
    ["青松财险没有登记", "青松老号的保单P-001有误", "青松财产保险股份有限公司甲市分公司", "费率为0.7，少收P-0021元"],
)
def test_an_insurer_may_be_named_in_its_own_letter(tmp_path, text):
    assert problems_of(tmp_path, ("问题", "情况说明", text)) == ()


@pytest.mark.parametrize("text", ["青松财险洋没有登记", "已向青松财险洋和青松财险核实"])
def test_the_longest_name_counts(tmp_path, text):
    longer = ("青松财险洋", "青松财险洋股份有限公司", "", "")
    changes = [("问题", "承保保险公司", "青松财险洋"), ("问题", "保单号", ""), ("问题", "情况说明", text)]
    found = problems_of(tmp_path, *changes, insurers=[longer])
    assert [problem.found.partition("，")[0] for problem in found] == (
        ["情况说明写到“青松财险”"] if "和青松财险" in text else []
    )


SHORT = [("太平", "太平某财产保险公司", "", ""), ("人保", "人保某财产保险公司", "", ""), ("风筝", "风筝某保险公司", "", "")]


@pytest.mark.parametrize(
    "text",
    ["太平门前堆有货物", "每人保额偏低，投保人保管不善", "地址误写成太平路18号", "太平街道未登记", "甲市风筝加油站漏报"],
)
def test_a_short_name_inside_an_ordinary_word_a_place_or_a_unit_names_no_insurer(tmp_path, text):
    assert problems_of(tmp_path, ("问题", "情况说明", text), insurers=SHORT) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("由太平承保", "太平"),
        ("太平路支公司出单", "太平"),
        ("与人保的每人保额不同", "人保"),
        ("太平门前的货物在太平投保", "太平"),
        ("甲市风筝加油站转投风筝", "风筝"),
        ("白鹭财险路过", "白鹭财险"),
    ],
)
def test_a_short_name_that_may_be_an_insurers_is_doubtful(tmp_path, text, named):
    (problem,) = problems_of(tmp_path, ("问题", "情况说明", text), insurers=SHORT)
    assert (problem.code, problem.severity) == ("names-another-insurer", Severity.DOUBTFUL)
    assert f"写到“{named}”" in problem.found
