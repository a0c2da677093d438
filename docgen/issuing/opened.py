"""Open a run's folder as far as it can be read: a manifest that was changed is told and stops nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import Unreadable
from docgen.issuing.batch import Batch
from docgen.issuing.batch_manifest import DRAFT_MANIFEST, MANIFEST, State, is_whole
from docgen.issuing.manifest_read import Entry, Manifest
from docgen.issuing.refusals import why_refused
from docgen.issuing.verified import Note

_LAYOUT: dict[str, type] = {
    "批次": str, "公文": str, "状态": str, "种类": list, "PDF": str, "数据": dict, "版本": dict, "样式": str, "字体": list,
    "放行": list, "文号": list, "全部文件": list, "发文信息": dict, "数": list, "公司": list, "文": list, "来源": list,
    "行集": list, "送审稿清单": str, "前一清单": str,
}
_RIGHT_FOLDER = "写出 docgen issue circular 或 notices 用 --out 建的文件夹"
_FROM_BACKUP = "从备份取回原来的；没有备份的，重新送审"
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What a manifest that somebody changed may lead to."""


@dataclass(frozen=True)
class Opened:
    """A run as far as it can be read. `manifest` is None when nothing can be made of it; so is `signed`.

    `signed` is the manifest of the 送审稿: in a run that is not numbered yet, the same one.
    """

    folder: Path
    manifest: Manifest | None
    signed: Manifest | None
    is_whole: bool
    notes: tuple[Note, ...]

    @property
    def content(self) -> Entry:
        """The newest that is known of the run."""
        known = self.manifest or self.signed
        assert known is not None, "a run of which nothing is known is not opened"
        return known.content

    @property
    def is_final(self) -> bool:
        """Whether it was sealed, as far as is known."""
        if self.manifest is None:
            return (self.folder / DRAFT_MANIFEST).is_file()
        return bool(self.manifest.content["状态"] == State.FINAL)

    @property
    def batch(self) -> Batch:
        """The run, for what reads one."""
        newest, signed = self.manifest or self.signed, self.signed or self.manifest
        assert newest is not None, "a run of which nothing is known is not opened"
        assert signed is not None, "a run of which nothing is known is not opened"
        return Batch(self.folder, newest, signed)


def open_as_it_is(folder: Path) -> Opened:
    """Open a run. Raise Unreadable when there is none, or nothing can be made of its manifests."""
    if not folder.is_dir():
        raise Unreadable(f"找不到批次文件夹“{folder}”", _RIGHT_FOLDER)
    newest, signed = folder / MANIFEST, folder / DRAFT_MANIFEST
    if not newest.is_file() and not signed.is_file():
        raise Unreadable(f"“{folder}”不是批次文件夹：里面没有 {MANIFEST}", _RIGHT_FOLDER)
    notes: list[Note] = []
    of_newest, newest_is_whole = _read(newest, MANIFEST, notes)
    of_signed, signed_is_whole = (of_newest, True)
    if signed.is_file() or (of_newest is not None and of_newest.content["状态"] == State.FINAL):
        of_signed, signed_is_whole = _read(signed, DRAFT_MANIFEST, notes)
    if of_newest is None and of_signed is None:
        raise Unreadable("；".join(f"{note.where} {note.found}" for note in notes), _FROM_BACKUP)
    return Opened(folder, of_newest, of_signed, newest_is_whole and signed_is_whole, tuple(notes))


def _read(path: Path, name: str, notes: list[Note]) -> tuple[Manifest | None, bool]:
    """Read a manifest; what is wrong with it goes into the notes."""
    if not path.is_file():
        notes.append(Note(name, "不见了", _FROM_BACKUP))
        return None, False
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"“{path}”打不开：{why_refused(error)}", "关闭正在使用它的程序，再运行一次") from error
    content = _parsed(raw)
    if content is None:
        notes.append(Note(name, "改动过或损坏了，读不了", _FROM_BACKUP))
        return None, False
    whole = is_whole(raw, content)
    if not whole:
        notes.append(Note(name, "改动过，与写成时不同", _FROM_BACKUP))
    return Manifest(path, content), whole


def _parsed(raw: bytes) -> dict[str, Any] | None:
    """Give what a manifest of a run holds; None for anything else."""
    try:
        content = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not all(isinstance(content.get(name), kind) for name, kind in _LAYOUT.items()):
        return None
    return content
