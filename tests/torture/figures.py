"""Change each figure of a finished circular by one digit, one at a time: python -m tests.torture.figures

Every value stated in the text and every cell of the annexes that holds a digit is changed in word/document.xml; what
`docgen verify` tells of the file must be just that one, with what is written and what it should be.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from lxml import etree

from docgen.check.against_model import Deviation, deviations
from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.check.run import RunPaper
from docgen.gongwen import Document
from docgen.issuing import Paper, draft_papers, load_metrics, read_and_count
from docgen.layout import with_addressees_moved
from docgen.render.docx import render_docx
from docgen.styles import load_stylesheet

HALF_YEAR = Path(__file__).parents[2] / "fixtures" / "2024h1" / "检查数据.xlsx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"


@dataclass(frozen=True)
class Spot:
    """A figure in the file: where the digit stands that is changed, what is right, what is then written."""

    node: etree._Element
    at: int
    right: str
    wrong: str

    @property
    def changed(self) -> str:
        """The text of its node with the digit changed."""
        text = self.node.text or ""
        return text[: self.at] + _other(text[self.at]) + text[self.at + 1 :]


class Circular:
    """A finished circular, taken apart once, to be changed in one place after another."""

    def __init__(self, document: Document, content: bytes) -> None:
        self.document = document
        with zipfile.ZipFile(BytesIO(content)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._tree = etree.fromstring(self._parts[_MAIN])

    @cached_property
    def stated(self) -> tuple[Spot, ...]:
        """Every value that the text states in digits."""
        paragraphs = {_text(node): node for node in self._tree.iter(f"{_W}p") if not _is_in_cell(node)}
        return tuple(
            _spot(list(paragraphs[paragraph.text].iter(f"{_W}t")), paragraph.text, span.start, span.end)
            for paragraph in self.document.body for span in paragraph.figures
            if any(char.isdigit() for char in paragraph.text[span.start : span.end])
        )

    @cached_property
    def cells(self) -> tuple[Spot, ...]:
        """Every cell of the annexes in which a digit stands; 版记 is set in a table too."""
        nodes = [
            node for node in self._tree.iter(f"{_W}tc")
            if any(char.isdigit() for char in _text(node)) and not _text(node).endswith("印发")
        ]
        return tuple(_spot(list(node.iter(f"{_W}t")), _text(node), 0, len(_text(node))) for node in nodes)

    def told(self, *spots: Spot) -> list[Deviation]:
        """Say what is told of the file when these figures are changed."""
        texts = {spot.node: spot.node.text for spot in spots}
        for spot in spots:
            spot.node.text = spot.changed
        try:
            packed = self._packed()
        finally:
            for node, text in texts.items():
                node.text = text
        paper = paper_of_docx(see_docx(packed))
        return list(deviations(self.document, RunPaper("通报", ()), paper))

    def _packed(self) -> bytes:
        file = BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            for name, part in self._parts.items():
                package.writestr(name, etree.tostring(self._tree) if name == _MAIN else part)
        return file.getvalue()


def circular_of(source: Path = HALF_YEAR) -> Circular:
    """Make the circular of these data."""
    stylesheet = load_stylesheet()
    metrics = load_metrics(stylesheet)
    draft = draft_papers(read_and_count(source, None, metrics), [Paper.CIRCULAR]).circular
    assert draft is not None
    assert draft.document is not None
    document, pages = with_addressees_moved(draft.document, stylesheet, metrics)
    return Circular(document, render_docx(document, pages, stylesheet))


def unnamed(circular: Circular, spots: Sequence[Spot]) -> Iterator[str]:
    """Change one figure after another; say which were not named, or not alone, with what is right."""
    for spot in spots:
        told = circular.told(spot)
        if [answer(one) for one in told] != [(spot.wrong, spot.right)]:
            yield f"{spot.right} → {spot.wrong}: {told}"


def answer(told: Deviation) -> tuple[str, str]:
    """Give what is said to be written and what it should be; nothing where it is only remarked."""
    return ("", "") if told.is_remark else (told.found, told.expected)


def _text(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(f"{_W}t"))


def _is_in_cell(node: etree._Element) -> bool:
    return next(node.iterancestors(f"{_W}tc"), None) is not None


def _spot(nodes: Sequence[etree._Element], text: str, start: int, end: int) -> Spot:
    place = next(place for place in range(end - 1, start - 1, -1) if text[place].isdigit())
    right = text[start:end]
    wrong = text[start:place] + _other(text[place]) + text[place + 1 : end]
    for node in nodes:
        length = len(node.text or "")
        if place < length:
            return Spot(node, place, _folded(right), _folded(wrong))
        place -= length
    raise AssertionError(f"{text} does not stand there")


def _other(digit: str) -> str:
    return str((int(digit) + 1) % 10)


def _folded(text: str) -> str:
    return "".join(text.split())


def main() -> int:
    """Change every figure of the half-year's circular."""
    circular = circular_of()
    spots = (*circular.stated, *circular.cells)
    missed = list(unnamed(circular, spots))
    print(f"{len(circular.stated)} values of the text, {len(circular.cells)} cells: {len(spots) - len(missed)} named")
    print("\n".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
