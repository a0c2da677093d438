"""Recognise what stands in the body: paragraphs, 附件说明, 署名, 成文日期, 附注; the body of an annex too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.check.pdf_frame import Frame, size_of
from docgen.check.pdf_lines import names_apart
from docgen.check.pdf_top import Taken
from docgen.check.pdf_words import (
    AGENCY,
    ANNEX_NOTE,
    DATE,
    ENDS_CLAUSE,
    ENDS_SENTENCE,
    ITEM,
    heading_name,
)
from docgen.check.seen import SeenLine

_FAR = 65.0
_REMARK = ("（", "(", "注：")


def take_body(lines: Sequence[SeenLine], frame: Frame, issuers: Sequence[str], taken: Taken) -> None:
    """Recognise every line of the paper itself below the addressees."""
    end = _date_at(lines, frame)
    before, after = (lines[:end], lines[end + 1 :]) if end is not None else (lines, lines[len(lines) :])
    note = next((at for at, line in enumerate(before) if _starts_note(before, at, frame)), None)
    names: list[SeenLine] = []
    body = list(before if note is None else before[:note])
    listed = list(before[note:]) if note is not None else []
    if end is not None:
        listed, more = _split_note(listed, frame) if note is not None else ([], [])
        names = more if note is not None else []
        if not names and note is None:
            start = _names_from(body, lines[end], frame)
            body, names = body[:start], body[start:]
    elif listed:
        listed, names = _split_note(listed, frame)
    take_paragraphs(body, frame, taken)
    _take_note(listed, frame, taken)
    _take_names(names, frame, issuers, taken)
    if end is not None:
        for piece in _date_and_more(lines[end]):
            taken.add("成文日期" if DATE.fullmatch(piece.text.strip()) else "署名", piece)
    _take_after(after, frame, taken)


def _date_and_more(line: SeenLine) -> tuple[SeenLine, ...]:
    """Part a date from what stands beside it; blanks within it are its own."""
    return (line,) if DATE.fullmatch(line.text) else names_apart(line)


def _date_at(lines: Sequence[SeenLine], frame: Frame) -> int | None:
    """Find the last line that is a date by itself, or ends in one that stands apart."""
    for at in reversed(range(len(lines))):
        last = _date_and_more(lines[at])[-1]
        if DATE.fullmatch(last.text.strip()) and (
            last is lines[at] or last.ink.left > frame.left + 6 * frame.char
        ):
            return at
    return None


def _starts_note(lines: Sequence[SeenLine], at: int, frame: Frame) -> bool:
    """Whether 附件说明 starts on a line: not in the midst of a paragraph."""
    if not ANNEX_NOTE.match(lines[at].text):
        return False
    return at == 0 or frame.indent(lines[at]) > 1.2 or frame.is_short(lines[at - 1])


def _split_note(lines: Sequence[SeenLine], frame: Frame) -> tuple[list[SeenLine], list[SeenLine]]:
    """Part the lines of 附件说明 from those below it."""
    for at, line in enumerate(lines[1:], start=1):
        above = lines[at - 1]
        is_next = line.page != above.page or line.baseline - above.baseline < 1.5 * frame.pitch
        goes_on = ITEM.match(line.text) or line.text.startswith(_REMARK)
        hangs = frame.indent(line) > 3.5 and not frame.is_short(above)
        if not (is_next and (goes_on or hangs or _is_in_remark(lines[:at]))):
            return list(lines[:at]), list(lines[at:])
    return list(lines), []


def _is_in_remark(lines: Sequence[SeenLine]) -> bool:
    """Whether the lines end in a remark whose bracket is still open."""
    starts = (at for at in reversed(range(len(lines))) if lines[at].text.startswith(_REMARK))
    remark = "".join(line.text for line in lines[next(starts, len(lines)) :])
    opened, closed = (sum(map(remark.count, signs)) for signs in ("（(", "）)"))
    return opened > closed


def _names_from(lines: Sequence[SeenLine], date: SeenLine, frame: Frame) -> int:
    """Find where the names above the date begin: under the highest white above which there is no more of them."""
    below, start, white = date, len(lines), None
    is_set_off = True
    for at in reversed(range(len(lines))):
        line = lines[at]
        step = below.baseline - line.baseline
        if line.page != date.page or step > _FAR or line.text.endswith(ENDS_CLAUSE) or ITEM.match(line.text):
            break
        is_set_off = is_set_off and _may_be_names(line, frame)
        start = at if is_set_off else start
        above = lines[at - 1] if at else None
        if (
            above is not None
            and above.page == line.page
            and line.baseline - above.baseline > 1.4 * frame.pitch
        ):
            white = at
        below = line
    return start if white is None else min(white, start)


def _may_be_names(line: SeenLine, frame: Frame) -> bool:
    """Whether a line reads as names do: no sentence, and set off from the edge or in several pieces."""
    parts = names_apart(line)
    if len(parts) > 1:
        return all(AGENCY.fullmatch(part.text) or len(part.text) < 16 for part in parts)
    return frame.indent(line) > 2.8 or (
        AGENCY.fullmatch(line.text) is not None and heading_name(line.text) == "正文"
    )


def take_paragraphs(lines: Sequence[SeenLine], frame: Frame, taken: Taken, annex: int = 0) -> None:
    """Join lines into paragraphs, over pages too, and name each by the number it begins with."""
    for paragraph in paragraphs_of(lines, frame):
        taken.add(heading_name(paragraph[0].text), *paragraph, annex=annex)


def paragraphs_of(lines: Sequence[SeenLine], frame: Frame) -> Iterator[list[SeenLine]]:
    """Part lines into paragraphs: a new one is indented, or follows one that has ended."""
    paragraph: list[SeenLine] = []
    for line in lines:
        if paragraph and _is_new(paragraph, line, frame):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _is_new(paragraph: Sequence[SeenLine], line: SeenLine, frame: Frame) -> bool:
    above = paragraph[-1]
    if line.page == above.page:
        gap = line.baseline - above.baseline
        if gap > 1.7 * frame.pitch or abs(size_of(line) - size_of(above)) > 1.5:
            return True
    indent = frame.indent(line)
    if frame.is_short(above):
        return above.text.endswith(ENDS_SENTENCE) or indent > 1.2 or heading_name(line.text) != "正文"
    return indent > 1.2 and (indent < 4.5 or heading_name(line.text) != "正文")


def _take_note(lines: Sequence[SeenLine], frame: Frame, taken: Taken) -> None:
    """Take 附件说明, one element for each annex named, and one for what is remarked under them."""
    entry: list[SeenLine] = []
    for line in lines:
        if entry and (ITEM.match(line.text) or line.text.startswith(_REMARK)):
            taken.add("附件说明", *entry)
            entry = []
        entry.append(line)
    if entry:
        taken.add("附件说明", *entry)


def _take_names(lines: Sequence[SeenLine], frame: Frame, issuers: Sequence[str], taken: Taken) -> None:
    """Take names: those beside one another apart, and a name that runs over lines as one."""
    names: list[list[SeenLine]] = []
    apart = [_names_of(line, issuers) for line in lines]
    is_in_rows = any(len(parts) > 1 for parts in apart)
    for parts in apart:
        for part in parts:
            above = next((name for name in names if _goes_on(name, part, frame, issuers, is_in_rows)), None)
            if above is None:
                names.append([part])
            else:
                above.append(part)
    for name in _in_order(names):
        taken.add("署名", *name)


def _names_of(line: SeenLine, issuers: Sequence[str]) -> tuple[SeenLine, ...]:
    """Part the names on a line; one that is spread to a width is whole."""
    parts = names_apart(line)
    return (part_of_whole(line),) if "".join(part.text for part in parts) in issuers else parts


def _in_order(names: Sequence[list[SeenLine]]) -> list[list[SeenLine]]:
    """Order names from the top; those beside one another from the left, on whichever height each begins."""
    rows: list[list[list[SeenLine]]] = []
    for name in sorted(names, key=lambda name: name[0].ink.top):
        if rows and name[0].ink.top < max(other[-1].ink.bottom for other in rows[-1]):
            rows[-1].append(name)
        else:
            rows.append([name])
    return [name for row in rows for name in sorted(row, key=lambda name: name[0].ink.left)]


def part_of_whole(line: SeenLine) -> SeenLine:
    """Give a line whose characters are spread to a width as one word."""
    return SeenLine(
        line.page,
        line.baseline,
        line.glyphs,
        line.ink,
        "".join(glyph.char for glyph in line.glyphs),
        line.turn,
    )


def _goes_on(
    name: Sequence[SeenLine], part: SeenLine, frame: Frame, issuers: Sequence[str], is_in_rows: bool
) -> bool:
    """Whether a piece is the next line of a name: right under it, and no name by itself.

    Names in rows stand beside one another, so what is right under one goes it on; names under one another each end.
    """
    above = name[-1]
    gap = part.baseline - above.baseline
    is_under = above.page == part.page and 0 < gap < 1.4 * frame.pitch
    overlaps = min(above.ink.right, part.ink.right) - max(above.ink.left, part.ink.left) > 0
    if not (is_under and overlaps):
        return False
    whole = "".join(line.text for line in name) + part.text
    if any(issuer.startswith(whole) for issuer in issuers):
        return True
    if part.text in issuers or "".join(line.text for line in name) in issuers:
        return False
    middles = [(line.ink.left + line.ink.right) / 2 for line in (above, part)]
    is_broken_off = is_in_rows or AGENCY.fullmatch(above.text) is None
    return is_broken_off and abs(middles[0] - middles[1]) < 1.5 * frame.char


def _take_after(lines: Sequence[SeenLine], frame: Frame, taken: Taken) -> None:
    """Take what stands under the date: 附注 in brackets, and whatever else as text of the body."""
    for paragraph in paragraphs_of(lines, frame):
        is_note = paragraph[0].text.startswith(("（", "(", "联系人", "此件"))
        taken.add("附注" if is_note else heading_name(paragraph[0].text), *paragraph)
