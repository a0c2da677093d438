"""A DOCX is seen as Word shows it: styles resolved, one branch of each alternative, what is struck out left out."""

from __future__ import annotations

import pytest

from docgen.check.docx_numbering import written
from docgen.check.docx_seen import see_docx
from docgen.check.seen import SeenBorder, SeenParagraph, ShapeKind
from tests.check.word_files import NAMESPACES, made, p, word

R = "<w:r><w:t>{}</w:t></w:r>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def texts(body: str) -> list[str]:
    return [paragraph.text for paragraph in see_docx(word(body)).paragraphs]


def only(content: bytes) -> SeenParagraph:
    (paragraph,) = see_docx(content).paragraphs
    return paragraph


def test_direct_goes_before_the_character_style_before_the_paragraph_style_before_the_defaults() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体" w:ascii="Arial"/><w:sz w:val="21"/>'
        '<w:color w:val="00FF00"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="base"><w:name w:val="底"/><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:rFonts w:eastAsia="仿宋"/><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="body"><w:name w:val="正文甲"/><w:basedOn w:val="base"/>'
        '<w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="strong"><w:name w:val="强"/><w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr></w:style>'
    )
    seen = only(word(p("文", '<w:pStyle w:val="body"/>', '<w:rStyle w:val="strong"/><w:rFonts w:ascii="Times"/>'), styles=styles))
    (run,) = seen.runs

    assert (seen.style, seen.align) == ("正文甲", "center")
    assert (run.east_asia, run.ascii, run.size, run.colour) == ("仿宋", "Times", 16.0, "#FF0000")
    assert not run.is_bold, "两层样式都要加粗，互相抵消"


def test_a_circle_of_styles_comes_to_an_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>' for one, other in ("ab", "ba")
    )

    assert only(word(p("文", '<w:pStyle w:val="a"/>'), styles=styles)).text == "文"


@pytest.mark.parametrize(
    ("indent", "first", "left"),
    [
        ('w:firstLineChars="200" w:firstLine="100"', 11.29, 0.0),
        ('w:firstLineChars="0" w:firstLine="567"', 10.0, 0.0),
        ('w:left="567" w:hanging="567"', -10.0, 10.0),
        ('w:start="1cm" w:firstLine="0"', 0.0, 10.0),
        ('w:leftChars="100"', 0.0, 5.64),
    ],
)
def test_an_indent_in_characters_goes_before_one_in_twips(indent: str, first: float, left: float) -> None:
    seen = only(word(p("文", f"<w:ind {indent}/>", '<w:sz w:val="32"/>')))

    assert (round(seen.first_line, 2), round(seen.left, 2)) == (first, left)


def test_fonts_of_a_theme_are_resolved_and_told() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
        '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont>'
        "</a:fontScheme></a:themeElements></a:theme>"
    )
    run = '<w:rFonts w:eastAsiaTheme="minorEastAsia" w:asciiTheme="minorHAnsi"/>'
    seen = see_docx(word(p("文", "", run), more={"word/theme/theme1.xml": theme}))

    assert (seen.paragraphs[0].runs[0].east_asia, seen.paragraphs[0].runs[0].ascii) == ("等线", "Calibri")
    assert seen.theme_fonts == ("word/document.xml",)


def test_deleted_text_does_not_count_and_inserted_text_does() -> None:
    body = (
        f"<w:p>{R.format('保留')}<w:ins>{R.format('插入')}</w:ins>"
        "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    )
    seen = see_docx(word(body))

    assert seen.paragraphs[0].text == "保留插入"
    assert seen.hidden == ("修订：插入的文字（1 处）", "修订：删去的文字（1 处）")


def test_hidden_text_and_comments_are_told() -> None:
    seen = see_docx(word(p("看不见", "", "<w:vanish/>") + f'<w:p><w:commentRangeStart w:id="1"/>{R.format("文")}</w:p>'))

    assert [paragraph.text for paragraph in seen.paragraphs] == ["", "文"]
    assert seen.hidden == ("隐藏文字（1 处）", "批注（1 处）")


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (R.format("— ") + FIELD.format("PAGE") + R.format(" —"), "— {PAGE} —"),
        (FIELD.format("NUMPAGES"), "7"),
        ('<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>3</w:t></w:r></w:fldSimple>', "{PAGE}"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + R.format("没有了结"), ""),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:noBreakHyphen/></w:r>", "甲\t乙\n-"),
        ('<w:r><w:sym w:font="宋体" w:char="3014"/><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', "〔□"),
        ("<w:hyperlink>" + R.format("链接") + "</w:hyperlink><w:smartTag>" + R.format("标") + "</w:smartTag>", "链接标"),
        ("<w:r><w:ruby><w:rt>" + R.format("zhú") + "</w:rt><w:rubyBase>" + R.format("竹") + "</w:rubyBase></w:ruby></w:r>", "竹"),
    ],
    ids=range(8),
)
def test_a_paragraph_reads_as_it_shows(runs: str, text: str) -> None:
    assert texts(f"<w:p>{runs}</w:p>") == [text]


def test_a_field_that_is_never_ended_hides_no_more_than_its_paragraph() -> None:
    unended = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'

    assert texts(unended + p("还在")) == ["", "还在"]


def test_one_branch_of_alternate_content_is_read_once_and_text_boxes_are_paragraphs() -> None:
    box = f'<wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>{p("框里")}</w:txbxContent></wps:txbx></wps:wsp>'
    drawing = f'<w:drawing><wp:anchor><wp:extent cx="3600000" cy="36000"/><a:graphic>{box}</a:graphic></wp:anchor></w:drawing>'
    picture = f'<w:pict><v:rect><v:textbox><w:txbxContent>{p("框里")}</w:txbxContent></v:textbox></v:rect></w:pict>'
    body = (
        f"<w:p>{R.format('外')}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{drawing}</mc:Choice>"
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    seen = see_docx(word(body))

    assert [(found.number, found.text, found.in_box) for found in seen.paragraphs] == [(1, "外", False), (2, "框里", True)]
    (shape,) = seen.shapes
    assert (shape.kind, shape.width, shape.height, shape.paragraph) == (ShapeKind.BOX, 100.0, 1.0, 1)


def test_lines_and_pictures_are_seen_in_either_drawing_language() -> None:
    line = (
        '<w:drawing><wp:inline><wps:wsp><wps:spPr><a:xfrm><a:ext cx="5616000" cy="0"/></a:xfrm><a:prstGeom prst="line"/>'
        '<a:ln w="19050"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln></wps:spPr></wps:wsp></wp:inline></w:drawing>'
    )
    old = (
        '<w:pict><v:line from="0,0" to="442.2pt,0" strokecolor="red"/>'
        '<v:shape style="width:42mm;height:42mm"><v:imagedata/></v:shape></w:pict>'
    )
    shapes = see_docx(word(f"<w:p><w:r>{line}</w:r><w:r>{old}</w:r></w:p>")).shapes

    assert [(shape.kind, round(shape.width), round(shape.height), shape.colour) for shape in shapes] == [
        (ShapeKind.LINE, 156, 0, "#FF0000"),
        (ShapeKind.LINE, 156, 0, "#FF0000"),
        (ShapeKind.PICTURE, 42, 42, ""),
    ]


def test_tables_in_tables_are_counted_apart() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('里')}</w:tc></w:tr></w:tbl>"
    outer = (
        '<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="8" w:color="auto"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="FF0000"/><w:bottom w:val="nil"/></w:tblBorders></w:tblPr>'
        f"<w:tr><w:trPr><w:tblHeader/><w:cantSplit/></w:trPr><w:tc>{p('头')}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{inner}{p('外')}</w:tc></w:tr></w:tbl>"
    )
    seen = see_docx(word(outer))
    table = seen.tables[0]

    assert [(found.text, found.in_table, found.cell) for found in seen.paragraphs] == [("头", 1, 1), ("里", 2, 3), ("外", 1, 2)]
    assert (table.rows, table.head_rows, table.may_split, round(table.width)) == ((("头",), ("里\n外",)), 1, False, 156)
    assert table.rules == (SeenBorder("top", 25.4 / 72, "#000000"), SeenBorder("between", 25.4 / 144, "#FF0000"), None)
    assert seen.tables[1].may_split


def test_content_controls_give_their_tag_to_paragraphs_and_to_runs() -> None:
    block = f'<w:sdt><w:sdtPr><w:tag w:val="biaoti"/></w:sdtPr><w:sdtContent>{p("标题")}</w:sdtContent></w:sdt>'
    inline = "".join(
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{R.format(tag)}</w:sdtContent></w:sdt>'
        for tag in ("yinfajiguan", "yinfariqi")
    )
    one, two = see_docx(word(f"{block}<w:p>{inline}</w:p>")).paragraphs

    assert one.tag == "biaoti"
    assert (two.tag, [run.tag for run in two.runs]) == ("", ["yinfajiguan", "yinfariqi"])


def test_automatic_numbers_are_written_out() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{legal}<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, form, text, legal in ((0, "chineseCounting", "%1、", ""), (1, "decimal", "%1.%2", "<w:isLgl/>"))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    )
    asked = ((5, 0), (5, 1), (5, 1), (5, 0), (6, 0), (7, 0))
    body = "".join(
        p("文", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>') for number, depth in asked
    )

    numbers = [paragraph.numbering for paragraph in see_docx(word(body, numbering=numbering)).paragraphs]
    assert numbers == ["一、", "1.1", "1.2", "二、", "九、", ""]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (12, "chineseCountingThousand", "十二"), (105, "chineseCounting", "一百零五"), (20, "japaneseCounting", "二十"),
        (20, "ideographDigital", "二零"), (3, "decimalEnclosedCircle", "③"), (12, "decimalFullWidth", "１２"),
        (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"), (7, "somethingNew", "7"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_words_form(number: int, form: str, shown: str) -> None:
    assert written(number, form) == shown


def test_what_starts_a_page_is_seen() -> None:
    page_break = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    body = (
        p("甲") + page_break + p("乙") + '<w:p><w:r><w:br w:type="page"/><w:t>丙</w:t></w:r></w:p>'
        + p("丁", "<w:pageBreakBefore/>") + p("戊", '<w:pageBreakBefore w:val="0"/>') + section + p("己")
    )  # fmt: skip
    starts = {paragraph.text for paragraph in see_docx(word(body)).paragraphs if paragraph.starts_page}

    assert starts == {"乙", "丙", "丁", "己"}


def test_sections_give_page_grid_and_the_footers_that_hold() -> None:
    seen = see_docx(made("circular"))
    first, *_, last = seen.sections

    assert (round(first.width), round(first.height), round(first.left), round(first.right)) == (210, 297, 28, 26)
    assert {kind: [found.text for found in shown] for kind, shown in first.footers.items()} == {
        "default": ["— {PAGE} —"], "even": ["— {PAGE} —"],
    }  # fmt: skip
    assert seen.odd_even_differ
    assert last.number == len(seen.sections) - 1


def test_namespaces_of_wps_do_no_harm() -> None:
    body = (
        '<w:p xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"><wpsCustomData:x w:val="1"/>'
        f'{R.format("文")}</w:p><wpsCustomData:y xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>'
    )

    assert texts(body) == ["文"]
    assert "wps" in NAMESPACES
