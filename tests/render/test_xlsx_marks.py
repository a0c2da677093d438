"""Marking cells of a sheet's XML: only their tags change, what is missing is put in where it belongs."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment

from docgen.render.xlsx_cells import Patched, patch_sheet
from docgen.render.xlsx_marks import Mark, mark_workbook, reference
from docgen.render.xlsx_notes import put_notes
from docgen.render.xlsx_package import MAIN, CannotMark, Package
from docgen.render.xlsx_styles import Styles

RED = "F98B8B"


def patch(
    rows: str,
    *cells: tuple[int, int],
    marked: frozenset[int] = frozenset(),
    before: str = "",
    after: str = "",
    legacy: str = "",
) -> Patched:
    """Mark cells of a sheet with these rows; the style of a marked cell is its own plus 100, of a cleared one 0."""
    content = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return patch_sheet(content.encode(), dict.fromkeys(cells, RED), marked, style, legacy)


def style(old: int, fill: str) -> int:
    return old + 100 if fill else 0


def rows_of(patched: Patched) -> str:
    text = patched.content.decode()
    return text.partition("<sheetData>")[2].partition("</sheetData>")[0]


@pytest.mark.parametrize(
    ("rows", "cell", "expected"),
    [
        (
            '<row r="1"><c r="A1" s="3" t="s"><v>0</v></c></row>', (1, 1),
            '<row r="1"><c r="A1" s="103" t="s"><v>0</v></c></row>',
        ),
        ('<row r="1"><c r="A1"/></row>', (1, 1), '<row r="1"><c r="A1" s="100"/></row>'),
        (
            '<row r="1"><c r="A1"/><c r="C1"/></row>', (1, 2),
            '<row r="1"><c r="A1"/><c r="B1" s="100"/><c r="C1"/></row>',
        ),
        ('<row r="1"><c r="A1"/></row>', (1, 27), '<row r="1"><c r="A1"/><c r="AA1" s="100"/></row>'),
        ('<row r="1" ht="20"/>', (1, 2), '<row r="1" ht="20"><c r="B1" s="100"/></row>'),
        ('<row r="1"/><row r="5"/>', (3, 1), '<row r="1"/><row r="3"><c r="A3" s="100"/></row><row r="5"/>'),
        ('<row r="1"/>', (9, 2), '<row r="1"/><row r="9"><c r="B9" s="100"/></row>'),
        ("<row><c><v>1</v></c><c><v>2</v></c></row>", (1, 2), '<row><c><v>1</v></c><c s="100"><v>2</v></c></row>'),
        ('<row r="1" s="7" customFormat="1"/>', (1, 1), '<row r="1" s="7" customFormat="1"><c r="A1" s="107"/></row>'),
        (
            '<row r="1"><c r="A1" t="str"><f>IF(B1&gt;"a",1)</f><v>甲&amp;乙</v></c></row>', (1, 1),
            '<row r="1"><c r="A1" t="str" s="100"><f>IF(B1&gt;"a",1)</f><v>甲&amp;乙</v></c></row>',
        ),
    ],
)
def test_one_cell_is_marked_and_nothing_else_changes(rows: str, cell: tuple[int, int], expected: str) -> None:
    assert rows_of(patch(rows, cell)) == expected


def test_a_sheet_without_rows_gets_the_row() -> None:
    content = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    patched = patch_sheet(content, {(2, 2): RED}, frozenset(), style, "")

    assert b'<sheetData><row r="2"><c r="B2" s="100"/></row></sheetData>' in patched.content


def test_the_prefix_of_a_sheet_is_kept() -> None:
    content = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData></x:worksheet>'
    legacy = '<legacyDrawing xmlns:r="urn:r" r:id="rId1"/>'
    patched = patch_sheet(content.encode(), {(1, 1): RED, (1, 2): RED}, frozenset(), style, legacy)

    assert b'<x:c r="A1" s="100"/><x:c r="B1" s="100"/>' in patched.content
    assert b"<x:legacyDrawing " in patched.content


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_a_sheet_in_another_encoding_is_marked_as_well(encoding: str) -> None:
    content = (
        f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData></worksheet>'
    )
    patched = patch_sheet(content.encode(encoding), {(1, 1): RED}, frozenset(), style, "")
    cell = etree.fromstring(patched.content).find(f".//{{{MAIN}}}c")

    assert cell is not None
    assert cell.get("s") == "100"
    assert "".join(cell.itertext()) == "甲"


def test_what_an_earlier_marking_coloured_is_cleared() -> None:
    rows = '<row r="1"><c r="A1" s="8"/><c r="B1" s="8"/><c r="C1" s="2"/></row>'
    marked = rows_of(patch(rows, (1, 2), marked=frozenset({8})))

    assert marked == '<row r="1"><c r="A1" s="0"/><c r="B1" s="108"/><c r="C1" s="2"/></row>'


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("<pageSetup/><tableParts/>", "<pageSetup/><legacyDrawing/><tableParts/>"),
        ("<pageSetup/><drawing/><extLst/>", "<pageSetup/><drawing/><legacyDrawing/><extLst/>"),
        ("<pageSetup/>", "<pageSetup/><legacyDrawing/>"),
    ],
)
def test_the_notes_of_a_sheet_are_named_where_the_standard_wants_it(after: str, expected: str) -> None:
    assert expected in patch("", (1, 1), after=after, legacy="<legacyDrawing/>").content.decode()


def test_a_sheet_that_has_notes_keeps_their_drawing() -> None:
    after = '<legacyDrawing xmlns:r="urn:r" r:id="rId7"/>'
    patched = patch("", (1, 1), after=after, legacy="<legacyDrawing/>")

    assert patched.legacy_id == "rId7"
    assert patched.content.count(b"legacyDrawing") == 1


def test_xml_that_is_not_well_formed_is_refused() -> None:
    with pytest.raises(CannotMark):
        patch("<row><c></row>", (1, 1))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"], ids=repr)
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(CannotMark):
        Package(content)


def with_a_note(author: str) -> bytes:
    """A workbook with somebody's note on A1; `author` stands where its author's number does."""
    book = openpyxl.Workbook()
    book.active.title = "保单"
    book.active["A1"].comment = Comment("我的", "李示例")
    whole, changed = BytesIO(), BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(changed, "w") as archive:
        for name in parts.namelist():
            archive.writestr(name, parts.read(name).replace(b'authorId="0"', f'authorId="{author}"'.encode()))
    return changed.getvalue()


@pytest.mark.parametrize("author", ["0", "7"])
def test_a_note_is_joined_whoever_wrote_it(author: str) -> None:
    marked = mark_workbook(with_a_note(author), [Mark("保单", "A1", RED, "待核")], (), [RED])
    (part,) = (name for name in Package(marked.content).parts if "comment" in name and name.endswith(".xml"))
    texts = "".join(etree.fromstring(Package(marked.content).part(part)).itertext())

    assert texts.index("我的") < texts.index("待核")


def test_a_workbook_whose_notes_are_off_is_refused() -> None:
    with pytest.raises(CannotMark):
        mark_workbook(with_a_note("x"), [Mark("保单", "A1", RED, "待核")], (), [RED])


def test_a_style_is_made_once_for_each_fill() -> None:
    styles = Styles(None, [RED])

    assert styles.filled(0, RED) == styles.filled(0, RED) == 1
    assert Styles(styles.to_bytes(), [RED]).marked == {1}


def test_a_note_lies_beside_its_cell_whatever_the_columns_are_wide() -> None:
    narrow = patch("", before='<cols><col min="3" max="9" width="2" customWidth="1"/></cols>').geometry
    wide = patch("", before='<cols><col min="3" max="9" width="90" customWidth="1"/></cols>').geometry
    boxes = [put_notes({(5, 2): "甲"}, geometry, None, None).drawing.decode() for geometry in (narrow, wide)]
    anchors = [[int(part) for part in box.partition("Anchor>")[2].partition("<")[0].split(",")] for box in boxes]

    assert [anchor[0] for anchor in anchors] == [2, 2]
    assert anchors[0][4] > anchors[1][4] == 2


def test_a_sheet_with_an_apostrophe_is_named_as_a_link_needs_it() -> None:
    assert reference("甲's 表", "B12") == "'甲''s 表'!B12"
