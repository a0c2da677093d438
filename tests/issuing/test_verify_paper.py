"""The office's own finished paper, held against the run: each figure and text that differs, what an OA may set itself."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from docgen.issuing import Paper
from docgen.issuing.jobs import jobs
from docgen.issuing.opened import open_as_it_is
from docgen.issuing.remake import remake_draft, remake_final, workshop_of
from docgen.issuing.verified import Part
from docgen.issuing.verify_folder import listed_files
from docgen.issuing.verify_paper import Papers, look_at_paper
from tests.check.text.planted import docx_of, pdf_of, reworded
from tests.check.text.test_rules import SOUND

from .batches import draft, number, start
from .test_make import metrics


def papers_of(run: Path) -> Papers:
    opened = open_as_it_is(run)
    remade = remake_draft(opened.batch, metrics(), lambda _name: None, lambda _path, _made: None)
    if opened.content["文号"]:
        numbers = opened.content["文号"]
        remade = remake_final(opened.batch, remade, numbers, metrics(), lambda _name: None, lambda _path, _made: None)
    return Papers(opened.batch, remade, metrics(), {digest: name for name, digest in listed_files(opened).items()})


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Papers]:
    """The same two letters, in PDF too, as a 送审稿 and as a finished run."""
    folder = tmp_path_factory.mktemp("runs")
    draft(folder, Paper.LETTERS, formats=("docx", "pdf", "xlsx"))
    start(folder)
    shutil.copytree(folder / "批次", folder / "送审批次")
    number(folder)
    return {"定稿": papers_of(folder / "批次"), "送审稿": papers_of(folder / "送审批次")}


@pytest.fixture
def finished(runs: dict[str, Papers]) -> Papers:
    return runs["定稿"]


def edited_docx(paper: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """Take a DOCX as somebody has changed its words, each in the first place where it stands."""
    with zipfile.ZipFile(paper) as made, zipfile.ZipFile(folder / "办公系统.docx", "w") as copy:
        for part in made.namelist():
            content = made.read(part)
            for old, new in changes if part == "word/document.xml" else ():
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            copy.writestr(part, content)
    return folder / "办公系统.docx"


def edited(papers: Papers, folder: Path, *changes: tuple[str, str]) -> Path:
    """Take the first letter of a finished run as somebody has changed its words."""
    return edited_docx(papers.batch.folder / "定稿/01 青松财险/函.docx", folder, *changes)


def faults(part: Part) -> list[str]:
    return [f"{note.where}：{note.found}" for note in part.notes if note.is_fault]


def remarks(part: Part) -> list[str]:
    return [f"{note.where}：{note.found}" for note in part.notes if not note.is_fault]


def test_the_very_file_is_known_by_its_bytes(finished: Papers) -> None:
    part = look_at_paper(finished.batch.folder / "正本/02 白鹭财险/函.pdf", finished)

    assert part.said == "与批次的 正本/02 白鹭财险/函.pdf 逐字节相同"


def test_a_file_that_was_only_saved_again_says_the_same(finished: Papers, tmp_path: Path) -> None:
    part = look_at_paper(edited(finished, tmp_path), finished)

    assert (part.said, part.notes) == ("是批次的“函：青松财险”，文字和数都与批次的一致", ())


def test_a_figure_a_text_and_a_cell_that_were_changed_are_named_with_what_they_should_be(
    finished: Papers, tmp_path: Path
) -> None:
    changes = [("问题共3个", "问题共4个"), ("请贵公司对照", "望贵公司对照"), ("600.00", "601.00"), ("保额偏低", "保额不足")]

    part = look_at_paper(edited(finished, tmp_path, *changes), finished)

    assert part.said == "是批次的“函：青松财险”，4 处文字或数不同"
    assert faults(part) == [
        "正文第 4 段：“问题数”写的是“4个”，应为“3个”",
        "正文第 6 段：写的是“望贵公司对照问题清单认真核查，制定并落实整改措施，于2024年9月13日前完成整……”，"
        "应为“请贵公司对照问题清单认真核查，制定并落实整改措施，于2024年9月13日前完成整……”",
        "附件1“检查发现问题清单”第 3 行“情况说明”一格：写的是“保额不足”，应为“保额偏低”",
        "附件1“事故预防服务费用填报不符清单”第 1 行“核实金额（元）”一格：写的是“601.00”，应为“600.00”",
    ]


def test_a_finished_paper_bears_the_number_of_the_run(finished: Papers, tmp_path: Path) -> None:
    part = look_at_paper(edited(finished, tmp_path, ("〔2024〕1号", "〔2024〕9号")), finished)

    assert faults(part) == ["发文字号：写的是“苏应急函〔2024〕9号”，应为“苏应急函〔2024〕1号”"]


def test_a_number_and_a_date_that_were_filled_in_a_draft_are_remarked(runs: dict[str, Papers], tmp_path: Path) -> None:
    path = edited(runs["定稿"], tmp_path, ("〔2024〕1号", "〔2024〕9号"))

    part = look_at_paper(path, runs["送审稿"])

    assert faults(part) == []
    assert remarks(part) == [
        "发文字号：写的是“苏应急函〔2024〕9号”，批次里是“苏应急函〔2024〕号”",
        "成文日期：写的是“2024年8月15日”，批次里是“2024年月日”",
    ]


def test_the_number_of_another_series_is_no_filling_in(runs: dict[str, Papers], tmp_path: Path) -> None:
    path = edited(runs["定稿"], tmp_path, ("苏应急函〔2024〕1号", "苏应急〔2024〕1号"))

    assert "发文字号：写的是“苏应急〔2024〕1号”，应为“苏应急函〔2024〕号”" in faults(look_at_paper(path, runs["送审稿"]))


def test_a_pdf_of_another_number_is_told(finished: Papers, runs: dict[str, Papers]) -> None:
    """The 送审稿's PDF has no number; the finished run's has."""
    content = (finished.batch.folder / "送审稿/函/01 青松财险/函.pdf").read_bytes() + b"\n"
    path = runs["送审稿"].batch.folder.parent / "送审.pdf"
    path.write_bytes(content)

    assert "发文字号：写的是“苏应急函〔2024〕号”，应为“苏应急函〔2024〕1号”" in faults(look_at_paper(path, finished))


def test_a_paragraph_that_is_gone_and_one_that_was_added_are_told(finished: Papers, tmp_path: Path) -> None:
    path = edited(finished, tmp_path, ("特此函告。", "请于收到之日起三日内书面答复，逾期由你方承担全部责任。"))

    assert faults(look_at_paper(path, finished)) == [
        "正文第 10 段：写的是“请于收到之日起三日内书面答复，逾期由你方承担全部责任。”，应为“特此函告。”"
    ]


def test_a_pdf_with_another_figure_is_told_by_that_figure(finished: Papers, tmp_path: Path) -> None:
    composed = finished.composed("函：青松财险")
    assert composed is not None
    path = tmp_path / "办公系统.pdf"
    path.write_bytes(pdf_of(reworded(composed.document, "问题共3个", "问题共5个")))

    assert faults(look_at_paper(path, finished)) == ["正文第 4 段：“问题数”写的是“5个”，应为“3个”"]


def test_a_text_that_an_oa_takes_without_head_and_annexes_says_the_same(finished: Papers, tmp_path: Path) -> None:
    workshop = workshop_of(finished.batch, finished.remade.numbered, metrics(), ["docx"], lambda _name: None)
    workshop.is_for_oa = True
    path = tmp_path / "套版前.docx"
    path.write_bytes(next(next(jobs(finished.remade.numbered, workshop)).results).content)

    part = look_at_paper(path, finished)

    assert part.said == "是批次的“函：青松财险”，文字和数都与批次的一致"
    assert remarks(part) == ["全文：没有附件1、附件2", "版头、版记：没有发文机关标志、发文字号"]


def test_a_paper_that_is_none_of_the_runs_is_told(finished: Papers, tmp_path: Path) -> None:
    path = tmp_path / "别的.docx"
    path.write_bytes(docx_of(SOUND))

    part = look_at_paper(path, finished)

    assert faults(part) == ["别的.docx：不是本批次的公文，或改得认不出了（批次里有：函：青松财险、函：白鹭财险）"]


@pytest.mark.parametrize("name", ["没有.docx", "便条.docx", "."])
def test_what_cannot_be_read_is_told_and_raises_nothing(finished: Papers, tmp_path: Path, name: str) -> None:
    (tmp_path / "便条.docx").write_bytes("不是公文".encode())

    part = look_at_paper(tmp_path / name, finished)

    assert not part.is_read
    assert part.notes[0].remedy
