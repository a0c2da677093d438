"""The named steps of what a child does: each call that matters to a kill, before, within and after it.

Installed in the child alone, over the system's and the register's own functions: the product has no hook for it.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

Step = Callable[[str], None]


def signalled_at(number: int, sent: signal.Signals = signal.SIGKILL) -> Step:
    """Give a step that sends the process a signal when it is taken for the `number`th time, counting from 0."""
    taken = 0

    def step(_name: str) -> None:
        nonlocal taken
        if taken == number:
            os.kill(os.getpid(), sent)
        taken += 1

    return step


def signalled_on(wanted: str, sent: signal.Signals) -> Step:
    """Give a step that sends the process a signal when the step of this name is taken for the first time."""
    is_sent = False

    def step(name: str) -> None:
        nonlocal is_sent
        if name == wanted and not is_sent:
            is_sent = True
            os.kill(os.getpid(), sent)

    return step


def noted_in(path: Path) -> Step:
    """Give a step that writes its name down."""

    def step(name: str) -> None:
        with path.open("a", encoding="utf-8") as notes:
            print(name, file=notes)

    return step


def install(step: Step) -> None:
    """Take a step before and after each call that changes a file, a folder or the register."""
    doing = _name_what_the_register_does(step)
    _around(step, os, "replace", lambda _, target: f"rename to {_short(target)}")
    _around(step, os, "rename", lambda _, target: f"rename to {_short(target)}")
    _around(step, shutil, "copyfile", lambda _, target: f"copy to {_short(target)}")
    _around(step, os, "mkdir", lambda path, *_: f"make folder {_short(path)}")
    _around(step, os, "fsync", _flushed)
    _halve_writing(step)
    _around_commits(step, doing)


def _around(step: Step, owner: Any, name: str, what: Callable[..., str]) -> None:
    really = getattr(owner, name)

    def stepping(*given: Any, **named: Any) -> Any:
        said = what(*given)
        step(f"before: {said}")
        result = really(*given, **named)
        step(f"after: {said}")
        return result

    setattr(owner, name, stepping)


def _short(path: object) -> str:
    return "/".join(Path(os.fsdecode(path)).parts[-2:])  # type: ignore[arg-type]


def _flushed(handle: int) -> str:
    path = _short(os.readlink(f"/proc/self/fd/{handle}"))
    return f"flush folder {path}" if stat.S_ISDIR(os.fstat(handle).st_mode) else f"flush file {path}"


def _halve_writing(step: Step) -> None:
    """Write files in two halves, with a step before, between and after."""
    really = Path.open

    def opening(path: Path, mode: str = "r", *given: Any, **named: Any) -> Any:
        file = really(path, mode, *given, **named)
        return _Halving(file, step, _short(path)) if mode in ("xb", "wb") else file

    Path.open = opening  # type: ignore[method-assign, assignment]


class _Halving:
    def __init__(self, file: Any, step: Step, name: str) -> None:
        self._file, self._step, self._name = file, step, name

    def __enter__(self) -> _Halving:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> int:
        self._step(f"before: write {self._name}")
        half = len(content) // 2
        self._file.write(content[:half])
        self._file.flush()
        self._step(f"half: write {self._name}")
        self._file.write(content[half:])
        return len(content)

    def flush(self) -> None:
        self._file.flush()

    def fileno(self) -> int:
        return int(self._file.fileno())


def _name_what_the_register_does(step: Step) -> list[str]:
    """Take steps around the register's calls; give the names of those that run now, the innermost last."""
    from docgen.register import Register

    doing = ["open"]
    for name in ("start", "take", "mark_issued", "seal"):
        really = getattr(Register, name)

        def calling(*given: Any, _really: Any = really, _name: str = name, **named: Any) -> Any:
            step(f"before: {_name}")
            doing.append(_name)
            result = _really(*given, **named)
            doing.pop()
            step(f"after: {_name}")
            return result

        setattr(Register, name, calling)
    return doing


def _around_commits(step: Step, doing: list[str]) -> None:
    from sqlalchemy.engine.default import DefaultDialect

    really = DefaultDialect.do_commit

    def committing(dialect: Any, connection: Any) -> None:
        said = f"commit of {doing[-1]}"
        step(f"before: {said}")
        really(dialect, connection)
        step(f"after: {said}")

    DefaultDialect.do_commit = committing  # type: ignore[method-assign]
