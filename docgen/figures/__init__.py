"""Records → figures with their source rows, annex tables, and what each recipient is sent. Pure."""

from docgen.figures.annexes import annex_tables
from docgen.figures.areas import area_extracts
from docgen.figures.checks import (
    OF_FIGURES,
    OF_ROWS,
    Check,
    Evidence,
    Examined,
    evidence_of,
    examine,
    problems_of,
    unchecked,
)
from docgen.figures.count import count, shown, shown_number
from docgen.figures.extract import AnnexTable, AreaExtract, InsurerExtract
from docgen.figures.figure import Figure
from docgen.figures.insurers import insurer_extracts
from docgen.figures.reconcile import (
    ADDED,
    ASSIGNED,
    REPORTED,
    WITHDRAWN,
    EarlierProblem,
    Reconciliation,
    reconcile,
)
from docgen.figures.roster import INSURED_RATE, RENEWED_RATE

OPTIONAL_FIGURES = (INSURED_RATE, RENEWED_RATE, ASSIGNED, WITHDRAWN, ADDED, REPORTED)
"""Figures that a run has only when a roster or an earlier run of letters is given: a template need not state them."""

__all__ = [
    "OF_FIGURES",
    "OF_ROWS",
    "OPTIONAL_FIGURES",
    "AnnexTable",
    "AreaExtract",
    "Check",
    "EarlierProblem",
    "Evidence",
    "Examined",
    "Figure",
    "InsurerExtract",
    "Reconciliation",
    "annex_tables",
    "area_extracts",
    "count",
    "evidence_of",
    "examine",
    "insurer_extracts",
    "problems_of",
    "reconcile",
    "shown",
    "shown_number",
    "unchecked",
]
