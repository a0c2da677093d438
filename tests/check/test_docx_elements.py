"""The elements of a paper are found in a DOCX by tag, by style, or by place and text, the same each way."""

from __future__ import annotations

import pytest

from docgen.check.docx_names import PLAIN_STYLES, STYLE_ELEMENTS, element_of_style
from docgen.check.seen import How
from docgen.render.word_styles import word_styles
from tests.check.word_files import SAMPLES, made, named, p, read, stripped, word
from tests.papers import STYLESHEET, bare

EVERY = pytest.mark.parametrize("name", SAMPLES)
CENTRED, RIGHT, FIRST = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>', '<w:ind w:firstLineChars="200"/>'
BIG, BODY, RED = '<w:sz w:val="44"/>', '<w:sz w:val="32"/>', '<w:color w:val="FF0000"/><w:sz w:val="80"/>'


@EVERY
def test_without_tags_and_style_names_the_same_elements_are_found(name: str) -> None:
    assert named(read(stripped(made(name)))) == named(read(made(name)))


@EVERY
def test_the_elements_of_a_paper_of_docgen_say_what_its_model_says(name: str) -> None:
    document, paper = SAMPLES[name], read(made(name))

    def words(element: str) -> list[str]:
        return [found.text for found in paper.of(element)]

    assert document.masthead is not None
    assert document.signatures is not None
    assert bare("".join(words("标题"))) == bare(document.title)
    assert bare("".join(words("发文字号"))) == bare(str(document.masthead.number))
    assert bare("".join(words("主送机关"))) == bare(document.addressees)
    assert bare("".join(words("署名"))) == bare("".join(document.signatures.names))
    assert words("成文日期") == [document.signatures.signing_date]
    assert bare("".join(words("附件"))) == bare("".join(annex.label for annex in document.annexes))
    assert [bare(text) for text in words("附件标题")] == [bare(annex.title) for annex in document.annexes]
    is_addressed = document.addressees or (document.imprint is not None and document.imprint.addressees)
    assert paper.unidentified == (() if is_addressed else ("没有认出主送机关",))


def test_every_style_of_docgen_tells_an_element_or_is_known_to_tell_none() -> None:
    names = {style.name for style in word_styles(STYLESHEET)}

    assert {name for name in names if element_of_style(name) is None} <= PLAIN_STYLES
    assert set(STYLE_ELEMENTS) <= names


@pytest.mark.parametrize(
    ("style", "element"),
    [("Title", "标题"), ("heading 2", "二级标题"), ("标题 1", "一级标题"), ("正文", None), ("落款", "署名"), ("List Paragraph", None)],
)
def test_common_foreign_styles_are_known(style: str, element: str | None) -> None:
    assert element_of_style(style) == element


FOREIGN = (
    p("000001", "", BODY) + p("机密★1年", "", BODY) + p("特急", "", BODY)
    + p("示例市应急管理局文件", CENTRED, RED) + p("示应急〔2024〕7号", CENTRED, BODY)
    + p("关于开展检查", CENTRED, BIG) + p("工作的通知", CENTRED, BIG)
    + p("各县（市、区）应急管理局：", "", BODY) + p("现将有关事项通知如下：", FIRST, BODY)
    + p("一、总体要求", FIRST, BODY) + p("（一）时间", FIRST, BODY) + p("1.先自查。", FIRST, BODY) + p("（1）再抽查。", FIRST, BODY)
    + p("附件：1.检查表", FIRST, BODY) + p("2.名单", FIRST, BODY)
    + p("示例市应急管理局", RIGHT, BODY) + p("2024年8月15日", RIGHT, BODY) + p("（此件公开发布）", FIRST, BODY)
    + p("附件1", "<w:pageBreakBefore/>", BODY) + p("检查表", CENTRED, BIG) + p("表一", "", BODY)
    + f'<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr><w:tr><w:tc>{p("项目")}</w:tc></w:tr></w:tbl>'
    + p("注：略。", "", BODY)
    + p("主送：示例市公安局。") + p("抄送：示例市财政局，") + p("示例市审计局。") + p("示例市应急管理局办公室　　2024年8月15日印发")
)  # fmt: skip


def test_a_foreign_paper_without_styles_is_told_by_place_and_text() -> None:
    paper = read(word(FOREIGN))

    assert named(paper) == [
        ("份号", "000001", 0), ("密级", "机密★1年", 0), ("紧急程度", "特急", 0), ("发文机关标志", "示例市应急管理局文件", 0),
        ("发文字号", "示应急〔2024〕7号", 0), ("标题", "关于开展检查工作的通知", 0), ("主送机关", "各县（市、区）应急管理局：", 0),
        ("正文", "现将有关事项通知如下：", 0), ("一级标题", "一、总体要求", 0), ("二级标题", "（一）时间", 0),
        ("三级标题", "1.先自查。", 0),
        ("四级标题", "（1）再抽查。", 0), ("附件说明", "附件：1.检查表", 0), ("附件说明", "2.名单", 0), ("署名", "示例市应急管理局", 0),
        ("成文日期", "2024年8月15日", 0), ("附注", "（此件公开发布）", 0), ("附件", "附件1", 1), ("附件标题", "检查表", 1),
        ("表题", "表一", 1),
        ("表", "项目", 1), ("表注", "注：略。", 1), ("版记主送", "主送：示例市公安局。", 0),
        ("抄送", "抄送：示例市财政局，示例市审计局。", 0),
        ("印发机关", "示例市应急管理局办公室", 0), ("印发日期", "2024年8月15日印发", 0),
    ]  # fmt: skip
    assert {element.how for element in paper.elements} == {How.PLACE}
    assert paper.unidentified == ()


def test_a_number_and_its_signer_on_one_line_are_two_elements() -> None:
    body = p("示例市应急管理局文件", CENTRED, RED) + p("示应急〔2024〕7号　　　签发人：甲某", "", BODY) + p("关于某事的请示", CENTRED, BIG)

    assert named(read(word(body)))[1:3] == [("发文字号", "示应急〔2024〕7号", 0), ("签发人", "签发人：甲某", 0)]


def test_tags_go_before_styles() -> None:
    tagged = f'<w:sdt><w:sdtPr><w:tag w:val="zhusongjiguan"/></w:sdtPr><w:sdtContent>{p("甲")}</w:sdtContent></w:sdt>'
    (element,) = read(word(tagged)).elements

    assert (element.name, element.how) == ("主送机关", How.TAG)


def test_what_was_not_recognised_is_said() -> None:
    body = p("莫名其妙的一行") + p("关于某事的通知", CENTRED, BIG) + p("正文。", FIRST, BODY)

    assert read(word(body)).unidentified == (
        "没有认出发文机关标志、发文字号、主送机关、署名、成文日期",
        "第 1 段“莫名其妙的一行”没有认出是什么要素",
    )


def test_a_plain_text_that_is_no_official_paper_is_all_text() -> None:
    assert [element.name for element in read(word(p("你好。") + p("一、再见"))).elements] == ["正文", "一级标题"]
