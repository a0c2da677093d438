"""The elements that names of styles stand for: docgen's own, and those that offices' templates use."""

from __future__ import annotations

import re

STYLE_ELEMENTS = {
    "公文正文": "正文",
    "公文一级标题": "一级标题",
    "公文二级标题": "二级标题",
    "公文三级标题": "三级标题",
    "公文四级标题": "四级标题",
    "公文标题": "标题",
    "附件标记": "附件",
    "表题": "表题",
    "表注": "表注",
    "公文页码": "页码",
}
"""docgen's own names; a style named as the element itself needs none here."""

PLAIN_STYLES = {"空行", "版记", "表头", "表文", "表头（小）", "表文（小）", "Normal", "正文"}
"""Names that do not tell an element: what stands there is told by its place and text."""

_FOREIGN = {
    "title": "标题",
    "文件标题": "标题",
    "公文主标题": "标题",
    "红头": "发文机关标志",
    "发文机关": "发文机关标志",
    "文件头": "发文机关标志",
    "文号": "发文字号",
    "密级和保密期限": "密级",
    "主送": "主送机关",
    "主送单位": "主送机关",
    "落款": "署名",
    "落款单位": "署名",
    "发文机关署名": "署名",
    "落款日期": "成文日期",
    "附件顺序号": "附件",
    "抄送机关": "抄送",
    "印发机关和印发日期": "印发机关",
}
_ELEMENTS = {
    "份号", "密级", "紧急程度", "发文机关标志", "发文字号", "签发人", "标题", "主送机关", "一级标题", "二级标题", "三级标题",
    "四级标题", "附件说明", "署名", "成文日期", "附注", "附件标题", "抄送", "版记主送", "印发机关", "印发日期",
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|标题)\s*([1-4])", re.IGNORECASE)
_LEVELS = ("一级标题", "二级标题", "三级标题", "四级标题")


def element_of_style(name: str) -> str | None:
    """Give the element that a style's name stands for, None where it tells none."""
    plain = name.strip()
    if plain in PLAIN_STYLES:
        return None
    if plain in STYLE_ELEMENTS:
        return STYLE_ELEMENTS[plain]
    if plain in _ELEMENTS:
        return plain
    heading = _HEADING.fullmatch(plain)
    if heading is not None:
        return _LEVELS[int(heading[1]) - 1]
    return _FOREIGN.get(plain.removeprefix("公文").strip("-_ ").lower() or plain)
