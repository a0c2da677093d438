"""How elements of a paper read, in forms wide enough to recognise them where they are written wrongly."""

from __future__ import annotations

import re

_OPEN, _CLOSE = r"[〔\[(（【［〈<]", r"[〕\])）】］〉>]"
NUMBER = re.compile(
    rf"([一-鿿]{{1,15}}\s*{_OPEN}\s*[\d〇○零一二三四五六七八九]{{2,4}}\s*{_CLOSE}\s*第?\s*[\d_×Xx\s]*号|第\s*\d+\s*号)"
)
SECRECY = re.compile(r"(绝\s*密|机\s*密|秘\s*密)(\s*[★☆*].*)?")
URGENCY = re.compile(r"特\s*急|加\s*急|特\s*提|平\s*急")
COPY_NUMBER = re.compile(r"(№|No\.?)?\s*\d{4,8}")
SIGNER = re.compile(r"签\s*发\s*人\s*[:：]?")
DATE = re.compile(
    r"(\d{2,4}\s*年\s*\d{0,2}\s*月\s*\d{0,2}\s*日|[〇○零Ｏ一二三四五六七八九]{2,4}\s*年\s*[一二三四五六七八九十]{0,3}\s*月"
    r"\s*[一二三四五六七八九十]{0,3}\s*日|【[^】]*(日期|年)[^】]*】)"
)
PRINTED = re.compile(r".*(年.*月.*日|】)\s*印发")
ANNEX_NOTE = re.compile(r"附\s*件\s*[:：]")
ITEM = re.compile(r"\d{1,2}\s*[.．、]")
LABEL = re.compile(
    r"([一-鿿]{1,15}[〔\[(（].{2,8}[〕\])）].{0,8}号)?\s*附\s*件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?"
)
LABEL_WITH_TITLE = re.compile(r"附\s*件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?(\s*[:：]\s*|\s+)\S.*")
COPY_TO = re.compile(r"抄\s*[送报]\s*[:：]")
SENT_TO = re.compile(r"(主\s*送|分\s*送)\s*[:：]")
PAGE_NUMBER = re.compile(
    r"[—－–―·•~～\-\s]*(第\s*)?\d{1,3}(\s*页)?([/／]\d+|\s*共\s*\d+\s*页)?[—－–―·•~～\-\s]*"
)
AGENCY = re.compile(
    r".*(局|厅|部|委|会|府|室|院|司|公司|中心|署|处|所|集团|大学|学校|队|组|科|站|办|党组|支部|法院|检察院|】)"
)
HEADINGS = (
    ("一级标题", re.compile(r"[一二三四五六七八九十]{1,3}、")),
    ("二级标题", re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")),
    ("三级标题", re.compile(r"\d{1,2}[.．、](?!\d)")),
    ("四级标题", re.compile(r"[（(]\d{1,2}[)）]")),
)
ENDS_SENTENCE = tuple("。：；！？:;!?")
ENDS_CLAUSE = (*ENDS_SENTENCE, "，", "、", ",")


def heading_name(text: str) -> str:
    """Name a paragraph of the body by the number that it begins with."""
    return next((name for name, form in HEADINGS if form.match(text)), "正文")
