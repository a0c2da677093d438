"""Every DOCX of a whole run passes the rules of a DOCX, with its tags and style names or without."""

from __future__ import annotations

from tests.check.word_files import NO_FAULT, found_in, stripped
from tests.whole.conftest import Run


def test_no_rule_finds_a_fault_in_any_docx_of_a_run(run: Run) -> None:
    papers = {name: content for name, content in run.files().items() if name.endswith(".docx")}

    assert papers
    assert {name: found for name, content in papers.items() if (found := found_in(content, *NO_FAULT))} == {}
    assert {name: found for name, content in papers.items() if (found := found_in(stripped(content), *NO_FAULT))} == {}
