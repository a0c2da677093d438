"""Rules that look at the text of the elements, whatever file they are in."""

from __future__ import annotations

from docgen.check.finding import Rule

RULES: tuple[Rule, ...] = ()
