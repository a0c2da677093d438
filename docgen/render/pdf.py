"""Draw composed pages as PDF. WeasyPrint breaks no line, row or page here; a warning of its is an error."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import Enum
from typing import Any

import pydyf
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from docgen.errors import DocgenError, ExitCode
from docgen.layout.metrics import Metrics
from docgen.layout.pages import Pages
from docgen.render.html import FONT_SCHEME, RULES_SCHEME, pages_html, rules_svg, used_faces
from docgen.render.subset import subset_fonts
from docgen.styles import Stylesheet


class Variant(Enum):
    """The kinds of PDF: for keeping (PDF/A-2b, by default), or for readers that read aloud (PDF/UA-1)."""

    A = "pdf/a-2b"
    UA = "pdf/ua-1"


class DrawingError(DocgenError):
    """The drawing library warned of something: the paper is not to be trusted."""

    exit_code = ExitCode.INCOMPLETE


class OwnParts(URLFetcher):
    """Hand out this paper's fonts and rules, and nothing else from anywhere."""

    def __init__(self, parts: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=[FONT_SCHEME, RULES_SCHEME], allow_redirects=False)
        self._parts = parts

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Give a part by its address; raise ValueError for any other."""
        if url not in self._parts:
            raise ValueError(f"not a part of this paper: {url}")
        content, kind = self._parts[url]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _finish(_document: Any, pdf: Any) -> None:
    """Take the mark of transparency off each drawing, for nothing shines through; say that a head is its column's."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream):
            part.extra.pop("Group", None)
        elif isinstance(part, pydyf.Dictionary) and part.get("S") == "/TH":
            part["A"]["Scope"] = "/Column"


def render_pdf(
    pages: Pages, stylesheet: Stylesheet, metrics: Metrics, variant: Variant = Variant.A
) -> bytes:
    """Draw the pages, tagged. Same pages and fonts, same bytes. Raise DrawingError for any warning."""
    programs = subset_fonts(pages, metrics.files)
    html = pages_html(pages, stylesheet, metrics, used_faces(programs))
    parts = {f"{FONT_SCHEME}:{face}": (program, "font/otf") for face, program in programs.items()}
    for page in pages.pages:
        svg = rules_svg(page, stylesheet)
        parts[f"{RULES_SCHEME}:{page.number}"] = (svg.encode(), "image/svg+xml")
    logger, warnings = logging.getLogger("weasyprint"), _Warnings()
    logger.addHandler(warnings)
    try:
        document = HTML(string=html, url_fetcher=OwnParts(parts)).render(pdf_tags=True)
        drawn: bytes = document.write_pdf(
            finisher=_finish, pdf_variant=variant.value, pdf_tags=True, full_fonts=True
        )
    finally:
        logger.removeHandler(warnings)
    if warnings.messages:
        raise DrawingError(
            "排版库有警告：" + "；".join(warnings.messages), "请运行 docgen doctor 查看字体和系统库"
        )
    if len(document.pages) != len(pages.pages):
        raise DrawingError(f"应画 {len(pages.pages)} 页，画出了 {len(document.pages)} 页")
    return drawn
