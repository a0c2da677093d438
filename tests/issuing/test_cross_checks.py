"""The cross-checks of a run: said before anything is printed, with the rows that differ in 核对单."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from intake.minimal import put, valid, write

from docgen.errors import Place, Problem, Severity, rows_shown
from docgen.figures import OF_FIGURES, OF_ROWS, EarlierProblem
from docgen.issuing import Counted, Paper, draft_papers, load_metrics, problem_sheet, read_and_count
from docgen.layout import Metrics
from docgen.render.xlsx import workbook
from docgen.styles import load_stylesheet

ROOT = Path(__file__).parents[2]


@cache
def metrics() -> Metrics:
    return load_metrics(load_stylesheet())


def counted(folder: Path, **earlier: EarlierProblem) -> Counted:
    return read_and_count(folder, None, metrics(), earlier or None)


def test_people_that_contradict_the_policy_are_marked_where_they_are_printed(tmp_path: Path) -> None:
    sheets = valid()
    put(sheets, "未全员投保", "投保人数", "6")
    found = counted(write(tmp_path / "数据", sheets))
    problem, = (problem for problem in found.problems if problem.severity is Severity.DOUBTFUL)
    assert problem.code == "people-differ"
    assert found.figures["未全员投保单位数"].doubts == (problem,)
    assert [row[6].is_doubtful for row in found.annexes[3].tables[0].rows] == [True]


def test_what_a_cross_check_found_is_let_pass_by_its_cell(tmp_path: Path) -> None:
    sheets = valid()
    put(sheets, "未全员投保", "投保人数", "6")
    sheets["放行"] = [
        ["问题码", "单元格", "理由", "姓名"], ["people-differ", "未全员投保!G2", "批单在途，已看原件", "张示例"],
    ]
    found = counted(write(tmp_path / "数据", sheets))
    assert [(passed.code, passed.where.cell) for passed in found.passes] == [("people-differ", "G2")]
    assert found.figures["未全员投保单位数"].doubts == ()
    assert [row[6].is_doubtful for row in found.annexes[3].tables[0].rows] == [False]


def test_what_a_lacking_column_leaves_unchecked_names_the_file(tmp_path: Path) -> None:
    found = counted(write(tmp_path / "数据", valid()))
    lacking = [problem for problem in found.problems if "每人死亡伤残责任限额不低于规定" in problem.found]
    assert [(problem.code, problem.where.file, problem.where.sheet) for problem in lacking] == [
        ("unchecked", "保单.csv", "保单"),
    ]


def test_a_run_knows_what_came_of_every_check(tmp_path: Path) -> None:
    examined = counted(write(tmp_path / "数据", valid())).examined
    assert [result.check for result in examined] == [*OF_ROWS, *OF_FIGURES]
    assert [result.check.name for result in examined if not result.is_judged] == [
        "未全员投保的从业人员数与保单填写的一致", "核实的服务费用不超过事故预防服务费", "应保未保的单位仍在生产",
        "应保未保的单位在名册里", "名册里的单位都有着落", "每人死亡伤残责任限额不低于规定",
    ]


@pytest.mark.parametrize(("name", "doubtful"), [("2024h1", 0), ("messy", 8)])
def test_the_checks_doubt_nothing_more_in_the_fixtures(name: str, doubtful: int) -> None:
    found = counted(ROOT / "fixtures" / name)
    codes = {result.check.code for result in found.examined}
    assert sum(problem.severity is Severity.DOUBTFUL for problem in found.problems) == doubtful
    assert {problem.code for problem in found.problems if problem.code in codes} <= {
        "several-policies", "uninsured-not-on-roster",
    }


def test_the_terms_of_the_letters_are_figures_of_the_run(tmp_path: Path) -> None:
    data = write(tmp_path / "数据", valid())
    faults = counted(data).records["问题"]
    handed_over = zip(faults["承保保险公司"], faults["问题类别"], faults["保单号"], strict=True)
    letters = dict(zip(faults["问题编号"], map(EarlierProblem, *zip(*handed_over, strict=True)), strict=True))
    found = counted(data, **letters, **{"W-0": EarlierProblem("白鹭财险", "数据录入不规范", "")})
    assert [(name, found.figures[name].value) for name in ("交办问题数", "核实撤销数", "交办后新增数", "通报问题数")] == [
        ("交办问题数", 2), ("核实撤销数", 0), ("交办后新增数", 0), ("通报问题数", 1),
    ]
    assert {problem.code for problem in found.problems} >= {"reconciliation-differs", "assigned-problem-gone"}


def test_a_run_without_letters_has_no_terms_of_them(tmp_path: Path) -> None:
    assert "交办问题数" not in counted(write(tmp_path / "数据", valid())).figures


def test_a_figure_that_few_runs_have_need_not_be_stated(tmp_path: Path) -> None:
    sheets = valid()
    unit = sheets["应保未保"][1]
    sheets["应保单位名册"] = [["单位名称", "统一社会信用代码", "属地", "行业类别", "状态"], [*unit[:4], "生产"]]
    found = counted(write(tmp_path / "数据", sheets))
    drafted = draft_papers(found, [Paper.CIRCULAR])
    assert found.figures["参保率"].value == 0
    assert drafted.circular is not None
    assert drafted.circular.document is not None


MANY = (*(Place("甲.xlsx", "保单", row) for row in range(2, 10)), Place("乙.csv", "抽查", 3))


def test_a_message_names_the_first_rows_and_the_list_of_problems_all() -> None:
    problem = Problem("people-differ", Severity.DOUBTFUL, Place("丙.csv", "未全员投保", 2), "甲", "乙", "丙", MANY)
    assert "有关的行：甲.xlsx 工作表“保单”第 2、3、4、5、6 行等 9 行。处理：丙。" in str(problem)
    book = openpyxl.load_workbook(io.BytesIO(workbook([problem_sheet([problem])], "核对单", date(2024, 8, 9))))
    written = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "甲.xlsx 工作表“保单”第 2、3、4、5、6、7、8、9 行；乙.csv 工作表“抽查”第 3 行" in written
    assert "第2行" in written


def test_a_problem_of_one_row_names_no_others() -> None:
    assert str(Problem("some-code", Severity.NOTICE, Place("甲.csv"), "甲", "乙", "丙")) == "甲.csv：甲。应为：乙。处理：丙。"
    assert rows_shown(MANY[-1:]) == "乙.csv 工作表“抽查”第 3 行"
