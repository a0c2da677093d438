"""DOCNO-REG: a number is in the register, is not 作废, is this paper's; an issued file is byte for byte the issued one."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest

from docgen.check.finding import Grade
from docgen.check.inspect import inspect
from docgen.check.known_numbers import KnownNumber, KnownNumbers
from docgen.check.rules.text.reading import bare
from docgen.gongwen import DocumentNumber
from docgen.issuing.checking import numbers_of
from docgen.register import IssuedFile, Particulars, Source, Wanted, open_register
from tests.check.pdfs import drawn
from tests.check.word_files import made
from tests.papers import PAPERS

CIRCULAR = PAPERS["circular"]
NUMBER = "苏应急〔2024〕132号"
TITLE = bare(CIRCULAR.title)
FILES = {"docx": made("circular"), "pdf": drawn(CIRCULAR)}
EACH = pytest.mark.parametrize("kind", FILES)


def told(content: bytes, known: KnownNumbers | None) -> list[tuple[Grade, str, str]]:
    """The rule's findings: grade, what was found, what to do."""
    return [
        (finding.grade, finding.at.found, finding.at.remedy)
        for finding in inspect(content, known_numbers=known).findings
        if finding.rule.id == "DOCNO-REG"
    ]


def issued(*contents: bytes, title: str = TITLE) -> KnownNumber:
    return KnownNumber(title, is_issued=True, sha256=frozenset(hashlib.sha256(one).hexdigest() for one in contents))


@EACH
def test_without_a_register_nothing_is_said(kind: str) -> None:
    assert told(FILES[kind], None) == []


@EACH
def test_an_issued_file_is_what_the_register_says(kind: str) -> None:
    assert told(FILES[kind], {NUMBER: issued(*FILES.values())}) == []


@EACH
def test_a_number_that_is_kept_for_this_paper_is_right(kind: str) -> None:
    assert told(FILES[kind], {NUMBER: KnownNumber(TITLE)}) == []
    assert told(FILES[kind], {NUMBER: KnownNumber("")}) == []


@EACH
def test_a_number_that_is_not_in_the_register_is_an_error(kind: str) -> None:
    (one,) = told(FILES[kind], {"苏应急〔2024〕131号": KnownNumber(TITLE)})

    assert one[:2] == (Grade.ERROR, f"登记簿里没有“{NUMBER}”")


@EACH
def test_a_void_number_is_an_error_whatever_its_title(kind: str) -> None:
    (one,) = told(FILES[kind], {NUMBER: KnownNumber("别的通报", is_void=True, reason="重号")})

    assert one == (Grade.ERROR, f"“{NUMBER}”已经作废（重号）", "换用新取的号；作废的号不再用")


@EACH
def test_a_number_of_another_title_is_an_error(kind: str) -> None:
    (one,) = told(FILES[kind], {NUMBER: issued(*FILES.values(), title="关于开展安全\n生产检查的通知")})

    assert one[0] is Grade.ERROR
    assert one[1] == f"登记簿里“{NUMBER}”是《关于开展安全生产检查的通知》，这份是《{TITLE}》"


@EACH
def test_a_file_that_was_saved_again_is_only_remarked(kind: str) -> None:
    (one,) = told(FILES[kind], {NUMBER: issued(b"another")})

    assert one[:2] == (Grade.INFO, f"“{NUMBER}”已印发，这个文件与印发时的文件不同")


def test_a_draft_has_no_number_to_look_for() -> None:
    assert told(made("letter"), {}) == []


def test_the_numbers_of_a_register_are_read_as_they_stand(tmp_path: Path) -> None:
    at = datetime(2024, 8, 15, 9, 0)
    particulars = Particulars("通报", CIRCULAR.title, signing_date=date(2024, 8, 15))
    with open_register(str(tmp_path / "登记簿.db"), "李示例", lambda: at) as register:
        register.take("通报-1", [Wanted("通报", "苏应急", 2024, 132, particulars)], Source.OFFICE)
        register.mark_issued("通报-1", "通报", [IssuedFile("正本/通报.pdf", hashlib.sha256(FILES["pdf"]).hexdigest())])
        register.reserve("苏应急", 2024, [133, 134])
        register.void(DocumentNumber("苏应急", 2024, 134), "重号")
        known = numbers_of(register)

    assert known == {
        NUMBER: issued(FILES["pdf"], title=CIRCULAR.title),
        "苏应急〔2024〕133号": KnownNumber(""),
        "苏应急〔2024〕134号": KnownNumber("", is_void=True, reason="重号"),
    }
    assert told(FILES["pdf"], known) == []
    assert [grade for grade, *_ in told(FILES["docx"], known)] == [Grade.INFO]
