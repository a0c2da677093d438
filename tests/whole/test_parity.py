"""Every file of both runs, read back, says what its model says: DOCX, PDF, and the workbooks beside them."""

from __future__ import annotations

from docgen.check.book_parity import book_differences
from docgen.check.parity import paper_differences
from docgen.gongwen import Annex, Document, Table
from docgen.layout import with_addressees_moved
from docgen.styles import load_stylesheet
from tests.papers import metrics
from tests.whole.conftest import Run


def tables_of(annex: Annex) -> list[Table]:
    return [block for block in annex.blocks if isinstance(block, Table)]


def test_every_paper_says_what_its_model_says(run: Run) -> None:
    files = run.files()
    found = []
    for stem, document in run.papers.items():
        own, pages = with_addressees_moved(document, load_stylesheet(), metrics())
        found += paper_differences(own, pages, files[f"{stem}.docx"], files[f"{stem}.pdf"])

    assert [str(one) for one in found] == []


def test_every_letters_workbook_has_the_tables_of_its_annexes(run: Run) -> None:
    files = run.files()
    letters = {stem: document for stem, document in run.papers.items() if stem != "通报"}
    found = [
        str(one)
        for stem, document in letters.items()
        for one in book_differences(_tables(document), files[f"{stem.removesuffix('/函')}/问题清单和反馈表.xlsx"])
    ]

    assert letters
    assert found == []


def test_every_workbook_of_the_circular_has_the_tables_of_its_annex(run: Run) -> None:
    files = run.files()
    document = run.papers["通报"]
    for annex in document.annexes:
        (book,) = (content for path, content in files.items() if path.startswith(f"附件/{annex.label} "))
        assert [str(one) for one in book_differences(tables_of(annex), book)] == [], annex.label

    assert [str(one) for one in book_differences(_tables(document), files["附件/附件汇总.xlsx"])] == []


def test_another_letters_files_are_named(half_year: Run) -> None:
    (stem, document), (other, _) = [paper for paper in half_year.papers.items() if paper[0] != "通报"][:2]
    files = half_year.files()
    own, pages = with_addressees_moved(document, load_stylesheet(), metrics())
    book = files[f"{other.removesuffix('/函')}/问题清单和反馈表.xlsx"]

    assert any("主送机关" in str(one) for one in paper_differences(own, pages, docx=files[f"{other}.docx"]))
    assert any("主送机关" in str(one) for one in paper_differences(own, pages, pdf=files[f"{other}.pdf"]))
    assert book_differences(_tables(document), book)
    assert stem != other


def _tables(document: Document) -> list[Table]:
    return [table for annex in document.annexes for table in tables_of(annex)]
