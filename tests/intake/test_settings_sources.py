"""Where the settings come from, and when two sources of them disagree."""

import pytest

from docgen.errors import Unreadable, UsageError
from docgen.intake import read_input

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


def test_two_sources_that_differ_bar_and_each_item_is_named_with_both_contents(tmp_path):
    workbook = with_sheet()
    workbook["发文信息"][4][1] = "133"
    workbook["发文信息"].append(["联系人", "甲科员"])
    intake = read_input(write(tmp_path, workbook))
    assert intake.settings is None
    assert [problem.found for problem in intake.problems] == [
        "“序号”在 发文.toml 里是“132”，在工作表“发文信息”里是“133”",
        "“联系人”在 发文.toml 里没有写，在工作表“发文信息”里是“甲科员”",
    ]


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
