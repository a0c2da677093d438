"""`docgen init`, `--annotated` and 放行 as the clerk meets them on the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from intake.minimal import put, valid, write, write_csv

from docgen.errors import ExitCode

from .conftest import Docgen

BAD = Path(__file__).parents[2] / "fixtures" / "bad"


def test_a_new_folder_is_made_and_named(docgen: Docgen, tmp_path: Path) -> None:
    shown = docgen("init", tmp_path / "下半年")

    assert shown.code == ExitCode.MADE
    for name in ("检查数据.xlsx", "发文.toml", "模板/circular.txt", "模板/insurer_letter.txt", "模板/insurer_letter_shared.txt"):
        assert name in shown.out
        assert (tmp_path / "下半年" / name).is_file()


def test_a_folder_in_use_is_refused(docgen: Docgen, tmp_path: Path) -> None:
    docgen("init", tmp_path / "下半年")
    again = docgen("init", tmp_path / "下半年")

    assert again.code == ExitCode.USAGE
    assert "不会覆盖" in again.err


def test_sampled_policies_that_the_export_lacks_are_told(docgen: Docgen, tmp_path: Path) -> None:
    write_csv(tmp_path / "导出.csv", valid()["保单"])
    write_csv(tmp_path / "抽样.csv", [["保单号"], ["P-001"], ["P-777"]])
    shown = docgen("init", tmp_path / "下半年", "--policies", tmp_path / "导出.csv", "--sample", tmp_path / "抽样.csv")

    assert shown.code == ExitCode.MADE
    assert "抽查的保单号不在保单导出里，请核对：P-777" in shown.out
    assert (tmp_path / "下半年" / "检查底稿.xlsx").is_file()


@pytest.mark.parametrize("option", ["--policies", "--sample"])
def test_a_list_that_is_not_there_is_told_and_nothing_made(docgen: Docgen, tmp_path: Path, option: str) -> None:
    shown = docgen("init", tmp_path / "下半年", option, tmp_path / "没有.xlsx")

    assert shown.code == ExitCode.USAGE
    assert "找不到 没有.xlsx" in shown.err
    assert not (tmp_path / "下半年").exists()


def test_a_list_that_cannot_be_used_is_told_with_its_cell(docgen: Docgen, tmp_path: Path) -> None:
    write_csv(tmp_path / "抽样.csv", [["保单号"], ["1.2E+17"]])
    shown = docgen("init", tmp_path / "下半年", "--sample", tmp_path / "抽样.csv")

    assert shown.code == ExitCode.BARRED
    assert "抽样.csv 工作表“抽查” A2 单元格" in shown.err
    assert not (tmp_path / "下半年").exists()


@pytest.mark.parametrize("name", ["unknown-insurer", "missing-sheet", "no-settings", "bad-check-digit"])
def test_an_annotated_workbook_is_made_barred_or_not(docgen: Docgen, tmp_path: Path, name: str) -> None:
    plain = docgen("validate", BAD / name)
    shown = docgen("validate", BAD / name, "--annotated", tmp_path / "批注.xlsx")

    assert shown.code == plain.code
    assert f"涂色、加批注的工作簿已写入：{tmp_path / '批注.xlsx'}" in shown.out
    assert "核对单" in openpyxl.load_workbook(tmp_path / "批注.xlsx").sheetnames


def test_an_unreadable_input_has_no_annotated_workbook(docgen: Docgen, tmp_path: Path) -> None:
    shown = docgen("validate", BAD / "unreadable", "--annotated", tmp_path / "批注.xlsx")

    assert shown.code == ExitCode.UNREADABLE
    assert "没有生成 批注.xlsx" in shown.err
    assert not (tmp_path / "批注.xlsx").exists()


def test_the_data_are_never_written_over(docgen: Docgen, tmp_path: Path) -> None:
    folder = write(tmp_path / "数据", valid())
    shown = docgen("validate", folder, "--annotated", folder / "批注.xlsx")

    assert shown.code == ExitCode.USAGE
    assert "会盖掉数据或者混进数据" in shown.err
    assert not (folder / "批注.xlsx").exists()


def test_a_strict_run_is_content_with_what_was_let_pass(docgen: Docgen, tmp_path: Path) -> None:
    workbook = valid()
    put(workbook, "保单", "投保人数", "十二人")
    doubtful = docgen("annexes", write(tmp_path / "前", workbook), "--out", tmp_path / "一", "--strict")
    workbook["放行"] = [["问题码", "单元格", "理由", "姓名"], ["not-a-number", "保单!H2", "原件如此", "张示例"]]
    passed = docgen("annexes", write(tmp_path / "后", workbook), "--out", tmp_path / "二", "--strict")

    assert doubtful.code == ExitCode.BARRED
    assert passed.code == ExitCode.MADE
    assert "（已放行：原件如此，张示例）" in passed.out
    assert "放行" in openpyxl.load_workbook(tmp_path / "二" / "核对单.xlsx").sheetnames
