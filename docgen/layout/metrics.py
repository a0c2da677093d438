"""Widths of characters, read from the fonts that will draw them. Pure once the font files are chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import uharfbuzz as hb

from docgen.styles import FontFile, FontFiles
from docgen.units import Length

FALLBACK = "fallback"
EM_ASCENT = 0.88
"""How much of the em box of a Chinese character stands above the baseline (the ideographic em box)."""


class Face:
    """One face of a font: advances, and the ink of single glyphs."""

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self._face = hb.Face(hb.Blob.from_file_path(str(file.path)), file.index)
        self._font = hb.Font(self._face)
        self._advances: dict[str, int | None] = {}
        extents = self._font.get_font_extents("ltr")
        self.upem: int = self._face.upem
        self.ascent: float = extents.ascender / self.upem
        self.descent: float = -extents.descender / self.upem

    def advance(self, char: str) -> int | None:
        """Give a character's width in font units, None where the face has no glyph."""
        if char not in self._advances:
            glyph = self._font.get_nominal_glyph(ord(char))
            self._advances[char] = None if glyph is None else self._font.get_glyph_h_advance(glyph)
        return self._advances[char]

    def ink(self, text: str) -> tuple[float, float]:
        """Give the highest and lowest ink of a text over the baseline, in ems."""
        boxes = [
            self._font.get_glyph_extents(glyph)
            for glyph in (self._font.get_nominal_glyph(ord(char)) for char in text)
            if glyph is not None
        ]
        top = max((box.y_bearing for box in boxes), default=0)
        bottom = min((box.y_bearing + box.height for box in boxes), default=0)
        return top / self.upem, bottom / self.upem


@dataclass(frozen=True)
class Glyph:
    """One character as it will be drawn: by which face, how wide."""

    char: str
    face: str
    advance: int


class Metrics:
    """All faces of a run. A character that the role's face lacks is drawn by the fallback face."""

    def __init__(self, files: FontFiles) -> None:
        self.files = files
        self.faces = {role: Face(file) for role, file in files.faces.items()}
        self._placed: dict[tuple[str, str], tuple[str, int, int] | None] = {}

    def _place(self, role: str, char: str) -> tuple[str, int, int] | None:
        key = (role, char)
        if key not in self._placed:
            self._placed[key] = next(
                (
                    (name, advance, self.faces[name].upem)
                    for name in (role, FALLBACK)
                    if name in self.faces and (advance := self.faces[name].advance(char)) is not None
                ),
                None,
            )
        return self._placed[key]

    def glyphs(self, text: str, role: str, size: Length) -> list[Glyph]:
        """Place each character of a text, widths in EMU. Raise ValueError for one that no font draws."""
        glyphs = []
        for char in text:
            placed = self._place(role, char)
            if placed is None:
                raise ValueError(f"没有字体能画出“{char}”（U+{ord(char):04X}）")
            name, advance, upem = placed
            glyphs.append(Glyph(char, name, (advance * int(size) + upem // 2) // upem))
        return glyphs

    def width(self, text: str, role: str, size: Length) -> Length:
        """Measure a text set solid, without gaps between scripts."""
        return Length(sum(glyph.advance for glyph in self.glyphs(text, role, size)))

    def undrawable(self, text: Iterable[str]) -> set[str]:
        """Give the characters that neither 仿宋 nor the fallback face can draw."""
        return {char for char in set(text) if self._place("fangsong", char) is None}
