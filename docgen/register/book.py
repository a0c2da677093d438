"""The register as it is read: plain data, and a workbook to print as the office's 登记簿. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.register.model import Entry
from docgen.render.xlsx import Sheet, workbook

_NO_DAY = date(2000, 1, 1)
"""What an empty 登记簿 is dated."""
_COLUMNS = (
    TableColumn("发文字号", CellKind.TEXT, 10),
    TableColumn("状态", CellKind.TEXT, 4),
    TableColumn("文种", CellKind.TEXT, 4),
    TableColumn("标题", CellKind.TEXT, 20),
    TableColumn("主送机关", CellKind.TEXT, 16),
    TableColumn("发文机关", CellKind.TEXT, 12),
    TableColumn("签发", CellKind.TEXT, 10),
    TableColumn("成文日期", CellKind.DAY, 6),
    TableColumn("印发日期", CellKind.DAY, 6),
    TableColumn("份数", CellKind.INTEGER, 3),
    TableColumn("附件", CellKind.INTEGER, 3),
    TableColumn("紧急程度", CellKind.TEXT, 4),
    TableColumn("密级", CellKind.TEXT, 4),
    TableColumn("公开属性", CellKind.TEXT, 6),
    TableColumn("文件", CellKind.INTEGER, 3),
    TableColumn("登记", CellKind.TEXT, 10),
    TableColumn("备注", CellKind.TEXT, 12),
)
_FILE_COLUMNS = (
    TableColumn("发文字号", CellKind.TEXT, 10),
    TableColumn("批次", CellKind.TEXT, 10),
    TableColumn("件", CellKind.TEXT, 10),
    TableColumn("文件", CellKind.TEXT, 20),
    TableColumn("受文者", CellKind.TEXT, 10),
    TableColumn("SHA-256", CellKind.TEXT, 34),
)


def book(entries: Sequence[Entry]) -> bytes:
    """Set out the entries as a workbook: 登记簿 to print, and the files with their hashes. The same entries, the same bytes."""
    rows = tuple(_row(entry) for entry in entries)
    files = tuple(
        tuple(Cell(text or None) for text in (str(entry.number), entry.run, entry.paper, one.path, one.recipient, one.sha256))
        for entry in entries
        for one in entry.files
    )
    sheets = [Sheet("登记簿", "发文登记簿", (Table(_COLUMNS, rows),))]
    if files:
        sheets.append(Sheet("文件", "已印发的文件", (Table(_FILE_COLUMNS, files),)))
    last = max((entry.changed_at.date() for entry in entries), default=_NO_DAY)
    return workbook(sheets, "发文登记簿", last)


def plain(entry: Entry) -> dict[str, object]:
    """Give all that an entry holds as plain data, for JSON."""
    told = entry.particulars
    return {
        "发文字号": str(entry.number),
        "状态": entry.state.value,
        "文种": told.genre,
        "标题": told.title,
        "发文机关": list(told.issuers),
        "主送机关": list(told.recipients),
        "签发人": list(told.signers),
        "签发日期": [day.isoformat() for day in told.signed_on],
        "成文日期": told.signing_date and told.signing_date.isoformat(),
        "印发日期": told.printing_date and told.printing_date.isoformat(),
        "份数": told.copies,
        "附件": told.annexes,
        "紧急程度": told.urgency,
        "密级": told.secrecy,
        "公开属性": told.publicity,
        "编号方式": entry.source.value,
        "批次": entry.run,
        "件": entry.paper,
        "文件": [{"路径": one.path, "SHA-256": one.sha256, "受文者": one.recipient} for one in entry.files],
        "理由": entry.reason,
        "登记": {"何人": entry.entered_by, "何时": entry.entered_at.isoformat()},
        "最后改动": {"何人": entry.changed_by, "何时": entry.changed_at.isoformat()},
    }


def signed(entry: Entry) -> str:
    """Say who signed, and when: 张示例 2024-12-16、李示例 2024-12-17."""
    signers, days = entry.particulars.signers, entry.particulars.signed_on
    return "、".join(
        " ".join(part for part in (name, days[place].isoformat() if place < len(days) else "") if part)
        for place, name in enumerate(signers)
    )


def _row(entry: Entry) -> tuple[Cell, ...]:
    told = entry.particulars
    return (
        *(Cell(text or None) for text in (str(entry.number), entry.state.value, told.genre, told.title)),
        *(Cell(text or None) for text in ("、".join(told.recipients), "、".join(told.issuers), signed(entry))),
        Cell(told.signing_date),
        Cell(told.printing_date),
        Cell(told.copies),
        Cell(told.annexes or None),
        *(Cell(text or None) for text in (told.urgency, told.secrecy, told.publicity)),
        Cell(len(entry.files) or None),
        Cell(f"{entry.entered_by} {entry.entered_at:%Y-%m-%d}"),
        Cell(entry.reason or None),
    )
