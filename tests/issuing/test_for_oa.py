"""Papers for the office's OA: text and annexes each a file of its own, without what the OA adds."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from intake.minimal import write

from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.issuing import Paper, Workshop, draft_papers, make_papers, read_and_count

from .test_make import metrics, names, stylesheet
from .traced import ask, typical

ADDED_BY_THE_OA = {"份号", "发文机关标志", "发文字号", "签发人", "抄送", "印发机关", "印发日期", "页码"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The circular and the letters for an OA."""
    counted = read_and_count(write(tmp_path_factory.mktemp("oa") / "数据", typical()), None, metrics())
    folder = tmp_path_factory.mktemp("papers")
    workshop = Workshop(stylesheet(), metrics(), ("docx", "pdf", "xlsx"), lambda _: None, is_for_oa=True)
    outcome = make_papers(draft_papers(counted, [Paper.CIRCULAR, Paper.LETTERS]), folder, workshop)
    assert outcome.not_made == ()
    return folder


def words(path: Path) -> str:
    """All that stands in a PDF, without blanks."""
    document = pypdfium2.PdfDocument(path)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_the_text_and_every_annex_are_files_of_their_own(out: Path) -> None:
    made = names(out)

    annexes = {f"通报附件/附件{number}.{ending}" for number in range(1, 6) for ending in ("docx", "pdf")}
    assert {"通报.docx", "通报.pdf"} | annexes <= made
    assert {f"函/01 青松财险/{name}" for name in ("函.pdf", "附件1.pdf", "附件2.docx", "问题清单和反馈表.xlsx")} <= made


@pytest.mark.parametrize("path", ["通报.docx", "函/01 青松财险/函.docx", "通报附件/附件3.docx"])
def test_nothing_stands_there_that_the_oa_adds(out: Path, path: str) -> None:
    paper = paper_of_docx(see_docx((out / path).read_bytes()))

    assert {element.name for element in paper.elements} & ADDED_BY_THE_OA == set()


def test_the_pdf_has_no_number_no_imprint_and_no_page_numbers(out: Path) -> None:
    text = words(out / "通报.pdf")

    assert "通报" in text
    assert [part for part in ("〔2024〕号", "日印发", "—1—") if part in text] == []


def test_an_annex_bears_its_label_alone(out: Path) -> None:
    assert words(out / "通报附件" / "附件1.pdf").startswith("附件1各地")


def test_a_figure_of_a_part_is_traced_to_its_rows(out: Path) -> None:
    assert "问题保单数" in str(ask(out / "通报.pdf", "问题保单2份"))
    assert "附件1" in str(ask(out / "通报附件" / "附件1.pdf", "昆山市"))
