"""From a PDF's own space to mm on the page as it is read: its box, its rotation, and its upside-down heights undone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from docgen.check.seen import Box
from docgen.units import pt

POINT = pt(1).mm


@dataclass(frozen=True)
class Upright:
    """The page's box in its own space, in points, and by how much it is turned clockwise to be read."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Upright:
        """Read the box and rotation of a page."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def width(self) -> float:
        """The page's width in mm as it is read."""
        return (self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left) * POINT

    @property
    def height(self) -> float:
        """The page's height in mm as it is read."""
        return (self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom) * POINT

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give the place of a point in mm from the top left corner."""
        if self.rotation == 90:
            across, down = y - self.bottom, x - self.left
        elif self.rotation == 180:
            across, down = self.right - x, y - self.bottom
        elif self.rotation == 270:
            across, down = self.top - y, self.right - x
        else:
            across, down = x - self.left, self.top - y
        return across * POINT, down * POINT

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Give a rectangle in mm."""
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

    def size_and_turn(self, matrix: Any, size: float) -> tuple[float, int]:
        """Give the height of text in points and by how much it is turned, to a right angle, counter-clockwise."""
        scale = math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - self.rotation
        return round(size * scale, 2), round(angle / 90) * 90 % 360
