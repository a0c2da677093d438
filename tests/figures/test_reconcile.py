"""交办 − 撤销 + 新增 = 通报, row by row by 问题编号."""

import pytest

from docgen.errors import Place
from docgen.figures import reconcile
from docgen.figures.reconcile import EarlierProblem, Reconciliation

from .tables import FILE, inspection

LETTERS = """
    问题编号  保单号  承保保险公司  问题类别                核实结论
    W-1       P-1     甲保          数据录入不规范          属实
    W-2       P-2     乙保          未明确约定事故预防服务  属实
    W-3       —       丙保          数据录入不规范          —
    W-0       P-0     甲保          数据录入不规范          撤销
"""
HANDED_OVER = {
    "W-1": EarlierProblem("甲保", "数据录入不规范", "P-1"),
    "W-2": EarlierProblem("乙保", "未明确约定事故预防服务", "P-2"),
    "W-3": EarlierProblem("丙保", "数据录入不规范", ""),
}


def after(problems: str) -> Reconciliation:
    return reconcile(HANDED_OVER, inspection(问题=problems))


def terms(reconciled: Reconciliation) -> tuple[int, ...]:
    return tuple(figure.value for figure in reconciled.figures.values())


def said(reconciled: Reconciliation) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity.value) for problem in reconciled.problems]


def test_nothing_changed_is_the_equation_of_one_number_with_itself() -> None:
    unchanged = after(LETTERS)
    assert (terms(unchanged), unchanged.problems) == ((3, 0, 0, 3), ())


def test_a_withdrawn_problem_and_an_added_one_are_terms_and_the_added_one_is_said() -> None:
    reconciled = after("""
        问题编号  保单号  承保保险公司  问题类别                核实结论
        W-1       P-1     甲保          数据录入不规范          撤销
        W-2       P-2     乙保          未明确约定事故预防服务  部分属实
        W-3       —       丙保          数据录入不规范          属实
        W-4       P-4     乙保          数据录入不规范          属实
        W-5       P-5     乙保          数据录入不规范          撤销
    """)
    assert list(reconciled.figures) == ["交办问题数", "核实撤销数", "交办后新增数", "通报问题数"]
    assert terms(reconciled) == (3, 1, 1, 3)
    assert [row.row for row in reconciled.withdrawn.rows] == [2]
    assert [row.row for row in reconciled.added.rows] == [5]
    problem, = reconciled.problems
    assert (problem.code, problem.severity.value) == ("added-after-letters", "提示")
    assert problem.found == "问题编号“W-4”在交办以后新增，还没有函告乙保"


def test_a_number_that_vanished_without_being_withdrawn_breaks_the_equation() -> None:
    reconciled = after("""
        问题编号  保单号  承保保险公司  问题类别
        W-1       P-1     甲保          数据录入不规范
        W-3       —       丙保          数据录入不规范
        W-6       P-6     丙保          数据录入不规范
    """)
    assert terms(reconciled) == (3, 0, 1, 3)
    assert said(reconciled) == [
        ("reconciliation-differs", "待核"), ("assigned-problem-gone", "待核"), ("added-after-letters", "提示"),
    ]
    equation, gone, _ = reconciled.problems
    assert equation.found == (
        "交办问题数3 − 核实撤销数0 + 交办后新增数1 = 4，而通报问题数为3：交办过的问题有1个不见了"
    )
    assert gone.found == (
        "问题编号“W-2”已在函里交办乙保（未明确约定事故预防服务，保单号P-2），现在“问题”表里没有"
    )
    assert all(figure.doubts == (equation, gone) for figure in reconciled.figures.values())


@pytest.mark.parametrize(("row", "column", "severity", "found"), [
    ("W-1 P-1 乙保 数据录入不规范", "承保保险公司", "待核", "交办时为“甲保”，现在为“乙保”"),
    ("W-1 P-8 甲保 数据录入不规范", "保单号", "提示", "交办时为“P-1”，现在为“P-8”"),
    ("W-1 P-1 甲保 未明确约定事故预防服务", "问题类别", "提示",
     "交办时为“数据录入不规范”，现在为“未明确约定事故预防服务”"),
    ("W-1 — 甲保 数据录入不规范", "保单号", "提示", "交办时为“P-1”，现在为“”"),
])
def test_what_changed_since_the_letter_is_said_with_both_values(
    row: str, column: str, severity: str, found: str
) -> None:
    reconciled = after(f"""
        问题编号  保单号  承保保险公司  问题类别
        W-3       —       丙保          数据录入不规范
        {row}
        W-2       P-2     乙保          未明确约定事故预防服务
    """)
    problem, = reconciled.problems
    assert (problem.code, problem.severity.value) == ("assigned-problem-changed", severity)
    assert problem.where == Place(FILE, "问题", 3, column)
    assert problem.found == f"问题编号“W-1”的{column}，{found}"
    assert terms(reconciled) == (3, 0, 0, 3)
