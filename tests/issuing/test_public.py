"""Which annexes of a circular are not published: those that list single units, whatever number they are printed under."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.gongwen import Document
from docgen.issuing import Counted, Paper, draft_papers
from docgen.issuing.public import published


def public(counted: Counted, publicity: str = "主动公开", **changed: object) -> tuple[Document, Document | None]:
    """The circular as drafted with these settings, and what is published of it."""
    settings = replace(counted.settings, publicity=publicity, **changed)  # type: ignore[arg-type]
    draft = draft_papers(replace(counted, settings=settings), [Paper.CIRCULAR]).circular
    assert draft is not None
    assert draft.document is not None
    return draft.document, published(draft.document, counted.annexes, settings)


def test_the_lists_of_single_units_are_left_out(counted: Counted) -> None:
    signed, paper = public(counted)
    assert paper is not None
    assert paper.annexes == signed.annexes[:2]
    assert paper.annex_note is not None
    assert paper.annex_note.remark.endswith("；附件3至附件5不予公开）")


def test_an_annex_is_known_by_its_table_when_fewer_are_printed(counted: Counted) -> None:
    """通报附件 1；4 are printed as 附件1 and 附件2."""
    signed, paper = public(counted, annexes=("1", "4"))
    assert paper is not None
    assert [annex.title for annex in paper.annexes] == [counted.annexes[0].title]
    assert paper.annex_note is not None
    assert paper.annex_note.titles == tuple(annex.title for annex in signed.annexes)
    assert paper.annex_note.remark.endswith("；附件2不予公开）")


def test_a_circular_that_bears_no_list_is_published_as_it_is(counted: Counted) -> None:
    signed, paper = public(counted, annexes=("1", "2"))
    assert paper == signed


@pytest.mark.parametrize("publicity", ["", "依申请公开", "不予公开"])
def test_nothing_is_published_of_another_circular(counted: Counted, publicity: str) -> None:
    assert public(counted, publicity)[1] is None
