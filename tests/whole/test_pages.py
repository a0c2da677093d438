"""The finished pages, measured: the circular's grid and edges, and every DOCX beside its PDF in LibreOffice."""

from __future__ import annotations

import itertools

import pytest

from docgen.issuing import load_metrics
from docgen.layout import compose
from docgen.styles import find_fonts, load_stylesheet
from tests.measured import Sheet, read_sheets
from tests.office import convert
from tests.papers import running_lines
from tests.whole.conftest import Run
from tests.whole.finished import pdf_pages

RED = (255, 0, 0)


@pytest.fixture(scope="module")
def circular(half_year: Run) -> list[Sheet]:
    return read_sheets((half_year.folder / "通报.pdf").read_bytes())


@pytest.fixture(scope="module")
def opened(
    half_year: Run, messy: Run, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[bytes, bytes]]:
    """Every paper's PDF, and its DOCX as LibreOffice prints it."""
    drawn, words = {}, {}
    for run in (half_year, messy):
        files = run.files()
        for stem in run.papers:
            drawn[f"{run.folder.parent.name} {stem}"] = files[f"{stem}.pdf"]
            words[f"{run.folder.parent.name} {stem}"] = files[f"{stem}.docx"]
    stylesheet = load_stylesheet()
    printed = convert(words, stylesheet, find_fonts(stylesheet), tmp_path_factory.mktemp("office"))
    return {name: (drawn[name], printed[name]) for name in drawn}


def test_a_full_page_has_22_lines(circular: list[Sheet]) -> None:
    """GB/T 9704-2012, 5.2.3; the page number is a line besides."""
    assert [len(sheet.lines()) - 1 for sheet in circular[1:4]] == [22, 22, 22]


def test_lines_of_the_text_stand_one_pitch_apart(circular: list[Sheet]) -> None:
    heights = sorted({round(mark.baseline, 2) for mark in circular[1].marks})[:-1]

    assert all(abs(b - a - 10.39) < 0.05 for a, b in itertools.pairwise(heights))


def test_full_lines_of_hanzi_have_28_characters(circular: list[Sheet]) -> None:
    """A hung mark stands outside the 28; only lines without figures and Latin words are counted."""
    full = [
        line
        for sheet in circular[1:5]
        for line in sheet.lines()[1:-2]
        if line.isprintable() and not any(char.isascii() for char in line)
    ]

    assert sum(len(line.rstrip("、，。；：")) in (27, 28) for line in full) > 20
    assert max(len(line) for line in full) == 29


def test_the_first_line_stands_at_the_top_white(circular: list[Sheet]) -> None:
    """5.2.1: 天头 37 ± 1 mm, measured to the em box: 0.88 of 16 pt over the baseline."""
    first = min(mark.baseline for mark in circular[1].marks) - 0.88 * 16 * 25.4 / 72

    assert first == pytest.approx(37, abs=1)


def test_text_stands_in_the_type_area(circular: list[Sheet]) -> None:
    """5.2.1: 订口 28 mm, 版心 156 mm; a hung mark may stand outside at the right."""
    for sheet in circular:
        inside = [mark for mark in sheet.marks if mark.char not in "、，。；："]
        assert min(mark.left for mark in inside) >= 27.9
        assert max(mark.right for mark in inside) <= 184.1


def test_the_red_mark_and_rule_stand_where_the_standard_puts_them(circular: list[Sheet]) -> None:
    """7.2.4: 35 mm under the 版心's upper edge; 7.2.7: as long as the 版心, 4 mm under the number."""
    mark = min(mark.top for mark in circular[0].marks)
    number = max(mark.bottom for mark in circular[0].marks if mark.char in "〔〕")
    (rule,) = [box for box in circular[0].boxes if box.colour == RED]

    assert mark == pytest.approx(37 + 35, abs=1)
    assert rule.width == pytest.approx(156, abs=0.1)
    assert rule.top - number == pytest.approx(4, abs=1)


def test_the_imprint_ends_at_the_foot_of_the_last_even_page(circular: list[Sheet]) -> None:
    """7.4: the last rule on the lower edge of the 版心, 262 ± 1 mm."""
    last = max(circular[-1].boxes, key=lambda box: box.middle)

    assert len(circular) % 2 == 0
    assert last.bottom == pytest.approx(262, abs=1)
    assert last.width == pytest.approx(156, abs=0.1)


def test_page_numbers_stand_7_mm_under_the_type_area_on_the_outer_side(circular: list[Sheet]) -> None:
    """7.5: the dashes at 269 ± 1 mm; odd pages at the right, even pages at the left."""
    for number, sheet in enumerate(circular, start=1):
        marks = [mark for mark in sheet.marks if mark.top > 264]
        text = "".join(mark.char for mark in sorted(marks, key=lambda mark: mark.x))
        assert text == f"—{number}—"
        dashes = [mark for mark in marks if mark.char == "—"]
        assert [(mark.top + mark.bottom) / 2 for mark in dashes] == pytest.approx([269, 269], abs=1)
        if number % 2:
            assert 184 - max(mark.right for mark in marks) == pytest.approx(4.94, abs=1)
        else:
            assert min(mark.left for mark in marks) - 28 == pytest.approx(4.94, abs=1)


def test_libreoffice_gives_every_docx_the_pages_of_its_pdf(opened: dict[str, tuple[bytes, bytes]]) -> None:
    counts = {name: (len(pdf_pages(pdf)), len(pdf_pages(office))) for name, (pdf, office) in opened.items()}

    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}
    assert len(counts) == 25


def test_libreoffice_ends_every_page_where_the_pdf_does(opened: dict[str, tuple[bytes, bytes]]) -> None:
    """Each page holds the same characters, in whatever order a table's row is read.

    Marks are left out: one that hangs outside the line is not among the words that LibreOffice's PDF gives back.
    """
    differing = [
        (name, number)
        for name, (pdf, office) in opened.items()
        for number, pages in enumerate(zip(pdf_pages(pdf), pdf_pages(office), strict=True), start=1)
        if len({_characters(page, number) for page in pages}) > 1
    ]

    assert differing == []


def test_libreoffice_ends_every_line_of_running_text_where_the_pdf_does(
    half_year: Run, messy: Run, opened: dict[str, tuple[bytes, bytes]]
) -> None:
    """All of them: the circulars and every letter, annexes too."""
    stylesheet = load_stylesheet()
    metrics = load_metrics(stylesheet)
    differing, lines = [], 0
    for run in (half_year, messy):
        for stem, document in run.papers.items():
            name = f"{run.folder.parent.name} {stem}"
            sheets = read_sheets(opened[name][1])
            for page, sheet in zip(compose(document, stylesheet, metrics).pages, sheets, strict=True):
                drawn = sheet.lines()
                running = [*running_lines(page)]
                lines += len(running)
                differing += [(name, page.number, line) for line in running if line not in drawn]

    assert differing == []
    assert lines > 800


def _characters(page: str, number: int) -> str:
    return "".join(sorted(char for char in page.replace(f"—{number}—", "") if char not in "、，。；："))
