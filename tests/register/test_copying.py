"""Backups: whole, of a register in use, restored into either kind of database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from docgen.errors import DocgenError, Unreadable, UsageError
from docgen.register import Register, RegisterConflict, Source, open_register
from tests.postgresql import Server

from .conftest import NOON
from .papers import LETTER, file, number, wanted


@pytest.fixture
def filled(register: Register) -> Register:
    """A register with something of everything."""
    register.start("苏应急函", 2024, 132)
    register.take("函-1", wanted("甲山", "乙水"), Source.OWN)
    register.mark_issued("函-1", "甲山", [file("甲山")])
    register.reserve("苏应急", 2024, [40, 41])
    register.record(number(12), LETTER, [])
    register.void(number(133), "领导要求不发")
    register.seal("函-1", lambda previous: b"manifest")
    return register


def refusal_of(call: Callable[..., object], *words: object) -> DocgenError:
    with pytest.raises(DocgenError) as caught:
        call(*words)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_a_backup_restores_into_either_database(
    filled: Register, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server: Server = request.getfixturevalue("postgresql")
    target = str(tmp_path / "新登记簿.db") if kind == "SQLite" else server.database()
    filled.backup(tmp_path / "备份.db")

    with open_register(target, "张示例", lambda: NOON) as restored:
        restored.restore(tmp_path / "备份.db")

        assert restored.entries() == filled.entries()
        assert restored.sealed("函-1") == filled.sealed("函-1")
        assert restored.complaints() == filled.complaints()
        (next_one,) = restored.take("函-2", wanted("丙海"), Source.OWN)
        assert next_one.number == number(134)


def test_a_backup_is_one_file_and_a_register_itself(filled: Register, tmp_path: Path) -> None:
    (tmp_path / "备份").mkdir()
    filled.backup(tmp_path / "备份" / "登记簿.db")

    assert [path.name for path in (tmp_path / "备份").iterdir()] == ["登记簿.db"]
    with open_register(str(tmp_path / "备份" / "登记簿.db"), "张示例", lambda: NOON) as copy:
        assert copy.entries() == filled.entries()


def test_a_backup_covers_no_file(filled: Register, tmp_path: Path) -> None:
    (tmp_path / "备份.db").write_text("别的", encoding="utf-8")

    assert isinstance(refusal_of(filled.backup, tmp_path / "备份.db"), UsageError)
    assert (tmp_path / "备份.db").read_text(encoding="utf-8") == "别的"
    assert isinstance(refusal_of(filled.backup, tmp_path / "没有" / "备份.db"), UsageError)


def test_nothing_is_restored_over_entries(filled: Register, tmp_path: Path) -> None:
    filled.backup(tmp_path / "备份.db")
    before = filled.entries()

    assert isinstance(refusal_of(filled.restore, tmp_path / "备份.db"), RegisterConflict)
    assert filled.entries() == before


def test_what_is_no_backup_is_not_restored(register: Register, tmp_path: Path) -> None:
    (tmp_path / "备份.db").write_text("不是备份" * 300, encoding="utf-8")

    assert isinstance(refusal_of(register.restore, tmp_path / "没有.db"), Unreadable)
    assert isinstance(refusal_of(register.restore, tmp_path / "备份.db"), Unreadable)
    assert register.entries() == ()


def test_a_backup_with_a_fault_is_not_restored(register: Register, tmp_path: Path) -> None:
    with open_register(str(tmp_path / "坏.db"), "张示例", lambda: NOON) as faulty:
        faulty.record(number(1), LETTER, [file("甲山")])
        faulty.record(number(2), LETTER, [file("甲山")])

    assert "登记在 2 个号下" in refusal_of(register.restore, tmp_path / "坏.db").message
    assert register.entries() == ()


def test_dates_and_lists_come_back_as_they_were(register: Register, tmp_path: Path) -> None:
    register.record(number(1), LETTER, [])
    register.backup(tmp_path / "备份.db")

    with open_register(str(tmp_path / "备份.db"), "张示例", lambda: NOON) as copy:
        found = copy.find(number(1))

    assert found is not None
    assert found.particulars == LETTER
    assert found.particulars.signed_on == (date(2024, 12, 16), date(2024, 12, 17))
