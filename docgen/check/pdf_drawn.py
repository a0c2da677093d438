"""See what is drawn on a page of a PDF besides text: straight rules and bars, and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from docgen.check.pdf_place import POINT, Upright
from docgen.check.seen import Box, SeenPicture, SeenRule

_DEEPEST = 12
_MOST_OBJECTS = 60_000
_THICKEST = 2.5
"""A bar heavier than this, in mm, is a surface and no rule."""
_SHORTEST = 0.5
_PICTURE = 15.0
"""A round drawing at least this large, in mm, is seen as a picture: a seal may be drawn and not pasted."""
_HAIR = 0.1
_WHITE = "#FFFFFF"
_PIXELS = 48
_SQUARE = (25.0, 65.0)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


def see_drawn(
    page: pdfium.PdfPage, number: int, upright: Upright
) -> tuple[tuple[SeenRule, ...], tuple[SeenPicture, ...]]:
    """Give the rules and pictures of a page, those within its drawings too."""
    rules: list[SeenRule] = []
    pictures: list[SeenPicture] = []
    for item, matrix in _items(page):
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            box = _image_box(item, matrix, upright)
            pictures.append(SeenPicture(box, _main_colour(page, upright, box)))
        else:
            _see_path(item, matrix, number, upright, rules, pictures)
    return tuple(sorted(rules, key=lambda rule: (rule.box.top, rule.box.left))), tuple(pictures)


def _items(page: pdfium.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """Give each path and image with the matrix that places it, in order of drawing."""
    left = _MOST_OBJECTS
    stack: list[tuple[Any, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, place), (1, 0, 0, 1, 0, 0), 0)
        for place in reversed(range(min(raw.FPDFPage_CountObjects(page), left)))
    ]
    while stack and left:
        item, outer, depth = stack.pop()
        left -= 1
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix(item), outer)
            parts = range(min(raw.FPDFFormObj_CountObjects(item), left))
            stack += [(raw.FPDFFormObj_GetObject(item, part), inner, depth + 1) for part in reversed(parts)]
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield item, _times(_matrix(item), outer)


def _matrix(item: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _image_box(item: Any, matrix: Matrix, upright: Upright) -> Box:
    corners = [_apply(matrix, x, y) for x in (0, 1) for y in (0, 1)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return upright.box(min(across), min(down), max(across), max(down))


def _see_path(
    item: Any,
    matrix: Matrix,
    number: int,
    upright: Upright,
    rules: list[SeenRule],
    pictures: list[SeenPicture],
) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    filled = _colour(raw.FPDFPageObj_GetFillColor, item) if fill.value else ""
    stroked = _colour(raw.FPDFPageObj_GetStrokeColor, item) if stroke.value else ""
    if not filled and not stroked:
        return
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(item, width)
    weight = max(width.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) * POINT, _HAIR)
    for points, is_round in _outlines(item, matrix, upright):
        box = _box(points)
        if is_round:
            if min(box.width, box.height) >= _PICTURE:
                pictures.append(SeenPicture(box, filled or stroked))
            continue
        if filled and min(box.width, box.height) <= _THICKEST and max(box.width, box.height) >= _SHORTEST:
            rules.append(SeenRule(number, box, min(box.width, box.height), filled))
        if stroked:
            rules += [rule for rule in _strokes(points, weight, number, stroked) if rule is not None]


def _outlines(item: Any, matrix: Matrix, upright: Upright) -> Iterator[tuple[list[Point], bool]]:
    """Give the points of each outline of a path in mm, and whether it is round; a closed one ends where it began."""
    points: list[Point] = []
    is_round = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, place)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, is_round
            points, is_round = [], False
        is_round = is_round or kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(upright.point(*_apply(matrix, x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, is_round


def _box(points: list[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _strokes(points: list[Point], weight: float, number: int, colour: str) -> Iterator[SeenRule | None]:
    """Give each straight stroke along or down the page as the bar that its pen leaves."""
    half = weight / 2
    for (a, b), (c, d) in pairwise(points):
        if abs(b - d) < _HAIR and abs(a - c) >= _SHORTEST:
            middle = (b + d) / 2
            yield SeenRule(number, Box(min(a, c), middle - half, max(a, c), middle + half), weight, colour)
        elif abs(a - c) < _HAIR and abs(b - d) >= _SHORTEST:
            middle = (a + c) / 2
            yield SeenRule(number, Box(middle - half, min(b, d), middle + half, max(b, d)), weight, colour)


def _colour(ask: Any, item: Any) -> str:
    """Give a colour, empty where nothing is seen of it on white paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ask(item, red, green, blue, alpha)
    colour = f"#{red.value:02X}{green.value:02X}{blue.value:02X}"
    return colour if alpha.value and colour != _WHITE else ""


def _main_colour(page: pdfium.PdfPage, upright: Upright, box: Box) -> str:
    """Draw a picture as large as a seal small, and give the mean colour of what is not white or grey in it."""
    low, high = _SQUARE
    if not (low <= box.width <= high and low <= box.height <= high):
        return ""
    scale = _PIXELS / (box.width / POINT)
    right, bottom = upright.width - box.right, upright.height - box.bottom
    edges = [max(0.0, edge / POINT) for edge in (box.left, bottom, right, box.top)]
    bitmap = page.render(scale=scale, crop=tuple(edges), rev_byteorder=True)
    pixels, step = bytes(bitmap.buffer), bitmap.n_channels
    coloured = [
        pixels[at : at + 3]
        for row in range(bitmap.height)
        for at in range(row * bitmap.stride, row * bitmap.stride + bitmap.width * step, step)
        if max(pixels[at : at + 3]) - min(pixels[at : at + 3]) > 64
    ]
    bitmap.close()
    if len(coloured) * 100 < bitmap.width * bitmap.height:
        return ""
    mean = [sum(channel) // len(coloured) for channel in zip(*coloured, strict=True)]
    return "#" + "".join(f"{value:02X}" for value in mean)
