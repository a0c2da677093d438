"""What a recount comes to, in the shape in which docgen's papers are put beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from tests.recount.cells import Row

Insurer = tuple[int, int, Decimal, Decimal]
"""Units, people, premium and service fee."""


@dataclass(frozen=True)
class Remark:
    """Something that must be said aloud, at any of these rows."""

    kind: str
    rows: tuple[Row, ...]
    is_notice: bool = False
    """Whether a notice is enough."""

    def __str__(self) -> str:
        return f"{self.kind}（{'、'.join(f'{row.file} {row.sheet} 第{row.number}行' for row in self.rows[:4])}）"


@dataclass
class Letter:
    """What one insurer is told, by number; no number is empty text."""

    problems: list[str] = field(default_factory=list)
    not_uploaded: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    partly_insured: list[str] = field(default_factory=list)
    fee_short: Decimal = Decimal(0)
    """By how much the service fee falls short of its share of the premium."""
    figures: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        lists = (self.problems, self.not_uploaded, self.late, self.services, self.partly_insured)
        return any(lists) or bool(self.fee_short)


@dataclass
class Area:
    """What one area is told: units by name, problems by policy number and description."""

    uninsured: list[str] = field(default_factory=list)
    partly_insured: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Counted:
    """One reading of the records, counted."""

    figures: dict[str, int] = field(default_factory=dict)
    industries: dict[str, int] = field(default_factory=dict)
    services_by_insurer: dict[str, int] = field(default_factory=dict)
    annex1: dict[tuple[str, str], int] = field(default_factory=dict)
    """Units by area and industry, both with 合计, and people by area; "" is an area or industry unknown."""
    annex2: dict[str, Insurer] = field(default_factory=dict)
    """By insurer, with 合计."""
    annex3: list[str] = field(default_factory=list)
    annex4: list[str] = field(default_factory=list)
    annex5: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    letters: dict[str, Letter] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    def letter(self, insurer: str) -> Letter:
        return self.letters.setdefault(insurer, Letter())


@dataclass
class Outcome:
    """Every reading, what must be said, and what must bar every paper."""

    readings: list[Counted]
    remarks: list[Remark]
    bars: list[str]
    fee_share: Decimal = Decimal(0)
    """The rule's share of the premium."""


def differences(expected: Any, found: Any, name: str = "") -> Iterator[str]:
    """Where two counts differ, both values; lists are compared whatever their order, and 0 is as good as nothing.

    Of figures only the expected ones are looked at: docgen may state more.
    """
    if isinstance(expected, Counted | Letter | Area):
        for part in fields(expected):
            yield from differences(getattr(expected, part.name), getattr(found, part.name), f"{name} {part.name}")
    elif isinstance(expected, dict):
        for key in expected if name.endswith("figures") else {**expected, **found}:
            blank = _nothing_like(expected.get(key, found.get(key)))
            yield from differences(expected.get(key, blank), found.get(key, blank), f"{name} {key}")
    elif isinstance(expected, list):
        if sorted(expected) != sorted(found):
            yield f"{name}：复核另有 {_rest(expected, found)}，docgen 另有 {_rest(found, expected)}"
    elif expected != found:
        yield f"{name}：复核 {expected}，docgen {found}"


def _nothing_like(value: Any) -> Any:
    return (0, 0, Decimal(0), Decimal(0)) if isinstance(value, tuple) else type(value)()


def _rest(some: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    left = list(others)
    rest = []
    for one in some:
        if one in left:
            left.remove(one)
        else:
            rest.append(one)
    return rest
