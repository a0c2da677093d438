"""What the clerk reads of the fonts of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.cli.show import show_fonts
from docgen.issuing.doctor import Substituted

from .conftest import Docgen

FIXTURES = Path(__file__).parents[2] / "fixtures"
ASKED = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")


def test_a_stand_in_is_named_and_what_word_will_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    show_fonts(Substituted((("仿宋", "FandolFang-Regular", "仿宋_GB2312"),), ASKED, "", "NotoSerifCJKsc-Regular"))

    shown = capsys.readouterr().out
    assert "PDF 用了替代字体：仿宋 FandolFang-Regular，代替仿宋_GB2312。" in shown
    assert "DOCX 里写的是方正小标宋简体、仿宋_GB2312、楷体_GB2312、黑体、宋体" in shown


def test_borrowed_characters_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    show_fonts(Substituted((), ASKED, "堃昇", "NotoSerifCJKsc-Regular"))

    assert "PDF 由 NotoSerifCJKsc-Regular 补：堃、昇。" in capsys.readouterr().out


def test_with_official_fonts_that_have_every_character_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    show_fonts(Substituted((), ASKED, "", ""))

    assert capsys.readouterr().out == ""


def test_a_run_of_papers_names_the_characters_that_were_borrowed(docgen: Docgen, tmp_path: Path) -> None:
    shown = docgen("circular", FIXTURES / "messy", "--out", tmp_path / "out", "--format", "docx")

    assert "有字是所用字体没有的" in shown.out


def test_a_run_of_workbooks_says_nothing_of_fonts(docgen: Docgen, tmp_path: Path) -> None:
    shown = docgen("annexes", FIXTURES / "messy", "--out", tmp_path / "out")

    assert "字体" not in shown.out
