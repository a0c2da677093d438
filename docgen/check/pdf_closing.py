"""Recognise what stands apart from the text: page numbers, and 版记 at the foot of the last page."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.check.pdf_lines import part_of, pieces
from docgen.check.pdf_top import Taken
from docgen.check.pdf_words import COPY_TO, DATE, PAGE_NUMBER, PRINTED, SENT_TO
from docgen.check.seen import SeenLine, SeenPage, SeenRule

_FOOT = 0.85
_WHITE = 2.0
_LONG = 90.0
_NUMBER_CHARS = 12


def page_number_of(page: SeenPage) -> SeenLine | None:
    """Find the page's number: the lowest line, at the foot, that reads as one."""
    for line in reversed(page.lines[-2:]):
        if line.baseline < page.height * _FOOT or len(line.glyphs) > _NUMBER_CHARS:
            return None
        if PAGE_NUMBER.fullmatch(line.text):
            return line
    return None


def imprint_of(pages: Sequence[SeenPage], lines: Sequence[SeenLine]) -> list[SeenLine]:
    """Find the lines of 版记: from 主送, 抄送 or the rule above 印发 on, to the foot of its page."""
    for page in reversed(pages):
        own = [line for line in lines if line.page == page.number]
        start = next((at for at, line in enumerate(own) if COPY_TO.match(line.text)), None)
        printed = next((at for at in reversed(range(len(own))) if _is_printed(own[at])), None)
        if start is None and printed is None:
            continue
        if start is None:
            start = _under_rule(own, printed or 0, page.rules)
        while start > 0 and (SENT_TO.match(own[start - 1].text) or _goes_on(own, start - 1)):
            start -= 1
        if printed is not None and printed >= start:
            return own[start : printed + 1]
        if start is not None:
            return own[start:]
    return []


def _is_printed(line: SeenLine) -> bool:
    last = pieces(line, _WHITE)[-1]
    return PRINTED.fullmatch(line.text) is not None and (
        DATE.match(last.text) is not None or len(line.text) < 30
    )


def _under_rule(lines: Sequence[SeenLine], printed: int, rules: Sequence[SeenRule]) -> int:
    """Give the first line under the long rule next above 印发; that line itself where there is no rule."""
    foot = lines[printed].ink.top
    above = [
        rule.box.bottom for rule in rules if rule.box.width > _LONG and foot - 40 < rule.box.bottom < foot + 1
    ]
    if not above:
        return printed
    return next((at for at, line in enumerate(lines) if line.ink.top > max(above) - 1), printed)


def _goes_on(lines: Sequence[SeenLine], at: int) -> bool:
    """Whether a line is a further line of 主送 under 版记."""
    for above in reversed(range(at)):
        if SENT_TO.match(lines[above].text):
            steps = [
                b.baseline - a.baseline
                for a, b in zip(lines[above : at + 1], lines[above + 1 : at + 2], strict=False)
            ]
            return all(step < 13 for step in steps)
    return False


def take_imprint(lines: Sequence[SeenLine], rules: Sequence[SeenRule], taken: Taken) -> None:
    """Name the lines of 版记."""
    groups: list[tuple[str, list[SeenLine]]] = []
    for at, line in enumerate(lines):
        is_last = at == len(lines) - 1 and _is_printed(line)
        name = "版记主送" if SENT_TO.match(line.text) else "抄送" if COPY_TO.match(line.text) else ""
        if not name and (not groups or is_last or _is_ruled_off(lines, at, rules)):
            name = "印发机关"
        if name and not (groups and groups[-1][0] == name == "印发机关"):
            groups.append((name, [line]))
        else:
            groups[-1][1].append(line)
    for name, own in groups:
        if name == "印发机关":
            _take_office(own, taken)
        else:
            taken.add(name, *own)


def _is_ruled_off(lines: Sequence[SeenLine], at: int, rules: Sequence[SeenRule]) -> bool:
    above, below = lines[at - 1].baseline, lines[at].ink.top
    return any(rule.box.width > _LONG and above < rule.box.bottom < below + 1 for rule in rules)


def _take_office(lines: Sequence[SeenLine], taken: Taken) -> None:
    """Part 印发机关 from 印发日期, which stands at the end of the last line."""
    *above, last = lines
    match = DATE.search(last.text)
    start = 0
    if match is not None:
        before = last.text[: match.start()]
        start = sum(not char.isspace() for char in before)
    office = [*above, *([part_of(last, last.glyphs[:start])] if start else [])]
    if match is None:
        office = list(lines)
    if office:
        taken.add("印发机关", *office)
    if match is not None:
        date = last.glyphs[start:]
        taken.add("印发日期", part_of(last, date), joined=last.text[match.start() :])
