"""Put finished files into the output folder: all of a run's papers or none, and nobody's work is lost.

What docgen wrote is remembered by its hash in `.docgen.json`; a file there that somebody has changed since is
moved to 留存/ and named, before its successor takes its place.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from docgen.errors import UsageError

RECORD = ".docgen.json"
KEPT = "留存"
_FORBIDDEN = frozenset('/\\:*?"<>|')
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10))}
_LONGEST = 60


def safe_name(text: str) -> str:
    """Make a name from the data fit to be one file's or folder's name, on any system, and nothing more."""
    kept = "".join(
        "＿" if char in _FORBIDDEN else char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char)[0] != "C"
    )
    name = kept.strip(" .　")[:_LONGEST].strip(" .　")
    return f"{name}＿" if name.upper().partition(".")[0] in _RESERVED else name or "未命名"


def publish(files: Mapping[str, bytes], out: Path) -> tuple[str, ...]:
    """Write files, by their path below `out`, whole or not at all; give the paths of what was kept aside.

    What a run makes takes the place of what the same run made before: 通报 of 通报, the folder 函 of the folder 函.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"输出位置“{out}”已是一个文件", "请用 --out 另指定一个文件夹")
    try:
        out.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".docgen-", dir=out))
    except OSError as error:
        raise UsageError(
            f"不能写入“{out}”：{error.strerror}", "请检查该文件夹的权限和磁盘空间，或用 --out 另指定一个"
        ) from error
    try:
        for name, content in files.items():
            target = staging / "new" / _relative(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return _exchange(staging, out, files)
    except OSError as error:
        raise UsageError(
            f"写入“{out}”时出错：{error.strerror}", "请检查磁盘空间和权限；原有文件没有改动"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _relative(name: str) -> Path:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"not a path below the output folder: {name!r}")
    return Path(*path.parts)


def _exchange(staging: Path, out: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Move the old entries aside and the new ones in; on any failure, back again."""
    entries = sorted({_relative(name).parts[0] for name in files})
    known = _read_record(out)
    old = staging / "old"
    old.mkdir()
    moved: list[str] = []
    placed: list[str] = []
    try:
        for entry in entries:
            if (out / entry).exists():
                os.replace(out / entry, old / entry)
                moved.append(entry)
        for entry in entries:
            os.replace(staging / "new" / entry, out / entry)
            placed.append(entry)
    except OSError:
        for entry in placed:
            os.replace(out / entry, staging / "new" / entry)
        for entry in moved:
            os.replace(old / entry, out / entry)
        raise
    kept = _keep_changed(old, out, known)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    rest = {name: value for name, value in known.items() if PurePosixPath(name).parts[0] not in entries}
    (out / RECORD).write_text(
        json.dumps(rest | hashes, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8"
    )
    return kept


def _keep_changed(old: Path, out: Path, known: Mapping[str, str]) -> tuple[str, ...]:
    """Move every file that is not as docgen wrote it into 留存/, beside any that is there already."""
    kept = []
    for path in sorted(path for path in old.rglob("*") if path.is_file()):
        name = path.relative_to(old).as_posix()
        if hashlib.sha256(path.read_bytes()).hexdigest() != known.get(name):
            target = _free(out / KEPT / path.relative_to(old))
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
            kept.append(target.relative_to(out).as_posix())
    return tuple(kept)


def _free(path: Path) -> Path:
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return free


def _read_record(out: Path) -> dict[str, str]:
    try:
        record = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in record.items()} if isinstance(record, dict) else {}
