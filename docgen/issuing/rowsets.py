"""Sets of rows written shortly, each once: `0:2-2658,2660;1:4` is rows 2 to 2658 and 2660 of source 0, row 4 of 1.

A source is a sheet of a file; they are numbered in the order in which they are first named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from docgen.records import SourceRow

_source = itemgetter(0, 1)
_row = itemgetter(2)


class RowSets:
    """Collect sets of rows and number them; the same rows have the same number."""

    def __init__(self) -> None:
        self._sources: dict[tuple[str, str], int] = {}
        self._sets: dict[str, int] = {}
        self._seen: dict[int, tuple[object, int]] = {}

    def number(self, rows: Iterable[SourceRow]) -> int:
        """Give the number of these rows' set. The same object is not gone through twice."""
        seen = self._seen.get(id(rows))
        if seen is not None:
            return seen[1]
        written = self._written(rows)
        number = self._sets.setdefault(written, len(self._sets))
        self._seen[id(rows)] = (rows, number)  # kept, so that its id is not given to another
        return number

    @property
    def sources(self) -> list[list[str]]:
        """Name the sources: file and sheet."""
        return [list(source) for source in self._sources]

    @property
    def sets(self) -> list[str]:
        """Give all sets as they are written."""
        return list(self._sets)

    def _written(self, rows: Iterable[SourceRow]) -> str:
        by_source: dict[tuple[str, str], list[int]] = {}
        for source, same in groupby(rows, _source):
            by_source.setdefault(source, []).extend(map(_row, same))
        numbered = {
            self._sources.setdefault(source, len(self._sources)): numbers for source, numbers in by_source.items()
        }
        return ";".join(f"{source}:{write_runs(numbered[source])}" for source in sorted(numbered))


@dataclass(frozen=True)
class KnownRows:
    """The row sets of a manifest, read back."""

    sources: Sequence[Sequence[str]]
    sets: Sequence[str]

    def rows(self, number: int) -> list[SourceRow]:
        """Give the rows of a set, by file and sheet, then by row. Raise ValueError or IndexError for none."""
        return sorted(self._read(self.sets[number]))

    def _read(self, written: str) -> Iterator[SourceRow]:
        for piece in filter(None, written.split(";")):
            source, _, runs = piece.partition(":")
            file, sheet = self.sources[int(source)]
            for run in runs.split(","):
                first, _, last = run.partition("-")
                yield from (SourceRow(file, sheet, row) for row in range(int(first), int(last or first) + 1))


def write_runs(rows: Iterable[int]) -> str:
    """Write row numbers as runs: 2-5,9."""
    written: list[str] = []
    first = last = -1
    for row in sorted(set(rows)):
        if row != last + 1:
            if last >= 0:
                written.append(_run(first, last))
            first = row
        last = row
    return ",".join([*written, *([_run(first, last)] if last >= 0 else [])])


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def rows_in_words(rows: Iterable[SourceRow]) -> Mapping[tuple[str, str], str]:
    """Say by file and sheet which rows: 第 2—5、9 行."""
    by_source: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        by_source.setdefault((row.file, row.sheet), set()).add(row.row)
    return {
        source: f"第 {write_runs(numbers).replace('-', '—').replace(',', '、')} 行"
        for source, numbers in by_source.items()
    }
