"""Tell which column a header means: its canonical word, an alias of the closed table, a unit behind it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from docgen.intake.sheets import Uncalculated
from docgen.records import Column, Kind

UNITS_FEN = {
    "亿元": 10_000_000_000,
    "百万元": 100_000_000,
    "万元": 1_000_000,
    "千元": 100_000,
    "元": 100,
}
"""How many 分 one unit of money is; 分 and 角 head no column."""
_UNIT = "|".join(UNITS_FEN)
_WITH_UNIT = re.compile(rf"(?P<word>.+?)[(:/]?(?:单位:?)?(?:人民币)?(?P<unit>{_UNIT})\)?")
_BARE_UNIT = re.compile(rf"\(?(?:单位:?)?(?:人民币)?(?P<unit>{_UNIT})\)?")
_STATED_UNIT = re.compile(rf"(?:单位:(?:[^:]*[、,/;])?(?:人民币)?|\()(?P<unit>{_UNIT})(?![^、,/;)])")
_WITH_REMARK = re.compile(r"(?P<word>.+?)\((?P<remark>[^()]*)\)")
_MUST_OR_MAY = ("必填", "选填", "必填项", "选填项")
_HARMLESS_REMARKS = {
    Kind.MONEY: frozenset(_MUST_OR_MAY),
    Kind.COUNT: frozenset((*_MUST_OR_MAY, "人", "名", "个", "位")),
    Kind.SHARE: frozenset((*_MUST_OR_MAY, "%")),
}
"""Behind a number's header: another remark, such as 含税 or 美元, may change what the number means."""
_BRACKETS = str.maketrans("[]{}【】〔〕〈〉《》「」", "()()()()()()()")


class Claim(NamedTuple):
    """What a header says: the canonical header that it means, whether word for word, and the unit it names.

    `is_alias` is a header that says it in other words; one that only leaves out or changes the unit is neither.
    """

    header: str
    is_exact: bool = False
    is_alias: bool = False
    unit_fen: int | None = None


def plain_header(content: object) -> str:
    """Give the form in which headers are compared: no blanks, half-width round brackets, no * at either end."""
    if isinstance(content, Uncalculated):
        return ""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(content))).translate(_BRACKETS)
    return text.replace("(*)", "").strip("*").rstrip(":")


def stated_unit(texts: Iterable[str]) -> int | None:
    """Read “单位：万元” or “（万元）” above a table, in 分; None when it is not said."""
    found = (_STATED_UNIT.search(text) for text in texts)
    return next((UNITS_FEN[match["unit"]] for match in found if match), None)


def amount_unit(unit_fen: int) -> str:
    """Name a unit of money."""
    return next(name for name, fen in UNITS_FEN.items() if fen == unit_fen)


class Vocabulary:
    """The words by which the columns of one sheet are known."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = {column.header: column for column in columns}
        self._exact = {plain_header(column.header): column.header for column in columns}
        self._own_words = {plain_header(_without_unit(column)) for column in columns}
        self._words = {
            plain_header(word): column.header
            for column in columns
            for word in (_without_unit(column), *column.aliases)
        }
        self._claims: dict[str, Claim | None] = {}

    def claim(self, text: str) -> Claim | None:
        """Say which column a plain header means; None when it is no known word."""
        if text not in self._claims:
            self._claims[text] = self._read(text)
        return self._claims[text]

    def claim_of(self, parts: Sequence[str]) -> Claim | None:
        """Say which column the header cells above one another mean, the upper ones being group headers.

        Tried in turn: the lowest by itself and under its groups, such as 保险期间 over 起期, or 人数 over 投保.
        """
        if not parts:
            return None
        lowest, groups = parts[-1], parts[:-1]
        unit = _BARE_UNIT.fullmatch(lowest)
        if unit and groups:
            return self.claim(f"{groups[-1]}({unit['unit']})")
        above = "".join(groups)
        texts = (f"{above}{lowest}", *(group + lowest for group in groups), *(lowest + group for group in groups))
        found = [claim for claim in map(self.claim, (lowest, *texts)) if claim]
        best = next((claim for claim in found if claim.is_exact), found[0] if found else None)
        if best and best.unit_fen is None and self._columns[best.header].kind is Kind.MONEY:
            above_unit = next((match for group in groups if (match := _WITH_UNIT.fullmatch(group))), None)
            return best._replace(unit_fen=UNITS_FEN[above_unit["unit"]]) if above_unit else best
        return best

    def _read(self, text: str) -> Claim | None:
        if text in self._exact:
            own = self._columns[self._exact[text]]
            return Claim(own.header, True, unit_fen=own.unit_fen if own.kind is Kind.MONEY else None)
        if text in self._words:
            return Claim(self._words[text], is_alias=text not in self._own_words)
        unit = _WITH_UNIT.fullmatch(text)
        column = self._column(unit["word"]) if unit else None
        if unit and column and column.kind is Kind.MONEY:
            is_alias = unit["word"] not in self._own_words
            return Claim(column.header, is_alias=is_alias, unit_fen=UNITS_FEN[unit["unit"]])
        remark = _WITH_REMARK.fullmatch(text)
        column = self._column(remark["word"]) if remark else None
        if remark and column and remark["remark"] in _HARMLESS_REMARKS.get(column.kind, (remark["remark"],)):
            is_alias = remark["word"] not in self._own_words or remark["remark"] not in _MUST_OR_MAY
            return Claim(column.header, is_alias=is_alias)
        return None

    def _column(self, word: str) -> Column | None:
        return self._columns.get(self._words.get(word, ""))


def _without_unit(column: Column) -> str:
    return re.sub(r"（\w+）$", "", column.header) if column.kind is Kind.MONEY else column.header


def times(unit_fen: int, own_unit_fen: int) -> str:
    """Say by how much an amount is multiplied to stand in the unit of its column, such as 10000 or 0.0001."""
    return f"{Decimal(unit_fen) / Decimal(own_unit_fen):f}"
