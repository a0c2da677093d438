"""What can be wrong with an item of the settings, and how that is put to the clerk. Pure."""

from __future__ import annotations

from enum import StrEnum

from docgen.errors import Place, Problem, Severity


class SettingCode(StrEnum):
    """What can be wrong with an item of the settings."""

    UNKNOWN = "unknown-setting"
    MISSING = "missing-setting"
    WRONG = "wrong-setting"
    DATES_OUT_OF_ORDER = "dates-out-of-order"
    DATE_FORM = "date-form"


def shown(content: object) -> str:
    """Write the content of an item on one line, the end of a long one left out."""
    text = "；".join(map(str, content)) if isinstance(content, list | tuple) else str(content)
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:40] + "……"


def missing(name: str, right: str, place: Place, severity: Severity = Severity.BARRING) -> Problem:
    """Say that an item is not written."""
    return Problem(
        SettingCode.MISSING, severity, place, f"没有写“{name}”", right, f"补写项目“{name}”和它的内容"
    )


def wrong(name: str, found: str, right: str, place: Place) -> Problem:
    """Say that an item holds what is not right."""
    return Problem(
        SettingCode.WRONG, Severity.BARRING, place, f"“{name}”写的是“{found}”", right, f"改正“{name}”的内容"
    )
