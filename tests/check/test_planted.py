"""How many defects are planted in finished files, DOCX and PDF, each caught by its own rule."""

from __future__ import annotations

from collections import Counter

from tests.check.pdf_planted import PLANTED
from tests.check.test_docx_rules import DEFECTS
from tests.check.text.test_in_files import FAULTS, IN_PDF

IN_DOCX = [defect.rule for defect in DEFECTS.values()] + [rule for rule, _, _ in FAULTS]
IN_PDFS = [rule for rule, _ in PLANTED.values()] + [rule for rule, _ in IN_PDF]


def test_far_more_than_sixty_defects_are_planted_in_files_of_each_kind() -> None:
    assert len(IN_DOCX) >= 90
    assert len(IN_PDFS) >= 120
    assert len(Counter(IN_DOCX + IN_PDFS)) >= 80
