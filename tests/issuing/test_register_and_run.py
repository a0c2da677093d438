"""A run and the register that gave its numbers: neither is taken for another, and no number is borne twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import Barred, Unreadable
from docgen.gongwen import DocumentNumber
from docgen.issuing import Paper
from docgen.issuing.batch import open_batch
from docgen.register import Register, RegisterConflict, Source, State, Wanted

from .batches import COMPLETE, JOINT, SIGNED, draft, files, number, register_at, start, text_of

FIRST = DocumentNumber("苏应急函", 2024, 1)


def stopped_at(step: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finalise the run until it comes to this step of the register for the first time."""

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(Register, step, stops)
        with pytest.raises(KeyboardInterrupt):
            number(folder)


def test_a_number_that_files_may_bear_is_not_given_back(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_at("mark_issued", letters, monkeypatch)

    with register_at(letters) as register:
        assert (letters / "批次/定稿/01 青松财险/函.docx").is_file()
        with pytest.raises(RegisterConflict, match="不能退回"):
            register.release(FIRST, "不用了")
    assert [str(entry.number) for entry in number(letters).entries] == ["苏应急函〔2024〕1号", "苏应急函〔2024〕2号"]


def test_files_that_bear_another_number_are_not_marked(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = Register.prepare

    def renumbered_meanwhile(self: Register, run: str, paper: str, *rest: Any) -> object:
        if paper == "青松财险":
            with register_at(letters) as other:
                other.void(FIRST, "内容有误")
                held = next(entry for entry in other.entries() if entry.number == FIRST)
                other.take(run, [Wanted(paper, "苏应急函", 2024, None, held.particulars)], Source.OWN)
        return really(self, run, paper, *rest)

    monkeypatch.setattr(Register, "prepare", renumbered_meanwhile)

    done = number(letters)

    assert "现在的号是 苏应急函〔2024〕3号" in done.not_made[0].reason
    assert not (letters / "批次/定稿/01 青松财险").exists()


def test_a_run_that_has_its_numbers_is_not_numbered_by_another_register(letters: Path) -> None:
    number(letters)
    before = files(letters / "批次")
    (letters / "登记簿.db").unlink()
    start(letters, serial=50)

    with pytest.raises(RegisterConflict, match=r"已取过号.*苏应急函〔2024〕1号"):
        number(letters)

    assert files(letters / "批次") == before
    with register_at(letters) as register:
        assert register.entries() == ()


def test_a_letter_whose_number_is_void_gets_a_new_one_and_the_others_stay(letters: Path) -> None:
    number(letters)
    with register_at(letters) as register:
        register.void(FIRST, "内容有误")

    with pytest.raises(RegisterConflict, match=r"1号 已作废（内容有误）"):
        number(letters)
    done = number(letters, renumbers=True)

    assert done.made == ("青松财险",)
    assert {entry.paper: str(entry.number) for entry in done.entries} == {
        "青松财险": "苏应急函〔2024〕3号", "白鹭财险": "苏应急函〔2024〕2号",
    }
    assert "3号" in text_of(letters / "批次/定稿/01 青松财险/函.docx")
    assert "1号" in text_of(letters / "批次/留存/定稿/01 青松财险/函.docx")


def test_data_that_nobody_signed_are_not_read(letters: Path) -> None:
    (letters / "批次/数据/问题（补）.csv").write_text("问题编号,保单号\n", encoding="utf-8")

    with pytest.raises(Unreadable, match="多出送审时没有的数据：数据/问题（补）"):
        number(letters)

    with register_at(letters) as register:
        assert register.entries() == ()


def test_a_lost_list_is_made_again(letters: Path) -> None:
    number(letters)
    before = files(letters / "批次")
    (letters / "批次/归档目录.xlsx").unlink()

    number(letters)

    assert files(letters / "批次") == before


def test_a_list_that_somebody_wrote_in_is_set_aside_when_it_is_made_again(letters: Path) -> None:
    number(letters)
    (letters / "批次/归档目录.xlsx").unlink()
    (letters / "批次/分送签收单.xlsx").write_bytes("已签".encode())

    number(letters)

    assert (letters / "批次/留存/分送签收单.xlsx").read_bytes() == "已签".encode()


def test_annexes_that_are_bound_apart_bear_the_number(tmp_path: Path) -> None:
    draft(tmp_path, Paper.CIRCULAR, settings=COMPLETE + '"附件装订" = "单独装订"\n"公开属性" = "主动公开"\n')

    done = number(tmp_path, JOINT, Source.OFFICE)

    assert done.not_made == ()
    assert "甲应急〔2024〕132号附件1" in text_of(tmp_path / "批次/定稿/通报附件/附件1.docx")
    assert open_batch(tmp_path / "批次").is_final


def test_a_place_that_cannot_be_had_stops_that_paper_alone(letters: Path) -> None:
    (letters / "批次/定稿/01 青松财险/函.docx").mkdir(parents=True)

    done = number(letters)

    assert [failed.name for failed in done.not_made] == ["青松财险"]
    assert {entry.paper: entry.state for entry in done.entries} == {"青松财险": State.RESERVED, "白鹭财险": State.ISSUED}


def test_a_circular_is_the_same_run_whether_its_letters_are_numbered_or_not(letters: Path) -> None:
    manifest = letters / "批次/manifest.json"
    first = draft(letters, Paper.CIRCULAR, letters=manifest, to="先")
    number(letters)

    second = draft(letters, Paper.CIRCULAR, letters=manifest, to="后")

    assert first.batch is not None
    assert second.batch is not None
    assert first.batch.id == second.batch.id
    assert (len(first.remarks), len(second.remarks)) == (1, 0)


def test_a_date_that_is_corrected_before_the_paper_is_out_counts(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_at("prepare", letters, monkeypatch)

    number(letters, replace(SIGNED, signed_on=(date(2024, 8, 19),), signing_date=date(2024, 8, 19)))

    assert "2024年8月19日" in text_of(letters / "批次/定稿/01 青松财险/函.docx")


def test_what_is_said_of_papers_that_are_out_is_told_not_to_count(letters: Path) -> None:
    number(letters)

    again = number(letters, replace(SIGNED, copies=99))

    assert again.ignored == ("份数“99”没有采用：苏应急函〔2024〕1号 已印发，登记的是“30”",)


def test_what_many_letters_lack_is_said_once(letters: Path) -> None:
    with pytest.raises(Barred) as barred:
        number(letters, replace(SIGNED, copies=None))

    assert [problem.found for problem in barred.value.problems] == ["“青松财险”“白鹭财险” 2 件没有份数"]


def test_a_letter_is_not_published_because_the_circular_is(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS, settings=COMPLETE + '"公开属性" = "主动公开"\n')
    start(tmp_path)

    assert {entry.particulars.publicity for entry in number(tmp_path).entries} == {""}
