"""Hold the files of a run's folder against its manifest. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docgen.issuing.archive import ARCHIVE_LIST, RECEIPT_LIST
from docgen.issuing.batch import DATA, DRAFT, FINAL, MASTER, PUBLIC, digest_of
from docgen.issuing.batch_manifest import DRAFT_MANIFEST, MANIFEST
from docgen.issuing.durable import ASIDE, LOCK
from docgen.issuing.numbers_sheet import NUMBERS_FILE
from docgen.issuing.opened import Opened
from docgen.issuing.publish import KEPT, OF_THE_DESKTOP
from docgen.issuing.standing import NUMBERS, PASSES
from docgen.issuing.verified import Note, Part, remark
from docgen.register import Entry

OUTPUT = (MASTER, FINAL, PUBLIC)
_LISTS = (ARCHIVE_LIST, RECEIPT_LIST)
_BESIDES = (MANIFEST, DRAFT_MANIFEST, NUMBERS_FILE, LOCK)
"""What lies in a run and is in no list: the manifests themselves, and the clerk's own sheet."""
_UNTIL_SEALED = (NUMBERS, PASSES)
"""What a run that is not finished keeps for the next call; the manifest of a finished one lists it."""
FINISH = "再运行 docgen issue finalise，没有做完的接着做完"


def look_at_folder(opened: Opened, issued: Sequence[Entry]) -> Part:
    """Name every file that was changed, is missing or is none of the run's. `issued` is what the register has of it."""
    there = _there(opened.folder)
    listed = listed_files(opened)
    of_register = {file.path: file.sha256 for entry in issued for file in entry.files}
    expected = {**({} if opened.is_final and opened.manifest else of_register), **listed}
    notes = [*opened.notes, *_differing(expected, there), *_unlisted(opened, expected, there)]
    faults = sum(note.is_fault for note in notes)
    said = f"清单记有 {len(expected)} 个，都在，逐字节相同" if not faults else f"清单记有 {len(expected)} 个，{faults} 处不同"
    return Part("文件", said, tuple(notes))


def changed_files(opened: Opened) -> set[str]:
    """Name the files of the manifest that are not as it says."""
    there = _there(opened.folder)
    return {name for name, digest in listed_files(opened).items() if name not in there or digest_of(there[name]) != digest}


def listed_files(opened: Opened) -> dict[str, str]:
    """Give each file of the run with its hash; the newest manifest's word counts."""
    listed = dict(_pairs(opened.content["全部文件"]))
    if opened.manifest is not None and opened.signed is not None and opened.is_final:
        listed = {**dict(_pairs(opened.signed.content["全部文件"])), **listed}
    return listed


def _pairs(files: Sequence[object]) -> Iterator[tuple[str, str]]:
    for item in files:
        if isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
            yield item[0], item[1]


def _there(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink()
    }


def _differing(expected: Mapping[str, str], there: Mapping[str, Path]) -> Iterator[Note]:
    for name, digest in expected.items():
        path = there.get(name)
        if path is None or not path.is_file():
            yield Note(name, "不见了", _remedy(name))
        elif digest_of(path) != digest:
            yield Note(name, "改动过，与清单所记的不同", _remedy(name))


def _remedy(name: str) -> str:
    top = name.partition("/")[0]
    if top == DATA:
        return "从备份取回原来的；数据要改的，改自己的那一份，另建批次重新送审"
    if top == DRAFT:
        return "从备份取回原来的；要改的，改数据、发文信息或模板后重新送审"
    if top in OUTPUT:
        return "再运行 docgen issue finalise 重新生成，改动过的移到 留存；办公系统里改定的放在别处，用 docgen verify 批次 文件 核对"
    return "从备份取回原来的"


def _unlisted(opened: Opened, expected: Mapping[str, str], there: Mapping[str, Path]) -> Iterator[Note]:
    kept = 0
    for name, path in there.items():
        top, base = name.partition("/")[0], path.name
        if name in expected or name in _BESIDES or base in OF_THE_DESKTOP:
            continue
        if name in _UNTIL_SEALED and not (opened.is_final and opened.manifest):
            continue
        if top == KEPT:
            kept += 1
        elif base.startswith(ASIDE):
            yield remark(name, "是定稿中断时留下的半成品", FINISH)
        elif base.startswith(("~$", ".~lock.")):
            yield remark(name, "有人正打开这个文件", "关闭以后再核对一次")
        elif opened.manifest is None and (top in OUTPUT or name in _LISTS):
            yield remark(name, f"{MANIFEST} 读不了，无从核对", "写 --register 可按登记簿核对")
        elif not opened.is_final and (top in OUTPUT or name in _LISTS):
            yield remark(name, "定稿没有做完，清单里还没有它", FINISH)
        else:
            yield Note(name, "清单里没有，不是本批次的文件", "移到批次文件夹以外")
    if kept:
        yield remark(KEPT, f"有 {kept} 个文件，是定稿时移开的，不属于本批次", "看过以后可以移到别处")
