"""Read an element's text as the rules of text do: without blanks, and a place in it found again in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.check.finding import Found, Grade
from docgen.check.seen import Box, Element, Paper, SeenLine

HEADINGS = ("一级标题", "二级标题", "三级标题", "四级标题")
PROSE = ("正文", *HEADINGS)
"""What the rules of punctuation, numbers and sums read."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
"""Chinese characters, as a range for a pattern."""
_AROUND = 8
"""So many characters of the sentence are quoted on either side of a place."""
_LONGEST = 40


def bare(text: str) -> str:
    """Leave out blanks: names are spread to equal width, and drawers set gaps beside figures."""
    return "".join(text.split())


def prose(paper: Paper) -> Iterator[Element]:
    """Give the paragraphs of the text and of the annexes, those of tables left out."""
    for element in paper.elements:
        if element.name in PROSE and not any(paragraph.in_table for paragraph in element.paragraphs):
            yield element


def text_of(element: Element) -> str:
    """Give a paragraph's text with the number that Word sets before it by itself."""
    automatic = element.paragraphs[0].numbering if element.paragraphs else ""
    return element.text if element.text.startswith(automatic) else automatic + element.text


def joined(paper: Paper, name: str) -> str:
    """Give the text of all elements of a name in the paper itself, without blanks."""
    return "".join(bare(element.text) for element in paper.of(name) if not element.annex)


def title_of(paper: Paper) -> str:
    """Give the paper's title."""
    return joined(paper, "标题")


def within(
    element: Element, start: int, end: int, found: str, expected: str, remedy: str, grade: Grade | None = None
) -> Found:
    """Say that something is found at these characters of an element, with the words around them."""
    text = element.text
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    words = " ".join(text[first:last].split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 2 :]}"
    quote = ("…" if first else "") + words + ("…" if last < len(text) else "")
    line, box = _drawn(element, start, end)
    return Found(
        found, expected, remedy,
        page=line.page if line else None,
        box=box,
        paragraph=element.paragraphs[0].number if element.paragraphs else None,
        quote=quote,
        grade=grade,
    )


def whole(element: Element, found: str, expected: str, remedy: str, grade: Grade | None = None) -> Found:
    """Say that something is found at an element as a whole."""
    return within(element, 0, len(element.text), found, expected, remedy, grade)


def of_the_paper(found: str, expected: str, remedy: str, grade: Grade | None = None) -> Found:
    """Say that something is found of the paper as a whole: what is not there has no place."""
    return Found(found, expected, remedy, grade=grade)


def _drawn(element: Element, start: int, end: int) -> tuple[SeenLine | None, Box | None]:
    """Find the line on which a stretch of an element begins, and the ink of it there.

    Characters that show are counted, for the drawn lines hold other blanks than the text. Where they stand in another
    order, as in a table, the stretch is looked for line by line; where it is on none the first line stands for all.
    """
    if not element.lines:
        return None, None
    lines = ["".join(glyph.char for glyph in line.glyphs) for line in element.lines]
    wanted = bare(element.text[start:end])
    if "".join(lines) == bare(element.text):
        first = len(bare(element.text[:start]))
    else:
        at = next((number for number, line in enumerate(lines) if wanted in line), None)
        if at is None or wanted == bare(element.text):
            return element.lines[0], element.lines[0].ink
        first = sum(map(len, lines[:at])) + lines[at].index(wanted)
    done = 0
    for line in element.lines:
        glyphs = line.glyphs[max(0, first - done) : max(0, first + len(wanted) - done)]
        if glyphs:
            return line, _around([glyph.ink for glyph in glyphs])
        done += len(line.glyphs)
    return element.lines[0], element.lines[0].ink


def _around(inks: Sequence[Box]) -> Box:
    return Box(
        min(ink.left for ink in inks), min(ink.top for ink in inks),
        max(ink.right for ink in inks), max(ink.bottom for ink in inks),
    )
