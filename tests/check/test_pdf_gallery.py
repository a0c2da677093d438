"""No rule of a PDF fires on any case of the gallery: every form of a paper that docgen makes."""

from __future__ import annotations

import pytest

from docgen.check.finding import Grade
from docgen.check.rules import pdf
from docgen.render.pdf import render_pdf
from tests.check.pdfs import read
from tests.gallery.cases import CASES, case, metrics


@pytest.mark.parametrize("name", CASES)
def test_no_rule_fires_on_the_gallery(name: str) -> None:
    made = case(name)

    found = read(render_pdf(made.pages, made.stylesheet, metrics()))

    told = [
        (rule.id, item) for rule in pdf.RULES if rule.grade is not Grade.INFO for item in rule.look(found)
    ]
    assert told == []
    assert found.unidentified == ()
    assert found.is_letter == (made.document.format.value == "信函格式")
