"""A recipient's finished files are read back: all of its own is there, nothing of anybody else's, wherever it hides."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from docgen.check.isolation import Everybody, Recipient, leaks
from docgen.errors import Unreadable
from docgen.gongwen import Annex, Cell, CellKind, Document, Table, TableColumn
from docgen.render.docx import render_docx
from docgen.render.shell import packed
from docgen.render.xlsx import Sheet, workbook
from tests.check.pdfs import drawn, one_page, stream
from tests.check.word_files import parts_of, patched
from tests.papers import STYLESHEET, composed, letter

LONG = "PZDB2024000000000000000000000000000007"
OWN = Recipient(
    "太初洋财险", "太初洋财产保险股份有限公司苏州分公司", "太初洋财产保险股份有限公司", ("太初洋保险",),
    frozenset({"P-1", LONG}), frozenset({"P-1", LONG, "P-5", "P-11"}),
)  # fmt: skip
OTHER = Recipient(
    "太初", "太初财产保险股份有限公司", "太初财产保险股份有限公司", ("太初财险乙川支公司",),
    frozenset({"P-10"}), frozenset({"P-10", "P-2", "P-5", "1001", "苏安 2024 第3号"}),
)  # fmt: skip
EVERYBODY = Everybody([OWN, OTHER])
DAY = date(2024, 8, 15)
COLUMNS = (
    TableColumn("序号", CellKind.INTEGER, 3), TableColumn("保单号", CellKind.ID, 8),
    TableColumn("被保险单位", CellKind.TEXT, 10), TableColumn("从业人员数", CellKind.INTEGER, 5),
)  # fmt: skip
NUMBERS = ("P-1", LONG)
FORMATS = ("docx", "pdf", "xlsx")
EACH = pytest.mark.parametrize("kind", FORMATS)


def listed(*numbers: str, unit: str = "甲山青禾铸造有限公司", people: int = 12) -> Table:
    rows = ((Cell(place), Cell(number), Cell(unit), Cell(people)) for place, number in enumerate(numbers, start=1))
    return Table(COLUMNS, tuple(rows))


def the_letter(table: Table, text: str = "现将检查发现的问题反馈给你公司。", **changes: object) -> Document:
    whole = {"addressees": f"{OWN.addressee}：", "annexes": (Annex(None, "问题清单", (table,)),), **changes}
    return letter(text, **whole)


def docx(document: Document) -> bytes:
    return render_docx(document, composed(document), STYLESHEET)


def xlsx(table: Table, name: str = "问题清单") -> bytes:
    return workbook([Sheet(name, f"{OWN.full_name}：问题清单", (table,))], "问题清单", DAY)


def files(table: Table | None = None, text: str = "现将检查发现的问题反馈给你公司。", **changes: object) -> dict[str, bytes]:
    """The three files of the letter."""
    table = listed(*NUMBERS) if table is None else table
    document = the_letter(table, text, **changes)
    return {"函.docx": docx(document), "函.pdf": drawn(document), "问题清单.xlsx": xlsx(table)}


def of(kind: str, given: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in given.items() if path.endswith(kind)}


def told(given: Mapping[str, bytes], *permitted: str, own: Recipient = OWN) -> list[str]:
    return [str(leak) for leak in leaks(own, given, EVERYBODY, permitted)]


def test_an_own_letter_is_silent() -> None:
    assert told(files()) == []


@EACH
def test_an_own_number_that_is_missing_is_named_with_the_file(kind: str) -> None:
    (line,) = told(of(kind, files(listed(LONG))))

    assert line.endswith(f".{kind}”，缺太初洋财险自己的保单号“P-1”")


@EACH
def test_anothers_number_is_named_with_its_owner_and_place(kind: str) -> None:
    (line,) = told(of(kind, files(listed(*NUMBERS, "P-2"))))

    place = {"docx": "“函.docx”正文第 1 张表第 4 行", "pdf": "“函.pdf”第 2 页表格", "xlsx": "“问题清单.xlsx”工作表“问题清单”B5"}
    assert line == f"{place[kind]}，出现太初的保单号“P-2”"


@EACH
def test_a_number_is_not_in_a_longer_one(kind: str) -> None:
    lines = told(of(kind, files(listed("P-10", LONG))))

    assert len(lines) == 2
    assert lines[0].endswith("出现太初的保单号“P-10”")
    assert lines[1].endswith("缺太初洋财险自己的保单号“P-1”")
    assert told(of(kind, files(listed(*NUMBERS, "P-11")))) == []


@EACH
def test_a_policy_of_two_is_nobody_elses(kind: str) -> None:
    assert told(of(kind, files(listed(*NUMBERS, "P-5")))) == []


@pytest.mark.parametrize("written", ["P－２", "p-2", "P‑2", "P-2/P-1", "（P-2）", "保单P-2号"])
def test_a_number_is_known_however_it_is_written(written: str) -> None:
    lines = told({"问题清单.xlsx": xlsx(listed(*NUMBERS, written))})

    assert [line.partition("，")[2] for line in lines] == ["出现太初的保单号“P-2”"]


@EACH
def test_a_number_with_blanks_and_characters_is_found(kind: str) -> None:
    (line,) = told(of(kind, files(listed(*NUMBERS, "苏安 2024 第3号"))))

    assert "出现太初的保单号“苏安 2024 第3号”" in line


@EACH
def test_a_few_figures_are_a_policys_number_only_below_that_head(kind: str) -> None:
    assert told(of(kind, files(listed(*NUMBERS, people=1001)))) == []
    assert len(told(of(kind, files(listed(*NUMBERS, "1001"))))) == 1


def test_a_number_that_breaks_over_lines_of_a_pdf_cell_is_found() -> None:
    narrow = Table(
        tuple(TableColumn(f"第{number}项指标说明", CellKind.TEXT, 8) for number in range(8)) + COLUMNS[1:2],
        tuple((*(Cell("说明文字较长，分作几行"),) * 8, Cell(number)) for number in (*NUMBERS, LONG[:-1] + "8")),
    )
    document = the_letter(narrow)
    others = replace(OTHER, policy_numbers=frozenset({LONG[:-1] + "8"}))

    assert told({"函.pdf": drawn(document)}) == []
    (leak,) = leaks(OWN, {"函.pdf": drawn(document)}, Everybody([OWN, others]))
    assert leak.what == f"出现太初的保单号“{LONG[:-1]}8”"


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("name", ["太初财产保险股份有限公司", "太初财险乙川支公司", "太初"])
def test_anothers_name_is_named(kind: str, name: str) -> None:
    (line,) = told(of(kind, files(text=f"请与{name}对照。")))

    assert line.endswith(f"出现太初的名称“{name}”")


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("name", [*OWN.names, "太　初　洋财险"])
def test_an_own_name_that_begins_like_anothers_is_none_of_anothers(kind: str, name: str) -> None:
    assert told(of(kind, files(text=f"请{name}逐一核对。"))) == []


def test_a_longer_name_of_anothers_is_not_taken_for_ones_own() -> None:
    given = {"函.docx": docx(the_letter(listed("P-10"), text="请太初洋财险核对。", addressees="太初财产保险股份有限公司："))}

    (line,) = told(given, own=OTHER)
    assert line == "“函.docx”正文第 7 段，出现太初洋财险的名称“太初洋财险”"


@EACH
def test_a_name_in_an_own_units_name_is_permitted_there_and_nowhere_else(kind: str) -> None:
    unit = "太初财险乙川支公司食堂有限公司"
    given = of(kind, files(listed(*NUMBERS, unit=unit)))

    assert told(given)
    assert told(given, unit) == []
    assert told(of(kind, files(listed(*NUMBERS, unit="太初财险乙川支公司"))), unit)


@EACH
def test_a_cell_of_its_own_that_is_just_anothers_name_is_permitted_in_that_cell_and_nowhere_else(kind: str) -> None:
    unit = "太初财险乙川支公司"

    assert told(of(kind, files(listed(*NUMBERS, unit=unit))), unit) == []
    assert told(of(kind, files(listed(*NUMBERS, unit=f"见{unit}"))), unit)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("text", ["请与太初财险乙川支公司对照。", "太初财险乙川支公司"])
def test_a_cell_of_its_own_permits_anothers_name_in_no_line_of_the_text(kind: str, text: str) -> None:
    unit = "太初财险乙川支公司"

    (line,) = told(of(kind, files(listed(*NUMBERS, unit=unit), text=text)), unit)

    assert line.endswith(f"出现太初的名称“{unit}”")


def test_a_short_name_in_the_name_of_a_street_is_no_insurer() -> None:
    assert told(of("docx", files(text="地址：太初路18号。"))) == []


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_letter_to_nobody_of_this_name_is_named(kind: str) -> None:
    (line,) = told(of(kind, files(addressees="各保险公司：")))

    assert line.endswith(f".{kind}”，没有主送机关“太初洋财产保险股份有限公司”")


def test_a_file_called_like_another_is_named() -> None:
    (content,) = of("xlsx", files()).values()

    assert told({"太初/问题清单.xlsx": content}) == ["“太初/问题清单.xlsx”文件名，出现太初的名称“太初”"]


# --- where it hides in a DOCX -----------------------------------------------------------------------------------

LETTER = the_letter(listed(*NUMBERS))
_TEXT = "现将检查发现的问题反馈给你公司。"
RUN = r"(<w:r>(?:(?!<w:r>).)*?<w:t[^>]*>)现将检查发现的问题反馈给你公司。(</w:t></w:r>)"
P_2 = "<w:r><w:t>P-2</w:t></w:r>"
IN_WORD: dict[str, Callable[[bytes], bytes]] = {
    "runs": lambda given: patched(given, "word/document.xml", RUN, rf"\1{_TEXT}保单P\2<w:r><w:t>-</w:t></w:r><w:r><w:t>2</w:t></w:r>"),
    "hidden": lambda given: patched(given, "word/document.xml", RUN, r"\1\2<w:r><w:rPr><w:vanish/></w:rPr><w:t>P-2</w:t></w:r>"),
    "deleted": lambda given: patched(
        given, "word/document.xml", RUN, r'\1\2<w:del w:id="9" w:author="某"><w:r><w:delText>P-2</w:delText></w:r></w:del>'
    ),
    "author": lambda given: patched(given, "word/document.xml", RUN, r'\1\2<w:ins w:id="9" w:author="太初财产保险股份有限公司"/>'),
    "box": lambda given: patched(
        given, "word/document.xml", RUN, rf"\1\2<w:r><w:pict><w:txbxContent><w:p>{P_2}</w:p></w:txbxContent></w:pict></w:r>"
    ),
    "footer": lambda given: patched(given, "word/footer1.xml", "</w:p>", "<w:r><w:t>P-2</w:t></w:r></w:p>"),
    "properties": lambda given: patched(given, "docProps/core.xml", "</dc:title>", " P-2</dc:title>"),
    "header": lambda given: added(given, "word/header9.xml", '<w:hdr xmlns:w="{w}"><w:p><w:r><w:t>P-2</w:t></w:r></w:p></w:hdr>'),
    "comment": lambda given: added(
        given, "word/comments.xml", '<w:comments xmlns:w="{w}"><w:comment><w:p><w:r><w:t>P-2</w:t></w:r></w:p></w:comment></w:comments>'
    ),
    "custom": lambda given: added(given, "customXml/item1.xml", "<a><b>P-2</b></a>"),
    "embedded": lambda given: added(given, "word/embeddings/表.xlsx", "PK"),
}


def added(content: bytes, part: str, text: str) -> bytes:
    """A file with one more part."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return packed(parts_of(content) | {part: text.replace("{w}", name).encode()})


@pytest.mark.parametrize("where", IN_WORD)
def test_it_is_found_wherever_it_hides_in_a_docx(where: str) -> None:
    (line,) = told({"函.docx": IN_WORD[where](docx(LETTER))})

    assert "太初" in line or "没有读" in line


def test_numbers_in_paragraphs_of_one_cell_are_found_whole_and_in_pieces() -> None:
    between = r"</w:t></w:r></w:p><w:p><w:r><w:t>"
    broken = patched(docx(the_letter(listed(*NUMBERS, LONG[:-1] + "8"))), "word/document.xml", LONG[:9], LONG[:9] + between, count=0)
    apart = patched(docx(the_letter(listed(*NUMBERS, "P-11"))), "word/document.xml", "P-11", f"P-11{between}P-2")
    others = replace(OTHER, policy_numbers=frozenset({LONG[:-1] + "8"}))

    assert told({"函.docx": broken}) == []
    assert [leak.what for leak in leaks(OWN, {"函.docx": broken}, Everybody([OWN, others]))] == [f"出现太初的保单号“{LONG[:-1]}8”"]
    assert [line.partition("，")[2] for line in told({"函.docx": apart})] == ["出现太初的保单号“P-2”"]


# --- where it hides in an XLSX ----------------------------------------------------------------------------------

BOOK = xlsx(listed(*NUMBERS))
SHEET = "xl/worksheets/sheet1.xml"


def row(cells: str) -> str:
    """One more row at a sheet's end."""
    return f'<row r="99">{cells}</row></sheetData>'


IN_BOOK: dict[str, Callable[[bytes], bytes]] = {
    "comment": lambda given: added(given, "xl/comments1.xml", "<comments><t>P-2</t></comments>"),
    "sheet name": lambda given: patched(given, "xl/workbook.xml", 'name="问题清单"', 'name="太初财险乙川支公司"'),
    "properties": lambda given: patched(given, "docProps/core.xml", "</dc:title>", " P-2</dc:title>"),
    "footer": lambda given: patched(given, SHEET, "<oddFooter>", "<oddFooter>P-2 "),
    "unused": lambda given: patched(given, "xl/sharedStrings.xml", "</sst>", "<si><t>P-2</t></si></sst>"),
    "inline": lambda given: patched(given, SHEET, "</sheetData>", row('<c r="A99" t="inlineStr"><is><t>P-2</t></is></c>')),
    "runs": lambda given: patched(given, "xl/sharedStrings.xml", "</sst>", "<si><r><t>P</t></r><r><t>-2</t></r></si></sst>"),
    "formula": lambda given: patched(given, SHEET, "</sheetData>", row('<c r="A99"><f>"P-2"</f><v>1</v></c>')),
    "format": lambda given: patched(given, "xl/styles.xml", 'formatCode="@"', 'formatCode="@&quot;P-2&quot;"'),
}


@pytest.mark.parametrize("where", IN_BOOK)
def test_it_is_found_wherever_it_hides_in_a_workbook(where: str) -> None:
    lines = told({"问题清单.xlsx": IN_BOOK[where](BOOK)})

    assert lines
    assert all("出现太初的" in line for line in lines)


def test_a_number_that_is_stored_as_a_number_is_found() -> None:
    others = Everybody([OWN, replace(OTHER, policy_numbers=frozenset({"17483202300000"}))])
    content = patched(BOOK, SHEET, "</sheetData>", row('<c r="B99" s="3"><v>17483202300000</v></c>'))
    as_power = patched(BOOK, SHEET, "</sheetData>", row('<c r="B99"><v>1.74832023E13</v></c>'))

    for given in (content, as_power):
        assert [str(leak) for leak in leaks(OWN, {"问题清单.xlsx": given}, others)] == [
            "“问题清单.xlsx”工作表“问题清单”B99，出现太初的保单号“17483202300000”"
        ]


def test_a_hidden_sheet_is_read() -> None:
    both = workbook([Sheet("问题清单", "", (listed(*NUMBERS),)), Sheet("底稿", "", (listed("P-2"),))], "", DAY)
    hidden = patched(both, "xl/workbook.xml", 'name="底稿"', 'name="底稿" state="veryHidden"')

    assert told({"问题清单.xlsx": hidden}) == ["“问题清单.xlsx”工作表“底稿”B2，出现太初的保单号“P-2”"]


# --- where it hides in a PDF ------------------------------------------------------------------------------------


def saved(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The letter's PDF, changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(LETTER))) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def _title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "太初财产保险股份有限公司的函"


def _metadata(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:source"] = "P-2"


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("P-2", 0))


def _note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="P-2")
    pdf.pages[0].Annots = pikepdf.Array([note])


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["底稿.txt"] = b"P-2"


@pytest.mark.parametrize("change", [_title, _metadata, _bookmark, _note, _attachment])
def test_it_is_found_wherever_it_hides_in_a_pdf(change: Callable[[pikepdf.Pdf], None]) -> None:
    (line,) = told({"函.pdf": saved(change)})

    assert "太初" in line or "没有读" in line


@pytest.mark.parametrize(
    ("look", "where"), [("1 1 1 rg", "第 1 页"), ("3 Tr", "第 1 页看不见的文字"), ("0 g", "第 1 页")]
)
def test_white_and_invisible_text_of_a_pdf_is_read(look: str, where: str) -> None:
    content = one_page(stream(b"BT /F 12 Tf " + look.encode() + b" 72 700 Td (P-2) Tj 0 Tr 0 rg 0 -40 Td (P-1) Tj ET"))

    assert f"“函.pdf”{where}，出现太初的保单号“P-2”" in told({"函.pdf": content})


def test_a_file_of_another_kind_is_not_let_through() -> None:
    with pytest.raises(Unreadable, match="不是 DOCX、PDF、XLSX"):
        leaks(OWN, {"说明.txt": b"P-1"}, EVERYBODY)
