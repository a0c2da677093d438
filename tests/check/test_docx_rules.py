"""Each rule of a DOCX finds a paper that is broken in that one way, and is silent on the sound one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest

from docgen.check.finding import Found
from docgen.check.rules.docx import RULES
from docgen.layout import compose
from docgen.render.docx import render_docx
from docgen.styles import load_stylesheet
from tests.check.word_edits import Change, Edit, broken
from tests.check.word_files import NO_FAULT, SAMPLES, found_in, made, p, stripped, word
from tests.papers import metrics

SONG = {"eastAsia": "宋体", "ascii": "宋体", "hAnsi": "宋体"}
FANGSONG = {"eastAsia": "仿宋_GB2312", "ascii": "仿宋_GB2312", "hAnsi": "仿宋_GB2312"}
BODY, LEVEL_1, LEVEL_2, LEVEL_3 = "现将有关情况通报如下", "一、检查评估情况", "（一）承保保险公司", "1.逐项核对"
NUMBER, TITLE, TO, NOTE = "苏应急〔2024〕132号", "关于重点行业领域工矿企业", "各县（市、区）应急管理局，", "附件：1."
COPY, PRINTED, DATE = "抄送：", "2024年8月15日印发", "2024年8月15日"
SEAL = (
    '<w:r><w:drawing><wp:anchor><wp:extent cx="1512000" cy="1512000"/><a:graphic><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphicData></a:graphic>'
    "</wp:anchor></w:drawing></w:r>"
)
CIRCLE = '<w:r><w:pict><v:oval style="width:42mm;height:42mm" strokecolor="#FF0000"/></w:pict></w:r>'
SIZED = ("PAGE-AREA", "PNO-POS", "GRID-580")
"""What else goes wrong on a page of another size."""


@dataclass(frozen=True)
class Defect:
    """What is broken in a paper, the rule that must find it, and others that see the same fault in their own way."""

    rule: str
    change: Change
    paper: str = "circular"
    also: tuple[str, ...] = ()


def margins(**values: str) -> Change:
    return lambda edit: edit.sections("pgMar", **values)


def page(**values: str) -> Change:
    return lambda edit: edit.sections("pgSz", **values)


def paragraph(text: str, name: str, **attributes: str) -> Change:
    return lambda edit: edit.paragraph(text, name, **attributes)


def runs(text: str, name: str, **attributes: str) -> Change:
    return lambda edit: edit.runs(text, name, **attributes)


def footer(change: Callable[[Edit, str], None]) -> Change:
    def change_all(edit: Edit) -> None:
        for part in edit.footers():
            change(edit, part)

    return change_all


def both(*changes: Change) -> Change:
    def change_all(edit: Edit) -> None:
        for change in changes:
            change(edit)

    return change_all


DEFECTS = {
    "纸张是 B5": Defect("PAGE-SIZE", page(w="9978", h="14173"), also=SIZED),
    "纸张是 Letter": Defect("PAGE-SIZE", page(w="12240", h="15840"), also=SIZED),
    "上边距 2.54 厘米": Defect("PAGE-TOP", margins(top="1440"), also=("PAGE-AREA",)),
    "上边距 4 厘米": Defect("PAGE-TOP", margins(top="2268"), also=("PAGE-AREA", "GRID-580")),
    "左边距 3.17 厘米": Defect("PAGE-LEFT", margins(left="1797"), also=("PAGE-AREA",)),
    "右边距 2 厘米": Defect("PAGE-AREA", margins(right="1134")),
    "下边距 2 厘米": Defect("PAGE-AREA", margins(bottom="1134")),
    "行距 28 磅": Defect("GRID-PITCH", paragraph(BODY, "spacing", line="560", lineRule="exact")),
    "行距 1.5 倍": Defect("GRID-PITCH", paragraph(BODY, "spacing", line="360", lineRule="auto")),
    "行距最小值": Defect("GRID-PITCH", paragraph(BODY, "spacing", line="589", lineRule="atLeast")),
    "行距 33 磅": Defect("GRID-580", paragraph(BODY, "spacing", line="660", lineRule="exact"), also=("GRID-PITCH",)),
    "网格字距按五号字算": Defect(
        "GRID-CHARSPACE", lambda edit: edit.sections("docGrid", type="linesAndChars", charSpace="21680")
    ),
    "正文是宋体": Defect("FONT-BODY", runs(BODY, "rFonts", **SONG)),
    "正文是四号字": Defect("FONT-BODY", runs(BODY, "sz", val="28"), also=("BODY-INDENT",)),
    "主送机关是黑体": Defect("FONT-BODY", runs(TO, "rFonts", eastAsia="黑体")),
    "成文日期是楷体": Defect("FONT-BODY", runs("（附件数据截止时间", "rFonts", eastAsia="楷体")),
    "正文是蓝色": Defect("COLOR-BLACK", runs(BODY, "color", val="0000FF")),
    "一级标题是灰色": Defect("COLOR-BLACK", runs(LEVEL_1, "color", val="808080")),
    "标题是红色": Defect("COLOR-RED", runs(TITLE, "color", val="FF0000")),
    "发文机关标志是黑色": Defect("COLOR-RED", runs("国家金融监督管理总局苏州监管分局", "color", val="000000"), also=("COLOR-BLACK",)),
    "没有红色分隔线": Defect("HEAD-RULE", lambda edit: edit.without("pBdr")),
    "分隔线是黑色": Defect("HEAD-RULE", lambda edit: edit.sides("pBdr", color="000000")),
    "密级是仿宋": Defect("HEAD-SECRET", runs("机密★", "rFonts", **FANGSONG), "份号密级紧急"),
    "密级居中": Defect("HEAD-SECRET", paragraph("机密★", "jc", val="center"), "份号密级紧急"),
    "紧急程度是宋体": Defect("HEAD-URGENT", runs("特急", "rFonts", **SONG), "份号密级紧急"),
    "紧急程度左空二字": Defect("HEAD-URGENT", paragraph("特急", "ind", firstLineChars="200"), "份号密级紧急"),
    "签发人姓名是仿宋": Defect("SIGNER-UP", runs("青某", "rFonts", **FANGSONG), "上行文一人"),
    "签发人是四号字": Defect("SIGNER-UP", runs("白某某", "sz", val="28"), "上行文二人"),
    "不盖章的署名是黑体": Defect("FONT-BODY", runs("苏州市应急管理局", "rFonts", eastAsia="黑体"), "unsealed", also=("IMP-PRINT",)),
    "附注是楷体": Defect("FONT-BODY", runs("此件公开发布", "rFonts", eastAsia="楷体"), "note"),
    "标题是黑体": Defect("TITLE-FONT", runs(TITLE, "rFonts", eastAsia="黑体")),
    "标题加粗": Defect("TITLE-FONT", runs(TITLE, "b")),
    "标题是小二号": Defect("TITLE-FONT", runs(TITLE, "sz", val="36")),
    "标题左对齐": Defect("TITLE-FONT", paragraph(TITLE, "jc", val="left")),
    "主送机关左空二字": Defect("TO-COLON", paragraph(TO, "ind", firstLineChars="200")),
    "正文首行不空": Defect("BODY-INDENT", paragraph(BODY, "ind", firstLineChars="0", firstLine="0")),
    "正文首行空四字": Defect("BODY-INDENT", paragraph(BODY, "ind", firstLineChars="400")),
    "正文回行也缩进": Defect("BODY-INDENT", paragraph(BODY, "ind", firstLineChars="0", firstLine="0", left="640")),
    "一级标题是仿宋": Defect("LEVEL-FONT", runs(LEVEL_1, "rFonts", **FANGSONG)),
    "二级标题是黑体": Defect("LEVEL-FONT", runs(LEVEL_2, "rFonts", eastAsia="黑体")),
    "三级标题加粗": Defect("LEVEL-FONT", runs(LEVEL_3, "b")),
    "一级标题是四号": Defect("LEVEL-FONT", runs(LEVEL_1, "sz", val="28"), also=("BODY-INDENT",)),
    "附件名称回行不对齐": Defect("ANX-NOTE-HANG", paragraph("3.各地未按时续保", "ind", left="0", firstLineChars="500")),
    "印章图片": Defect("SEAL-FAKE", lambda edit: edit.inside(DATE, SEAL)),
    "画的红圈": Defect("SEAL-FAKE", lambda edit: edit.inside(BODY, CIRCLE)),
    "附件不另起一页": Defect("ANX-PAGE", lambda edit: edit.without("pageBreakBefore", inside="附件2")),
    "附件标记是仿宋": Defect("ANX-LABEL", runs("附件2", "rFonts", **FANGSONG)),
    "附件标记居中": Defect("ANX-LABEL", paragraph("附件2", "jc", val="center")),
    "附件标题左对齐": Defect("ANX-TITLE", paragraph("各保险公司承保安责险系统数据一览表", "jc", val="left")),
    "版记没有分隔线": Defect("IMP-LINES", lambda edit: edit.without("tcBorders")),
    "版记分隔线一样粗": Defect("IMP-LINES", lambda edit: edit.sides("tcBorders", sz="4")),
    "抄送是三号字": Defect("IMP-CC", runs(COPY, "sz", val="32")),
    "抄送不空一字": Defect("IMP-CC", paragraph(COPY, "ind", left="840", hanging="840", right="280")),
    "抄送回行不对齐": Defect("IMP-CC", paragraph(COPY, "ind", left="280", right="280")),
    "印发机关顶格": Defect("IMP-PRINT", paragraph(PRINTED, "ind", left="0", right="280")),
    "印发日期顶到右边": Defect("IMP-PRINT", paragraph(PRINTED, "ind", left="280", right="0")),
    "印发机关是黑体": Defect("IMP-PRINT", runs(PRINTED, "rFonts", eastAsia="黑体")),
    "页码用短横": Defect("PNO-FORM", footer(lambda edit, part: edit.text("—", "-", part))),
    "页码不加一字线": Defect("PNO-FORM", footer(lambda edit, part: edit.text("—", "", part))),
    "页码是五号字": Defect("PNO-FORM", footer(lambda edit, part: edit.runs("—", "sz", part, val="21"))),
    "页码是黑体": Defect("PNO-FORM", footer(lambda edit, part: edit.runs("—", "rFonts", part, ascii="黑体", eastAsia="黑体"))),
    "没有页码": Defect("PNO-FORM", lambda edit: edit.without("footerReference")),
    "页码居中": Defect("PNO-POS", footer(lambda edit, part: edit.paragraph("—", "jc", part, val="center"))),
    "页码顶到边": Defect("PNO-POS", footer(lambda edit, part: edit.paragraph("—", "ind", part, left="0", right="0"))),
    "页脚距边界 1.5 厘米": Defect("PNO-POS", margins(footer="851")),
    "奇偶页页码同在右边": Defect("PNO-POS", lambda edit: edit.setting_gone("evenAndOddHeaders")),
    "留有修订": Defect("FILE-HIDDEN", lambda edit: edit.inside(BODY, "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>")),
    "有隐藏文字": Defect("FILE-HIDDEN", lambda edit: edit.inside(BODY, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>")),
    "有批注": Defect("FILE-HIDDEN", lambda edit: edit.inside(BODY, '<w:commentRangeStart w:id="1"/>')),
    "主题字体": Defect("FONT-THEME", runs(BODY, "rFonts", eastAsiaTheme="minorEastAsia", asciiTheme="minorHAnsi"), also=("FONT-BODY",)),
    "表头不重复": Defect("TABLE-HEAD", lambda edit: edit.without("tblHeader")),
    "行可以拆开": Defect("TABLE-SPLIT", lambda edit: edit.without("cantSplit")),
}  # fmt: skip


@cache
def sound(name: str) -> dict[str, list[Found]]:
    return found_in(made(name))


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found_by_its_rule(name: str) -> None:
    defect = DEFECTS[name]
    found = found_in(broken(made(defect.paper), defect.change))
    new = {rule for rule, places in found.items() if places != sound(defect.paper).get(rule)}

    assert defect.rule in new
    assert new <= {defect.rule, *defect.also}
    for place in found[defect.rule]:
        assert place.found
        assert place.expected
        assert place.remedy


def test_no_rule_finds_a_fault_in_another_profile() -> None:
    visual = load_stylesheet("visual")
    document = SAMPLES["circular"]

    assert found_in(render_docx(document, compose(document, visual, metrics()), visual), *NO_FAULT) == {}


def test_every_rule_but_those_tested_below_has_a_planted_defect() -> None:
    elsewhere = {"MIN-LIST", "FILE-SDT", "FILE-OUTSIDE", "PAPER-PARTS"}

    assert {rule.id for rule in RULES} - {defect.rule for defect in DEFECTS.values()} == elsewhere


@pytest.mark.parametrize(("font", "is_found"), [("仿宋", True), ("黑体", False)])
def test_those_present_are_named_in_heiti(font: str, is_found: bool) -> None:
    run = f'<w:rPr><w:rFonts w:eastAsia="{font}"/><w:sz w:val="32"/></w:rPr><w:t>出席</w:t>'
    label = f"<w:p><w:r>{run}</w:r><w:r><w:t>：甲某</w:t></w:r></w:p>"
    title = p("示例市安委会会议纪要", '<w:jc w:val="center"/>', '<w:sz w:val="44"/>')

    assert ("MIN-LIST" in found_in(word(title + p("参会单位：") + label))) is is_found


@pytest.mark.parametrize(("tag", "is_found"), [("biaoti", False), ("heading", True)])
def test_an_element_without_its_field_is_told(tag: str, is_found: bool) -> None:
    title = p("关于某事的通知", '<w:jc w:val="center"/>', '<w:sz w:val="44"/>')
    control = f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{title}</w:sdtContent></w:sdt>'

    assert ("FILE-SDT" in found_in(word(control))) is is_found


def test_docgens_own_paper_has_its_fields() -> None:
    assert "FILE-SDT" not in sound("circular")
    assert "FILE-SDT" in found_in(stripped(made("circular")))


def test_a_link_out_of_the_file_is_told() -> None:
    link = '<Relationship Id="x" Type="http://x/image" Target="http://example.invalid/a.png" TargetMode="External"/>'

    assert "FILE-OUTSIDE" in found_in(word(p("正文。"), links=link))
    assert "FILE-OUTSIDE" not in found_in(word(p("正文。")))


def test_a_paper_without_head_and_imprint_is_told_and_a_whole_one_is_not() -> None:
    title = p("关于某事的通知", '<w:jc w:val="center"/>', '<w:sz w:val="44"/>')
    (found,) = found_in(word(title))["PAPER-PARTS"]

    assert found.found == "没有版头、版记、页码"
    assert "PAPER-PARTS" not in sound("short")


def test_the_place_and_the_words_are_said() -> None:
    (found,) = found_in(broken(made("circular"), DEFECTS["正文是蓝色"].change))["COLOR-BLACK"]

    assert found.quote.startswith("为贯彻落实《中华人民共和国安全生产法》")
    assert found.paragraph is not None
    assert (found.found, found.expected) == ("“为贯彻落实《中华人民”的颜色是 #0000FF", "黑色")
