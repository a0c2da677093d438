"""A few hundred damaged inputs, and the judge that looks at how docgen took them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.cases import DAMAGES, make_case
from tests.fuzz.seed import load_seed
from tests.fuzz.server import Ended, Limits, faults_of, run_limited

ROOT = Path(__file__).parents[2]
CASES = 300
SAID = "  · 检查数据.xlsx 工作表“保单” A1 单元格：缺列。应为：有列。处理：补上。\n"


def test_300_damaged_inputs_cost_a_message_each() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--cases", str(CASES)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"^all +{CASES} ", done.stdout, re.MULTILINE), done.stdout


def test_a_case_is_the_same_at_any_hour_and_each_damage_has_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    seed, again = load_seed(), load_seed()
    cases = [make_case(number, seed, 132) for number in range(len(DAMAGES))]

    assert len({case.damage for case in cases}) == len(DAMAGES)
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2031, 5, 6, 7, 8, 10, 0, 126, 0)))
    for case in cases:
        assert make_case(case.number, again, 132).files == case.files, case.damage


@pytest.mark.parametrize(
    ("ended", "fault"),
    [
        (Ended(70, "", "Traceback (most recent call last):\nKeyError: 'a'\n", 0, 0), "exit code 70"),
        (Ended(-9, "", "", 0, 0), "exit code -9"),
        (Ended(3, "", "Traceback (most recent call last):\nKeyError: 'a'\n", 0, 0), "says “Traceback”"),
        (Ended(3, "", "错误：docgen 自身出了错\n", 0, 0), "自身出了错"),
        (Ended(3, "", "", 0, 0), "does not say why"),
        (Ended(1, "", "", 0, 0), "bars without a problem"),
        (Ended(0, SAID, "some library speaks\n", 0, 0), "what is not Chinese"),
        (Ended(0, SAID.replace("检查数据.xlsx ", ""), "", 0, 0), "without a place"),
        (Ended(0, SAID.replace("应为", "应"), "", 0, 0), "not whole"),
        (Ended(0, SAID, "", 2.5, 0), "2.5 s of CPU"),
        (Ended(0, SAID, "", 0, 600_000_000), "600 MB"),
    ],
)
def test_the_judge_finds_fault(ended: Ended, fault: str) -> None:
    assert fault in " ".join(faults_of(ended, Limits(), ["检查数据.xlsx"]))


def test_the_judge_lets_a_sound_end_pass() -> None:
    assert faults_of(Ended(1, SAID, "", 1.9, 511_000_000), Limits(), ["检查数据.xlsx"]) == []


def test_a_child_that_never_ends_is_stopped(tmp_path: Path) -> None:
    def work() -> int:
        while True:
            pass

    assert run_limited(work, Limits(cpu_seconds=1), tmp_path).code < 0


def test_a_child_that_waits_for_ever_is_stopped(tmp_path: Path) -> None:
    def work() -> int:
        time.sleep(60)
        return 0

    assert run_limited(work, Limits(wall_seconds=1), tmp_path).code < 0


def test_a_child_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    ended = run_limited(lambda: len(b"x" * 300_000_000) * 0, Limits(own_bytes=200_000_000), tmp_path)

    assert ended.code == 70
    assert "MemoryError" in ended.err
