"""The clerk's text template and the figures → `Document`."""

from docgen.drafting.checking import check_template
from docgen.drafting.circular import draft_circular
from docgen.drafting.draft import Draft
from docgen.drafting.letter import LETTER_NAMES, SHARED_LETTER_NAMES, draft_letter
from docgen.drafting.shown import SETTING_NAMES

__all__ = [
    "LETTER_NAMES",
    "SETTING_NAMES",
    "SHARED_LETTER_NAMES",
    "Draft",
    "check_template",
    "draft_circular",
    "draft_letter",
]
