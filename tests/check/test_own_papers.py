"""No rule finds an error or a warning in what docgen makes: whole papers, parts for an OA, annexes by themselves.

Each as PDF, as DOCX, and as a DOCX without its tags and the names of its styles; all rules at once, as the command asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from docgen.check.finding import Grade
from docgen.check.inspect import inspect
from docgen.check.pdf_elements import paper_of_pdf
from docgen.check.pdf_seen import see_pdf
from docgen.check.told import in_words
from docgen.gongwen import Document, Format
from docgen.gongwen.parts import bound_parts, oa_parts
from docgen.layout import with_addressees_moved
from docgen.render.docx import render_docx
from docgen.render.pdf import render_pdf
from docgen.styles import Stylesheet
from tests.check.word_files import SAMPLES, named, read, stripped
from tests.gallery.cases import CASES, case
from tests.papers import STYLESHEET, metrics

OTHERWISE_SAID = {"SIG-NAME", "IMP-PRINT", "HEAD-COPYNO", "TXT-QUOTE", "PLACEHOLDER"}
"""Rules of text that some samples of layout do not keep: names, dates and marks in them are there for their place."""


def faults(document: Document, stylesheet: Stylesheet) -> list[str]:
    """What is graver than a remark in the files of a paper."""
    document, pages = with_addressees_moved(document, stylesheet, metrics())
    docx, pdf = render_docx(document, pages, stylesheet), render_pdf(pages, stylesheet, metrics())
    return [
        f"{kind}: {in_words(finding)}"
        for kind, content in (("docx", docx), ("bare docx", stripped(docx)), ("pdf", pdf))
        for finding in inspect(content).findings
        if finding.grade is not Grade.INFO
    ]


def apart(document: Document) -> Iterator[Document]:
    """The text for an OA, its annexes, and each annex as one that is not bound with the paper."""
    for_oa = oa_parts(document)
    yield for_oa.paper
    yield from (alone for _, alone in for_oa.annexes)
    number = str(document.masthead.number) if document.masthead is not None else ""
    unbound = replace(document, annexes=tuple(replace(annex, bound_to=number) for annex in document.annexes))
    yield from (alone for _, alone in bound_parts(unbound).annexes)


@pytest.mark.parametrize("name", CASES)
def test_no_rule_finds_a_fault_in_the_gallery(name: str) -> None:
    made = case(name)

    assert faults(made.document, made.stylesheet) == []


@pytest.mark.parametrize("name", CASES)
def test_every_element_of_the_gallery_is_recognised(name: str) -> None:
    made = case(name)
    docx = render_docx(made.document, made.pages, made.stylesheet)
    drawn = paper_of_pdf(see_pdf(render_pdf(made.pages, made.stylesheet, metrics())))

    assert named(read(stripped(docx))) == named(read(docx))
    assert drawn.unidentified == ()
    assert drawn.is_letter == (made.document.format is Format.LETTER)


@pytest.mark.parametrize("name", ["02联合两家", "07信函格式", "15横排附件", "16另一版式"])
def test_no_rule_finds_a_fault_in_a_part_for_an_oa_or_an_annex_by_itself(name: str) -> None:
    made = case(name)

    assert [fault for part in apart(made.document) for fault in faults(part, made.stylesheet)] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_no_rule_but_those_of_its_words_finds_a_fault_in_a_sample(name: str) -> None:
    told = faults(SAMPLES[name], STYLESHEET)

    assert [fault for fault in told if fault.partition("（")[0].rpartition(" ")[2] not in OTHERWISE_SAID] == []


@pytest.mark.parametrize("diameter", [30, 60])
def test_a_seal_of_another_size_is_no_fault(diameter: int) -> None:
    made = case("02联合两家").document
    assert made.signatures is not None
    sealed = replace(made, signatures=replace(made.signatures, seal_diameter=diameter), annexes=(), annex_note=None)

    assert faults(sealed, STYLESHEET) == []


def test_a_paper_whose_number_is_open_has_no_fault_in_an_annex_by_itself() -> None:
    made = case("14送审稿").document

    assert [fault for part in apart(made) for fault in faults(part, STYLESHEET)] == []
