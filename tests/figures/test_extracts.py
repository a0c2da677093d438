"""What one insurer and one area are sent: their own rows, and nobody else's."""

from dataclasses import replace
from datetime import date

from docgen.errors import Problem
from docgen.figures import (
    AreaExtract,
    InsurerExtract,
    annex_tables,
    area_extracts,
    count,
    insurer_extracts,
    shown,
)
from docgen.records import Records

from .tables import SETTINGS, doubt, inspection, printed

INSPECTED = {
    "保单": """
        保单号  承保保险公司  统一社会信用代码  被保险单位  属地
        P-1     甲保          U-1               甲站        昆山市
        P-1     甲保          U-2               乙站        昆山市
        P-1     甲保          U-3               丙站        常熟市
        P-2     乙保          U-4               丁厂        吴江区
    """,
    "抽查": "保单号\nP-1\nP-2",
    "问题": """
        问题编号  保单号  承保保险公司  问题类别                  情况说明    核实结论
        W-1       P-1     甲保          未明确约定事故预防服务    未写服务    属实
        W-2       P-2     乙保          数据录入不规范            错录行业    属实
        W-3       P-1     甲保          数据录入不规范            错录属地    撤销
        W-4       —       甲保          数据录入不规范            未设台账    属实
    """,
    "未上传保单": """
        保单号  承保保险公司  被保险单位  情形
        P-8     甲保          戊厂        未上传
        P-9     甲保          己厂        逾期上传
    """,
    "服务费用核查": """
        服务记录编号  保单号  承保保险公司  系统填报金额（元）  核实金额（元）
        F-1           P-1     甲保          800.00              500.50
        F-2           P-1     甲保          800.00              800.00
    """,
    "未全员投保": """
        单位名称  统一社会信用代码  承保保险公司  从业人员数  投保人数  属地
        庚厂      U-7               甲保          30          20        昆山市
    """,
}
RECORDS = inspection(**INSPECTED)


def extract(name: str, records: Records = RECORDS, problems: tuple[Problem, ...] = ()) -> InsurerExtract:
    found, = (own for own in insurer_extracts(records, SETTINGS, problems) if own.short_name == name)
    return found


def area(name: str, problems: tuple[Problem, ...] = ()) -> AreaExtract:
    annexes = annex_tables(RECORDS, SETTINGS, count(RECORDS, SETTINGS), problems)
    found, = (own for own in area_extracts(RECORDS, SETTINGS, annexes, problems) if own.area == name)
    return found


def test_every_insurer_of_the_sheet_has_an_extract_in_its_order() -> None:
    assert [own.short_name for own in insurer_extracts(RECORDS, SETTINGS)] == ["甲保", "乙保", "丙保"]


def test_an_insurer_without_an_addressee_is_addressed_by_its_full_name() -> None:
    assert extract("甲保").addressee == "甲保财险苏州分公司"


def test_an_insurer_has_its_own_figures_under_the_circular_s_names() -> None:
    values = {name: figure.value for name, figure in extract("甲保").figures.items()}
    assert values == {
        "承保单位数": 3,
        "抽查保单数": 1,
        "问题数": 2,
        "另定期限问题数": 0,
        "问题保单数": 1,
        "未规范使用方案保单数": 0,
        "未约定预防服务保单数": 1,
        "保额人数不符保单数": 0,
        "录入不规范保单数": 0,
        "其他类别保单数": 0,
        "未上传保单数": 1,
        "逾期上传保单数": 1,
        "服务费用不符记录数": 1,
        "保费合计": 0,
        "服务费合计": 0,
        "服务费占保费比例": 0,
        "服务费差额": 0,
        "未全员投保单位数": 1,
    }


def test_each_kind_of_row_has_its_own_table_with_a_caption() -> None:
    assert [(table.caption, len(table.rows)) for table in extract("甲保").problem_tables] == [
        ("检查发现问题清单", 2),
        ("未上传系统保单清单", 1),
        ("逾期上传系统保单清单", 1),
        ("事故预防服务费用填报不符清单", 1),
        ("未全员投保单位清单", 1),
    ]


def test_a_withdrawn_problem_is_not_listed() -> None:
    problems = extract("甲保").problem_tables[0]
    assert printed(problems, "问题编号") == [("W-1",), ("W-4",)]


def test_a_problem_names_the_insured_unit_or_how_many() -> None:
    assert printed(extract("甲保").problem_tables[0], "被保险单位") == [("甲站等3家",), ("",)]
    assert printed(extract("乙保").problem_tables[0], "被保险单位") == [("丁厂",)]


def test_a_column_that_no_row_fills_is_left_out() -> None:
    assert "整改要求" not in [column.header for column in extract("甲保").problem_tables[0].columns]
    asked = inspection(问题="问题编号 整改要求\nW-1 补录")
    assert printed(extract("甲保", asked).problem_tables[0], "整改要求") == [("补录",)]


def test_a_column_whose_only_cell_nobody_can_read_stays_and_is_marked() -> None:
    problems = (doubt("未上传保单", 2, "应上传日期"),)
    table = extract("甲保", problems=problems).problem_tables[1]
    assert printed(table, "应上传日期") == [("【待核】",)]


def test_an_insurer_without_problems_has_no_tables() -> None:
    quiet = extract("丙保")
    assert (quiet.has_problems, quiet.problem_tables, quiet.reply_table.rows) == (False, (), ())


def test_an_insurer_with_only_a_withdrawn_problem_has_none() -> None:
    assert not extract("甲保", inspection(问题="核实结论\n撤销")).has_problems


def test_the_reply_table_asks_for_every_row_by_its_own_number() -> None:
    assert printed(extract("甲保").reply_table, "序号", "类别", "问题编号", "问题概述") == [
        ("1", "未明确约定事故预防服务", "W-1", "未写服务"),
        ("2", "数据录入不规范", "W-4", "未设台账"),
        ("3", "未上传保单", "P-8", "戊厂的保单未上传系统"),
        ("4", "逾期上传保单", "P-9", "己厂的保单逾期上传系统"),
        ("5", "服务费用不符", "F-1", "系统填报800.00元，核实为500.50元"),
        ("6", "未全员投保", "U-7", "庚厂从业人员30人，投保20人"),
    ]


def test_the_reply_table_leaves_the_answers_empty_and_offers_the_outcomes() -> None:
    table = extract("甲保").reply_table
    answers = printed(table, "整改措施", "整改结果", "完成时间", "异议理由")
    assert set(answers) == {("", "", "", "")}
    outcome, = (column for column in table.columns if column.header == "整改结果")
    assert outcome.choices == ("已完成整改", "正在整改", "有异议")


FEES = """
    保单号  承保保险公司  共保角色  保费（元）  事故预防服务费（元）
    P-1     甲保          首席      60.00       11.85
    P-2     甲保          独立      40.00       7.00
    P-1     乙保          从共      40.00       8.00
"""


def test_an_insurer_below_the_share_of_the_fee_is_told_what_it_lacks() -> None:
    own = extract("甲保", inspection(保单=FEES))
    fees = ("保费合计", "服务费合计", "服务费占保费比例", "服务费差额")
    assert [shown(own.figures[name]) for name in fees] == ["100.00元", "18.85元", "18.8%", "1.15元"]
    assert {row.row for row in own.figures["服务费差额"].rows} == {2, 3}
    table, = own.problem_tables
    assert (table.caption, printed(table)) == (
        "事故预防服务费提取不足情况", [("1", "100.00", "18.85", "18.8%", "20%", "1.15")],
    )
    assert printed(own.reply_table, "类别", "问题编号", "问题概述") == [
        ("服务费提取不足", "服务费提取", "事故预防服务费占保费的18.8%，低于规定的20%"),
    ]


def test_an_insurer_at_the_share_of_the_fee_has_no_letter_for_it() -> None:
    own = extract("乙保", inspection(保单=FEES))
    assert (own.has_problems, own.figures["服务费差额"].value) == (False, 0)


def test_what_is_lacking_is_a_whole_fen_when_the_share_falls_short_by_less() -> None:
    own = extract("甲保", inspection(保单="保费（元） 事故预防服务费（元）\n0.08 0.01"))
    assert own.figures["服务费差额"].value == 1


def test_a_doubtful_premium_marks_the_share_in_figure_list_and_reply() -> None:
    own = extract("甲保", inspection(保单=FEES), (doubt("保单", 2, "保费（元）"),))
    assert shown(own.figures["服务费占保费比例"]) == "18.8%【待核】"
    assert printed(own.problem_tables[0], "占保费比例", "规定比例") == [("18.8%【待核】", "20%")]
    assert printed(own.reply_table, "问题概述")[0][0].endswith("低于规定的20%【待核】")


def test_policies_without_a_fee_are_said_under_the_insurer_s_share() -> None:
    policies = "保费（元） 事故预防服务费（元）\n100.00 20.00\n100.00 —"
    table, = extract("甲保", inspection(保单=policies)).problem_tables
    assert table.notes == ("有1份保单没有填写事故预防服务费，按0元计。",)


TERMS = "整改期限\n2024-09-13\n2024-09-20\n—"


def test_a_term_of_its_own_is_counted_and_shown_with_its_problem() -> None:
    given = replace(SETTINGS, mend_by=date(2024, 9, 13))
    own = insurer_extracts(inspection(问题=TERMS), given)[0]
    assert own.figures["另定期限问题数"].value == 1
    assert printed(own.problem_tables[0], "整改期限") == [("2024-09-13",), ("2024-09-20",), ("",)]


def test_terms_that_are_the_letter_s_own_are_not_shown_in_every_row() -> None:
    given = replace(SETTINGS, mend_by=date(2024, 9, 13))
    own = insurer_extracts(inspection(问题="整改期限\n2024-09-13\n—"), given)[0]
    assert own.figures["另定期限问题数"].value == 0
    assert "整改期限" not in [column.header for column in own.problem_tables[0].columns]


def test_an_insurer_s_policy_numbers_come_from_every_table() -> None:
    assert extract("甲保").policy_numbers == {"P-1", "P-8", "P-9"}


def test_nothing_of_another_insurer_is_in_an_extract() -> None:
    own = extract("乙保")
    tables = (*own.problem_tables, own.reply_table)
    texts = " ".join(text for table in tables for row in printed(table) for text in row)
    for foreign in ("甲", "P-1", "P-8", "F-1", "庚厂"):
        assert foreign not in texts


ONE_NUMBER = inspection(
    保单="""
        保单号  承保保险公司  共保角色  被保险单位  统一社会信用代码  属地
        P-1     甲保          独立      风筝厂      U-1               昆山市
        P-1     乙保          独立      陀螺厂      U-2               常熟市
        P-2     甲保          首席      纸船厂      U-3               昆山市
        P-2     乙保          从共      纸船厂      U-3               昆山市
    """,
    未上传保单="""
        保单号  承保保险公司  被保险单位  统一社会信用代码
        P-3     乙保          木马厂      U-4
    """,
    问题="""
        问题编号  保单号  承保保险公司
        W-1       P-1     甲保
        W-2       P-1     乙保
        W-3       P-2     乙保
        W-4       P-1     丙保
        W-5       P-3     甲保
        W-6       P-3     乙保
    """,
)


def named_to(insurer: str) -> list[tuple[str, ...]]:
    return printed(extract(insurer, ONE_NUMBER).problem_tables[0], "问题编号", "被保险单位")


def test_of_two_insurers_with_one_policy_number_each_is_told_its_own_client() -> None:
    assert named_to("甲保")[0] == ("W-1", "风筝厂")
    assert named_to("乙保")[0] == ("W-2", "陀螺厂")


def test_another_insurer_s_client_is_never_named() -> None:
    assert named_to("丙保") == [("W-4", "")]
    assert named_to("甲保")[1:] == [("W-5", "")]


def test_a_co_insured_policy_s_client_is_named_to_the_insurer_that_follows() -> None:
    assert named_to("乙保")[1:] == [("W-3", "纸船厂"), ("W-6", "木马厂")]


def test_a_problem_stands_only_in_the_areas_of_its_own_insurer_s_policy() -> None:
    annexes = annex_tables(ONE_NUMBER, SETTINGS, count(ONE_NUMBER, SETTINGS))
    extracts = {own.area: own.tables[2] for own in area_extracts(ONE_NUMBER, SETTINGS, annexes)}
    shown_in = {name: printed(extracts[name], "保单号", "被保险单位", "承保保险公司") for name in ("昆山市", "常熟市")}
    assert shown_in == {
        "昆山市": [("P-1", "风筝厂", "甲保"), ("P-2", "纸船厂", "乙保")],
        "常熟市": [("P-1", "陀螺厂", "乙保"), ("P-3", "木马厂", "乙保")],
    }


def test_a_co_insured_policy_belongs_to_each_of_its_insurers() -> None:
    shared = inspection(保单="保单号 承保保险公司 共保角色\nP-1 甲保 首席\nP-1 乙保 从共")
    assert extract("甲保", shared).policy_numbers == extract("乙保", shared).policy_numbers == {"P-1"}


def test_a_doubt_marks_the_insurer_s_figure_list_and_reply() -> None:
    own = extract("甲保", problems=(doubt("服务费用核查", 2, "核实金额（元）"),))
    assert own.figures["服务费用不符记录数"].doubts
    assert printed(own.problem_tables[3], "核实金额（元）") == [("500.50【待核】",)]
    assert printed(own.reply_table, "问题概述")[4] == ("系统填报800.00元，核实为500.50元【待核】",)


def test_another_insurer_s_doubt_leaves_the_figures_alone() -> None:
    own = extract("乙保", problems=(doubt("服务费用核查", 2, "核实金额（元）"), doubt("保单", 2)))
    assert not any(figure.doubts for figure in own.figures.values())


def test_a_doubtful_code_that_is_listed_is_marked_itself() -> None:
    own = extract("甲保", problems=(doubt("未全员投保", 2, "统一社会信用代码"),))
    assert printed(own.problem_tables[4], "单位名称", "统一社会信用代码") == [("庚厂", "U-7【待核】")]


def test_every_area_has_an_extract_in_the_settings_order() -> None:
    annexes = annex_tables(RECORDS, SETTINGS, count(RECORDS, SETTINGS))
    assert [own.area for own in area_extracts(RECORDS, SETTINGS, annexes)] == list(SETTINGS.areas)


def test_an_area_has_its_own_rows_of_annexes_3_and_4_numbered_anew() -> None:
    uninsured, underinsured, _ = area("昆山市").tables
    assert (uninsured.caption, uninsured.notes) == ("未按时续保（投保）生产经营单位清单", ("无",))
    assert printed(underinsured, "序号", "单位名称") == [("1", "庚厂")]


def test_a_problem_policy_stands_in_each_area_that_it_covers() -> None:
    headers = ("保单号", "被保险单位", "承保保险公司")
    assert printed(area("昆山市").tables[2], *headers) == [("P-1", "甲站等2家", "甲保")]
    assert printed(area("常熟市").tables[2], *headers) == [("P-1", "丙站", "甲保")]


def test_an_area_without_rows_says_so_in_every_table() -> None:
    assert [(table.rows, table.notes) for table in area("太仓市").tables] == [((), ("无",))] * 3


def test_the_records_are_left_as_they_were() -> None:
    before = {name: frame.copy() for name, frame in RECORDS.tables.items()}
    insurer_extracts(RECORDS, SETTINGS, [doubt("保单", 2)])
    annexes = annex_tables(RECORDS, SETTINGS, count(RECORDS, SETTINGS))
    area_extracts(RECORDS, SETTINGS, annexes)
    assert all(frame.equals(before[name]) for name, frame in RECORDS.tables.items())
