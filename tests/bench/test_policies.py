"""The invented policies of the memory bench: what it measures is an input that docgen reads without complaint."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import Severity
from docgen.figures import count
from docgen.intake import read_input
from docgen.settings import Settings
from tests.bench.memory import measured, write_inputs

POLICIES = 400


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_inputs(tmp_path_factory.mktemp("bench"), POLICIES, 132)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_invented_policies_are_read_without_a_doubt(inputs: dict[str, Path], kind: str) -> None:
    intake = read_input(inputs[kind])

    assert intake.records is not None
    assert len(intake.records["保单"]) == POLICIES
    assert [str(problem) for problem in intake.problems if problem.severity is not Severity.NOTICE] == []


def test_workbook_and_csv_hold_the_same(inputs: dict[str, Path]) -> None:
    values = []
    for kind in ("xlsx", "csv"):
        intake = read_input(inputs[kind])
        assert intake.records is not None
        figures = count(intake.records, intake.settings or Settings(), intake.problems)
        values.append({name: figure.value for name, figure in figures.items()})

    assert values[0] == values[1]
    assert values[0]["抽查保单数"] == POLICIES // 2


def test_the_bench_sees_the_memory_of_the_process_it_runs() -> None:
    small, large = measured(lambda: 0), measured(lambda: len(bytearray(b"x" * 80_000_000)) % 2)

    assert large.peak_bytes - small.peak_bytes > 80_000_000
    assert large.code == 0
