"""What can be wrong with an input, by code, and how a fault of one value is put to the clerk."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from docgen.errors import Place, Problem, Severity

GETA = "〓"
"""Stands where a character was that cannot be printed, as printers have always done."""

PENDING = "【待核】"
"""What stands in a record for an area or an industry that is not known."""


class Code(StrEnum):
    """The problem codes of intake; each has a folder under fixtures/bad/ whose input causes it."""

    NO_SETTINGS = "no-settings"
    SETTINGS_CONFLICT = "settings-conflict"
    SETTING_TWICE = "setting-twice"
    MISSING_SHEET = "missing-sheet"
    EXTRA_SHEET = "extra-sheet"
    EXTRA_FILE = "extra-file"
    HIDDEN_SHEET = "hidden-sheet"
    HIDDEN_ROWS = "hidden-rows"
    NO_HEADER = "no-header"
    HEADER_ALIAS = "header-alias"
    HEADER_UNIT = "header-unit"
    HEADER_AGAIN = "header-again"
    HEADER_MOVED = "header-moved"
    EMPTY_SHEET = "empty-sheet"
    TOTAL_ROW = "total-row"
    NOTE_ROW = "note-row"
    MERGED_CELLS = "merged-cells"
    MERGED_APART = "merged-apart"
    MISSING_COLUMN = "missing-column"
    EXTRA_COLUMN = "extra-column"
    COLUMN_TWICE = "column-twice"
    MISSING_VALUE = "missing-value"
    CELL_TOO_LONG = "cell-too-long"
    CONTROL_CHARACTER = "control-character"
    NO_GLYPH = "no-glyph"
    LINE_BREAK = "line-break"
    FORMULA_ERROR = "formula-error"
    UNCALCULATED = "uncalculated"
    FULL_WIDTH = "full-width"
    ID_LOST_DIGITS = "id-lost-digits"
    BAD_CHECK_DIGIT = "bad-check-digit"
    DATE_FORM = "date-form"
    AMBIGUOUS_DATE = "ambiguous-date"
    NOT_A_NUMBER = "not-a-number"
    ALIAS = "alias"
    UNKNOWN_AREA = "unknown-area"
    UNKNOWN_INDUSTRY = "unknown-industry"
    UNKNOWN_INSURER = "unknown-insurer"
    UNKNOWN_CHOICE = "unknown-choice"
    INSURER_NAME_TWICE = "insurer-name-twice"
    TWO_INDUSTRIES = "two-industries"
    TWO_NAMES = "two-names"
    PROBLEM_NOT_SAMPLED = "problem-not-sampled"
    SAMPLE_NOT_A_POLICY = "sample-not-a-policy"
    INSURER_DIFFERS = "insurer-differs"
    NAMES_ANOTHER_INSURER = "names-another-insurer"
    CO_INSURANCE_ROLES = "co-insurance-roles"
    CO_INSURANCE_SHARES = "co-insurance-shares"
    INSURED_AND_UNINSURED = "insured-and-uninsured"
    NOT_FEWER_INSURED = "not-fewer-insured"
    DUPLICATE_ROW = "duplicate-row"
    UPLOADED_AFTER_ALL = "uploaded-after-all"
    POLICY_UNKNOWN = "policy-unknown"
    END_BEFORE_START = "end-before-start"
    DUPLICATE_PROBLEM_NUMBER = "duplicate-problem-number"
    DUPLICATE_SERVICE_NUMBER = "duplicate-service-number"
    UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value, wherever it stands. A column says a notice once, by `code` and `group`."""

    code: Code
    severity: Severity
    found: str
    expected: str
    remedy: str
    group: str = ""

    def at(self, where: Place, times: int = 1) -> Problem:
        """Name the place; `times` above 1 says that it is the first of so many in its column."""
        found = self.found if times == 1 else f"{self.found}（本列共 {times} 处，此为第一处）"
        return Problem(self.code, self.severity, where, found, self.expected, self.remedy)


class Reading(NamedTuple):
    """A cell as it stands in the records, and what was wrong with it."""

    value: object
    faults: tuple[Fault, ...] = ()


Reader = Callable[[object], Reading]


def is_unprintable(char: str) -> bool:
    """Tell controls, bidi and zero-width controls, lone surrogates and noncharacters; not a soft hyphen."""
    point = ord(char)
    is_noncharacter = 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE
    return is_noncharacter or (char != "\u00ad" and unicodedata.category(char) in ("Cc", "Cf", "Cs"))


def printable(text: str) -> str:
    """Write a name of a file, a sheet, a column or an item on one line, bad characters as 〓."""
    return "".join(GETA if is_unprintable(char) else char for char in " ".join(text.split()))


def shown(content: object, longest: int = 40) -> str:
    """Write a cell's content for a message: one line, cut when long, numbers as a spreadsheet shows them."""
    if isinstance(content, float):
        return format(content, ".15g").replace("e", "E")
    if isinstance(content, date):
        return content.isoformat()
    text = printable(str(content))
    return text if len(text) <= longest else text[:longest] + "……"


def row_ranges(numbers: Iterable[int], most: int = 12) -> str:
    """Write numbers of rows for a message, such as 7、9—12; after so many ranges 等, with how many rows in all."""
    ranges: list[list[int]] = []
    count = 0
    for number in sorted(numbers):
        count += 1
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    texts = [str(first) if first == last else f"{first}—{last}" for first, last in ranges[:most]]
    return "、".join(texts) + (f"等 {count} " if len(ranges) > most else " ")
