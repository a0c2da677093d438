"""From workbooks to every paper: what is there, what it says, and that all of it says the same."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from docgen.gongwen import Document, Paragraph
from tests.papers import bare, document_words
from tests.whole.conftest import HALF_YEAR, Run, run_all
from tests.whole.finished import docx_words, pdf_pages, pdf_words

FIGURES_OF_THE_TEXT = {
    "投保单位数": "2649家",
    "金属冶炼": "金属冶炼467家",
    "危险化学品": "危险化学品449家",
    "烟花爆竹批发": "烟花爆竹批发6家",
    "医药": "医药40家",
    "加油站": "加油站593家",
    "使用危化的其他重点企业": "使用危化的其他重点企业768家",
    "粉尘企业": "粉尘企业36家",
    "其他": "其他290家",
    "承保保险公司数": "21家保险公司",
    "保障从业人员数": "25.93万余人",
    "抽查保单数": "1448份",
    "问题保单数": "141份",
    "未规范使用方案保单数": "77份",
    "未约定预防服务保单数": "49份",
    "保额人数不符保单数": "15份",
    "录入不规范保单数": "11份",
    "未上传保单数": "68份",
    "服务费用不符记录数": "139条",
    "应保未保单位数": "37家",
    "未全员投保单位数": "60家",
    "服务费提取比例": "20%",
    "附件数据截止日期": "2024年8月9日",
}


def heads_of(document: Document) -> list[str]:
    """The head rows of a paper's tables, without spaces."""
    return [
        bare("".join(column.header for column in block.columns))
        for annex in document.annexes
        for block in annex.blocks
        if not isinstance(block, Paragraph)
    ]


def test_all_papers_of_the_half_year_are_made(half_year: Run) -> None:
    names = list(half_year.files())

    assert half_year.code == 0, half_year.said
    assert {"通报.docx", "通报.pdf", "附件/附件汇总.xlsx"} <= set(names)
    assert len([name for name in names if re.match(r"附件/附件[1-5] .+\.xlsx$", name)]) == 5
    assert len([name for name in names if re.match(r"函/\d\d .+/函\.docx$", name)]) == 21
    assert len([name for name in names if re.match(r"函/\d\d .+/函\.pdf$", name)]) == 21
    assert len([name for name in names if re.match(r"函/\d\d .+/.+\.xlsx$", name)]) == 21
    assert len([name for name in names if name.startswith("分地区/")]) == 10


def test_the_messy_workbooks_give_their_papers_with_what_is_doubtful_said(messy: Run) -> None:
    names = list(messy.files())

    assert messy.code == 0, messy.said
    assert {"通报.docx", "通报.pdf", "函/01 甲山财险/函.pdf", "函/02 太初/函.docx", "核对单.xlsx"} <= set(
        names
    )
    assert not [name for name in names if "太初洋" in name]
    assert "不发函的保险公司：太初洋" in messy.said
    assert "待核 9 处" in messy.said
    assert "【待核】" in "".join(pdf_pages(messy.files()["通报.pdf"]))
    assert "苏应急〔2024〕号" in pdf_pages(messy.files()["通报.pdf"])[0]


def test_another_process_makes_the_same_bytes(half_year: Run, tmp_path: Path) -> None:
    code, said = run_all(HALF_YEAR, tmp_path / "again", "2")

    again = Run(tmp_path / "again", code, said, half_year.counted, half_year.papers)
    assert again.files() == half_year.files()


@pytest.mark.parametrize("name", FIGURES_OF_THE_TEXT)
def test_a_figure_of_the_half_year_stands_in_the_circular(half_year: Run, name: str) -> None:
    files = half_year.files()

    assert FIGURES_OF_THE_TEXT[name] in "".join(pdf_pages(files["通报.pdf"]))
    assert FIGURES_OF_THE_TEXT[name] in docx_words(files["通报.docx"])


@pytest.mark.parametrize(
    ("annex", "column", "total"),
    [
        ("附件1", "合计", 2649),
        ("附件1", "投保人数", 259347),
        ("附件1", "使用危化的其他重点企业", 768),
        ("附件2", "承保单位数（家）", 2649),
        ("附件2", "保障从业人员数（人）", 259347),
    ],
)
def test_the_totals_of_an_annex_are_the_figures_of_the_text(
    half_year: Run, annex: str, column: str, total: int
) -> None:
    sheet = openpyxl.load_workbook(half_year.folder / "附件" / "附件汇总.xlsx")[annex]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "序号" in row)
    totals = next(row for row in rows if "合计" in row and row is not head)

    assert totals[head.index(column)] == total


@pytest.mark.parametrize(("annex", "length"), [("附件3", 37), ("附件4", 60), ("附件5", 68)])
def test_a_list_is_as_long_as_the_text_says(half_year: Run, annex: str, length: int) -> None:
    sheet = openpyxl.load_workbook(half_year.folder / "附件" / "附件汇总.xlsx")[annex]
    first = [row[0].value for row in sheet.iter_rows()]
    start = first.index("序号") + 1

    assert first[start : start + length] == list(range(1, length + 1))
    assert length + 1 not in first[start + length : start + length + 1]


def test_every_annex_workbook_says_up_to_which_day_it_counts(half_year: Run) -> None:
    books = sorted((half_year.folder / "附件").glob("附件[1-5] *.xlsx"))

    for book in books:
        cells = [str(cell.value) for row in openpyxl.load_workbook(book).active.iter_rows() for cell in row]
        assert any("2024年8月9日" in cell for cell in cells), book.name
    assert len(books) == 5


def test_pdf_and_docx_say_word_for_word_what_the_model_says(run: Run) -> None:
    files = run.files()

    for stem, document in run.papers.items():
        words = document_words(document)
        assert docx_words(files[f"{stem}.docx"]) == words, stem
        assert pdf_words(files[f"{stem}.pdf"], heads_of(document)) == words, stem


def test_every_docx_and_xlsx_is_sound(run: Run) -> None:
    validator = OpenXmlValidator(max_errors=0)
    files = [path for path in run.folder.rglob("*") if path.suffix in (".docx", ".xlsx")]

    assert {path.name: errors for path in files if (errors := validator.validate(str(path)).errors)} == {}


def test_a_letter_holds_its_own_policies_and_nobody_elses(half_year: Run) -> None:
    files = half_year.files()
    extracts = [extract for extract in half_year.counted.insurers if extract.has_problems]
    names = {extract.short_name for extract in extracts} | {extract.full_name for extract in extracts}
    shared = {"太初", "太初洋"}

    for number, extract in enumerate(half_year.counted.insurers, start=1):
        stem = f"函/{number:02d} {extract.short_name}"
        text = "".join(pdf_pages(files[f"{stem}/函.pdf"]))
        book = openpyxl.load_workbook(half_year.folder / stem / "问题清单和反馈表.xlsx")
        cells = {
            str(cell.value)
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        tokens = set(re.findall(r"[A-Z0-9][A-Z0-9-]+", text)) | cells
        others = frozenset().union(
            *(other.policy_numbers for other in half_year.counted.insurers if other is not extract)
        )
        assert not tokens & (others - extract.policy_numbers), stem
        assert tokens & extract.policy_numbers, stem
        assert not [
            name for name in names - shared - {extract.short_name, extract.full_name} if name in text
        ], stem
        assert extract.full_name in text


def test_no_paper_orders_as_an_enforcement_paper_would(half_year: Run) -> None:
    for stem, document in half_year.papers.items():
        if stem.startswith("函/"):
            assert "责令" not in document_words(document)
            assert len(document.masthead.issuers) == 1
