"""Cut font files down to the characters of one paper, so that every paper carries its own fonts and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import uharfbuzz as hb

from docgen.layout.pages import Line, Page, Pages, TableBlock, TextBlock
from docgen.styles import FontFile, FontFiles


@cache
def _face(file: FontFile) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(file.path)), file.index)


def characters(pages: Pages) -> dict[str, set[str]]:
    """Collect the characters that each face draws."""
    used: dict[str, set[str]] = {}
    for page in pages.pages:
        for line in page_lines(page):
            for run in line.runs:
                used.setdefault(run.face, set()).update(run.text)
    return used


def page_lines(page: Page) -> Iterator[Line]:
    """Yield every line of a page, cell lines and the page number too."""
    for block in (*page.blocks, *((page.page_number,) if page.page_number else ())):
        if isinstance(block, TextBlock):
            yield from block.lines
        elif isinstance(block, TableBlock):
            for row in block.rows:
                for cell in row.cells:
                    yield from cell


def subset_fonts(pages: Pages, files: FontFiles) -> dict[str, bytes]:
    """Give the font program of each face that the pages use, with just the characters they show.

    The space is always among them: the drawing library measures its lines by it, and would else take another font's.
    """
    return {
        role: subset_font(files.faces[role], chars) for role, chars in sorted(characters(pages).items())
    }


def subset_font(file: FontFile, chars: Iterable[str]) -> bytes:
    """Cut one font file down to these characters and the space."""
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(sorted(ord(char) for char in {*chars, " "}))
    wanted.layout_feature_tag_set.clear()
    return bytes(hb.subset(_face(file), wanted).blob.data)
