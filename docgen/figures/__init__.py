"""Records → figures with their source rows, annex tables, and what each recipient is sent. Pure."""

from docgen.figures.annexes import annex_tables
from docgen.figures.areas import area_extracts
from docgen.figures.count import count, shown, shown_number
from docgen.figures.extract import AnnexTable, AreaExtract, InsurerExtract
from docgen.figures.figure import Figure
from docgen.figures.insurers import insurer_extracts
from docgen.figures.sums import several_policies, sum_problems

__all__ = [
    "AnnexTable",
    "AreaExtract",
    "Figure",
    "InsurerExtract",
    "annex_tables",
    "area_extracts",
    "count",
    "insurer_extracts",
    "several_policies",
    "shown",
    "shown_number",
    "sum_problems",
]
