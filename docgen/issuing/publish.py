"""Put finished files into the output folder: all of a run's papers or none, and nobody's work is lost.

What docgen wrote is remembered by its hash in `.docgen.json`; a file there that somebody has changed since is
moved to 留存/ and named. Everything is written beside its place first and then moved; when one move fails, or
the clerk interrupts, the moves before it are taken back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path, PurePosixPath

from docgen.errors import UsageError
from docgen.issuing.refusals import why_refused

RECORD = ".docgen.json"
KEPT = "留存"
_FORBIDDEN = frozenset('/\\:*?"<>|')
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_RESERVED |= {f"{name}{n}" for name in ("COM", "LPT") for n in "0123456789¹²³"}
_UNPRINTED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_LONGEST = 60
"""Characters of a name: at most 240 bytes of UTF-8, and no system takes fewer than 255 with the ending."""
OF_THE_DESKTOP = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What a file manager puts into every folder: nobody's work."""


def safe_name(text: str) -> str:
    """Make a name from the data fit to be one file's or folder's name, on any system, and nothing more."""
    kept = "".join(
        "＿" if char in _FORBIDDEN else char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in _UNPRINTED
    )
    name = _trimmed(_trimmed(kept)[:_LONGEST])
    is_reserved = name.upper().partition(".")[0].rstrip() in _RESERVED
    return f"＿{name}" if is_reserved else name or "未命名"


def _trimmed(text: str) -> str:
    """Drop blanks and dots at both ends, where Windows drops them and Unix hides what begins with one."""
    start, end = 0, len(text)
    while start < end and (text[start] == "." or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] == "." or text[end - 1].isspace()):
        end -= 1
    return text[start:end]


def check_folder(out: Path, source: Path) -> None:
    """Refuse an output folder before any work is done. Raise UsageError: a file, the input's own, not writable."""
    if os.path.lexists(out) and not out.is_dir():
        raise UsageError(f"输出位置“{out}”已是一个文件，不是文件夹", "用 --out 另指定一个文件夹，如 --out 输出")
    if source.is_dir() and out.resolve() == source.resolve():
        raise UsageError(
            f"输出文件夹“{out}”就是放数据的文件夹，生成的工作簿会混进数据", "用 --out 另指定一个文件夹，如 --out 输出"
        )
    above = next(path for path in (out, *out.absolute().parents) if os.path.lexists(path))
    if not above.is_dir():
        raise UsageError(f"输出位置“{out}”里的“{above}”是一个文件，不是文件夹", "用 --out 另指定一个文件夹，如 --out 输出")
    if not os.access(above, os.W_OK | os.X_OK):
        raise UsageError(f"不能写入“{out}”：对“{above}”没有写入权限", "检查该文件夹的权限，或用 --out 另指定一个")


def publish(files: Mapping[str, bytes], out: Path, replaced: Collection[str] = ()) -> tuple[str, ...]:
    """Write files, by their path below `out`, whole or not at all; give the paths of what was kept aside.

    `replaced` names the entries of `out` that this run answers for besides those it writes: 函 although nobody
    gets a letter. What the run does not make again there goes. Raise UsageError when `out` cannot be written.
    """
    entries = sorted({*replaced, *(_relative(name).parts[0] for name in files)})
    try:
        with ExitStack() as folders:
            _make_folder(out, folders)
            staging = Path(tempfile.mkdtemp(prefix=".docgen-", dir=out))
            try:
                with ExitStack() as moves:
                    kept = _exchange(staging, out, files, entries, moves)
                    moves.pop_all()
                    shutil.rmtree(staging / "old", ignore_errors=True)
            finally:
                _clear(staging)
            folders.pop_all()
    except OSError as error:
        raise UsageError(f"写入“{out}”时出错：{why_refused(error)}", _remedy(out)) from error
    return kept


def _remedy(out: Path) -> str:
    left = sorted(out.glob(".docgen-*/old"))
    if left:
        return f"部分原有文件没能放回，在“{left[0]}”，请从那里取回"
    return "关闭正在用 Word、WPS 打开的同名文件，检查磁盘空间和权限后再试；原有文件没有改动"


def _relative(name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        raise ValueError(f"not a path below the output folder: {name!r}")
    return Path(*path.parts)


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Make a folder and those above it; `undo` takes away again what was made."""
    missing = [path for path in (folder, *folder.parents) if not path.is_dir()]
    for path in reversed(missing):
        undo.callback(_ignoring_refusal, path.rmdir)
        path.mkdir(exist_ok=True)


def _ignoring_refusal(action: Callable[[], None]) -> None:
    with suppress(OSError):
        action()


def _clear(staging: Path) -> None:
    """Take the staging away, unless something of the clerk's could not be put back from it."""
    old = staging / "old"
    if old.is_dir() and any(old.iterdir()):
        shutil.rmtree(staging / "new", ignore_errors=True)
    else:
        shutil.rmtree(staging, ignore_errors=True)


def _exchange(
    staging: Path, out: Path, files: Mapping[str, bytes], entries: Collection[str], undo: ExitStack
) -> tuple[str, ...]:
    """Move the old entries aside, the new ones in, and what was changed by hand to 留存/."""
    known = _read_record(out)
    old, new = staging / "old", staging / "new"
    old.mkdir()
    for name, content in (*files.items(), (RECORD, _record(known, files, entries))):
        target = new / _relative(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    for entry in (*entries, RECORD):
        if os.path.lexists(out / entry):
            _move(out / entry, old / entry, undo)
    for entry in (*entries, RECORD):
        if os.path.lexists(new / entry):
            _move(new / entry, out / entry, undo)
    kept = []
    for path in list(_changed(old, known)):
        target = _free(out / KEPT / path.relative_to(old))
        _make_folder(target.parent, undo)
        _move(path, target, undo)
        kept.append(target.relative_to(out).as_posix())
    return tuple(kept)


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    undo.callback(_move_back, source, target)
    os.replace(source, target)


def _move_back(source: Path, target: Path) -> None:
    """Take a move back, if it came about at all."""
    if os.path.lexists(target) and not os.path.lexists(source):
        os.replace(target, source)


def _changed(old: Path, known: Mapping[str, str]) -> Iterator[Path]:
    """Find what is not as docgen wrote it, links too."""
    for folder, folders, names in os.walk(old):
        for name in sorted(name for name in (*folders, *names) if name not in OF_THE_DESKTOP):
            path = Path(folder, name)
            written = known.get(path.relative_to(old).as_posix())
            is_folder = path.is_dir() and not path.is_symlink()
            if is_folder or path == old / RECORD:
                continue
            if path.is_symlink() or not path.is_file() or _hash(path.read_bytes()) != written:
                yield path


def _free(path: Path) -> Path:
    number = 2
    free = path
    while os.path.lexists(free):
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return free


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record(known: Mapping[str, str], files: Mapping[str, bytes], entries: Collection[str]) -> bytes:
    """Write the hashes of this run's files, and those of the former runs' that stay."""
    rest = {name: value for name, value in known.items() if name.partition("/")[0] not in entries}
    hashes = rest | {name: _hash(content) for name, content in files.items()}
    return json.dumps(hashes, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _read_record(out: Path) -> dict[str, str]:
    """Read the hashes of former runs; a record that cannot be read knows nothing, and all is kept aside."""
    try:
        record = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(record, dict):
        return {}
    return {name: value for name, value in record.items() if name and isinstance(value, str)}
