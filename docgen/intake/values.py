"""Read one cell of each plain kind: ids, codes, days, counts, money, shares. Pure; no cell is empty."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from stdnum.cn import uscc

from docgen.errors import Severity
from docgen.intake.characters import full_width
from docgen.intake.codes import Code, Fault, Reader, Reading, shown
from docgen.settings import day_of_serial, parse_day, parse_share

_MOST_FEN = 10**13
"""1000 亿元: more is no premium, fee or limit but a slip of the pen, such as an id in the wrong column."""

EXACT_BELOW = 1e15
"""A spreadsheet keeps 15 digits of a number; an id stored as a larger one has lost the rest."""

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+\d{1,3}")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"[¥￥]?(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(\.\d{1,12})?")
_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"))


def read_text(content: object) -> Reading:
    """Read a text or a name; a number or a day in its place is written out."""
    if isinstance(content, str):
        return _formula_error(content) if content in _ERRORS else Reading(content)
    return Reading(shown(content))


def read_id(content: object) -> Reading:
    """Read an id as its digits and letters; refuse one whose digits the spreadsheet has lost."""
    if isinstance(content, int | float) and not isinstance(content, bool):
        if abs(content) >= EXACT_BELOW:
            return Reading(shown(content), (_lost_digits(content),))
        return Reading(shown(content))
    if isinstance(content, date | time | timedelta):
        return Reading(shown(content), (_became_a_day(content),))
    if not isinstance(content, str):
        return Reading(shown(content))
    if content in _ERRORS:
        return _formula_error(content)
    text = unicodedata.normalize("NFKC", content)
    if _SCIENTIFIC.fullmatch(text):
        return Reading(text, (_lost_digits(text),))
    return Reading(text, () if text == content else (full_width(content, text),))


def read_code(content: object) -> Reading:
    """Read a 统一社会信用代码 in upper case and verify its check digit (GB 32100-2015)."""
    text, faults = read_id(content)
    code = re.sub(r"\s+", "", str(text)).upper()
    if faults and faults[0].severity is not Severity.NOTICE:
        return Reading(code, faults)
    if not re.fullmatch(r"[0-9A-Z]{18}", code) or not uscc.is_valid(code):
        fault = Fault(
            Code.BAD_CHECK_DIGIT,
            Severity.DOUBTFUL,
            f"统一社会信用代码“{shown(code)}”{_why_no_code(code)}",
            "18 位、校验正确的代码，如 91110000600037341L",
            "对照营业执照改正",
        )
        faults = (*faults, fault)
    return Reading(code, faults)


def _why_no_code(code: str) -> str:
    if len(code) != 18:
        return f"是 {len(code)} 位，不是 18 位"
    try:
        right = uscc.calc_check_digit(code[:17])
    except ValueError:
        return "里有代码不用的字符"
    return f"校验不通过（前 17 位若无误，末位应为 {right}）" if right != code[17] else "前 8 位应全是数字"


def _lost_digits(content: object) -> Fault:
    return Fault(
        Code.ID_LOST_DIGITS,
        Severity.BARRING,
        f"编号成了数字“{shown(content)}”，末几位已经丢失",
        "存为文本的完整编号，如 320500202400000001",
        "把这一列设为“文本”格式，从系统重新导出或照原件重填",
    )


def _became_a_day(content: object) -> Fault:
    return Fault(
        Code.ID_LOST_DIGITS,
        Severity.BARRING,
        f"编号被表格软件当作日期或时间，成了“{shown(content)}”，原来的写法已经丢失",
        "存为文本的完整编号，如 320500202400000001",
        "把这一列设为“文本”格式，从系统重新导出或照原件重填",
    )


def _formula_error(content: str) -> Reading:
    fault = Fault(
        Code.FORMULA_ERROR,
        Severity.DOUBTFUL,
        f"公式出错，显示为“{content}”",
        "算得出结果的公式，或直接填写的内容",
        "改正公式，或把正确的内容直接填入",
    )
    return Reading("", (fault,))


def read_day_of_1904(content: object) -> Reading:
    """Read a day of a workbook that counts its days from 1904, as some made on a Mac do."""
    day = day_of_serial(content, is_1904=True)
    return read_day(content) if day is None else Reading(day, (_serial(shown(content), day),))


def read_day(content: object) -> Reading:
    """Read a day as `date`, or None with a fault when it is not surely one."""
    if isinstance(content, datetime):
        return Reading(content.date())
    if isinstance(content, date):
        return Reading(content)
    text = shown(content)
    day = day_of_serial(content)
    if day is not None:
        return Reading(day, (_serial(text, day),))
    day = parse_day(text)
    if day is None:
        fault = Fault(
            Code.AMBIGUOUS_DATE,
            Severity.DOUBTFUL,
            f"“{text}”不能确定是哪一天",
            "年月日齐全的日期，如 2024-08-09",
            "对照原件改成年月日齐全的日期",
        )
        return Reading(None, (fault,))
    if _ISO_DAY.match(text):
        return Reading(day)
    fault = Fault(
        Code.DATE_FORM,
        Severity.NOTICE,
        f"日期写作“{text}”，已按 {day.isoformat()} 采用",
        "日期格式，如 2024-08-09",
        "核对无误可不处理",
    )
    return Reading(day, (fault,))


def _serial(text: str, day: date) -> Fault:
    return Fault(
        Code.DATE_FORM,
        Severity.NOTICE,
        f"日期存成了数字 {text}，已按 {day.isoformat()} 采用",
        "日期格式，如 2024-08-09",
        "核对无误可不处理；把这一列的单元格格式设为“日期”就能看到日期",
        group="serial",
    )


def _decimal(content: object) -> tuple[Decimal | None, tuple[Fault, ...]]:
    """Read an amount exactly, as a spreadsheet shows it (15 digits); None when it is none or negative."""
    if isinstance(content, bool) or not isinstance(content, int | float | str):
        return None, ()
    if isinstance(content, str):
        text = unicodedata.normalize("NFKC", content)
        faults = () if text == content else (full_width(content, text),)
    else:
        if not 0 <= content < EXACT_BELOW:
            return None, ()
        text, faults = f"{Decimal(format(content, '.15g')):f}", ()
    if not _AMOUNT.fullmatch(text):
        return None, ()
    return Decimal(text.lstrip("¥￥").replace(",", "")), faults


def read_count(content: object) -> Reading:
    """Read a whole number of people or things, or None with a fault."""
    number, faults = _decimal(content)
    if number is None or number != number.to_integral_value():
        return Reading(None, (_not_a_number(content, "不小于 0 的整数，如 12"),))
    return Reading(int(number), faults)


def money_reader(unit_fen: int) -> Reader:
    """Make the reader of amounts in a unit of so many 分; it gives whole 分, or None with a fault."""
    example = "12345.60" if unit_fen == 100 else "50"
    right = f"不小于 0、不超过 1000 亿元、精确到分的数，如 {example}"

    def read_money(content: object) -> Reading:
        number, faults = _decimal(content)
        fen = None if number is None else number * unit_fen
        if fen is None or fen != fen.to_integral_value() or fen > _MOST_FEN:
            return Reading(None, (_not_a_number(content, right),))
        return Reading(int(fen), faults)

    return read_money


def read_share(content: object) -> Reading:
    """Read 40%, 0.4 or 40 as 0.4, or None with a fault."""
    share = parse_share(content)
    if share is None:
        return Reading(None, (_not_a_number(content, "0 到 100% 的比例，如 40%"),))
    return Reading(float(share))


def _not_a_number(content: object, right: str) -> Fault:
    return Fault(
        Code.NOT_A_NUMBER,
        Severity.DOUBTFUL,
        f"“{shown(content)}”不是可用的数",
        right,
        "照原件改成数字，单位看列名",
    )
