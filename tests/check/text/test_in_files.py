"""What is wrong in the words of a finished file is found in the file itself: DOCX as it was edited, PDF as it was drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.check.inspect import inspect
from docgen.gongwen import AnnexNote, Document, Signatures, public_version

from .planted import docx_of, pdf_of, retyped, reworded, text_faults
from .test_rules import SOUND

REAL = SOUND
PUBLISHED = public_version(
    replace(REAL, annex_note=AnnexNote(("各地一览表", "各公司一览表"), "（以上附件数据截至2024年12月31日，此后的变化未计入）")),
    {"各公司一览表"},
)
FAULTS = [
    ("HEAD-COPYNO", "000001", "00001"),
    ("HEAD-SECRET", "机密★1年", "机密☆1年"),
    ("DOCNO-FORM", "苏应急〔2024〕132号", "苏应急[2024]132号"),
    ("DOCNO-FORM", "苏应急〔2024〕132号", "苏应急〔2024〕第132号"),
    ("DOCNO-FORM", "苏应急〔2024〕132号", "苏应急〔2024〕0132号"),
    ("TO-COLON", "各财产保险公司：", "各财产保险公司:"),
    ("TO-PUNCT", "应急管理局，各财产", "应急管理局；各财产"),
    ("LEVEL-FORM", "二、存在问题", "三、存在问题"),
    ("LEVEL-FORM", "（二）服务不到位", "（三）服务不到位"),
    ("LEVEL-FORM", "1.逐项核对", "1、逐项核对"),
    ("ANX-NOTE-FORM", "2.各公司一览表", "3.各公司一览表"),
    ("ANX-NOTE-FORM", "2.各公司一览表", "2.各公司一览表。"),
    ("SIG-DATE", "2024年8月15日", "2024年08月15日"),
    ("SIG-DATE", "2024年8月15日", "2024年8月32日"),
    ("NOTE-FORM", "（此件公开发布）", "(此件公开发布)"),
    ("IMP-CC", "市政府办公室。", "市政府办公室"),
    ("IMP-CC", "省应急管理厅，市政府", "省应急管理厅,市政府"),
    ("IMP-PRINT", "2024年8月16日印发", "2024年8月14日印发"),
    ("TXT-DASH", "2024—2026年", "2024-2026年"),
    ("TXT-DASH", "50～80份", "50-80份"),
    ("TXT-FULLW", "现将有关情况通报如下：", "现将有关情况通报如下:"),
    ("TXT-QUOTE", "“甲‘乙’丙”", "“甲‘乙’丙"),
    ("TXT-YEAR", "截至2024年8月9日，全市", "截至24年8月9日，全市"),
    ("TXT-PCT", "63%～68%", "63～68%"),
    ("TXT-CITE", "（苏应急〔2024〕8号）", "苏应急〔2024〕8号"),
    ("TXT-SUM", "金属冶炼467", "金属冶炼468"),
    ("TXT-SUM", "丙类15份", "丙类25份"),
    ("TXT-NAME", "查出问题保单141份", "市应急局查出问题保单141份"),
    ("PLACEHOLDER", "查出问题保单141份", "查出问题保单141份【待核】"),
    ("GENRE-FIT", "各县（市、区）应急管理局，各财产保险公司：", "江苏省应急管理厅："),
    ("ANX-MATCH", "2.各公司一览表", "2.各公司情况一览表"),
]
IN_PDF = [(rule, reworded(REAL, old, new)) for rule, old, new in FAULTS if reworded(REAL, old, new) != REAL]
IN_PDF += [
    ("ANX-NOTE-FORM", replace(REAL, annex_note=AnnexNote(("各地一览表", "各公司一览表。")))),
    ("ANX-MATCH", replace(REAL, annex_note=AnnexNote(("各地一览表", "各公司情况一览表")))),
    ("ANX-MATCH", replace(REAL, annexes=REAL.annexes[:1])),
    ("ANX-MATCH", replace(PUBLISHED, annexes=REAL.annexes[1:])),
    ("SIG-NAME", replace(REAL, signatures=Signatures(("苏州市应急管理局", "苏州市教育局"), "2024年8月15日"))),
    ("SIG-NAME", replace(REAL, signatures=Signatures(("苏州市公安局", "苏州市应急管理局"), "2024年8月15日"))),
    ("CC-SUPERIOR", replace(REAL, imprint=replace(REAL.imprint, copy_to=("市政府办公室",)))),  # type: ignore[type-var]
    ("JOINT-LEVEL", reworded(REAL, "苏州市公安局", "吴江区公安局")),
]


@pytest.mark.parametrize("content", [docx_of(REAL), pdf_of(REAL)], ids=["docx", "pdf"])
def test_a_sound_file_has_no_fault_of_text(content: bytes) -> None:
    assert text_faults(inspect(content)) == set()


@pytest.mark.parametrize("content", [docx_of(PUBLISHED), pdf_of(PUBLISHED)], ids=["docx", "pdf"])
def test_annexes_that_are_said_not_to_be_published_are_not_missed(content: bytes) -> None:
    """The remark that says so takes two lines."""
    assert text_faults(inspect(content)) == set()


@pytest.mark.parametrize(("rule", "old", "new"), FAULTS, ids=[f"{rule}-{new}" for rule, _, new in FAULTS])
def test_other_words_in_a_docx_are_found_by_their_rule(rule: str, old: str, new: str) -> None:
    assert text_faults(inspect(retyped(docx_of(REAL), old, new))) == {rule}


@pytest.mark.parametrize(("rule", "document"), IN_PDF, ids=[f"{rule}-{number}" for number, (rule, _) in enumerate(IN_PDF)])
def test_other_words_in_a_pdf_are_found_by_their_rule(rule: str, document: Document) -> None:
    assert text_faults(inspect(pdf_of(document))) == {rule}
