"""Compose papers: every line, table row and page with its place, once, for all formats."""

from docgen.layout.addressees import with_addressees_moved
from docgen.layout.compose import compose
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Pages
from docgen.layout.places import PlacedTable, PlacedText, Places, page_of, where_it_stands

__all__ = [
    "Metrics",
    "Pages",
    "PlacedTable",
    "PlacedText",
    "Places",
    "compose",
    "page_of",
    "where_it_stands",
    "with_addressees_moved",
]
