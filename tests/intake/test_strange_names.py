"""A name that cannot be printed never stops the reading: 〓 stands in every message for what it holds."""

import os

import pytest

from docgen.intake import read_input
from docgen.intake.codes import printable

from .minimal import SETTINGS, put, valid, write, write_csv

CHARACTERS = ["\x01", "\u202e", "\ud800", "\ufdd0"]


def said(intake):
    """Give the one problem of an input, as it would be printed in UTF-8."""
    (problem,) = intake.problems
    return str(problem).encode("utf-8").decode("utf-8")


@pytest.mark.parametrize("char", CHARACTERS, ids=ascii)
def test_a_name_is_printable_once_its_bad_characters_are_replaced(char):
    assert printable(f"保{char}单 一") == "保〓单 一"


@pytest.mark.parametrize("char", ["\x01", "\u202e", "\ufdd0"])
def test_a_header_with_a_bad_character_is_an_extra_column(tmp_path, char):
    workbook = valid()
    put(workbook, "抽查", f"抽查{char}地点", "三楼会议室")
    assert "“抽查〓地点”列没有用到" in said(read_input(write(tmp_path, workbook)))


def test_a_file_that_bears_a_bad_name_is_named_without_it(tmp_path):
    write(tmp_path, valid())
    strange = os.fsdecode(os.fsencode(tmp_path / "填表") + b"\xff\x01.csv")
    try:
        write_csv(tmp_path / strange, [["先填保单"]])
    except OSError:  # A file system that refuses such names leads nobody into this.
        return
    assert "填表〓〓.csv" in said(read_input(tmp_path))


def test_a_setting_with_a_bad_character_in_its_name_is_unknown(tmp_path):
    settings = SETTINGS + '"抄送\\u202E机构" = "甲市人民政府"\n'
    assert "不认识的项目“抄送〓机构”" in said(read_input(write(tmp_path, valid(), settings)))
