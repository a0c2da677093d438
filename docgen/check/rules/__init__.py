"""The rules, one pure function each, by what they look at: a PDF's pages, a DOCX's properties, or the text of either."""

from __future__ import annotations

from docgen.check.finding import Rule
from docgen.check.rules import docx, pdf, text

RULES: tuple[Rule, ...] = (*pdf.RULES, *docx.RULES, *text.RULES)
"""Every rule with its look. A rule of the catalogue may stand here twice: once for PDF, once for DOCX."""
