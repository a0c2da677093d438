"""Read one item of the settings by its type: a text, a number, a day, a share, a list. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

NO_ANNEX = "无"
_DAY_FORMS = tuple(
    re.compile(form + r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?")
    for form in (
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})年(\d{1,2})月(\d{1,2})日",
        r"(\d{4})(\d{2})(\d{2})",
    )
)
_YEARS = range(1900, 2100)

_DAY_0 = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar (the 1900 system, for days from March 1900)."""
_DAYS_TO_1904 = 1462
_FIRST_SERIAL = (date(2000, 1, 1) - _DAY_0).days
_SERIALS_END = (date(2100, 1, 1) - _DAY_0).days
"""A number in place of a day is taken for one only within this century, 36526 to 73050."""


def parse_day(text: str) -> date | None:
    """Read 2024-08-09, 2024.8.9, 2024/8/9, 20240809 or 2024年8月9日; None when it is not surely one day."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for form in _DAY_FORMS:
        match = form.fullmatch(compact)
        if match is None:
            continue
        year, month, day = (int(part) for part in match.groups())
        try:
            return date(year, month, day) if year in _YEARS else None
        except ValueError:
            return None
    return None


def day_of_serial(content: object, *, is_1904: bool = False) -> date | None:
    """Read a spreadsheet's number of a day; None when it is none that could be meant."""
    if isinstance(content, bool) or not isinstance(content, int | float):
        return None
    number = content + _DAYS_TO_1904 if is_1904 else content
    return _DAY_0 + timedelta(days=int(number)) if _FIRST_SERIAL <= number < _SERIALS_END else None


def parse_share(content: object) -> Decimal | None:
    """Read 40%, 0.4 or 40 as 0.4; None when it is no share between 0 and 1. A bare 1 is the whole."""
    if isinstance(content, bool) or not isinstance(content, int | float | str):
        return None
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(content)))
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,17})?)(%?)", text)
    if match is None:
        return None
    share = Decimal(match[1])
    if match[2] or share > 1:
        share /= 100
    return share if share <= 1 else None


class Form(NamedTuple):
    """How one type of item is read (ValueError when it is not one) and what is right, with an example."""

    read: Callable[[Any], object]
    right: str


def _text(content: object) -> str:
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    if isinstance(content, bool) or not isinstance(content, str | int):
        raise ValueError(content)
    lines = (line.strip() for line in str(content).splitlines())
    return "\n".join(line for line in lines if line)


def _number(content: object) -> int:
    text = unicodedata.normalize("NFKC", _text(content)).strip()
    if not re.fullmatch(r"[1-9]\d{0,8}", text):
        raise ValueError(content)
    return int(text)


def _day(content: object) -> date:
    if isinstance(content, datetime):
        return content.date()
    if isinstance(content, date):
        return content
    day = day_of_serial(content) or parse_day(_text(content))
    if day is None:
        raise ValueError(content)
    return day


def _listed(content: object) -> tuple[object, ...]:
    if isinstance(content, list):
        return tuple(part for part in content if not isinstance(part, str) or part.strip())
    if isinstance(content, str):
        return tuple(part.strip() for part in re.split(r"[；;\n]", content) if part.strip())
    return (content,)


def _alias(content: object) -> tuple[str, str]:
    alias, separator, area = (part.strip() for part in re.sub("＝", "=", _text(content)).partition("="))
    if not (alias and separator and area):
        raise ValueError(content)
    return alias, area


def _share(content: object) -> Decimal:
    share = parse_share(content)
    if share is None:
        raise ValueError(content)
    return share


def _yes(content: object) -> bool:
    answers = {"是": True, "true": True, "否": False, "false": False}
    answer = answers.get(str(content).strip().lower())
    if answer is None:
        raise ValueError(content)
    return answer


def _agency_code(content: object) -> str:
    code = _text(content)
    if not re.fullmatch(r"[一-鿿]{1,12}", code):
        raise ValueError(content)
    return code


_NUMBER = Form(_number, "大于 0 的整数，如 132")
def _copy_number(content: object) -> str:
    text = _text(content)
    if not re.fullmatch(r"\d{6}", text):
        raise ValueError(text)
    return text


def _secrecy(content: object) -> str:
    text = _text(content)
    if not re.fullmatch(r"(绝密|机密|秘密)(★.{1,8})?", text):
        raise ValueError(text)
    return text


def _annexes(content: object) -> tuple[str, ...]:
    numbers = tuple(_text(part) for part in _listed(content))
    if numbers != (NO_ANNEX,) and not all(re.fullmatch(r"[1-5]", number) for number in numbers):
        raise ValueError(content)
    return numbers


_DAY = Form(_day, "年月日齐全的日期，如 2024-08-09")
FORMS = {
    "str": Form(_text, "文字"),
    "机关代字": Form(_agency_code, "1 到 12 个汉字，不带年份和括号，如 苏应急"),
    "份号": Form(_copy_number, "六位数字，如 000001，表格里设为文本"),
    "密级": Form(_secrecy, "绝密、机密或秘密，有期限的用★接上期限，如 机密★1年"),
    "通报附件": Form(_annexes, f"通报五个附件里要印的序号，如 1；3，都不印写“{NO_ANNEX}”"),
    "int": _NUMBER,
    "int | None": _NUMBER,
    "date": _DAY,
    "date | None": _DAY,
    "tuple[str, ...]": Form(
        lambda content: tuple(_text(part) for part in _listed(content)),
        "一项或多项文字，表格里用“；”或换行分开，如 甲；乙，发文.toml 里如 [\"甲\", \"乙\"]",
    ),
    "tuple[date, ...]": Form(
        lambda content: tuple(map(_day, _listed(content))), _DAY.right + "，多个用“；”分开"
    ),
    "tuple[tuple[str, str], ...]": Form(
        lambda content: tuple(map(_alias, _listed(content))),
        "“别名=属地”，如 昆山开发区=昆山市，多个用“；”分开",
    ),
    "Decimal": Form(_share, "0 到 1 之间的比例，如 20% 或 0.2"),
    "bool": Form(_yes, "“是”或“否”，发文.toml 里写 true 或 false"),
}
