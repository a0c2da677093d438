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


def test_where_no_page_holds_all_of_it_the_end_of_the_annexes_stays_with_the_signatures() -> None:
    many = AnnexNote(tuple(f"附件名称{number}" for number in range(1, 21)))

    assert set(above_the_signatures(noted(1, many))) == {"附件说明"}
