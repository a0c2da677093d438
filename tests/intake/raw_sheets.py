"""Hand-made raw sheets, and what is read from them, without a file."""

from docgen.intake.characters import Characters
from docgen.intake.sheets import RawSheet
from docgen.intake.tables import Tables, read_tables
from docgen.settings import Settings

from .minimal import valid


def sheet_of(name, rows, **marks):
    """A sheet of a workbook; `marks` are its merges and hidden parts."""
    return RawSheet("核查.xlsx", name, name, rows, **marks)


def read_sheet(name, rows, **marks) -> Tables:
    """Read the tiny valid input with one of its sheets replaced."""
    sheets = [sheet_of(name, rows, **marks) if title == name else sheet_of(title, table)
              for title, table in valid().items()]
    return read_tables(sheets, Settings(), Characters(lambda text: ()), "核查.xlsx")


def said(tables):
    """The problems' codes and severities, in order."""
    return [(str(problem.code), problem.severity.value) for problem in tables.problems]
