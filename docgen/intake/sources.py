"""Read the files of an input into sheets of raw rows. What a row means is decided elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.errors import Unreadable, UsageError
from docgen.intake.codes import printable
from docgen.intake.sheets import RawSheet
from docgen.intake.workbooks import read_workbook
from docgen.records import PASSES_SHEET, SETTINGS_SHEET, SHEETS

SETTINGS_FILE = "发文.toml"
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
_OTHER_WORKBOOKS = (".numbers",)
_NOT_THE_CLERKS = (".py", ".md")
"""Files beside the data that explain or make them; nobody expects them to be read as a table."""
_LITTER = ("thumbs.db", "desktop.ini")
"""What Windows leaves in a folder."""
CHECK_FILE = "核对单.xlsx"
CHECK_SHEET = "核对单"
CHECK_COLUMNS = ("轻重", "问题码", "文件", "工作表")
"""The list of problems as docgen writes it; left in a folder of data it is no data."""
_CHECK_HEADER_WITHIN = 5
_OWN_FOLDERS = ("函", "附件", "分地区", "留存")
_CANONICAL = (*SHEETS, SETTINGS_SHEET, PASSES_SHEET)
_BEHIND_THE_NAME = "-_—－–.（( 　"


@dataclass(frozen=True)
class Sources:
    """All sheets of an input, in the order of the file names, and the files that were not read.

    Settings, files that nobody takes for data and docgen's own papers are not among `ignored`; folders, which
    stand there with a / behind, are only when they hold tables.
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
        return Sources(read_workbook(path, _canonical, _canonical_of_csv))
    entries = sorted(entry for entry in path.iterdir() if not _is_hidden(entry))
    files = [entry for entry in entries if entry.is_file()]
    tables = [file for file in files if _is_table(file)]
    if not tables:
        raise UsageError(
            f"文件夹 {printable(path.name)} 里没有工作簿或 CSV", "放入 .xlsx 工作簿，或按表名命名的 CSV，如 保单.csv"
        )
    sheets: list[RawSheet] = []
    failures: list[Unreadable] = []
    for file in tables:
        try:
            sheets += _sheets_of_the_clerk(file)
        except Unreadable as failure:
            failures.append(failure)
    raise_all(failures)
    ignored = [file.name for file in files if file not in tables and _might_be_data(file)]
    has_papers = any(file.name == CHECK_FILE for file in tables)
    ignored += (f"{entry.name}/" for entry in entries if entry.is_dir() and _holds_tables(entry, has_papers))
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


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in (*WORKBOOKS, *_OTHER_WORKBOOKS, ".csv")


def _sheets_of_the_clerk(path: Path) -> tuple[RawSheet, ...]:
    """Read a file of a folder; nothing of it when it is a list of problems that docgen wrote there."""

    def named(title: str) -> str:
        return CHECK_SHEET if title == CHECK_SHEET else _canonical(title)

    sheets = read_workbook(path, named, _canonical_of_csv)
    titles = {sheet.title for sheet in sheets}
    if titles <= {CHECK_SHEET, PASSES_SHEET} and any(map(_is_check_list, sheets)):
        return ()
    return tuple(replace(sheet, name="", rows=()) if sheet.name == CHECK_SHEET else sheet for sheet in sheets)


def _is_check_list(sheet: RawSheet) -> bool:
    heads = (tuple(row[: len(CHECK_COLUMNS)]) for row in sheet.rows[:_CHECK_HEADER_WITHIN])
    return sheet.title == CHECK_SHEET and CHECK_COLUMNS in heads


def _holds_tables(folder: Path, has_papers: bool) -> bool:
    """Tell whether the clerk may think that the workbooks of a subfolder were read; docgen's own are known."""
    if has_papers and folder.name in _OWN_FOLDERS:
        return False
    try:
        return any(
            _is_table(file) and file.name != CHECK_FILE and not _is_hidden(file) for file in folder.iterdir()
        )
    except OSError:
        return False


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
