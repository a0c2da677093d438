"""Each fault planted in what docgen tells is found: the judge is no judge if one of these goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from docgen.errors import Severity
from docgen.figures import AnnexTable, Figure
from docgen.gongwen import Cell, Table
from docgen.issuing import Counted, Drafted, Paper, draft_papers, read_and_count
from tests.recount.copies import Copy, Sheet
from tests.recount.judge import faults
from tests.recount.mutations import Change
from tests.recount.told import told_by
from tests.recount.trial import SOURCES, counted_original, metrics, recounted

FIGURES = (
    "投保单位数", "分行业投保单位数", "承保保险公司数", "保障从业人员数", "抽查保单数", "问题保单数", "未规范使用方案保单数",
    "未约定预防服务保单数", "保额人数不符保单数", "录入不规范保单数", "未上传保单数", "逾期上传保单数", "服务费用不符记录数",
    "服务费不足保险公司数", "应保未保单位数", "未全员投保单位数",
)  # fmt: skip
Fault = Callable[[Counted], Counted]


@cache
def counted() -> Counted:
    return read_and_count(SOURCES["messy"], None, metrics())


def found(drafted: Drafted) -> list[str]:
    """What the judge says of papers drafted from the unchanged small fixture."""
    unchanged = Change(0, Copy.of(SOURCES["messy"]), "未改")
    return list(faults(unchanged, told_by(drafted), counted_original("messy")))


def by_one(figure: Figure) -> Figure:
    parts = figure.parts
    if figure.name == "分行业投保单位数":
        parts = (replace(parts[0], value=parts[0].value + 1), *parts[1:])
    return replace(figure, value=figure.value + 1, parts=parts)


def test_nothing_is_found_where_nothing_is_planted() -> None:
    assert found(draft_papers(counted(), Paper)) == []


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_off_by_one_is_found(name: str) -> None:
    figures = {**counted().figures, name: by_one(counted().figures[name])}
    assert found(draft_papers(replace(counted(), figures=figures), Paper))


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_off_by_one_in_the_text_alone_is_found(name: str) -> None:
    right = draft_papers(counted(), Paper)
    figures = {**counted().figures, name: by_one(counted().figures[name])}
    wrong = draft_papers(replace(counted(), figures=figures), Paper)
    assert wrong.circular != right.circular or name == "分行业投保单位数"
    if wrong.circular != right.circular:
        assert found(replace(right, circular=wrong.circular))


def in_annex(number: int, change: Callable[[Table], Table]) -> Fault:
    def planted(whole: Counted) -> Counted:
        annexes = list(whole.annexes)
        first, *others = annexes[number - 1].tables
        annexes[number - 1] = AnnexTable(annexes[number - 1].title, (change(first), *others))
        return replace(whole, annexes=tuple(annexes))

    return planted


def one_more(row: int, column: int) -> Callable[[Table], Table]:
    def change(table: Table) -> Table:
        rows = [*table.rows, table.total]
        line = list(rows[row])
        value = line[column].value
        assert isinstance(value, int | Decimal)
        line[column] = Cell(value + 1)
        rows[row] = tuple(line)
        return replace(table, rows=tuple(rows[:-1]), total=rows[-1])

    return change


def without_the_first(table: Table) -> Table:
    return replace(table, rows=table.rows[1:])


def twice_the_first(table: Table) -> Table:
    return replace(table, rows=(table.rows[0], *table.rows))


def rows_of_another(table: Table) -> Table:
    """The rows stand, but their second column's values have changed places."""
    first, second = table.rows[:2]
    return replace(table, rows=((first[0], second[1], *first[2:]), (second[0], first[1], *second[2:]), *table.rows[2:]))


def in_letter(number: int, change: Callable[[Table], Table]) -> Fault:
    """Change a table of the first insurer's letter."""

    def planted(whole: Counted) -> Counted:
        first, *others = whole.insurers
        tables = list(first.problem_tables)
        tables[number] = change(tables[number])
        return replace(whole, insurers=(replace(first, problem_tables=tuple(tables)), *others))

    return planted


def with_a_neighbour_s_rows(whole: Counted) -> Counted:
    first, second, *others = whole.insurers
    own, theirs = first.problem_tables, second.problem_tables
    mixed = replace(own[0], rows=(*own[0].rows, theirs[0].rows[0]))
    return replace(whole, insurers=(replace(first, problem_tables=(mixed, *own[1:])), second, *others))


def letters_exchanged(whole: Counted) -> Counted:
    first, second, *others = whole.insurers
    exchanged = (
        replace(first, problem_tables=second.problem_tables), replace(second, problem_tables=first.problem_tables)
    )  # fmt: skip
    return replace(whole, insurers=(*exchanged, *others))


def a_letter_to_nobody_s_harm(whole: Counted) -> Counted:
    *others, last = whole.insurers
    return replace(whole, insurers=(*others, replace(last, problem_tables=whole.insurers[0].problem_tables)))


def areas_exchanged(whole: Counted) -> Counted:
    first, second, *others = whole.areas
    return replace(
        whole, areas=(replace(first, tables=second.tables), replace(second, tables=first.tables), *others)
    )


def a_letter_s_figure(name: str) -> Fault:
    def planted(whole: Counted) -> Counted:
        first, *others = whole.insurers
        figures = {**first.figures, name: by_one(first.figures[name])}
        return replace(whole, insurers=(replace(first, figures=figures), *others))

    return planted


def silent_about(code: str) -> Fault:
    def planted(whole: Counted) -> Counted:
        return replace(whole, problems=tuple(problem for problem in whole.problems if problem.code != code))

    return planted


DOUBTED = [
    "bad-check-digit", "unknown-area", "two-industries", "problem-not-sampled", "end-before-start",
    "insured-and-uninsured", "duplicate-row",
]  # fmt: skip


@pytest.mark.parametrize("planted", [
    pytest.param(in_annex(1, one_more(0, 2)), id="附件1的一格"),
    pytest.param(in_annex(1, one_more(-1, 2)), id="附件1的合计"),
    pytest.param(in_annex(1, one_more(-1, -1)), id="附件1的合计人数"),
    pytest.param(in_annex(1, rows_of_another), id="附件1两地换了位置"),
    pytest.param(in_annex(2, one_more(0, 2)), id="附件2的单位数"),
    pytest.param(in_annex(2, one_more(1, 4)), id="附件2的保费"),
    pytest.param(in_annex(2, one_more(-1, 5)), id="附件2的合计服务费"),
    pytest.param(in_annex(2, one_more(0, 6)), id="附件2的比例"),
    pytest.param(in_annex(2, rows_of_another), id="附件2两家换了位置"),
    pytest.param(in_annex(3, without_the_first), id="附件3少一行"),
    pytest.param(in_annex(4, twice_the_first), id="附件4多一行"),
    pytest.param(in_annex(5, without_the_first), id="附件5少一行"),
    pytest.param(in_letter(0, without_the_first), id="函里少一个问题"),
    pytest.param(in_letter(1, twice_the_first), id="函里多一份未上传保单"),
    pytest.param(in_letter(3, without_the_first), id="函里少一条服务记录"),
    pytest.param(in_letter(4, without_the_first), id="函里少一家未全员投保单位"),
    pytest.param(with_a_neighbour_s_rows, id="函里有别家的问题"),
    pytest.param(letters_exchanged, id="两家的函换了"),
    pytest.param(a_letter_to_nobody_s_harm, id="没有问题的公司也发函"),
    pytest.param(areas_exchanged, id="两地的表换了"),
    *(pytest.param(a_letter_s_figure(name), id=f"函里的{name}") for name in (
        "承保单位数", "抽查保单数", "问题保单数", "未上传保单数", "服务费用不符记录数", "未全员投保单位数", "保费合计",
    )),
    *(pytest.param(silent_about(code), id=f"不说{code}") for code in DOUBTED),
])  # fmt: skip
def test_a_planted_fault_is_found(planted: Fault) -> None:
    assert found(draft_papers(planted(counted()), Paper))


def changed(sheet: str, header: str, row: int, value: str | None) -> Copy:
    """A copy of the small fixture with one cell changed."""
    copy = Copy.of(SOURCES["messy"])
    file = next(file for file, sheets in copy.files.items() if sheet in sheets)
    grid = copy.own(file, sheet)
    grid[row - 1][Sheet.find(copy, file, sheet).at[header]] = value
    return copy


@pytest.mark.parametrize(("sheet", "header", "row", "value"), [
    pytest.param("问题", "核实结论", 7, None, id="不理会撤销"),
    pytest.param("保单", "批单号", 7, "JS24-0102-00", id="取了旧批单"),
    pytest.param("保单", "保单状态", 10, None, id="不理会退保"),
    pytest.param("保单", "共保角色", 12, "独立", id="从共也计"),
    pytest.param("保单", "保险止期", 38, "2024-08-08", id="截止日当天不计"),
    pytest.param("保单", "保险起期", 37, "2024-08-10", id="起保当天不计"),
    pytest.param("保单", "承保保险公司", 18, "太初", id="归错了保险公司"),
    pytest.param("保单", "属地", 18, "常熟市", id="别名归错了属地"),
    pytest.param("问题", "承保保险公司", 10, "太初", id="问题归错了保险公司"),
    pytest.param("未上传保单", "情形", 4, "未上传", id="不分逾期上传"),
    pytest.param("服务费用核查", "核实金额（元）", 4, "800.51", id="差一分也是不符"),
])  # fmt: skip
def test_a_docgen_that_reads_one_cell_otherwise_is_found(
    sheet: str, header: str, row: int, value: str | None, tmp_path: Path
) -> None:
    """What docgen reads is the fixture; the recount reads the cell as a faulty docgen would take it."""
    path = changed(sheet, header, row, value).write(tmp_path / "数据")
    told = told_by(draft_papers(counted(), Paper))
    assert list(faults(Change(0, Copy.of(SOURCES["messy"]), ""), told, recounted(path)))


def test_a_bar_that_is_not_raised_is_found() -> None:
    copy = changed("问题", "承保保险公司", 5, "无此保险")
    told = told_by(draft_papers(counted(), Paper))
    outcome = counted_original("messy")
    barred = replace(outcome, bars=["保险公司认不出"])
    assert list(faults(Change(0, copy, ""), told, barred)) == ["该阻断而没有：保险公司认不出"]


def test_a_figure_that_nobody_can_decide_and_that_is_not_marked_is_found(tmp_path: Path) -> None:
    path = changed("保单", "投保人数", 20, "约30").write(tmp_path / "数据")
    right = read_and_count(path, None, metrics())
    assert found_in(right, path) == []
    people = replace(right.figures["保障从业人员数"], doubts=())
    unmarked = replace(right, figures={**right.figures, "保障从业人员数": people})
    assert any("没有标【待核】" in fault for fault in found_in(unmarked, path))


def found_in(whole: Counted, path: Path) -> list[str]:
    unchanged = Change(0, Copy.of(SOURCES["messy"]), "")
    return list(faults(unchanged, told_by(draft_papers(whole, Paper)), recounted(path)))


def test_a_readable_change_that_is_barred_is_found() -> None:
    told = told_by(draft_papers(counted(), Paper))
    notice = replace(told.problems[0], severity=Severity.BARRING)
    harmless = Change(0, Copy.of(SOURCES["messy"]), "打乱行序", is_harmless=True)
    assert list(faults(harmless, replace(told, problems=(notice,)), counted_original("messy")))
