"""A 序号 in the settings is held against the register before a circular is made for a look."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from intake.minimal import valid, write

from docgen.errors import ExitCode
from docgen.gongwen import DocumentNumber
from docgen.register import Particulars, open_register

from .conftest import Docgen

NUMBER = DocumentNumber("甲应急", 2024, 132)
TITLE = "关于安全生产责任保险工作开展情况的通报"


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCGEN_REGISTER", str(tmp_path / "登记簿.db"))
    return tmp_path / "登记簿.db"


def record(register: Path, title: str) -> None:
    with open_register(str(register), "张示例", lambda: datetime(2024, 8, 1)) as opened:
        opened.record(NUMBER, Particulars("通报", title), [])


def look(docgen: Docgen, folder: Path) -> int:
    return docgen("circular", write(folder / "数据", valid()), "--out", folder / "输出", "--format", "docx").code


def test_a_number_that_is_another_papers_is_refused(docgen: Docgen, tmp_path: Path, register: Path) -> None:
    record(register, "关于另一件事的通报")

    shown = docgen("circular", write(tmp_path / "数据", valid()), "--out", tmp_path / "输出", "--format", "docx")

    assert shown.code == ExitCode.REGISTER
    assert "关于另一件事的通报" in shown.err
    assert not (tmp_path / "输出").exists()


def test_a_number_that_is_this_papers_own_is_not(docgen: Docgen, tmp_path: Path, register: Path) -> None:
    record(register, TITLE)

    assert look(docgen, tmp_path) == ExitCode.MADE


def test_a_void_number_is_refused_whoever_had_it(docgen: Docgen, tmp_path: Path, register: Path) -> None:
    record(register, TITLE)
    with open_register(str(register), "张示例", lambda: datetime(2024, 8, 1)) as opened:
        opened.void(NUMBER, "内容有误")

    assert look(docgen, tmp_path) == ExitCode.REGISTER


def test_a_look_makes_no_register(docgen: Docgen, tmp_path: Path, register: Path) -> None:
    assert look(docgen, tmp_path) == ExitCode.MADE
    assert not register.exists()
