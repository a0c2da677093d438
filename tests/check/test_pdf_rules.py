"""Each rule of a PDF fires on a paper that is broken in one way, and no rule fires on a sound one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.check.catalogue import RULE_IDS
from docgen.check.finding import Found, Grade
from docgen.check.pdf_elements import paper_of_pdf
from docgen.check.pdf_seen import see_pdf
from docgen.check.rules import pdf
from docgen.check.rules.pdf.expected import chars_remedy, pitch_remedy, top_remedy
from docgen.check.seen import Paper, SeenFont
from tests.check.pdf_papers import (
    CIRCULAR,
    COMMAND,
    COPIED,
    SOUND,
    cornered,
    sideways,
    upward,
)
from tests.check.pdf_planted import PLANTED
from tests.check.pdfs import drawn, paper_of, read, text_page
from tests.check.planting import (
    draw,
    moved,
    on_runs,
    set_in,
)
from tests.first_pages import FIRST_PAGES
from tests.papers import lines_of_hanzi, paper


def findings(found: Paper) -> dict[str, list[Found]]:
    told: dict[str, list[Found]] = {}
    for rule in pdf.RULES:
        if rule.grade is not Grade.INFO:
            told |= {rule.id: items} if (items := list(rule.look(found))) else {}
    return told


@pytest.mark.parametrize("name", SOUND)
def test_no_rule_fires_on_our_own_papers(name: str) -> None:
    assert findings(paper_of(SOUND[name])) == {}


def look(rule: str, found: Paper) -> list[Found]:
    return [item for one in pdf.RULES if one.id == rule for item in one.look(found)]


def test_our_own_file_is_made_to_last() -> None:
    assert look("FILE-PDFA", paper_of(CIRCULAR)) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_defect_is_caught_by_its_rule_and_no_other(name: str) -> None:
    rule, broken = PLANTED[name]

    told = findings(read(broken()))

    assert set(told) == {rule}
    assert all(found.found and found.expected and found.remedy for found in told[rule])
    assert all(found.page for found in told[rule]) or rule == "PNO-CONT"


def test_a_font_that_is_not_embedded_is_told() -> None:
    seen = see_pdf(drawn(COPIED))
    found = paper_of_pdf(replace(seen, fonts=(*seen.fonts, SeenFont("SimSun", False))))

    assert set(findings(found)) == {"FONT-EMBED"}


def test_every_rule_is_of_the_catalogue_once() -> None:
    ids = [rule.id for rule in pdf.RULES]

    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(RULE_IDS)


def test_each_rule_has_its_defect() -> None:
    caught = {rule for rule, _ in PLANTED.values()}

    assert {rule.id for rule in pdf.RULES} - caught == {
        "FONT-EMBED",
        "ANX-LANDSCAPE",
        "FILE-PDFA",
        "NUM-NOBREAK",
    }


def test_a_table_turned_to_the_right_is_told() -> None:
    assert "ANX-LANDSCAPE" in findings(sideways(b"0 -1 1 0"))
    assert "ANX-LANDSCAPE" not in findings(sideways(b"0 1 -1 0"))


def test_a_file_not_made_to_last_is_told() -> None:
    (found,) = look("FILE-PDFA", read(text_page(b"BT /F 14 Tf 100 700 Td (Hello) Tj ET")))

    assert found.found == "不是 PDF/A，没有结构标记，没有注明语种"


def test_a_number_cut_by_the_end_of_a_line_is_told() -> None:
    pages = on_runs(COPIED, "正文", set_in(text="全市共有生产经营单位2"), nth=0, line=1)

    (found,) = look("NUM-NOBREAK", read(draw(on_runs(pages, "正文", set_in(text="649家。"), nth=0, line=2))))

    assert "2”与“649家" in found.found


def test_signers_beside_the_number_are_as_they_should_be() -> None:
    assert findings(read(upward("kaiti", 0))) == {}


def test_signers_of_whom_one_has_a_long_name_are_as_they_should_be() -> None:
    assert "SIGNER-UP" not in findings(read(drawn(FIRST_PAGES["上行文三人有复姓"])))


def test_what_stands_in_the_corner_in_order_is_as_it_should_be() -> None:
    lines = (("000001", "fangsong", 0.0, 1), ("机密★1年", "heiti", 0.0, 2), ("特急", "heiti", 0.0, 3))

    assert findings(read(cornered(*lines))) == {}


def test_a_command_with_its_mark_20_mm_down_is_as_it_should_be() -> None:
    up = moved(moved(COMMAND, "发文机关标志", down=-15), "发文字号", down=-15)

    assert "CMD-MARK" not in findings(read(draw(up)))


def test_remedies_of_the_page_name_the_figures_of_the_stylesheets() -> None:
    assert chars_remedy() == "3 号字（16 磅）字距紧缩 0.25 磅，左右边距 28、26 mm"
    assert top_remedy() == "上边距改为 34.58 或 37 mm，首行前不留空段"
    assert pitch_remedy() == (
        "行距改为固定值 29.45 磅（上、下页边距 34.58、32.58 mm）或 28.95 磅（上、下页边距 37、35 mm）"
    )


def test_a_short_line_is_no_full_one() -> None:
    assert findings(paper_of(paper(lines_of_hanzi(3)))) == {}
