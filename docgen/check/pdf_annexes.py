"""Recognise the annexes: their labels, titles, tables and text; a page that lies on its side is read as it is turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from docgen.check.pdf_body import take_paragraphs
from docgen.check.pdf_frame import Frame, size_of
from docgen.check.pdf_tables import stands_in, tables_of, text_of
from docgen.check.pdf_top import Taken, take_heading
from docgen.check.pdf_words import LABEL, LABEL_WITH_TITLE
from docgen.check.seen import Box, Glyph, SeenLine, SeenPage, SeenRule

_CAPTION = 9.0


def label_at(lines: Sequence[SeenLine], after: int) -> int | None:
    """Find the label of the first annex: at the top of a page, or below the line from which the text has ended."""
    for at, line in enumerate(lines):
        is_first = at == 0 or lines[at - 1].page != line.page
        if LABEL.fullmatch(line.text.strip()) and (is_first or at > after >= 0):
            return at
        if is_first and at > after >= 0 and LABEL_WITH_TITLE.fullmatch(line.text.strip()):
            return at
    return None


def take_annexes(lines: Sequence[SeenLine], pages: Sequence[SeenPage], frame: Frame, taken: Taken) -> None:
    """Recognise every annex from the first label on."""
    starts = [
        at
        for at, line in enumerate(lines)
        if LABEL.fullmatch(line.text.strip())
        or ((at == 0 or lines[at - 1].page != line.page) and LABEL_WITH_TITLE.fullmatch(line.text.strip()))
    ]
    for number, (start, end) in enumerate(pairwise([*starts, len(lines)]), start=1):
        taken.add("附件", lines[start], annex=number)
        rest = list(lines[start + 1 : end])
        own = _frame_on(rest, frame, pages)
        title = take_heading(rest, own)
        if title:
            taken.add("附件标题", *title, annex=number)
        take_blocks(rest[len(title) :], pages, own, taken, number)


def _frame_on(lines: Sequence[SeenLine], frame: Frame, pages: Sequence[SeenPage]) -> Frame:
    """Widen the frame where an annex lies on its side: its lines run along the page's height."""
    if not lines:
        return frame
    page = pages[lines[0].page - 1]
    if page.width <= page.height:
        return frame
    return replace(
        frame, left=min(line.ink.left for line in lines), right=max(line.ink.right for line in lines)
    )


def take_blocks(
    lines: Sequence[SeenLine], pages: Sequence[SeenPage], frame: Frame, taken: Taken, annex: int = 0
) -> None:
    """Name the tables among these lines, what stands right above and below each, and the paragraphs between."""
    running: list[SeenLine] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        tables = tables_of(pages[line.page - 1].rules)
        box = stands_in(line, tables)
        if box is None:
            running.append(line)
            number += 1
            continue
        rows = [other for other in lines[number:] if other.page == line.page and stands_in(other, (box,))]
        caption = running.pop() if running and _is_caption(running[-1], box, frame) else None
        _take_running(running, pages, frame, taken, annex)
        running = []
        if caption is not None:
            taken.add("表题", caption, annex=annex)
        taken.add("表", *rows, annex=annex, joined=text_of(rows, box, pages[line.page - 1].rules))
        number += len(rows)
    _take_running(running, pages, frame, taken, annex)


def _is_caption(line: SeenLine, box: Box, frame: Frame) -> bool:
    is_near = 0 <= box.top - line.ink.bottom < _CAPTION
    return is_near and (
        size_of(line) < frame.size - 0.5 or line.text.startswith("表") or frame.is_centred(line)
    )


def _take_running(
    lines: Sequence[SeenLine], pages: Sequence[SeenPage], frame: Frame, taken: Taken, annex: int
) -> None:
    """Take lines between tables: small ones right under a table are notes to it, the rest is text."""
    notes: list[SeenLine] = []
    rest = list(lines)
    while (
        rest
        and size_of(rest[0]) < frame.size - 0.5
        and taken.elements
        and taken.elements[-1].name in ("表", "表注")
    ):
        notes.append(rest.pop(0))
    if notes:
        taken.add("表注", *notes, annex=annex)
    take_paragraphs(rest, frame, taken, annex)


def laid_upright(page: SeenPage) -> tuple[SeenPage, dict[int, SeenLine]]:
    """Turn a page whose text lies on its side; give it with the lines as they were, by the identity of the new ones."""
    turn = page.turned[0].turn if page.turned else 0
    if turn not in (90, 270) or _weight(page.turned) <= _weight(page.lines):
        return page, {}
    before = [line for line in page.turned if line.turn == turn]
    after = [_turned_line(line, page) for line in before]
    kept = tuple(line for line in page.lines)
    rules = tuple(_turned_rule(rule, page, turn) for rule in page.rules)
    view = SeenPage(page.number, page.height, page.width, tuple(after), rules, (), kept)
    return view, {id(new): old for new, old in zip(after, before, strict=True)}


def _weight(lines: Sequence[SeenLine]) -> int:
    return sum(len(line.glyphs) for line in lines)


def _turned_box(box: Box, page: SeenPage, turn: int) -> Box:
    if turn == 90:
        return Box(page.height - box.bottom, box.left, page.height - box.top, box.right)
    return Box(box.top, page.width - box.right, box.bottom, page.width - box.left)


def _turned_rule(rule: SeenRule, page: SeenPage, turn: int) -> SeenRule:
    return replace(rule, box=_turned_box(rule.box, page, turn))


def _turned_line(line: SeenLine, page: SeenPage) -> SeenLine:
    turn = line.turn
    glyphs = tuple(
        Glyph(
            glyph.char,
            _turned_box(glyph.ink, page, turn),
            page.height - glyph.x if turn == 90 else glyph.x,
            glyph.size,
            glyph.font,
            glyph.colour,
        )
        for glyph in line.glyphs
    )
    baseline = line.baseline if turn == 90 else page.width - line.baseline
    return SeenLine(line.page, baseline, glyphs, _turned_box(line.ink, page, turn), line.text)
