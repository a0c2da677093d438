"""What stands where in a finished PDF: characters by their origins and ink, filled boxes, in mm from the top left."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_MM = 25.4 / 72


@dataclass(frozen=True)
class Mark:
    """One character: where it stands, and the box of its ink."""

    char: str
    x: float
    baseline: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Box:
    """A filled rectangle: a rule."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[int, int, int]

    @property
    def middle(self) -> float:
        """The height at which a horizontal rule stands."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """How long it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How heavy a horizontal rule is."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Sheet:
    """One page as it was drawn."""

    width: float
    height: float
    text: str
    marks: tuple[Mark, ...]
    boxes: tuple[Box, ...]

    def lines(self) -> list[str]:
        """The page's characters by the height they stand at, each line from left to right."""
        rows: dict[int, list[Mark]] = {}
        for mark in sorted(self.marks, key=lambda mark: mark.baseline):
            near = next((key for key in reversed(rows) if abs(key - mark.baseline * 100) < 80), None)
            rows.setdefault(round(mark.baseline * 100) if near is None else near, []).append(mark)
        return ["".join(mark.char for mark in sorted(row, key=lambda mark: mark.x)) for row in rows.values()]


def upright(sheet: Sheet) -> Sheet:
    """A sheet that lies on its side, stood up: its upper edge becomes the left one. Any other is as it is."""
    if sheet.width <= sheet.height:
        return sheet
    side = sheet.width
    marks = tuple(
        Mark(mark.char, mark.baseline, side - mark.x, mark.top, side - mark.right, mark.bottom, side - mark.left)
        for mark in sheet.marks
    )
    boxes = tuple(
        Box(box.top, side - box.right, box.bottom, side - box.left, box.colour) for box in sheet.boxes
    )
    return Sheet(sheet.height, sheet.width, sheet.text, marks, boxes)


def read_sheets(pdf: bytes) -> list[Sheet]:
    """Read every page of a PDF."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_sheet(page) for page in document]
    finally:
        document.close()


def _sheet(page: pdfium.PdfPage) -> Sheet:
    width, height = page.get_size()
    text = page.get_textpage()
    words = text.get_text_range()
    marks = tuple(_marks(text, height))
    boxes = tuple(_boxes(page, height))
    return Sheet(width * _MM, height * _MM, words, marks, boxes)


def _marks(text: pdfium.PdfTextPage, height: float) -> Iterator[Mark]:
    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, place))
        if char.isspace() or raw.FPDFText_IsGenerated(text, place):
            continue
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        left, bottom, right, top = text.get_charbox(place)
        places = (x.value, height - y.value, left, height - top, right, height - bottom)
        yield Mark(char, *(value * _MM for value in places))


def _boxes(page: pdfium.PdfPage, height: float) -> Iterator[Box]:
    """Find every filled path; those of a drawing are placed by its matrix."""
    placed: list[pdfium.PdfMatrix] = []
    for item in page.get_objects(max_depth=6):
        del placed[item.level :]
        placed.append(item.get_matrix())
        if item.type != raw.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = item.get_bounds()
        for matrix in reversed(placed[:-1]):
            left, bottom, right, top = matrix.on_rect(left, bottom, right, top)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        places = (left, height - top, right, height - bottom)
        yield Box(*(value * _MM for value in places), (red.value, green.value, blue.value))
