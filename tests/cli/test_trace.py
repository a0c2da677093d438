"""docgen trace as the clerk sees it: rows on screen, rows in a workbook, a number of a paper, what is told when wrong."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from intake.minimal import valid, write

from docgen.errors import ExitCode

from .conftest import Docgen

ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "数据", valid())


def test_a_figure_is_shown_with_its_rows(docgen: Docgen, data: Path) -> None:
    shown = docgen("trace", data, "投保单位数")

    assert shown.code == ExitCode.MADE
    assert shown.out.startswith("投保单位数：2家\n怎样数的：2024年8月9日在保的有效保单")
    for told in ("来自 2 行。", "保单.csv", "P-001", "甲市纸船冶炼厂", "91320500MA00000010"):
        assert told in shown.out


def test_twenty_rows_are_shown_and_the_rest_counted(docgen: Docgen, tmp_path: Path) -> None:
    workbook = valid()
    for number in range(27):
        workbook["抽查"].append([f"P-1{number:02d}", "2024-07-01"])
    shown = docgen("trace", write(tmp_path / "数据", workbook), "抽查保单数", "--xlsx", tmp_path / "来源行.xlsx")

    assert len([line for line in shown.out.splitlines() if line.startswith("│ 抽查.csv")]) == 20
    assert "待核：……另有 17 处" in shown.out
    assert "……“抽查”另有 8 行，加 --xlsx 来源行.xlsx 可得全部" in shown.out
    assert "全部行已写入" in shown.out
    assert openpyxl.load_workbook(tmp_path / "来源行.xlsx")["抽查"].max_row == 30


def test_a_figure_of_none_says_so(docgen: Docgen, data: Path) -> None:
    assert "没有一行数到它。" in docgen("trace", data, "问题保单数").out


def test_a_doubt_about_a_figure_is_said(docgen: Docgen, tmp_path: Path) -> None:
    workbook = valid()
    workbook["保单"][1][4] = "91320500MA00000011"
    shown = docgen("trace", write(tmp_path / "数据", workbook), "投保单位数")

    assert "投保单位数：2家【待核】" in shown.out
    assert "待核：保单.csv 工作表“保单” E2 单元格" in shown.out


def test_an_unknown_name_is_told_with_all_names(docgen: Docgen, data: Path) -> None:
    shown = docgen("trace", data, "投保单位数量")

    assert shown.code == ExitCode.USAGE
    assert "没有“投保单位数量”这个数，最接近的是“投保单位数”" in shown.err
    assert "保障从业人员数" in shown.err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--xlsx", "来源行.docx"], "--xlsx 写的是“来源行.docx”"),
        (["--xlsx", "数据/来源行.xlsx"], "放数据的文件夹"),
        (["--manifest", "通报数据来源.json"], "--manifest 只在查公文时用"),
    ],
)
def test_a_wrong_place_is_told_before_any_work(
    docgen: Docgen, data: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], found: str
) -> None:
    monkeypatch.chdir(data.parent)
    shown = docgen("trace", "数据", "投保单位数", *words)

    assert shown.code == ExitCode.USAGE
    assert found in shown.err
    assert "\n处理：" in shown.err
    assert shown.out == ""


def test_a_number_of_a_paper_is_traced(docgen: Docgen, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    docgen("circular", "数据", "--out", "输出", "--format", "docx,pdf")
    shown = docgen("trace", "输出/通报.pdf:2", "有 2家", "--xlsx", "来源行.xlsx")

    assert shown.code == ExitCode.MADE
    assert "第 2 页，正文，模板 circular.txt 第 " in shown.out
    assert "投保单位数：2家" in shown.out
    assert "来自：保单.csv 工作表“保单” 第 2—3 行" in shown.out
    assert "看各行内容：docgen trace 放数据的文件夹 投保单位数" in shown.out
    assert Path("来源行.xlsx").exists()
    elsewhere = docgen("trace", "输出/通报.pdf:1", "有2家")
    assert (elsewhere.code, "它在第 2 页" in elsewhere.err) == (ExitCode.USAGE, True)
    typed = docgen("trace", "输出/通报.docx", "第一百零九条")
    assert (typed.code, "手写的字" in typed.out) == (ExitCode.MADE, True)
    several = docgen("trace", "输出/通报.docx", "1家单位")
    assert "“1家单位”有 5 处，是 2 个不同的数：" in several.out
    assert "，同上。" in several.out


def test_a_paper_that_is_not_there_is_told(docgen: Docgen, tmp_path: Path) -> None:
    shown = docgen("trace", f"{tmp_path / '没有.pdf'}:2", "141份")

    assert shown.code == ExitCode.USAGE
    assert "找不到公文" in shown.err


def test_settings_are_for_data_only(docgen: Docgen, tmp_path: Path) -> None:
    shown = docgen("trace", tmp_path / "通报.pdf", "141份", "--settings", tmp_path / "发文.toml")

    assert shown.code == ExitCode.USAGE
    assert "--settings 只在查数据时用" in shown.err


def test_a_wrong_kind_of_file_is_unreadable(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"no paper")
    shown = docgen("trace", tmp_path / "坏.pdf", "141份")

    assert shown.code == ExitCode.UNREADABLE
    assert "不是 PDF" in shown.err
