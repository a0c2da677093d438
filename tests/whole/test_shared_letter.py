"""同号分送 over the typical half-year: every insurer gets the same text, and a list that is its own."""

from __future__ import annotations

from dataclasses import replace

from docgen.gongwen import Document, Table, cell_text
from docgen.issuing import Counted, Paper, draft_papers

from .conftest import Run


def shared(counted: Counted) -> dict[str, Document]:
    """Draft the letters under one number, by the insurer's 简称."""
    settings = replace(counted.settings, letter_numbering="同号分送")
    drafted = draft_papers(replace(counted, settings=settings), [Paper.LETTERS])
    return {letter.extract.short_name: letter.draft.document for letter in drafted.letters if letter.draft.document}


def cells(document: Document) -> set[str]:
    tables = [block for annex in document.annexes for block in annex.blocks if isinstance(block, Table)]
    return {
        cell_text(cell, column.kind)
        for table in tables
        for row in table.rows
        for cell, column in zip(row, table.columns, strict=True)
    }


def test_the_text_is_the_same_for_every_insurer(half_year: Run) -> None:
    papers = shared(half_year.counted)
    assert len(papers) == 21
    assert len({replace(paper, annexes=()) for paper in papers.values()}) == 1


def test_each_insurers_annexes_hold_its_own_policies_and_nobody_elses(half_year: Run) -> None:
    papers = shared(half_year.counted)
    numbers = {extract.short_name: extract.policy_numbers for extract in half_year.counted.insurers}
    everybodys = frozenset().union(*numbers.values())
    for name, paper in papers.items():
        listed = cells(paper) & everybodys
        assert listed
        assert listed <= numbers[name]


def test_each_annex_names_the_insurer(half_year: Run) -> None:
    papers = shared(half_year.counted)
    for extract in half_year.counted.insurers:
        owners = {annex.blocks[0] for annex in papers[extract.short_name].annexes}
        assert {f"收函单位：{extract.addressee}"} == {getattr(owner, "text", "") for owner in owners}
