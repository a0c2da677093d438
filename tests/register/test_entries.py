"""What becomes of a number: issued, voided, released, reserved, entered from paper; and where a series starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from docgen.gongwen import DocumentNumber
from docgen.register import Particulars, Register, RegisterConflict, Source, State

from .papers import LETTER, file, given, number, wanted


def conflict_of(call: Callable[..., object], *words: object) -> str:
    with pytest.raises(RegisterConflict) as caught:
        call(*words)
    assert caught.value.remedy
    return f"{caught.value.message}\n{caught.value.remedy}"


def test_a_number_is_issued_with_its_files(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)

    entry = register.mark_issued("函-1", "甲山", [file("甲山"), file("甲山附件", "b")])

    assert (entry.state, entry.files) == (State.ISSUED, (file("甲山"), file("甲山附件", "b")))
    assert register.find(number(30)) == entry


def test_issued_again_with_the_same_files_changes_nothing(
    register: Register, opened: Callable[..., Register]
) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)
    first = register.mark_issued("函-1", "甲山", [file("甲山"), file("甲山附件", "b")])
    later = opened("张示例", datetime(2024, 12, 20))

    assert later.mark_issued("函-1", "甲山", [file("甲山附件", "b"), file("甲山")]) == first


def test_issued_again_with_other_files_is_refused(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)
    first = register.mark_issued("函-1", "甲山", [file("甲山")])

    told = conflict_of(register.mark_issued, "函-1", "甲山", [file("甲山", "b")])

    assert "苏应急函〔2024〕30号 已印发" in told
    assert register.find(number(30)) == first


def test_a_paper_without_a_number_is_not_issued(register: Register) -> None:
    assert "没有文号" in conflict_of(register.mark_issued, "函-1", "甲山", [file("甲山")])
    with pytest.raises(ValueError, match="with its files"):
        register.mark_issued("函-1", "甲山", [])


def test_a_voided_number_is_never_used_again(register: Register) -> None:
    register.start("苏应急函", 2024, 30)
    register.take("函-1", wanted("甲山"), Source.OWN)
    entry = register.void(number(30), "领导要求不发")

    assert (entry.state, entry.reason, entry.paper) == (State.VOID, "领导要求不发", "甲山")
    assert register.entries_of("函-1") == ()
    assert [one.number for one in register.take("函-2", wanted("乙水"), Source.OWN)] == [number(31)]
    assert "作废" in conflict_of(register.take, "函-3", given(丙海=30), Source.OFFICE)
    assert "作废" in conflict_of(register.reserve, "苏应急函", 2024, [30])
    assert "永久保留" in conflict_of(register.release, number(30), "误")
    assert "作废" in conflict_of(register.record, number(30), LETTER, [])


def test_an_issued_number_can_be_voided_and_keeps_its_files(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)
    register.mark_issued("函-1", "甲山", [file("甲山")])

    assert register.void(number(30), "内容有误").files == (file("甲山"),)


def test_voiding_wants_a_reason_and_keeps_the_first(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)

    assert "没有写理由" in conflict_of(register.void, number(30), "  ")
    voided = register.void(number(30), "领导要求不发")
    assert register.void(number(30), "领导要求不发") == voided
    assert "理由是“领导要求不发”" in conflict_of(register.void, number(30), "另有理由")


def test_a_released_number_forgets_its_paper(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)

    freed = register.release(number(30), "该公司已整改")

    assert freed.is_free
    assert (freed.particulars, freed.reason) == (Particulars("", ""), "该公司已整改")
    assert register.release(number(30), "再退一次") == freed
    (entry,) = register.take("函-2", given(乙水=30), Source.OFFICE)
    assert (entry.run, entry.reason) == ("函-2", "")


def test_an_issued_number_cannot_be_released(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)
    register.mark_issued("函-1", "甲山", [file("甲山")])

    assert "docgen register void" in conflict_of(register.release, number(30), "误")


@pytest.mark.parametrize("change", ["release", "void"])
def test_a_number_that_nobody_has_cannot_be_changed(register: Register, change: str) -> None:
    assert "登记簿里没有 苏应急函〔2024〕30号" in conflict_of(getattr(register, change), number(30), "误")


def test_a_block_is_reserved_whole_or_not_at_all(register: Register) -> None:
    register.take("函-1", given(甲山=31), Source.OFFICE)

    assert "31号" in conflict_of(register.reserve, "苏应急函", 2024, [30, 31, 32])
    assert [entry.number.serial for entry in register.entries()] == [31]


def test_a_block_reserved_again_stays_as_it_is(register: Register) -> None:
    first = register.reserve("苏应急函", 2024, [30, 31, 45])

    assert register.reserve("苏应急函", 2024, [45, 30, 31]) == first
    assert {(entry.state, entry.source, entry.is_free) for entry in first} == {(State.RESERVED, Source.BLOCK, True)}


def test_a_paper_that_went_out_elsewhere_is_entered(register: Register) -> None:
    entry = register.record(number(12), LETTER, [file("旧函")])

    assert (entry.state, entry.source, entry.particulars, entry.files) == (
        State.ISSUED, Source.PAPER, LETTER, (file("旧函"),),
    )  # fmt: skip
    assert register.record(number(12), LETTER, [file("旧函")]) == entry
    assert "一个号只用一次" in conflict_of(register.record, number(12), LETTER, [])


def test_a_reserved_number_may_turn_out_to_have_gone_to_a_paper(register: Register) -> None:
    register.reserve("苏应急函", 2024, [30])

    assert register.record(number(30), LETTER, []).state is State.ISSUED


def test_a_series_starts_once(register: Register) -> None:
    register.start("苏应急函", 2024, 132)
    register.start("苏应急函", 2024, 132)

    assert "下一个号是 132" in conflict_of(register.start, "苏应急函", 2024, 1)
    register.take("函-1", wanted("甲山"), Source.OWN)
    assert "下一个号是 133" in conflict_of(register.start, "苏应急函", 2024, 132)


def test_a_series_does_not_start_below_numbers_that_are_there(register: Register) -> None:
    register.record(number(140), LETTER, [])

    told = conflict_of(register.start, "苏应急函", 2024, 132)

    assert "最大的是 苏应急函〔2024〕140号" in told
    assert "docgen register start 苏应急函 2024 141" in told


def test_entries_are_listed_by_series_and_year(register: Register) -> None:
    for code, year, serial in (("苏应急函", 2025, 1), ("苏应急函", 2024, 9), ("苏应急", 2024, 10), ("苏应急", 2024, 9)):
        register.record(number(serial, code, year), LETTER, [])

    assert [str(entry.number) for entry in register.entries()] == [
        "苏应急〔2024〕9号", "苏应急〔2024〕10号", "苏应急函〔2024〕9号", "苏应急函〔2025〕1号",
    ]  # fmt: skip
    assert [entry.number.year for entry in register.entries("苏应急函")] == [2024, 2025]
    assert [entry.number.serial for entry in register.entries("苏应急", 2024)] == [9, 10]
    assert register.entries("", 2025)[0].number == number(1, year=2025)
    assert register.find(number(8)) is None


def test_a_clock_set_back_changes_no_order(register: Register, opened: Callable[..., Register]) -> None:
    register.start("苏应急函", 2024, 1)
    register.take("函-1", wanted("甲山"), Source.OWN)
    (entry,) = opened("张示例", datetime(1999, 1, 1)).take("函-2", wanted("乙水"), Source.OWN)

    assert (entry.number, entry.entered_at.year) == (number(2), 1999)


def test_what_is_no_number_is_refused(register: Register) -> None:
    assert "发文字号应写作" in conflict_of(register.find, DocumentNumber("SU", 2024, 1))
    assert "发文字号应写作" in conflict_of(register.start, "苏应急函", 2024, 0)


@pytest.mark.parametrize("title", ["'); DROP TABLE entries; --", "=1+1", "<b>&amp;\U00020000", "%s {} \\ “”"])
def test_a_title_is_kept_as_it_is_written(register: Register, title: str) -> None:
    register.record(number(1), Particulars("函", title, issuers=(title,), recipients=(title,)), [])

    found = register.find(number(1))
    assert found is not None
    assert found.particulars == Particulars("函", title, issuers=(title,), recipients=(title,))
