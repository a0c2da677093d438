"""What is let pass is no doubt of a figure or a paper any more, and is written down where the problems are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import openpyxl
from intake.minimal import FOURTH_UNIT, Workbook, put, valid, write

from docgen.cli.show import counted as counted_problems
from docgen.errors import Severity
from docgen.issuing import Counted, check_input, draft_papers, load_metrics, read_and_count, write_report
from docgen.issuing.run import Paper
from docgen.layout import Metrics
from docgen.styles import load_stylesheet

PASS = ["bad-check-digit", "未上传保单!D2", "", "已对照营业执照原件", "张示例"]


@cache
def metrics() -> Metrics:
    return load_metrics(load_stylesheet())


def with_bad_code(*rows: list[str]) -> Workbook:
    workbook = valid()
    put(workbook, "未上传保单", "统一社会信用代码", FOURTH_UNIT[:-1] + "8")
    if rows:
        workbook["放行"] = [["问题码", "单元格", "发现", "理由", "姓名"], *rows]
    return workbook


def count(folder: Path, *rows: list[str]) -> Counted:
    return read_and_count(write(folder, with_bad_code(*rows)), None, metrics())


def doubtful_cells(counted: Counted) -> int:
    return sum(
        cell.is_doubtful
        for annex in counted.annexes
        for table in annex.tables
        for row in table.rows
        for cell in row
    )


def test_an_annex_marks_what_is_doubtful_until_it_is_let_pass(tmp_path: Path) -> None:
    before, after = count(tmp_path / "前"), count(tmp_path / "后", PASS)

    assert doubtful_cells(before) > 0
    assert doubtful_cells(after) == 0
    assert not any(figure.doubts for figure in after.figures.values())


def test_a_run_knows_what_was_let_pass_by_whom(tmp_path: Path) -> None:
    (passed,) = count(tmp_path, PASS).passes

    assert (passed.code, passed.where.cell) == ("bad-check-digit", "D2")
    assert (passed.by.reason, passed.by.name) == ("已对照营业执照原件", "张示例")
    assert passed.was.startswith("统一社会信用代码“")


def test_an_idle_pass_is_said_by_every_paper(tmp_path: Path) -> None:
    counted = count(tmp_path, PASS, ["two-names", "保单!C2", "", "已改名", "张示例"])
    drafted = draft_papers(counted, [Paper.CIRCULAR])

    assert [problem.severity for problem in drafted.problems if problem.code == "pass-idle"] == [Severity.NOTICE]


def test_nothing_is_idle_while_the_input_is_barred(tmp_path: Path) -> None:
    workbook = with_bad_code(PASS, ["several-policies", "保单!A2", "", "已核对", "张示例"])
    put(workbook, "问题", "承保保险公司", "青松")
    problems = check_input(write(tmp_path, workbook), None, metrics())

    assert "阻断 1 处" in counted_problems(problems)
    assert "pass-idle" not in {problem.code for problem in problems}


def test_the_list_of_problems_says_what_was_let_pass_and_why(tmp_path: Path) -> None:
    problems = check_input(write(tmp_path / "数据", with_bad_code(PASS)), None, metrics())
    write_report(problems, tmp_path / "核对单.xlsx")
    book = openpyxl.load_workbook(tmp_path / "核对单.xlsx")
    rows = [[cell.value for cell in row] for row in book["放行"].iter_rows(min_row=2)]

    assert book.sheetnames == ["核对单", "放行"]
    assert rows[0] == ["问题码", "文件", "工作表", "单元格", "发现", "理由", "姓名"]
    assert rows[1][:4] == ["bad-check-digit", "未上传保单.csv", "未上传保单", "D2"]
    assert rows[1][5:] == ["已对照营业执照原件", "张示例"]


def test_a_list_without_passes_has_no_sheet_of_them(tmp_path: Path) -> None:
    problems = check_input(write(tmp_path / "数据", with_bad_code()), None, metrics())
    write_report(problems, tmp_path / "核对单.xlsx")

    assert openpyxl.load_workbook(tmp_path / "核对单.xlsx").sheetnames == ["核对单"]
