"""Numbers as official prose writes them: 万 with two decimals, cut and never rounded, 余 when cut."""

from __future__ import annotations

_WAN = 10_000
_CENTI_WAN = _WAN // 100


def in_wan(value: int) -> str:
    """Write 259347 as 25.93万余, 260000 as 26万, 9999 as 9999; the unit follows it.

    `value` is a count of single things. Below 10,000 it is written in full. Raises ValueError when negative.
    """
    if value < 0:
        raise ValueError(f"数量应为 0 或正整数，不是“{value}”")
    if value < _WAN:
        return str(value)
    hundredths, rest = divmod(value, _CENTI_WAN)
    whole, decimals = divmod(hundredths, 100)
    fraction = f".{decimals:02d}".rstrip("0").rstrip(".")
    return f"{whole}{fraction}万" + ("余" if rest else "")
