"""A PostgreSQL server of the tests' own: started on a temporary folder, reached by a socket there, stopped at the end.

Debian's `postgresql` package brings the programs; its own clusters are left alone. The server refuses to run as root,
so root has it run as the user `postgres`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PROGRAMS = Path("/usr/lib/postgresql")
_USER = "postgres"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "120",
    "shared_buffers": "16MB",
    "lc_messages": "C",
}


class Server:
    """A running server; `database` makes a new empty database and gives its URL."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def database(self) -> str:
        """Make an empty database."""
        self._made += 1
        name = f"register{self._made}"
        _run("createdb", "--host", str(self._folder), "--username", _USER, name)
        return f"postgresql://{_USER}@/{name}?host={self._folder}"


@contextmanager
def running() -> Iterator[Server]:
    """Run a server. Raise RuntimeError when the package is not there: `.ci/system for-tests` brings it."""
    folder = Path(tempfile.mkdtemp(prefix="docgen-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _USER)
        held = str(folder / "held")
        _run("initdb", "--pgdata", held, "--username", _USER, "--auth", "trust", "--encoding", "UTF8", "--no-locale")
        settings = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in _SETTINGS.items())
        options = f"-c unix_socket_directories={folder} {settings}"
        _run("pg_ctl", "--pgdata", held, "--wait", "--log", str(folder / "log"), "--options", options, "start")
        try:
            yield Server(folder)
        finally:
            _run("pg_ctl", "--pgdata", held, "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _run(program: str, *words: str) -> None:
    found = sorted(_PROGRAMS.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError("PostgreSQL is missing: run .ci/system for-tests")
    user: dict[str, Any] = {"user": _USER, "group": _USER, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(
        [found[-1], *words], check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"}, **user,
    )  # fmt: skip
