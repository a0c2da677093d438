"""The only orchestrator: read, count, draft, compose, render, publish."""

from docgen.issuing.annotated import Annotated, annotate, check_annotated, telling_of_no_annotated
from docgen.issuing.doctor import Finding, MissingFonts, MissingLibrary, examine
from docgen.issuing.earlier import handed_over, letters_beside
from docgen.issuing.jobs import Made, Workshop
from docgen.issuing.make import (
    CHECK_SHEET,
    FORMATS,
    NotMade,
    Outcome,
    check_formats,
    check_kept_formats,
    make_papers,
)
from docgen.issuing.problems import check_report, in_order, problem_sheet, write_report
from docgen.issuing.publish import check_folder
from docgen.issuing.run import (
    Counted,
    Drafted,
    Paper,
    bar,
    check_input,
    draft_papers,
    figures_json,
    is_barred,
    load_metrics,
    read_and_count,
)
from docgen.issuing.starter import Started, start
from docgen.issuing.stated_number import check_stated_number

__all__ = [
    "CHECK_SHEET",
    "FORMATS",
    "Annotated",
    "Counted",
    "Drafted",
    "Finding",
    "Made",
    "MissingFonts",
    "MissingLibrary",
    "NotMade",
    "Outcome",
    "Paper",
    "Started",
    "Workshop",
    "annotate",
    "bar",
    "check_annotated",
    "check_folder",
    "check_formats",
    "check_input",
    "check_kept_formats",
    "check_report",
    "check_stated_number",
    "draft_papers",
    "examine",
    "figures_json",
    "handed_over",
    "in_order",
    "is_barred",
    "letters_beside",
    "load_metrics",
    "make_papers",
    "problem_sheet",
    "read_and_count",
    "start",
    "telling_of_no_annotated",
    "write_report",
]
