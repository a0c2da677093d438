"""The names of an official paper's fields (公文域, GB/T 33476.2-2016), by which a content control says what it holds.

A DOCX carries them as tags; whoever reads one knows an element by them. The standard writes a field's name as the
pinyin of the element's full name, with `_1`, `_2` … where a paper has several of one (as in fawenjiguanshuming_2).
"""

from __future__ import annotations

import re

FIELD_NAMES = {
    "份号": ("fenhao", "份号"),
    "密级": ("miji", "密级和保密期限"),
    "紧急程度": ("jinjichengdu", "紧急程度"),
    "发文机关标志": ("fawenjiguanbiaozhi", "发文机关标志"),
    "发文字号": ("fawenzihao", "发文字号"),
    "签发人": ("qianfaren", "签发人"),
    "标题": ("biaoti", "标题"),
    "主送机关": ("zhusongjiguan", "主送机关"),
    "正文": ("zhengwen", "正文"),
    "附件说明": ("fujianshuoming", "附件说明"),
    "署名": ("fawenjiguanshuming", "发文机关署名"),
    "成文日期": ("chengwenriqi", "成文日期"),
    "附注": ("fuzhu", "附注"),
    "附件": ("fujianshunxuhao", "附件顺序号"),
    "附件标题": ("fujianbiaoti", "附件标题"),
    "抄送": ("chaosongjiguan", "抄送机关"),
    "版记主送": ("banjizhusongjiguan", "版记主送机关"),
    "印发机关": ("yinfajiguan", "印发机关"),
    "印发日期": ("yinfariqi", "印发日期"),
}
"""By an element's name in this program: the field's name, and the name that is shown to the reader."""

_ELEMENTS = {tag: element for element, (tag, _title) in FIELD_NAMES.items()} | {
    "fawenjiguanmingcheng": "发文机关标志",
    "mijihebaomiqixian": "密级",
    "chaosong": "抄送",
}
_NUMBER = re.compile(r"_\d+$")


def field_name(element: str, number: int = 0) -> str:
    """Write the name of an element's field; `number` counts from 1 where a paper may have several of it."""
    return FIELD_NAMES[element][0] + (f"_{number}" if number else "")


def element_of_field(name: str) -> str | None:
    """Give the element that a field's name stands for, None where it is no field of an official paper."""
    return _ELEMENTS.get(_NUMBER.sub("", name.strip().lower()))
