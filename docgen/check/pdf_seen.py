"""See a PDF as it is drawn: characters on their lines, rules, pictures; and what the file says of itself."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from functools import lru_cache

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from docgen.check.pdf_drawn import see_drawn
from docgen.check.pdf_limits import open_pdf
from docgen.check.pdf_lines import lines_of
from docgen.check.pdf_place import Upright
from docgen.check.seen import Glyph, SeenFont, SeenPage, SeenPdf
from docgen.errors import Unreadable

MOST_CHARACTERS = 400_000
_UNSEEN = {3, 7}
"""Modes in which text is there to be searched but not drawn."""
_NAME = 256
_CLAIM = re.compile(r"pdf(aid:part|aid:conformance|uaid:part)\s*(?:>|=\s*[\"'])\s*(\w+)")


@lru_cache(maxsize=1)
def see_pdf(content: bytes) -> SeenPdf:
    """Read a PDF. Raise Unreadable, with a remedy, where it is none, is locked, damaged, too much, or a mere scan.

    The last file is kept in mind: its rules, its parity and its isolation are looked at one after another.
    """
    with open_pdf(content) as opened:
        said = _said(opened)
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Unreadable("PDF 已损坏，打不开", "请用原来的软件重新打印为 PDF") from error
    fonts: dict[str, bool] = {}
    try:
        pages = tuple(_pages(document, fonts))
    except pdfium.PdfiumError as error:
        raise Unreadable("PDF 已损坏，读不出页面", "请用原来的软件重新打印为 PDF") from error
    finally:
        document.close()
    if not any(page.lines or page.turned for page in pages):
        raise Unreadable(
            "PDF 里没有文字，是扫描件或图片，无法检查", "请用排版软件直接导出的 PDF，或检查原来的 DOCX"
        )
    title, language, is_tagged, conformance = said
    return SeenPdf(
        pages,
        tuple(SeenFont(*font) for font in sorted(fonts.items())),
        title,
        language,
        is_tagged,
        conformance,
    )


def _said(pdf: pikepdf.Pdf) -> tuple[str, str, bool, str]:
    """What the file says of itself: title, language, whether it is tagged, and the standard it claims to keep."""
    try:
        root = pdf.Root
        marks = root.get("/MarkInfo")
        is_tagged = bool(marks.get("/Marked")) if isinstance(marks, pikepdf.Dictionary) else False
        language, title = str(root.get("/Lang", "")), str(pdf.docinfo.get("/Title", ""))
        metadata = root.get("/Metadata")
        written = bytes(metadata.read_bytes()) if isinstance(metadata, pikepdf.Stream) else b""
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
        return "", "", False, ""
    claims = dict(_CLAIM.findall(written.decode("utf-8", "replace")))
    part, level, reader = (claims.get(name, "") for name in ("aid:part", "aid:conformance", "uaid:part"))
    claimed = f"PDF/A-{part}{level}" if part else f"PDF/UA-{reader}" if reader else ""
    return title, language, is_tagged, claimed


def _pages(document: pdfium.PdfDocument, fonts: dict[str, bool]) -> Iterator[SeenPage]:
    characters = 0
    for number, page in enumerate(document, start=1):
        upright = Upright.of(page)
        text = page.get_textpage()
        characters += text.count_chars()
        if characters > MOST_CHARACTERS:
            raise Unreadable(
                f"PDF 的文字超过 {MOST_CHARACTERS} 个，不像一份公文", "请把要检查的公文单独存为一份 PDF"
            )
        standing: dict[int, list[tuple[float, Glyph]]] = {0: [], 90: [], 180: [], 270: []}
        unseen: list[str] = []
        for turn, foot, glyph in _glyphs(text, upright, fonts, unseen):
            standing[turn].append((foot, glyph))
        lines, *turned = (lines_of(glyphs, number, turn) for turn, glyphs in standing.items())
        rules, pictures = see_drawn(page, number, upright)
        sideways = tuple(line for lines in turned for line in lines)
        yield SeenPage(number, upright.width, upright.height, lines, rules, pictures, sideways, "".join(unseen))
        text.close()
        page.close()


def _glyphs(
    text: pdfium.PdfTextPage, upright: Upright, fonts: dict[str, bool], unseen: list[str]
) -> Iterator[tuple[int, float, Glyph]]:
    """Give every character that is drawn, blanks too: by how much it is turned, where it stands, and itself.

    What is not drawn is put into `unseen`.
    """
    looks = _Looks(text, fonts)
    page = text.raw
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    high = ""
    for place in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(page, place) == 1:
            continue
        code = raw.FPDFText_GetUnicode(page, place)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        char = _char(code, high, raw.FPDFText_IsHyphen(page, place) == 1)
        high = ""
        look = looks.at(place)
        if look is None:
            unseen.append(char)
            continue
        font, colour = look
        raw.FPDFText_GetCharOrigin(page, place, x, y)
        raw.FPDFText_GetCharBox(page, place, left, right, bottom, top)
        raw.FPDFText_GetMatrix(page, place, matrix)
        size, turn = upright.size_and_turn(matrix, raw.FPDFText_GetFontSize(page, place))
        ink = upright.box(left.value, bottom.value, right.value, top.value)
        across, down = upright.point(x.value, y.value)
        start, foot = (across, down) if turn in (0, 180) else (down, across)
        yield turn, foot, Glyph(char, ink, start, size, font, colour)


def _char(code: int, high: str, is_hyphen: bool) -> str:
    if is_hyphen:
        return "-"
    if 0xDC00 <= code < 0xE000:
        return (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16") if high else "\ufffd"
    return chr(code) if 0x20 <= code <= 0x10FFFF else "\ufffd"


class _Looks:
    """The font and colour of characters, asked once for each piece of text that is drawn."""

    def __init__(self, text: pdfium.PdfTextPage, fonts: dict[str, bool]) -> None:
        self._page = text.raw
        self._fonts = fonts
        self._known: dict[int, tuple[str, str] | None] = {}
        self._name = ctypes.create_string_buffer(_NAME)

    def at(self, place: int) -> tuple[str, str] | None:
        """Give the font and colour of a character, None where it is not drawn."""
        piece = raw.FPDFText_GetTextObject(self._page, place)
        key = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if key not in self._known:
            self._known[key] = self._look(piece, place)
        return self._known[key]

    def _look(self, piece: object, place: int) -> tuple[str, str] | None:
        if not piece or raw.FPDFTextObj_GetTextRenderMode(piece) in _UNSEEN:
            return None
        font = raw.FPDFTextObj_GetFont(piece)
        raw.FPDFFont_GetBaseFontName(font, self._name, _NAME)
        name = self._name.value.decode("utf-8", "replace")
        name = name[7:] if name[6:7] == "+" else name
        if name not in self._fonts or self._fonts[name]:
            self._fonts[name] = raw.FPDFFont_GetIsEmbedded(font) == 1
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFText_GetFillColor(self._page, place, red, green, blue, alpha)
        return (name, f"#{red.value:02X}{green.value:02X}{blue.value:02X}") if alpha.value else None
