"""Publishing: all of a run's papers or none, nobody's work lost, nothing outside the folder."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.errors import UsageError
from docgen.issuing import publish as publishing
from docgen.issuing.publish import KEPT, RECORD, check_folder, publish, safe_name

CIRCULAR = {"通报.docx": b"circular 1", "通报.pdf": b"pdf 1"}
LETTERS = {"函/01 青松财险/函.docx": b"letter 1", "函/02 白鹭财险/函.docx": b"letter 2"}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, docgen's own record left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != RECORD
    }


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_a_run_writes_its_files_into_a_new_folder(tmp_path: Path) -> None:
    kept = publish(CIRCULAR | LETTERS, tmp_path / "年" / "输出")

    assert contents(tmp_path / "年" / "输出") == CIRCULAR | LETTERS
    assert kept == ()


def test_a_second_run_takes_the_place_of_the_first(tmp_path: Path) -> None:
    publish(CIRCULAR, tmp_path)
    kept = publish({"通报.docx": b"circular 2", "通报.pdf": b"pdf 2"}, tmp_path)

    assert contents(tmp_path) == {"通报.docx": b"circular 2", "通报.pdf": b"pdf 2"}
    assert kept == ()


def test_letters_and_circular_of_two_runs_do_not_disturb_each_other(tmp_path: Path) -> None:
    publish(CIRCULAR, tmp_path)
    publish(LETTERS, tmp_path)
    kept = publish({"通报.docx": b"circular 2"}, tmp_path, replaced=("通报.pdf",))

    assert contents(tmp_path) == {"通报.docx": b"circular 2"} | LETTERS
    assert kept == ()


def test_the_letter_of_an_insurer_without_problems_now_does_not_remain(tmp_path: Path) -> None:
    publish(LETTERS, tmp_path)
    publish({"函/02 白鹭财险/函.docx": b"letter 2"}, tmp_path)

    assert contents(tmp_path) == {"函/02 白鹭财险/函.docx": b"letter 2"}


def test_letters_go_although_no_letter_takes_their_place(tmp_path: Path) -> None:
    publish(LETTERS | CIRCULAR, tmp_path)
    publish({"核对单.xlsx": b"list"}, tmp_path, replaced=("函", "核对单.xlsx"))

    assert contents(tmp_path) == {"核对单.xlsx": b"list"} | CIRCULAR


def test_a_file_that_the_clerk_changed_is_kept_aside_and_named(tmp_path: Path) -> None:
    publish(CIRCULAR, tmp_path)
    (tmp_path / "通报.docx").write_bytes(b"changed by hand")
    kept = publish(CIRCULAR, tmp_path)

    assert kept == (f"{KEPT}/通报.docx",)
    assert contents(tmp_path) == CIRCULAR | {f"{KEPT}/通报.docx": b"changed by hand"}


def test_what_is_kept_aside_twice_stands_there_twice(tmp_path: Path) -> None:
    publish(CIRCULAR, tmp_path)
    for text in (b"first change", b"second change"):
        (tmp_path / "通报.docx").write_bytes(text)
        kept = publish(CIRCULAR, tmp_path)

    assert kept == (f"{KEPT}/通报（2）.docx",)
    assert (tmp_path / KEPT / "通报.docx").read_bytes() == b"first change"
    assert (tmp_path / KEPT / "通报（2）.docx").read_bytes() == b"second change"


def test_a_note_that_the_clerk_put_among_the_letters_is_kept_aside(tmp_path: Path) -> None:
    publish(LETTERS, tmp_path)
    (tmp_path / "函" / "01 青松财险" / "电话记录.txt").write_bytes(b"a call")
    kept = publish({"函/02 白鹭财险/函.docx": b"letter 2"}, tmp_path)

    assert kept == (f"{KEPT}/函/01 青松财险/电话记录.txt",)
    assert (tmp_path / kept[0]).read_bytes() == b"a call"


def test_files_beside_the_papers_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "备忘.docx").write_bytes(b"the clerk's")
    publish(CIRCULAR, tmp_path)

    assert contents(tmp_path) == CIRCULAR | {"备忘.docx": b"the clerk's"}


def test_a_folder_full_of_strange_files_loses_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "函").mkdir()
    (tmp_path / "函" / "去年的函.docx").write_bytes(b"last year's")
    (tmp_path / "通报.docx").write_bytes(b"somebody's")
    kept = publish(CIRCULAR | LETTERS, tmp_path)

    assert set(kept) == {f"{KEPT}/函/去年的函.docx", f"{KEPT}/通报.docx"}
    assert contents(tmp_path) == CIRCULAR | LETTERS | {
        f"{KEPT}/函/去年的函.docx": b"last year's",
        f"{KEPT}/通报.docx": b"somebody's",
    }


def test_what_a_file_manager_leaves_is_nobodys_work(tmp_path: Path) -> None:
    publish(LETTERS, tmp_path)
    (tmp_path / "函" / "Thumbs.db").write_bytes(b"thumbnails")

    assert publish(LETTERS, tmp_path) == ()


def test_a_link_is_kept_aside_and_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_bytes(b"not docgen's")
    out = tmp_path / "out"
    out.mkdir()
    (out / "函").symlink_to(elsewhere)
    kept = publish(LETTERS, out)

    assert kept == (f"{KEPT}/函",)
    assert (out / KEPT / "函").is_symlink()
    assert contents(elsewhere) == {"a.txt": b"not docgen's"}


@pytest.mark.parametrize("record", ["", "{", "[]", '{"通报.docx": 1}', "\0"])
def test_with_a_broken_record_every_old_file_is_kept_aside(tmp_path: Path, record: str) -> None:
    publish(CIRCULAR, tmp_path)
    (tmp_path / RECORD).write_text(record, encoding="utf-8")

    assert publish(CIRCULAR, tmp_path) == (f"{KEPT}/通报.docx", f"{KEPT}/通报.pdf")


def failing_at(number: int, failure: BaseException) -> Callable[[Path, Path], None]:
    """An os.replace that fails once, at the given call."""
    calls: Iterator[int] = iter(range(1, 1000))
    replace = os.replace

    def replace_or_fail(source: Path, target: Path) -> None:
        if next(calls) == number:
            raise failure
        replace(source, target)

    return replace_or_fail


MOVES = 8
"""Two papers and the record away, two papers and the record in, two changed files aside."""


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
@pytest.mark.parametrize("number", range(1, MOVES + 1))
def test_a_move_that_fails_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, failure: BaseException
) -> None:
    publish(CIRCULAR, tmp_path)
    for name in CIRCULAR:
        (tmp_path / name).write_bytes(b"changed by hand")
    before = everything(tmp_path)
    monkeypatch.setattr(publishing.os, "replace", failing_at(number, failure))

    with pytest.raises((UsageError, KeyboardInterrupt)):
        publish({"通报.docx": b"circular 2", "通报.pdf": b"pdf 2"}, tmp_path)

    assert everything(tmp_path) == before


def test_the_moves_of_that_test_are_all_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(CIRCULAR, tmp_path)
    for name in CIRCULAR:
        (tmp_path / name).write_bytes(b"changed by hand")
    monkeypatch.setattr(publishing.os, "replace", failing_at(MOVES + 1, OSError()))

    assert len(publish(CIRCULAR, tmp_path)) == len(CIRCULAR)


def test_a_first_run_that_fails_leaves_not_even_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing.os, "replace", failing_at(2, OSError(28, "No space left on device")))

    with pytest.raises(UsageError, match="磁盘已满") as stopped:
        publish(CIRCULAR, tmp_path / "年" / "输出")

    assert "原有文件没有改动" in stopped.value.remedy
    assert everything(tmp_path) == {}


def test_what_cannot_be_put_back_stays_where_it_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(CIRCULAR, tmp_path)
    calls, replace = iter(range(1, 1000)), os.replace

    def replace_then_fail_for_good(source: Path, target: Path) -> None:
        if next(calls) > 1:
            raise OSError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(publishing.os, "replace", replace_then_fail_for_good)
    with pytest.raises(UsageError) as stopped:
        publish(CIRCULAR, tmp_path)

    (left,) = tmp_path.glob(".docgen-*/old")
    assert str(left) in stopped.value.remedy
    assert contents(left) == {"通报.docx": b"circular 1"}


def test_a_folder_that_takes_no_files_is_said_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(prefix: str, dir: Path) -> str:
        raise PermissionError(13, "Permission denied", str(dir))

    monkeypatch.setattr(publishing.tempfile, "mkdtemp", refuse)
    with pytest.raises(UsageError, match="没有权限") as stopped:
        publish(CIRCULAR, tmp_path / "输出")

    assert "denied" not in stopped.value.message
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("name", ["../通报.docx", "/通报.docx", "函/../../通报.docx", "", ".", "函/\0"])
def test_a_path_outside_the_folder_is_never_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a path below"):
        publish({name: b""}, tmp_path / "输出")

    assert everything(tmp_path) == {}


def test_an_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "输出").write_bytes(b"")

    with pytest.raises(UsageError, match="已是一个文件"):
        check_folder(tmp_path / "输出", tmp_path / "检查数据.xlsx")
    with pytest.raises(UsageError, match="是一个文件"):
        check_folder(tmp_path / "输出" / "上半年", tmp_path / "检查数据.xlsx")


def test_papers_do_not_go_among_the_data(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="放数据的文件夹"):
        check_folder(tmp_path / "x" / "..", tmp_path)

    check_folder(tmp_path / "输出", tmp_path)


def test_a_folder_without_write_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing.os, "access", lambda path, mode: path != tmp_path)

    with pytest.raises(UsageError, match="没有写入权限"):
        check_folder(tmp_path / "年" / "输出", tmp_path / "检查数据.xlsx")


NASTY = (
    "../../etc", "..", ".", "", "NUL", "con", "COM1.xlsx", "lpt¹", "青松/财险", "青松\\财险", "C:\\x", "a\0b",
    "\u202e险财", "字" * 200,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青松财险", "青松财险"),
        ("苏州高新区（虎丘区）", "苏州高新区（虎丘区）"),
        ("../../青松", "＿..＿青松"),
        ("青松/财险", "青松＿财险"),
        ("..", "未命名"),
        ("", "未命名"),
        ("CON", "＿CON"),
        ("nul.xlsx", "＿nul.xlsx"),
        ("青\u202e松\u200b", "青松"),
        (" 青松 . ", "青松"),
        ("字" * 200, "字" * 60),
    ],
)
def test_a_name_from_the_data_becomes_a_file_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
@example("字" * 200)
@example("𠀀" * 200)
@example("aux .txt")
def test_no_name_from_the_data_leaves_its_folder(text: str) -> None:
    name = safe_name(text)

    assert name == name.strip(" .　")
    assert name
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert len(f"01 {name}.xlsx".encode()) <= 255
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert name.upper().partition(".")[0].rstrip() not in {"CON", "NUL", "AUX", "PRN", "COM1", "LPT9"}


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_name_makes_a_file_inside_the_folder(tmp_path: Path, text: str) -> None:
    files: Mapping[str, bytes] = {f"分地区/{safe_name(text)}.xlsx": b"book"}
    publish(files, tmp_path / "输出")

    assert contents(tmp_path) == {f"输出/{name}": content for name, content in files.items()}
