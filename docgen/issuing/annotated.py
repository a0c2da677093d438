"""Give the clerk's workbook back with its faulty cells coloured and explained, and a list that leads to each.

A workbook (.xlsx, .xlsm) stays as it is but for the marks. Anything else is set out as a workbook of what was
read, each cell at its own address. The source is never written.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Place, Problem, Severity, Unreadable, UsageError
from docgen.intake.codes import printable
from docgen.intake.headers import column_letter, find_header
from docgen.intake.passes import PASS_HEADERS, address, can_pass
from docgen.intake.sheets import RawSheet, Uncalculated
from docgen.intake.sources import SETTINGS_FILE, read_sources
from docgen.intake.workbooks import read_workbook
from docgen.issuing.problems import check_report, in_order
from docgen.issuing.refusals import why_refused
from docgen.records import OWN_SHEETS, PASSES_SHEET, SHEETS
from docgen.render.xlsx_marks import (
    MOST_NOTES,
    ListCell,
    ListSheet,
    Mark,
    Marked,
    mark_workbook,
    reference,
    sheet_titles,
)
from docgen.render.xlsx_package import CannotMark
from docgen.render.xlsx_plain import PlainSheet, plain_titles, plain_workbook

CHECK_TITLE, _OTHER_TITLE = OWN_SHEETS[0], OWN_SHEETS[2]
"""The list of problems; under the second title where a sheet of somebody's own bears the first."""
FILLS = {Severity.BARRING: "F98B8B", Severity.DOUBTFUL: "FFC94D", Severity.NOTICE: "D5E8FA"}
"""Red, amber, pale blue: shades that nobody picks from a palette, so that a later marking knows its own."""
_EXAMPLE = "批注.xlsx"
_MARKABLE = (".xlsx", ".xlsm")
_COLUMNS = (
    ("轻重", 7), ("问题码", 20), ("文件", 18), ("单元格", 18), ("列", 16), ("发现", 48), ("应为", 40), ("处理", 40),
)
_PASS_WIDTHS = (20, 26, 60, 40, 12)


@dataclass(frozen=True)
class Annotated:
    """What was written, and what the clerk should know of it."""

    path: Path
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Book:
    """The workbook to be marked: its bytes, and under which title each sheet of the input stands in it."""

    content: bytes
    titles: dict[tuple[str, str], str]
    remarks: tuple[str, ...]
    has_anothers_list: bool = False


def check_annotated(path: Path, source: Path, report: Path | None = None) -> None:
    """Refuse a place for the annotated workbook before any work is done. Raise UsageError."""
    check_report(path, source, "--annotated", _EXAMPLE)
    if report is not None and path.resolve() == report.resolve():
        raise UsageError("--annotated 和 --report 写的是同一个文件", f"写成两个名称，如 {_EXAMPLE} 和 核对单.xlsx")


@contextmanager
def telling_of_no_annotated(path: Path | None) -> Iterator[None]:
    """Say, when the input cannot be read, that there is no annotated workbook either."""
    try:
        yield
    except Unreadable as error:
        if path is None:
            raise
        raise Unreadable(error.message, f"{error.remedy}。没有生成 {path.name}") from error


def annotate(problems: Sequence[Problem], source: Path, path: Path) -> Annotated:
    """Write the input's workbook with these problems marked, whole or not at all.

    Raise Unreadable when the source cannot be read any more, UsageError when `path` cannot be written.
    """
    sheets = read_sources(source).sheets
    ordered = in_order(list(dict.fromkeys(problems)))
    file = _only_workbook(source, sheets)
    try:
        if file is None:
            raise CannotMark("not one workbook")
        book = _as_it_is(file, sheets)
        marked = _mark(book, ordered, sheets)
    except CannotMark:
        book = _as_read(sheets, is_markable=file is not None)
        marked = _mark(book, ordered, sheets)
    _write(marked.content, path)
    return Annotated(path, (*book.remarks, *_remarks(marked)))


def _remarks(marked: Marked) -> Iterator[str]:
    if marked.lost_macros:
        yield "原工作簿里的宏没有带入，其余照原样"
    if marked.without_note:
        yield f"有 {marked.without_note} 格只涂了颜色，没有加批注（每张表最多 {MOST_NOTES:,} 条），说明都在“{CHECK_TITLE}”表里"


def _only_workbook(source: Path, sheets: Sequence[RawSheet]) -> Path | None:
    """Find the one workbook that the input is, if it is one that can be given back as it is."""
    files = {sheet.file for sheet in sheets}
    if source.is_file():
        return source if source.suffix.lower() in _MARKABLE else None
    candidates = [file for file in source.iterdir() if printable(file.name) in files]
    is_one = len(files) == len(candidates) == 1
    return candidates[0] if is_one and candidates[0].suffix.lower() in _MARKABLE else None


def _as_it_is(file: Path, sheets: Sequence[RawSheet]) -> _Book:
    """Take the workbook itself; its own titles may be written in other widths than the names that we know."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Unreadable(f"{printable(file.name)} 打不开：{why_refused(error)}", "确认文件在原处，且有读取权限") from error
    names = {sheet.title: sheet.name for sheet in reversed(sheets)}
    titles: dict[tuple[str, str], str] = {}
    for title in sheet_titles(content):
        shown = printable(title)
        for name in {shown, names.get(shown) or shown}:
            titles.setdefault((sheets[0].file if sheets else "", name), title)
    return _Book(content, titles, (), _has_anothers_list(file))


def _as_read(sheets: Sequence[RawSheet], *, is_markable: bool) -> _Book:
    """Set out every sheet that was read; two of one name are told apart by their files."""
    read = [sheet for sheet in sheets if sheet.name]
    names = [sheet.name for sheet in read]
    wanted = [
        sheet.name if names.count(sheet.name) == 1 else f"{sheet.name}（{Path(sheet.file).stem}）" for sheet in read
    ]
    plain = [
        PlainSheet(title, [list(map(_shown, row)) for row in sheet.rows], sheet.merges, sheet.hidden_rows)
        for sheet, title in zip(read, wanted, strict=True)
    ]
    titles: dict[tuple[str, str], str] = {}
    for sheet, title in zip(read, plain_titles(wanted), strict=True):
        titles.setdefault((sheet.file, sheet.name), title)
    content = plain_workbook(plain or [PlainSheet("没有可用的表", ())])
    what = "这份工作簿的格式特殊" if is_markable else "数据不是单个 .xlsx 工作簿"
    remark = f"{what}，批注的是按读到的内容另列的工作簿，原来的格式和公式不在里面；请在原文件里改正"
    return _Book(content, titles, (remark,))


def _shown(content: object) -> object:
    return "" if isinstance(content, Uncalculated) else content


def _mark(book: _Book, problems: Sequence[Problem], sheets: Sequence[RawSheet]) -> Marked:
    targets = _Targets(book, sheets)
    at: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        target = targets.of(problem.where)
        if target is not None:
            at[target].append(problem)
    marks = [
        Mark(title, cell, FILLS[here[0].severity], "\n\n".join(map(_note, here)))
        for (title, cell), here in at.items()
    ]
    several = len({sheet.file for sheet in sheets}) > 1
    title = _OTHER_TITLE if book.has_anothers_list else CHECK_TITLE
    lists = (_check_list(title, problems, targets, several=several), _pass_list(problems, several=several))
    return mark_workbook(book.content, marks, lists, FILLS.values())


def _note(problem: Problem) -> str:
    return (
        f"【{problem.severity.value}】{problem.code}\n发现：{problem.found}\n"
        f"应为：{problem.expected}\n处理：{problem.remedy}"
    )


class _Targets:
    """Finds the cell of the marked workbook that a problem is about."""

    def __init__(self, book: _Book, sheets: Sequence[RawSheet]) -> None:
        self._titles = book.titles
        self._sheets = {(sheet.file, sheet.name): sheet for sheet in reversed(sheets) if sheet.name}
        self._letters: dict[tuple[str, str], dict[str, str]] = {}

    def of(self, where: Place) -> tuple[str, str] | None:
        """Give title and cell; the first cell of a row that names none; None outside the workbook's sheets."""
        key = (where.file, where.sheet)
        title = self._titles.get(key)
        if title is None:
            return None
        if where.cell:
            return title, where.cell
        if where.row is None:
            return title, "A1"
        return title, f"{self._columns(key).get(where.column, 'A')}{where.row}"

    def _columns(self, key: tuple[str, str]) -> dict[str, str]:
        """Map the headers of a sheet to the letters of their columns."""
        if key not in self._letters:
            sheet, spec = self._sheets.get(key), SHEETS.get(key[1])
            header = find_header(sheet, spec.columns)[0] if sheet and spec else None
            columns = header.columns if header else {}
            self._letters[key] = {name: column_letter(position) for name, position in columns.items()}
        return self._letters[key]


def _has_anothers_list(file: Path) -> bool:
    """Tell whether a sheet 核对单 is there that docgen did not write: it is left alone."""
    sheets = read_workbook(file, lambda title: title if title == CHECK_TITLE else "", lambda stem: stem)
    lists = [sheet.rows[:5] for sheet in sheets if sheet.title == CHECK_TITLE]
    head = (_COLUMNS[0][0], _COLUMNS[1][0])
    return any(not any(tuple(row[:2]) == head for row in rows) for rows in lists)


def _check_list(title: str, problems: Sequence[Problem], targets: _Targets, *, several: bool) -> ListSheet:
    """List every problem, the gravest first, each with a link to its cell."""
    rows = []
    for problem in problems:
        target = targets.of(problem.where)
        place = address(problem.where, with_file=False) or problem.where.sheet or problem.where.file
        cells = (
            ListCell(problem.severity.value, FILLS[problem.severity]),
            ListCell(problem.code),
            ListCell(problem.where.file),
            ListCell(place, link=reference(*target) if target else ""),
            ListCell(problem.where.column),
            *map(ListCell, (problem.found, problem.expected, problem.remedy)),
        )
        rows.append(cells if several else cells[:2] + cells[3:])
    where = "在原来的文件里改正，再核对一次。" if several else "改好后可以直接用这个工作簿再核对，这张表和批注不算数据。"
    passing = f"把“{PASSES_SHEET}”表放进其中一个工作簿" if several else f"在“{PASSES_SHEET}”表里"
    heading = (
        f"共 {len(problems)} 处。红色：阻断，必须改正；橙色：待核；浅蓝：提示。点“单元格”跳到该处。{where}\n"
        f"核实无误、不必改的待核，{passing}填上理由和姓名，即可放行。"
    )
    return ListSheet(title, heading, _COLUMNS if several else _COLUMNS[:2] + _COLUMNS[3:], tuple(rows))


def _pass_list(problems: Sequence[Problem], *, several: bool) -> ListSheet:
    """Set out a row for each 待核 that can be let pass; it has no effect until reason and name are filled in."""
    ready = dict.fromkeys(
        (problem.code, address(problem.where, with_file=several), problem.found)
        for problem in problems
        if can_pass(problem) and (problem.where.cell or problem.where.row or problem.where.file == SETTINGS_FILE)
    )
    rows = tuple((*map(ListCell, row), ListCell(""), ListCell("")) for row in ready)
    columns = tuple(zip(PASS_HEADERS, _PASS_WIDTHS, strict=True))
    return ListSheet(PASSES_SHEET, "", columns, rows, replaces=False)


def _write(content: bytes, path: Path) -> None:
    """Write beside the place and move there, so that the file is there whole or not at all."""
    made = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=".docgen-", delete=False) as file:
            made = file.name
            file.write(content)
        os.chmod(made, 0o666 & ~_umask())
        os.replace(made, path)
    except OSError as error:
        raise UsageError(
            f"不能写入“{path}”：{why_refused(error)}", "请换一个位置，或关闭正打开的同名文件"
        ) from error
    finally:
        with suppress(OSError):
            if made:
                os.unlink(made)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
