"""What is wrong with a register as it stands: gaps, double entries, a broken chain, a damaged file. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from docgen.gongwen import DocumentNumber
from docgen.register.model import State
from docgen.register.schema import REVISION, VERSION_TABLE, entries, files, manifests, series

REMARK = "提示："
"""What begins so is no fault."""


def complaints(connection: Connection, *, is_file: bool) -> Iterator[str]:
    """Say all that is wrong, faults first; of a damaged file only that it is."""
    damage = list(_damage(connection)) if is_file else []
    if damage:
        yield from damage
        return
    yield from _version(connection)
    yield from _gaps(connection)
    yield from _same_papers(connection)
    yield from _same_files(connection)
    yield from _broken_chain(connection)
    yield from _left_over(connection)


def _damage(connection: Connection) -> Iterator[str]:
    for (told,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if told != "ok":
            yield f"登记簿文件已损坏：{told}；停止使用，从最近的备份恢复"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"登记簿文件已损坏：{row[0]} 里有一行没有所属的号；从最近的备份恢复"


def _version(connection: Connection) -> Iterator[str]:
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all()
    if found != [REVISION]:
        yield f"登记簿的格式应为 {REVISION}，不是 {'、'.join(found) or '空的'}；换用建它的 docgen"


def _gaps(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(series).order_by(series.c.agency_code, series.c.year)):
        there = set(
            connection.execute(
                select(entries.c.serial).where(
                    entries.c.agency_code == row.agency_code, entries.c.year == row.year
                )
            ).scalars()
        )
        missing = [serial for serial in range(row.first, row.next) if serial not in there]
        if missing:
            yield (
                f"{row.agency_code}〔{row.year}〕在本系统编号，缺 {_ranges(missing)} 号；"
                "查明这些号给了哪件公文，用 docgen register record 补登"
            )


def _same_papers(connection: Connection) -> Iterator[str]:
    numbers = defaultdict(list)
    for row in connection.execute(select(entries).where(entries.c.run != "", entries.c.state != State.VOID.value)):
        numbers[row.run, row.paper].append(str(DocumentNumber(row.agency_code, row.year, row.serial)))
    for (run, paper), own in sorted(numbers.items()):
        if len(own) > 1:
            yield f"批次 {run} 的“{paper}”有 {len(own)} 个号：{'、'.join(sorted(own))}；留下一个，其余作废"


def _same_files(connection: Connection) -> Iterator[str]:
    numbers = defaultdict(set)
    for row in connection.execute(select(files).join(entries).where(entries.c.state != State.VOID.value)):
        numbers[row.sha256].add(str(DocumentNumber(row.agency_code, row.year, row.serial)))
    for digest, own in sorted(numbers.items()):
        if len(own) > 1:
            yield f"同一个文件（SHA-256 {digest[:12]}…）登记在 {len(own)} 个号下：{'、'.join(sorted(own))}；核对哪个号是它的"


def _broken_chain(connection: Connection) -> Iterator[str]:
    before = ""
    for link in connection.execute(select(manifests).order_by(manifests.c.place)):
        if link.previous != before:
            yield (
                f"批次 {link.run} 的清单前面应是 {before[:12] or '没有清单'}，登记的是 {link.previous[:12] or '没有清单'}："
                "有清单被删或改过；从备份核对"
            )
        before = link.sha256


def _left_over(connection: Connection) -> Iterator[str]:
    held: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute(
        select(entries).where(entries.c.state == State.RESERVED.value)
        .order_by(entries.c.agency_code, entries.c.year, entries.c.serial)
    )  # fmt: skip
    for row in rows:
        held[row.run].append(str(DocumentNumber(row.agency_code, row.year, row.serial)))
    for run, numbers in sorted(held.items()):
        whose = f"批次 {run} 还没有印发的" if run else "还没有公文用的"
        rest = f"等 {len(numbers)} 个" if len(numbers) > _FEW else ""
        yield f"{REMARK}{whose}预留号：{'、'.join(numbers[:_FEW])}{rest}"


_FEW = 10


def _ranges(serials: list[int]) -> str:
    """Write 3, 4, 5, 9 as 3—5、9."""
    spans: list[list[int]] = []
    for serial in serials:
        if spans and serial == spans[-1][1] + 1:
            spans[-1][1] = serial
        else:
            spans.append([serial, serial])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in spans)
