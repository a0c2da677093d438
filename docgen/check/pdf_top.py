"""Recognise what stands above the body: 版头, 标题, 主送机关."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from docgen.check.pdf_frame import Frame, is_red, size_of
from docgen.check.pdf_lines import part_of, pieces
from docgen.check.pdf_words import AGENCY, COPY_NUMBER, DATE, ENDS_CLAUSE, NUMBER, SECRECY, SIGNER, URGENCY
from docgen.check.seen import Element, How, SeenLine

_WHITE = 2.0
_MARK = 19.0
_LARGER = 1.8
_LOWEST_NUMBER = 230.0


@dataclass
class Taken:
    """Elements recognised, and the lines that none of them has."""

    elements: list[Element] = field(default_factory=list)
    unknown: list[SeenLine] = field(default_factory=list)

    def add(self, name: str, *lines: SeenLine, annex: int = 0, joined: str = "") -> None:
        """Take lines as one element."""
        text = joined or "".join(line.text for line in lines)
        self.elements.append(Element(name, text, How.PLACE, lines, annex=annex))


def take_top(lines: Sequence[SeenLine], frame: Frame, taken: Taken) -> list[SeenLine]:
    """Recognise what stands above the body on the first page; give the lines that are left."""
    first = [line for line in lines if line.page == lines[0].page] if lines else []
    parts = [pieces(line, _WHITE) for line in first]
    at = _number_at(parts)
    last_mark = _last_mark(first, len(first) if at is None else at)
    end = max(-1 if at is None else at, last_mark)
    while end + 1 < len(first) and all(_small(piece) or _is_number(piece) for piece in parts[end + 1]):
        end += 1
    if at is None and end < 0:
        return _take_title(list(lines), frame, taken)
    _name_masthead(first[: end + 1], last_mark, taken)
    return _take_title(list(lines[end + 1 :]), frame, taken)


def _is_number(piece: SeenLine) -> bool:
    return NUMBER.fullmatch(piece.text.strip()) is not None


def _number_at(parts: Sequence[Sequence[SeenLine]]) -> int | None:
    """Find the line of the 发文字号: above any sentence, by itself or beside 签发人."""
    for at, line in enumerate(parts):
        if any(_is_number(piece) for piece in line) and line[0].baseline < _LOWEST_NUMBER:
            return at
        if line[-1].text.endswith(("。", "：", ":")) and not SIGNER.match(line[-1].text):
            return None
    return None


def _last_mark(first: Sequence[SeenLine], end: int) -> int:
    """Find the last line of the 发文机关标志: large and red, or where nothing is red large above the number."""
    red = [at for at, line in enumerate(first) if size_of(line) >= _MARK and is_red(line.glyphs[0].colour)]
    if red:
        return max(red)
    if end == len(first):
        return -1
    large = [at for at in range(end) if size_of(first[at]) >= _MARK or first[at].text.endswith("文件")]
    return max(large, default=-1)


def _small(piece: SeenLine) -> str:
    text = piece.text.strip()
    for name, form in (("密级", SECRECY), ("紧急程度", URGENCY), ("份号", COPY_NUMBER), ("签发人", SIGNER)):
        if form.fullmatch(text) or (name == "签发人" and form.match(text)):
            return name
    return ""


def _name_masthead(lines: Sequence[SeenLine], last_mark: int, taken: Taken) -> None:
    is_signed = False
    for at, line in enumerate(lines):
        if at <= last_mark and size_of(line) >= _MARK:
            _take_mark(line, taken)
            continue
        for piece in pieces(line, _WHITE):
            name = "发文字号" if _is_number(piece) else _small(piece)
            if not name and is_signed and at > last_mark:
                name = "签发人"
            is_signed = is_signed or name == "签发人"
            if name:
                taken.add(name, piece)
            else:
                taken.unknown.append(piece)


def _take_mark(line: SeenLine, taken: Taken) -> None:
    """Take a line of the mark; “文件” beside names is a line of its own, on whichever height it stands."""
    largest = max(glyph.size for glyph in line.glyphs)
    for is_largest in (False, True):
        glyphs = [glyph for glyph in line.glyphs if (glyph.size > largest - 0.5) is is_largest]
        if glyphs:
            taken.add("发文机关标志", part_of(line, glyphs), joined="".join(glyph.char for glyph in glyphs))


def _take_title(lines: list[SeenLine], frame: Frame, taken: Taken) -> list[SeenLine]:
    """Take the title, large or in the middle, and under it the addressees; give the lines that are left."""
    while lines and _small(lines[0]) and _small(lines[0]) != "签发人":
        taken.add(_small(lines[0]), lines.pop(0))
    title = take_heading(lines, frame)
    if title:
        taken.add("标题", *title)
    rest = lines[len(title) :]
    addressees = _addressees(rest, frame)
    if addressees:
        taken.add("主送机关", *addressees)
    return rest[len(addressees) :]


def take_heading(lines: Sequence[SeenLine], frame: Frame) -> list[SeenLine]:
    """Give the lines of a title that these begin with: larger than running text, or in the middle."""
    title: list[SeenLine] = []
    for line in lines:
        size = size_of(line)
        if title and (abs(size - size_of(title[0])) > 1.0 or line.page != title[0].page):
            break
        is_title = size >= frame.size + _LARGER or (frame.is_centred(line) and frame.is_short(line))
        if not is_title or line.text.endswith(ENDS_CLAUSE[:1]) or DATE.fullmatch(line.text):
            break
        if title and line.baseline - title[-1].baseline > 2.2 * max(frame.pitch, size * 0.5):
            break
        title.append(line)
    return title


def _addressees(lines: Sequence[SeenLine], frame: Frame) -> list[SeenLine]:
    """Give the lines from the edge on that end in a colon; or one short line at the edge above an indented one."""
    found: list[SeenLine] = []
    if (
        lines
        and frame.is_short(lines[0])
        and frame.indent(lines[0]) < 3
        and AGENCY.fullmatch(lines[0].text.rstrip("：:"))
    ):
        return list(lines[:1])
    for line in lines[:8]:
        if abs(frame.indent(line)) > 0.8:
            break
        found.append(line)
        if line.text.endswith(("：", ":")):
            return found
        if frame.is_short(line):
            break
    if len(found) == 1 and len(lines) > 1 and frame.is_short(found[0]) and frame.indent(lines[1]) > 1.2:
        return [] if found[0].text.endswith(ENDS_CLAUSE[:1]) else found
    return []
