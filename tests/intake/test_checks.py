"""A check that lacks what it needs is not made, and that is said; all others are."""

from pathlib import Path

import pytest

from docgen.errors import Place, Problem, Severity
from docgen.intake import read_input
from docgen.intake.checks import Absent, Check, run_checks
from docgen.intake.crossrows import CHECKS
from docgen.intake.settings_sources import ITEMS_FOR_ROWS
from docgen.records import SETTINGS_SHEET, SHEETS

from .minimal import put, valid, write

FOUND = Problem("two-names", Severity.DOUBTFUL, Place(), "甲", "乙", "丙")
NUMBER = ("抽查", "保单号")
MISSING = {NUMBER: Absent(Place("核查.xlsx"), "缺少“抽查”表")}


def finds(_tables):
    return (FOUND,)


def unchecked(folder: Path, workbook) -> list[str]:
    problems = read_input(write(folder, workbook)).problems
    return [problem.found for problem in problems if problem.code == "unchecked"]


def without_column(sheet, header):
    workbook = valid()
    at = workbook[sheet][0].index(header)
    for row in workbook[sheet]:
        del row[at]
    return workbook


def test_a_check_that_lacks_a_column_is_not_made_and_said():
    (problem,) = run_checks([Check("问题是否抽查", finds, needs=(NUMBER,))], MISSING, None)
    assert (problem.code, problem.severity, problem.where) == ("unchecked", Severity.NOTICE, Place("核查.xlsx"))
    assert problem.found == "缺少“抽查”表，未检查：问题是否抽查"
    assert problem.expected == "“抽查”表有“保单号”列"


def test_a_check_that_goes_over_rows_is_made_on_those_that_are_there():
    found = [problem.found for problem in run_checks([Check("名称", finds, over=(NUMBER,))], MISSING, None)]
    assert found == ["甲", "缺少“抽查”表，未全部检查：名称"]


def test_checks_that_lack_the_same_are_said_together():
    checks = [Check("甲", finds, needs=(NUMBER,)), Check("乙", finds, over=(NUMBER,)), Check("丙", finds, needs=(NUMBER,))]
    *_, problem = run_checks(checks, MISSING, None)
    assert problem.found == "缺少“抽查”表，未检查：甲；丙。未全部检查：乙"


def test_a_required_column_that_is_missing_leaves_its_check_unmade(tmp_path):
    (found,) = unchecked(tmp_path, without_column("未全员投保", "从业人员数"))
    assert found.startswith("缺少“从业人员数”列")
    assert found.endswith("未全部检查：未全员投保单位的投保人数是否少于从业人员数")


def test_a_check_of_what_the_input_does_not_have_is_not_missed():
    check = Check("共保比例", finds, needs=(NUMBER,), concerns=lambda tables: False)
    assert list(run_checks([check], MISSING, None)) == []


def test_a_check_that_lacks_nothing_is_just_made():
    assert list(run_checks([Check("名称", finds, needs=(("保单", "保单号"),))], MISSING, None)) == [FOUND]


def test_every_check_declares_columns_that_there_are():
    known = {(spec.name, header) for spec in SHEETS.values() for header in spec.headers}
    known |= {(SETTINGS_SHEET, item) for item in ITEMS_FOR_ROWS}
    for check in CHECKS:
        assert check.needs or check.over
        assert {*check.needs, *check.over} <= known


def test_no_two_checks_have_one_name():
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_a_whole_input_leaves_nothing_unchecked(tmp_path):
    assert unchecked(tmp_path, valid()) == []


def test_without_the_sample_nobody_judges_whether_problems_were_sampled(tmp_path):
    workbook = valid()
    del workbook["抽查"]
    assert unchecked(tmp_path, workbook) == [
        "缺少“抽查”表，未检查：问题所涉保单是否抽查过。未全部检查：抽查的保单是否在“保单”表里"
    ]


@pytest.mark.parametrize(
    ("sheet", "header", "names"),
    [
        ("未上传保单", "统一社会信用代码", ["同一单位的名称是否各处一致"]),
        (
            "问题",
            "保单号",
            [
                "问题所涉保单是否抽查过",
                "问题、未上传保单、服务费用核查的保险公司是否与保单相符",
                "问题、服务费用核查的保单号是否都有其保单",
            ],
        ),
    ],
)
def test_what_a_missing_column_leaves_unchecked_is_said(tmp_path, sheet, header, names):
    found = unchecked(tmp_path, without_column(sheet, header))
    assert found == [f"“{sheet}”表没有“{header}”列，未全部检查：{'；'.join(names)}"]


def test_a_file_without_the_column_is_named_when_another_has_it(tmp_path):
    folder = write(tmp_path, valid())
    (folder / "未全员投保-昆山.csv").write_text(
        "单位名称,统一社会信用代码,属地,行业类别,承保保险公司,投保人数\n", encoding="utf-8"
    )
    (problem,) = (problem for problem in read_input(folder).problems if problem.code == "unchecked")
    assert (problem.where.file, problem.where.column) == ("未全员投保-昆山.csv", "从业人员数")


def test_the_records_know_which_columns_were_not_there(tmp_path):
    absent = read_input(write(tmp_path, valid())).records.absent
    assert ("保单", "从业人员数") in absent
    assert ("保单", "保单号") not in absent


def test_shares_are_missed_only_where_a_policy_is_shared(tmp_path):
    workbook = valid()
    put(workbook, "保单", "共保角色", "独立")
    assert unchecked(tmp_path, workbook) == []
