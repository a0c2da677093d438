"""The five annexes: what stands in their cells, and what marks it."""

from dataclasses import replace
from decimal import Decimal

from docgen.errors import Problem
from docgen.figures import AnnexTable, annex_tables, count
from docgen.gongwen import Table
from docgen.records import Records
from docgen.settings import Settings

from .tables import SETTINGS, doubt, inspection, printed, total

SAMPLING = replace(SETTINGS, shows_sampling=True)


def annexes(
    records: Records, settings: Settings = SETTINGS, problems: tuple[Problem, ...] = ()
) -> tuple[AnnexTable, ...]:
    return annex_tables(records, settings, count(records, settings, problems), problems)


def annex(
    number: int, records: Records, settings: Settings = SETTINGS, problems: tuple[Problem, ...] = ()
) -> Table:
    return annexes(records, settings, problems)[number - 1].tables[0]


THREE_UNITS = """
    属地    行业类别  投保人数
    昆山市  加油站    5
    常熟市  医药      10
    昆山市  加油站    20
"""


def test_annex_1_counts_units_by_area_and_industry() -> None:
    table = annex(1, inspection(保单=THREE_UNITS))
    assert printed(table, "属地", "医药", "加油站", "合计", "投保人数")[1:4] == [
        ("常熟市", "1", "0", "1", "10"),
        ("太仓市", "0", "0", "0", "0"),
        ("昆山市", "0", "2", "2", "25"),
    ]


def test_annex_1_lists_every_area_in_the_settings_order() -> None:
    assert [row[0] for row in printed(annex(1, inspection()), "属地")] == list(SETTINGS.areas)


def test_annex_1_totals_every_column() -> None:
    table = annex(1, inspection(保单=THREE_UNITS))
    totals = [total(table, header) for header in ("医药", "加油站", "合计", "投保人数")]
    assert totals == ["1", "2", "3", "35"]


def test_an_area_that_the_settings_lack_is_a_row_to_verify() -> None:
    table = annex(1, inspection(保单="属地\n开发区"))
    assert printed(table, "序号", "属地", "合计")[-1] == ("11", "【待核】", "1")


def test_a_unit_in_two_areas_stands_in_its_first_and_a_note_says_so() -> None:
    table = annex(1, inspection(保单="""
        统一社会信用代码  属地
        U-1               昆山市
        U-1               常熟市
    """))
    assert (total(table, "合计"), printed(table, "属地", "合计")[3]) == ("1", ("昆山市", "1"))
    assert table.notes == ("有1家单位在两个以上属地投保，计入其首份保单的属地。",)


def test_a_doubtful_industry_marks_its_cell_and_the_totals_that_hold_it() -> None:
    problem = doubt("保单", 2, "行业类别")
    table = annex(1, inspection(保单=THREE_UNITS), problems=(problem,))
    kunshan = printed(table, "医药", "加油站", "合计", "投保人数")[3]
    assert kunshan == ("0", "2【待核】", "2【待核】", "25")
    totals = [total(table, header) for header in ("医药", "加油站", "合计")]
    assert totals == ["1", "2【待核】", "3【待核】"]


TWO_INSURERS = """
    保单号  承保保险公司  统一社会信用代码  投保人数  保费（元）  事故预防服务费（元）
    P-1     丙保          U-1               10        1000.00     200.00
    P-2     甲保          U-2               20        500.00      99.99
    P-3     甲保          U-2               30        500.00      100.00
"""


def test_annex_2_counts_by_insurer_in_the_order_of_the_sheet() -> None:
    assert printed(annex(2, inspection(保单=TWO_INSURERS))) == [
        ("1", "甲保", "1", "50", "1000.00", "199.99", "19.9%↓"),
        ("2", "丙保", "1", "10", "1000.00", "200.00", "20.0%"),
    ]


def test_annex_2_says_what_its_mark_means() -> None:
    assert annex(2, inspection(保单=TWO_INSURERS)).notes == ("“↓”表示占保费比例低于规定的20%。",)


def test_annex_2_without_a_low_share_explains_no_mark() -> None:
    paid = "保费（元） 事故预防服务费（元）\n100.00 20.00"
    assert annex(2, inspection(保单=paid)).notes == ()


def test_a_share_is_cut_before_it_is_handed_over_so_that_paper_and_spreadsheet_agree() -> None:
    table = annex(2, inspection(保单="保费（元） 事故预防服务费（元）\n100.00 18.85"))
    assert printed(table, "占保费比例") == [("18.8%↓",)]
    assert [row[6].value for row in (*table.rows, table.total)] == [Decimal("0.188")] * 2


def test_a_share_just_below_the_rule_is_marked_and_never_reads_as_the_rule() -> None:
    table = annex(2, inspection(保单="保费（元） 事故预防服务费（元）\n10000.00 1999.99"))
    assert printed(table, "占保费比例") == [("19.9%↓",)]


def test_policies_without_a_fee_are_said_under_annex_2() -> None:
    table = annex(2, inspection(保单="""
        承保保险公司  保费（元）  事故预防服务费（元）
        甲保          100.00      —
        乙保          100.00      50.00
        乙保          100.00      —
    """))
    assert printed(table, "保险公司", "占保费比例") == [("甲保", ""), ("乙保", "25.0%")]
    assert total(table, "占保费比例") == ""
    assert table.notes == (
        "有2份保单没有填写事故预防服务费，按0元计。",
        "各份保单都没有填写事故预防服务费的公司，不计占保费比例。",
    )


def test_an_insurer_without_premium_has_no_share() -> None:
    assert printed(annex(2, inspection(保单="保费（元）\n—")), "保费（元）", "占保费比例") == [("0.00", "")]


CO_INSURED = """
    保单号  统一社会信用代码  承保保险公司  共保角色  投保人数  保费（元）
    P-1     U-1               甲保          首席      10        600.00
    P-1     U-1               乙保          从共      10        400.00
"""


def test_a_co_insurer_has_its_share_of_the_premium_but_no_unit() -> None:
    headers = ("保险公司", "承保单位数（家）", "保障从业人员数（人）", "保费（元）")
    table = annex(2, inspection(保单=CO_INSURED))
    assert printed(table, *headers) == [("甲保", "1", "10", "600.00"), ("乙保", "0", "0", "400.00")]
    assert total(table, "保费（元）") == "1000.00"


def test_a_unit_of_two_insurers_counts_once_in_the_total_and_a_note_says_why() -> None:
    table = annex(2, inspection(保单="""
        统一社会信用代码  承保保险公司  事故预防服务费（元）
        U-1               甲保          —
        U-1               乙保          —
    """))
    assert total(table, "承保单位数（家）") == "1"
    assert table.notes == (
        "承保单位数（家）各公司相加为2，合计为1：有单位由两家以上公司承保，合计按单位去重。",
    )


SAMPLED = {
    "保单": CO_INSURED,
    "抽查": "保单号\nP-1",
    "问题": "保单号 承保保险公司 问题类别\nP-1 甲保 未明确约定事故预防服务",
}


def test_annex_2_shows_the_sampling_only_when_the_settings_ask_for_it() -> None:
    assert "抽查保单数" not in [column.header for column in annex(2, inspection(**SAMPLED)).columns]
    table = annex(2, inspection(**SAMPLED), SAMPLING)
    assert printed(table, "保险公司", "抽查保单数", "问题保单数") == [("甲保", "1", "1"), ("乙保", "0", "0")]


def test_a_sampled_policy_of_no_listed_insurer_is_in_the_total_and_a_note_says_so() -> None:
    table = annex(2, inspection(保单="保单号\nP-1", 抽查="保单号\nP-1\nP-9"), SAMPLING)
    assert total(table, "抽查保单数") == "2"
    assert table.notes == ("抽查保单数各公司相加为1，合计为2：合计中有不属于表中所列公司的保单。",)


def test_a_doubtful_premium_marks_its_insurer_s_cell_its_share_and_the_total() -> None:
    table = annex(2, inspection(保单=TWO_INSURERS), problems=(doubt("保单", 2, "保费（元）"),))
    assert printed(table, "保费（元）", "占保费比例") == [
        ("1000.00", "19.9%↓"), ("1000.00【待核】", "20.0%【待核】"),
    ]
    assert total(table, "保费（元）") == "2000.00【待核】"


def test_annex_3_groups_by_area_and_keeps_the_rows_order_within() -> None:
    table = annex(3, inspection(应保未保="""
        单位名称  属地      原保险止期
        甲厂      昆山市    2024-03-31
        乙厂      张家港市  —
        丙厂      昆山市    —
    """))
    assert printed(table, "序号", "属地", "单位名称", "原保险止期") == [
        ("1", "张家港市", "乙厂", ""), ("2", "昆山市", "甲厂", "2024-03-31"), ("3", "昆山市", "丙厂", ""),
    ]


def test_annex_4_shows_employed_and_insured() -> None:
    table = annex(4, inspection(未全员投保="单位名称 从业人员数 投保人数\n甲厂 20 15"))
    assert printed(table, "单位名称", "从业人员数", "投保人数") == [("甲厂", "20", "15")]


def test_a_doubtful_cell_of_a_list_is_marked_and_only_it() -> None:
    units = "单位名称 从业人员数 投保人数\n甲厂 20 20\n乙厂 20 10"
    table = annex(4, inspection(未全员投保=units), problems=(doubt("未全员投保", 2, "投保人数"),))
    assert printed(table, "单位名称", "投保人数") == [("甲厂", "20【待核】"), ("乙厂", "10")]


def test_a_doubt_about_a_whole_row_marks_its_name() -> None:
    table = annex(3, inspection(应保未保="单位名称\n甲厂"), problems=(doubt("应保未保", 2),))
    assert printed(table, "属地", "单位名称") == [("常熟市", "甲厂【待核】")]


def test_a_doubt_about_a_code_that_is_not_listed_marks_the_name() -> None:
    problem = doubt("应保未保", 2, "统一社会信用代码")
    table = annex(3, inspection(应保未保="单位名称\n甲厂"), problems=(problem,))
    assert printed(table, "单位名称") == [("甲厂【待核】",)]


def test_a_value_that_is_only_to_be_verified_says_so_once() -> None:
    table = annex(3, inspection(应保未保="属地\n【待核】"), problems=(doubt("应保未保", 2, "属地"),))
    assert printed(table, "属地") == [("【待核】",)]


def test_annex_5_lists_what_is_missing_by_insurer() -> None:
    missing = "保单号 承保保险公司\nP-1 乙保\nP-2 甲保"
    assert printed(annex(5, inspection(未上传保单=missing)), "序号", "保险公司", "保单号") == [
        ("1", "甲保", "P-2"), ("2", "乙保", "P-1"),
    ]


def test_annex_5_lists_late_uploads_in_a_table_of_their_own() -> None:
    missing = "保单号 情形\nP-1 逾期上传\nP-2 未上传"
    first, second = annexes(inspection(未上传保单=missing))[4].tables
    assert (printed(first, "保单号"), printed(second, "保单号")) == ([("P-2",)], [("P-1",)])
    assert (first.caption, second.caption) == ("一、未上传系统的保单", "二、逾期上传系统的保单")


def test_an_empty_list_says_that_there_is_nothing() -> None:
    for number in (3, 4, 5):
        table = annex(number, inspection())
        assert (table.rows, table.notes) == ((), ("无",))


def test_every_list_fits_the_type_area() -> None:
    for number in (3, 4, 5):
        assert sum(column.width for column in annex(number, inspection()).columns) <= 42
