"""归档目录 reads as an office's list of archived papers, 分送签收单 as the list that the units sign."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from docgen.gongwen import DocumentNumber
from docgen.issuing.archive import ArchivedFile, ArchivedPaper, FileKind, archive_list, receipt_list, units

HASH = "3f2a90c1" * 8
CIRCULAR = ArchivedPaper(
    genre="通报",
    number=DocumentNumber("苏应急", 2024, 132),
    title="关于某某工作情况的通报",
    issuers=("甲市应急管理局", "甲市金融监管分局"),
    signing_date=date(2024, 8, 9),
    addressees=("各县（市、区）应急管理局", "各财产保险公司"),
    copy_to=("某某省应急管理厅",),
    annexes=5,
    copies=60,
    publicity="主动公开",
    files=(
        ArchivedFile(FileKind.DRAFT, "送审稿/通报.pdf", HASH, 11),
        ArchivedFile(FileKind.FINAL, "定稿/通报.docx", HASH),
        ArchivedFile(FileKind.ISSUED, "正本/通报.pdf", HASH, 12),
    ),
)


def letter(serial: int) -> ArchivedPaper:
    return ArchivedPaper(
        genre="函",
        number=DocumentNumber("苏应急函", 2024, serial),
        title="关于反馈检查问题的函",
        issuers=("甲市应急管理局",),
        signing_date=date(2024, 7, 1),
        addressees=(f"第{serial}示例财险甲市分公司",),
        copy_to=("甲市金融监管分局",),
        annexes=2,
        copies_each=1,
    )


def rows(book: bytes, sheet: str) -> list[list[object]]:
    """The rows below the heading and the header, None for an empty cell."""
    cells = openpyxl.load_workbook(io.BytesIO(book))[sheet].iter_rows(min_row=3, values_only=True)
    return [[None if value == "" else value for value in row] for row in cells]


def test_a_paper_is_listed_as_an_archive_lists_it() -> None:
    assert rows(archive_list([CIRCULAR]), "归档文件目录") == [
        [
            1, "通报", "甲市应急管理局；甲市金融监管分局", "苏应急〔2024〕132号", "关于某某工作情况的通报", "20240809", None,
            12, 60, "主动公开", None,
        ]
    ]


def test_every_file_is_listed_with_its_hash_the_issued_paper_first_and_the_runs_last() -> None:
    of_run = (ArchivedFile(FileKind.LIST, "manifest.json", HASH), ArchivedFile(FileKind.DATA, "数据/发文.toml", HASH))
    assert rows(archive_list([CIRCULAR], of_run), "文件清单") == [
        [1, "正本", "正本/通报.pdf", 12, HASH],
        [1, "定稿", "定稿/通报.docx", None, HASH],
        [1, "送审稿", "送审稿/通报.pdf", 11, HASH],
        [None, "数据", "数据/发文.toml", None, HASH],
        [None, "清单", "manifest.json", None, HASH],
    ]


def test_pages_are_those_of_all_parts_of_the_issued_paper() -> None:
    annex = ArchivedFile(FileKind.ISSUED, "正本/通报附件/附件1.pdf", HASH, 3)
    assert replace(CIRCULAR, files=(*CIRCULAR.files, annex)).pages == 15
    assert replace(CIRCULAR, files=()).pages is None


def test_each_unit_that_a_circular_goes_to_signs_in_a_row_of_its_own() -> None:
    number, title = "苏应急〔2024〕132号", "关于某某工作情况的通报"
    assert rows(receipt_list([CIRCULAR]), "分送签收单") == [
        [1, "各县（市、区）应急管理局", "主送", number, title, None, "5件", None, None, None],
        [2, "各财产保险公司", "主送", number, title, None, "5件", None, None, None],
        [3, "某某省应急管理厅", "抄送", number, title, None, "5件", None, None, None],
    ]


def test_each_insurer_signs_for_its_letter_and_a_copied_unit_once_for_all() -> None:
    signed = rows(receipt_list([letter(serial) for serial in (7, 8, 9, 12)]), "分送签收单")
    assert [(row[1], row[2], row[3], row[5], row[6]) for row in signed] == [
        ("第7示例财险甲市分公司", "主送", "苏应急函〔2024〕7号", 1, "2件"),
        ("第8示例财险甲市分公司", "主送", "苏应急函〔2024〕8号", 1, "2件"),
        ("第9示例财险甲市分公司", "主送", "苏应急函〔2024〕9号", 1, "2件"),
        ("第12示例财险甲市分公司", "主送", "苏应急函〔2024〕12号", 1, "2件"),
        ("甲市金融监管分局", "抄送", "苏应急函〔2024〕7—9、12号", 4, "各2件"),
    ]


def test_both_lists_print_on_lying_a4_pages_with_room_to_sign() -> None:
    for book, sheet in ((archive_list([CIRCULAR]), "归档文件目录"), (receipt_list([CIRCULAR]), "分送签收单")):
        worksheet = openpyxl.load_workbook(io.BytesIO(book))[sheet]
        assert worksheet.page_setup.orientation == "landscape"
        assert int(worksheet.page_setup.paperSize) == 9
    assert worksheet.row_dimensions[3].height >= 30


def test_a_title_that_wraps_makes_its_row_higher() -> None:
    long = replace(CIRCULAR, title="关于重点行业领域工矿企业安全生产责任保险工作" * 4)
    worksheet = openpyxl.load_workbook(io.BytesIO(receipt_list([long])))["分送签收单"]
    assert worksheet.row_dimensions[3].height > 75


def test_the_same_papers_give_the_same_bytes() -> None:
    assert archive_list([CIRCULAR]) == archive_list([CIRCULAR])
    assert receipt_list([CIRCULAR]) == receipt_list([CIRCULAR])


def test_a_title_stays_text() -> None:
    (row,) = rows(archive_list([replace(CIRCULAR, title='=HYPERLINK("x")')]), "归档文件目录")
    assert row[4] == '=HYPERLINK("x")'


def test_lists_without_a_paper_are_refused() -> None:
    with pytest.raises(ValueError, match="至少有一份公文"):
        receipt_list([])


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("各县（市、区）应急管理局，各财产保险公司：", ("各县（市、区）应急管理局", "各财产保险公司")),
        ("甲区、乙区应急管理局：", ("甲区", "乙区应急管理局")),
        ("各有关保险公司", ("各有关保险公司",)),
        ("：", ()),
    ],
)
def test_addressees_as_printed_are_taken_apart_outside_brackets(written: str, found: tuple[str, ...]) -> None:
    assert units(written) == found
