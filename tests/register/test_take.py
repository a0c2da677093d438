"""Taking numbers: the office's, of a block, of a series kept here; again; and everything that is in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from docgen.register import REMARK, Register, RegisterConflict, Source, State, Wanted

from .papers import LETTER, file, given, number, wanted


def serials(register: Register, run: str, *papers: str, source: Source = Source.OWN) -> list[int | None]:
    return [entry.number.serial for entry in register.take(run, wanted(*papers), source)]


def conflicts_of(register: Register, run: str, asked: Sequence[Wanted], source: Source = Source.OFFICE) -> tuple[str, ...]:
    with pytest.raises(RegisterConflict) as caught:
        register.take(run, asked, source)
    assert caught.value.remedy
    return caught.value.conflicts


def test_the_offices_numbers_are_entered_as_they_are_given(register: Register) -> None:
    first, second = register.take("函-1", given(甲山=31, 乙水=30), Source.OFFICE)

    assert (first.number, first.state, first.source, first.run, first.paper) == (
        number(31), State.RESERVED, Source.OFFICE, "函-1", "甲山",
    )  # fmt: skip
    assert first.particulars == replace(LETTER, recipients=("甲山财险",))
    assert (first.entered_by, first.entered_at) == ("李示例", datetime(2024, 12, 19, 12, 0))
    assert register.entries() == (second, first)
    assert register.find(number(30)) == second


def test_a_number_that_another_paper_has_is_refused_with_what_stands_there(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)

    (told,) = conflicts_of(register, "函-2", given(乙水=30))

    assert "苏应急函〔2024〕30号" in told
    assert "预留号，《关于整改安全生产责任保险问题的函》，批次 函-1 的 甲山，2024-12-19 12:00 李示例 登记" in told
    assert "docgen register release 苏应急函〔2024〕30号" in told


def test_everything_in_the_way_is_told_at_once_and_nothing_is_taken(register: Register) -> None:
    register.take("函-1", given(甲山=30, 乙水=31), Source.OFFICE)

    told = conflicts_of(register, "函-2", given(丙海=30, 丁河=31, 戊岭=32))

    assert [one[:4] for one in told] == ["“丙海”", "“丁河”"]
    assert register.entries_of("函-2") == ()


def test_a_number_given_to_two_papers_of_a_run_is_refused(register: Register) -> None:
    assert "给了两件" in conflicts_of(register, "函-1", given(甲山=30, 乙水=30))[0]


def test_a_number_that_the_office_has_not_given_is_asked_for(register: Register) -> None:
    assert conflicts_of(register, "函-1", wanted("甲山")) == ("“甲山”没有写办公室给的序号；请填上",)


@pytest.mark.parametrize(
    ("code", "year", "serial"),
    [("苏应急函", 2024, 0), ("SU", 2024, 1), ("苏应急函", 1999, 1), ("苏应急函", 2024, 10**12)],
)
def test_what_is_no_number_is_refused_in_the_clerks_words(
    register: Register, code: str, year: int, serial: int
) -> None:
    asked = [replace(wanted("甲山")[0], agency_code=code, year=year, serial=serial)]

    assert "如“苏应急〔2024〕132号”" in conflicts_of(register, "函-1", asked)[0]


def test_a_granted_number_can_be_used_as_the_offices_number(register: Register) -> None:
    register.reserve("苏应急函", 2024, [30])

    (entry,) = register.take("函-1", given(甲山=30), Source.OFFICE)

    assert (entry.source, entry.run) == (Source.OFFICE, "函-1")


def test_a_block_gives_its_lowest_numbers_in_the_order_of_the_papers(register: Register) -> None:
    register.reserve("苏应急函", 2024, [45, 31, 30])

    assert serials(register, "函-1", "乙水", "甲山", source=Source.BLOCK) == [30, 31]
    assert serials(register, "函-2", "甲山", source=Source.BLOCK) == [45]


def test_a_block_that_is_too_small_says_how_many_are_missing(register: Register) -> None:
    register.reserve("苏应急函", 2024, [30])

    (told,) = conflicts_of(register, "函-1", wanted("甲山", "乙水", "丙海"), Source.BLOCK)

    assert "要 3 个号，只有 1 个可用，还差 2 个" in told
    assert register.entries_of("函-1") == ()


def test_a_series_goes_on_from_where_paper_left_it(register: Register) -> None:
    register.start("苏应急函", 2024, 132)

    assert serials(register, "函-1", "甲山", "乙水") == [132, 133]
    assert serials(register, "函-2", "甲山") == [134]


def test_a_series_that_was_never_started_is_not_made_up(register: Register) -> None:
    (told,) = conflicts_of(register, "函-1", wanted("甲山"), Source.OWN)

    assert "docgen register start 苏应急函 2024 1" in told
    assert register.entries() == ()


def test_the_year_after_begins_at_1_and_the_old_year_goes_on_for_a_late_paper(register: Register) -> None:
    register.start("苏应急函", 2024, 132)
    new_year = register.take("函-1", wanted("甲山", year=2025), Source.OWN)
    late = register.take("函-2", wanted("甲山", year=2024), Source.OWN)

    assert [entry.number for entry in (*new_year, *late)] == [number(1, year=2025), number(132)]


def test_a_year_before_the_first_is_not_begun_by_itself(register: Register) -> None:
    register.start("苏应急函", 2024, 1)

    assert "start 苏应急函 2023 1" in conflicts_of(register, "函-1", wanted("甲山", year=2023), Source.OWN)[0]


def test_a_series_steps_over_numbers_that_were_entered_by_hand(register: Register) -> None:
    register.start("苏应急函", 2024, 1)
    register.record(number(1), LETTER, [])
    register.record(number(3), LETTER, [])
    register.reserve("苏应急函", 2024, [4])

    assert serials(register, "函-1", "甲山", "乙水") == [2, 5]
    assert all(told.startswith(REMARK) for told in register.complaints())


def test_a_released_number_of_a_series_is_used_before_the_next_one(register: Register) -> None:
    register.start("苏应急函", 2024, 1)
    register.take("函-1", wanted("甲山", "乙水", "丙海"), Source.OWN)
    register.release(number(2), "该公司已整改，不再发函")

    assert serials(register, "函-2", "丁河", "戊岭") == [2, 4]


@pytest.mark.parametrize("source", list(Source)[:3])
def test_a_paper_that_asks_again_keeps_its_number(register: Register, source: Source) -> None:
    register.start("苏应急函", 2024, 30)
    if source is Source.BLOCK:
        register.reserve("苏应急函", 2024, [31, 32, 33])
    asked = given(甲山=31, 乙水=32)
    first = register.take("函-1", asked, source)

    assert register.take("函-1", list(reversed(asked)), source) == tuple(reversed(first))
    assert len(register.entries_of("函-1")) == 2


def test_while_a_number_is_reserved_its_paper_can_be_corrected(register: Register, opened: Callable[..., Register]) -> None:
    (before,) = register.take("函-1", given(甲山=30), Source.OFFICE)
    corrected = [replace(given(甲山=30)[0], particulars=replace(before.particulars, title="关于限期整改的函", copies=None))]

    (after,) = opened("张示例", datetime(2024, 12, 20, 9)).take("函-1", corrected, Source.OFFICE)

    assert after.particulars == corrected[0].particulars
    assert (after.entered_by, after.changed_by, after.changed_at) == ("李示例", "张示例", datetime(2024, 12, 20, 9))
    assert register.find(number(30)) == after


def test_a_paper_that_is_out_cannot_be_changed(register: Register) -> None:
    (entry,) = register.take("函-1", given(甲山=30), Source.OFFICE)
    register.mark_issued("函-1", "甲山", [file("甲山")])
    other = [replace(given(甲山=30)[0], particulars=replace(entry.particulars, title="关于限期整改的函"))]

    (told,) = conflicts_of(register, "函-1", other)

    assert "已印发" in told
    assert "标题" in told
    assert "docgen register void 苏应急函〔2024〕30号" in told


def test_a_paper_that_has_a_number_does_not_get_a_second_one(register: Register) -> None:
    register.take("函-1", given(甲山=30), Source.OFFICE)

    (told,) = conflicts_of(register, "函-1", given(甲山=33))

    assert "已有文号 苏应急函〔2024〕30号" in told
    assert "不能再取 苏应急函〔2024〕33号" in told


def test_a_paper_whose_number_was_voided_takes_a_new_one(register: Register) -> None:
    register.start("苏应急函", 2024, 1)
    register.take("函-1", wanted("甲山"), Source.OWN)
    register.mark_issued("函-1", "甲山", [file("甲山")])
    register.void(number(1), "内容有误，重新发文")

    assert serials(register, "函-1", "甲山") == [2]
    assert [entry.state for entry in register.entries()] == [State.VOID, State.RESERVED]


def test_one_number_can_go_to_several_recipients(register: Register) -> None:
    asked = [replace(given(甲山=30)[0], particulars=replace(LETTER, recipients=("甲山财险", "乙水财险", "丙海财险")))]

    register.take("函-1", asked, Source.OFFICE)

    found = register.find(number(30))
    assert found is not None
    assert found.particulars.recipients == ("甲山财险", "乙水财险", "丙海财险")


def test_a_run_without_a_name_or_a_paper_named_twice_is_a_fault_of_the_caller(register: Register) -> None:
    with pytest.raises(ValueError, match="named"):
        register.take("", wanted("甲山"), Source.OWN)
    with pytest.raises(ValueError, match="twice"):
        register.take("函-1", wanted("甲山", "甲山"), Source.OWN)
