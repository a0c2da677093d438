"""docgen register as a clerk uses it: what is shown, what is refused, where it looks."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from docgen.errors import ExitCode
from docgen.register import IssuedFile, Source, open_register
from tests.register.papers import given, number

from .conftest import Docgen


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the register is, by the environment."""
    monkeypatch.setenv("DOCGEN_REGISTER", str(tmp_path / "登记簿.db"))
    return tmp_path / "登记簿.db"


@pytest.fixture
def filled(place: Path) -> Path:
    """A register with one paper that is out and one that is not."""
    with open_register(None, "李示例", lambda: datetime(2024, 12, 19, 15, 30)) as register:
        register.take("函-1", given(甲山=30, 乙水=31), Source.OFFICE)
        register.mark_issued("函-1", "甲山", [IssuedFile("正本/01 甲山财险/函.pdf", "a" * 64, "甲山财险")])
    return place


def test_the_list_shows_numbers_with_their_papers(docgen: Docgen, filled: Path) -> None:
    shown = docgen("register", "list")

    assert shown.code == ExitCode.MADE
    assert "苏应急函〔2024〕30号" in shown.out
    assert "关于整改安全生产责任保险问题的函" in shown.out
    assert "共 2 个号" in shown.out
    assert f"登记簿：{filled}" in shown.out


def test_the_list_can_be_of_one_series_and_year(docgen: Docgen, filled: Path) -> None:
    assert "共 0 个号" in docgen("register", "list", "--series", "苏应急", "--year", "2024").out
    assert "共 2 个号" in docgen("register", "list", "--series", "苏应急函", "--year", "2024").out
    assert "--year 应写数字" in docgen("register", "list", "--year", "今年").err


def test_the_list_as_json_holds_everything(docgen: Docgen, filled: Path) -> None:
    first, second = json.loads(docgen("register", "list", "--json").out)

    assert first["文件"] == [{"路径": "正本/01 甲山财险/函.pdf", "SHA-256": "a" * 64, "受文者": "甲山财险"}]
    assert first["签发日期"] == ["2024-12-16", "2024-12-17"]
    assert first["登记"] == {"何人": "李示例", "何时": "2024-12-19T15:30:00"}
    assert (second["发文字号"], second["状态"], second["件"]) == ("苏应急函〔2024〕31号", "预留号", "乙水")


def test_the_printed_register_is_a_workbook_and_always_the_same(docgen: Docgen, filled: Path, tmp_path: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        assert docgen("register", "list", "--xlsx", tmp_path / name).code == ExitCode.MADE
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()

    book = openpyxl.load_workbook(tmp_path / "一.xlsx")
    rows = list(book["登记簿"].values)
    assert rows[0][0] == "发文登记簿"
    assert rows[1][:4] == ("发文字号", "状态", "文种", "标题")
    assert rows[2][:3] == ("苏应急函〔2024〕30号", "已印发", "函")
    assert "张示例 2024-12-16、李示例 2024-12-17" in rows[2]
    assert list(book["文件"].values)[2][-1] == "a" * 64


def test_a_title_in_the_printed_register_is_never_a_formula(docgen: Docgen, place: Path, tmp_path: Path) -> None:
    docgen("register", "record", "苏应急函〔2024〕1号", "--title", "=1+1")

    docgen("register", "list", "--xlsx", tmp_path / "登记簿.xlsx")

    cell = openpyxl.load_workbook(tmp_path / "登记簿.xlsx")["登记簿"]["D3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_one_number_is_shown_with_its_history(docgen: Docgen, filled: Path) -> None:
    shown = docgen("register", "show", "苏应急函〔2024〕30号").out

    assert "签发人：张示例、李示例" in shown
    assert f"文件：正本/01 甲山财险/函.pdf（甲山财险） SHA-256 {'a' * 64}" in shown
    assert "2024-12-19 15:30 李示例 取号：办公室编号，批次 函-1 的 甲山" in shown
    assert "2024-12-19 15:30 李示例 印发" in shown


def test_a_number_that_nobody_has_is_said_to_be_free(docgen: Docgen, filled: Path) -> None:
    shown = docgen("register", "show", "苏应急函〔2024〕99号")

    assert (shown.code, shown.out) == (ExitCode.BARRED, "苏应急函〔2024〕99号 没有登记。\n")


@pytest.mark.parametrize("command", ["list", "verify", "show", "backup", "void", "release"])
def test_what_reads_or_changes_makes_no_register(docgen: Docgen, place: Path, command: str) -> None:
    words = {
        "show": ["苏应急〔2024〕1号"],
        "backup": [str(place.parent / "备份.db")],
        "void": ["苏应急〔2024〕1号", "--reason", "误"],
        "release": ["苏应急〔2024〕1号", "--reason", "误"],
    }
    shown = docgen("register", command, *words.get(command, []))

    assert shown.code == ExitCode.UNREADABLE
    assert f"找不到登记簿，在这里找过：{place}" in shown.err
    assert list(place.parent.iterdir()) == []


def test_the_register_can_be_named_on_the_command_line(docgen: Docgen, place: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一本.db"

    assert docgen("register", "start", "苏应急", "2024", "132", "--register", other).code == ExitCode.MADE
    assert other.exists()
    assert not place.exists()


def test_a_block_is_written_as_the_office_writes_it(docgen: Docgen, place: Path) -> None:
    assert "预留 5 个号" in docgen("register", "reserve", "苏应急函", "2024", "30—32，45、50").out

    with open_register(None, "", datetime.now) as register:
        assert [entry.number.serial for entry in register.entries()] == [30, 31, 32, 45, 50]


@pytest.mark.parametrize("block", ["40-30", "3x", "", "0-3", "1-99999999", "-5"])
def test_a_block_that_is_written_wrong_is_refused(docgen: Docgen, place: Path, block: str) -> None:
    shown = docgen("register", "reserve", "苏应急函", "2024", "--", block)

    assert shown.code == ExitCode.USAGE
    assert "号段" in shown.err
    assert not place.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["show", "苏应急[2024]第132号"],
        ["start", "苏应急", "24", "132"],
        ["reserve", "苏应急函", "二〇二四", "30"],
        ["void", "苏应急〔2024〕0132号", "--reason", "误"],
        ["record", "132", "--title", "关于报送材料的函"],
    ],
    ids=" ".join,
)
def test_a_number_that_is_typed_wrong_is_refused_with_a_right_one(docgen: Docgen, place: Path, words: list[str]) -> None:
    shown = docgen("register", *words)

    assert shown.code == ExitCode.USAGE
    assert "如“苏应急〔2024〕132号”" in shown.err
    assert not place.exists()


def test_voiding_is_signed_by_whoever_does_it(docgen: Docgen, filled: Path) -> None:
    assert docgen("register", "void", "苏应急函〔2024〕31号", "--reason", "内容有误", "--by", "王示例").code == ExitCode.MADE

    with open_register(None, "", datetime.now) as register:
        entry = register.find(number(31))
    assert entry is not None
    assert (entry.state.value, entry.reason, entry.changed_by) == ("作废", "内容有误", "王示例")


def test_a_conflict_ends_with_the_registers_exit_code(docgen: Docgen, filled: Path) -> None:
    shown = docgen("register", "release", "苏应急函〔2024〕30号", "--reason", "误")

    assert shown.code == ExitCode.REGISTER
    assert "docgen register void 苏应急函〔2024〕30号" in shown.err


def test_a_paper_from_elsewhere_is_entered_with_the_hash_of_its_file(
    docgen: Docgen, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "旧函.pdf").write_bytes(b"%PDF")

    docgen(
        "register", "record", "苏应急函〔2024〕12号", "--title", "关于报送材料的函", "--genre", "函", "--to", "甲山财险", "--to",
        "乙水财险", "--date", "2024-12-19", "--copies", "12", "--file", tmp_path / "旧函.pdf",
    )  # fmt: skip

    with open_register(None, "", datetime.now) as register:
        entry = register.find(number(12))
    assert entry is not None
    assert entry.particulars.recipients == ("甲山财险", "乙水财险")
    assert entry.particulars.copies == 12
    assert [file.path for file in entry.files] == ["旧函.pdf"]
    refused = docgen("register", "record", "苏应急函〔2024〕13号", "--title", "函", "--file", tmp_path / "没有.pdf")
    assert refused.code == ExitCode.UNREADABLE
    assert "--date 应写作年-月-日" in docgen(
        "register", "record", "苏应急函〔2024〕13号", "--title", "函", "--date", "昨天"
    ).err


def test_verify_says_what_is_wrong(docgen: Docgen, filled: Path) -> None:
    sound = docgen("register", "verify")
    assert (sound.code, "登记簿没有问题" in sound.out) == (ExitCode.MADE, True)

    with open_register(None, "李示例", datetime.now) as register:
        register.mark_issued("函-1", "乙水", [IssuedFile("正本/02 乙水财险/函.pdf", "a" * 64)])

    faulty = docgen("register", "verify")
    assert faulty.code == ExitCode.BARRED
    assert "有误：同一个文件" in faulty.out
    assert "登记簿有 1 处不对" in faulty.out


def test_a_backup_is_restored_into_a_new_register(docgen: Docgen, filled: Path, tmp_path: Path) -> None:
    assert docgen("register", "backup", tmp_path / "备份.db").code == ExitCode.MADE

    shown = docgen("register", "restore", tmp_path / "备份.db", "--register", tmp_path / "新.db")

    assert "恢复 2 个号" in shown.out
    assert docgen("register", "restore", tmp_path / "备份.db").code == ExitCode.REGISTER


@pytest.mark.parametrize(
    ("title", "told"),
    [("关于\x07报送", "U+0007"), ("关于\udcff报送", "U+DCFF"), ("函" * 501, "有 501 个字")],
    ids=["控制字符", "半个字符", "太长"],
)
def test_a_title_that_no_file_can_hold_is_refused(docgen: Docgen, place: Path, title: str, told: str) -> None:
    shown = docgen("register", "record", "苏应急函〔2024〕1号", "--title", title)

    assert shown.code == ExitCode.USAGE
    assert told in shown.err
    assert not place.exists()


def test_what_is_no_backup_makes_no_register(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "检查数据.xlsx").write_bytes(b"PK\x03\x04 no register")

    ended = docgen("register", "restore", tmp_path / "检查数据.xlsx", "--register", tmp_path / "新.db")

    assert ended.code == ExitCode.UNREADABLE
    assert str(tmp_path / "检查数据.xlsx") in ended.err.replace("\n", "")
    assert not (tmp_path / "新.db").exists()
