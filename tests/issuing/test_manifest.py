"""The manifest beside the papers: what it says of figures, rows, places and files, and that no run wipes another's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from intake.minimal import valid, write

from docgen.issuing import Paper, draft_papers, read_and_count
from docgen.issuing.rowsets import KnownRows, RowSets, rows_in_words, write_runs
from docgen.records import SourceRow

from .test_make import drafted, make, metrics


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The papers of the minimal input."""
    folder = tmp_path_factory.mktemp("manifest")
    make(drafted(folder / "数据"), folder / "输出")
    return folder / "输出"


def named(figures: list[Any], name: str) -> Any:
    return next(figure for figure in figures if figure["名称"] == name)


def rows_of(manifest: Any, number: int) -> list[tuple[str, str, int]]:
    return [tuple(row) for row in KnownRows(manifest["来源"], manifest["行集"]).rows(number)]


def test_each_kind_of_paper_has_its_own_manifest(out: Path) -> None:
    found = sorted(path.name for path in out.rglob("*数据来源*"))

    assert found == sorted(["通报数据来源.json", "函数据来源.json", "附件数据来源.json"])
    assert [path.parent for path in out.rglob("*数据来源*")] == [out] * 3


def test_a_figure_says_how_it_was_counted_and_from_which_rows(out: Path) -> None:
    manifest = read(out / "通报数据来源.json")
    figure = named(manifest["数"], "投保单位数")

    assert (figure["数值"], figure["单位"], figure["写作"], figure["行数"]) == (2, "家", "2家", 2)
    assert "按统一社会信用代码去重" in figure["口径"]
    assert rows_of(manifest, figure["行集"]) == [("保单.csv", "保单", 2), ("保单.csv", "保单", 3)]


def test_the_input_and_the_settings_are_named_with_their_hashes(out: Path) -> None:
    manifest = read(out / "函数据来源.json")
    source = out.parent / "数据"

    assert {file["文件"]: file["sha256"] for file in manifest["输入"]} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in source.iterdir()
    }
    assert {file["文件"]: file["字节"] for file in manifest["输入"]}["发文.toml"] == (source / "发文.toml").stat().st_size
    assert manifest["发文信息"]["数据截止日期"] == "2024-08-09"
    assert manifest["发文信息"]["服务费提取比例"] == "0.20"
    assert str(out.parent) not in (out / "函数据来源.json").read_text(encoding="utf-8")


def test_every_file_is_named_with_the_hash_of_its_bytes(out: Path) -> None:
    papers = [paper for path in out.glob("*数据来源.json") for paper in read(path)["文"]]
    hashes = {path: digest for paper in papers for path, digest in paper["文件"].items()}
    made = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.suffix in {".pdf", ".docx", ".xlsx"}}

    assert set(hashes) == set(made) - {"核对单.xlsx"}
    assert {path: hashlib.sha256(made[path].read_bytes()).hexdigest() for path in hashes} == hashes


def test_a_stated_figure_is_found_by_page_line_and_span(out: Path) -> None:
    (paper,) = read(out / "通报数据来源.json")["文"]
    stated = [
        (text["文"][start:end], name, text["行"], text["页"])
        for text in paper["段落"]
        for start, end, name, _ in text["数"]
        if name in {"承保保险公司数", "分行业投保单位数/加油站"}
    ]

    assert [(text, name) for text, name, _, _ in stated] == [
        ("1家", "分行业投保单位数/加油站"), ("2家", "承保保险公司数"),
    ]
    assert all(line > 0 and pages[0][0] >= 1 for _, _, line, pages in stated)


def test_a_cell_of_annex_1_has_the_rows_of_its_line_and_its_column(out: Path) -> None:
    manifest = read(out / "通报数据来源.json")
    table = manifest["文"][0]["表"][0]
    line = next(at for at, row in enumerate(table["行"]) if row[1] == "昆山市")
    behind = [rows_of(manifest, table["行据"][line]), rows_of(manifest, table["列据"]["金属冶炼"])]

    assert table["行"][line][table["列"].index("金属冶炼")] == "1"
    assert set(behind[0]) & set(behind[1]) == {("保单.csv", "保单", 2)}
    assert len(table["行据"]) == len(table["行"])


def test_a_row_of_a_list_has_its_own_row(out: Path) -> None:
    manifest = read(out / "通报数据来源.json")
    table = manifest["文"][0]["表"][2]

    assert [row[2] for row in table["行"]] == ["甲市陀螺粉尘厂"]
    assert [rows_of(manifest, number) for number in table["行据"]] == [[("应保未保.csv", "应保未保", 2)]]


def test_the_letters_say_which_problems_they_handed_over(out: Path) -> None:
    manifest = read(out / "函数据来源.json")
    pine, heron = manifest["公司"]

    assert (pine["简称"], pine["问题编号"]) == ("青松财险", [["W-1", "P-001", "数据录入不规范", ""]])
    assert heron["问题编号"] == []
    assert named(heron["数"], "未上传保单数")["数值"] == 1
    assert [paper["公司"] for paper in manifest["文"]] == ["青松财险", "白鹭财险"]


def test_no_letters_folder_holds_what_another_insurer_must_not_see(out: Path) -> None:
    assert {path.suffix for path in (out / "函").rglob("*") if path.is_file()} == {".docx", ".pdf", ".xlsx"}


def test_a_later_run_of_the_circular_leaves_the_letters_manifest_alone(tmp_path: Path) -> None:
    make(drafted(tmp_path / "数据", Paper.LETTERS), tmp_path / "输出", ("xlsx",))
    before = (tmp_path / "输出" / "函数据来源.json").read_bytes()
    changed = valid()
    changed["问题"][1][-1] = "撤销"
    make(drafted(tmp_path / "数据 2", Paper.CIRCULAR, workbook=changed), tmp_path / "输出", ("docx",))

    assert (tmp_path / "输出" / "函数据来源.json").read_bytes() == before
    assert (tmp_path / "输出" / "通报数据来源.json").exists()


def test_a_run_replaces_its_own_manifest_and_keeps_an_altered_one_aside(tmp_path: Path) -> None:
    papers = drafted(tmp_path / "数据", Paper.LETTERS)
    make(papers, tmp_path / "输出", ("xlsx",))
    (tmp_path / "输出" / "函数据来源.json").write_text("改过", encoding="utf-8")

    assert make(papers, tmp_path / "输出", ("xlsx",)).kept == ("留存/函数据来源.json",)
    assert read(tmp_path / "输出" / "函数据来源.json")["公文"] == "函"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "数据", valid())
    written = []
    for name in ("甲", "乙"):
        papers = draft_papers(read_and_count(tmp_path / "数据", None, metrics()), [Paper.CIRCULAR])
        make(papers, tmp_path / name, ("docx", "pdf"))
        written.append((tmp_path / name / "通报数据来源.json").read_bytes())

    assert written[0] == written[1]


def test_the_same_rows_are_written_once_and_in_runs() -> None:
    sets = RowSets()
    policies = tuple(SourceRow("检查数据.xlsx", "保单", row) for row in (2, 3, 4, 9))
    numbers = [sets.number(policies), sets.number(list(reversed(policies))), sets.number(policies[:1])]

    assert numbers == [0, 0, 1]
    assert sets.sets == ["0:2-4,9", "0:2"]
    assert sets.sources == [["检查数据.xlsx", "保单"]]


def test_rows_of_several_sheets_are_read_back_as_they_were_written() -> None:
    sets = RowSets()
    rows = [SourceRow("乙.csv", "抽查", 7), SourceRow("甲.xlsx", "保单", 2), SourceRow("甲.xlsx", "保单", 3)]
    numbers = [sets.number(rows), sets.number(())]
    known = KnownRows(sets.sources, sets.sets)

    assert [known.rows(number) for number in numbers] == [sorted(rows), []]


def test_runs_are_short_and_read_well() -> None:
    assert write_runs([5, 2, 3, 9]) == "2-3,5,9"
    rows = [SourceRow("检查数据.xlsx", "问题", row) for row in (2, 3, 9)]
    assert rows_in_words(rows) == {("检查数据.xlsx", "问题"): "第 2—3、9 行"}
