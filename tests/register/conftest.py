"""A register on SQLite and one on PostgreSQL: every test of a register runs on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from docgen.register import Register, open_register
from tests.postgresql import Server, running

NOON = datetime(2024, 12, 19, 12, 0)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new register can be made."""
    if request.param == "SQLite":
        return str(tmp_path / "登记簿.db")
    server: Server = request.getfixturevalue("postgresql")
    return server.database()


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    """An empty register, written by 李示例 at noon."""
    with open_register(address, "李示例", lambda: NOON) as opened:
        yield opened


@pytest.fixture
def opened(address: str) -> Iterator[Callable[..., Register]]:
    """Open the register of `address` once more, by another hand or at another time."""
    registers: list[Register] = []

    def open_again(who: str = "张示例", at: datetime = NOON) -> Register:
        registers.append(open_register(address, who, lambda: at))
        return registers[-1]

    yield open_again
    for one in registers:
        one.__exit__(None, None, None)
