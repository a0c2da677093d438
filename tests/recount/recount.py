"""Count an inspection's figures a second time, from figures.md and the data contract, importing nothing of docgen.

Where the contract leaves a row undecided (a date that nobody can read, a row twice with two head counts), each
reading that a person could defend is counted. A paper must agree with one of them in every figure at once, and
whoever made it must have spoken up at the rows in question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice, product
from typing import Any

from tests.recount.cells import Book
from tests.recount.counted import Counted, Outcome
from tests.recount.findings import count_findings
from tests.recount.insured import count_insured
from tests.recount.reader import Reader
from tests.recount.settings import Rules

SINGLE_QUESTIONS = 4
"""More questions than these are answered alike wherever they are of one kind."""
MOST_READINGS = 120


def recount(book: Book, rules: Rules) -> Outcome:
    """Count every reading of a book; where something is missing, nothing but the bar."""
    if book.missing:
        return Outcome([], [], list(book.missing), rules.fee_share)

    def read(answers: dict[Any, int]) -> tuple[Reader, Counted]:
        reader, counted = Reader(book, rules, answers), Counted()
        leading, current = count_insured(reader, counted)
        count_findings(reader, counted, leading, current)
        return reader, counted

    first, counted = read({})
    others = islice(_answers(first.asked), 1, MOST_READINGS)
    return Outcome([counted, *(read(answers)[1] for answers in others)], first.remarks, first.bars, rules.fee_share)


def _answers(asked: dict[Any, int]) -> Iterable[dict[Any, int]]:
    """Every combination of answers, the first answer to everything first; of many questions, kind by kind."""
    many = len(asked) > SINGLE_QUESTIONS
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key in asked:
        groups[key[0] if many else key].append(key)
    for chosen in product(*(range(max(asked[key] for key in keys)) for keys in groups.values())):
        yield {
            key: min(number, asked[key] - 1)
            for number, keys in zip(chosen, groups.values(), strict=True)
            for key in keys
        }
