"""A file made to cost much costs a message; what only looks costly is read."""

import struct
import zipfile

import pytest

from docgen.errors import Unreadable
from docgen.intake.compound import CompoundFile
from docgen.intake.sheets import Merge
from docgen.intake.sources import read_sources
from docgen.intake.xml_events import Malformed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODS = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'


def save(path, sheet_data, *, behind="", texts=(), sheets=("抽查",), before=""):
    """Write an .xlsx whose sheets all are the one part given."""
    listed = "".join(f'<sheet name="{title}" sheetId="{n}" r:id="rId1"/>' for n, title in enumerate(sheets, 1))
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<r xmlns="{PACKAGE}"><Relationship Id="a" Type="{LINKS}/officeDocument" Target="book.xml"/></r>',
        "book.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "_rels/book.xml.rels": f'<r xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{LINKS}/worksheet" Target="s.xml"/>'
        f'<Relationship Id="rId2" Type="{LINKS}/sharedStrings" Target="t.xml"/></r>',
        "s.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData>{behind}</worksheet>',
        "t.xml": f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def save_ods(path, rows):
    names = " ".join(ODS.format(name) for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<office:c {names}><table:table table:name="抽查">{rows}</table:table></office:c>')
    return path


def rows_of(path):
    (sheet,) = read_sources(path).sheets
    return [list(row) for row in sheet.rows]


@pytest.mark.parametrize(
    "sheet_data",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B7"><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1_000</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="x"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>',
        '<c r="A1"><v>1</v></c>',
        "<a>" * 200 + "</a>" * 200,
        f'<row r="1" x="{" " * 3_000_000}"/>',
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused_and_never_guessed_at(tmp_path, sheet_data):
    with pytest.raises(Unreadable, match="不合工作簿格式") as raised:
        read_sources(save(tmp_path / "抽查.xlsx", sheet_data, texts=["一"]))
    assert raised.value.remedy


def test_a_document_type_is_refused_before_any_entity_is_known(tmp_path):
    before = '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(Unreadable, match="不合工作簿格式"):
        read_sources(save(tmp_path / "抽查.xlsx", '<row r="1"><c><v>&b;</v></c></row>', before=before))


def test_one_sheet_under_many_names_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="不合工作簿格式"):
        read_sources(save(tmp_path / "抽查.xlsx", "", sheets=["抽查", "保单"]))


def test_one_long_text_in_very_many_cells_is_refused_without_being_copied(tmp_path):
    cells = '<row><c t="s"><v>0</v></c></row>' * 20_000
    with pytest.raises(Unreadable, match="文字过长或重复过多"):
        read_sources(save(tmp_path / "抽查.xlsx", cells, texts=["长" * 32_000]))


def test_merged_blocks_that_overlap_without_end_are_refused(tmp_path):
    rows = '<row><c t="inlineStr"><is><t>甲</t></is></c></row>' * 1000
    behind = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 20_000 + "</mergeCells>"
    with pytest.raises(Unreadable, match="合并单元格有 20000 处"):
        read_sources(save(tmp_path / "抽查.xlsx", rows, behind=behind))


def test_a_formula_whose_stored_result_is_an_empty_text_is_calculated(tmp_path):
    cells = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1" t="str"><f>A1</f><v>尾</v></c></row>'
    assert rows_of(save(tmp_path / "抽查.xlsx", cells)) == [["", "尾"]]


def test_characters_that_xml_cannot_hold_come_out_as_they_were_typed(tmp_path):
    cells = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    texts = ["甲_x000D_乙", "_x005F_x000D_"]
    assert rows_of(save(tmp_path / "抽查.xlsx", cells, texts=texts)) == [["甲\r乙", "_x000D_"]]


def test_what_is_written_above_a_text_is_no_part_of_it(tmp_path):
    cells = '<row><c t="inlineStr"><is><r><t>甲</t></r><r><t>市</t></r><rPh><t>shi</t></rPh></is></c></row>'
    assert rows_of(save(tmp_path / "抽查.xlsx", cells)) == [["甲市"]]


def test_the_million_empty_rows_and_columns_of_an_ods_cost_nothing(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    rows = (
        f'<table:table-row>{cell}<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f'<table:table-row table:visibility="filter">{cell}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048572"><table:table-cell/></table:table-row>'
    )
    (sheet,) = read_sources(save_ods(tmp_path / "抽查.ods", rows)).sheets
    assert [list(row) for row in sheet.rows] == [["甲"], [], [], ["甲"]]
    assert sheet.hidden_rows == {4}


def test_filled_cells_that_are_repeated_beyond_the_limits_are_refused(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(Unreadable, match="单元格超过"):
        read_sources(save_ods(tmp_path / "抽查.ods", rows))


def test_blanks_that_an_ods_counts_without_end_are_refused(tmp_path):
    blanks = '<text:s text:c="999999"/>' * 100
    cell = f'<table:table-cell office:value-type="string"><text:p>{blanks}</text:p></table:table-cell>'
    with pytest.raises(Unreadable, match="不合工作簿格式"):
        read_sources(save_ods(tmp_path / "抽查.ods", f"<table:table-row>{cell}</table:table-row>"))


def test_a_comment_in_an_ods_is_no_part_of_its_cell_and_a_span_is_a_merged_block(tmp_path):
    cell = (
        '<table:table-cell table:number-columns-spanned="2" office:value-type="string">'
        "<office:annotation><text:p>批注</text:p></office:annotation>"
        '<text:p>甲<text:s text:c="2"/>乙</text:p><text:p>丙</text:p></table:table-cell>'
    )
    (sheet,) = read_sources(save_ods(tmp_path / "抽查.ods", f"<table:table-row>{cell}</table:table-row>")).sheets
    assert ([list(row) for row in sheet.rows], sheet.merges) == ([["甲  乙\n丙"]], (Merge(0, 0, 0, 1),))


def test_sectors_that_follow_one_another_in_a_circle_are_refused():
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(22) + struct.pack("<H", 9) + bytes(16)
    header += struct.pack("<9I", 1, 0, 4096, 0, 0, 0, 0, 0, 0)[:28].ljust(28, b"\0")
    with pytest.raises(Malformed):
        CompoundFile(header.ljust(512, b"\0") + struct.pack("<128I", *([0] * 128)))
