"""The rules of punctuation and numbers in running text (GB/T 15834-2011, GB/T 15835-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade
from docgen.check.rules.text.reading import HAN, prose, within
from docgen.check.seen import Element, Paper
from docgen.gongwen.levels import numbering

_DASH = r"(?:－+|–|-{1,2}|—{2}|~|～|―+|─+)"
"""What stands where a single 一字线 should, ～ among them."""
_YEAR = r"(?<![\d/-])(?:19|20)\d\d"
_NOT_ONE_DASH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}年?(?P<mark>{_DASH})(?:19|20)\d\d年",
        rf"(?<![\d.年-])\d{{1,2}}(?P<mark>{_DASH})\d{{1,2}}月(?!以)",
        rf"(?<=年)\d{{1,2}}(?P<mark>{_DASH})\d{{1,2}}月",
        rf"\d{{1,2}}月(?P<mark>{_DASH})(?:\d{{4}}年)?\d{{1,2}}月",
        rf"\d{{1,2}}日(?P<mark>{_DASH})(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日",
        rf"月\d{{1,2}}(?P<mark>{_DASH})\d{{1,2}}日",
    )
)
_COUNTED = r"(?:%|％|家|人|份|条|元|万|亿|个|名|件|次|起|户|台|辆|公里|千米|米|吨|亩|项|小时|分钟|倍)"
_NOT_WAVED = re.compile(
    rf"(?<![\d.第号件A-Za-z/-])\d+(?:\.\d+)?[%％万亿]?(?P<mark>—{{1,2}}|–|－|-|~|―|─)\d+(?:\.\d+)?{_COUNTED}"
)
_ODD_DASH = re.compile(rf"(?<=[{HAN}\d”》）])(?P<mark>－|–|―|--+|─)(?=[{HAN}\d“《（])")
_HALF = re.compile(rf"(?<=[{HAN}，。；：、”》）])[,;:!?]|[,;:!?](?=[{HAN}“《（])|(?<=[{HAN}])\.(?=[{HAN}]|$)")
_HALF_BRACKETS = re.compile(rf"(?<=[{HAN}，。；：、”》])[()]|[()](?=[{HAN}，。；：、“《])")
_BLANK = re.compile(rf"(?<=[{HAN}])[ \xa0\u3000]+(?=\d)|(?<=[\d%])[ \xa0\u3000]+(?=[{HAN}])")
_STRAIGHT = re.compile(rf"(?<=[{HAN}，。；：、（])[\"']|[\"'](?=[{HAN}，。；：、（）])")
_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】", "〔": "〕", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_INNER = {"《": "〈〉", "“": "‘’"}
_SHORT_YEAR = re.compile(r"(?<![\d.第])[012]\d年(?=(?:1[0-2]|[1-9])月|上半年|下半年|[底初末](?!期)|度|第?[一二三四]季度|春|秋)")
_SHORT_RANGE = re.compile(rf"{_YEAR}年?[—–\-－～~至](?P<short>\d\d)年(?!以|来|间|期)")
_PERCENT = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:～|~|—+|–|-|－|至|到)\d+(?:\.\d+)?[%％]")
_NUMBER_FIRST = re.compile(rf"[{HAN}]{{1,10}}〔\d{{4}}〕\d+号[）)]?(?:文件|文)?《")
_BARE_NUMBER = re.compile(rf"》[{HAN}]{{1,10}}〔\d{{4}}〕\d+号")
_ODD_BRACKETS = re.compile(rf"[{HAN}]{{2,10}}[\[【(（［{{](?:19|20)\d\d[\]】)）］}}]第?\d+号")
_PARTED_TITLES = re.compile(r"》、(?=《)")


def _each(element: Element, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Find a pattern in a paragraph, but not in the number of its heading, which has a rule of its own."""
    start = len(str(number)) if (number := numbering(element.text)) else 0
    start = max(start, re.match(r"\s*(?:[(（][\d一二三四五六七八九十]{1,3}[)）])?", element.text).end())  # type: ignore[union-attr]
    yield from pattern.finditer(element.text, start)


def ranges_have_their_mark(paper: Paper) -> Iterator[Found]:
    """GB/T 15834, 4.13.3.2: 时间、地点起止用一字线“—”；数量起止用浪纹线“～”；破折号用两个“—”。"""
    for element in prose(paper):
        told: set[int] = set()
        for pattern in _NOT_ONE_DASH:
            for match in _each(element, pattern):
                if match.start("mark") not in told:
                    told.add(match.start("mark"))
                    yield _mark(element, match, "时间起止用一字线“—”，如 2024—2026年、1—3月", "改成一个“—”")
        for match in _each(element, _NOT_WAVED):
            if match.start("mark") not in told:
                told.add(match.start("mark"))
                yield _mark(element, match, "数量起止用浪纹线“～”，如 100～150家", "改成“～”")
        for match in _each(element, _ODD_DASH):
            if match.start("mark") not in told:
                yield _mark(element, match, "起止用“—”，破折号用“——”", "改成规定的符号")


def _mark(element: Element, match: re.Match[str], expected: str, remedy: str) -> Found:
    return within(element, *match.span(), f"“{match[0]}”里用了“{match['mark']}”", expected, remedy)


def marks_are_full_width(paper: Paper) -> Iterator[Found]:
    """GB/T 15834, 5.1: 中文里用全角标点；汉字与数字之间不空格（PDF 里的空隙看不出是不是空格，只看 DOCX）。"""
    for element in prose(paper):
        for pattern in (_HALF, _HALF_BRACKETS):
            for match in _each(element, pattern):
                yield within(
                    element, *match.span(), f"中文里用了半角“{match[0]}”", "全角标点", "改成全角的"
                )
        blanks = list(_each(element, _BLANK)) if element.paragraphs else []
        if blanks:
            start, end = blanks[0].span()
            more = f"（本段 {len(blanks)} 处）" if len(blanks) > 1 else ""
            yield within(element, start, end, f"汉字与数字之间有空格{more}", "不空格", "删去空格")


def marks_are_paired(paper: Paper) -> Iterator[Found]:
    """GB/T 15834, 4.8, 4.9, 4.15: 引号、书名号、括号成对；书名号里用〈〉，双引号里用‘’。"""
    for element in prose(paper):
        for match in _STRAIGHT.finditer(element.text):
            yield within(element, *match.span(), f"用了直引号“{match[0]}”", "弯引号“ ”", "改成“ ”")
        yield from _pairs(element)
        for match in _PARTED_TITLES.finditer(element.text):
            yield within(
                element, *match.span(), "并列的书名号之间用了顿号", "并列的书名号之间通常不用顿号", "删去顿号", Grade.INFO
            )


def _pairs(element: Element) -> Iterator[Found]:
    opened: list[tuple[str, int]] = []
    for place, char in enumerate(element.text):
        if char in _PAIRS:
            if char in _INNER and any(mark == char for mark, _ in opened):
                yield within(
                    element, place, place + 1, f"“{char}”里又用了“{char}”", f"里层用 {_INNER[char]}", f"里层改成 {_INNER[char]}"
                )
            opened.append((char, place))
        elif char in _CLOSING:
            if opened and opened[-1][0] == _CLOSING[char]:
                opened.pop()
            elif not (char == "）" and place <= 3):
                yield _unpaired(element, place, char)
                opened = [pair for pair in opened if pair[0] != _CLOSING[char]]
    for mark, place in opened:
        yield _unpaired(element, place, mark)


def _unpaired(element: Element, place: int, mark: str) -> Found:
    pair = f"{_CLOSING.get(mark, mark)}{_PAIRS.get(_CLOSING.get(mark, mark), '')}"
    return within(element, place, place + 1, f"“{mark}”没有成对，或套错了", f"成对使用 {pair}", "补上另一半，或改正次序")


def years_have_four_digits(paper: Paper) -> Iterator[Found]:
    """GB/T 15835, 5.2.1: 年份写四位，不简写。"""
    for element in prose(paper):
        for pattern in (_SHORT_YEAR, _SHORT_RANGE):
            for match in _each(element, pattern):
                yield within(element, *match.span(), f"年份写作“{match[0]}”", "四位，如 2024年", "写全年份")


def both_percentages_have_their_sign(paper: Paper) -> Iterator[Found]:
    """GB/T 15835, 5.1.3: 百分数范围，前后都写百分号。"""
    for element in prose(paper):
        for match in _each(element, _PERCENT):
            yield within(element, *match.span(), f"写作“{match[0]}”", "两头都写百分号，如 63%～68%", "前一个数也加“%”")


def percent_signs_are_half_width(paper: Paper) -> Iterator[Found]:
    """GB/T 15835: 百分号用半角“%”。"""
    for element in prose(paper):
        signs = [place for place, char in enumerate(element.text) if char == "％"]
        if signs:
            more = f"（本段 {len(signs)} 处）" if len(signs) > 1 else ""
            yield within(element, signs[0], signs[0] + 1, f"百分号用了全角“％”{more}", "半角“%”", "改成“%”")


def papers_are_cited_by_title_and_number(paper: Paper) -> Iterator[Found]:
    """实务: 引用公文先引标题，后在圆括号里引发文字号；年份用六角括号。"""
    for element in prose(paper):
        for match in _each(element, _NUMBER_FIRST):
            yield _cited(element, match, "发文字号在标题之前")
        for match in _each(element, _BARE_NUMBER):
            yield _cited(element, match, "发文字号没有加圆括号")
        for match in _each(element, _ODD_BRACKETS):
            yield _cited(element, match, "年份没有用六角括号〔〕")


def _cited(element: Element, match: re.Match[str], fault: str) -> Found:
    return within(element, *match.span(), f"引用公文，{fault}", "《标题》（甲应急〔2024〕8号）", "改成先标题、后（发文字号）")


RULES = (
    rule("TXT-DASH", ranges_have_their_mark),
    rule("TXT-FULLW", marks_are_full_width),
    rule("TXT-QUOTE", marks_are_paired),
    rule("TXT-YEAR", years_have_four_digits),
    rule("TXT-PCT", both_percentages_have_their_sign),
    rule("TXT-PCT", percent_signs_are_half_width),
    rule("TXT-CITE", papers_are_cited_by_title_and_number),
)
