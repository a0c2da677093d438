"""What stands twice is doubtful at its second row, and so is a policy that is not what its row says."""

import pytest

from docgen.errors import Severity
from docgen.intake import read_input

from .minimal import put, valid, write


def problems_of(folder, *changes, twice=None):
    """Read the tiny input after setting single cells, and after repeating the last row of one sheet."""
    workbook = valid()
    if twice:
        workbook[twice].append(list(workbook[twice][-1]))
    for change in changes:
        put(workbook, *change)
    return read_input(write(folder, workbook)).problems


@pytest.mark.parametrize(
    ("sheet", "column"),
    [("未上传保单", "保单号"), ("应保未保", "统一社会信用代码"), ("未全员投保", "统一社会信用代码")],
)
def test_a_row_that_would_be_counted_twice_is_doubtful(tmp_path, sheet, column):
    (problem,) = problems_of(tmp_path, twice=sheet)
    assert (problem.code, problem.severity) == ("duplicate-row", Severity.DOUBTFUL)
    assert (problem.where.sheet, problem.where.row, problem.where.column) == (sheet, 3, column)
    assert f"{sheet}.csv 第 2 行重复" in problem.found


def test_a_missing_policy_without_a_code_goes_by_its_units_name(tmp_path):
    no_code = [("未上传保单", "统一社会信用代码", "", row) for row in (1, 2)]
    other_unit = ("未上传保单", "被保险单位", "甲市积木化工厂", 2)
    assert [problem.code for problem in problems_of(tmp_path / "a", *no_code, twice="未上传保单")] == [
        "duplicate-row"
    ]
    assert problems_of(tmp_path / "b", *no_code, other_unit, twice="未上传保单") == ()


def test_a_unit_may_be_insured_in_part_by_each_of_its_insurers(tmp_path):
    found = problems_of(tmp_path, ("未全员投保", "承保保险公司", "青松财险", 2), twice="未全员投保")
    assert "duplicate-row" not in [problem.code for problem in found]


def test_a_policy_in_the_export_was_uploaded_after_all(tmp_path):
    (problem,) = problems_of(tmp_path, ("未上传保单", "保单号", "P-002"))
    assert (problem.code, problem.severity) == ("uploaded-after-all", Severity.DOUBTFUL)
    assert (problem.where.sheet, problem.where.column) == ("未上传保单", "保单号")


def test_a_policy_that_was_uploaded_late_stands_in_the_export(tmp_path):
    late = [("未上传保单", "保单号", "P-002"), ("未上传保单", "情形", "逾期上传")]
    assert problems_of(tmp_path, *late) == ()


@pytest.mark.parametrize("sheet", ["问题", "服务费用核查"])
def test_a_policy_that_no_sheet_knows_is_doubtful(tmp_path, sheet):
    found = problems_of(tmp_path, (sheet, "保单号", "P-777"))
    (problem,) = (problem for problem in found if problem.code == "policy-unknown")
    assert problem.severity is Severity.DOUBTFUL
    assert (problem.where.sheet, problem.where.column) == (sheet, "保单号")


def test_a_fee_may_belong_to_a_policy_that_was_not_uploaded(tmp_path):
    own = [("服务费用核查", "保单号", "P-900"), ("服务费用核查", "承保保险公司", "白鹭财险")]
    assert problems_of(tmp_path, *own) == ()
