"""PDF files to check in tests: docgen's own, and small ones written by hand, byte for byte."""

from __future__ import annotations

import zlib
from functools import cache

from docgen.check.pdf_elements import paper_of_pdf
from docgen.check.pdf_seen import see_pdf
from docgen.check.seen import Paper
from docgen.gongwen import Document
from docgen.render.pdf import render_pdf
from tests.papers import STYLESHEET, composed, metrics


@cache
def drawn(document: Document) -> bytes:
    """Draw a paper by the default profile."""
    return render_pdf(composed(document), STYLESHEET, metrics())


def read(content: bytes) -> Paper:
    """See a PDF and recognise its elements."""
    return paper_of_pdf(see_pdf(content))


@cache
def paper_of(document: Document) -> Paper:
    """Draw a paper and read it again."""
    return read(drawn(document))


def written(*objects: bytes) -> bytes:
    """Write a PDF of these numbered objects; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(content: bytes, entries: bytes = b"", *, layers: int = 0) -> bytes:
    """Write a stream, deflated so many times."""
    filters = b"/Filter[" + b"/FlateDecode" * layers + b"]" if layers else b""
    for _ in range(layers):
        content = zlib.compress(content, 9)
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (entries, filters, len(content), content)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def one_page(
    contents: bytes, *more: bytes, resources: bytes = b"/Font<</F 5 0 R>>", entries: bytes = b""
) -> bytes:
    """Write a PDF of one A4 page; object 4 is its contents, 5 a Latin font, `more` follows."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Contents 4 0 R/Resources<<%s>>%s>>" % (
        resources,
        entries,
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return written(CATALOGUE, PAGES, page, contents, font, *more)


def text_page(operators: bytes, entries: bytes = b"") -> bytes:
    """Write a PDF of one page that these operators draw."""
    return one_page(stream(operators), entries=entries)
