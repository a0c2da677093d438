"""Every rule of the catalogue is looked for in some kind of file."""

from __future__ import annotations

from docgen.check.rules import RULES
from docgen.check.told import rule_rows


def test_every_rule_has_a_look() -> None:
    assert [row.id for row in rule_rows() if not row.kinds] == []


def test_each_row_says_in_which_files_the_rule_is_seen() -> None:
    where = {row.id: row.where for row in rule_rows()}

    assert where["DOCNO-FORM"] == "PDF、DOCX"
    assert where["TXT-FIGURE"] == "PDF、DOCX（加 --figures）"
    assert where["DOCNO-REG"] == "PDF、DOCX（加 --register）"


def test_no_look_is_there_twice() -> None:
    looks = [(rule.id, rule.look, rule.kinds) for rule in RULES]

    assert len(set(looks)) == len(looks)
