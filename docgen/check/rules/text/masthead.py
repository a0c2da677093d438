"""The rules of 版头 that its text shows (7.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade
from docgen.check.rules.text.drafts import OPEN_NUMBER
from docgen.check.rules.text.reading import HAN, bare, joined, of_the_paper, title_of, whole
from docgen.check.seen import Element, Paper

NUMBER = re.compile(rf"[{HAN}]{{1,12}}〔20\d{{2}}〕[1-9]\d*号")
_ORDER = re.compile(r"(?:第[\d一二三四五六七八九十百]+号)")
"""令号 (10.2): 第1号, without a year."""
_SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:★.+)?")
_PERIOD = re.compile(r"(?:\d+(?:年|个月|天|日)|[一二三四五六七八九十]+(?:年|个月|天|日)|长期|解密前|[^★☆*＊\d].*)")
_URGENCIES = ("特急", "加急", "特提", "平急")
"""The first two of papers, the others of telegrams (条例 9(3))."""


def copy_number_has_six_digits(paper: Paper) -> Iterator[Found]:
    """7.2.1: 份号一般用 6 位阿拉伯数字；条例 9(1): 涉密公文应当标注份号。"""
    for element in paper.of("份号"):
        if not re.fullmatch(r"[0-9]{6}", bare(element.text)):
            yield whole(element, f"份号是“{element.text.strip()}”", "六位阿拉伯数字，如 000001", "补足六位")
    secrecy = paper.first("密级")
    if secrecy is not None and not paper.of("份号"):
        yield whole(secrecy, "有密级，没有份号", "涉密公文标注份号，如 000001", "在版心左上角第一行加份号")


def secrecy_is_named(paper: Paper) -> Iterator[Found]:
    """7.2.2: 密级和保密期限，如机密★1年。"""
    for element in paper.of("密级"):
        text = bare(element.text)
        period = text.partition("★")[2]
        if not _SECRECY.fullmatch(text) or (period and not _PERIOD.fullmatch(period)):
            yield whole(
                element, f"密级写作“{element.text.strip()}”", "绝密、机密或秘密，期限写在★之后，如 机密★1年",
                "改成规定的写法，★用实心五角星",
            )


def urgency_is_named(paper: Paper) -> Iterator[Found]:
    """7.2.3, 条例 9(3): 紧急程度分特急、加急（电报另有特提、平急），排在份号、密级之下。"""
    order = ("份号", "密级", "紧急程度")
    seen = [element for element in paper.elements if element.name in order]
    for element in paper.of("紧急程度"):
        if bare(element.text) not in _URGENCIES:
            yield whole(element, f"紧急程度写作“{element.text.strip()}”", "特急或加急", "改成规定的词")
    for above, below in pairwise(seen):
        if order.index(above.name) > order.index(below.name):
            yield whole(
                below, f"{below.name}在{above.name}之下", "自上而下依次为份号、密级和保密期限、紧急程度", "调换次序"
            )


def mark_says_document_once(paper: Paper) -> Iterator[Found]:
    """7.2.4: 联合行文的“文件”二字只有一处，置于各机关名称右侧。"""
    marks = [element for element in paper.of("发文机关标志") if "文件" in bare(element.text)]
    for element in marks[1:]:
        yield whole(element, f"发文机关标志里有 {len(marks)} 处“文件”", "“文件”只有一处，在各名称右侧上下居中", "删去多的")


def number_has_its_form(paper: Paper) -> Iterator[Found]:
    """7.2.5: 年份标全称、用六角括号〔〕括入；顺序号不加“第”字，不编虚位，后加“号”字。"""
    for element in paper.of("发文字号"):
        text = bare(element.text)
        if NUMBER.fullmatch(text) or _ORDER.fullmatch(text):
            if element.paragraphs and re.search(r"\s", element.text.strip()):
                yield _number(element, "当中有空格")
        elif not (OPEN_NUMBER.search(text) and "〔" in text and "〕" in text):
            yield _number(element, _fault(text))


def number_is_of_its_year(paper: Paper) -> Iterator[Found]:
    """7.2.5: 发文字号的年份是发文的年份，与成文日期同年。"""
    signed = re.match(r"(20\d\d)年", joined(paper, "成文日期"))
    for element in paper.of("发文字号") if signed else ():
        year = re.search(r"〔(20\d\d)〕", bare(element.text))
        if year and signed and year[1] != signed[1]:
            yield whole(
                element, f"发文字号的年份是 {year[1]}，成文日期是 {signed[1]}年", "两处同年", "核对文号和成文日期", Grade.WARNING
            )


def _number(element: Element, fault: str) -> Found:
    return whole(
        element, f"发文字号“{element.text.strip()}”{fault}",
        "机关代字、〔四位年份〕、顺序号、号，如 苏应急〔2024〕132号", "改成规定的写法",
    )


def _fault(text: str) -> str:
    faults = (
        (r"[\[【(（［{][^〕]*[\]】)）］}]", "的年份没有用六角括号〔〕"),
        (r"〕第", "的顺序号前加了“第”"),
        (r"[〕\]】)）］]第?0", "的顺序号编了虚位"),
        (r"[^号]$", "末尾没有“号”"),
        (r"[〔\[【(（［](?!20\d\d[〕\]】)）］])", "的年份不是四位"),
        (rf"^[^{HAN}]", "没有机关代字"),
    )
    return next((told for pattern, told in faults if re.search(pattern, text)), "不合写法")


def upward_paper_names_its_signer(paper: Paper) -> Iterator[Found]:
    """7.2.6, 条例 9(6): 上行文应当标注签发人姓名。"""
    mark = paper.first("发文机关标志")
    if mark is None or not title_of(paper).endswith(("请示", "报告")):
        return
    signers = paper.of("签发人")
    if not signers:
        yield whole(mark, "上行文没有签发人", "发文字号同一行的右边有“签发人：姓名”", "填上签发人再生成")
    for element in signers[:1]:
        if not bare(element.text).startswith("签发人："):
            yield whole(element, f"签发人写作“{element.text.strip()}”", "签发人：姓名，冒号用全角", "改成规定的写法")


def mark_is_there_once_a_number_is(paper: Paper) -> Iterator[Found]:
    """条例 9(5): 有版头的公文有发文字号。"""
    if paper.of("发文机关标志") and not paper.of("发文字号") and not title_of(paper).endswith("纪要") and title_of(paper):
        yield of_the_paper("有发文机关标志，没有发文字号", "发文字号，如 苏应急〔2024〕132号", "编号之后填上；文号做成图片、域的，改成文字")


RULES = (
    rule("HEAD-COPYNO", copy_number_has_six_digits),
    rule("HEAD-SECRET", secrecy_is_named),
    rule("HEAD-URGENT", urgency_is_named),
    rule("HEAD-MARK-ORDER", mark_says_document_once),
    rule("DOCNO-FORM", number_has_its_form),
    rule("DOCNO-FORM", number_is_of_its_year),
    rule("DOCNO-FORM", mark_is_there_once_a_number_is),
    rule("SIGNER-UP", upward_paper_names_its_signer),
)
