"""Hold the tables of a paper against those that the run made: rows that are gone or were added, cells that differ."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.check.finding import Found
from docgen.check.rules.text.reading import bare, whole, within
from docgen.check.rules.text.run_paper import SERIAL, Group, groups, row_key
from docgen.check.run import RunPaper, RunTable
from docgen.check.seen import Element, Paper

_MOST_CELLS = 2_000
_CELL = re.compile(r"[-\d.,/%]*\d[-\d.,/%]*")
_DOUBT = re.compile(r"【[^】]*】|[↓（].*$")
_MANY = 0.5
"""Where so many rows of an annex are not found, its table is another one, or was not read as it is."""


@dataclass(frozen=True)
class _Cell:
    """A cell that holds a number, and where it stands: in words for one that was made, in the file for one that is seen."""

    value: str
    place: str = ""
    element: Element | None = None
    start: int = 0


def tables_differ(made: RunPaper, paper: Paper) -> Iterator[Found]:
    """Compare annex by annex; where none is known by its title or label, all tables as one."""
    known = groups(made, paper)
    for group in known:
        yield from _rows_missing(group)
        yield from _rows_added(group, paper)
        yield from _cells_differ(group)
    if not known:
        yield from _cells_differ(Group(made.tables, paper.of("表")))


def _rows_missing(group: Group) -> Iterator[Found]:
    shown = "".join(bare(element.text) for element in group.seen)
    rows = [(table, row) for table in group.made for row in table.rows]
    made = Counter(row_key(table, row) for table, row in rows)
    gone = [(table, row) for table, row in rows if shown.count(row_key(table, row)) < made[row_key(table, row)]]
    need = Counter(cell for table in group.made for row in (table.columns, *table.rows) for cell in _words(row))
    have = _seen_words(group)
    missing = [
        (table, name) for table, row in gone if (name := _telling(row, need)) and have[name] < need[name]
    ]
    if not missing:
        return
    name = missing[0][0].name
    if len(rows) > 3 and len(missing) > len(rows) * _MANY:
        yield whole(
            group.seen[0], f"{name}缺 {len(missing)} 行，生成时共 {len(rows)} 行", "各行与数据算出的一致", "补上，或重新生成"
        )
        return
    for table, row_name in dict.fromkeys(missing):
        yield whole(
            group.seen[0], f"{table.name}缺“{row_name}”一行，或名称改了", "各行与数据算出的一致", "补上这一行；数据有变的，重新生成"
        )


def _rows_added(group: Group, paper: Paper) -> Iterator[Found]:
    """Find rows that the run did not make; only a DOCX shows what a row is."""
    numbers = {one.paragraphs[0].in_table: one for one in group.seen if one.paragraphs}
    made = {row_key(table, row) for table in group.made for row in table.rows}
    need = Counter(cell for table in group.made for row in (table.columns, *table.rows) for cell in _words(row))
    have = _seen_words(group)
    for table in paper.word.tables if paper.word else ():
        for row in table.rows[table.head_rows :] if table.number in numbers else ():
            is_made = any("".join(map(bare, row[start:])) in made for start in (0, 1))
            name = "" if is_made else _telling(row, have)
            if name and have[name] > need[name]:
                element = numbers[table.number]
                at = max(0, element.text.find(name))
                yield within(
                    element, at, at + len(name), f"{group.made[0].name}多出“{name}”一行，或名称改了", "各行与数据算出的一致",
                    "删去这一行；数据有变的，重新生成",
                )


def _words(row: Sequence[str]) -> list[str]:
    """Give the cells that name something, not those that count."""
    return [cell for text in row if (cell := bare(text)) and not _CELL.fullmatch(_DOUBT.sub("", cell))]


def _telling(row: Sequence[str], counts: Counter[str]) -> str:
    """Give the cell that tells a row from the others: the word that is rarest in the table, the longest of such."""
    return min(_words(row), key=lambda cell: (counts[cell], -len(cell)), default="")


def _seen_words(group: Group) -> Counter[str]:
    return Counter(
        cell for element in group.seen for text in re.split(r"[\t\u3000]", element.text) if (cell := bare(text))
    )


def _cells_differ(group: Group) -> Iterator[Found]:
    """Compare the numbers in the order in which they stand, row by row."""
    right, here = list(_made_cells(group.made)), list(_seen_cells(group.seen))
    if not here:
        return
    for one, other in _paired(right, here):
        if other.element is not None and one.place:
            yield within(
                other.element, other.start, other.start + len(other.value),
                f"{one.place}写的是“{other.value}”", f"数据算出的是“{one.value}”", f"改回“{one.value}”；数据有变的，重新生成",
            )


def _made_cells(tables: Sequence[RunTable]) -> Iterator[_Cell]:
    """Give the numbers of tables; a serial has no place to be told, for it changes with the rows above it."""
    for table in tables:
        for number, row in enumerate(table.rows, 1):
            for column, text in zip(table.columns, row, strict=False):
                value = _DOUBT.sub("", bare(text))
                if _CELL.fullmatch(value):
                    yield _Cell(value, f"{table.name}第 {number} 行“{column}”" if column != SERIAL else "")


def _seen_cells(tables: Sequence[Element]) -> Iterator[_Cell]:
    for table in tables:
        for match in re.finditer(r"[^\t\u3000]+", table.text):
            value = _DOUBT.sub("", match[0].strip())
            if _CELL.fullmatch(value):
                yield _Cell(value, element=table, start=match.start() + match[0].index(value))


def _paired(right: list[_Cell], here: list[_Cell]) -> Iterator[tuple[_Cell, _Cell]]:
    """Pair the numbers that differ; rows that were added or struck out pair with nothing."""
    head = next(
        (place for place, (one, other) in enumerate(zip(right, here, strict=False)) if one.value != other.value),
        min(len(right), len(here)),
    )
    right, here = right[head:], here[head:]
    if len(right) == len(here):
        yield from ((one, other) for one, other in zip(right, here, strict=True) if one.value != other.value)
        return
    if max(len(right), len(here)) > _MOST_CELLS:
        return
    matcher = difflib.SequenceMatcher(
        None, [cell.value for cell in right], [cell.value for cell in here], autojunk=False
    )
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        if kind == "replace" and a_end - a == b_end - b:
            yield from zip(right[a:a_end], here[b:b_end], strict=True)
