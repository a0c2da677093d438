"""Many at one register, and a process that is killed: no number twice, no gap, nobody kept waiting by the dead."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from docgen.errors import ExitCode
from docgen.register import REMARK, Register, RegisterBusy, Source, open_register
from docgen.register import store as store_module
from docgen.register.turn import turn
from tests.torture.register import contend

from .papers import LETTER, number, wanted


@contextmanager
def another(address: str, work: Callable[[Register], object]) -> Iterator[int]:
    """A process of its own that works at the register and then waits to be killed; it gives its id."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            with open_register(address, "另一人", lambda: datetime(2024, 12, 19)) as register:
                work(register)
                os.write(writer, b".")
                signal.pause()
        finally:
            os._exit(1)
    os.close(writer)
    assert os.read(reader, 1) == b"."
    os.close(reader)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def holding(register: Register) -> None:
    """Take numbers, but never come to the commit."""
    register.__dict__["held"] = register._store.writing()
    connection = register.__dict__["held"].__enter__()
    connection.exec_driver_sql("UPDATE series SET next = next + 100")


def test_many_processes_take_each_number_once_and_leave_no_gap(address: str) -> None:
    contended = contend(address, processes=8, each=20)

    assert contended.faults == ()
    assert len(contended.waits) == 160


def test_numbers_taken_before_a_kill_are_kept(address: str, register: Register) -> None:
    register.start("苏应急函", 2024, 1)
    with another(address, lambda other: other.take("函-1", wanted("甲山", "乙水"), Source.OWN)):
        pass

    assert [entry.number for entry in register.entries_of("函-1")] == [number(1), number(2)]
    assert [entry.number for entry in register.take("函-1", wanted("甲山", "乙水"), Source.OWN)] == [number(1), number(2)]
    assert [entry.number for entry in register.take("函-2", wanted("丙海"), Source.OWN)] == [number(3)]


def test_numbers_of_a_process_killed_before_its_commit_were_never_given(address: str, register: Register) -> None:
    register.start("苏应急函", 2024, 1)
    with another(address, holding):
        pass

    assert [entry.number for entry in register.take("函-2", wanted("丙海"), Source.OWN)] == [number(1)]
    assert all(told.startswith(REMARK) for told in register.complaints())


def test_reading_waits_for_no_writer(address: str, register: Register) -> None:
    register.start("苏应急函", 2024, 1)
    register.record(number(9), LETTER, [])
    with another(address, holding):
        assert len(register.entries()) == 1
        assert register.find(number(9)) is not None
        assert register.complaints() == ()


def test_a_register_that_is_kept_too_long_is_said_to_be_busy(
    address: str, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.start("苏应急函", 2024, 1)
    monkeypatch.setattr(store_module, "BUSY_AFTER_SECONDS", 0.2)
    with another(address, holding):
        began = time.monotonic()
        with pytest.raises(RegisterBusy) as caught:
            register.take("函-1", wanted("甲山"), Source.OWN)

        assert time.monotonic() - began < 5
        assert caught.value.exit_code is ExitCode.REGISTER
        assert "正被占用" in caught.value.message
        assert caught.value.remedy
    assert register.take("函-1", wanted("甲山"), Source.OWN)[0].number == number(1)


@contextmanager
def watching(path: Path) -> Iterator[int]:
    """The lock's file, open to be read; it is closed last, for that would give up this process's locks on it."""
    watched = os.open(path, os.O_RDONLY)
    try:
        yield watched
    finally:
        os.close(watched)


def test_turns_are_given_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    path, served = tmp_path / "登记簿.db-lock", tmp_path / "served"
    children = []
    with turn(path, 5), watching(path) as watched:
        for name in "甲乙丙丁戊":
            child = os.fork()
            if child == 0:
                try:
                    with turn(path, 10), served.open("a", encoding="utf-8") as file:
                        file.write(name)
                finally:
                    os._exit(0)
            children.append(child)
            _until_drawn(watched, len(children) + 1)
    for child in children:
        os.waitpid(child, 0)

    assert served.read_text(encoding="utf-8") == "甲乙丙丁戊"


def test_the_dead_in_the_queue_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db-lock"
    with turn(path, 5), watching(path) as watched:
        child = os.fork()
        if child == 0:
            with turn(path, 10):
                os._exit(0)
        _until_drawn(watched, 2)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    with turn(path, 0.5):
        pass


def test_a_lock_file_that_was_emptied_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db-lock"
    with turn(path, 1):
        os.truncate(path, 0)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                with turn(path, 0.2):
                    code = 2
            except TimeoutError:
                code = 0
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _until_drawn(watched: int, ticket: int) -> None:
    until = time.monotonic() + 10
    while int.from_bytes(os.pread(watched, 8, 0), "little") < ticket:
        assert time.monotonic() < until
        time.sleep(0.005)
    time.sleep(0.01)
