"""What the office gave a paper, taken together from where it stands, and what is said of all that does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from docgen.errors import Barred
from docgen.gongwen import DocumentNumber
from docgen.issuing.given import Sources, settled, wanted_of
from docgen.issuing.numbered import NumberedPaper
from docgen.issuing.numbers_sheet import NumberGiven
from docgen.register import Entry, Source, State
from docgen.settings import Settings
from tests.papers import paper

NUMBER = DocumentNumber("苏应急", 2024, 132)
CIRCULAR = NumberedPaper("通报", paper("正文。"), ("各县（市、区）应急管理局",))
SETTINGS = Settings(agency_code="苏应急", year=2024, cutoff=date(2024, 8, 9))
FIRST, LATER = date(2024, 8, 15), date(2024, 8, 16)
SAID = NumberGiven("", NUMBER, ("李示例",), (FIRST,), None, date(2024, 8, 20), 60)


def given(
    said: NumberGiven = SAID, rows: Sequence[NumberGiven] = (), entries: Sequence[Entry] = (),
    settings: Settings = SETTINGS, source: Source = Source.OFFICE,
) -> NumberGiven:
    """What the circular is given."""
    return settled((CIRCULAR,), Sources(said, rows, entries, settings, source), settings)["通报"]


def told(*arguments: object, **more: object) -> list[str]:
    """What is said to be wrong."""
    with pytest.raises(Barred) as barred:
        given(*arguments, **more)  # type: ignore[arg-type]
    return [str(problem) for problem in barred.value.problems]


def reserved(said: NumberGiven) -> Entry:
    """The register's entry after a first call with these words that ended before the paper was issued."""
    wanted = wanted_of(CIRCULAR, given(said), SETTINGS, is_office=True)
    then = datetime(2024, 8, 15, 12)
    return Entry(
        NUMBER, State.RESERVED, Source.OFFICE, wanted.particulars, "通报-1", "通报", (), "", "张示例", then, "张示例", then
    )


@pytest.mark.parametrize("source", [Source.OWN, Source.BLOCK])
def test_a_serial_in_the_settings_is_not_passed_over_when_the_register_gives_the_number(source: Source) -> None:
    said = replace(SAID, number=None)

    problems = told(said, settings=replace(SETTINGS, serial=132), source=source)

    assert len(problems) == 1
    assert f"发文信息写了序号 132，{source}时不用" in problems[0]


def test_a_corrected_day_of_signing_gives_the_date_anew_while_the_number_waits() -> None:
    entry = reserved(SAID)

    on_the_line = given(replace(SAID, signed_on=(LATER,)), entries=(entry,))
    in_the_sheet = given(
        NumberGiven(""), (NumberGiven("通报", NUMBER, ("李示例",), (LATER,)),), entries=(entry,)
    )

    assert (on_the_line.signing_date, in_the_sheet.signing_date) == (LATER, LATER)


def test_what_was_registered_stands_when_nothing_new_is_said() -> None:
    again = given(NumberGiven(""), entries=(reserved(SAID),))

    assert again == replace(SAID, paper="通报", signing_date=FIRST)


def test_a_date_that_is_written_and_does_not_follow_from_the_days_of_signing_is_told() -> None:
    problems = told(replace(SAID, signed_on=(LATER,)), settings=replace(SETTINGS, signing_date=FIRST))

    assert "成文日期是 2024-08-15，最后签发日期是 2024-08-16" in problems[0]


@pytest.mark.parametrize("copies", [-1, 0, 1_000_001, 99999999999999999999])
def test_so_many_copies_are_no_count(copies: int) -> None:
    assert f"份数是 {copies}" in told(replace(SAID, copies=copies))[0]


@pytest.mark.parametrize("name", ["", " ", "李\udce5示例", "李\x07示例", "李" * 101], ids=ascii)
def test_what_is_nobodys_name_is_refused(name: str) -> None:
    problems = told(replace(SAID, signers=(name,)))

    assert len(problems) == 1
    assert "签发人写的是" in problems[0]
    assert problems[0].isprintable()
