"""How a CSV is encoded and separated is found out, or the file is refused."""

import pytest

from docgen.errors import Unreadable
from docgen.intake.csv_files import read_csv

TEXT = "保单号,抽查日期\nP-001,2024-07-01\n"
ROWS = [["保单号", "抽查日期"], ["P-001", "2024-07-01"]]


def read(tmp_path, raw):
    (tmp_path / "抽查.csv").write_bytes(raw)
    return read_csv(tmp_path / "抽查.csv", "抽查.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
def test_the_encodings_and_separators_of_offices_are_read(tmp_path, encoding, separator):
    assert read(tmp_path, TEXT.replace(",", separator).encode(encoding)) == ROWS


def test_big_endian_utf_16_with_its_mark_is_read(tmp_path):
    assert read(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be")) == ROWS


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("保单号,抽查日期,被保险单位\n".encode() + b"\xff,2024-07-01\n", "第 2 行有损坏的字节"),
        ("保单号\n被保险单位\n甲市某某公司".encode()[:-1], "第 3 行有损坏的字节"),
        ("保單號,被保險單位,統一社會信用代碼,從業人員數".encode("big5"), "既不是 UTF-8 也不是 GB18030"),
        (TEXT.encode("utf-16-le"), "既不是 UTF-8 也不是 GB18030"),
        ('保单号,备注\nP-1,"没有合上\nP-2,\n'.encode(), "不合 CSV 写法"),
        ("保单号\t备注;说明\n".encode(), "不知道以哪一个分列"),
    ],
    ids=["damaged", "cut-short", "big5", "utf-16-without-mark", "quote", "two-separators"],
)
def test_a_file_that_is_not_surely_understood_is_refused(tmp_path, raw, message):
    with pytest.raises(Unreadable, match=message) as raised:
        read(tmp_path, raw)
    assert raised.value.remedy
