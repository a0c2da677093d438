"""Where the settings come from, and when two sources of them disagree."""

import pytest

from docgen.errors import Severity, Unreadable, UsageError
from docgen.intake import read_input
from docgen.intake.characters import Characters
from docgen.intake.settings_sources import from_sheets, read_settings
from docgen.intake.sheets import RawSheet, Uncalculated

from .minimal import SETTINGS, valid, write

SHEET = [
    ["项目", "内容"],
    ["发文机关", "甲市应急管理局；甲市金融监管分局"],
    ["机关代字", "甲应急"],
    ["年份", "2024"],
    ["序号", "132"],
    ["标题", "关于安全生产责任保险工作开展情况的通报"],
    ["主送机关", "各县（市、区）应急管理局"],
    ["数据截止日期", "2024年8月9日"],
    ["统计期间", "2024年上半年"],
]


def with_sheet():
    workbook = valid()
    workbook["发文信息"] = [list(row) for row in SHEET]
    return workbook


def test_the_sheet_means_what_the_file_means(tmp_path):
    from_file = read_input(write(tmp_path / "file", valid())).settings
    from_sheet = read_input(write(tmp_path / "sheet", with_sheet(), settings=None))
    assert from_sheet.problems == ()
    assert from_sheet.settings == from_file


def test_two_sources_that_mean_the_same_are_fine(tmp_path):
    assert read_input(write(tmp_path, with_sheet())).problems == ()


def test_two_sources_that_differ_bar_and_the_item_is_named_with_both_contents(tmp_path):
    workbook = with_sheet()
    workbook["发文信息"][4][1] = "133"
    intake = read_input(write(tmp_path, workbook))
    assert intake.settings is None
    barring = [problem.found for problem in intake.problems if problem.severity is Severity.BARRING]
    assert barring == ["“序号”在 发文.toml 里是“132”，在工作表“发文信息”里是“133”"]


def test_what_only_one_source_writes_counts(tmp_path):
    workbook = with_sheet()
    workbook["发文信息"] = [SHEET[0], ["联系人", "甲科员"], ["序号", ""]]
    intake = read_input(write(tmp_path, workbook))
    assert intake.problems == ()
    assert (intake.settings.contact, intake.settings.serial) == ("甲科员", 132)


def test_an_item_that_is_blank_in_the_file_may_stand_in_the_sheet(tmp_path):
    settings = SETTINGS.replace('"机关代字" = "甲应急"', '"机关代字" = ""')
    assert read_input(write(tmp_path, with_sheet(), settings)).settings.agency_code == "甲应急"


def test_two_forms_of_one_day_are_the_same_day(tmp_path):
    workbook = with_sheet()
    workbook["发文信息"].append(["成文日期", "2024.8.20"])
    assert read_input(write(tmp_path, workbook, SETTINGS + '"成文日期" = 2024-08-20\n')).problems == ()


def test_what_one_source_writes_wrongly_is_said_where_it_stands(tmp_path):
    workbook = with_sheet()
    workbook["发文信息"] = [SHEET[0], ["整改期限", "下个月"]]
    problem = read_input(write(tmp_path, workbook)).problems[0]
    assert (problem.code, problem.where.file, problem.where.cell) == ("wrong-setting", "发文信息.csv", "B2")


def test_a_formula_without_its_value_in_the_settings_bars_at_its_cell():
    rows = [["项目", "内容"], ["年份", Uncalculated("=YEAR(B8)")]]
    source = from_sheets([RawSheet("发文.xlsx", "发文信息", "发文信息", rows)])
    read = read_settings([source], "发文.xlsx", Characters(lambda text: ()))
    assert read.settings is None
    assert (read.problems[0].code, read.problems[0].where.cell) == ("uncalculated", "B2")


def test_a_day_stored_as_a_number_in_the_settings_is_a_day_with_a_notice():
    rows = [list(row) for row in SHEET]
    rows[7][1] = 45513.0
    source = from_sheets([RawSheet("发文.xlsx", "发文信息", "发文信息", rows, hidden_rows=frozenset((8,)))])
    read = read_settings([source], "发文.xlsx", Characters(lambda text: ()))
    assert str(read.settings.cutoff) == "2024-08-09"
    assert [(problem.code, problem.severity) for problem in read.problems] == [
        ("hidden-rows", Severity.NOTICE),
        ("date-form", Severity.NOTICE),
    ]
    assert "已按 2024-08-09 采用" in read.problems[1].found


def test_a_title_keeps_its_break_in_the_sheet(tmp_path):
    workbook = with_sheet()
    workbook["发文信息"][5][1] = "关于安全生产责任保险\n工作开展情况的通报"
    intake = read_input(write(tmp_path, workbook, settings=None))
    assert intake.problems == ()
    assert intake.settings.title == "关于安全生产责任保险\n工作开展情况的通报"


def test_the_settings_file_that_is_named_is_used(tmp_path):
    folder = write(tmp_path / "folder", valid())
    other = tmp_path / "另一份.toml"
    other.write_text(SETTINGS.replace("132", "140"), encoding="utf-8")
    assert read_input(folder, other).settings.serial == 140


def test_a_settings_file_that_is_not_there_is_the_operators_error(tmp_path):
    with pytest.raises(UsageError, match=r"没有\.toml"):
        read_input(write(tmp_path, valid()), tmp_path / "没有.toml")


def test_an_unreadable_settings_file_is_named_with_the_other_unreadable_files(tmp_path):
    folder = write(tmp_path, valid(), settings='"标题" = 关于\n')
    (folder / "保单-空.xlsx").write_bytes(b"")
    with pytest.raises(Unreadable) as raised:
        read_input(folder)
    assert "发文.toml 第 1 行" in raised.value.message
    assert "保单-空.xlsx" in raised.value.message


@pytest.mark.parametrize(
    ("typed", "read", "code"),
    [
        ("甲\t科", "甲 科", "line-break"),
        ("甲\x85科", "甲〓科", "control-character"),
        ("甲\x0b科", "甲〓科", "control-character"),
    ],
)
def test_a_blank_or_control_in_a_setting_is_never_dropped_in_silence(tmp_path, typed, read, code):
    workbook = with_sheet()
    workbook["发文信息"].append(["联系人", typed])
    intake = read_input(write(tmp_path, workbook, settings=None))
    assert intake.settings.contact == read
    assert [(problem.code, problem.where.cell) for problem in intake.problems] == [(code, "B10")]


def test_a_mended_setting_says_all_that_was_mended(tmp_path):
    workbook = with_sheet()
    workbook["发文信息"].append(["联系人", "甲\u202e科１２"])
    intake = read_input(write(tmp_path, workbook, settings=None))
    assert intake.settings.contact == "甲〓科12"
    assert [problem.code for problem in intake.problems] == ["control-character", "full-width"]


def test_an_unknown_profile_bars_at_its_line_and_the_profiles_are_listed(tmp_path):
    intake = read_input(write(tmp_path, valid(), SETTINGS + '"版式" = "visaul"\n'))
    problem = intake.problems[0]
    assert intake.settings is None
    assert (problem.code, problem.severity, problem.where.line) == ("wrong-setting", Severity.BARRING, 9)
    assert "“visaul”" in problem.found
    assert problem.expected == "不写（按国家标准），或 visual"


def test_a_profile_of_the_stylesheet_is_taken(tmp_path):
    assert read_input(write(tmp_path, valid(), SETTINGS + '"版式" = "visual"\n')).settings.profile == "visual"


OFFICE_LISTS = """\
"属地" = ["东山区", "西山区"]
"行业类别" = ["甲类", "乙类"]
"问题类别" = ["丙种"]
"计入问题保单" = ["丙种"]
"""


def by_the_offices_lists():
    """Give rows whose 属地, 行业类别 and 问题类别 are the office's own."""
    workbook = valid()
    own = {"属地": "东山区", "行业类别": "甲类", "问题类别": "丙种"}
    for sheet in workbook.values():
        for at, header in enumerate(sheet[0]):
            for row in sheet[1:]:
                row[at] = own.get(header, row[at])
    return workbook


def test_rows_of_the_offices_own_lists_are_right(tmp_path):
    assert read_input(write(tmp_path, by_the_offices_lists(), SETTINGS + OFFICE_LISTS)).problems == ()


@pytest.mark.parametrize("fault", ['"紧急程度" = "平急"', '"版式" = "visuall"'])
def test_a_fault_elsewhere_in_the_settings_leaves_their_lists_and_day_in_use(tmp_path, fault):
    intake = read_input(write(tmp_path, by_the_offices_lists(), f"{SETTINGS}{OFFICE_LISTS}{fault}\n"))
    assert intake.settings is None
    assert [problem.code for problem in intake.problems] == ["wrong-setting"]


@pytest.mark.parametrize(
    ("right", "faulty", "item", "unjudged"),
    [
        ('["东山区", "西山区"]', '["东山区", true]', "属地", "属地是否在属地表里"),
        ('["甲类", "乙类"]', "[true]", "行业类别", "行业类别是否在类别表里"),
        ('"问题类别" = ["丙种"]', '"问题类别" = [true]', "问题类别", "问题类别是否在类别表里"),
        ("2024-08-09", '"八月"', "数据截止日期", "应保未保单位是否另有在保保单"),
    ],
)
def test_by_an_item_that_cannot_be_read_no_row_is_judged_and_that_is_said_once(
    tmp_path, right, faulty, item, unjudged
):
    settings = (SETTINGS + OFFICE_LISTS).replace(right, faulty)
    problems = read_input(write(tmp_path, by_the_offices_lists(), settings)).problems
    assert [problem.code for problem in problems] == ["wrong-setting", "unchecked"]
    assert problems[1].where == problems[0].where
    assert problems[1].found == f"“{item}”有误，未检查：{unjudged}"
    assert problems[1].expected == f"写对项目“{item}”"


def test_lists_of_two_sources_that_differ_judge_no_row(tmp_path):
    workbook = by_the_offices_lists()
    workbook["发文信息"] = [["项目", "内容"], ["属地", "东山区；南山区"]]
    problems = read_input(write(tmp_path, workbook, SETTINGS + OFFICE_LISTS)).problems
    assert [problem.code for problem in problems] == ["settings-conflict", "unchecked"]


def test_without_any_settings_no_row_is_judged_by_a_list(tmp_path):
    problems = read_input(write(tmp_path, by_the_offices_lists(), settings=None)).problems
    assert [problem.code for problem in problems] == ["no-settings", "unchecked"]
