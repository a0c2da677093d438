"""取号结果: what the clerk is given to fill in, what is read of it, and what is said of everything that is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from intake.biff12 import save_xlsb

from docgen.errors import Barred, Problem, UsageError
from docgen.gongwen import DocumentNumber
from docgen.issuing.numbers_sheet import NumberGiven, PaperToNumber, empty_sheet, read_sheet

TITLE = "关于反馈检查问题的函"
PAPERS = (PaperToNumber("甲山财险", TITLE, "甲山财险甲市分公司："), PaperToNumber("乙水财险", TITLE, "乙水财险甲市分公司："))
HEADERS = ("公文", "标题", "主送", "发文字号", "签发人", "签发日期", "成文日期", "印发日期", "份数", "批次")
RUN = "函-3f2a90c1b2d4"
FILLED = {"D2": "苏应急函〔2024〕7号", "D3": "苏应急函〔2024〕8号"}


def fill(folder: Path, cells: Mapping[str, object]) -> Path:
    """Fill in cells of the empty sheet as a clerk does, and save it."""
    book = openpyxl.load_workbook(io.BytesIO(empty_sheet(PAPERS, RUN)))
    for cell, content in cells.items():
        book["取号结果"][cell] = content
    book.save(folder / "取号结果.xlsx")
    return folder / "取号结果.xlsx"


def problems(path: Path) -> list[Problem]:
    with pytest.raises(Barred) as barred:
        read_sheet(path, PAPERS, RUN)
    return list(barred.value.problems)


def told(folder: Path, cells: Mapping[str, object]) -> list[tuple[str, str]]:
    """Code and cell of each problem of the sheet with these cells, its numbers being right otherwise."""
    return [(str(problem.code), problem.where.cell) for problem in problems(fill(folder, {**FILLED, **cells}))]


def test_the_clerk_is_given_a_row_for_each_paper() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(empty_sheet(PAPERS, RUN))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sheet.title == "取号结果"
    assert rows == [
        list(HEADERS),
        ["甲山财险", TITLE, "甲山财险甲市分公司：", *[None] * 6, RUN],
        ["乙水财险", TITLE, "乙水财险甲市分公司：", *[None] * 6, RUN],
    ]


def test_what_is_to_be_filled_in_is_yellow_and_explained_and_the_rest_is_grey() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(empty_sheet(PAPERS, RUN))).active
    assert sheet is not None
    fills = [cell.fill.fgColor.rgb for cell in sheet[2]]
    assert fills == ["FFF2F2F2"] * 3 + ["FFFFF2CC"] * 6 + ["FFF2F2F2"]
    notes = [cell.comment.text if cell.comment else "" for cell in sheet[1]]
    assert notes[:3] == ["", "", ""]
    assert all("例：" in note for note in notes[3:-1])


def test_a_sheet_that_nobody_filled_in_gives_no_numbers(tmp_path: Path) -> None:
    assert read_sheet(fill(tmp_path, {}), PAPERS, RUN) == ()


def test_everything_that_is_filled_in_is_read(tmp_path: Path) -> None:
    path = fill(tmp_path, {
        **FILLED, "E2": "李示例；王示例", "F2": "2024-08-14；2024年8月15日", "G2": date(2024, 8, 15), "H2": "2024.8.16", "I2": 60,
    })
    assert read_sheet(path, PAPERS, RUN) == (
        NumberGiven(
            "甲山财险", DocumentNumber("苏应急函", 2024, 7), ("李示例", "王示例"), (date(2024, 8, 14), date(2024, 8, 15)),
            date(2024, 8, 15), date(2024, 8, 16), 60,
        ),
        NumberGiven("乙水财险", DocumentNumber("苏应急函", 2024, 8)),
    )


def test_rows_in_another_order_are_the_same_papers(tmp_path: Path) -> None:
    path = fill(tmp_path, {
        "A2": "乙水财险", "C2": "乙水财险甲市分公司：", "D2": "苏应急函〔2024〕8号", "A3": "甲山财险", "C3": "甲山财险甲市分公司：",
        "D3": "苏应急函〔2024〕7号",
    })
    assert [(one.paper, one.number.serial) for one in read_sheet(path, PAPERS, RUN)] == [("甲山财险", 7), ("乙水财险", 8)]


ROWS = [list(HEADERS), ["甲山财险", *[""] * 2, "苏应急函〔2024〕7号"], ["乙水财险", *[""] * 2, "苏应急函〔2024〕8号"]]


def test_other_formats_are_read_alike(tmp_path: Path) -> None:
    with (tmp_path / "取号结果.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(ROWS)
    save_xlsb(tmp_path / "取号结果.xlsb", [list[object](row) for row in ROWS])
    for name in ("取号结果.csv", "取号结果.xlsb"):
        assert [one.number.serial for one in read_sheet(tmp_path / name, PAPERS, RUN)] == [7, 8]


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"A3": "丙石财险"}, "numbers-unknown-paper", "A3"),
        ({"A4": "甲山财险", "D4": "苏应急函〔2024〕9号"}, "numbers-paper-twice", "A4"),
        ({"C3": "甲山财险甲市分公司："}, "numbers-other-paper", "C3"),
        ({"B2": "关于别的事的函"}, "numbers-other-paper", "B2"),
        ({"D3": None}, "numbers-not-filled", "D3"),
        ({"D2": "苏应急函[2024]7号"}, "numbers-number-form", "D2"),
        ({"D2": "苏应急函〔2024〕第7号"}, "numbers-number-form", "D2"),
        ({"D2": "苏应急函〔2024〕07号"}, "numbers-number-form", "D2"),
        ({"D2": "苏应急函〔2024〕７号"}, "numbers-number-form", "D2"),
        ({"D2": 7}, "numbers-number-form", "D2"),
        ({"D3": "苏应急函〔2024〕7号"}, "numbers-number-twice", "D3"),
        ({"G2": "8月15日"}, "numbers-form", "G2"),
        ({"G2": "2024-02-30"}, "numbers-form", "G2"),
        ({"H3": "2024-08"}, "numbers-form", "H3"),
        ({"F2": "2024-08-14；下周"}, "numbers-form", "F2"),
        ({"I2": 0}, "numbers-form", "I2"),
        ({"I2": "60份"}, "numbers-form", "I2"),
        ({"I2": 1.5}, "numbers-form", "I2"),
        ({"E2": "李示例；王示例", "F2": "2024-08-14"}, "numbers-signers-and-days", "F2"),
        ({"D2": "=D3"}, "numbers-uncalculated", "D2"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, cells: dict[str, object], code: str, cell: str) -> None:
    assert (code, cell) in told(tmp_path, cells)


def test_a_paper_without_a_row_is_named(tmp_path: Path) -> None:
    (missing,) = problems(fill(tmp_path, {"D2": "苏应急函〔2024〕7号", "A3": None, "B3": None, "C3": None}))
    assert (missing.code, missing.found) == ("numbers-paper-missing", "没有“乙水财险”这一行")


def test_a_merged_cell_is_no_cell_of_the_rows_below(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(fill(tmp_path, {**FILLED, "G2": "2024-08-15"}))
    book["取号结果"].merge_cells("G2:G3")
    book.save(tmp_path / "取号结果.xlsx")
    (merged,) = problems(tmp_path / "取号结果.xlsx")
    assert (merged.code, merged.where.cell) == ("numbers-merged", "G2")


def test_all_that_is_wrong_is_said_at_once_in_the_clerks_words(tmp_path: Path) -> None:
    found = problems(fill(tmp_path, {"D2": "苏应急函[2024]7号", "G2": "明天", "I3": "六十"}))
    assert [str(problem) for problem in found] == [
        "取号结果.xlsx 工作表“取号结果” D2 单元格（发文字号）：发文字号应写作“机关代字〔年份〕序号号”，如“苏应急〔2024〕132号”，"
        "不是“苏应急函[2024]7号”。应为：如 苏应急〔2024〕132号。处理：照样改写。",
        "取号结果.xlsx 工作表“取号结果” G2 单元格（成文日期）：“成文日期”写的是“明天”。应为：年月日齐全的日期，如 2024-08-09。"
        "处理：照样改写。",
        "取号结果.xlsx 工作表“取号结果” D3 单元格（发文字号）：“乙水财险”没有写发文字号。应为：每份公文都有号，如 苏应急〔2024〕132号。"
        "处理：补上；这一批都没有取号的，整张表都不填。",
        "取号结果.xlsx 工作表“取号结果” I3 单元格（份数）：“份数”写的是“六十”。应为：大于 0 的整数，如 132。处理：照样改写。",
    ]


def test_a_workbook_without_the_sheet_is_refused(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(fill(tmp_path, FILLED))
    book["取号结果"].title = "甲"
    book.create_sheet("乙")["A1"] = "别的"
    book.save(tmp_path / "取号结果.xlsx")
    assert [problem.code for problem in problems(tmp_path / "取号结果.xlsx")] == ["numbers-no-sheet"]


def test_a_sheet_without_the_columns_is_refused(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(fill(tmp_path, FILLED))
    book["取号结果"].delete_cols(4)
    book.save(tmp_path / "取号结果.xlsx")
    assert [problem.code for problem in problems(tmp_path / "取号结果.xlsx")] == ["missing-column"]


def test_a_file_that_is_not_there_is_a_matter_of_the_command(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_sheet(tmp_path / "取号结果.xlsx", PAPERS, RUN)


def test_the_same_papers_give_the_same_bytes() -> None:
    assert empty_sheet(PAPERS, RUN) == empty_sheet(PAPERS, RUN)


def test_the_sheet_of_another_run_is_refused(tmp_path: Path) -> None:
    path = fill(tmp_path, FILLED)

    with pytest.raises(Barred) as barred:
        read_sheet(path, PAPERS, "函-000000000000")

    assert [(problem.code, problem.where.cell) for problem in barred.value.problems] == [("numbers-other-run", "J2")]
    assert f"这是批次 {RUN} 的取号结果" in str(barred.value.problems[0])


def test_a_row_that_was_copied_from_another_run_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path, {"J3": "函-000000000000"}) == [("numbers-other-run", "J3")]


def test_a_sheet_that_does_not_name_its_run_is_the_clerks_own(tmp_path: Path) -> None:
    path = fill(tmp_path, {**FILLED, "J1": None, "J2": None, "J3": None})

    assert len(read_sheet(path, PAPERS, RUN)) == 2
