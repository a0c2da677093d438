"""What a numbered run takes its numbers from, what is made with it, and what keeps its papers back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from docgen.errors import Barred
from docgen.figures import InsurerExtract
from docgen.gongwen import Document
from docgen.issuing import Paper, read_back
from docgen.issuing.batch import open_batch
from docgen.issuing.jobs import Finished
from docgen.issuing.numbers_sheet import NumberGiven
from docgen.issuing.trace_paper import Place, trace_text
from docgen.register import Source
from docgen.render import docx

from .batches import COMPLETE, JOINT, SIGNED, draft, number, register_at, start, text_of
from .traced import typical


def filled(path: Path, rows: dict[int, tuple[str, ...]]) -> None:
    """Fill in 取号结果 as a clerk does: from 发文字号 on."""
    book = openpyxl.load_workbook(path)
    sheet = book["取号结果"]
    for row, texts in rows.items():
        for column, text in enumerate(texts, start=4):
            sheet.cell(row, column, text)
    book.save(path)


def test_the_offices_numbers_are_read_from_the_sheet_that_lies_in_the_run(letters: Path) -> None:
    same = ("李示例", "2024-08-15", "", "", "3")
    filled(letters / "批次/取号结果.xlsx", {2: ("苏应急函〔2024〕41号", *same), 3: ("苏应急函〔2024〕37号", *same)})

    done = number(letters, NumberGiven(""), Source.OFFICE)

    assert {entry.paper: str(entry.number) for entry in done.entries} == {
        "青松财险": "苏应急函〔2024〕41号", "白鹭财险": "苏应急函〔2024〕37号",
    }
    assert "苏应急函〔2024〕37号" in text_of(letters / "批次/定稿/02 白鹭财险/函.docx")


def test_the_numbers_of_another_run_of_the_same_insurers_are_not_taken(letters: Path) -> None:
    workbook = typical()
    workbook["问题"][-1][4] = "约定不清"
    draft(letters, Paper.LETTERS, workbook, to="另一个")
    same = ("李示例", "2024-08-15", "", "", "3")
    filled(letters / "另一个/取号结果.xlsx", {2: ("苏应急函〔2024〕41号", *same), 3: ("苏应急函〔2024〕37号", *same)})

    with pytest.raises(Barred) as barred:
        number(letters, NumberGiven(""), Source.OFFICE, sheet=letters / "另一个/取号结果.xlsx")

    assert [problem.code for problem in barred.value.problems] == ["numbers-other-run"]
    with register_at(letters) as register:
        assert register.entries() == ()


def test_what_stands_twice_and_differs_is_told(letters: Path) -> None:
    filled(letters / "批次/取号结果.xlsx", {
        2: ("苏应急函〔2024〕41号", "李示例", "2024-08-15", "", "", "3"), 3: ("苏应急函〔2024〕37号", "王示例", "2024-08-15", "", "", "3"),
    })

    with pytest.raises(Barred) as barred:
        number(letters, SIGNED, Source.OFFICE)

    said = "\n".join(map(str, barred.value.problems))
    assert "签发人在命令行写的是“李示例”，在 取号结果.xlsx 写的是“王示例”" in said
    assert "份数在命令行写的是“30”，在 取号结果.xlsx 写的是“3”" in said


def test_numbers_of_a_granted_block_are_taken_from_its_lowest(letters: Path) -> None:
    with register_at(letters) as register:
        register.reserve("苏应急函", 2024, [45, 30, 31])

    done = number(letters, source=Source.BLOCK)

    assert [str(entry.number) for entry in done.entries] == ["苏应急函〔2024〕30号", "苏应急函〔2024〕31号"]


def test_a_circular_for_the_public_leaves_out_the_annexes_that_name_units(tmp_path: Path) -> None:
    draft(tmp_path, Paper.CIRCULAR, settings=COMPLETE + '"公开属性" = "主动公开"\n')

    number(tmp_path, JOINT, Source.OFFICE)

    text = text_of(tmp_path / "批次/公开版/通报.docx")
    assert "甲应急〔2024〕132号" in text
    assert "附件3至附件5不予公开" in text
    assert "P-001" not in text
    assert "公开版/通报.docx" in {name for name, _ in open_batch(tmp_path / "批次").manifest.content["全部文件"]}


def test_a_file_that_says_otherwise_than_its_model_bars_the_whole_run(
    letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = docx.render_docx

    def slips(document: Document, *rest: Any) -> bytes:
        note = document.note.replace("张示例", "王示例") if "白鹭" in document.addressees else document.note
        return really(replace(document, note=note), *rest)

    monkeypatch.setattr(docx, "render_docx", slips)

    with pytest.raises(Barred) as barred:
        number(letters)

    assert "函：白鹭财险" in str(barred.value.problems[0])
    assert not (letters / "批次/定稿/02 白鹭财险").exists()


def test_what_is_anothers_in_a_letter_bars_the_whole_run(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docgen.issuing import recipients

    really = recipients.Recipients.leaks

    def as_the_other(self: recipients.Recipients, extract: InsurerExtract, files: dict[str, bytes]) -> object:
        other = next(one for one in self._counted.insurers if one is not extract)
        return really(self, other, files) if extract.short_name == "白鹭财险" else really(self, extract, files)

    monkeypatch.setattr(recipients.Recipients, "leaks", as_the_other)

    with pytest.raises(Barred) as barred:
        number(letters)

    said = "\n".join(map(str, barred.value.problems))
    assert "函：白鹭财险" in said
    assert "白鹭财险的保单号“P-002”" in said
    assert not (letters / "批次/定稿/02 白鹭财险").exists()


def test_an_inspectors_words_may_name_another_insurer_once_they_are_let_pass(tmp_path: Path) -> None:
    workbook = typical()
    workbook["问题"][-1][4] = "与青松财险的保单重复"
    workbook["放行"] = [
        ["问题码", "单元格", "发现", "理由", "姓名"],
        ["names-another-insurer", "[问题.csv]问题!E5", "", "两家各承保一份，已核实", "张示例"],
    ]
    draft(tmp_path, Paper.LETTERS, workbook)
    start(tmp_path)

    assert number(tmp_path).is_complete


def test_a_numbered_paper_is_traced_through_the_manifest_of_its_run(letters: Path) -> None:
    number(letters)

    answer = trace_text(Place(letters / "批次/定稿/01 青松财险/函.docx"), "2份", None)

    assert any(found.figure.startswith("青松财险") for found in answer.found)
    assert answer.warnings == ()


def test_a_strange_manifest_beside_a_paper_is_no_hindrance(letters: Path) -> None:
    number(letters)
    (letters / "批次/定稿/manifest.json").write_text('{"name": "别的程序"}', encoding="utf-8")

    assert trace_text(Place(letters / "批次/定稿/01 青松财险/函.docx"), "2份", None).found


def test_what_was_let_pass_is_kept_though_another_call_ends_the_run(
    letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = docx.render_docx

    def fails(document: Document, *rest: Any) -> bytes:
        if "白鹭" in document.addressees:
            raise ValueError("画不出")
        return really(document, *rest)

    def breaks_a_rule(self: read_back.ReadBack, one: Finished) -> Iterator[object]:
        assert self._lets_pass("TXT-TWICE", one.made.path)
        yield from ()

    with monkeypatch.context() as broken:
        broken.setattr(docx, "render_docx", fails)
        broken.setattr(read_back.ReadBack, "_errors", breaks_a_rule)
        number(letters, passes={"TXT-TWICE": "两处确应相同"})

    done = number(letters)

    assert ["TXT-TWICE", "函/01 青松财险/函.docx", "两处确应相同", "张示例"] in done.batch.manifest.content["放行"]
