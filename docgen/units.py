"""Exact lengths: whole EMU (1 mm = 36000, 1 pt = 12700, 1 twip = 635), closed under + and −."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

_EMU_PER_MM = 36000
_EMU_PER_PT = 12700
_EMU_PER_TWIP = 635


class Length(int):
    """A length in whole EMU. Made by `mm`, `pt` or `twips`; read by the properties, each named for its unit."""

    def __add__(self, other: int) -> Length:
        return Length(int(self) + int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> Length:
        return Length(int(self) - int(other))

    def __neg__(self) -> Length:
        return Length(-int(self))

    def __mul__(self, times: int | float | Decimal) -> Length:
        return Length(_round(Decimal(int(self)) * Decimal(str(times))))

    __rmul__ = __mul__

    def __truediv__(self, parts: int | float | Decimal) -> Length:
        """Divide to the nearest EMU (a 36000th of a millimetre)."""
        return Length(_round(Decimal(int(self)) / Decimal(str(parts))))

    @property
    def mm(self) -> float:
        """Millimetres."""
        return int(self) / _EMU_PER_MM

    @property
    def pt(self) -> float:
        """Points of 1/72 inch."""
        return int(self) / _EMU_PER_PT

    @property
    def twips(self) -> int:
        """Twentieths of a point, rounded down, as Word keeps them."""
        return int(self) // _EMU_PER_TWIP

    def __repr__(self) -> str:
        return f"mm({self.mm:.3f})"


def _round(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_EVEN))


def mm(value: int | float | str | Decimal) -> Length:
    """Make a length of millimetres."""
    return Length(_round(Decimal(str(value)) * _EMU_PER_MM))


def pt(value: int | float | str | Decimal) -> Length:
    """Make a length of points."""
    return Length(_round(Decimal(str(value)) * _EMU_PER_PT))


def twips(value: int) -> Length:
    """Make a length of twentieths of a point."""
    return Length(value * _EMU_PER_TWIP)


ZERO = Length(0)
