"""Accidents while a run is numbered: a clear error, nothing lost, nothing half there, and the next call finishes it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.cli import main
from docgen.errors import DocgenError, ExitCode, UsageError
from docgen.issuing import Paper
from docgen.issuing.batch import open_batch
from docgen.issuing.draft_batch import Asked, draft_batch
from docgen.register import Register, State
from docgen.shipped import shipped
from tests.torture import steps, victim

from .batches import COMPLETE, draft, files, number, register_at, silent, start, write
from .disks import Disk, small_disk
from .test_make import metrics
from .traced import typical

WORDS = ["--numbering", "本系统编号", "--signer", "李示例", "--signed-on", "2024-08-15", "--copies", "30", "--by", "张示例"]


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A run of two letters that is signed, and a series that is kept here."""
    draft(tmp_path, Paper.LETTERS)
    start(tmp_path)
    return tmp_path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path) as small:
        yield small


def interrupted_at(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Ctrl-C come as the second letter is to be marked 已印发."""
    really, calls = Register.mark_issued, []

    def marking(*given: object) -> object:
        calls.append(given)
        if len(calls) == times:
            raise KeyboardInterrupt
        return really(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Register, "mark_issued", marking)


def states(folder: Path) -> list[tuple[int | None, State]]:
    with register_at(folder) as register:
        assert [fault for fault in register.complaints() if not fault.startswith("提示：")] == []
        return [(entry.number.serial, entry.state) for entry in register.entries()]


def strays(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(".docgen-*") if path.name != ".docgen-lock"]


def moved(letters: Path, to: Path) -> Path:
    """Let the run lie elsewhere; its register stays."""
    shutil.move(letters / "批次", to / "批次")
    (letters / "批次").symlink_to(to / "批次", target_is_directory=True)
    return to / "批次"


@pytest.mark.parametrize(
    ("left", "taken"), [(0, []), (30_000, [1, 2]), (60_000, [1, 2])], ids=["锁也写不下", "写到一半", "写到第二份"]
)
def test_a_full_disk_is_told_and_the_next_call_finishes_it(
    letters: Path, disk: Disk, left: int, taken: list[int]
) -> None:
    run = moved(letters, disk.folder)
    disk.fill(left)

    with pytest.raises(UsageError, match="磁盘已满"):
        number(letters)

    assert [serial for serial, _ in states(letters)] == taken
    assert strays(run) == []
    disk.empty()
    assert number(letters).is_complete
    assert states(letters) == [(1, State.ISSUED), (2, State.ISSUED)]


def test_a_draft_that_fills_the_disk_leaves_nothing(tmp_path: Path, disk: Disk) -> None:
    source = write(tmp_path / "数据", typical(), COMPLETE)
    asked = Asked(Paper.LETTERS, source, None, None, ("docx", "xlsx"))
    disk.fill(50_000)

    if os.path.ismount(disk.folder):
        with pytest.raises(DocgenError, match="磁盘已满"):
            draft_batch(asked, disk.folder / "批次", metrics(), silent)
        assert [path.name for path in disk.folder.iterdir()] == ["ballast"]

    disk.empty()
    assert draft_batch(asked, disk.folder / "批次", metrics(), silent).batch is not None


def test_a_folder_that_may_not_be_written_is_told_before_a_number_is_taken() -> None:
    """Root may write anywhere, so whoever tries is nobody."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draft(folder, Paper.LETTERS)
        start(folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        (folder / "批次").chmod(0o555)

        def attempt() -> None:
            if os.geteuid() == 0:
                os.setuid(65534)
            with pytest.raises(UsageError, match=r"批次.*没有.*权限"):
                number(folder)

        code = victim.run(attempt, folder / "log")
        (folder / "批次").chmod(0o755)

        assert code == 0, victim.told(code, folder / "log")
        assert states(folder) == []
        assert number(folder).is_complete


def test_a_run_may_lie_on_another_file_system_than_the_register(letters: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as elsewhere:
        run = moved(letters, Path(elsewhere))
        assert run.stat().st_dev != (letters / "登记簿.db").stat().st_dev

        assert number(letters).is_complete

        assert open_batch(run).is_final
        assert strays(run) == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_whoever_ends_the_command_is_told_and_the_next_call_finishes_it(
    letters: Path, tmp_path_factory: pytest.TempPathFactory, sent: signal.Signals
) -> None:
    other = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(letters / "批次", other / "批次")
    start(other)
    said = letters / "said"

    def finalise(folder: Path) -> None:
        sys.stderr = said.open("w", encoding="utf-8")
        main(["issue", "finalise", str(folder / "批次"), "--register", str(folder / "登记簿.db"), *WORDS])

    assert victim.run(lambda: finalise(other), other / "log") == 0
    for name in (
        "before: take", "after: commit of take", "half: write 01 青松财险/.docgen-函.docx",
        "after: rename to 01 青松财险/函.docx", "before: commit of mark_issued", "after: commit of seal",
        "before: rename to 批次/manifest.json",
    ):
        def ended(name: str = name) -> None:
            steps.install(steps.signalled_on(name, sent))
            finalise(letters)

        code = victim.run(ended, letters / "log")
        assert code == ExitCode.INTERRUPTED, f"{name}: {victim.told(code, letters / 'log')}"
        assert "已中断：做好的已印发并登记" in said.read_text(encoding="utf-8")
        assert strays(letters / "批次") == []
        assert {serial for serial, _ in states(letters)} <= {1, 2}

    assert victim.run(lambda: finalise(letters), letters / "log") == 0
    assert files(letters / "批次") == files(other / "批次")


def test_what_was_let_pass_before_an_interruption_stands_in_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = {"TXT-SUM": "口径不同，已核对"}
    for name in ("undisturbed", "interrupted"):
        source = write(tmp_path / name / "数据", typical(), COMPLETE)
        words = (shipped("templates") / "insurer_letter.txt").read_text(encoding="utf-8").rstrip("\n")
        (source / "模板").mkdir()
        (source / "模板/insurer_letter.txt").write_text(f"{words}\n以上共3项，其中甲类1项、乙类1项、其他0项。\n", encoding="utf-8")
        asked = Asked(Paper.LETTERS, source, None, None, ("docx", "xlsx"))
        draft_batch(asked, tmp_path / name / "批次", metrics(), silent)
        start(tmp_path / name)
    number(tmp_path / "undisturbed", passes=passes)

    with monkeypatch.context() as patch:
        interrupted_at(2, patch)
        with pytest.raises(KeyboardInterrupt):
            number(tmp_path / "interrupted", passes=passes)
    number(tmp_path / "interrupted", passes=passes)

    passed = open_batch(tmp_path / "interrupted/批次").manifest.content["放行"]
    assert [(code, where) for code, where, *_ in passed] == [
        ("TXT-SUM", "函/01 青松财险/函.docx"), ("TXT-SUM", "函/02 白鹭财险/函.docx"),
    ]
    assert files(tmp_path / "interrupted/批次") == files(tmp_path / "undisturbed/批次")
