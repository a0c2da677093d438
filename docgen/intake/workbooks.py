"""Read one workbook, whatever its format and its name: by content, bounded, each failure one message."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from docgen.errors import Unreadable
from docgen.intake.archive import SAVE_AGAIN, Archive
from docgen.intake.codes import printable
from docgen.intake.csv_files import read_csv
from docgen.intake.kinds import FileKind, file_kind
from docgen.intake.limits import Allowance
from docgen.intake.ods import read_ods
from docgen.intake.sheets import RawSheet
from docgen.intake.xls import read_xls
from docgen.intake.xlsb import read_xlsb
from docgen.intake.xlsx import read_xlsx
from docgen.intake.xml_events import Malformed

Named = Callable[[str], str]
_DAMAGED_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)
_REMEDIES = {
    FileKind.EMPTY: "向提供单位重要一份",
    FileKind.NUMBERS: "在 Numbers 里选“文件—导出为—Excel”",
    FileKind.OTHER_ZIP: "解压后把里面的工作簿交给本程序",
    FileKind.WORD: "把里面的表格复制到工作簿里，另存为 .xlsx",
    FileKind.PDF: "向提供单位要工作簿原件",
    FileKind.PICTURE: "向提供单位要工作簿原件",
    FileKind.HTML: "在 WPS 或 Excel 里先把编号列设为文本，再导入，另存为 .xlsx；最好向提供单位要工作簿原件",
    FileKind.XML_2003: "用 WPS 或 Excel 打开它，另存为 .xlsx",
}


def read_workbook(path: Path, named: Named, named_file: Named) -> tuple[RawSheet, ...]:
    """Read all sheets; only those to which `named` gives a name with their rows.

    A text file is one sheet, named after the file by `named_file`. Raise `Unreadable` when it cannot be read.
    """
    name = printable(path.name)
    try:
        return tuple(
            replace(sheet, title=printable(sheet.title)) for sheet in _sheets(path, name, named, named_file)
        )
    except Malformed as error:
        raise Unreadable(f"{name} 里面的内容不合工作簿格式，读不了", SAVE_AGAIN) from error
    except _DAMAGED_ARCHIVE as error:
        raise Unreadable(f"{name} 不完整或已损坏，没有传完时常见", SAVE_AGAIN) from error
    except OSError as error:
        raise Unreadable(f"{name} 打不开", "关闭正在使用它的程序，确认有读取权限") from error


def _sheets(path: Path, name: str, named: Named, named_file: Named) -> Iterator[RawSheet]:
    kind = file_kind(path)
    if kind is FileKind.XLS:
        yield from read_xls(path, name, named)
    elif kind is FileKind.TEXT or (kind is FileKind.EMPTY and path.suffix.lower() == ".csv"):
        sheet = named_file(path.stem)
        if not sheet and path.suffix.lower() != ".csv":
            raise Unreadable(f"{name} 不是工作簿，是文本", "若是 CSV，按表名命名，如 保单.csv，放进数据文件夹")
        rows = read_csv(path, name)
        yield RawSheet(name, path.stem, sheet, rows if sheet else ())
    elif kind in (FileKind.XLSX, FileKind.XLSB, FileKind.ODS):
        reader = {FileKind.XLSX: read_xlsx, FileKind.XLSB: read_xlsb, FileKind.ODS: read_ods}[kind]
        with Archive(path, name) as archive:
            yield from reader(archive, named, Allowance(name, archive.packed_bytes))
    elif kind is FileKind.EMPTY:
        raise Unreadable(f"{name} 是空文件，大小为 0", _REMEDIES[kind])
    else:
        raise Unreadable(f"{name} 不是工作簿，是{kind.value}", _REMEDIES.get(kind, SAVE_AGAIN))
