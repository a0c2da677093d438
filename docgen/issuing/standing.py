"""How a run stands before it goes on: unaltered since it was signed, in the register that gave its numbers.

Two small files in the run's folder outlive a call that was killed: 文号.jsonl, which numbers the run has had, and
放行.jsonl, what was let pass: [code, where, reason, name].
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from docgen.errors import Unreadable
from docgen.gongwen import DocumentNumber
from docgen.intake.sources import SETTINGS_FILE
from docgen.issuing.batch import Batch
from docgen.issuing.durable import put
from docgen.register import Entry, Register, RegisterConflict, State

NUMBERS, PASSES = "文号.jsonl", "放行.jsonl"
_SHOWN = 10


def refuse_altered(batch: Batch) -> None:
    """Raise Unreadable where data or 送审稿 were altered: papers are made from the kept data, and only as signed."""
    altered = batch.altered(batch.signed_files())
    if altered:
        listed = "、".join(altered[:_SHOWN]) + (f"等 {len(altered)} 个" if len(altered) > _SHOWN else "")
        raise Unreadable(
            f"“{batch.folder}”里这些文件在送审之后改动过或者不见了：{listed}",
            "从备份取回原来的；公文要改的，改数据、发文信息或模板，用 docgen issue 重新送审。"
            "办公系统里改定的成稿，用 docgen verify 核对",
        )
    strange = sorted(set(batch.kept.hashes()) - {name for name, _ in batch.signed_files()})
    if not batch.kept.settings_name and (batch.folder / SETTINGS_FILE).exists():
        strange.append(SETTINGS_FILE)
    if strange:
        raise Unreadable(
            f"“{batch.folder}”里多出送审时没有的数据：{'、'.join(strange[:_SHOWN])}", "移出这个文件夹；要用它，重新送审"
        )


def refuse_another_register(batch: Batch, register: Register) -> None:
    """Raise RegisterConflict where this register knows nothing of a number that the run has had."""
    held = {str(entry.number) for entry in register.entries_of(batch.id)}
    unknown = [
        f"“{paper}”的 {number}"
        for paper, number in _rows(batch.folder / NUMBERS)
        if number not in held
        and not any(batch.id in event.details for event in register.history(DocumentNumber.parse(number)))
    ]
    if unknown:
        raise RegisterConflict(
            [f"批次 {batch.id} 已取过号，这本登记簿（{register}）里没有记：{'、'.join(unknown[:_SHOWN])}"],
            "用当时的登记簿（--register 或 DOCGEN_REGISTER）；登记簿丢了的，从备份恢复，再运行同一命令",
        )


def refuse_renumbering(batch: Batch, register: Register, explicit: Collection[str]) -> None:
    """Raise RegisterConflict for papers whose number was written off: they take another only when that is meant.

    `explicit` are the papers for which another number was given by name.
    """
    held = {entry.paper for entry in register.entries_of(batch.id)}
    void = [
        f"“{paper}”原来的 {number} 已作废（{entry.reason}）"
        for paper, number in _rows(batch.folder / NUMBERS)
        if paper not in held and paper not in explicit
        and (entry := register.find(DocumentNumber.parse(number))) is not None and entry.state is State.VOID
    ]
    if void:
        raise RegisterConflict(
            void, "照原样另取新号重发的，加 --renumber；内容要改的，改数据后另出批次；不再发的，不用再运行"
        )


def keep_numbers(folder: Path, entries: Iterable[Entry]) -> None:
    """Keep the numbers that a run has, before anything bears them; those that it had stay."""
    _keep(folder / NUMBERS, [(entry.paper, str(entry.number)) for entry in entries])


def keep_passes(folder: Path, passed: Sequence[Sequence[str]]) -> None:
    """Keep what is let pass before the paper goes out: a run that another call finishes still says it."""
    _keep(folder / PASSES, passed)


def passes_of(folder: Path) -> list[tuple[str, ...]]:
    """Give all that was let pass."""
    return _rows(folder / PASSES)


def _keep(path: Path, rows: Iterable[Sequence[str]]) -> None:
    known = _rows(path)
    together = sorted({*known, *map(tuple, rows)})
    if together != known:
        put(path, b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in together))


def _rows(path: Path) -> list[tuple[str, ...]]:
    """Read such a file. Raise Unreadable when it was altered."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        return [tuple(map(str, json.loads(line))) for line in lines]
    except (ValueError, TypeError) as error:
        raise Unreadable(f"“{path}”改动过，读不了", "从备份取回原来的") from error
