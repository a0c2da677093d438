"""The cross-checks: each declared once, with its rule in the clerk's words and where it is laid down. Pure.

Those of the rows come before counting, so that what they doubt is marked where it is printed; those of the
figures come after, over figures, annexes and letters together.
"""

from __future__ import annotations

from collections.abc import Iterable

from docgen.errors import Place, Problem, Severity
from docgen.figures.checks.check import Check, Evidence, Examined
from docgen.figures.checks.letters import (
    letters_add_up_to_the_circular,
    money_of_the_letters_is_that_of_annex_2,
    tables_of_a_letter_have_as_many_rows_as_it_says,
)
from docgen.figures.checks.policies import (
    fee_share_is_that_of_the_rule,
    limits_are_as_high_as_the_rule,
    problems_are_of_policies_in_force,
    several_policies,
    verified_fees_are_within_what_is_set_aside,
)
from docgen.figures.checks.sums import (
    annex_1_states_the_figures,
    annex_2_states_the_figures,
    annexes_have_as_many_rows_as_the_text_says,
    faulty_policies_are_within_their_kinds,
    parts_add_up,
)
from docgen.figures.checks.units import (
    employees_of_the_underinsured_are_those_of_the_policies,
    people_of_the_underinsured_are_those_of_the_policies,
    underinsured_units_have_a_policy_in_force,
    uninsured_units_are_not_closed,
    uninsured_units_are_on_the_roster,
    units_of_the_roster_are_accounted_for,
)
from docgen.figures.portfolio import portfolio
from docgen.records import Records
from docgen.settings import Settings

__all__ = ["OF_FIGURES", "OF_ROWS", "Check", "Evidence", "Examined", "evidence_of", "examine", "problems_of", "unchecked"]

OF_ROWS: tuple[Check, ...] = (
    several_policies,
    problems_are_of_policies_in_force,
    underinsured_units_have_a_policy_in_force,
    people_of_the_underinsured_are_those_of_the_policies,
    employees_of_the_underinsured_are_those_of_the_policies,
    verified_fees_are_within_what_is_set_aside,
    uninsured_units_are_not_closed,
    uninsured_units_are_on_the_roster,
    units_of_the_roster_are_accounted_for,
    limits_are_as_high_as_the_rule,
    fee_share_is_that_of_the_rule,
)
"""What needs records and settings only."""

OF_FIGURES: tuple[Check, ...] = (
    parts_add_up,
    faulty_policies_are_within_their_kinds,
    annex_1_states_the_figures,
    annex_2_states_the_figures,
    annexes_have_as_many_rows_as_the_text_says,
    letters_add_up_to_the_circular,
    money_of_the_letters_is_that_of_annex_2,
    tables_of_a_letter_have_as_many_rows_as_it_says,
)
"""What needs the figures, the annexes and the letters too."""


def evidence_of(records: Records, settings: Settings) -> Evidence:
    """Gather what there is before counting. Raise UsageError as `count` does."""
    return Evidence(records, settings, portfolio(records, settings))


def examine(checks: Iterable[Check], evidence: Evidence) -> tuple[Examined, ...]:
    """Hold the evidence to each check, in order; one whose evidence is not there is not judged."""
    return tuple(check.examine(evidence) for check in checks)


def problems_of(examined: Iterable[Examined]) -> tuple[Problem, ...]:
    """List all that the checks found."""
    return tuple(problem for result in examined for problem in result.problems)


def unchecked(examined: Iterable[Examined], records: Records) -> tuple[Problem, ...]:
    """Say which checks could not be made because the input lacks a column, once for each column."""
    names: dict[str, list[str]] = {}
    for result in examined:
        lacks = [need for need in result.check.needs if tuple(need.partition(".")[::2]) in records.absent]
        if lacks and not result.is_judged:
            names.setdefault(lacks[0], []).append(result.check.name)
    missed = ((*need.partition(".")[::2], checks) for need, checks in names.items())
    return tuple(
        _unchecked(Place(str(records[sheet]["_file"].iloc[0]), sheet, column=header), checks)
        for sheet, header, checks in missed
        if len(records[sheet])
    )


def _unchecked(where: Place, checks: list[str]) -> Problem:
    sheet, header = where.sheet, where.column
    return Problem(
        "unchecked",
        Severity.NOTICE,
        where,
        f"“{sheet}”表没有“{header}”列，未检查：{'；'.join(checks)}",
        f"“{sheet}”表有“{header}”列",
        "补上后再核对一次；确实没有的，由人核对",
    )
