"""What stands above the signatures on their page: text of the paper, and all of 附件说明 (7.3.5.5)."""

from __future__ import annotations

import pytest

from docgen.gongwen import AnnexNote, Document
from docgen.layout.pages import TextBlock
from docgen.layout.text import BODY_ELEMENTS
from tests.closings import noted
from tests.papers import composed


def above_the_signatures(document: Document) -> list[str]:
    """What stands above the first name on its page."""
    for page in composed(document).pages:
        names = [block.element for block in page.blocks if isinstance(block, TextBlock)]
        if "署名" in names:
            return names[: names.index("署名")]
    raise AssertionError("no signature")


@pytest.mark.parametrize("lines", range(1, 30))
def test_text_shares_the_page_of_the_signatures_wherever_the_page_ends(lines: int) -> None:
    above = above_the_signatures(noted(lines))

    assert BODY_ELEMENTS & set(above)
    assert above.count("附件说明") == 3


LONG = AnnexNote(tuple(f"附件名称{number}" for number in range(1, 6)))


@pytest.mark.parametrize("lines", range(1, 30))
def test_the_first_of_many_annexes_follows_text_on_its_page(lines: int) -> None:
    pages = composed(noted(lines, LONG)).pages
    names = [block.element for page in pages for block in page.blocks if isinstance(block, TextBlock)]
    page = next(page for page in pages if any(is_first_name(block) for block in page.blocks))
    above = [block.element for block in page.blocks if isinstance(block, TextBlock)]

    assert names.count("附件说明") == 5
    assert above[above.index("附件说明") - 1] in BODY_ELEMENTS


def is_first_name(block: object) -> bool:
    return isinstance(block, TextBlock) and block.lines[0].text.startswith("附件：1.")


def test_of_many_annexes_only_the_last_goes_with_signatures_that_find_no_room() -> None:
    pages = composed(noted(22, LONG)).pages

    assert [[element(block) for block in page.blocks].count("附件说明") for page in pages] == [0, 4, 1, 0]


def element(block: object) -> str:
    return block.element if isinstance(block, TextBlock) else ""
