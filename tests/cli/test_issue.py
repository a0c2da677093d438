"""docgen issue as a clerk types it: what is refused before anything is done, in the clerk's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake.minimal import write

from docgen.errors import ExitCode
from docgen.issuing import Paper
from tests.issuing.batches import COMPLETE, draft
from tests.issuing.traced import typical

from .conftest import Docgen


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--copies", "99999999999999999999"), "--copies 应写数字，如 12，不是“99999999999999999999”"),
        (("--copies", "六十"), "--copies 应写数字"),
        (("--numbering", "随便"), "--numbering 应为 办公室编号、号段、本系统编号 中的一种"),
        (("--signer", ""), "--signer 没有写姓名"),
        (("--signer", "  "), "--signer 没有写姓名"),
        (("--signer", "张\udce5示例"), "--signer 里有不能登记的字符（U+DCE5）"),
        (("--signer", "张\n示例"), "--signer 里有不能登记的字符（U+000A）"),
        (("--signed-on", "昨天"), "--signed-on 应写作年-月-日"),
        (("--date", "2024-13-01"), "--date 应写作年-月-日"),
        (("--printed", "2024-W33-4"), "--printed 应写作年-月-日"),
        (("--number", ""), "发文字号应写作"),
        (("--pass", "TXT-TWICE=确\udce5应相同"), "--pass 里有不能登记的字符"),
        (("--by", "张\udce5示例"), "--by 里有不能登记的字符"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_the_clerks_words(
    docgen: Docgen, tmp_path: Path, words: tuple[str, str], told: str
) -> None:
    ended = docgen("issue", "finalise", tmp_path / "批次", *words, "--register", tmp_path / "登记簿.db")

    assert ended.code == ExitCode.USAGE
    assert told in ended.err.replace("\n", "")
    assert "is not" not in ended.err
    assert not (tmp_path / "登记簿.db").exists()


@pytest.mark.parametrize("kind", ["circular", "notices"])
def test_a_run_without_the_text_of_its_papers_is_refused(docgen: Docgen, tmp_path: Path, kind: str) -> None:
    ended = docgen("issue", kind, tmp_path / "数据", "--out", tmp_path / "批次", "--format", "xlsx")

    assert ended.code == ExitCode.USAGE
    assert "要有 DOCX 或 PDF" in ended.err


def test_a_run_without_pdf_is_told_once_that_there_will_be_no_master(docgen: Docgen, tmp_path: Path) -> None:
    source = write(tmp_path / "数据", typical(), COMPLETE)

    ended = docgen("issue", "notices", source, "--out", tmp_path / "批次", "--format", "docx")

    assert ended.code == ExitCode.MADE, ended.err
    assert ended.out.count("没有正本 PDF") == 1


def test_a_register_that_is_named_and_not_there_is_not_made(docgen: Docgen, tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS)

    ended = docgen("issue", "finalise", tmp_path / "批次", "--register", tmp_path / "写错了.db", "--by", "张示例")

    assert ended.code == ExitCode.UNREADABLE
    assert "写错了.db" in ended.err
    assert not (tmp_path / "写错了.db").exists()


def test_a_folder_that_is_no_run_makes_no_register(docgen: Docgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCGEN_REGISTER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "本人"))

    ended = docgen("issue", "finalise", tmp_path / "没有这个批次")

    assert ended.code == ExitCode.USAGE
    assert not (tmp_path / "本人").exists()
