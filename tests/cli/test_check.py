"""docgen check as the clerk sees it: what is printed, as JSON, drawn on a copy; how it ends; that nothing is changed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from docgen.check.catalogue import RULE_IDS
from docgen.check.told import on_one_line
from docgen.errors import ExitCode
from docgen.register import open_register
from tests.check.text.planted import docx_of, pdf_of, retyped, reworded
from tests.check.text.test_rules import SOUND

from .conftest import Docgen

FAULTY = reworded(SOUND, "金属冶炼467", "金属冶炼468")
WARNED = reworded(SOUND, "2024—2026年", "2024-2026年")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound DOCX and PDF, a PDF with an error and one with a warning, by names that say nothing of what they are."""
    (tmp_path / "通报.docx").write_bytes(docx_of(SOUND))
    (tmp_path / "通报.pdf").write_bytes(pdf_of(SOUND))
    (tmp_path / "有误.docx").write_bytes(pdf_of(FAULTY))
    (tmp_path / "警告.PDF").write_bytes(pdf_of(WARNED))
    (tmp_path / "损坏.docx").write_bytes(docx_of(SOUND)[:3000])
    return tmp_path


def test_a_sound_paper_ends_well(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "通报.docx", folder / "通报.pdf")

    assert ended.code == ExitCode.MADE
    for file in (r"通报\.docx（DOCX）", r"通报\.pdf（PDF，\d+ 页）"):
        assert re.search(rf"{file}：(?:没有发现问题|提示 \d+ 处)\n", ended.out)
    assert "查了 2 个文件。" in ended.out


def test_an_error_is_told_with_rule_clause_place_values_and_remedy(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "有误.docx")

    assert ended.code == ExitCode.BARRED
    assert re.search(
        r"  · TXT-SUM（条例 19）第 \d 页（距左 \d+\.\d 毫米、距上 \d+\.\d 毫米）“[^”].*?：各项之和 468＋1892＋290＝2650家，"
        r"合计写的是 2649家。应为：.+。处理：.+。",
        ended.out,
    )


def test_a_place_in_a_docx_is_its_paragraph(docgen: Docgen, folder: Path) -> None:
    (folder / "改.docx").write_bytes(retyped(docx_of(SOUND), "金属冶炼467", "金属冶炼468"))

    assert re.search(r"TXT-SUM（条例 19）第 \d+ 段“", docgen("check", folder / "改.docx").out)


def test_a_warning_bars_nothing(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "警告.PDF")

    assert ended.code == ExitCode.MADE
    assert "警告 1 处" in ended.out
    assert "TXT-DASH（GB/T 15834）" in ended.out


def test_what_cannot_be_read_stops_none_of_the_others(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "损坏.docx", folder / "有误.docx")

    assert ended.code == ExitCode.UNREADABLE
    assert "读不了" in ended.err
    assert "处理：" in ended.err
    assert "TXT-SUM" in ended.out
    assert "查了 1 个文件，1 个读不了。" in ended.out


def test_a_path_that_is_not_there_stops_none_of_the_others(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "没有.docx", folder / "有误.docx", folder)

    assert ended.code == ExitCode.UNREADABLE
    assert re.search(r"没有\.docx：找不到\n处理：", ended.err)
    assert "是一个文件夹，不是文件" in ended.err
    assert "TXT-SUM" in ended.out
    assert "查了 1 个文件，2 个读不了。" in ended.out


@pytest.mark.parametrize("content", [b"docgen", b"{\\rtf1 x}", b"<html>"], ids=["文字", "RTF", "网页"])
def test_a_file_that_is_a_pdf_by_name_only_is_told_of_pdf(docgen: Docgen, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "假.pdf").write_bytes(content)
    ended = docgen("check", tmp_path / "假.pdf")

    assert ended.code == ExitCode.UNREADABLE
    assert "文件名是 .pdf，内容不是 PDF" in ended.err
    assert ".docx" not in ended.err


@pytest.mark.parametrize(
    "content", [b"", b"docgen", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90, b"PK\x03\x04", b"%PDF-1.7\n%%EOF"],
    ids=["空", "文字", "旧格式", "压缩包", "空 PDF"],
)
def test_what_is_no_paper_is_refused_in_words(docgen: Docgen, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "怪.docx").write_bytes(content)
    ended = docgen("check", tmp_path / "怪.docx")

    assert ended.code == ExitCode.UNREADABLE
    assert re.search(r"读不了 .*怪\.docx：.*[一-鿿].*\n处理：.*[一-鿿]", ended.err)


def test_the_json_has_its_keys(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "有误.docx", folder / "损坏.docx", folder / "通报.docx", "--json")
    answer = json.loads(ended.out)
    faulty, broken, sound = answer["文件"]

    assert ended.code == ExitCode.UNREADABLE
    assert list(answer) == ["格式", "docgen", "文件"]
    assert list(sound) == ["文件", "种类", "页数", "送审稿", "错误", "警告", "提示", "发现", "没有认出", "另请注意"]
    assert list(broken) == ["文件", "读不了", "处理"]
    (finding,) = faulty["发现"]
    assert list(finding) == ["规则", "条款", "轻重", "要求", "页", "位置", "段", "原文", "发现", "应为", "处理"]
    assert (faulty["种类"], faulty["错误"], finding["规则"], finding["轻重"]) == ("pdf", 1, "TXT-SUM", "E")
    assert len(finding["位置"]) == 4


def test_the_overlay_draws_each_finding_over_what_was_there(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "有误.docx", "--overlay", folder / "标出.pdf")
    drawn = (folder / "标出.pdf").read_bytes()
    before, after = pypdfium2.PdfDocument(pdf_of(FAULTY)), pypdfium2.PdfDocument(drawn)
    texts = [page.get_textpage().get_text_range() for page in after]

    assert ended.code == ExitCode.BARRED
    assert "标出问题的副本已写入" in ended.out
    assert len(after) == len(before) + 1
    assert sum("1 TXT-SUM" in text for text in texts) == 1
    assert "检查结果：错误 1 处" in texts[-1]
    assert "各项之和" in texts[-1]
    for page, text in zip(before, texts, strict=False):
        assert "".join(page.get_textpage().get_text_range().split()) in "".join(text.split())


def test_a_box_of_the_overlay_is_where_the_words_are_also_on_a_turned_page(docgen: Docgen, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pdf_of(FAULTY))) as pdf:
        for page in pdf.pages:
            page.MediaBox = pikepdf.Array([-30, -40, 565.28, 801.89])
        pdf.pages[0].Rotate = 90
        pdf.save(tmp_path / "转.pdf")
    docgen("check", tmp_path / "转.pdf", "--overlay", tmp_path / "标出.pdf")
    plain, drawn = (pypdfium2.PdfDocument(tmp_path / name)[0].render(scale=1).to_numpy() for name in ("转.pdf", "标出.pdf"))
    changed = (plain != drawn).any(axis=2)

    assert plain.shape == drawn.shape
    assert 0 < changed.mean() < 0.1


def test_the_file_is_never_changed(docgen: Docgen, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    docgen("check", *sorted(folder.iterdir()))
    docgen("check", folder / "通报.pdf", "--overlay", folder / "通报.pdf")

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "没有写要检查的文件"),
        (("没有.docx",), "找不到"),
        ((".",), "是一个文件夹"),
        (("通报.pdf", "--overlay", "通报.pdf"), "会盖掉它"),
        (("通报.pdf", "--overlay", "标出.docx"), "不是 PDF 文件名"),
        (("通报.pdf", "通报.docx", "--overlay", "标出.pdf"), "只用于一个 PDF"),
        (("通报.docx", "--overlay", "标出.pdf"), "没有页面可画"),
        (("通报.pdf", "--overlay", "没有/标出.pdf"), "不能写入"),
        (("通报.docx", "--figures", "没有.json"), "找不到数据来源"),
    ],
)
def test_a_wrong_command_line_is_told(
    docgen: Docgen, folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(folder)
    ended = docgen("check", *words)

    assert ended.code == ExitCode.USAGE
    assert told in ended.err
    assert not (folder / "标出.pdf").exists()


def test_a_manifest_that_is_none_is_refused(docgen: Docgen, folder: Path) -> None:
    (folder / "数据来源.json").write_text('{"格式": 1, "输入": [], "来源": [], "行集": [], "数": [], "公司": [], "文": [{}]}')

    assert docgen("check", folder / "通报.docx", "--figures", folder / "数据来源.json").code == ExitCode.UNREADABLE


def test_a_number_is_held_against_the_register_that_is_named(docgen: Docgen, folder: Path) -> None:
    book = folder / "登记簿.db"
    with open_register(str(book), "李示例", lambda: datetime(2024, 8, 15)) as register:
        register.reserve("苏应急", 2024, [7])
    ended = docgen("check", folder / "通报.docx", "--register", book)

    assert ended.code == ExitCode.BARRED
    assert "DOCNO-REG（条例 25）" in ended.out
    assert "登记簿里没有“苏应急〔2024〕132号”" in ended.out


def test_a_register_that_is_not_there_is_not_made(docgen: Docgen, folder: Path) -> None:
    ended = docgen("check", folder / "通报.docx", "--register", folder / "没有.db")

    assert ended.code == ExitCode.UNREADABLE
    assert "没有.db" in ended.err
    assert not (folder / "没有.db").exists()


def test_the_rules_are_listed_each_once(docgen: Docgen) -> None:
    shown = docgen("check", "--rules").out
    told = [line.split("│")[1].strip() for line in shown.splitlines() if line.startswith("│")]

    assert [name for name in told if name] == list(RULE_IDS)
    assert "加 --figures" in shown
    assert "加 --register" in shown


def test_findings_of_a_kind_beyond_ten_are_counted(docgen: Docgen, tmp_path: Path) -> None:
    many = replace(SOUND, body=(*SOUND.body, *(replace(SOUND.body[0], text=f"第{n}项,第{n}条。") for n in range(15))))
    (tmp_path / "多.docx").write_bytes(docx_of(many))

    assert "……同类问题（TXT-FULLW）另有 5 处" in docgen("check", tmp_path / "多.docx").out


def test_a_finding_stands_on_one_line_whatever_the_file_holds() -> None:
    assert on_one_line("甲\x85乙\u2028丙\x9b丁\u3000戊") == "甲 乙 丙 丁\u3000戊"
