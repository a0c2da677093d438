"""Rules that look at the text of the elements, whatever file they are in."""

from __future__ import annotations

from docgen.check.finding import Rule
from docgen.check.rules.text import (
    annexes,
    closing,
    drafts,
    genre,
    masthead,
    naming,
    punctuation,
    slips,
    sums,
    titles,
    totals,
)

RULES: tuple[Rule, ...] = (
    *masthead.RULES,
    *titles.RULES,
    *annexes.RULES,
    *closing.RULES,
    *genre.RULES,
    *punctuation.RULES,
    *slips.RULES,
    *sums.RULES,
    *totals.RULES,
    *naming.RULES,
    *drafts.RULES,
)
