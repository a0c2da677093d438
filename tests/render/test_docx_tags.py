"""The field names of GB/T 33476.2 in a DOCX: each element stands in a content control that bears its own."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from lxml import etree

from docgen.gongwen import Document, Masthead, Signatures
from docgen.gongwen.field_names import FIELD_NAMES, element_of_field
from docgen.render.docx import render_docx
from docgen.render.wordml import NAMESPACES
from tests.papers import LETTERS, PAPERS, STYLESHEET, composed

EVERY = {**PAPERS, **LETTERS}


@cache
def controls(name: str) -> tuple[tuple[str, str, str], ...]:
    """The tag, the shown name and the words of each control, those of drawings once."""
    with zipfile.ZipFile(io.BytesIO(render_docx(EVERY[name], composed(EVERY[name]), STYLESHEET))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found = root.xpath("//w:sdt[not(ancestor::mc:Fallback)]", namespaces=NAMESPACES)
    return tuple(tuple(_seen(one, path) for path in ("w:sdtPr/w:tag", "w:sdtPr/w:alias", "")) for one in found)  # type: ignore[misc]


def _seen(control: etree._Element, path: str) -> str:
    if path:
        return str(control.xpath(f"string({path}/@w:val)", namespaces=NAMESPACES))
    return "".join(control.xpath("w:sdtContent//w:t/text()", namespaces=NAMESPACES))  # type: ignore[arg-type]


def words(name: str, tag: str) -> list[str]:
    return [text for found, _, text in controls(name) if found == tag]


@pytest.mark.parametrize("name", EVERY)
def test_what_every_paper_has_is_tagged(name: str) -> None:
    document = EVERY[name]
    assert isinstance(document.masthead, Masthead)
    assert isinstance(document.signatures, Signatures)

    assert words(name, "fawenzihao") == [str(document.masthead.number)]
    assert words(name, "biaoti") == [document.title.replace("\n", "")]
    assert words(name, "zhengwen") == ["".join(paragraph.text for paragraph in document.body)]
    assert words(name, "chengwenriqi") == [document.signatures.signing_date]
    assert words(name, "zhusongjiguan") == ([document.addressees] if document.addressees else [])


@pytest.mark.parametrize("name", EVERY)
def test_every_control_has_the_name_that_its_element_is_known_by(name: str) -> None:
    for tag, alias, text in controls(name):
        element = element_of_field(tag)
        assert element is not None
        assert alias == FIELD_NAMES[element][1]
        assert text


def signed(document: Document) -> list[str]:
    return list(document.signatures.names) if document.signatures is not None else []


def test_signatures_are_numbered_in_the_order_of_the_agencies() -> None:
    names = signed(PAPERS["circular"])

    assert [words("circular", f"fawenjiguanshuming_{number}") for number in (1, 2)] == [[name] for name in names]


def test_the_imprint_is_tagged_part_by_part() -> None:
    imprint = PAPERS["circular"].imprint
    assert imprint is not None

    assert words("circular", "chaosongjiguan") == [f"抄送：{'，'.join(imprint.copy_to)}。"]
    assert words("circular", "yinfajiguan") == [imprint.printing_office]
    assert words("circular", "yinfariqi") == [imprint.printing_date]


def test_an_annex_has_its_label_and_title_tagged_and_its_text_not() -> None:
    annexes = PAPERS["circular"].annexes

    assert words("circular", "fujianshunxuhao") == [annex.label for annex in annexes]
    assert words("circular", "fujianbiaoti") == [annex.title for annex in annexes]
    assert len(words("circular", "zhengwen")) == 1
