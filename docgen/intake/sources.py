"""Read the files of an input into sheets of raw rows. What a row means is decided elsewhere."""

from __future__ import annotations

import csv
import io
import unicodedata
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook

from docgen.errors import Unreadable, UsageError
from docgen.intake.archive import MOST_CELLS, MOST_UNPACKED_BYTES, check_workbook
from docgen.intake.codes import printable
from docgen.intake.sheets import RawSheet
from docgen.records import PASSES_SHEET, SETTINGS_SHEET, SHEETS

SETTINGS_FILE = "发文.toml"
_WORKBOOKS = (".xlsx", ".xlsm")
_OTHER_WORKBOOKS = (".xls", ".et", ".ods", ".xlsb", ".numbers")
_NOT_THE_CLERKS = (".py", ".md")
"""Files beside the data that explain or make them; nobody expects them to be read as a table."""
_LITTER = ("thumbs.db", "desktop.ini")
"""What Windows leaves in a folder."""
_CANONICAL = (*SHEETS, SETTINGS_SHEET, PASSES_SHEET)
_BEHIND_THE_NAME = "-_—－–.（( 　"

@dataclass(frozen=True)
class Sources:
    """All sheets of an input, in the order of the file names, and the files that were not read.

    Settings, and files that nobody takes for data, are not among `ignored`.
    """

    sheets: tuple[RawSheet, ...]
    ignored: tuple[str, ...] = ()


def read_sources(path: Path) -> Sources:
    """Read a workbook, or all workbooks and CSV files of a folder.

    Raise `UsageError` when the path is not there, `Unreadable` naming every file that cannot be read.
    """
    if not path.exists():
        raise UsageError(f"找不到 {printable(path.name)}", "写出检查数据工作簿（.xlsx）或文件夹的路径")
    if not path.is_dir():
        if path.suffix.lower() == ".csv":
            raise UsageError(f"{printable(path.name)} 是单个 CSV", "把各表的 CSV 放进一个文件夹，写出文件夹的路径")
        return Sources(_read_workbook(path))
    files = sorted(file for file in path.iterdir() if file.is_file() and not _is_hidden(file))
    tables = [file for file in files if file.suffix.lower() in (*_WORKBOOKS, *_OTHER_WORKBOOKS, ".csv")]
    if not tables:
        raise UsageError(
            f"文件夹 {printable(path.name)} 里没有工作簿或 CSV", "放入 .xlsx 工作簿，或按表名命名的 CSV，如 保单.csv"
        )
    sheets: list[RawSheet] = []
    failures: list[Unreadable] = []
    for file in tables:
        try:
            sheets += [_read_csv(file)] if file.suffix.lower() == ".csv" else _read_workbook(file)
        except Unreadable as failure:
            failures.append(failure)
    raise_all(failures)
    ignored = (file.name for file in files if file not in tables and _might_be_data(file))
    return Sources(tuple(sheets), tuple(ignored))


def raise_all(failures: Sequence[Unreadable]) -> None:
    """Raise one `Unreadable` for several, so that the clerk hears of every file at once."""
    if len(failures) == 1:
        raise failures[0]
    if failures:
        lines = "\n".join(f"{failure.message}；{failure.remedy}" for failure in failures)
        raise Unreadable(f"有 {len(failures)} 个文件读不了：\n{lines}", "逐个处理后再试")


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def _might_be_data(path: Path) -> bool:
    """Tell whether the clerk may think that a file which is no table was read."""
    is_known = path.name == SETTINGS_FILE or path.name.lower() in _LITTER
    return not is_known and path.suffix.lower() not in _NOT_THE_CLERKS


def _canonical(title: str) -> str:
    plain = unicodedata.normalize("NFKC", title).strip()
    return plain if plain in _CANONICAL else ""


def _canonical_of_csv(stem: str) -> str:
    """Read the sheet's name from 保单.csv, 保单-昆山.csv or 保单（昆山）.csv."""
    behind = (name for name in _CANONICAL if stem.startswith(name) and stem[len(name)] in _BEHIND_THE_NAME)
    return _canonical(stem) or next(behind, "")


def _read_csv(path: Path) -> RawSheet:
    name = printable(path.name)
    if path.stat().st_size > MOST_UNPACKED_BYTES:
        raise Unreadable(
            f"{name} 超过 {MOST_UNPACKED_BYTES // 1_000_000} MB", "分成几个文件，如 保单-1.csv、保单-2.csv"
        )
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"{name} 打不开", "关闭正在使用它的程序，确认有读取权限") from error
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{name} 既不是 UTF-8 也不是 GB18030 编码", "用 WPS 或 Excel 打开，另存为“CSV UTF-8”"
        ) from error
    if not text.strip():
        raise Unreadable(f"{name} 是空文件", "向提供单位重要一份")
    if text.count(",") + text.count("\n") > MOST_CELLS:
        raise Unreadable(f"{name} 的单元格超过 {MOST_CELLS:,} 个", "分成几个文件，如 保单-1.csv、保单-2.csv")
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise Unreadable(
            f"{name} 不合 CSV 写法，或有一格超过 {csv.field_size_limit():,} 个字符",
            "检查引号是否成对，删减过长的单元格",
        ) from error
    sheet = _canonical_of_csv(path.stem)
    return RawSheet(name, printable(path.stem), sheet, rows if sheet else ())


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _read_workbook(path: Path) -> tuple[RawSheet, ...]:
    name = printable(path.name)
    contents = check_workbook(path, name)
    # calamine gives an error cell (#N/A) as an empty one, and lays out a rectangle that unplaced cells could
    # make huge; openpyxl gives the error's text and reads row by row.
    if contents.has_error_cells or contents.has_unplaced_cells:
        return _by_openpyxl(path)
    try:
        return _by_calamine(path)
    except CalamineError:
        return _by_openpyxl(path)


def _by_calamine(path: Path) -> tuple[RawSheet, ...]:
    sheets = []
    with CalamineWorkbook.from_path(str(path)) as workbook:
        for index, title in enumerate(workbook.sheet_names):
            name = _canonical(title)
            rows = workbook.get_sheet_by_index(index).to_python(skip_empty_area=False) if name else ()
            sheets.append(RawSheet(printable(path.name), printable(title), name, rows))
    return tuple(sheets)


def _by_openpyxl(path: Path) -> tuple[RawSheet, ...]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _openpyxl_sheets(path)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        OSError,
        SyntaxError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        raise Unreadable(
            f"{printable(path.name)} 里面的内容不合工作簿格式，读不了", "用 WPS 或 Excel 打开它，另存为 .xlsx 再试"
        ) from error


def _openpyxl_sheets(path: Path) -> tuple[RawSheet, ...]:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheets = []
        for worksheet in workbook.worksheets:
            name = _canonical(worksheet.title)
            worksheet.reset_dimensions()
            rows = (
                [tuple(map(_as_calamine, row)) for row in worksheet.iter_rows(values_only=True)]
                if name
                else []
            )
            sheets.append(RawSheet(printable(path.name), printable(worksheet.title), name, rows))
        return tuple(sheets)
    finally:
        workbook.close()


def _as_calamine(content: object) -> object:
    """Give a cell as the other reader does: "" when empty, a day without a time as a date."""
    if content is None:
        return ""
    if isinstance(content, datetime) and (content.hour, content.minute, content.second) == (0, 0, 0):
        return date(content.year, content.month, content.day)
    return content
