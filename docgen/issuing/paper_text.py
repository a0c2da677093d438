"""Read a finished paper's text back: a PDF page by page, a DOCX paragraph by paragraph; find a text in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from lxml import etree

from docgen.errors import Unreadable, UsageError
from docgen.issuing.refusals import why_refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT_PART = "word/document.xml"
_MOST_BYTES = 200_000_000
"""No paper is so large; what claims to be is not unpacked."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Zs", "Zl", "Zp"})
"""Unicode's categories of blanks and of what shows nothing."""


@dataclass(frozen=True)
class PaperText:
    """A paper as read back: its pieces (pages, or paragraphs where there are no pages) and its SHA-256."""

    path: Path
    sha256: str
    pieces: tuple[str, ...]
    has_pages: bool


@dataclass(frozen=True)
class Folded:
    """A text as it is searched: full-width forms narrowed, blanks left out; `places` lead back to the original."""

    original: str

    @cached_property
    def _pairs(self) -> tuple[tuple[str, int], ...]:
        return tuple(
            (narrow, place)
            for place, char in enumerate(self.original)
            for narrow in unicodedata.normalize("NFKC", char)
            if unicodedata.category(narrow) not in _INVISIBLE
        )

    @cached_property
    def text(self) -> str:
        """The text that is searched."""
        return "".join(char for char, _ in self._pairs)

    def find(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Give where the wanted text stands in the original; a number is found whole, never inside another."""
        for match in _whole(wanted).finditer(self.text) if wanted else ():
            yield self._pairs[match.start()][1], self._pairs[match.end() - 1][1] + 1


def folded(text: str) -> str:
    """Narrow full-width forms and leave blanks out."""
    return Folded(text).text


def read_paper(path: Path) -> PaperText:
    """Read a PDF or DOCX. Raise UsageError when it is not there, Unreadable when it is no such file."""
    if not path.is_file():
        raise UsageError(f"找不到公文“{path}”", "写出公文的路径，如 输出/通报.pdf:2")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"“{path}”打不开：{why_refused(error)}", "关闭正在使用它的程序，再试一次") from error
    is_pdf = path.suffix.lower() == ".pdf"
    pieces = _pdf_pages(content, path) if is_pdf else _docx_paragraphs(content, path)
    return PaperText(path, hashlib.sha256(content).hexdigest(), tuple(pieces), is_pdf)


def stands_in(piece: str, wanted: str) -> bool:
    """Tell whether a text, its full-width forms narrowed, stands in a piece, be it over the end of a line."""
    in_words = " ".join(unicodedata.normalize("NFKC", piece).split())
    return any(Folded(piece).find(wanted)) or _whole(wanted).search(in_words) is not None


def _whole(wanted: str) -> re.Pattern[str]:
    before = r"(?<!\d)(?<!\d\.)" if wanted[:1].isdigit() else ""
    after = r"(?!\d)(?!\.\d)" if wanted[-1:].isdigit() else ""
    return re.compile(before + re.escape(wanted) + after)


def _pdf_pages(content: bytes, path: Path) -> list[str]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            return [_page_text(page) for page in document]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"“{path.name}”不是 PDF，或加了密、已损坏，读不了", "从输出文件夹另取一份，或重新生成") from error


def _page_text(page: object) -> str:
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    try:
        return str(text_page.get_text_range())
    finally:
        text_page.close()
        page.close()  # type: ignore[attr-defined]


def _docx_paragraphs(content: bytes, path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if archive.getinfo(_DOCUMENT_PART).file_size > _MOST_BYTES:
                raise Unreadable(f"“{path.name}”展开后超过 {_MOST_BYTES // 1_000_000} MB，没有读", "确认它是不是 docgen 生成的公文")
            xml = archive.read(_DOCUMENT_PART)
        tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"“{path.name}”不是 DOCX，或加了密、已损坏，读不了", "从输出文件夹另取一份，或重新生成") from error
    return ["".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in tree.iter(f"{_W}p")]
