"""Several at once, a register that is in use or on a server, clocks and years: numbers once, and the right ones."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from docgen.errors import ExitCode
from docgen.issuing import Paper
from docgen.issuing.batch import open_batch
from docgen.issuing.draft_batch import Asked as DraftAsked
from docgen.issuing.draft_batch import draft_batch
from docgen.issuing.durable import FolderBusy
from docgen.issuing.finalise import Asked, Finalised, finalise
from docgen.issuing.numbers_sheet import NumberGiven
from docgen.register import Register, RegisterBusy, Source, State, open_register, store
from tests.postgresql import running
from tests.torture import victim

from .batches import COMPLETE, NOON, SIGNED, draft, files, number, register_at, silent, start
from .test_make import metrics
from .traced import typical

IN_JANUARY = datetime(2025, 1, 6, 9)


def numbered_at(folder: Path, at: datetime, said: NumberGiven = SIGNED, run: str = "批次") -> Finalised:
    """Finalise a run while the clock says `at`."""
    with open_register(str(folder / "登记簿.db"), "张示例", lambda: at) as register:
        return finalise(folder / run, Asked(Source.OWN, said, None, {}, "张示例"), register, metrics(), silent)


def at_once(folder: Path, *works: Callable[[], object]) -> list[int]:
    """Do several things at the same time, each in a process of its own; give their exit codes."""
    children = [victim.start(work, folder / f"log{place}") for place, work in enumerate(works)]
    codes = [victim.end_of(child) for child in children]
    for place, code in enumerate(codes):
        assert code == 0, victim.told(code, folder / f"log{place}")
    return codes


def stopped_after_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Ctrl-C come as the second letter is to be marked 已印发."""
    really, marked = Register.mark_issued, []

    def marking(*given: object) -> object:
        if marked:
            raise KeyboardInterrupt
        marked.append(given)
        return really(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Register, "mark_issued", marking)


def test_two_that_draft_the_same_into_one_folder_leave_one_whole_run(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS, to="先前")
    asked = DraftAsked(Paper.LETTERS, tmp_path / "先前数据", None, None, ("docx", "xlsx"))

    at_once(tmp_path, *[lambda: draft_batch(asked, tmp_path / "批次", metrics(), silent)] * 3)

    assert files(tmp_path / "批次") == files(tmp_path / "先前")
    assert [path for path in tmp_path.rglob(".docgen-*") if path.name != ".docgen-lock"] == []


def test_two_that_number_the_same_data_in_two_folders_come_to_the_same_numbers(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS)
    shutil.copytree(tmp_path / "批次", tmp_path / "另一个")
    start(tmp_path)

    at_once(tmp_path, lambda: number(tmp_path), lambda: number(tmp_path, run="另一个"))

    assert files(tmp_path / "批次") == files(tmp_path / "另一个")
    with register_at(tmp_path) as register:
        assert [(entry.number.serial, entry.state) for entry in register.entries()] == [
            (1, State.ISSUED), (2, State.ISSUED),
        ]
        assert register.complaints() == ()


def test_two_that_number_one_folder_are_one_after_the_other_or_told(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS)
    start(tmp_path)

    def attempt() -> None:
        with suppress(FolderBusy):
            number(tmp_path)

    at_once(tmp_path, attempt, attempt, attempt)

    assert FolderBusy.exit_code is ExitCode.REGISTER
    assert number(tmp_path).is_complete
    with register_at(tmp_path) as register:
        assert [entry.number.serial for entry in register.entries()] == [1, 2]


def test_a_register_that_another_program_keeps_is_told_and_no_number_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(tmp_path, Paper.LETTERS)
    start(tmp_path)
    monkeypatch.setattr(store, "BUSY_AFTER_SECONDS", 0.2)
    keeping = sqlite3.connect(tmp_path / "登记簿.db", isolation_level=None)
    keeping.execute("BEGIN IMMEDIATE")

    with pytest.raises(RegisterBusy) as busy:
        number(tmp_path)

    assert busy.value.exit_code is ExitCode.REGISTER
    assert not (tmp_path / "批次/定稿").exists()
    keeping.execute("ROLLBACK")
    keeping.close()
    assert [entry.number.serial for entry in number(tmp_path).entries] == [1, 2]


def test_a_clock_that_was_set_back_changes_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("undisturbed", "set-back"):
        draft(tmp_path / name, Paper.LETTERS)
        start(tmp_path / name)
    number(tmp_path / "undisturbed")

    with monkeypatch.context() as patch:
        stopped_after_one(patch)
        with pytest.raises(KeyboardInterrupt):
            numbered_at(tmp_path / "set-back", NOON)
    done = numbered_at(tmp_path / "set-back", NOON.replace(year=2019))

    assert [entry.number.serial for entry in done.entries] == [1, 2]
    assert files(tmp_path / "set-back/批次") == files(tmp_path / "undisturbed/批次")
    with register_at(tmp_path / "set-back") as register:
        assert register.complaints() == ()


def test_a_run_begun_in_december_keeps_its_year_and_the_next_years_begins_at_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(tmp_path, Paper.LETTERS)
    start(tmp_path, serial=131)
    late = replace(SIGNED, signed_on=(date(2024, 12, 31),))
    with monkeypatch.context() as patch:
        stopped_after_one(patch)
        with pytest.raises(KeyboardInterrupt):
            numbered_at(tmp_path, datetime(2024, 12, 31, 17), late)

    done = numbered_at(tmp_path, IN_JANUARY, late)
    draft(tmp_path, Paper.LETTERS, typical(), COMPLETE.replace('"年份" = 2024', '"年份" = 2025'), to="新年")
    next_year = numbered_at(tmp_path, IN_JANUARY, replace(SIGNED, signed_on=(date(2025, 1, 6),)), "新年")

    assert [str(entry.number) for entry in done.entries] == ["苏应急函〔2024〕131号", "苏应急函〔2024〕132号"]
    assert [str(entry.number) for entry in next_year.entries] == ["苏应急函〔2025〕1号", "苏应急函〔2025〕2号"]


def test_a_register_on_a_server_numbers_a_run_that_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(tmp_path, Paper.LETTERS)
    asked = Asked(Source.OWN, SIGNED, None, {}, "张示例")
    with running() as server, open_register(server.database(), "张示例", lambda: NOON) as register:
        register.start("苏应急函", 2024, 1)
        with monkeypatch.context() as patch:
            stopped_after_one(patch)
            with pytest.raises(KeyboardInterrupt):
                finalise(tmp_path / "批次", asked, register, metrics(), silent)

        done = finalise(tmp_path / "批次", asked, register, metrics(), silent)

        assert [(entry.number.serial, entry.state) for entry in done.entries] == [(1, State.ISSUED), (2, State.ISSUED)]
        assert register.complaints() == ()
        assert open_batch(tmp_path / "批次").is_final
