"""The GB/T 9704 document model: papers, numbers, dates, numerals. Knows nothing of insurance."""

from docgen.gongwen.document import (
    Annex,
    AnnexNote,
    Document,
    Format,
    Imprint,
    Level,
    Masthead,
    Paragraph,
    Sealing,
    Signatures,
    Span,
)
from docgen.gongwen.final import Final, finalised
from docgen.gongwen.number import DocumentNumber
from docgen.gongwen.numerals import chinese_date, open_date
from docgen.gongwen.public import public_version
from docgen.gongwen.table import Cell, CellKind, Table, TableColumn, cell_text

__all__ = [
    "Annex",
    "AnnexNote",
    "Cell",
    "CellKind",
    "Document",
    "DocumentNumber",
    "Final",
    "Format",
    "Imprint",
    "Level",
    "Masthead",
    "Paragraph",
    "Sealing",
    "Signatures",
    "Span",
    "Table",
    "TableColumn",
    "cell_text",
    "chinese_date",
    "finalised",
    "open_date",
    "public_version",
]
