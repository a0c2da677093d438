"""Rules that look at what is drawn on the pages of a PDF."""

from __future__ import annotations

from docgen.check.finding import Rule

RULES: tuple[Rule, ...] = ()
