"""Damaged DOCX files end with findings or a refusal that says what to do."""

from __future__ import annotations

from tests.check.docx_fuzz import DAMAGES, damaged, outcome

CASES = 200


def test_200_damaged_files_end_with_findings_or_a_refusal() -> None:
    outcomes = [outcome(damaged(number)) for number in range(CASES)]

    assert all(outcomes)
    assert 20 < outcomes.count("看过") < CASES - 20


def test_a_case_is_the_same_at_any_time() -> None:
    for number in range(len(DAMAGES)):
        assert damaged(number) == damaged(number)
