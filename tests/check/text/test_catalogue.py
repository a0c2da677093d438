"""Every rule of the catalogue is looked for in some kind of file, or is one that a file alone does not show."""

from __future__ import annotations

from docgen.check.rules import RULES
from docgen.check.told import NEED_REGISTER, rule_rows


def test_every_rule_has_a_look_or_is_one_that_no_file_shows() -> None:
    assert {row.id for row in rule_rows() if not row.kinds} == set(NEED_REGISTER)


def test_each_row_says_in_which_files_the_rule_is_seen() -> None:
    where = {row.id: row.where for row in rule_rows()}

    assert where["DOCNO-FORM"] == "PDF、DOCX"
    assert where["TXT-FIGURE"] == "PDF、DOCX（加 --figures）"
    assert where["DOCNO-REG"].startswith("要对照发文登记簿")


def test_no_look_is_there_twice() -> None:
    looks = [(rule.id, rule.look, rule.kinds) for rule in RULES]

    assert len(set(looks)) == len(looks)
