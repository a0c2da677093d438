"""From a figure to its rows, and from a text of a finished paper to what it is and where it came from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from intake.minimal import SETTINGS, write

from docgen.errors import ExitCode, Unreadable, UsageError
from docgen.issuing import Counted, Paper, draft_papers, read_and_count
from docgen.issuing.paper_text import folded, stands_in
from docgen.issuing.templates import CIRCULAR_TEMPLATE, OWN_FOLDER
from docgen.issuing.trace import trace_figure, write_rows
from docgen.issuing.trace_paper import Place, paper_place, write_found
from docgen.layout import page_of
from docgen.shipped import shipped
from tests.measured import read_sheets

from .test_make import make, metrics
from .traced import altered, ask, page_with, rows, typical


def test_a_figure_is_traced_to_its_rows_and_the_columns_that_matter(counted: Counted) -> None:
    traced = trace_figure(counted, "问题保单数")

    assert traced.figure.value == 2
    assert rows(traced) == [
        ("问题.csv", "问题", "3", "W-2", "P-003", "青松财险", "未明确约定事故预防服务", "属实"),
        ("问题.csv", "问题", "4", "W-3", "P-003", "青松财险", "保额与投保企业人数不匹配", "属实"),
        ("问题.csv", "问题", "5", "W-4", "P-002", "白鹭财险", "未明确约定事故预防服务", "属实"),
    ]


def test_a_sum_shows_what_was_added_up(counted: Counted) -> None:
    traced = trace_figure(counted, "保障从业人员数")
    (table,) = traced.telling
    at = [column.header for column in table.columns].index("投保人数")

    assert sum(int(row[at]) for row in rows(traced)) == traced.figure.value == 24


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("分行业投保单位数/金属冶炼", "分行业投保单位数/金属冶炼", 2),
        ("金属冶炼", "分行业投保单位数/金属冶炼", 2),
        ("青松财险/问题保单数", "青松财险/问题保单数", 1),
        ("青松财险／ 问题保单数", "青松财险/问题保单数", 1),
        ("未约定预防服务保单数", "未约定预防服务保单数", 2),
        ("白鹭财险/服务费占保费比例", "白鹭财险/服务费占保费比例", 0),
    ],
)
def test_a_figure_may_be_named_in_full_or_by_its_part_alone(
    counted: Counted, typed: str, name: str, value: int
) -> None:
    traced = trace_figure(counted, typed)

    assert (traced.name, traced.figure.value) == (name, value)


def test_an_unknown_name_is_told_with_the_nearest_and_all_names(counted: Counted) -> None:
    with pytest.raises(UsageError) as caught:
        trace_figure(counted, "投保单位")

    assert "最接近的是“投保单位数”" in caught.value.message
    for name in ("承保保险公司数", "分行业投保单位数/加油站", "“青松财险/问题保单数”", "另定期限问题数"):
        assert name in caught.value.remedy


def test_a_name_that_only_letters_have_is_told_with_an_insurer(counted: Counted) -> None:
    with pytest.raises(UsageError, match="最接近的是“青松财险/保费合计”、“白鹭财险/保费合计”"):
        trace_figure(counted, "保费合计")


def test_a_part_that_two_figures_have_must_be_named_in_full(tmp_path: Path) -> None:
    workbook = typical()
    for row, fee in zip(workbook["保单"], ["事故预防服务费（元）", "1", "1", "1"], strict=True):
        row.append(fee)
    source = write(tmp_path / "数据", workbook)
    with pytest.raises(UsageError, match="“青松财险”有 2 个：服务费用不符记录数/青松财险、服务费不足保险公司数/青松财险"):
        trace_figure(read_and_count(source, None, metrics()), "青松财险")


def test_a_setting_is_no_figure_and_says_so(counted: Counted) -> None:
    with pytest.raises(UsageError, match="“整改期限”是发文信息里填的"):
        trace_figure(counted, "整改期限")


def test_all_rows_are_written_with_all_their_columns(counted: Counted, tmp_path: Path) -> None:
    write_rows(trace_figure(counted, "投保单位数"), counted.settings, tmp_path / "来源行.xlsx")
    book = openpyxl.load_workbook(tmp_path / "来源行.xlsx")
    heading, header, *lines = [[cell.value for cell in row] for row in book["保单"].iter_rows()]

    assert heading[0] == "投保单位数：3家（保单）"
    assert {"文件", "工作表", "行", "保险起期", "保费（元）", "每人死亡伤残责任限额（万元）"} <= set(header)
    assert [dict(zip(header, line, strict=True))["保单号"] for line in lines[:3]] == ["P-001", "P-002", "P-003"]
    assert [dict(zip(header, line, strict=True))["保费（元）"] for line in lines[:3]] == [3600.5, 1500, 2100]


def test_a_figure_that_nothing_counts_makes_a_workbook_all_the_same(counted: Counted, tmp_path: Path) -> None:
    write_rows(trace_figure(counted, "其他类别保单数"), counted.settings, tmp_path / "来源行.xlsx")

    assert openpyxl.load_workbook(tmp_path / "来源行.xlsx").sheetnames == ["没有行"]


@pytest.mark.parametrize(
    ("typed", "path", "page"),
    [
        ("通报.pdf:2", "通报.pdf", 2),
        ("通报.PDF：12", "通报.PDF", 12),
        ("输出/函/01 甲/函.docx", "输出/函/01 甲/函.docx", None),
        (r"C:\公文\通报.pdf:3", r"C:\公文\通报.pdf", 3),
        (r"C:\公文\通报.pdf", r"C:\公文\通报.pdf", None),
    ],
)
def test_a_paper_and_its_page_are_told_from_data(typed: str, path: str, page: int | None) -> None:
    assert paper_place(typed) == Place(Path(path), page)


@pytest.mark.parametrize("typed", ["检查数据.xlsx", r"C:\数据\检查数据.xlsx", "数据", "C:数据", "通报.pdf.xlsx"])
def test_data_are_no_paper(typed: str) -> None:
    assert paper_place(typed) is None


@pytest.mark.parametrize("typed", ["通报.pdf:", "通报.pdf:0", "通报.pdf:二", "通报.docx:-1"])
def test_a_page_that_is_no_number_is_told(typed: str) -> None:
    with pytest.raises(UsageError, match="页码写的是"):
        paper_place(typed)


@pytest.mark.parametrize("wanted", ["3家", "３家", " 3 家", "有3家生产经营单位"])
def test_a_text_on_a_page_is_a_figure_with_its_rows(out: Path, wanted: str) -> None:
    answer = ask(out / "通报.pdf", wanted, page_with(out / "通报.pdf", "有3家生产经营单位"))
    (found,) = answer.found

    assert (found.figure, found.value) == ("投保单位数", "3家")
    assert "按统一社会信用代码去重" in found.how
    assert [(row.file, row.row) for row in found.rows] == [("保单.csv", 2), ("保单.csv", 3), ("保单.csv", 4)]
    assert answer.warnings == ()


def test_a_number_is_never_found_inside_another(out: Path) -> None:
    with pytest.raises(UsageError, match="里没有“024年8月9日”"):
        ask(out / "通报.pdf", "024年8月9日")


def test_one_text_for_two_figures_names_both_with_their_sentences(out: Path) -> None:
    page = page_with(out / "通报.pdf", "2份保单没有明确约定")
    found = ask(out / "通报.pdf", "2份").found

    assert {one.figure for one in found} == {"问题保单数", "未约定预防服务保单数"}
    assert len({one.words for one in found}) == len(found)
    assert any(one.where.startswith(f"第 {page} 页，正文，模板 circular.txt 第 ") for one in found)


def test_a_text_on_another_page_is_told_with_that_page(out: Path) -> None:
    page = page_with(out / "通报.pdf", "有3家生产经营单位")
    with pytest.raises(UsageError, match=f"第 {page + 1} 页没有“有3家生产经营单位”，它在第 {page} 页") as caught:
        ask(out / "通报.pdf", "有3家生产经营单位", page + 1)

    assert f"通报.pdf:{page}" in caught.value.remedy
    assert caught.value.exit_code == ExitCode.USAGE


def test_a_page_that_the_paper_lacks_is_told(out: Path) -> None:
    with pytest.raises(UsageError, match="页，没有第 99 页"):
        ask(out / "通报.pdf", "3家", 99)


def test_a_letter_is_traced_to_its_insurers_own_figure(out: Path) -> None:
    (found,) = ask(out / "函" / "01 青松财险" / "函.pdf", "3个").found

    assert found.figure == "青松财险/问题数"
    assert [row.row for row in found.rows] == [2, 3, 4]


@pytest.mark.parametrize("manifest", ["通报数据来源.json", "函数据来源.json"])
def test_whatever_the_papers_state_is_traced_from_the_page_that_shows_it(out: Path, manifest: str) -> None:
    stated = [
        (next(file for file in paper["文件"] if file.endswith(".pdf")), paper["公司"], text, span)
        for paper in json.loads((out / manifest).read_text(encoding="utf-8"))["文"]
        for text in paper["段落"]
        for span in text["数"]
    ]

    assert len(stated) > 20
    for file, insurer, text, (start, end, name, _) in stated:
        page = page_of(text["页"], start)
        found = ask(out / file, text["文"][start:end], page).found
        own = {one.figure.removeprefix(f"{insurer}/") for one in found if one.figure}
        assert name in own or any(f"“{name.partition('/')[2]}”" in one.how for one in found), (file, name)


def test_a_docx_is_read_whole_whatever_the_page(out: Path) -> None:
    answer = ask(out / "通报.docx", "有3家", page=7)

    assert [one.figure for one in answer.found] == ["投保单位数"]
    assert "DOCX 的分页随打开它的软件而定" in answer.warnings[0]


def test_a_setting_on_the_page_is_told_as_one(out: Path) -> None:
    (found,) = ask(out / "通报.pdf", "不得低于保费的20%").found

    assert not found.is_unfounded
    assert (found.figure, found.how) == ("", "这是发文信息里填的“服务费提取比例”，不是数出来的")


@pytest.mark.parametrize(("wanted", "element"), [("〔2024〕132号", "发文字号"), ("— 1 —", "页码")])
def test_what_no_template_wrote_is_told_by_its_name(out: Path, wanted: str, element: str) -> None:
    assert ask(out / "通报.pdf", wanted, 1).found[0].how.startswith(f"{element}，")


def circular_with(tmp_path: Path, line: str) -> Path:
    """Make a circular from a template to which somebody added a line; give the PDF."""
    text = (shipped("templates") / CIRCULAR_TEMPLATE).read_text(encoding="utf-8")
    (tmp_path / OWN_FOLDER).mkdir()
    (tmp_path / OWN_FOLDER / CIRCULAR_TEMPLATE).write_text(f"{text}\n{line}\n", encoding="utf-8")
    source = write(tmp_path / "数据", typical())
    make(draft_papers(read_and_count(source, None, metrics()), [Paper.CIRCULAR]), tmp_path / "输出", ("pdf",))
    return tmp_path / "输出" / "通报.pdf"


def test_a_number_typed_into_the_template_is_plainly_told(tmp_path: Path) -> None:
    paper = circular_with(tmp_path, "经查，另有17份保单存在问题，与{{ 问题保单数 }}合并处理。")
    (found,) = ask(paper, "17份").found

    assert found.figure == ""
    assert found.how.startswith("这里不是 docgen 数出来的数：是模板 模板/circular.txt 第 ")
    assert found.is_unfounded
    assert found.rows == ()


def test_a_stretch_that_mixes_both_tells_the_typed_number_from_the_figure(
    tmp_path: Path
) -> None:
    paper = circular_with(tmp_path, "经查，另有17份保单存在问题，与{{ 问题保单数 }}合并处理。")
    found = ask(paper, "17份保单存在问题，与2份合并").found

    assert [one.figure for one in found] == ["问题保单数", ""]
    assert "【17份】" in found[1].words


def test_a_cell_of_an_annex_is_found_by_line_and_column_with_its_rows(out: Path) -> None:
    found = [one for one in ask(out / "通报.pdf", "19").found if "昆山市" in one.where]

    assert [one.where.partition("，")[2] for one in found] == [
        "附件1 各地投保安责险生产经营单位系统数据一览表，“昆山市”行“投保人数”列",
    ]
    assert [row.row for row in found[0].rows] == [2, 4]


def test_a_doubtful_cell_is_found_without_its_mark(tmp_path: Path) -> None:
    workbook = typical()
    workbook["保单"][3][4] = "91320500MA00000051"
    papers = draft_papers(read_and_count(write(tmp_path / "数据", workbook), None, metrics()), [Paper.CIRCULAR])
    make(papers, tmp_path, ("docx",))
    found = [one for one in ask(tmp_path / "通报.docx", "19").found if "附件1" in one.where and "昆山市" in one.where]

    assert [one.value for one in found] == ["19【待核】"]


def test_a_row_of_a_list_is_traced_to_its_row(out: Path) -> None:
    (found,) = ask(out / "通报.pdf", "甲市陀螺粉尘厂").found

    assert [(row.file, row.row) for row in found.rows] == [("应保未保.csv", 2)]
    assert found.how == "清单的一行，照数据列出"


def test_the_manifest_is_looked_for_beside_the_paper_and_above(out: Path, tmp_path: Path) -> None:
    paper = altered(out, tmp_path / "别处")
    with pytest.raises(UsageError, match="旁边没有找到数据来源"):
        ask(paper, "有3家")


@pytest.mark.parametrize(
    ("spoil", "error", "message"),
    [
        (lambda path: path.write_text("不是", encoding="utf-8"), Unreadable, "不是 docgen 写的数据来源"),
        (lambda path: path.write_text("[]", encoding="utf-8"), Unreadable, "不是 docgen 写的数据来源"),
        (lambda path: path.write_text(json.dumps({"格式": 9}), encoding="utf-8"), Unreadable, "别的版本的 docgen"),
        (lambda path: path.unlink(missing_ok=True), UsageError, "找不到数据来源"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_told(
    out: Path, tmp_path: Path, spoil: Callable[[Path], object], error: type[Exception], message: str
) -> None:
    spoil(tmp_path / "来源.json")
    with pytest.raises(error, match=message):
        ask(out / "通报.pdf", "3家", manifest=tmp_path / "来源.json")


def test_another_runs_manifest_is_told_with_the_papers_that_it_knows(out: Path) -> None:
    with pytest.raises(UsageError, match="数据来源里没有“通报") as caught:
        ask(out / "通报.pdf", "3家", manifest=out / "函数据来源.json")

    assert "函/01 青松财险/函.docx" in caught.value.remedy


@pytest.mark.parametrize("name", ["坏.pdf", "坏.docx"])
def test_a_file_that_is_no_paper_is_unreadable(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no paper")
    with pytest.raises(Unreadable, match=f"“{name}”不是"):
        ask(tmp_path / name, "3家")


def test_the_rows_behind_a_text_are_written_as_a_workbook(out: Path, tmp_path: Path) -> None:
    write_found(ask(out / "通报.pdf", "有3家"), "有3家", tmp_path / "来源行.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "来源行.xlsx").active
    assert sheet is not None
    lines = [[cell.value for cell in row][1:5] for row in sheet.iter_rows(min_row=3, max_row=5)]

    assert lines == [["投保单位数", "保单.csv", "保单", number] for number in (2, 3, 4)]


def test_full_width_forms_and_blanks_make_no_difference() -> None:
    assert folded("１４１ 份（其\u3000中）\u200b") == "141份(其中)"
    assert stands_in("保单 141 \r\n份", folded("141份"))
    assert stands_in("1 张家港市 126 105", "126")
    assert not stands_in("1126 105", "126")
    assert not stands_in("25.93万余人", "93万余人")


def test_what_stands_on_a_turned_page_is_found_on_it_and_named(tmp_path: Path) -> None:
    industries = ["金属冶炼", "危险化学品", "加油站", "其他", *(f"第{number}类行业" for number in range(1, 24))]
    settings = f'{SETTINGS}"行业类别" = {json.dumps(industries, ensure_ascii=False)}\n'
    counted = read_and_count(write(tmp_path / "数据", typical(), settings), None, metrics())
    make(draft_papers(counted, [Paper.CIRCULAR]), tmp_path / "输出", ("docx", "pdf"))
    paper = tmp_path / "输出" / "通报.pdf"
    page = page_with(paper, "第23类行业")

    assert read_sheets(paper.read_bytes())[page - 1].marks[0].baseline > 250
    assert [one.where.partition("，“")[0] for one in ask(paper, "合计", page).found] != []
    assert all(one.where.startswith(f"第 {page} 页，附件1 ") for one in ask(paper, "昆山市", page).found)
