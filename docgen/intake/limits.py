"""What reading one file may cost: bytes, rows, columns, cells and characters, whatever the file claims."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.errors import Unreadable
from docgen.intake.sheets import Merge, Row

MOST_UNPACKED_BYTES = 500_000_000
"""500 MB: about 700,000 rows of 18 columns."""
FREE_UNPACKED_BYTES = 12_000_000
"""What the smallest file may unfold to; about a second's reading."""
MOST_TIMES_LARGER = 60
"""Unpacked to packed size beyond that; a sheet of equal rows reaches about 60."""
MOST_PARTS = 3000
MOST_SHEETS = 300
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""The last row and column of Excel and WPS; 1,048,576 and 1,024 in LibreOffice."""
MOST_CELLS = 10_000_000
"""The cells of all rows of a file, each row counted to its last filled cell."""
MOST_CHARACTERS = 300_000_000
"""The characters of all cells of a file together; 300,000 rows of 18 columns hold about 70 million."""
FREE_CHARACTERS = 8_000_000
MOST_CHARACTERS_PER_BYTE = 60
MOST_MERGES = 100_000

_CLEAR_OUTSIDE = "选中数据区以外的行和列，右键删除（不是清除内容），再保存"
_SPLIT = "按地区或月份分成几个工作簿，放进一个文件夹"


class Allowance:
    """What is left of the limits of one file of so many bytes, while its sheets are read."""

    def __init__(self, name: str, packed_bytes: int) -> None:
        self._name = name
        self._cells = MOST_CELLS
        self._characters = min(MOST_CHARACTERS, FREE_CHARACTERS + packed_bytes * MOST_CHARACTERS_PER_BYTE)

    def take_cells(self, number: int) -> None:
        """Count so many cells. Raise `Unreadable` when the file holds too many."""
        self._cells -= number
        if self._cells < 0:
            raise Unreadable(f"{self._name} 的单元格超过 {MOST_CELLS:,} 个", f"{_CLEAR_OUTSIDE}；仍然过大就{_SPLIT}")

    def take_texts(self, rows: Sequence[Row], longest: int) -> None:
        """Count the characters of all rows, no text longer than `longest`: few cells need no exact sum.

        One text of a file may stand in any number of cells; here it costs nothing, but all that is made of
        the cells would cost its length each time.
        """
        if sum(map(len, rows)) * longest > self._characters:
            self._characters -= sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        if self._characters < 0:
            raise Unreadable(
                f"{self._name} 里的文字过长或重复过多，合计超过上限", f"删减过长的单元格；仍然过大就{_SPLIT}"
            )

    def check_merges(self, merges: Sequence[Merge], rows: Sequence[Row]) -> None:
        """Refuse merged blocks that are too many, or that cover more than a sheet of so many rows has."""
        widest = max(map(len, rows), default=0)
        area = sum(
            max(0, min(merge.last_row + 1, len(rows)) - merge.first_row)
            * max(0, min(merge.last_column + 1, widest) - merge.first_column)
            for merge in merges
        )
        if len(merges) > MOST_MERGES or area > MOST_CELLS:
            raise Unreadable(
                f"{self._name} 的合并单元格有 {len(merges)} 处，过多或互相重叠", "取消合并单元格，每格都填上内容"
            )
