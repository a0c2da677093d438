"""The circular accounts for what the letters handed over: from the manifest of the letters' own run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from intake.minimal import put, valid, write

from docgen.errors import ExitCode

from .conftest import Docgen


@pytest.fixture
def sent(docgen: Docgen, tmp_path: Path) -> Path:
    """An output folder with the letters of the minimal data."""
    data = write(tmp_path / "发函时", valid())
    assert docgen("notices", data, "--out", tmp_path / "输出", "--format", "docx").code == ExitCode.MADE
    return tmp_path / "输出"


def test_a_circular_into_the_letters_folder_is_held_against_them(docgen: Docgen, sent: Path, tmp_path: Path) -> None:
    workbook = valid()
    put(workbook, "问题", "问题编号", "W-换了号")
    ended = docgen("circular", write(tmp_path / "通报时", workbook), "--out", sent, "--format", "docx")

    assert ended.code == ExitCode.MADE
    assert "交办 1 − 撤销 0 + 新增 1，通报 1 个问题" in ended.out.replace("\n", "")
    assert "已在函里交办" in ended.out
    figures = json.loads((sent / "通报数据来源.json").read_text(encoding="utf-8"))["数"]
    assert {"交办问题数": 1, "交办后新增数": 1}.items() <= {figure["名称"]: figure["数值"] for figure in figures}.items()


def test_an_upheld_objection_leaves_nothing_to_say(docgen: Docgen, sent: Path, tmp_path: Path) -> None:
    workbook = valid()
    put(workbook, "问题", "核实结论", "撤销")
    ended = docgen("figures", write(tmp_path / "通报时", workbook), "--letters", sent / "函数据来源.json", "--json")

    figures = {figure["名称"]: figure["数值"] for figure in json.loads(ended.out)}
    assert [figures[name] for name in ("交办问题数", "核实撤销数", "交办后新增数", "通报问题数")] == [1, 1, 0, 0]


def test_a_file_that_is_not_the_letters_manifest_is_refused(docgen: Docgen, sent: Path, tmp_path: Path) -> None:
    data = write(tmp_path / "通报时", valid())
    assert docgen("circular", data, "--out", sent, "--format", "docx").code == ExitCode.MADE
    ended = docgen("validate", data, "--letters", sent / "通报数据来源.json")

    assert ended.code == ExitCode.UNREADABLE
    assert "是通报的数据来源，不是函的" in ended.err
