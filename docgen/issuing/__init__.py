"""The only orchestrator: read, count, draft, compose, render, publish."""

from docgen.issuing.doctor import Finding, MissingFonts, examine
from docgen.issuing.make import CHECK_SHEET, FORMATS, Made, NotMade, Outcome, Workshop, make_papers
from docgen.issuing.problems import in_order, problem_sheet, write_report
from docgen.issuing.run import (
    Counted,
    Drafted,
    bar,
    check_input,
    draft_papers,
    figures_json,
    is_barred,
    load_metrics,
    read_and_count,
)

__all__ = [
    "CHECK_SHEET",
    "FORMATS",
    "Counted",
    "Drafted",
    "Finding",
    "Made",
    "MissingFonts",
    "NotMade",
    "Outcome",
    "Workshop",
    "bar",
    "check_input",
    "draft_papers",
    "examine",
    "figures_json",
    "in_order",
    "is_barred",
    "load_metrics",
    "make_papers",
    "problem_sheet",
    "read_and_count",
    "write_report",
]
