"""The DOCX, read back: clean parts, named styles, the composed measures, and the paper's words to the letter."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from docgen.gongwen import Annex
from docgen.layout import compose
from docgen.render.docx import render_docx
from docgen.render.shell import SHELL_NAME, shell
from docgen.render.wordml import NAMESPACES
from docgen.shipped import shipped
from docgen.styles import load_stylesheet
from tests.papers import (
    HOSTILE,
    PAPERS,
    STYLESHEET,
    bare,
    blocks,
    composed,
    document_words,
    lines_of_hanzi,
    metrics,
    paper,
    table,
)

W = f"{{{NAMESPACES['w']}}}"
EVERY = pytest.mark.parametrize("name", PAPERS)


@cache
def made(name: str) -> bytes:
    return render_docx(PAPERS[name], composed(PAPERS[name]), STYLESHEET)


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@cache
def body(name: str) -> etree._Element:
    return etree.fromstring(parts(made(name))["word/document.xml"])


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return root.xpath(path, namespaces=NAMESPACES)  # type: ignore[return-value]


def words(root: etree._Element) -> str:
    """All text in order, line breaks left out; of two branches for one drawing only the first."""
    return bare("".join(_texts(root)))


def _texts(node: etree._Element) -> Iterator[str]:
    if etree.QName(node).localname == "Fallback":
        return
    if node.tag == f"{W}t":
        yield node.text or ""
    for child in node:
        yield from _texts(child)


def value(node: etree._Element, name: str = "val") -> str | None:
    return node.get(W + name)


@EVERY
def test_the_audit_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(made(name))

    assert [str(error) for error in OpenXmlValidator(max_errors=0).validate(path).errors] == []


def test_the_shipped_shell_is_what_the_stylesheet_makes() -> None:
    assert (shipped("templates") / SHELL_NAME).read_bytes() == shell(STYLESHEET)


def test_the_shell_holds_no_prose() -> None:
    text = words(etree.fromstring(parts(shell(STYLESHEET))["word/document.xml"]))
    outside = "".join(piece.partition("}}")[2] for piece in text.replace("{%p", "{{").replace("%}", "}}").split("{{"))

    assert outside == ""


@EVERY
def test_all_words_of_the_paper_stand_in_order(name: str) -> None:
    assert words(body(name)) == document_words(PAPERS[name])


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_template_or_markup_comes_out_verbatim(text: str) -> None:
    texts = ["".join(node.itertext(f"{W}t")) for node in found(body("letter"), "//w:p")]

    assert texts.count(text) == 2
    assert "49" not in texts


def test_hostile_text_in_every_other_place_comes_out_verbatim() -> None:
    document = paper("正文。", title="关于{{7*7}}&<b>的函", addressees="A&B{% if %}：", note="]]>{{7*7}}")
    root = etree.fromstring(parts(render_docx(document, composed(document), STYLESHEET))["word/document.xml"])

    assert words(root) == document_words(document)


@EVERY
def test_no_font_comes_from_the_theme_and_no_mark_is_kept_from_hanging(name: str) -> None:
    for part, content in parts(made(name)).items():
        if part.endswith(".xml"):
            for attribute in (b"asciiTheme", b"hAnsiTheme", b"eastAsiaTheme", b"cstheme", b"overflowPunct"):
                assert attribute not in content, part


def test_every_style_names_its_fonts_for_all_scripts() -> None:
    styles = etree.fromstring(parts(made("circular"))["word/styles.xml"])
    official = {font.official for font in STYLESHEET.fonts}
    named = found(styles, "//w:style[@w:customStyle='1']")

    assert len(named) >= 20
    for fonts in (found(style, "w:rPr/w:rFonts") for style in [*named, found(styles, "//w:rPrDefault")[0]]):
        names = {fonts[0].get(W + script) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(names) == 1
        assert names <= official


@EVERY
def test_every_paragraph_has_a_style_that_exists(name: str) -> None:
    styles = etree.fromstring(parts(made(name))["word/styles.xml"])
    known = {value(style, "styleId") for style in found(styles, "//w:style")}
    used = [found(paragraph, "w:pPr/w:pStyle/@w:val") for paragraph in found(body(name), "//w:p")]

    assert all(used)
    assert {style for styles_used in used for style in styles_used} <= known  # type: ignore[comparison-overlap]


def test_the_body_is_set_in_size_3_on_exact_lines_two_characters_in() -> None:
    styles = etree.fromstring(parts(made("short"))["word/styles.xml"])
    (style,) = found(styles, "//w:style[@w:styleId='Body']")

    assert found(style, "w:rPr/w:sz/@w:val") == ["32"]
    assert found(style, "w:rPr/w:spacing/@w:val") == ["-5"]
    assert found(style, "w:pPr/w:spacing/@w:line") == ["589"]
    assert found(style, "w:pPr/w:spacing/@w:lineRule") == ["exact"]
    assert found(style, "w:pPr/w:ind/@w:firstLineChars") == ["200"]


@EVERY
def test_sections_are_a4_with_the_margins_of_the_text_box_on_a_grid_of_lines(name: str) -> None:
    first, *_ = sections = found(body(name), "//w:sectPr")
    size, margins, grid = (first.find(W + tag) for tag in ("pgSz", "pgMar", "docGrid"))
    assert size is not None
    assert margins is not None
    assert grid is not None

    assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
    assert [value(margins, side) for side in ("top", "bottom", "left", "right")] == ["1905", "1902", "1587", "1474"]
    assert value(grid, "linePitch") == "589"
    assert value(grid, "type") in (None, "lines")
    assert len(sections) == len(list(itertools.groupby(looks(name))))


def looks(name: str) -> list[tuple[bool, bool, bool]]:
    """What sets the pages of a paper apart: annexes, turned ones, those without a number at the end."""
    pages = composed(PAPERS[name]).pages
    first = min((number for number, _ in blocks(composed(PAPERS[name]), "附件")), default=len(pages) + 1)
    return [(page.number >= first, page.is_turned, page.number > 1 and not page.page_number) for page in pages]


def test_turned_pages_lie_on_their_side_with_the_same_type_area_and_a_number_that_runs_down_their_left_edge() -> None:
    sections = [one for one in found(body("turned and upright"), "//w:sectPr") if found(one, "w:pgSz/@w:orient")]
    size, margins = (sections[0].find(W + tag) for tag in ("pgSz", "pgMar"))
    assert size is not None
    assert margins is not None

    assert (value(size, "w"), value(size, "h"), value(size, "orient")) == ("16838", "11906", "landscape")
    assert [value(margins, side) for side in ("top", "left", "right")] == ["1587", "1984", "2097"]
    assert all(found(one, "w:footerReference/@r:id") == ["rId8", "rId9"] for one in sections)
    for part, side in (("word/footer4.xml", "right"), ("word/footer5.xml", "left")):
        footer = etree.fromstring(parts(made("circular"))[part])
        assert found(footer, "//wps:bodyPr/@vert") == ["vert"]
        assert found(footer, "//w:txbxContent//w:jc/@w:val") == [side, side]
        assert found(footer, "//wp:positionH/@relativeFrom") == ["page"]


def test_page_numbers_are_fields_of_separate_runs_right_on_odd_and_left_on_even_pages() -> None:
    content = parts(made("circular"))
    sides = {}
    for part in ("word/footer1.xml", "word/footer2.xml"):
        footer = etree.fromstring(content[part])
        kinds = found(footer, "//w:fldChar/@w:fldCharType")
        runs = [[etree.QName(child).localname for child in run] for run in found(footer, "//w:r")]
        assert kinds == ["begin", "separate", "end"]
        assert all(len(run) == 2 for run in runs)
        assert found(footer, "//w:instrText")[0].text == " PAGE "
        assert words(footer) in ("—1—", "—2—")
        sides[part] = found(footer, "//w:jc/@w:val")

    assert sides == {"word/footer1.xml": ["right"], "word/footer2.xml": ["left"]}
    assert found(etree.fromstring(content["word/settings.xml"]), "//w:evenAndOddHeaders")


@pytest.mark.parametrize(("rows", "goes_on"), [(11, False), (12, True), (14, False)])
def test_a_table_that_went_to_a_new_page_is_told_to_by_its_caption_and_no_other_is(rows: int, goes_on: bool) -> None:
    """LibreOffice loses rows of a table whose first row all but fits on the page before."""
    document = paper("正文。", annexes=(Annex(None, "清单", (table(rows), table(4, caption="表二"))),))
    root = etree.fromstring(parts(render_docx(document, composed(document), STYLESHEET))["word/document.xml"])
    (caption,) = found(root, "//w:p[w:pPr/w:pStyle/@w:val='TableCaption']")

    assert words(caption) == "表二"
    assert bool(found(caption, "w:pPr/w:pageBreakBefore")) is goes_on


def test_a_blank_page_before_the_imprint_and_its_page_bear_no_number() -> None:
    package = parts(made("blank page before imprint"))
    root = etree.fromstring(package["word/document.xml"])
    relations = etree.fromstring(package["word/_rels/document.xml.rels"])
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    last = found(root, "//w:sectPr")[-1]
    footers = {targets[str(found(reference, "@r:id")[0])] for reference in found(last, "w:footerReference")}
    after = found(root, "//w:sectPr/ancestor::w:p/following-sibling::w:p")

    assert footers == {"footer3.xml"}
    assert words(etree.fromstring(package["word/footer3.xml"])) == ""
    assert len(after) == 2
    assert found(after[1], "w:pPr/w:pageBreakBefore")
    assert words(after[0]) == ""


@EVERY
def test_tables_take_their_widths_and_exact_heights_from_the_composition(name: str) -> None:
    shapes = list(composed(PAPERS[name]).shapes.tables.values())
    annex = found(body(name), "/w:document/w:body/w:tbl[w:tr/w:trPr/w:tblHeader]")

    assert len(annex) == len(shapes)
    for drawn, shape in zip(annex, shapes, strict=True):
        heights = [shape.head_height, *(row.height for row in shape.rows)]
        assert found(drawn, "w:tr/w:trPr/w:trHeight/@w:val") == [str(height.twips) for height in heights]
        assert set(found(drawn, "w:tr/w:trPr/w:trHeight/@w:hRule")) == {"atLeast"}
        assert found(drawn, "w:tblGrid/w:gridCol/@w:w") == [str(width.twips) for width in shape.widths]
        assert len(found(drawn, "w:tr/w:trPr/w:cantSplit")) == len(heights)
        assert len(found(drawn, "w:tr/w:trPr/w:tblHeader")) == 1


@EVERY
def test_both_branches_of_the_imprint_hold_the_same(name: str) -> None:
    (choice,) = found(body(name), "//mc:Choice//w:txbxContent")
    (fallback,) = found(body(name), "//mc:Fallback//w:txbxContent")

    assert etree.tostring(choice, method="c14n") == etree.tostring(fallback, method="c14n")
    assert PAPERS[name].imprint.printing_office in "".join(choice.itertext())


@EVERY
def test_the_imprint_hangs_on_the_page_down_to_262_mm(name: str) -> None:
    (anchor,) = found(body(name), "//wp:anchor")
    vertical = found(anchor, "wp:positionV")[0]
    top = int(found(vertical, "wp:posOffset/text()")[0])  # type: ignore[call-overload]
    rows = sum(map(int, found(anchor, ".//w:trHeight/@w:val")))  # type: ignore[arg-type]

    assert vertical.get("relativeFrom") == "page"
    assert (top + rows * 635) / 36000 == pytest.approx(262, abs=0.1)


def test_the_title_keeps_the_break_that_was_composed() -> None:
    (title,) = found(body("circular"), "//w:p[w:pPr/w:pStyle/@w:val='Title']")
    pieces = [
        "\n" if node.tag == f"{W}br" else node.text for node in title.iter(f"{W}t", f"{W}br")
    ]

    assert "".join(piece or "" for piece in pieces).split("\n") == list(composed(PAPERS["circular"]).shapes.title_lines)


def test_the_text_above_the_signatures_and_the_signatures_keep_together() -> None:
    (date,) = found(body("circular"), "//w:p[w:pPr/w:pStyle/@w:val='Date']")
    end_of_text, room = found(date, "ancestor::w:tbl/preceding::w:p")[-2:]

    assert "".join(end_of_text.itertext()) == "（附件数据截止时间为2024年8月9日）"
    assert found(end_of_text, "w:pPr/w:keepNext[not(@w:val='0')]")
    assert found(room, "w:pPr/w:keepNext")
    first_of_row = found(date, "ancestor::w:tbl/w:tr[1]/w:tc[1]/w:p[1]")[0]
    assert found(first_of_row, "w:pPr/w:keepNext")
    assert len(found(date, "ancestor::w:tbl/w:tr/w:trPr/w:cantSplit")) == 2


def test_a_last_line_composed_onto_the_page_of_the_signatures_is_kept_there() -> None:
    document = next(
        document
        for document in (paper(lines_of_hanzi(lines)) for lines in range(2, 24))
        if len(blocks(composed(document), "正文")) == 2 and len(blocks(composed(document), "正文")[1][1].lines) == 1
    )
    root = etree.fromstring(parts(render_docx(document, composed(document), STYLESHEET))["word/document.xml"])
    *_, first, rest = found(root, "//w:p[w:pPr/w:pStyle/@w:val='Body']")

    assert ["".join(rest.itertext())] == [line.text for line in blocks(composed(document), "正文")[1][1].lines]
    assert found(rest, "w:pPr/w:keepNext")
    assert found(rest, "w:pPr/w:ind/@w:firstLineChars") == ["0"]
    assert not found(first, "w:pPr/w:keepNext")


def test_only_the_mark_and_its_rule_are_red() -> None:
    package = parts(made("circular"))
    styles = etree.fromstring(package["word/styles.xml"])
    red = found(styles, "//w:style[w:rPr/w:color/@w:val='FF0000']/@w:styleId")

    assert red == ["Mark"]
    assert found(body("circular"), "//*[@w:color='FF0000']/../../../w:pPr/w:pStyle/@w:val") == ["Number"]
    assert not found(body("circular"), "//w:color")


def test_an_even_gap_stays_under_a_table_that_fills_its_page() -> None:
    for name in PAPERS:
        for shape in composed(PAPERS[name]).shapes.tables.values():
            assert 0 <= shape.gap <= STYLESHEET.table.gap


def test_the_file_bears_the_title_and_the_lead_agency_and_no_date() -> None:
    core = parts(made("circular"))["docProps/core.xml"].decode()

    assert f"<dc:title>{PAPERS['circular'].title}</dc:title>" in core
    assert "<dc:creator>苏州市应急管理局</dc:creator>" in core
    assert "dcterms:created" not in core
    assert "dcterms:modified" not in core


def test_a_title_too_long_for_a_property_is_cut_there_and_not_in_the_paper() -> None:
    long = replace(PAPERS["letter"], title="关于" + "ill " * 64 + "的函")
    saved = render_docx(long, composed(long), STYLESHEET)

    assert f"<dc:title>{long.title[:255]}</dc:title>" in parts(saved)["docProps/core.xml"].decode()
    assert bare(long.title) in bare("".join(etree.fromstring(parts(saved)["word/document.xml"]).itertext()))


def test_a_title_that_leaves_no_room_for_text_is_refused_in_chinese() -> None:
    endless = replace(PAPERS["letter"], title="关于" + "甚长" * 300 + "的函")

    with pytest.raises(ValueError, match="首页排不下正文"):
        render_docx(endless, composed(endless), STYLESHEET)


def test_a_profile_changes_the_measures() -> None:
    visual = load_stylesheet("visual")
    package = parts(render_docx(PAPERS["short"], compose(PAPERS["short"], visual, metrics()), visual))
    (margins,) = found(etree.fromstring(package["word/document.xml"]), "//w:pgMar")

    assert value(margins, "top") == "2045"
    assert b'w:styleId="Body"' in package["word/styles.xml"]
    assert b'w:line="579"' in package["word/styles.xml"]
    assert b'w:line="589"' not in package["word/styles.xml"]


def test_the_same_paper_is_the_same_bytes_twice_and_in_another_process() -> None:
    script = (
        "import hashlib; from tests.papers import *; from docgen.render.docx import render_docx; "
        "print(*(hashlib.sha256(render_docx(PAPERS[name], composed(PAPERS[name]), STYLESHEET)).hexdigest() "
        "for name in ('circular', 'letter')))"
    )
    root = Path(__file__).parents[2]
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "TZ": zone},
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in [("1", "UTC"), ("2", "Asia/Shanghai")]
    }

    assert len(digests) == 1
    assert render_docx(PAPERS["letter"], composed(PAPERS["letter"]), STYLESHEET) == made("letter")
