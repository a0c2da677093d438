"""成文日期 and 印发日期 (GB/T 9704-2012, 7.3.5.4, 7.4.3): Arabic digits, full, no zero padding."""

from __future__ import annotations

from datetime import date


def chinese_date(day: date) -> str:
    """Write 2024年8月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def open_date(year: int) -> str:
    """Write the date of a 送审稿, to be filled in when it is signed: 2024年　月　日."""
    return f"{year}年　月　日"
