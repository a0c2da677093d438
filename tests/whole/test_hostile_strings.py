"""Hostile strings in every text column and setting come out as they were typed, or as a problem says they do.

What is announced: a character that cannot be printed is 〓, a break is a blank, full-width digits are half-width;
ids are written in compatibility form (NFKC). Blanks at both ends go without a word. Nothing else changes.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from docgen.intake import read_input
from docgen.issuing import load_metrics
from docgen.styles import load_stylesheet
from tests.whole import hostile
from tests.whole.conftest import run_all
from tests.whole.finished import docx_words, pdf_pages
from tests.whole.hostile import (
    COLUMNS,
    IDS,
    LISTS,
    OF_A_LETTER,
    STRINGS,
    TEXTS,
    Hostile,
    mark,
    setting_mark,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOUBT = "【待核】"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NOT_PRINTED = {
    ("保险公司", "系统内名称"), ("保险公司", "联系人"), ("保险公司", "联系电话"), ("保单", "批单号"), ("问题", "问题小类"),
    ("问题", "检查人"), ("应保未保", "截止日后情况"), ("应保单位名册", "单位名称"), ("应保单位名册", "曾用名"),
}
IN_LETTERS_ONLY = {("保险公司", "全称"), ("保险公司", "主送名称")}
ONLY_IN = {("保险公司", "全称"): (".xlsx",), ("保险公司", "主送名称"): (".docx", ".pdf")}
"""A letter is addressed to 主送名称 where there is one; its workbook bears 全称."""
SUFFIXES = (".docx", ".pdf", ".xlsx")
PRINTED = [column for column in COLUMNS if column not in NOT_PRINTED]
BEYOND_XLSXWRITER = "excel-escaped"
"""_x005F_x0041_: XlsxWriter escapes the first of two escapes that share an underscore, so Excel shows _x005FA."""


@dataclass(frozen=True)
class Papers:
    """What stands in the papers of a run, by format: cells and paragraphs as texts; a PDF without its blanks."""

    code: int
    said: str
    texts: Mapping[str, list[str]]
    whole: Mapping[str, list[str]]
    """Every word of each DOCX and PDF without blanks, what stands in several paragraphs joined."""


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.write_folder(tmp_path_factory.mktemp("hostile") / "数据")


@pytest.fixture(scope="module")
def papers(given: Path) -> Papers:
    folder = given.parent / "输出"
    code, said = run_all(given, folder, "1")
    texts: dict[str, list[str]] = defaultdict(list)
    whole: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.*")):
        if path.name == "核对单.xlsx" or path.suffix not in _READERS:
            continue
        texts[path.suffix] += _READERS[path.suffix](path)
        if path.suffix == ".docx":
            whole[path.suffix].append(bare(docx_words(path.read_bytes())))
    whole[".pdf"] = texts[".pdf"]
    return Papers(code, said, texts, whole)


def _docx(path: Path) -> Iterator[str]:
    """Every paragraph and every table cell."""
    with zipfile.ZipFile(path) as package:
        roots = [
            etree.fromstring(package.read(name)) for name in package.namelist() if re.match(r"word/\w+\.xml", name)
        ]
    for root in roots:
        for second in list(root.iter(_FALLBACK)):
            second.getparent().remove(second)
        for tag in ("p", "tc"):
            for element in root.iter(f"{_W}{tag}"):
                yield "".join(text.text or "" for text in element.iter(f"{_W}t"))


def _xlsx(path: Path) -> Iterator[str]:
    """Every cell as Excel shows it: _x0041_ in the file is an A, _x005F_ an underscore."""
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if b"<f>" in package.read(name)], path.name
        root = etree.fromstring(package.read("xl/sharedStrings.xml"))
    for item in root:
        text = "".join(part.text or "" for part in item.iter("{*}t"))
        yield _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text)
    for sheet in openpyxl.load_workbook(path):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], path.name


def _pdf(path: Path) -> Iterator[str]:
    yield "".join(pdf_pages(path.read_bytes()))


_READERS = {".docx": _docx, ".xlsx": _xlsx, ".pdf": _pdf}


def _named(name: str) -> Hostile:
    return next(string for string in STRINGS if string.name == name)


def _of_a_setting(string: Hostile, item: str) -> str:
    """A setting keeps full-width digits, unless something else in it is mended; a break in it joins two lines."""
    return string.typed if string.code == "full-width" and item in LISTS else string.expected


def expected(number: int, header: str) -> str:
    """The string of this number as a column prints it."""
    printed = STRINGS[number].expected
    return unicodedata.normalize("NFKC", printed).strip() if header in IDS else printed


def altered(texts: Iterable[str], wanted: Mapping[str, str], *, is_pdf: bool) -> dict[str, str]:
    """Give, by mark, where a mark stands and not behind its string, or stands nowhere."""
    place = re.compile("记\\d\\d[^\\d]")
    found: set[str] = set()
    wrong = {}
    for text in texts:
        for match in place.finditer(text):
            if match[0] not in wanted:
                continue
            found.add(match[0])
            right = bare(wanted[match[0]]) if is_pdf else wanted[match[0]]
            if not text[: match.start()].endswith(right):
                wrong[match[0]] = text[max(0, match.start() - len(right) - 5) : match.end()]
    return wrong | dict.fromkeys(wanted.keys() - found, "nowhere")


def bare(text: str) -> str:
    """A text without its blanks and soft hyphens, as a PDF gives it."""
    return "".join(text.split()).replace("\u00ad", "")


def test_the_papers_are_made_all_the_same(papers: Papers) -> None:
    assert papers.code == 0, papers.said
    assert set(papers.texts) == {".docx", ".pdf", ".xlsx"}


@pytest.mark.parametrize(
    ("column", "suffix"),
    [(column, suffix) for column in PRINTED for suffix in ONLY_IN.get(column, SUFFIXES)],
    ids=lambda given: given if isinstance(given, str) else "-".join(given),
)
def test_a_column_prints_each_string_as_it_was_typed(
    papers: Papers, column: tuple[str, str], suffix: str
) -> None:
    numbers = range(len(STRINGS))
    if column in IN_LETTERS_ONLY:
        numbers = [number for number in numbers if STRINGS[number].name in OF_A_LETTER]
    wanted = {mark(number, *column): expected(number, column[1]) for number in numbers}
    if suffix == ".xlsx":
        wanted = {sign: text for sign, text in wanted.items() if text != _named(BEYOND_XLSXWRITER).typed}

    assert altered(papers.texts[suffix], wanted, is_pdf=suffix == ".pdf") == {}


@pytest.mark.parametrize("column", PRINTED, ids="-".join)
def test_nothing_is_put_before_a_string_in_a_cell(papers: Papers, column: tuple[str, str]) -> None:
    """No apostrophe before =1+1: what begins as a formula is a text, and stays as it was typed."""
    cells = set(papers.texts[".docx"]) | set(papers.texts[".xlsx"])
    if column[0] == "保险公司":
        cells |= {cell.rstrip("：") for cell in cells}
    if column == ("保险公司", "全称"):
        cells |= {cell.partition("：")[0] for cell in cells}
    numbers = [n for n in range(len(STRINGS)) if column not in IN_LETTERS_ONLY or STRINGS[n].name in OF_A_LETTER]
    whole = [expected(number, column[1]) + mark(number, *column) for number in numbers]

    assert [text for text in whole if text not in cells and text + _DOUBT not in cells] == []


@pytest.mark.parametrize("item", [*LISTS, *TEXTS])
@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_setting_prints_each_string_as_it_was_typed(papers: Papers, item: str, suffix: str) -> None:
    numbers = range(len(STRINGS))
    if item in TEXTS:
        numbers = numbers[TEXTS.index(item) :: len(TEXTS)]
    wanted = {setting_mark(number, item): _of_a_setting(STRINGS[number], item) for number in numbers}

    assert altered(papers.whole[suffix], wanted, is_pdf=True) == {}


@pytest.mark.parametrize("column", COLUMNS, ids="-".join)
def test_what_a_column_changes_is_said_at_its_cell(given: Path, column: tuple[str, str]) -> None:
    problems = [
        (problem.code, problem.where.sheet, problem.where.column, problem.where.row)
        for problem in _read(given)
    ]
    changed = {number for number, string in enumerate(STRINGS) if string.code}
    said = {(code, row) for code, sheet, header, row in problems if (sheet, header) == column}
    codes = {code for code, _ in said}
    first = 3 if column[0] == "保险公司" else 2

    for number in changed:
        string = STRINGS[number]
        # A notice is said once a column, with the number of its cells.
        is_notice = string.code in ("line-break", "full-width")
        assert string.code in codes if is_notice else (string.code, number + first) in said, string.name


def _read(folder: Path) -> list:  # type: ignore[type-arg]
    return list(read_input(folder, None, load_metrics(load_stylesheet()).undrawable).problems)


def test_a_workbook_is_read_as_a_csv_is(given: Path, tmp_path: Path) -> None:
    """XlsxWriter writes what Excel would: _x0041_ typed by hand is _x005F_x0041_ in the file."""
    with xlsxwriter.Workbook(tmp_path / "检查数据.xlsx", {"strings_to_formulas": False}) as book:
        for path in sorted(given.glob("*.csv")):
            sheet = book.add_worksheet(path.stem)
            for row, line in enumerate(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))):
                for column, cell in enumerate(line):
                    sheet.write_string(row, column, cell)
    (tmp_path / "发文.toml").write_bytes((given / "发文.toml").read_bytes())
    undrawable = load_metrics(load_stylesheet()).undrawable
    of_csv = read_input(given, None, undrawable).records
    of_book = read_input(tmp_path / "检查数据.xlsx", tmp_path / "发文.toml", undrawable).records

    assert of_csv is not None
    assert of_book is not None
    for sheet, header in COLUMNS:
        pairs = zip(of_csv[sheet][header], of_book[sheet][header], strict=True)
        differing = [pair for pair in pairs if pair[0] != pair[1]]
        assert [pair for pair in differing if not pair[0].startswith(_named(BEYOND_XLSXWRITER).typed)] == []
