"""The figures, the annexes and the letters say the same: each check with one number changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from docgen.errors import Place, Problem
from docgen.figures import (
    OF_FIGURES,
    AnnexTable,
    Figure,
    InsurerExtract,
    annex_tables,
    count,
    evidence_of,
    examine,
    insurer_extracts,
    problems_of,
)
from docgen.gongwen import Cell
from docgen.records import Records
from docgen.settings import Settings

from .tables import FILE, SETTINGS, inspection

SAMPLING = replace(SETTINGS, shows_sampling=True)

THREE_UNITS = """
    属地    行业类别  投保人数
    昆山市  加油站    5
    常熟市  医药      10
    昆山市  加油站    20
"""
TWO_INSURERS = """
    保单号  承保保险公司  保费（元）  事故预防服务费（元）
    P-1     甲保          100.00      19.00
    P-2     乙保          100.00      20.00
"""
EVERYTHING = {
    "保单": """
        保单号  承保保险公司  共保角色  统一社会信用代码  保费（元）  事故预防服务费（元）
        P-1     甲保          首席      U-1               60.00       12.00
        P-1     乙保          从共      U-1               40.00       8.00
        P-2     乙保          独立      U-1               100.00      20.00
        P-3     丙保          独立      U-3               100.00      15.00
    """,
    "抽查": "保单号\nP-1\nP-2\nP-9",
    "问题": """
        问题编号  保单号  承保保险公司  问题类别                核实结论
        W-1       P-1     甲保          未明确约定事故预防服务  属实
        W-2       P-1     乙保          未明确约定事故预防服务  属实
        W-3       P-2     乙保          数据录入不规范          属实
        W-4       —       丙保          数据录入不规范          属实
        W-5       P-3     丙保          数据录入不规范          撤销
    """,
    "未上传保单": "保单号 承保保险公司 情形\nP-7 甲保 未上传\nP-8 甲保 逾期上传",
    "服务费用核查": "保单号 承保保险公司 核实金额（元）\nP-2 乙保 90.00\nP-3 丙保 100.00",
    "应保未保": "单位名称\n甲厂\n乙厂",
    "未全员投保": "单位名称 承保保险公司\n丙厂 丙保",
}


def annexes(records: Records, settings: Settings = SETTINGS) -> tuple[AnnexTable, ...]:
    return annex_tables(records, settings, count(records, settings))


def problems(
    records: Records, settings: Settings = SETTINGS, *, figures: Mapping[str, Figure] | None = None,
    drawn: Sequence[AnnexTable] | None = None, letters: Sequence[InsurerExtract] | None = None,
) -> tuple[Problem, ...]:
    evidence = replace(
        evidence_of(records, settings),
        figures=count(records, settings) if figures is None else figures,
        annexes=annexes(records, settings) if drawn is None else drawn,
        insurers=insurer_extracts(records, settings) if letters is None else letters,
    )
    return problems_of(examine(OF_FIGURES, evidence))


def found(records: Records, settings: Settings = SETTINGS, **changed: object) -> list[str]:
    return [problem.found for problem in problems(records, settings, **changed)]  # type: ignore[arg-type]


def with_cell(annex: AnnexTable, row: int, header: str, cell: Cell) -> AnnexTable:
    """Change one cell of an annex; row -1 is the total."""
    table = annex.tables[0]
    at = [column.header for column in table.columns].index(header)
    old = table.total if row == -1 else table.rows[row]
    new = (*old[:at], cell, *old[at + 1:])
    changed = replace(table, total=new) if row == -1 else replace(
        table, rows=(*table.rows[:row], new, *table.rows[row + 1:])
    )
    return replace(annex, tables=(changed, *annex.tables[1:]))


def test_figures_annexes_and_letters_of_the_same_records_agree() -> None:
    assert problems(inspection(**EVERYTHING), SAMPLING) == ()


def test_nothing_inspected_contradicts_nothing() -> None:
    assert problems(inspection()) == ()


def test_an_annex_of_other_records_is_barred_with_both_values() -> None:
    two = count(inspection(未全员投保="单位名称\n甲厂\n乙厂"), SETTINGS)
    one = inspection(未全员投保="单位名称\n甲厂")
    problem, = problems(one, figures=two, letters=())
    assert (problem.code, problem.severity.value) == ("totals-differ", "阻断")
    assert problem.found == "未全员投保单位数为2，而附件4的行数为1"


def test_annex_2_marks_as_many_insurers_as_the_text_says_fall_short() -> None:
    records = inspection(保单=TWO_INSURERS)
    figures = dict(count(records, SETTINGS))
    assert (figures["服务费不足保险公司数"].value, problems(records)) == (1, ())
    figures["服务费不足保险公司数"] = replace(figures["服务费不足保险公司数"], value=2)
    assert found(records, figures=figures)[1:] == [
        "服务费不足保险公司数为2，而附件2标“↓”的公司数为1",
        "服务费不足保险公司数为2，而有服务费差额的函数为1",
    ]


def test_a_total_that_its_rows_contradict_is_barred() -> None:
    records = inspection(保单=THREE_UNITS)
    first, *others = annexes(records)
    table, = first.tables
    cut = replace(first, tables=(replace(table, rows=table.rows[:-8]),))
    assert "投保单位数为3，而附件1“合计”列各行之和为1" in found(records, drawn=(cut, *others))


def test_every_cell_of_annex_1_is_held_to_the_text_and_to_its_row() -> None:
    records = inspection(保单=THREE_UNITS)
    first, *others = annexes(records)
    for header in ("医药", "合计", "投保人数"):
        for row in (0, -1):
            assert found(records, drawn=(with_cell(first, row, header, Cell(77)), *others)), (row, header)
    moved = with_cell(with_cell(first, 3, "加油站", Cell(1)), 1, "加油站", Cell(1))
    assert found(records, drawn=(moved, *others)) == [
        "附件1第2行（常熟市）合计为1，而该行各行业之和为2", "附件1第4行（昆山市）合计为2，而该行各行业之和为1",
    ]


def test_every_number_of_annex_2_is_held_to_the_text_or_to_its_column() -> None:
    records = inspection(**EVERYTHING)
    first, second, *others = annexes(records, SAMPLING)
    for column in second.tables[0].columns[2:]:
        for row in (0, -1):
            drawn = (first, with_cell(second, row, column.header, Cell(7)), *others)
            assert found(records, SAMPLING, drawn=drawn), (row, column.header)


def test_a_column_of_annex_2_that_exceeds_its_total_must_say_why() -> None:
    records = inspection(**EVERYTHING)
    first, second, *others = annexes(records)
    silent = replace(second, tables=(replace(second.tables[0], notes=()),))
    assert found(records, drawn=(first, silent, *others)) == [
        "附件2“承保单位数（家）”列各行之和为3，而合计为2，表下没有说明"
    ]


def test_a_list_is_numbered_without_a_gap() -> None:
    records = inspection(**EVERYTHING)
    *others, fourth, fifth = annexes(records)
    drawn = (*others, with_cell(fourth, 0, "序号", Cell(2)), fifth)
    assert found(records, drawn=drawn) == ["附件4的行数为1，而最后一行的序号为2"]


def test_parts_that_do_not_add_up_are_barred_with_the_rows_that_no_part_has() -> None:
    records = inspection(保单=THREE_UNITS)
    figures = dict(count(records, SETTINGS))
    by_industry = figures["分行业投保单位数"]
    figures["分行业投保单位数"] = replace(by_industry, parts=by_industry.parts[:4])
    problem, = problems(records, figures=figures)
    assert problem.found == "分行业投保单位数为3，而各分项之和为1"
    assert problem.related == (Place(FILE, "保单", 2), Place(FILE, "保单", 4))


def test_the_split_by_industry_is_the_number_of_units() -> None:
    records = inspection(保单=THREE_UNITS)
    figures = dict(count(records, SETTINGS))
    by_industry = figures["分行业投保单位数"]
    shorter = replace(by_industry.parts[4], value=1)
    parts = (*by_industry.parts[:4], shorter, *by_industry.parts[5:])
    figures["分行业投保单位数"] = replace(by_industry, value=2, parts=parts)
    assert "投保单位数为3，而分行业投保单位数为2" in found(records, figures=figures)


def test_faulty_policies_are_at_least_the_largest_kind_and_at_most_their_sum() -> None:
    records = inspection(问题="""
        保单号  问题类别
        P-1     未明确约定事故预防服务
        P-2     未明确约定事故预防服务
        P-2     保额与投保企业人数不匹配
    """)
    figures = dict(count(records, SETTINGS))
    faulty = figures["问题保单数"]
    for value, is_right in ((1, False), (2, True), (3, True), (4, False)):
        figures["问题保单数"] = replace(faulty, value=value)
        assert (found(records, figures=figures, letters=()) == []) is is_right


def test_a_letter_that_is_left_out_is_missed_with_its_rows() -> None:
    records = inspection(**EVERYTHING)
    letters = [letter for letter in insurer_extracts(records, SETTINGS) if letter.short_name != "丙保"]
    of_letters = {problem.where.column: problem for problem in problems(records, letters=letters)}
    assert of_letters["问题数"].found == "通报的问题数为4，而各函“问题数”相加为3"
    assert of_letters["问题数"].related == (Place(FILE, "问题", 5),)
    assert {"承保单位数", "未全员投保单位数", "保费合计"} <= set(of_letters)


def test_a_policy_of_several_insurers_is_told_to_each_and_explained() -> None:
    records = inspection(**EVERYTHING)
    letters = insurer_extracts(records, SETTINGS)
    assert sum(letter.figures["问题保单数"].value for letter in letters) == 2
    assert count(records, SETTINGS)["问题保单数"].value == 1
    assert problems(records) == ()


def test_a_letter_that_counts_a_problem_too_many_is_barred() -> None:
    records = inspection(**EVERYTHING)
    first, *others = insurer_extracts(records, SETTINGS)
    own = replace(first.figures["问题数"], value=2)
    wrong = replace(first, figures={**first.figures, "问题数": own})
    assert found(records, letters=(wrong, *others)) == [
        "通报的问题数为4，而各函“问题数”相加为5",
        "甲保函的问题数为2，而“检查发现问题清单”的行数为1",
        "甲保函各清单的行数之和为4，而反馈表的行数为3",
    ]


def test_the_premiums_of_the_letters_are_those_of_annex_2() -> None:
    records = inspection(**EVERYTHING)
    first, *others = insurer_extracts(records, SETTINGS)
    own = replace(first.figures["保费合计"], value=1)
    wrong = replace(first, figures={**first.figures, "保费合计": own})
    assert found(records, letters=(wrong, *others)) == [
        "附件2合计行“保费（元）”为300.00，而各函“保费合计”相加为240.01"
    ]
