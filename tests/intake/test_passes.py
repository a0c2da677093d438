"""A 待核 is let pass by code, cell, reason and name; what has no effect is said, and only 待核 can pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import Place, Problem, Severity
from docgen.intake import Intake, PassCode, Passed, let_pass, passes_without_effect, read_input
from docgen.intake.passes import address, read_passes
from docgen.intake.sheets import RawSheet, Uncalculated

from .minimal import FOURTH_UNIT, SETTINGS, Workbook, put, valid, write, write_csv

HEADERS = ["问题码", "单元格", "发现", "理由", "姓名"]
BAD_CODE = FOURTH_UNIT[:-1] + "8"
REASON, NAME = "已对照营业执照原件", "张示例"


def with_bad_code(*rows: list[str], headers: list[str] = HEADERS) -> Workbook:
    """A bad check digit in 未上传保单 D2, and these rows of 放行."""
    workbook = valid()
    put(workbook, "未上传保单", "统一社会信用代码", BAD_CODE)
    workbook["放行"] = [headers, *rows]
    return workbook


def read(folder: Path, workbook: Workbook, settings: str = SETTINGS) -> Intake:
    return read_input(write(folder, workbook, settings))


def said(intake: Intake) -> list[Problem]:
    return list(passes_without_effect(intake.passes, intake.problems))


def doubtful(intake: Intake) -> list[str]:
    return [problem.code for problem in intake.problems if problem.severity is Severity.DOUBTFUL]


def test_a_passed_problem_is_a_notice_that_names_reason_and_person(tmp_path: Path) -> None:
    intake = read(tmp_path, with_bad_code(["bad-check-digit", "未上传保单!D2", "", REASON, NAME]))
    (passed,) = (problem for problem in intake.problems if isinstance(problem, Passed))

    assert passed.severity is Severity.NOTICE
    assert passed.found == f"{passed.was}（已放行：{REASON}，{NAME}）"
    assert (passed.by.reason, passed.by.name) == (REASON, NAME)
    assert doubtful(intake) == []
    assert said(intake) == []


@pytest.mark.parametrize(
    "cell",
    ["[未上传保单.csv]未上传保单!D2", "'未上传保单'!$D$2", "未上传保单！d2", " 未上传保单! D2 ", "'[未上传保单.csv]未上传保单'!D2"],
)
def test_a_cell_may_be_written_as_a_spreadsheet_writes_it(tmp_path: Path, cell: str) -> None:
    intake = read(tmp_path, with_bad_code(["bad-check-digit", cell, "", REASON, NAME]))

    assert doubtful(intake) == []


@pytest.mark.parametrize(
    ("row", "code", "found"),
    [
        (["bad-check-digit", "未上传保单!D2", "", "", NAME], PassCode.INCOMPLETE, "没有写理由"),
        (["bad-check-digit", "未上传保单!D2", "", REASON, ""], PassCode.INCOMPLETE, "没有写姓名"),
        (["bad-check-digit", "D2", "", REASON, NAME], PassCode.INCOMPLETE, "单元格写作“D2”，看不出是哪一格"),
        (["bad-check-digit", "", "", REASON, NAME], PassCode.INCOMPLETE, "没有写单元格"),
        (["", "未上传保单!D2", "", REASON, NAME], PassCode.INCOMPLETE, "没有写问题码"),
        (["bad-check-digits", "未上传保单!D2", "", REASON, NAME], PassCode.IDLE, "最接近的问题码是 bad-check-digit"),
        (["bad-check-digit", "未上传保单!D3", "", REASON, NAME], PassCode.IDLE, "没有要放行的"),
        (["bad-check-digit", "[别的.csv]未上传保单!D2", "", REASON, NAME], PassCode.IDLE, "没有要放行的"),
        (["bad-check-digit", "未上传保单!D2", "另一个代码", REASON, NAME], PassCode.DIFFERS, "放行的是“另一个代码”"),
    ],
)
def test_a_pass_that_does_not_fit_leaves_the_problem_and_is_said(
    tmp_path: Path, row: list[str], code: PassCode, found: str
) -> None:
    intake = read(tmp_path, with_bad_code(row))
    (problem,) = said(intake)

    assert doubtful(intake) == ["bad-check-digit"]
    assert (problem.code, problem.where.cell) == (code, "B2")
    assert found in problem.found


def test_only_a_pass_for_something_else_than_what_is_found_is_doubtful(tmp_path: Path) -> None:
    rows = [
        ["bad-check-digit", "未上传保单!D2", "另一个代码", REASON, NAME],
        ["two-names", "保单!A2", "", REASON, NAME],
        ["bad-check-digit", "未上传保单!D2", "", REASON, ""],
    ]
    severities = {problem.code: problem.severity for problem in said(read(tmp_path, with_bad_code(*rows)))}

    assert severities == {
        PassCode.DIFFERS: Severity.DOUBTFUL,
        PassCode.IDLE: Severity.NOTICE,
        PassCode.INCOMPLETE: Severity.NOTICE,
    }


def test_rows_set_out_ready_have_no_effect_until_filled_and_are_said_once(tmp_path: Path) -> None:
    rows = [["bad-check-digit", "未上传保单!D2", "", "", ""], ["two-names", "保单!A2", "", "", ""]]
    intake = read(tmp_path, with_bad_code(*rows))
    (problem,) = said(intake)

    assert doubtful(intake) == ["bad-check-digit"]
    assert "有 2 行没有填理由和姓名" in problem.found
    assert problem.severity is Severity.NOTICE


def test_a_barring_problem_cannot_be_let_pass(tmp_path: Path) -> None:
    workbook = with_bad_code(["unknown-insurer", "问题!C2", "", REASON, NAME])
    put(workbook, "问题", "承保保险公司", "青松")
    intake = read(tmp_path, workbook)

    assert intake.is_barred
    assert [problem.code for problem in said(intake)] == [PassCode.REFUSED]


def test_a_notice_needs_no_pass(tmp_path: Path) -> None:
    workbook = with_bad_code(["date-form", "抽查!B2", "", REASON, NAME])
    put(workbook, "抽查", "抽查日期", "2024.7.1")

    assert [problem.code for problem in said(read(tmp_path, workbook))] == [PassCode.IDLE]


@pytest.mark.parametrize("content", ["开发区", ""])
def test_a_row_without_an_area_cannot_be_let_pass_for_no_area_would_count_it(tmp_path: Path, content: str) -> None:
    workbook = valid()
    put(workbook, "保单", "属地", content)
    code = "unknown-area" if content else "missing-value"
    workbook["放行"] = [HEADERS, [code, "保单!F2", "", REASON, NAME]]
    intake = read(tmp_path, workbook)

    assert doubtful(intake) == [code]
    assert "没有属地就归不了类" in said(intake)[0].found


def test_a_cell_that_is_let_pass_is_still_held_against_other_rows(tmp_path: Path) -> None:
    workbook = valid()
    put(workbook, "抽查", "保单号", "P-001\u202e")
    before = read(tmp_path / "前", workbook)
    workbook["放行"] = [HEADERS, ["control-character", "抽查!A2", "", REASON, NAME]]
    after = read(tmp_path / "后", workbook)

    assert "control-character" in doubtful(before)
    assert "sample-not-a-policy" not in doubtful(before)
    assert "sample-not-a-policy" in doubtful(after)


def test_a_missing_column_of_the_sheet_keeps_every_pass_from_working_and_bars_nothing(tmp_path: Path) -> None:
    headers = ["问题码", "单元格", "发现", "理由"]
    intake = read(tmp_path, with_bad_code(["bad-check-digit", "未上传保单!D2", "", REASON], headers=headers))

    assert not intake.is_barred
    assert sorted(doubtful(intake)) == ["bad-check-digit", "missing-column"]
    assert any("都没有起作用" in problem.found for problem in intake.problems)


def test_the_column_found_may_be_left_out(tmp_path: Path) -> None:
    headers = ["问题码", "单元格", "理由", "姓名"]
    intake = read(tmp_path, with_bad_code(["bad-check-digit", "未上传保单!D2", REASON, NAME], headers=headers))

    assert doubtful(intake) == []


def test_blanks_and_widths_do_not_make_another_finding(tmp_path: Path) -> None:
    found = next(
        problem.found for problem in read(tmp_path / "前", with_bad_code()).problems if problem.code == "bad-check-digit"
    )
    written = found.replace("（", "( ").replace("）", " )")
    row = ["bad-check-digit", "未上传保单!D2", written, REASON, NAME]

    assert doubtful(read(tmp_path / "后", with_bad_code(row))) == []


def test_a_sheet_of_two_files_needs_the_file_named(tmp_path: Path) -> None:
    workbook = with_bad_code(["bad-check-digit", "未上传保单!D2", "", REASON, NAME])
    write_csv(write(tmp_path, workbook) / "未上传保单-昆山.csv", [workbook["未上传保单"][0]])
    unnamed = read_input(tmp_path)
    write_csv(
        tmp_path / "放行.csv", [HEADERS, ["bad-check-digit", "[未上传保单.csv]未上传保单!D2", "", REASON, NAME]]
    )

    assert doubtful(unnamed) == ["bad-check-digit"]
    assert "没有写是哪个文件" in said(unnamed)[0].found
    assert doubtful(read_input(tmp_path)) == []


def test_a_line_of_the_settings_can_be_let_pass(tmp_path: Path) -> None:
    workbook = valid()
    settings = SETTINGS + '"成文日期" = 2024-08-08\n'
    (problem,) = read(tmp_path / "前", workbook, settings).problems
    workbook["放行"] = [HEADERS, [problem.code, address(problem.where, with_file=False), "", REASON, NAME]]
    intake = read(tmp_path / "后", workbook, settings)

    assert address(problem.where, with_file=False) == "[发文.toml]第9行"
    assert doubtful(intake) == []
    assert said(intake) == []


def test_the_address_that_is_written_is_the_address_that_is_read() -> None:
    where = Place("昆山（一）.xlsx", "保单", 12, "保费（元）", "M12")
    problem = Problem("not-a-number", Severity.DOUBTFUL, where, "“十二”不是可用的数", "数", "改")
    row = ["not-a-number", address(where, with_file=True), problem.found, REASON, NAME]
    passes, _ = read_passes([RawSheet("甲.xlsx", "放行", "放行", [HEADERS, row])])

    assert isinstance(let_pass([problem], passes)[0], Passed)


def test_passes_are_heard_once_and_again_alike() -> None:
    where = Place("甲.xlsx", "保单", 2, "保单号", "A2")
    problem = Problem("duplicate-row", Severity.DOUBTFUL, where, "重复", "一行", "删去")
    row = ["duplicate-row", "[甲.xlsx]保单!A2", "", REASON, NAME]
    passes, _ = read_passes([RawSheet("甲.xlsx", "放行", "放行", [HEADERS, row])])
    once = let_pass([problem], passes)

    assert let_pass(once, passes) == once


def test_nothing_is_idle_while_checks_are_still_to_come(tmp_path: Path) -> None:
    intake = read(tmp_path, with_bad_code(["several-policies", "保单!A2", "", REASON, NAME]))

    assert passes_without_effect(intake.passes, intake.problems, is_whole=False) == ()


def test_a_formula_without_a_value_is_no_name() -> None:
    row = ["duplicate-row", "保单!A2", "", REASON, Uncalculated("=B2")]
    (only,), _ = read_passes([RawSheet("甲.xlsx", "放行", "放行", [HEADERS, row])])

    assert only.flaw == "没有写姓名"
