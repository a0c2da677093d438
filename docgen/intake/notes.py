"""Find the rows that are a table's notes: 注：, 填表人：, a paragraph under it. What could be data is data. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, row_ranges, shown
from docgen.intake.headers import Header, column_letter
from docgen.intake.sheets import RawSheet, Row
from docgen.intake.totals import Numbered, is_total
from docgen.records import Kind, SheetSpec

_PEOPLE = "填表|填报|制表|编制|经办|审核|复核|审批|负责|单位负责|联系|统计|导出|打印"
_LABELS = (
    r"注|附注|备注|说明|填表说明|填报说明|编制说明|注意|注意事项|提示|数据来源|资料来源|统计口径|审核|复核|制表|盖章|签字|"
    r"联系电话|电话|日期|时间|截止日期|分管领导|领导签字|单位|金额单位|"
    rf"(?:{_PEOPLE})(?:人员|人|日期|时间|单位|部门)"
)
_NOTE = re.compile(rf"(?:{_LABELS})(?:\([^()]*\))?(?:\d{{0,2}}[:.、]|\d{{1,2}}$)|第\d+页(?:[,/，]?共\d+页)?$")
_BARE_LABEL = re.compile(rf"(?:{_LABELS})(?:\([^()]*\))?:")
_LISTED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,2}[)、.](?!\d)")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z()/_.-]*")
_SENTENCE = re.compile(r"[。;:!?…]|[一-鿿],")
_HAN = re.compile(r"[一-鿿]")
_SURELY_PROSE = 16
"""A lone text of so many characters under a table is no area, choice or insurer; names of units may be as long."""


def without_notes(
    spec: SheetSpec, piece: RawSheet, header: Header, rows: Sequence[Numbered]
) -> tuple[Sequence[Numbered], tuple[Problem, ...]]:
    """Leave out the notes, said once for a sheet. `rows` are those that hold anything.

    A row with an id where the sheet's first column stands is data, whatever else it says. A row of nothing but labels
    (填表人：甲某) is a note anywhere; a lone paragraph only under the table, behind a note or a blank row.
    """
    key = header.columns.get(spec.columns[0].header)
    notes = {at for at, (_, row) in enumerate(rows) if _may_be_labels(row, key) and _is_labels(row, key)}
    notes |= set(_paragraphs_under(spec, piece, header, rows))
    if not notes:
        return rows, ()
    first = min(notes)
    number, row = rows[first]
    at = next(at for at, content in enumerate(row) if str(content).strip())
    problem = Problem(
        Code.NOTE_ROW,
        Severity.NOTICE,
        Place(piece.file, spec.name, number, cell=f"{column_letter(at)}{number}"),
        f"第 {row_ranges(rows[note][0] for note in notes)}行写着“{shown(row[at], 20)}”，当作表的注文，没有读取",
        f"每行是{spec.row_is}",
        "确是注文可不处理，否则补填这一行的" + spec.columns[0].header,
    )
    return [row for at, row in enumerate(rows) if at not in notes], (problem,)


def _text(content: object) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", content)) if isinstance(content, str) else ""


def _filled(row: Row) -> list[tuple[int, object]]:
    return [
        (at, content)
        for at, content in enumerate(row)
        if content != "" and (not isinstance(content, str) or content.strip())
    ]


def _at(row: Row, position: int | None) -> object:
    return row[position] if position is not None and position < len(row) else ""


def _may_be_labels(row: Row, key: int | None) -> bool:
    """Tell quickly that a row is data: most have an id, and none that begins like a note."""
    content = _at(row, key)
    return content == "" or (isinstance(content, str) and not _ID.fullmatch(content))


def _is_labels(row: Row, key: int | None) -> bool:
    """Tell whether each filled cell is a note or label, or stands behind a label as its value."""
    was_label = False
    for at, content in _filled(row):
        text = _text(content)
        is_note = _NOTE.match(text) is not None
        if not (is_note or was_label) or (at == key and _is_id(content)):
            return False
        was_label = _BARE_LABEL.fullmatch(text) is not None
    return True


def _is_id(content: object) -> bool:
    return not isinstance(content, str) or _ID.fullmatch(_text(content)) is not None


def _paragraphs_under(
    spec: SheetSpec, piece: RawSheet, header: Header, rows: Sequence[Numbered]
) -> Iterator[int]:
    """Yield the positions of the paragraphs under the table, each behind a note, a total or a blank row."""
    key = header.columns.get(spec.columns[0].header)
    wide = min(3, len(header.columns))
    wide_rows = {
        merge.first_row + 1
        for merge in piece.merges
        if merge.first_row == merge.last_row and merge.last_column - merge.first_column + 1 >= max(wide, 2)
    }

    def is_paragraph(number: int, row: Row) -> bool:
        filled = _filled(row)
        if len(filled) != 1 or not isinstance(filled[0][1], str):
            return False
        at, content = filled[0]
        is_id = at == key and spec.columns[0].kind is Kind.ID and _is_id(content)
        return not is_id and (number in wide_rows or _reads_as_prose(_text(content), is_key=at == key))

    start = len(rows)
    while start and (
        is_total(rows[start - 1][1], key)
        or _is_labels(rows[start - 1][1], key)
        or is_paragraph(*rows[start - 1])
    ):
        start -= 1
    is_open = False
    for at in range(start, len(rows)):
        number, row = rows[at]
        is_apart = at > 0 and rows[at - 1][0] < number - 1
        is_under = is_open or is_apart or is_total(row, key) or _is_labels(row, key) or number in wide_rows
        if is_under and not is_total(row, key):
            yield at
        is_open = is_under


def _reads_as_prose(text: str, *, is_key: bool) -> bool:
    """Tell a sentence or a numbered item; where names of units stand, length alone proves nothing."""
    if not _HAN.search(text):
        return False
    is_long = len(text) >= _SURELY_PROSE and not is_key
    return is_long or _SENTENCE.search(text) is not None or _LISTED.match(text) is not None
