"""Recognise the elements of an official paper in a DOCX: by tag, then by style, then by place and text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.check.docx_places import name_by_place
from docgen.check.docx_units import Unit, bare_lines, units
from docgen.check.seen import Element, How, Paper, SeenWord

_ASKED = ("发文机关标志", "发文字号", "标题", "主送机关", "署名", "成文日期")
"""What nearly every paper has; what is missing is said, for a rule that looks for it sees nothing."""
_MOST_TOLD = 10


def paper_of_docx(seen: SeenWord) -> Paper:
    """Give the paper that a DOCX shows, and in words what could not be recognised."""
    named = name_by_place(units(seen))
    elements = tuple(
        Element(unit.name, unit.text.strip(), unit.how, paragraphs=unit.paragraphs, annex=unit.annex)
        for unit in named
        if unit.name != "页码"
    )
    return Paper(
        elements + tuple(_page_numbers(seen)),
        word=seen,
        is_letter=_is_letter(elements),
        unidentified=tuple(_unidentified(named)),
    )


def _page_numbers(seen: SeenWord) -> Iterator[Element]:
    """Give every text with a page's number once; footers count no paragraphs of the body."""
    texts = dict.fromkeys(
        bare_lines(paragraph.text).strip()
        for section in seen.sections
        for paragraphs in section.footers.values()
        for paragraph in paragraphs
        if "{PAGE}" in paragraph.text
    )
    yield from (Element("页码", text, How.PLACE) for text in texts)


def _is_letter(elements: Sequence[Element]) -> bool:
    """Tell 信函格式: the mark without 文件, the number at the right edge (10.1)."""
    mark = next((element for element in elements if element.name == "发文机关标志"), None)
    number = next((element for element in elements if element.name == "发文字号"), None)
    if mark is None or number is None:
        return False
    return not mark.text.endswith("文件") and number.paragraphs[0].align in ("right", "end")


def _unidentified(named: Sequence[Unit]) -> Iterator[str]:
    names = {unit.name for unit in named}
    names |= {"主送机关"} if "版记主送" in names else set()
    missing = [name for name in _ASKED if name not in names]
    if missing:
        yield f"没有认出{'、'.join(missing)}"
    others = [unit for unit in named if unit.name == "其他"]
    for unit in others[:_MOST_TOLD]:
        yield f"第 {unit.head.number} 段“{unit.text.strip()[:20]}”没有认出是什么要素"
    if len(others) > _MOST_TOLD:
        yield f"还有 {len(others) - _MOST_TOLD} 段没有认出是什么要素"
