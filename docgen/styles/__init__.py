"""The stylesheet of GB/T 9704 and the font files that draw it."""

from docgen.styles.fonts import FONT_DIR_VARIABLE, FontFile, FontFiles, find_fonts, font_folders
from docgen.styles.stylesheet import Area, FontRole, Stylesheet, load_stylesheet, profiles

__all__ = [
    "FONT_DIR_VARIABLE",
    "Area",
    "FontFile",
    "FontFiles",
    "FontRole",
    "Stylesheet",
    "find_fonts",
    "font_folders",
    "load_stylesheet",
    "profiles",
]
