"""Name the files that a run read, each with its hash, so that a paper can be held against them later."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Unreadable
from docgen.intake.codes import printable
from docgen.intake.settings_sources import settings_file
from docgen.issuing.refusals import why_refused

_TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv"})
"""What is read in a folder; a file of another kind has no part in the figures."""


@dataclass(frozen=True)
class InputFile:
    """One file as it was read: its name without the folder, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


def input_files(path: Path, settings_path: Path | None) -> tuple[InputFile, ...]:
    """List the workbooks and CSV files of an input, then its settings file. Raise Unreadable when one has gone."""
    files = list(table_files(path))
    settings = settings_file(path, settings_path)
    if settings is not None:
        files.append(settings)
    return tuple(_read(file) for file in files if file.is_file())


def table_files(path: Path) -> tuple[Path, ...]:
    """List the workbooks and CSV files that are read of an input, a folder or a single file."""
    return tuple(sorted(filter(_is_table, path.iterdir()))) if path.is_dir() else (path,)


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in _TABLES and not path.name.startswith((".", "~$"))


def _read(path: Path) -> InputFile:
    name = printable(path.name)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return InputFile(name, file.tell(), digest.hexdigest())
    except OSError as error:
        raise Unreadable(f"{name} 打不开：{why_refused(error)}", "关闭正在使用它的程序，再运行一次") from error
