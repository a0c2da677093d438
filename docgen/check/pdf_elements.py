"""Recognise the elements of an official paper on the pages of a PDF, by where they stand and how they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.check.pdf_annexes import label_at, laid_upright, take_annexes, take_blocks
from docgen.check.pdf_body import take_body
from docgen.check.pdf_closing import imprint_of, page_number_of, take_imprint
from docgen.check.pdf_frame import Frame, frame_of, is_red, running_lines
from docgen.check.pdf_lines import around
from docgen.check.pdf_tables import stands_in, tables_of
from docgen.check.pdf_top import Taken, take_top
from docgen.check.pdf_words import DATE
from docgen.check.seen import Element, How, Paper, SeenLine, SeenPage, SeenPdf

_LETTER_RULE = 165.0
_SHOWN = 20
_TOP = 60.0


def paper_of_pdf(seen: SeenPdf) -> Paper:
    """Recognise the elements of a PDF; what has none of its places or words is told by its first characters."""
    views, before = _views(seen)
    numbers = [line for page in seen.pages if (line := page_number_of(page)) is not None]
    known = {id(line) for line in numbers}
    lines = [line for page in views for line in page.lines if id(line) not in known]
    imprint = imprint_of(views, lines)
    taken_lines = {id(line) for line in imprint}
    rest = [line for line in lines if id(line) not in taken_lines]
    taken = Taken()
    _take_text(rest, views, taken)
    if imprint:
        take_imprint(imprint, views[imprint[0].page - 1].rules, taken)
    elements = [_as_drawn(element, before) for element in taken.elements]
    elements += [Element("页码", line.text, How.PLACE, (line,)) for line in numbers]
    unknown = tuple(f"第 {line.page} 页“{line.text[:_SHOWN]}”" for line in taken.unknown)
    return Paper(
        tuple(elements), pdf=seen, is_letter=_is_letter(seen), unidentified=(*unknown, *_missing(elements))
    )


def _views(seen: SeenPdf) -> tuple[list[SeenPage], dict[int, SeenLine]]:
    views, before = [], {}
    for page in seen.pages:
        view, lines = laid_upright(page)
        views.append(view)
        before.update(lines)
    return views, before


def _take_text(lines: Sequence[SeenLine], views: Sequence[SeenPage], taken: Taken) -> None:
    dates = [
        at for at, line in enumerate(lines) if DATE.search(line.text) and line.text.endswith(("日", "】"))
    ]
    first = label_at(lines, next((at for at in dates if _ends_text(lines, at)), -1))
    own, annexes = (lines, lines[:0]) if first is None else (lines[:first], lines[first:])
    running = [line for line in own or lines if not stands_in(line, tables_of(views[line.page - 1].rules))]
    frame = frame_of((running or own) if own else running_lines(running))
    if own:
        _take_own(own, running, views, frame, taken)
    take_annexes(annexes, views, frame, taken)


def _ends_text(lines: Sequence[SeenLine], at: int) -> bool:
    """Whether a line is a date by itself, with white before it."""
    text = lines[at].text.replace("\u3000", "")
    return DATE.fullmatch(text) is not None or lines[at].ink.left > _TOP


def _take_own(
    own: Sequence[SeenLine],
    running: Sequence[SeenLine],
    views: Sequence[SeenPage],
    frame: Frame,
    taken: Taken,
) -> None:
    """Recognise the paper itself: what is above the body, tables in it, and the rest."""
    rest = take_top(own, frame, taken)
    issuers = [element.text for element in taken.elements if element.name == "发文机关标志"]
    issuers = [issuer.removesuffix("文件") for issuer in issuers if issuer != "文件"]
    inside = {id(line) for line in own} - {id(line) for line in running}
    tables = [line for line in rest if id(line) in inside]
    take_body([line for line in rest if id(line) not in inside], frame, issuers, taken)
    if tables:
        take_blocks(tables, views, frame, taken)
        taken.elements.sort(key=lambda element: (element.lines[0].page, element.lines[0].baseline))


def _as_drawn(element: Element, before: dict[int, SeenLine]) -> Element:
    """Give the lines of an element as they are on the page, where it was read lying on its side."""
    if not any(id(line) in before for line in element.lines):
        return element
    return replace(element, lines=tuple(before.get(id(line), line) for line in element.lines))


def _is_letter(seen: SeenPdf) -> bool:
    """Whether the first page has the red lines of a letter, longer than the text is wide, or its mark near the edge."""
    first = seen.pages[0]
    lines = [rule for rule in first.rules if is_red(rule.colour) and rule.box.width >= _LETTER_RULE]
    if len(lines) >= 2:
        return True
    red = [line for line in first.lines if is_red(line.glyphs[0].colour) and line.glyphs[0].size >= 19]
    return (
        bool(red)
        and around(line.ink for line in red).top < 34
        and not any(line.text.endswith("文件") for line in red)
    )


def _missing(elements: Sequence[Element]) -> tuple[str, ...]:
    """Say which elements every paper has were not found in this one."""
    names = {element.name for element in elements}
    is_annex = bool(elements) and elements[0].name == "附件"
    wanted = () if is_annex else ("标题", "成文日期")
    return tuple(f"没有认出{name}" for name in wanted if name not in names)
