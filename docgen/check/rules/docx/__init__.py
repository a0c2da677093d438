"""Rules that look at the properties of a DOCX."""

from __future__ import annotations

from docgen.check.finding import Rule

RULES: tuple[Rule, ...] = ()
