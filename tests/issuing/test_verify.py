"""Verifying a run: every byte that changed is named, the data still give it, the register has it; nothing is changed."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import Unreadable
from docgen.gongwen import DocumentNumber
from docgen.issuing import Paper, finalise, verify_remake
from docgen.issuing.batch import digest_of
from docgen.issuing.batch_manifest import Tools, sealed_bytes
from docgen.issuing.opened import open_as_it_is
from docgen.issuing.verified import Verified
from docgen.issuing.verify import verify
from docgen.issuing.verify_folder import look_at_folder
from docgen.register import Source
from tests.torture.manifest_bytes import unnamed

from .batches import COMPLETE, JOINT, draft, files, number, register_at, silent, start
from .test_make import metrics


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of two letters with its register; tests take copies."""
    folder = tmp_path_factory.mktemp("finished")
    draft(folder, Paper.LETTERS)
    start(folder)
    number(folder)
    return folder


@pytest.fixture
def letters(finished: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(finished, tmp_path / "本次")


def look(folder: Path, *, with_register: bool = True, run: str = "批次") -> Verified:
    if not with_register:
        return verify(folder / run, (), None, metrics(), silent)
    with register_at(folder) as register:
        return verify(folder / run, (), register, metrics(), silent)


def told(verified: Verified) -> list[str]:
    return [f"{note.where}：{note.found}" for part in verified.parts for note in part.notes if note.is_fault]


def remarks(verified: Verified) -> list[str]:
    return [f"{note.where}：{note.found}" for part in verified.parts for note in part.notes if not note.is_fault]


def forge(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a manifest so that its own check fits again."""
    content = json.loads(path.read_bytes())
    change(content)
    path.write_bytes(sealed_bytes(content))


def test_a_finished_run_is_as_it_was(letters: Path) -> None:
    before = files(letters / "批次")

    verified = look(letters)

    assert (told(verified), remarks(verified)) == ([], [])
    assert verified.parts[-1].said == "12 个文件逐字节相同，清单里的数都由数据得出"
    assert files(letters / "批次") == before


def test_a_run_that_is_not_numbered_yet_is_as_it_was(tmp_path: Path) -> None:
    draft(tmp_path, Paper.CIRCULAR)

    verified = look(tmp_path, with_register=False)

    assert (told(verified), remarks(verified)) == ([], [])


def test_a_circular_with_its_pdf_and_its_public_version_is_made_anew_byte_for_byte(tmp_path: Path) -> None:
    settings = COMPLETE + '"公开属性" = "主动公开"\n'
    draft(tmp_path, Paper.CIRCULAR, settings=settings, formats=("pdf",))
    number(tmp_path, JOINT, Source.OFFICE)

    assert (tmp_path / "批次/公开版/通报.pdf").is_file()
    assert told(look(tmp_path)) == []


def test_what_was_let_pass_is_as_it_was_sealed(tmp_path: Path) -> None:
    draft(tmp_path, Paper.CIRCULAR, settings=COMPLETE + '"密级" = "秘密★1年"\n')
    number(tmp_path, JOINT, Source.OFFICE, {"missing-setting": "份号由机要室加盖"})

    assert told(look(tmp_path)) == []

    kept = tmp_path / "批次/放行.jsonl"
    kept.write_text(kept.read_text(encoding="utf-8").replace("张示例", "王示例"), encoding="utf-8")

    assert told(look(tmp_path)) == ["放行.jsonl：改动过，与清单所记的不同"]


def test_all_that_is_changed_missing_or_added_is_named_at_once(letters: Path) -> None:
    run = letters / "批次"
    manifest = (run / "manifest.json").read_text(encoding="utf-8")
    (run / "manifest.json").write_text(manifest.replace('"状态": "定稿"', '"状态":  "定稿"'), encoding="utf-8")
    (run / "定稿/01 青松财险/函.docx").write_bytes(b"x")
    (run / "送审稿/函/02 白鹭财险/函.docx").unlink()
    (run / "正本/便条.txt").write_text("多出来的", encoding="utf-8")

    verified = look(letters)

    assert told(verified)[:4] == [
        "manifest.json：改动过，与写成时不同",
        "送审稿/函/02 白鹭财险/函.docx：不见了",
        "定稿/01 青松财险/函.docx：改动过，与清单所记的不同",
        "正本/便条.txt：清单里没有，不是本批次的文件",
    ]


def test_any_byte_changed_in_any_file_is_named(letters: Path) -> None:
    choose = random.Random(132)
    run = letters / "批次"
    silent_about = []
    for name, content in files(run).items():
        places = {0, len(content) - 1, *(choose.randrange(len(content)) for _ in range(3))}
        for place in places if name != "取号结果.xlsx" else ():  # the clerk's own
            (run / name).write_bytes(content[:place] + bytes([content[place] ^ 1 << choose.randrange(8)]) + content[place + 1 :])
            notes = look_at_folder(open_as_it_is(run), ()).notes
            if name not in [note.where for note in notes if note.is_fault]:
                silent_about.append((name, place))
        (run / name).write_bytes(content)

    assert silent_about == []


def test_any_byte_changed_in_the_manifest_is_named(letters: Path) -> None:
    size = (letters / "批次/manifest.json").stat().st_size

    assert list(unnamed(letters / "批次", range(0, size, 61))) == []


def test_a_manifest_that_is_no_more_one_stops_nothing_that_can_still_be_looked_at(letters: Path) -> None:
    run = letters / "批次"
    (run / "manifest.json").write_bytes(b"{")
    (run / "定稿/01 青松财险/函.docx").write_bytes(b"x")

    verified = look(letters)

    assert "manifest.json：改动过或损坏了，读不了" in told(verified)
    assert "定稿/01 青松财险/函.docx：改动过，与清单所记的不同" in told(verified)


def test_without_any_manifest_there_is_no_run(letters: Path, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"没有 manifest\.json"):
        look(letters, run="批次数据")
    with pytest.raises(Unreadable, match="找不到批次文件夹"):
        look(letters, run="没有")


def test_a_figure_in_the_manifest_that_the_data_do_not_give_is_named(letters: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        figure = next(one for one in content["公司"][0]["数"] if one["名称"] == "问题数")
        assert figure["写作"] == "3个"
        figure["写作"] = "2个"

    forge(letters / "批次/manifest.json", change)

    assert told(look(letters)) == [
        "manifest.json：与登记簿封存的不同",
        "manifest.json：“青松财险”“问题数”的写作是“2个”，数据算出的是“3个”",
    ]


def test_a_file_forged_together_with_all_that_lists_it_is_not_what_the_data_give(letters: Path) -> None:
    path = letters / "批次/定稿/01 青松财险/函.docx"
    path.write_bytes(path.read_bytes() + b" ")

    def change(content: dict[str, Any]) -> None:
        for item in content["全部文件"]:
            if item[0] == "定稿/01 青松财险/函.docx":
                item[1] = digest_of(path)

    forge(letters / "批次/manifest.json", change)
    verified = look(letters, with_register=False)

    assert "定稿/01 青松财险/函.docx：与按数据重新生成的不同，版本和字体都没有变" in told(verified)


def test_changed_data_are_named_and_nothing_is_made_of_them(letters: Path) -> None:
    data = letters / "批次/数据/问题.csv"
    data.write_bytes(data.read_bytes().replace("没有约定".encode(), "约定不清".encode()))

    verified = look(letters)

    assert told(verified) == ["数据/问题.csv：改动过，与清单所记的不同"]
    assert verified.parts[-1].said == "数据改动过，没有重新生成，清单里的数也没有核对"


def test_other_versions_are_told_and_texts_and_places_are_held_against_one_another(
    letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = verify_remake.tools

    def other(found: Any) -> Tools:
        used = really(found)
        return Tools({**used.versions, "lxml": "1.0"}, used.stylesheet, used.fonts)

    monkeypatch.setattr(verify_remake, "tools", other)
    verified = look(letters)

    assert told(verified) == []
    assert any("lxml 版本：当时" in words and "现在 1.0" in words for words in remarks(verified))


def test_a_number_that_was_voided_is_told(letters: Path) -> None:
    with register_at(letters) as register:
        register.void(DocumentNumber("苏应急函", 2024, 2), "内容有误")

    found = told(look(letters))

    assert "苏应急函〔2024〕2号：已作废：内容有误" in found
    assert "定稿/02 白鹭财险/函.docx：清单里有，登记簿里没有登记这个文件" in found


def test_another_register_has_none_of_it(letters: Path) -> None:
    (letters / "登记簿.db").unlink()

    found = told(look(letters))

    assert "manifest.json：登记簿里没有它的记录" in found
    assert "苏应急函〔2024〕1号：清单里有，登记簿里没有" in found


def test_what_the_run_itself_leaves_behind_is_no_fault(letters: Path) -> None:
    run = letters / "批次"
    (run / ".DS_Store").write_bytes(b"")
    (run / "正本/~$函.docx").write_bytes(b"")
    (run / "留存").mkdir()
    (run / "留存/函.docx").write_bytes(b"x")
    (run / "取号结果.xlsx").write_bytes(b"x")

    verified = look(letters)

    assert told(verified) == []
    assert remarks(verified) == [
        "正本/~$函.docx：有人正打开这个文件", "留存：有 1 个文件，是定稿时移开的，不属于本批次",
    ]


def test_a_run_that_was_not_finished_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(tmp_path, Paper.LETTERS)
    start(tmp_path)
    monkeypatch.setattr(finalise, "seal", lambda *_given: None)
    number(tmp_path)

    verified = look(tmp_path)

    assert told(verified) == []
    assert "苏应急函〔2024〕1号：已取号，定稿没有做完（已印发）" in remarks(verified)
