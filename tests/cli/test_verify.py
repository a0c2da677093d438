"""docgen verify as the clerk sees it: what is told, how it ends; that nothing is changed and no register made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.errors import ExitCode
from docgen.issuing import Paper
from tests.issuing.batches import draft, files, number, start
from tests.issuing.test_verify_paper import edited_docx

from .conftest import Docgen


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of two letters with its register; tests take copies."""
    folder = tmp_path_factory.mktemp("finished")
    draft(folder, Paper.LETTERS)
    start(folder)
    number(folder)
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; the clerk's own register is a place where there is none."""
    monkeypatch.delenv("DOCGEN_REGISTER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "本人"))
    return shutil.copytree(finished, tmp_path / "本次")


def test_a_run_as_it_was_ends_well_and_nothing_is_changed(docgen: Docgen, folder: Path) -> None:
    before = files(folder)

    ended = docgen("verify", folder / "批次", "--register", folder / "登记簿.db")

    assert ended.code == ExitCode.MADE
    assert "（定稿，函）" in ended.out
    assert "登记簿：2 个文号和清单与登记簿相符。" in ended.out
    assert "核对完毕：一致。" in ended.out
    assert {name: content for name, content in files(folder).items() if name.startswith("批次/")} == {
        name: content for name, content in before.items() if name.startswith("批次/")
    }


def test_no_register_is_made_where_there_is_none(docgen: Docgen, folder: Path) -> None:
    ended = docgen("verify", folder / "批次")

    assert ended.code == ExitCode.MADE
    assert "登记簿：没有对照；用 --register 写出定稿时用的登记簿。" in ended.out
    assert not (folder.parent / "本人").exists()

    named = docgen("verify", folder / "批次", "--register", folder / "没有.db")

    assert named.code != ExitCode.MADE
    assert not (folder / "没有.db").exists()


def test_what_differs_is_told_with_file_and_remedy(docgen: Docgen, folder: Path) -> None:
    (folder / "批次/定稿/01 青松财险/函.docx").write_bytes(b"x")
    (folder / "批次/正本/[red]多.txt").write_text("x", encoding="utf-8")

    ended = docgen("verify", folder / "批次")

    assert ended.code == ExitCode.BARRED
    assert "  · 定稿/01 青松财险/函.docx：改动过，与清单所记的不同。处理：再运行 docgen issue finalise" in ended.out
    assert "  · 正本/[red]多.txt：清单里没有，不是本批次的文件。处理：移到批次文件夹以外。" in ended.out
    assert "核对完毕：2 处不同。" in ended.out


def test_the_offices_own_papers_are_held_against_the_run(docgen: Docgen, folder: Path, tmp_path: Path) -> None:
    paper = edited_docx(folder / "批次/定稿/01 青松财险/函.docx", tmp_path, ("问题共3个", "问题共4个"))

    ended = docgen("verify", folder / "批次", paper, folder / "批次/定稿/02 白鹭财险/函.docx")

    assert ended.code == ExitCode.BARRED
    assert "是批次的“函：青松财险”，1 处文字或数不同。" in ended.out
    assert "  · 正文第 4 段：“问题数”写的是“4个”，应为“3个”。处理：改回“3个”" in ended.out
    assert "与批次的 定稿/02 白鹭财险/函.docx 逐字节相同。" in ended.out


@pytest.mark.parametrize("words", [("没有",), ("批次数据",), ("批次", "没有.docx")], ids=["没有文件夹", "不是批次", "成稿找不到"])
def test_what_cannot_be_read_ends_so(docgen: Docgen, folder: Path, words: tuple[str, ...]) -> None:
    ended = docgen("verify", *(folder / word for word in words))

    assert ended.code == ExitCode.UNREADABLE
    assert "处理：" in ended.out + ended.err


def test_without_a_run_the_words_are_off(docgen: Docgen) -> None:
    assert docgen("verify").code == ExitCode.USAGE
