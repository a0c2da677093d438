"""The rules of text are silent on docgen's own papers, whichever of their templates' sentences are printed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from docgen.drafting import Draft
from docgen.gongwen import Format
from docgen.issuing import Drafted, Paper, draft_papers, load_metrics, read_and_count
from docgen.styles import load_stylesheet
from tests.drafting.drafting_papers import A_SHORTFALL, CIRCULAR_COUNTS, LETTER_COUNTS, circular, letter
from tests.papers import PAPERS

from .seen_papers import grave, seen_paper

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module", params=["2024h1/检查数据.xlsx", "messy"])
def drafted(request: pytest.FixtureRequest) -> Drafted:
    facts = read_and_count(ROOT / "fixtures" / request.param, None, load_metrics(load_stylesheet()), None)
    return draft_papers(facts, [Paper.CIRCULAR, Paper.LETTERS])


def test_the_circular_and_every_letter_of_the_fixtures_have_no_fault(drafted: Drafted) -> None:
    drafts = [drafted.circular, *(letter.draft for letter in drafted.letters)]
    documents = [draft.document for draft in drafts if draft is not None and draft.document is not None]

    assert len(documents) > 2
    assert [fault for document in documents for fault in grave(seen_paper(document, as_docx=True))] == []


def faults(draft: Draft) -> list[str]:
    assert draft.document is not None
    return grave(seen_paper(draft.document, as_docx=True))


@pytest.mark.parametrize("name", sorted(CIRCULAR_COUNTS))
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_the_circular_has_no_fault_when_one_count_is_another(name: str, count: int) -> None:
    industries = {"投保单位数", "分行业投保单位数"}

    assert faults(circular(**({} if name in industries else {name: count}))) == []


@pytest.mark.parametrize("others", [None, {"资料不全": 3}, {"资料不全": 3, "超期签发": 4}], ids=["无", "一类", "两类"])
@pytest.mark.parametrize("fees", [{}, {"甲山财险": 1}, {"甲山财险": 70, "太初洋": 69}], ids=["无", "一家", "两家"])
def test_the_circular_has_no_fault_with_lists_of_any_length(others: dict[str, int] | None, fees: dict[str, int]) -> None:
    assert faults(circular(others=others, fees=fees)) == []
    assert faults(circular(others=others, fees=fees, 问题保单数=100, 逾期上传保单数=5, 服务费不足保险公司数=4)) == []


@pytest.mark.parametrize(("name", "count"), list(product(sorted(LETTER_COUNTS), (0, 1, 7))))
def test_a_letter_has_no_fault_when_one_count_is_another(name: str, count: int) -> None:
    assert faults(letter(**{name: count})) == []


def test_a_letter_has_no_fault_with_all_that_it_can_say() -> None:
    everything = dict.fromkeys(LETTER_COUNTS, 9) | A_SHORTFALL

    assert faults(letter(others={"资料不全": 3, "超期签发": 4}, **everything)) == []


def test_a_paper_of_three_issuers_has_no_fault() -> None:
    paper = PAPERS["three issuers"]
    assert paper.imprint is not None
    imprint = replace(paper.imprint, printing_date="2024年12月26日印发")

    assert grave(seen_paper(replace(paper, imprint=imprint))) == []


def test_a_letter_in_its_own_form_has_no_fault() -> None:
    drafted = letter().document
    assert drafted is not None

    assert grave(seen_paper(replace(drafted, format=Format.LETTER))) == []
