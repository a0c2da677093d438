"""What `verify` finds in a register that was meddled with, and what it only remarks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from docgen.register import REMARK, Register, Source, open_register
from docgen.register.place import register_place
from docgen.register.store import Store

from .conftest import NOON
from .papers import LETTER, file, given, number, wanted

Meddle = Callable[[str], None]


@pytest.fixture
def meddle(address: str, register: Register) -> Meddle:
    """Change the tables behind the register's back."""

    def change(statement: str) -> None:
        store = Store(register_place(address))
        with store.writing() as connection:
            connection.execute(text(statement))
        store.close()

    return change


def test_a_sound_register_is_only_remarked_on(register: Register) -> None:
    register.take("函-1", given(甲山=30, 乙水=31), Source.OFFICE)
    register.mark_issued("函-1", "甲山", [file("甲山")])
    register.reserve("苏应急函", 2024, [40])

    assert register.complaints() == (
        f"{REMARK}还没有公文用的预留号：苏应急函〔2024〕40号",
        f"{REMARK}批次 函-1 还没有印发的预留号：苏应急函〔2024〕31号",
    )


def test_a_gap_in_a_series_is_named(register: Register, meddle: Meddle) -> None:
    register.start("苏应急函", 2024, 132)
    register.take("函-1", wanted(*"甲乙丙丁戊"), Source.OWN)
    meddle("DELETE FROM recipients WHERE serial IN (133, 134, 136)")
    meddle("DELETE FROM entries WHERE serial IN (133, 134, 136)")

    assert "缺 133—134、136 号" in register.complaints()[0]


def test_one_paper_with_two_numbers_is_named(register: Register, meddle: Meddle) -> None:
    register.take("函-1", given(甲山=30, 乙水=31), Source.OFFICE)
    meddle("DROP INDEX one_number_for_a_paper")
    meddle("UPDATE entries SET paper = '甲山' WHERE serial = 31")

    assert "批次 函-1 的“甲山”有 2 个号" in register.complaints()[0]


def test_one_file_under_two_numbers_is_named(register: Register) -> None:
    register.record(number(1), LETTER, [file("甲山")])
    register.record(number(2), LETTER, [file("甲山")])

    (told,) = register.complaints()

    assert "登记在 2 个号下：苏应急函〔2024〕1号、苏应急函〔2024〕2号" in told


def test_a_format_that_is_not_ours_is_named(register: Register, meddle: Meddle) -> None:
    meddle("UPDATE docgen_register_version SET version_num = '0000'")

    assert "应为 0001，不是 0000" in register.complaints()[0]


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with open_register(str(path), "李示例", lambda: NOON) as register:
        for serial in range(1, 60):
            register.record(number(serial), LETTER, [])
    content = bytearray(path.read_bytes())
    found = content.rfind("关于整改".encode())
    content[found - 60 : found] = b"\xff" * 60
    path.write_bytes(content)

    with open_register(str(path), "李示例", lambda: NOON) as register:
        assert "已损坏" in register.complaints()[0]
