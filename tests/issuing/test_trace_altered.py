"""A paper that somebody altered, or that was made anew elsewhere, is traced for what it is."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from docgen.errors import UsageError

from .traced import altered, ask, page_with


def test_a_number_changed_after_the_paper_was_made_is_told_with_what_docgen_wrote(out: Path, tmp_path: Path) -> None:
    paper = altered(out, tmp_path, ("查出问题保单2份", "查出问题保单8份"))
    answer = ask(paper, "8份", manifest=out / "通报数据来源.json")
    (found,) = answer.found

    assert "生成之后改动过" in answer.warnings[0]
    assert found.how == (
        "这里不是 docgen 写的：是生成之后改上去的，没有数据支持。"
        "docgen 写的是“查出问题保单2份（同一保单存在多类问题的只计一次）。”"
    )


def test_a_number_changed_into_a_figures_value_is_not_taken_for_the_figure(out: Path, tmp_path: Path) -> None:
    paper = altered(out, tmp_path, ("2份保单没有明确约定", "3份保单没有明确约定"))
    found = ask(paper, "3份", manifest=out / "通报数据来源.json").found

    assert [one.figure for one in found if "没有明确约定" in one.words] == [""]


def test_what_was_left_alone_in_an_altered_paper_is_still_traced(out: Path, tmp_path: Path) -> None:
    paper = altered(out, tmp_path, ("查出问题保单2份", "查出问题保单8份"))
    answer = ask(paper, "有3家", manifest=out / "通报数据来源.json")

    assert len(answer.warnings) == 1
    assert [one.figure for one in answer.found] == ["投保单位数"]


def test_a_pdf_made_anew_elsewhere_is_told_and_its_text_found_although_pages_moved(out: Path, tmp_path: Path) -> None:
    """The last page first, as another program might set it."""
    with pypdfium2.PdfDocument(out / "通报.pdf") as made, pypdfium2.PdfDocument.new() as anew:
        anew.import_pages(made, [len(made) - 1, *range(len(made) - 1)])
        anew.save(tmp_path / "通报.pdf")
    page = page_with(out / "通报.pdf", "有3家生产经营单位")
    answer = ask(tmp_path / "通报.pdf", "有3家", page + 1, out / "通报数据来源.json")

    assert "不是同一份" in answer.warnings[0]
    assert [one.figure for one in answer.found] == ["投保单位数"]
    with pytest.raises(UsageError, match=f"第 {page} 页没有“有3家”，它在第 {page + 1} 页"):
        ask(tmp_path / "通报.pdf", "有3家", page, out / "通报数据来源.json")
