"""Read one value as the data contract says, or say that it cannot be read: None."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tests.recount.cells import Value, plain, serial_day

ENDED = {"退保", "注销", "终止", "失效", "中止", "过期", "到期"}
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def day(value: Value) -> date | None:
    """2024-08-09, 2024.8.9, 2024/8/9, 20240809, 2024年8月9日, or a day's serial number."""
    if isinstance(value, date):
        return value
    text = plain(value)
    found = re.fullmatch(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", text) or re.fullmatch(r"(\d{4})()(\d\d)(\d\d)", text)
    found = found or re.fullmatch(r"(\d{4})(年)(\d{1,2})月(\d{1,2})日", text)
    if found:
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            return None
    if isinstance(value, Decimal) and 20000 <= value < 80000:
        return serial_day(value)
    return None


def amount(value: Value) -> Decimal | None:
    """A number from 0 up, thousands with or without commas."""
    if isinstance(value, Decimal):
        return value if value >= 0 else None
    text = plain(value)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    return Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def heads(value: Value) -> int | None:
    """A whole number of people."""
    number = amount(value)
    return int(number) if number is not None and number == int(number) else None


def is_in_state(value: Value) -> bool | None:
    """Whether 保单状态 leaves the policy in force: 有效 or empty; None for a word that nobody agreed on."""
    word = plain(value).removeprefix("已")
    if word in ("", "有效"):
        return True
    return False if word in ENDED else None


def has_check_digit(code: str) -> bool:
    """GB 32100: 18 characters, the last of them the check digit modulo 31."""
    if len(code) != 18 or any(letter not in CODE_LETTERS for letter in code):
        return False
    total = sum(CODE_LETTERS.index(letter) * weight for letter, weight in zip(code, CODE_WEIGHTS, strict=False))
    return CODE_LETTERS[(31 - total % 31) % 31] == code[17]


def in_ten_thousands(people: int) -> str:
    """保障从业人员数 as the circular writes it: in 万, cut to two decimals, 余 when anything was cut."""
    hundredths, rest = divmod(people, 100)
    number = f"{hundredths // 100}.{hundredths % 100:02d}"
    return f"{number}万余" if rest else f"{number}万"
