"""Compose papers: every line, table row and page with its place, once, for all formats."""

from docgen.layout.compose import compose
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Pages

__all__ = ["Metrics", "Pages", "compose"]
