"""Every form of a paper in the gallery passes the rules of a DOCX, with its tags and style names or without."""

from __future__ import annotations

from functools import cache

import pytest

from docgen.render.docx import render_docx
from tests.check.word_files import NO_FAULT, found_in, named, read, stripped
from tests.gallery.cases import CASES, case


@cache
def content(name: str) -> bytes:
    shown = case(name)
    return render_docx(shown.document, shown.pages, shown.stylesheet)


@pytest.mark.parametrize("name", CASES)
def test_a_form_of_a_paper_is_recognised_and_without_fault(name: str) -> None:
    whole, bare = content(name), stripped(content(name))

    assert named(read(bare)) == named(read(whole))
    assert found_in(whole, *NO_FAULT) == {}
    assert found_in(bare, *NO_FAULT) == {}
