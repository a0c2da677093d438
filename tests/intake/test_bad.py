"""Each folder under fixtures/bad causes the problem it is named for, at its cell, in the clerk's words."""

import importlib.util
from pathlib import Path
from typing import NamedTuple

import pytest

from docgen.errors import ExitCode, Severity, Unreadable
from docgen.intake import Code, PassCode, passes_without_effect, read_input
from docgen.settings import SettingCode

BAD = Path(__file__).resolve().parents[2] / "fixtures" / "bad"
BARRING, DOUBTFUL, NOTICE = Severity.BARRING, Severity.DOUBTFUL, Severity.NOTICE


class Caused(NamedTuple):
    severity: Severity
    file: str
    cell: str
    found: str


CAUSED = {
    "no-settings": Caused(BARRING, "no-settings", "", "既没有 发文.toml，也没有工作表“发文信息”"),
    "settings-conflict": Caused(BARRING, "发文信息.csv", "B5", "是“132”，在工作表“发文信息”里是“133”"),
    "setting-twice": Caused(BARRING, "发文信息.csv", "B10", "“133”和“134”"),
    "unknown-setting": Caused(NOTICE, "发文.toml", "", "抄送机构"),
    "missing-setting": Caused(BARRING, "发文.toml", "", "机关代字"),
    "wrong-setting": Caused(BARRING, "发文.toml", "", "2024-13-1"),
    "dates-out-of-order": Caused(DOUBTFUL, "发文.toml", "", "2024-08-08 早于数据截止日期"),
    "extra-sheet": Caused(NOTICE, "工作安排.csv", "A1", "工作安排"),
    "missing-sheet": Caused(BARRING, "missing-sheet", "", "缺少“抽查”表，最接近的是“抽查情况”"),
    "extra-file": Caused(NOTICE, "说明.txt", "", "说明.txt"),
    "hidden-sheet": Caused(NOTICE, "核查.xlsx", "", "“抽查”是隐藏的工作表，照常读取"),
    "hidden-rows": Caused(NOTICE, "核查.xlsx", "", "第 2—3 行是隐藏的"),
    "no-header": Caused(BARRING, "抽查.csv", "A1", "P-001"),
    "header-alias": Caused(NOTICE, "抽查.csv", "A1", "列名“保单编号”按“保单号”采用"),
    "header-unit": Caused(NOTICE, "保单.csv", "I1", "单位是万元，各数已乘以 10000 折成元"),
    "header-again": Caused(NOTICE, "保单.csv", "A3", "第 3 行重复了表头"),
    "header-moved": Caused(BARRING, "抽查.csv", "A3", "第 3 行又是列名，列的次序"),
    "empty-sheet": Caused(BARRING, "保单.csv", "A2", "只有列名，没有数据"),
    "total-row": Caused(NOTICE, "保单.csv", "C4", "第 4 行写着“合计”"),
    "note-row": Caused(NOTICE, "保单.csv", "A4", "第 4 行写着“注：数据取自系统"),
    "merged-cells": Caused(NOTICE, "核查.xlsx", "J2", "“保险起期”列第 2—3 行有纵向合并的单元格"),
    "merged-apart": Caused(DOUBTFUL, "核查.xlsx", "I2", "I2 到 I3 合并成一格，写的是“3600.50”"),
    "missing-column": Caused(BARRING, "保单.csv", "A1", "最接近的列名是“被保险人单位”"),
    "extra-column": Caused(NOTICE, "抽查.csv", "C1", "抽查地点"),
    "column-twice": Caused(BARRING, "抽查.csv", "C1", "列名“保单号”出现两次"),
    "missing-value": Caused(BARRING, "问题.csv", "A2", "必填的单元格是空的"),
    "cell-too-long": Caused(BARRING, "问题.csv", "E2", "共 32,768 个字符"),
    "control-character": Caused(DOUBTFUL, "保单.csv", "D2", "U+202E"),
    "no-glyph": Caused(DOUBTFUL, "保单.csv", "D2", "U+30EDD“𰻝”"),
    "line-break": Caused(NOTICE, "问题.csv", "E2", "联系电话 录入有误"),
    "formula-error": Caused(DOUBTFUL, "问题.csv", "E2", "#N/A"),
    "uncalculated": Caused(DOUBTFUL, "核查.xlsx", "G2", "没有存下结果"),
    "full-width": Caused(NOTICE, "抽查.csv", "A2", "Ｐ-００１"),
    "id-lost-digits": Caused(BARRING, "抽查.csv", "A2", "1.2E+17"),
    "bad-check-digit": Caused(DOUBTFUL, "未上传保单.csv", "D2", "91320500MA00000048"),
    "date-form": Caused(NOTICE, "抽查.csv", "B2", "2024.7.1"),
    "ambiguous-date": Caused(DOUBTFUL, "抽查.csv", "B2", "8/9/24"),
    "not-a-number": Caused(DOUBTFUL, "保单.csv", "H2", "十二人"),
    "alias": Caused(NOTICE, "保单.csv", "F2", "昆山开发区"),
    "unknown-area": Caused(DOUBTFUL, "保单.csv", "F2", "“开发区”"),
    "unknown-industry": Caused(DOUBTFUL, "未全员投保.csv", "D2", "加气站"),
    "unknown-insurer": Caused(BARRING, "问题.csv", "C2", "“青松”"),
    "unknown-choice": Caused(DOUBTFUL, "问题.csv", "F2", "基本属实"),
    "insurer-name-twice": Caused(BARRING, "保险公司.csv", "D3", "青松老号"),
    "two-industries": Caused(DOUBTFUL, "未全员投保.csv", "D2", "此处是“其他”"),
    "two-names": Caused(DOUBTFUL, "未全员投保.csv", "A2", "甲市纸鸢加油站"),
    "problem-not-sampled": Caused(DOUBTFUL, "问题.csv", "B2", "P-001"),
    "sample-not-a-policy": Caused(DOUBTFUL, "抽查.csv", "A2", "P-777"),
    "insurer-differs": Caused(DOUBTFUL, "问题.csv", "B2", "属于青松财险，在“保单”表里由白鹭财险承保"),
    "names-another-insurer": Caused(DOUBTFUL, "问题.csv", "E2", "情况说明写到“白鹭财险”"),
    "co-insurance-roles": Caused(DOUBTFUL, "保单.csv", "L2", "青松财险独立、白鹭财险从共"),
    "co-insurance-shares": Caused(DOUBTFUL, "保单.csv", "M2", "相加是 90.00%"),
    "insured-and-uninsured": Caused(DOUBTFUL, "应保未保.csv", "B2", "甲市纸船冶炼厂"),
    "not-fewer-insured": Caused(DOUBTFUL, "未全员投保.csv", "G2", "投保人数 8 不少于从业人员数 8"),
    "duplicate-row": Caused(DOUBTFUL, "保单.csv", "A4", "保单.csv 第 3 行重复"),
    "uploaded-after-all": Caused(DOUBTFUL, "未上传保单.csv", "A2", "P-002"),
    "policy-unknown": Caused(DOUBTFUL, "服务费用核查.csv", "B2", "“P-777”既不在"),
    "end-before-start": Caused(DOUBTFUL, "保单.csv", "K2", "2023-12-31 早于保险起期 2024-01-01"),
    "duplicate-problem-number": Caused(BARRING, "问题.csv", "A3", "“W-1”与 问题.csv 第 2 行重复"),
    "duplicate-service-number": Caused(
        DOUBTFUL, "服务费用核查.csv", "A3", "“F-1”与 服务费用核查.csv 第 2 行"
    ),
    "pass-incomplete": Caused(NOTICE, "放行.csv", "B2", "没有写姓名"),
    "pass-refused": Caused(NOTICE, "放行.csv", "B2", "这个问题是“阻断”"),
    "pass-differs": Caused(DOUBTFUL, "放行.csv", "B2", "放行的是“代码少一位”"),
    "pass-idle": Caused(NOTICE, "放行.csv", "B2", "没有要放行的 two-names 问题"),
    "unchecked": Caused(NOTICE, "保单.csv", "", "“保单”表没有“共保比例”列，未检查：共保比例相加是否为 100%"),
}


def rare_character(text):
    return [char for char in text if char == "𰻝"]


def problems_of(code):
    intake = read_input(BAD / code, undrawable=rare_character)
    return (*intake.problems, *passes_without_effect(intake.passes, intake.problems))


def folders():
    return {folder.name for folder in BAD.iterdir() if folder.is_dir() and folder.name != "__pycache__"}


@pytest.mark.parametrize("code", CAUSED)
def test_a_bad_input_causes_the_problem_it_is_named_for(code):
    caused = [problem for problem in problems_of(code) if problem.code == code]
    assert len(caused) == 1
    expected = CAUSED[code]
    assert caused[0].severity is expected.severity
    assert (caused[0].where.file, caused[0].where.cell) == (expected.file, expected.cell)
    assert expected.found in caused[0].found


@pytest.mark.parametrize("code", CAUSED)
def test_a_problem_says_what_is_right_and_what_to_do(code):
    for problem in problems_of(code):
        assert problem.expected
        assert problem.remedy
        assert str(BAD) not in str(problem)


@pytest.mark.parametrize("code", CAUSED)
def test_only_a_barring_problem_keeps_the_records_or_the_settings_back(code):
    intake = read_input(BAD / code, undrawable=rare_character)
    assert intake.is_barred == (intake.records is None or intake.settings is None)


def test_every_folder_is_tested_and_every_code_has_a_folder():
    assert folders() == {*CAUSED, "unreadable"}
    assert set(CAUSED) == {*Code, *SettingCode, *PassCode}


def test_every_unreadable_file_is_named_at_once():
    with pytest.raises(Unreadable) as raised:
        read_input(BAD / "unreadable")
    assert raised.value.exit_code is ExitCode.UNREADABLE
    for name, why in (
        ("保单-空.xlsx", "空文件"),
        ("保单-不是工作簿.xlsx", "不是工作簿"),
        ("保单-加密.xlsx", "已加密"),
        ("保单-旧格式.xls", "不合工作簿格式"),
        ("保单-没传完.xlsx", "不完整"),
        ("抽查-空.csv", "空文件"),
        ("抽查-乱码.csv", "编码"),
    ):
        assert any(name in line and why in line for line in raised.value.message.splitlines())


def test_the_folders_are_what_their_maker_makes(tmp_path):
    spec = importlib.util.spec_from_file_location("make_bad", BAD / "make.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    maker.make(tmp_path)
    made = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    kept = {
        file.relative_to(BAD): file.read_bytes()
        for folder in folders()
        for file in (BAD / folder).rglob("*")
        if file.is_file()
    }
    assert made == kept
