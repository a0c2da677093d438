"""Read finished files back: the words of a PDF and of a DOCX, in the order in which they are read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PAGE_NUMBER = re.compile(r"—\s*\d+\s*—\s*$")


def pdf_pages(content: bytes) -> list[str]:
    """The words of each page, without spaces and without its page number."""
    document = pypdfium2.PdfDocument(content)
    pages = []
    for page in document:
        text = page.get_textpage().get_text_range().replace("￾", "").replace("\x02", "")
        pages.append("".join(_PAGE_NUMBER.sub("", text.rstrip()).split()))
    document.close()
    return pages


def pdf_words(content: bytes, heads: Iterator[str] | list[str]) -> str:
    """The words of a PDF; a page that begins with a table's head repeats it, and that is left out."""
    known = sorted(set(heads), key=len, reverse=True)
    pages = pdf_pages(content)
    kept = pages[:1]
    for page in pages[1:]:
        repeated = next((head for head in known if page.startswith(head)), "")
        kept.append(page[len(repeated) :])
    return "".join(kept)


def docx_words(content: bytes) -> str:
    """The words of a DOCX's body, without spaces; of two alternatives only the first is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    for second in list(body.iter(f"{_MC}Fallback")):
        second.getparent().remove(second)
    return "".join("".join(text.text or "" for text in body.iter(f"{_W}t")).split())
