"""docgen as a process of its own: Ctrl-C, a reader that goes away, a terminal that lacks some signs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from intake.minimal import valid, write

from docgen.errors import ExitCode

ROOT = Path(__file__).parents[2]


def start(*words: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "docgen", *map(str, words)]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_ctrl_c_in_the_middle_of_a_run_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    data = write(tmp_path / "数据", valid())
    (tmp_path / "输出").mkdir()
    (tmp_path / "输出" / "通报.docx").write_bytes(b"the former one")
    process = start("all", data, "--out", tmp_path / "输出", PYTHONUNBUFFERED="1")
    assert process.stdout is not None
    assert "正在生成" in process.stdout.readline().decode()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)

    assert process.returncode == ExitCode.INTERRUPTED
    assert "已中断" in errors.decode()
    assert "Traceback" not in errors.decode()
    assert {path.name for path in (tmp_path / "输出").iterdir()} == {"通报.docx"}
    assert (tmp_path / "输出" / "通报.docx").read_bytes() == b"the former one"


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_without_some_signs_shows_question_marks(encoding: str) -> None:
    process = start("doctor", PYTHONIOENCODING=encoding)
    out, errors = process.communicate(timeout=60)

    assert process.returncode == ExitCode.MADE
    assert errors == b""
    assert out.decode(encoding)


def test_a_reader_that_goes_away_does_not_stop_the_run(tmp_path: Path) -> None:
    data = write(tmp_path / "数据", valid())
    process = start("annexes", data, "--out", tmp_path / "输出", PYTHONUNBUFFERED="1")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.stderr.close()

    assert process.wait(timeout=60) == ExitCode.MADE
    assert errors == b""
    assert (tmp_path / "输出" / "附件" / "附件汇总.xlsx").exists()
