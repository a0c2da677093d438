"""docgen's figures, annexes, letters and areas are those of an independent recount, on the fixtures and changed copies."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from docgen.issuing import Paper, draft_papers, read_and_count
from tests.recount.cells import read_book
from tests.recount.copies import Copy
from tests.recount.counted import differences
from tests.recount.finished import finished_faults, make
from tests.recount.judge import faults
from tests.recount.mutations import Change, change
from tests.recount.told import tell, told_by
from tests.recount.trial import SOURCES, counted_original, metrics, recounted, try_seed
from tests.recount.values import in_ten_thousands

FOLLOWED = [("messy", seed) for seed in range(23)] + [("2024h1", seed) for seed in (1, 2)]


def test_the_recount_comes_to_what_the_seed_circular_states() -> None:
    (reading,) = counted_original("2024h1").readings
    stated = {
        "投保单位数": 2649, "承保保险公司数": 21, "抽查保单数": 1448, "问题保单数": 141, "未规范使用方案保单数": 77,
        "未约定预防服务保单数": 49, "保额人数不符保单数": 15, "录入不规范保单数": 11, "未上传保单数": 68,
        "服务费用不符记录数": 139, "应保未保单位数": 37, "未全员投保单位数": 60,
    }  # fmt: skip
    assert {name: reading.figures[name] for name in stated} == stated
    assert in_ten_thousands(reading.figures["保障从业人员数"]) == "25.93万余"
    assert [reading.industries[kind] for kind in list(reading.industries)[:8]] == [467, 449, 6, 40, 593, 768, 36, 290]


@pytest.mark.parametrize("source", SOURCES)
def test_docgen_counts_what_the_recount_counts(source: str) -> None:
    unchanged = Change(0, Copy.of(SOURCES[source]), "未改", is_harmless=True)
    assert list(faults(unchanged, tell(SOURCES[source], metrics()), counted_original(source))) == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_copy_written_without_a_change_recounts_alike(source: str, tmp_path: Path) -> None:
    path = Copy.of(SOURCES[source]).write(tmp_path / "数据")
    (before,), (after,) = counted_original(source).readings, recounted(path).readings
    assert list(differences(before, after)) == []


def test_the_recount_imports_nothing_of_docgen() -> None:
    """What reads and counts knows the standard library and itself."""
    for name in ("cells", "values", "settings", "counted", "reader", "insured", "findings", "recount"):
        lines = Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8").splitlines()
        imported = [line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))]
        assert not {"docgen", "pandas", "openpyxl"} & set(imported), name
    assert read_book(SOURCES["messy"]).missing == []


@pytest.mark.parametrize(("source", "seed"), FOLLOWED)
def test_a_change_is_followed_everywhere_or_said(source: str, seed: int) -> None:
    trial = try_seed(source, seed)
    assert trial.faults == (), trial.name


def test_a_changed_copy_is_read_back_alike_from_docx_pdf_xlsx_and_json(tmp_path: Path) -> None:
    """And files that state anything else are found: each place is held against a reading one off."""
    path = change(Copy.of(SOURCES["messy"]), 5).copy.write(tmp_path / "数据")
    (reading,) = recounted(path).readings
    drafted = draft_papers(read_and_count(path, None, metrics()), Paper)
    told, out = told_by(drafted), tmp_path / "输出"
    make(drafted, metrics(), out)

    assert list(finished_faults(path, out, reading, told)) == []
    off = deepcopy(reading)
    off.figures["抽查保单数"] += 1
    off.annex1["昆山市", "合计"] += 1
    off.annex2["太初"] = (off.annex2["太初"][0] + 1, *off.annex2["太初"][1:])
    off.annex3.append("示例无此单位")
    off.letters["太初"].figures["问题数"] += 1
    off.letters["太初"].problems.append("W-99")
    off.areas["昆山市"].faults.pop()
    found = "\n".join(finished_faults(path, out, off, told))
    for place in ("通报.docx", "通报.pdf", "附件1.xlsx", "附件2.xlsx", "附件3.xlsx", "太初的函.docx", "太初的函.pdf",
                  "致太初的清单", "昆山市的工作簿", "figures --json"):  # fmt: skip
        assert place in found, place
