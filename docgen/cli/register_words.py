"""What a clerk writes on the command line for the register: numbers, broken blocks, names, days, counts, who writes."""

from __future__ import annotations

import getpass
import re
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from docgen.errors import Unreadable, UsageError
from docgen.gongwen import DocumentNumber

if TYPE_CHECKING:
    from docgen.register import IssuedFile

_RIGHT_BLOCK = "写成 30-40,45：用连字号表示从几号到几号，用逗号隔开"
_MOST_SERIALS = 2_000
"""More numbers than an office grants at once: rather a slip of the hand."""


_LONGEST_TEXT = 500


def read_text(option: str, written: str) -> str:
    """Read a title, a name, a reason. Raise UsageError for one that no file can hold, or that is too long to be one."""
    text = written.strip()
    odd = [sign for sign in text if category(sign) in {"Cc", "Cs"} or sign in "\ufffe\uffff"]
    if odd:
        raise UsageError(f"{option} 里有不能登记的字符（U+{ord(odd[0]):04X}）", "重新输入这一项，不要从别处粘贴换行、制表符等")
    if len(text) > _LONGEST_TEXT:
        raise UsageError(f"{option} 有 {len(text)} 个字，最多 {_LONGEST_TEXT} 个", "写短一些再运行")
    return text


def read_name(option: str, written: str) -> str:
    """Read a name. Raise UsageError for none too."""
    name = read_text(option, written)
    if not name:
        raise UsageError(f"{option} 没有写姓名", f"写出姓名，如 {option} 李示例；没有的，不写 {option}")
    return name


def read_number(written: str) -> DocumentNumber:
    """Read 苏应急〔2024〕132号. Raise UsageError in the clerk's words."""
    try:
        return DocumentNumber.parse(written)
    except ValueError as error:
        raise UsageError(str(error), "年份外面是六角括号〔〕，序号不编虚位、不加“第”字") from None


def read_series(code: str, year: str, serial: str) -> tuple[str, int, int]:
    """Read 苏应急函 2024 132. Raise UsageError."""
    number = read_number(f"{code}〔{year}〕{serial}号")
    return number.agency_code, number.year, number.serial or 0


def read_serials(code: str, year: str, written: str) -> tuple[str, int, list[int]]:
    """Read 苏应急函 2024 30-40,45. Raise UsageError."""
    serials: list[int] = []
    for part in re.split(r"[,，、\s]+", written.strip()):
        found = re.fullmatch(r"([1-9]\d{0,8})(?:[-—–－~～至]+([1-9]\d{0,8}))?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if last < first:
            raise UsageError(f"号段写得不对：“{part}”", _RIGHT_BLOCK)
        if last - first + len(serials) >= _MOST_SERIALS:
            raise UsageError(f"号段超过 {_MOST_SERIALS} 个号：“{written}”", "核对号段；确有这么多的，分几次预留")
        serials += range(first, last + 1)
    agency_code, whole_year, _ = read_series(code, year, str(serials[0]))
    return agency_code, whole_year, serials


def read_day(option: str, written: str | None) -> date | None:
    """Read 2024-12-19, or a day in any of the forms that the settings may have. Raise UsageError."""
    from docgen.settings import parse_day

    if written is None:
        return None
    day = parse_day(written)
    if day is None:
        raise UsageError(f"{option} 应写作年-月-日，如 2024-12-19，不是“{written}”", "改正日期再运行")
    return day


def read_count(option: str, written: str | None) -> int | None:
    """Read a number of copies or annexes. Raise UsageError."""
    if written is None:
        return None
    if not re.fullmatch(r"\d{1,6}", written.strip()):
        raise UsageError(f"{option} 应写数字，如 12，不是“{written}”", "改正以后再运行")
    return int(written)


def hashed(paths: tuple[Path, ...]) -> tuple[IssuedFile, ...]:
    """Hash the files of a paper that went out elsewhere. Raise Unreadable."""
    from docgen.register import IssuedFile

    files = []
    for path in paths:
        try:
            with path.open("rb") as file:
                files.append(IssuedFile(read_text("--file", path.name), file_digest(file, "sha256").hexdigest()))
        except OSError as error:
            raise Unreadable(f"读不了文件“{path}”（错误号 {error.errno}）", "核对路径和读取权限，再试一次") from error
    return tuple(files)


def who_writes(by: str | None) -> str:
    """Give the name that is put to what is written: --by, else the login name. Raise UsageError when there is none."""
    if by is not None and by.strip():
        return read_text("--by", by)
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("不知道是谁在登记：系统没有给出登录名", "写出姓名，如 --by 张示例") from None
