"""Tell the elements of a DOCX that no tag and no style names, by where they stand and how they read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docgen.check.docx_units import Unit
from docgen.gongwen.genres import GENRES
from docgen.gongwen.levels import level_of

_COPY = re.compile(r"抄\s*送\s*[:：]")
_TO_BELOW = re.compile(r"主\s*送\s*[:：]")
_COPY_NUMBER = re.compile(r"\d{4,8}")
_SECRECY = re.compile(r"(绝密|机密|秘密|绝　密|机　密|秘　密)(★.*)?")
_URGENCY = re.compile(r"(特急|加急|特　急|加　急|特提|平急)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,15}\s*[〔\[（(【［〈]\s*\d{2,4}\s*[〕\]）)】］〉]\s*第?[\s　\d_×X]*号?")
_SIGNERS = re.compile(r"签发人\s*[:：]")
_DATE = re.compile(r"(?:\d{2,4}|[〇○零一二三四五六七八九十]{2,4}|[×X_　\s]*)年.{1,4}月.{1,4}日")
_NOTE = re.compile(r"[（(].+[）)]", re.DOTALL)
_LABEL = re.compile(r"(?:[\u4e00-\u9fff]+〔\d{4}〕\s*\d*\s*号)?附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?")
_ANNEX_NOTE = re.compile(r"附\s*件\s*\d{0,2}\s*[:：]")
_LISTED = re.compile(r"\d{1,2}\s*[.．、]")
_ORGAN = re.compile(r"(?:局|厅|委|委员会|部|政府|办公室|公司|院|会|中心|分局|总队|大队|社|处)$")
_NEAR = 2
"""How many paragraphs above the date a name stands that is set like the text."""
_ENDS_SENTENCE = tuple("。；：，、！？:;,")
_MARK_SIZE, _TITLE_SIZE, _BODY_SIZE = 20.0, 18.0, 15.0
_INDENTED_MM = 5.0
_LONGEST_NAME, _LONGEST_CAPTION, _LONGEST_TO, _LONGEST_TITLE = 40, 40, 400, 120
_LEVELS = ("正文", "一级标题", "二级标题", "三级标题", "四级标题")
_IMPRINT = ("抄送", "版记主送", "印发机关", "印发日期")
_HEAD = ("份号", "密级", "紧急程度", "发文机关标志", "发文字号", "签发人")


def name_by_place(given: list[Unit]) -> list[Unit]:
    """Name what is not named yet; paragraphs that make one element become one unit."""
    title = _title(given)
    _name_head(given[:title] if title is not None else [])
    first_annex = _name_annexes(given, title)
    end = min(_name_imprint(given, title), first_annex)
    date = _name_date(given, title, end)
    if title is not None:
        _name_addressees(given, title, end)
    if date is not None:
        _name_signed(given, title, date, end)
    _name_annex_note(given, title, end if date is None else date)
    _name_rest(given, title, end if date is None else date + 1, end)
    return list(_joined(given))


def _title(given: Sequence[Unit]) -> int | None:
    named = next((place for place, unit in enumerate(given) if unit.name == "标题"), None)
    if named is not None:
        return named
    if given and given[0].name == "一级标题" and given[0].text.strip().endswith(GENRES):
        given[0].name = "标题"  # the title as Word's first heading
        return 0
    for place, unit in enumerate(given):
        text = unit.text.strip()
        if unit.is_table or unit.name in ("附件", "附件标题", "正文") or _LABEL.fullmatch(text):
            return None
        is_head = unit.name in _HEAD or unit.is_red or _NUMBER.fullmatch(text)
        is_large = unit.size >= _TITLE_SIZE or text.endswith(GENRES)
        if not is_head and unit.is_centred and is_large and not text.endswith("文件"):
            _name(unit, "标题")
            return place
    return None


def _name_head(head: Iterable[Unit]) -> None:
    last = ""
    for unit in head:
        text = unit.text.strip()
        if not unit.name:
            if _SECRECY.fullmatch(text):
                _name(unit, "密级")
            elif _URGENCY.fullmatch(text):
                _name(unit, "紧急程度")
            elif _SIGNERS.match(text) or (last == "签发人" and len(text) <= _LONGEST_NAME):
                _name(unit, "签发人")
            elif _NUMBER.fullmatch(text):
                _name(unit, "发文字号")
            elif _COPY_NUMBER.fullmatch(text) and last in ("", "份号", "发文机关标志"):
                _name(unit, "份号")
            elif unit.is_red or unit.size >= _MARK_SIZE:
                _name(unit, "发文机关标志")
        last = unit.name


def _name_annexes(given: Sequence[Unit], title: int | None) -> int:
    """Name the labels and titles of annexes and number what stands in each; give where the first begins."""
    first, annex = len(given), 0
    has_date = False
    for place, unit in enumerate(given):
        has_date = has_date or unit.name == "成文日期" or bool(_DATE.fullmatch(unit.text.strip()))
        looks = _LABEL.fullmatch(unit.text.strip()) and (has_date or unit.head.starts_page or place == 0)
        if not unit.name and looks and not (unit.is_table or place == title):
            _name(unit, "附件")
        if unit.name == "附件":
            first, annex = min(first, place), annex + 1
            _name_annex_title(given[place + 1 :])
        unit.annex = annex
    return first


def _name_annex_title(behind: Sequence[Unit]) -> None:
    size = 0.0
    for unit in behind:
        is_title = unit.is_centred and not unit.is_table and (not size or unit.size == size)
        if unit.name not in ("", "附件标题") or not is_title:
            return
        _name(unit, "附件标题")
        size = unit.size


def _name_imprint(given: Sequence[Unit], title: int | None) -> int:
    """Name 版记, which stands last; give where it begins."""
    begin = len(given)
    for place in range(len(given) - 1, -1 if title is None else title, -1):
        unit, text = given[place], given[place].text.strip()
        if not unit.name and _COPY.match(text):
            _name(unit, "抄送")
        elif not unit.name and _TO_BELOW.match(text) and (begin == place + 1 < len(given) or unit.head.in_box):
            _name(unit, "版记主送")
        if unit.name in _IMPRINT:
            begin = place
    for place in range(begin, len(given) - 1):
        unit, behind = given[place], given[place + 1]
        if not unit.name and behind.name == "印发日期" and len(unit.text) <= _LONGEST_NAME:
            _name(unit, "印发机关")
        elif not unit.name and not unit.is_table and place > begin:
            unit.name, unit.how = given[place - 1].name, given[place - 1].how
    for unit in given[begin:]:
        if unit.name in _IMPRINT:
            unit.annex = 0
    return begin


def _name_date(given: Sequence[Unit], title: int | None, end: int) -> int | None:
    for place in range(end - 1, -1 if title is None else title, -1):
        unit = given[place]
        if unit.name == "成文日期" or (not unit.name and _DATE.fullmatch(unit.text.strip())):
            _name(unit, "成文日期")
            return place
    return None


def _name_addressees(given: Sequence[Unit], title: int, end: int) -> None:
    place = title + 1
    while place < end and given[place].name in ("标题", "") and _continues_title(given[title], given[place]):
        _name(given[place], "标题")
        place += 1
    if place >= end or given[place].name or any(unit.name == "主送机关" for unit in given):
        return
    unit, text = given[place], given[place].text.strip()
    is_addressed = text.endswith(("：", ":")) and not text.endswith(("如下：", "如下:")) and "。" not in text
    is_flush = unit.head.first_line < _INDENTED_MM and not text.endswith(_ENDS_SENTENCE) and "。" not in text
    if len(text) <= _LONGEST_TO and level_of(text).value == 0 and (is_addressed or is_flush):
        _name(unit, "主送机关")


def _continues_title(title: Unit, unit: Unit) -> bool:
    return unit.is_centred and unit.size == title.size and unit.size >= _TITLE_SIZE


def _name_signed(given: Sequence[Unit], title: int | None, date: int, end: int) -> None:
    """Name 署名 above the date, and 附注 under it."""
    place = date - 1
    while place > (-1 if title is None else title) and _is_signature(given[place], given[date]):
        _name(given[place], "署名")
        place -= 1
    for unit in given[date + 1 : end]:
        if not unit.name and _NOTE.fullmatch(unit.text.strip()):
            _name(unit, "附注")


def _is_signature(unit: Unit, date: Unit) -> bool:
    if unit.name:
        return unit.name == "署名"
    text = unit.text.strip()
    shares = unit.head.in_table != 0 and unit.head.in_table == date.head.in_table
    is_aside = unit.head.align in ("right", "center", "end") or unit.head.left + unit.head.first_line > 2 * 11.2
    is_short = len(text) <= _LONGEST_NAME and not text.endswith(_ENDS_SENTENCE) and not text.startswith("附件")
    blanks = len(unit.text) - len(unit.text.lstrip(" 　\t"))
    is_organ = date.head.number - unit.head.number <= _NEAR and _ORGAN.search(text) is not None
    is_closed = _NOTE.fullmatch(text) is not None or _LISTED.match(text) is not None
    return is_short and not unit.is_table and not is_closed and (shares or is_aside or is_organ or blanks > 4)


def _name_annex_note(given: Sequence[Unit], title: int | None, end: int) -> None:
    begin = next(
        (
            place
            for place in range(0 if title is None else title + 1, end)
            if given[place].name in ("", "附件说明") and _ANNEX_NOTE.match(given[place].text.strip())
        ),
        end,
    )
    for unit in given[begin:end]:
        text = unit.text.strip()
        if unit.name not in ("", "附件说明") or unit.is_table:
            return
        if not (_ANNEX_NOTE.match(text) or _LISTED.match(text) or _NOTE.fullmatch(text)):
            return
        _name(unit, "附件说明")


def _name_rest(given: Sequence[Unit], title: int | None, signed: int, end: int) -> None:
    for place, unit in enumerate(given):
        is_text = (title is None or place > title) and (place < signed or unit.annex > 0)
        if unit.name == "正文" or (not unit.name and is_text):
            unit.name = _LEVELS[level_of(unit.text.strip()).value]
            behind = given[place + 1] if place + 1 < len(given) else None
            if unit.how.name == "PLACE" and behind is not None and behind.is_table and _is_caption(unit):
                unit.name = "表题"
            elif unit.how.name == "PLACE" and place and given[place - 1].name in ("表", "表注") and _is_table_note(unit, given[place - 1]):
                unit.name = "表注"
        elif not unit.name:
            unit.name = "其他"


def _is_caption(unit: Unit) -> bool:
    return len(unit.text) <= _LONGEST_CAPTION and not unit.text.strip().endswith(_ENDS_SENTENCE)


def _is_table_note(unit: Unit, table: Unit) -> bool:
    return unit.text.strip().startswith(("注：", "备注：", "说明：")) or max(unit.size, table.size) < _BODY_SIZE


def _joined(given: Sequence[Unit]) -> Iterable[Unit]:
    """Join the paragraphs of one title, of 抄送, of a name in 署名."""
    marks = {unit.text.strip().removesuffix("文件") for unit in given if unit.name == "发文机关标志"}
    last: Unit | None = None
    for unit in given:
        if last is not None and last.name == unit.name and last.annex == unit.annex:
            goes_on = unit.name in ("标题", "附件标题") or (unit.name == "抄送" and not _COPY.match(unit.text.strip()))
            is_name = unit.name == "署名" and (last.text + unit.text).strip() in marks
            if goes_on or is_name:
                last.paragraphs += unit.paragraphs
                last.text += unit.text
                continue
        if last is not None:
            yield last
        last = unit
    if last is not None:
        yield last


def _name(unit: Unit, name: str) -> None:
    unit.name = unit.name or name
