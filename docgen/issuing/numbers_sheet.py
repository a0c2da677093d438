"""取号结果.xlsx: the papers of a run, and the numbers and dates that the office's register gave them, typed by the clerk.

A paper has its row, known by its name in the run; papers under one number (同号分送) are one paper here. What a row
says is taken as it stands or said to be wrong, all of it at once. The last column names the run, so that the sheet of
another is not taken for it; a table of the clerk's own need not have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, cast

from docgen.errors import Barred, Place, Problem, Severity, UsageError
from docgen.gongwen import DocumentNumber
from docgen.intake.codes import printable, shown
from docgen.intake.headers import Header, column_letter, find_header, is_blank_row
from docgen.intake.sheets import RawSheet, Row, Uncalculated
from docgen.intake.workbooks import read_workbook
from docgen.records import Column, Kind
from docgen.render.xlsx_form import COUNT, DAY, TEXT, TO_FILL, FormColumn, FormSheet, form_workbook
from docgen.settings import day_of_serial
from docgen.settings.forms import FORMS, Form

NUMBERS_FILE = "取号结果.xlsx"
NUMBERS_SHEET = "取号结果"
_PAPER, _NUMBER, _RUN = "公文", "发文字号", "批次"
_GIVEN = (_PAPER, "标题", "主送")
_TO_FILL = (_NUMBER, "签发人", "签发日期", "成文日期", "印发日期", "份数")
_NUMBER_EXAMPLE = "如 苏应急〔2024〕132号"
_FORMS: Mapping[str, Form] = {
    "签发人": Form(FORMS["tuple[str, ...]"].read, "姓名，联合行文各机关一人，用“；”分开，如 李示例；王示例"),
    "签发日期": FORMS["tuple[date, ...]"],
    "成文日期": FORMS["date"],
    "印发日期": FORMS["date"],
    "份数": FORMS["int"],
}
_COLUMNS = tuple(
    Column(header, Kind.TEXT, required=header in (_PAPER, _NUMBER)) for header in (*_GIVEN, *_TO_FILL, _RUN)
)
_FORM_COLUMNS = (
    FormColumn(_PAPER, is_given=True, width=14),
    FormColumn("标题", is_given=True, width=58),
    FormColumn("主送", is_given=True, width=36),
    FormColumn(_NUMBER, TEXT, width=24, fill=TO_FILL, note="办公室给的号，年份用六角括号，序号不加“第”、不补零。\n例：苏应急〔2024〕132号"),
    FormColumn("签发人", TEXT, width=16, fill=TO_FILL, note="联合行文各机关一人，主办机关在前，用“；”分开。\n例：李示例；王示例"),
    FormColumn(
        "签发日期", TEXT, width=24, fill=TO_FILL, note="各签发人签发的日期，先后与签发人一致，用“；”分开。\n例：2024-08-14；2024-08-15"
    ),
    FormColumn("成文日期", DAY, width=13, fill=TO_FILL, note="最后签发机关签发的日期。\n例：2024-08-15"),
    FormColumn("印发日期", DAY, width=13, fill=TO_FILL, note="送印的日期；函不印这一项，可以不写。\n例：2024-08-15"),
    FormColumn("份数", COUNT, width=8, fill=TO_FILL, note="印制份数，只写数字。\n例：60"),
    FormColumn(_RUN, is_given=True, width=20),
)


class NumbersCode(StrEnum):
    """What can be wrong with 取号结果."""

    NO_SHEET = "numbers-no-sheet"
    OTHER_RUN = "numbers-other-run"
    UNKNOWN_PAPER = "numbers-unknown-paper"
    PAPER_TWICE = "numbers-paper-twice"
    PAPER_MISSING = "numbers-paper-missing"
    OTHER_PAPER = "numbers-other-paper"
    NOT_FILLED = "numbers-not-filled"
    NUMBER_FORM = "numbers-number-form"
    NUMBER_TWICE = "numbers-number-twice"
    FORM = "numbers-form"
    SIGNERS_AND_DAYS = "numbers-signers-and-days"
    MERGED = "numbers-merged"
    UNCALCULATED = "numbers-uncalculated"


@dataclass(frozen=True)
class PaperToNumber:
    """A paper of the run: its name there (通报, or an insurer's 简称), its title and 主送 as printed."""

    name: str
    title: str
    addressees: str


@dataclass(frozen=True)
class NumberGiven:
    """What a row gives a paper; None or () where a cell is empty. Signers and their days are in the same order."""

    paper: str
    number: DocumentNumber | None = None
    signers: tuple[str, ...] = ()
    signed_on: tuple[date, ...] = ()
    signing_date: date | None = None
    printing_date: date | None = None
    copies: int | None = None


def empty_sheet(papers: Sequence[PaperToNumber], run: str) -> bytes:
    """Write the sheet for the clerk: a row for each paper of a run, what is to be filled in yellow."""
    rows = [(paper.name, paper.title, paper.addressees, *[""] * len(_TO_FILL), run) for paper in papers]
    return form_workbook([FormSheet(NUMBERS_SHEET, _FORM_COLUMNS, rows)], NUMBERS_SHEET)


def read_sheet(
    path: Path, papers: Sequence[PaperToNumber], run: str, *, needs_numbers: bool = True
) -> tuple[NumberGiven, ...]:
    """Read what the clerk filled in, in the order of `papers`; () when nothing was.

    Any format of spreadsheet, or CSV. Raise UsageError when there is no such file, Unreadable, or Barred with all
    that is wrong: every paper has its row once, every row its number where it `needs_numbers`, no number twice, no
    row is another run's.
    """
    if not path.is_file():
        raise UsageError(f"找不到 {printable(path.name)}", f"写出 {NUMBERS_FILE} 的路径")
    piece = _sheet_of(path)
    header, found = find_header(piece, _COLUMNS)
    barring = tuple(problem for problem in found if problem.severity is Severity.BARRING)
    if header is None or barring:
        raise Barred(barring)
    return _Reader(piece, header, papers, run, needs_numbers=needs_numbers).read()


def _sheet_of(path: Path) -> RawSheet:
    """Find the sheet by its title, or take the only one that holds anything."""
    pieces = read_workbook(path, lambda title: title or NUMBERS_SHEET, lambda _: NUMBERS_SHEET)
    filled = [piece for piece in pieces if not all(map(is_blank_row, piece.rows))]
    own = [piece for piece in filled if piece.title.strip() == NUMBERS_SHEET] or filled
    if len(own) != 1:
        raise Barred((Problem(
            NumbersCode.NO_SHEET, Severity.BARRING, Place(printable(path.name)),
            f"没有工作表“{NUMBERS_SHEET}”" if filled else "里面没有内容", f"工作表“{NUMBERS_SHEET}”，一行一份公文",
            f"用批次文件夹里的 {NUMBERS_FILE} 填写，不改工作表的名称",
        ),))
    return own[0]


_Value = TypeVar("_Value")


class _Reader:
    """Reads the rows, and collects all that is wrong with them."""

    def __init__(
        self, piece: RawSheet, header: Header, papers: Sequence[PaperToNumber], run: str, *, needs_numbers: bool
    ) -> None:
        self._run = run
        self._needs_numbers = needs_numbers
        self._piece = piece
        self._header = header
        self._papers = {paper.name: paper for paper in papers}
        self._numbers: dict[int, DocumentNumber] = {}
        self._problems: list[Problem] = []

    def read(self) -> tuple[NumberGiven, ...]:
        first = self._header.row + 1
        rows = [
            (number, row)
            for number, row in enumerate(self._piece.rows[first:], first + 1)
            if any(self._text(row, column) for column in (*_GIVEN, *_TO_FILL))
        ]
        if not any(self._is_filled(row) for _, row in rows):
            return ()
        self._merged()
        self._is_of_this_run(rows)
        given = {one.paper: one for one in self._rows(rows)}
        self._numbers_are_apart()
        if self._problems:
            raise Barred(tuple(self._problems))
        return tuple(given[name] for name in self._papers)

    def _rows(self, rows: Sequence[tuple[int, Row]]) -> Iterator[NumberGiven]:
        """Give the rows that can be used, and say what is wrong with every other."""
        seen: dict[str, int] = {}
        for number, row in rows:
            name = self._text(row, _PAPER)
            if name not in self._papers:
                self._unknown(number, name)
                continue
            if name in seen:
                self._say(
                    NumbersCode.PAPER_TWICE, number, _PAPER, f"“{name}”第 {seen[name]} 行已有", "一份公文一行", "删去多余的一行"
                )
                continue
            seen[name] = number
            self._is_as_made(number, row, self._papers[name])
            if (given := self._row(number, row, name)) is not None:
                yield given
        for name in (name for name in self._papers if name not in seen):
            self._problems.append(Problem(
                NumbersCode.PAPER_MISSING, Severity.BARRING, self._place(), f"没有“{name}”这一行", "这一批的公文各有一行",
                f"补上这一行，“{_PAPER}”写“{name}”",
            ))

    def _row(self, number: int, row: Row, name: str) -> NumberGiven | None:
        before = len(self._problems)
        of_paper = self._number(number, row, name)
        signers: tuple[str, ...] = self._read(number, row, "签发人", ())
        signed_on: tuple[date, ...] = self._read(number, row, "签发日期", ())
        no_day: date | None = None
        no_count: int | None = None
        signing_date = self._read(number, row, "成文日期", no_day)
        printing_date = self._read(number, row, "印发日期", no_day)
        copies = self._read(number, row, "份数", no_count)
        if signers and signed_on and len(signers) != len(signed_on):
            self._say(
                NumbersCode.SIGNERS_AND_DAYS, number, "签发日期", f"签发人 {len(signers)} 人，签发日期 {len(signed_on)} 个",
                "每个签发人一个日期，先后一致，同一天的也各写一个，如 2024-08-15；2024-08-15", "补齐，用“；”分开",
            )
        if len(self._problems) > before:
            return None
        return NumberGiven(name, of_paper, signers, signed_on, signing_date, printing_date, copies)

    def _number(self, number: int, row: Row, name: str) -> DocumentNumber | None:
        text = self._text(row, _NUMBER)
        if not text and not self._needs_numbers:
            return None
        if not text:
            self._say(
                NumbersCode.NOT_FILLED, number, _NUMBER, f"“{name}”没有写发文字号", f"每份公文都有号，{_NUMBER_EXAMPLE}",
                "补上；这一批都没有取号的，整张表都不填",
            )
            return None
        if self._is_uncalculated(number, row, _NUMBER):
            return None
        try:
            self._numbers[number] = DocumentNumber.parse(shown(text))
        except ValueError as error:
            self._say(NumbersCode.NUMBER_FORM, number, _NUMBER, str(error), _NUMBER_EXAMPLE, "照样改写")
        return self._numbers.get(number)

    def _read(self, number: int, row: Row, column: str, empty: _Value) -> _Value:
        """Read a cell by the form of its column; `empty` for an empty one, and for one that is wrong."""
        if not self._text(row, column) or self._is_uncalculated(number, row, column):
            return empty
        content = self._content(row, column)
        if self._piece.is_1904 and column.endswith("日期"):
            content = day_of_serial(content, is_1904=True) or content
        try:
            return cast(_Value, _FORMS[column].read(content))
        except ValueError:
            self._say(
                NumbersCode.FORM, number, column, f"“{column}”写的是“{shown(content)}”", _FORMS[column].right, "照样改写"
            )
            return empty

    def _numbers_are_apart(self) -> None:
        first: dict[DocumentNumber, int] = {}
        for row, number in self._numbers.items():
            if number in first:
                self._say(
                    NumbersCode.NUMBER_TWICE, row, _NUMBER, f"“{number}”第 {first[number]} 行已用", "一个号只给一份公文",
                    "核对登记簿，改正写错的一个",
                )
            first.setdefault(number, row)

    def _is_of_this_run(self, rows: Sequence[tuple[int, Row]]) -> None:
        """Find a sheet, or rows out of one, that were made for another run; each run is said once."""
        seen = {self._run}
        for number, row in rows:
            run = self._text(row, _RUN)
            if run and run not in seen:
                seen.add(run)
                self._say(
                    NumbersCode.OTHER_RUN, number, _RUN, f"这是批次 {shown(run)} 的取号结果", f"批次 {self._run}",
                    f"用这个批次文件夹里的 {NUMBERS_FILE} 填写；号确是给这一批的，填到那张表里",
                )

    def _is_as_made(self, number: int, row: Row, paper: PaperToNumber) -> None:
        """Find a row whose cells moved: its title or addressees are another paper's, or were changed here in vain."""
        for column, right in (("标题", paper.title), ("主送", paper.addressees)):
            written = self._text(row, column)
            if written and "".join(written.split()) != "".join(right.split()):
                self._say(
                    NumbersCode.OTHER_PAPER, number, column, f"“{paper.name}”的{column}写的是“{shown(written)}”", shown(right),
                    f"看这一行是不是错了位；{column}不在这里改，要改的改数据或发文信息后重新生成送审稿",
                )

    def _unknown(self, number: int, name: str) -> None:
        names = "、".join(list(self._papers)[:5]) + ("等" if len(self._papers) > 5 else "")
        self._say(
            NumbersCode.UNKNOWN_PAPER, number, _PAPER, f"这一批里没有“{shown(name)}”" if name else "没有写是哪份公文",
            f"这一批的公文：{names}", f"改正“{_PAPER}”一栏；不是这一批的，删去这一行",
        )

    def _merged(self) -> None:
        """Say which cells are merged: what stands in one would be missing in the rows below."""
        columns = set(self._header.columns.values())
        for merge in self._piece.merges:
            if merge.last_row > self._header.row and columns & set(range(merge.first_column, merge.last_column + 1)):
                cell = f"{column_letter(merge.first_column)}{merge.first_row + 1}"
                self._problems.append(Problem(
                    NumbersCode.MERGED, Severity.BARRING, Place(self._piece.file, self._piece.title, cell=cell),
                    "合并了单元格", "一行一份公文，每格写全", "取消合并，在每一行写上",
                ))

    def _is_uncalculated(self, number: int, row: Row, column: str) -> bool:
        is_formula = isinstance(self._content(row, column), Uncalculated)
        if is_formula:
            self._say(NumbersCode.UNCALCULATED, number, column, "公式没有算出结果", "直接写内容", "把公式改成写好的内容")
        return is_formula

    def _is_filled(self, row: Row) -> bool:
        return any(self._text(row, column) for column in _TO_FILL)

    def _content(self, row: Row, column: str) -> object:
        at = self._header.columns.get(column)
        return row[at] if at is not None and at < len(row) else ""

    def _text(self, row: Row, column: str) -> str:
        content = self._content(row, column)
        if isinstance(content, Uncalculated):
            return content.formula or "="
        return content.strip() if isinstance(content, str) else shown(content)

    def _place(self, number: int | None = None, column: str = "") -> Place:
        at = self._header.columns.get(column)
        cell = f"{column_letter(at)}{number}" if at is not None and number is not None else ""
        return Place(self._piece.file, self._piece.title, number, column, cell)

    def _say(self, code: NumbersCode, number: int, column: str, found: str, expected: str, remedy: str) -> None:
        place = self._place(number, column)
        self._problems.append(Problem(code, Severity.BARRING, place, found, expected, remedy))
