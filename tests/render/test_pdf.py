"""The finished PDF, measured: what was composed is what was drawn, to a tenth of a millimetre."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from docgen.gongwen import Document
from docgen.layout.pages import Line, Page, TableBlock
from docgen.render import pdf
from docgen.render.pdf import DrawingError, render_pdf
from docgen.styles import FontFile
from tests.measured import Mark, Sheet, read_sheets
from tests.papers import (
    HOSTILE,
    PAPERS,
    STYLESHEET,
    bare,
    composed,
    composed_words,
    document_words,
    metrics,
    page_lines,
    page_words,
    paper,
)

RED = (255, 0, 0)
DRAWN = 0.1
EVERY = pytest.mark.parametrize("name", PAPERS)


@cache
def drawn(document: Document) -> bytes:
    return render_pdf(composed(document), STYLESHEET, metrics())


@cache
def sheets(name: str) -> list[Sheet]:
    return read_sheets(drawn(PAPERS[name]))


@EVERY
def test_every_page_is_a4_and_none_is_more_or_less_than_composed(name: str) -> None:
    assert len(sheets(name)) == len(composed(PAPERS[name]).pages)
    assert all((sheet.width, sheet.height) == pytest.approx((210, 297), abs=0.01) for sheet in sheets(name))


@EVERY
def test_the_text_that_is_read_from_each_page_is_what_was_composed(name: str) -> None:
    pages = composed(PAPERS[name])

    assert [bare(sheet.text) for sheet in sheets(name)] == [page_words(page) for page in pages.pages]
    assert composed_words(pages) == document_words(PAPERS[name])


def places(line: Line) -> Iterator[tuple[str, float, float]]:
    """Where each character of a composed line stands."""
    for run in line.runs:
        x = int(run.x)
        for glyph in metrics().glyphs(run.text, run.face, run.size):
            if not glyph.char.isspace():
                yield glyph.char, x / 36000, line.baseline.mm
            x += glyph.advance + int(run.spacing)


def places_on(page: Page) -> Iterator[tuple[str, float, float]]:
    """Where the characters of a page stand on the upright sheet: what is turned runs upwards, heads at the left."""
    for line in page_lines(page, page_number=False):
        for char, x, baseline in places(line):
            yield (char, baseline, 297 - x) if page.is_turned else (char, x, baseline)
    for line in page.page_number.lines if page.page_number else ():
        yield from places(line)


@EVERY
def test_every_character_stands_where_it_was_composed(name: str) -> None:
    for sheet, page in zip(sheets(name), composed(PAPERS[name]).pages, strict=True):
        wanted = list(places_on(page))
        assert [mark.char for mark in sheet.marks] == [char for char, _, _ in wanted]
        for mark, (_, x, baseline) in zip(sheet.marks, wanted, strict=True):
            assert mark.baseline == pytest.approx(baseline, abs=DRAWN)
            assert mark.x == pytest.approx(x, abs=DRAWN * 2)


@EVERY
def test_every_line_begins_where_it_was_composed(name: str) -> None:
    for sheet, page in zip(sheets(name), composed(PAPERS[name]).pages, strict=True):
        lines = [line for line in page_lines(page) if bare(line.text)]
        rows = by_line(sheet, [bare(line.text) for line in lines])
        wanted = iter(places_on(page))
        for row, line in zip(rows, lines, strict=True):
            first, *_ = [next(wanted) for _ in bare(line.text)]
            assert (row[0].x, row[0].baseline) == pytest.approx(first[1:], abs=DRAWN)


def by_line(sheet: Sheet, page_line_texts: list[str]) -> list[list[Mark]]:
    """Cut a page's characters into its lines."""
    marks = list(sheet.marks)
    rows = []
    for text in page_line_texts:
        rows.append(marks[: len(text)])
        del marks[: len(text)]
    return rows


def text_rows(name: str, page: int) -> list[list[Mark]]:
    lines = page_lines(composed(PAPERS[name]).pages[page - 1], page_number=False)
    return by_line(sheets(name)[page - 1], [bare(line.text) for line in lines])


def test_full_lines_end_at_the_edge_of_the_type_area_and_hung_marks_outside() -> None:
    size, hung = STYLESHEET.body.size.mm, 0
    for page in (1, 2, 3):
        for row in text_rows("circular", page):
            *_, before, last = row
            if last.x > 184 - 0.5:
                hung += 1
                assert last.char in "，。、；："
                last = before
            if last.x > 174 and row[0].x < 40:
                width = size / 2 if last.char.isascii() else size
                assert last.x + width == pytest.approx(184, abs=0.3)
    assert hung


def test_a_full_page_has_22_lines_of_28_hanzi_from_edge_to_edge() -> None:
    rows = text_rows("full pages of hanzi", 2)

    assert len(rows) == 22
    assert {len(row) for row in rows} == {28}
    for row in rows:
        assert row[0].x == pytest.approx(28, abs=0.1)
        assert row[-1].x + STYLESHEET.body.size.mm == pytest.approx(184, abs=0.3)


def test_the_first_line_of_a_page_begins_37_mm_down_and_the_last_ends_at_262_mm() -> None:
    first, *_, last = text_rows("full pages of hanzi", 2)

    assert min(mark.top for mark in first) == pytest.approx(37, abs=1)
    assert max(mark.bottom for mark in last) == pytest.approx(262, abs=1.5)


@EVERY
def test_the_red_marks_ink_begins_35_mm_below_the_type_area(name: str) -> None:
    issuer = PAPERS[name].masthead.issuers[0]
    mark = sheets(name)[0].marks[: len(issuer)]

    assert min(character.top for character in mark) == pytest.approx(37 + 35, abs=0.3)


@EVERY
def test_the_red_rule_is_156_mm_long_and_the_only_red_one(name: str) -> None:
    red = [box for sheet in sheets(name) for box in sheet.boxes if box.colour == RED]
    number = next(row for row in text_rows(name, 1) if row[-1].char == "号")

    assert len(red) == 1
    assert (red[0].left, red[0].width) == pytest.approx((28, 156), abs=0.05)
    assert 0.35 <= red[0].height <= 0.8
    assert red[0].top - max(mark.bottom for mark in number) == pytest.approx(4, abs=1)


@EVERY
def test_the_imprints_last_rule_ends_at_262_mm_on_an_even_page(name: str) -> None:
    pages = sheets(name)
    rules = sorted((box for box in pages[-1].boxes if box.width > 150), key=lambda box: box.bottom)

    assert len(pages) % 2 == 0
    assert rules[-1].bottom == pytest.approx(262, abs=0.1)
    assert rules[-1].height == pytest.approx(0.35, abs=0.02)
    assert rules[-1].width == pytest.approx(156, abs=0.05)


@EVERY
def test_the_page_numbers_dash_stands_at_269_mm_outside_the_text(name: str) -> None:
    for number, (sheet, page) in enumerate(zip(sheets(name), composed(PAPERS[name]).pages, strict=True), start=1):
        below = [mark for mark in sheet.marks if mark.baseline > 262.5]
        assert "".join(mark.char for mark in below) == (f"—{number}—" if page.page_number else "")
        if below:
            assert (below[0].top + below[0].bottom) / 2 == pytest.approx(269, abs=0.1)
            gap = 184 - below[-1].right if number % 2 else below[0].left - 28
            assert 4 <= gap <= 8.5


def test_table_rules_are_drawn_where_rows_and_columns_meet() -> None:
    page = next(page for page in composed(PAPERS["circular"]).pages if isinstance(page.blocks[0], TableBlock))
    block = page.blocks[0]
    boxes = sheets("circular")[page.number - 1].boxes

    across = sorted(box.middle for box in boxes if box.width > 150 and box.middle <= 262)
    down = sorted((box.left + box.right) / 2 for box in boxes if box.width < 1)

    assert isinstance(block, TableBlock)
    assert across[: len(block.rows)] == pytest.approx([row.top.mm for row in block.rows], abs=0.05)
    assert down == pytest.approx([edge.mm for edge in block.edges], abs=0.05)


def test_the_rules_of_a_turned_table_are_drawn_where_rows_and_columns_meet() -> None:
    page = next(page for page in composed(PAPERS["crowded table"]).pages if page.is_turned)
    block = page.blocks[2]
    boxes = sheets("crowded table")[page.number - 1].boxes

    rows = sorted((box.left + box.right) / 2 for box in boxes if box.height > 200)
    columns = sorted(297 - box.middle for box in boxes if box.height < 1)

    assert isinstance(block, TableBlock)
    assert rows[: len(block.rows)] == pytest.approx([row.top.mm for row in block.rows], abs=0.05)
    assert columns == pytest.approx([edge.mm for edge in block.edges], abs=0.05)


def test_a_turned_table_has_its_head_at_the_left_and_its_page_number_at_the_foot_of_odd_and_even_pages() -> None:
    pages = [page for page in composed(PAPERS["crowded table"]).pages if page.is_turned]
    assert {page.number % 2 for page in pages} == {0, 1}
    for page in pages:
        *table, dash, _, other = sheets("crowded table")[page.number - 1].marks
        head = [mark for mark in table if mark.char == "第"]
        rest = [mark for mark in table if mark.char == "说"]
        assert max(mark.right for mark in head) < min(mark.left for mark in rest)
        assert min(mark.left for mark in table) >= 28
        assert (dash.top + dash.bottom) / 2 == pytest.approx(269, abs=0.1)
        assert (other.right > 170) if page.number % 2 else (dash.left < 40)


@EVERY
def test_every_font_is_embedded_and_cut_down_to_what_is_used(name: str) -> None:
    with pikepdf.open(io.BytesIO(drawn(PAPERS[name]))) as document:
        fonts = {
            str(font["/BaseFont"]): font["/DescendantFonts"][0]["/FontDescriptor"]
            for page in document.pages
            for font in page.get("/Resources", {}).get("/Font", {}).values()
        }
        programs = [
            descriptor[key].read_bytes()
            for descriptor in fonts.values()
            for key in ("/FontFile2", "/FontFile3")
            if key in descriptor
        ]

        assert len(programs) == len(fonts) >= 3
        assert all(len(program) < 400_000 for program in programs)
        assert not any("JP" in name.upper() for name in fonts)


def extents(file: FontFile, index: int, text: str) -> list[tuple[float, float]]:
    """Width and height of each character's ink in ems."""
    face = hb.Face(hb.Blob.from_file_path(str(file.path)), index)
    font = hb.Font(face)
    boxes = [font.get_glyph_extents(font.get_nominal_glyph(ord(char)) or 0) for char in text]
    return [(box.width / face.upem, -box.height / face.upem) for box in boxes]


def japanese_face(file: FontFile) -> int:
    for index in range(20):
        with TTFont(str(file.path), fontNumber=index, lazy=True) as face:
            if "jp-" in str(face["name"].getDebugName(6)):
                return index
    raise LookupError(file.path)


def test_what_is_drawn_is_the_chinese_form_of_a_character_not_the_japanese() -> None:
    unlike = "直骨门角"
    file, size = metrics().files.faces["xiaobiaosong"], STYLESHEET.title.size.mm
    sheet = read_sheets(drawn(paper("正文。", title=f"关于{unlike}的通知")))[0]
    at = next(place for place, mark in enumerate(sheet.marks) if mark.char == "直")
    ink = [
        ((mark.right - mark.left) / size, (mark.bottom - mark.top) / size) for mark in sheet.marks[at : at + 4]
    ]
    chinese, japanese = (extents(file, index, unlike) for index in (file.index, japanese_face(file)))

    assert [value for box in ink for value in box] == pytest.approx(
        [value for box in chinese for value in box], abs=0.015
    )
    assert sum(one != pytest.approx(other, abs=0.03) for one, other in zip(chinese, japanese, strict=True)) >= 1


def tags(node: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    """Every structure element under a node."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid["/S"]), kid
            yield from tags(kid)


def test_readers_are_told_what_is_heading_paragraph_and_table() -> None:
    with pikepdf.open(io.BytesIO(drawn(PAPERS["circular"]))) as document:
        root = document.Root
        count = Counter(kind for kind, _ in tags(root["/StructTreeRoot"]))
        rows = [row for kind, row in tags(root["/StructTreeRoot"]) if kind == "/TR"]

        assert str(root["/Lang"]) == "zh-CN"
        assert str(document.docinfo["/Title"]) == PAPERS["circular"].title
        assert {"/P", "/H1", "/H2", "/Table", "/TR", "/TH", "/TD"} <= set(count)
        assert count["/TH"] % 7 == 0
        assert all({kind for kind, _ in tags(row)} & {"/TH", "/TD"} for row in rows)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_clerk_is_taken_for_markup(text: str) -> None:
    assert bare(text) in bare("".join(sheet.text for sheet in sheets("letter")))


@pytest.mark.parametrize(
    "slip",
    [
        "<style>p{colour:red}</style>",
        '<img src="file:///etc/hostname">',
        '<img src="http://example.invalid/seal.png">',
        '<img src="docgen-font:unknown">',
    ],
)
def test_whatever_the_drawing_library_warns_of_is_an_error(slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = pdf.pages_html
    monkeypatch.setattr(
        pdf, "pages_html", lambda *parts: written(*parts).replace("<section", f"{slip}<section", 1)
    )

    with pytest.raises(DrawingError, match="排版库有警告"):
        render_pdf(composed(PAPERS["short"]), STYLESHEET, metrics())


@pytest.mark.parametrize("url", ["file:///etc/hostname", "http://example.invalid/", "https://example.invalid/a.png", "/etc/hostname"])
def test_nothing_but_the_papers_own_parts_is_fetched(url: str) -> None:
    fetcher = pdf.OwnParts({"docgen-font:fangsong": (b"font", "font/otf")})

    assert fetcher.fetch("docgen-font:fangsong").read() == b"font"
    with pytest.raises(ValueError):
        fetcher.fetch(url)


def test_a_page_more_than_composed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    written = pdf.pages_html
    monkeypatch.setattr(pdf, "pages_html", lambda *parts: written(*parts).replace("</body>", "<section></section></body>"))

    with pytest.raises(DrawingError, match="应画 2 页，画出了 3 页"):
        render_pdf(composed(PAPERS["short"]), STYLESHEET, metrics())


def test_the_same_paper_is_the_same_bytes_twice_and_in_another_process() -> None:
    script = (
        "import hashlib; from tests.papers import *; from docgen.render.pdf import render_pdf; "
        "print(hashlib.sha256(render_pdf(composed(PAPERS['letter']), STYLESHEET, metrics())).hexdigest())"
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
    assert render_pdf(composed(PAPERS["letter"]), STYLESHEET, metrics()) == drawn(PAPERS["letter"])
