"""Plant one defect in a composed paper, and draw it: parts moved, set in another type, told otherwise, taken away."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf

from docgen.gongwen import Document
from docgen.layout import Pages, compose
from docgen.layout.pages import Line, Page, Rule, Run, TableBlock, TextBlock
from docgen.render.pdf import render_pdf
from docgen.styles import Stylesheet
from docgen.units import mm
from tests.papers import STYLESHEET, composed, metrics

OnRun = Callable[[Run], Run]
OnRule = Callable[[int, Rule], Rule | None]


def draw(pages: Pages, stylesheet: Stylesheet = STYLESHEET) -> bytes:
    """Draw altered pages."""
    return render_pdf(pages, stylesheet, metrics())


def on_pages(pages: Pages, change: Callable[[Page], Page]) -> Pages:
    """Change each page."""
    return replace(pages, pages=tuple(change(page) for page in pages.pages))


def on_runs(
    document: Document | Pages,
    element: str,
    change: OnRun,
    *,
    page: int = 0,
    nth: int | None = None,
    line: int | None = None,
) -> Pages:
    """Change the runs of an element: on one page, in its nth block, on one line of that, or wherever it is."""
    pages = composed(document) if isinstance(document, Document) else document
    seen = -1

    def block_of(block: TextBlock | TableBlock, number: int) -> TextBlock | TableBlock:
        nonlocal seen
        if not isinstance(block, TextBlock) or block.element != element or page not in (0, number):
            return block
        seen += 1
        if nth is not None and seen != nth:
            return block
        lines = tuple(
            replace(one, runs=tuple(map(change, one.runs))) if line in (None, at) else one
            for at, one in enumerate(block.lines)
        )
        return replace(block, lines=lines)

    return on_pages(
        pages, lambda one: replace(one, blocks=tuple(block_of(block, one.number) for block in one.blocks))
    )


def set_in(**look: object) -> OnRun:
    """Set runs in another face, size or colour, or give them another text."""
    return lambda run: replace(run, **look)  # type: ignore[arg-type]


def moved(
    document: Document | Pages, element: str, right: float = 0, down: float = 0, *, page: int = 0, nth: int | None = None,
    line: int | None = None,
) -> Pages:  # fmt: skip
    """Move an element by so many mm."""
    pages = on_runs(
        document, element, lambda run: replace(run, x=run.x + mm(right)), page=page, nth=nth, line=line
    )
    if not down:
        return pages
    seen = -1

    def lowered(block: TextBlock | TableBlock, number: int) -> TextBlock | TableBlock:
        nonlocal seen
        if not isinstance(block, TextBlock) or block.element != element or page not in (0, number):
            return block
        seen += 1
        if nth is not None and seen != nth:
            return block
        return replace(
            block,
            lines=tuple(
                _down(one, down) if line in (None, at) else one for at, one in enumerate(block.lines)
            ),
        )

    return on_pages(
        pages, lambda one: replace(one, blocks=tuple(lowered(block, one.number) for block in one.blocks))
    )


def _down(line: Line, down: float) -> Line:
    return replace(line, baseline=line.baseline + mm(down))


def on_rules(document: Document | Pages, change: OnRule) -> Pages:
    """Change each rule; `change` is told its page, and gives None to take it away."""
    pages = composed(document) if isinstance(document, Document) else document

    def ruled(page: Page) -> Page:
        rules = [change(page.number, rule) for rule in page.rules]
        return replace(page, rules=tuple(rule for rule in rules if rule is not None))

    return on_pages(pages, ruled)


def without(document: Document | Pages, element: str, page: int = 0) -> Pages:
    """Take an element away."""
    pages = composed(document) if isinstance(document, Document) else document

    def kept(one: Page) -> Page:
        blocks = tuple(
            block
            for block in one.blocks
            if not (isinstance(block, TextBlock) and block.element == element and page in (0, one.number))
        )
        return replace(one, blocks=blocks)

    return on_pages(pages, kept)


def numbered(
    document: Document | Pages, change: Callable[[int, TextBlock | None], TextBlock | None]
) -> Pages:
    """Change the page number of each page; `change` is told the page."""
    pages = composed(document) if isinstance(document, Document) else document
    return on_pages(pages, lambda page: replace(page, page_number=change(page.number, page.page_number)))


def number_moved(
    block: TextBlock | None, right: float = 0, down: float = 0, text: str = ""
) -> TextBlock | None:
    """Move a page number, or write it otherwise."""
    if block is None:
        return None
    (line,) = block.lines
    runs = tuple(replace(run, x=run.x + mm(right)) for run in line.runs)
    if text:
        runs = (replace(runs[0], text=text),)
    return replace(block, lines=(replace(line, runs=runs, baseline=line.baseline + mm(down)),))


def styled(document: Document, section: str, **figures: object) -> bytes:
    """Compose by a stylesheet with other figures in one section, and draw."""
    part = replace(getattr(STYLESHEET, section), **figures)
    stylesheet = replace(STYLESHEET, **{section: part})
    return render_pdf(compose(document, stylesheet, metrics()), stylesheet, metrics())


def drawn_over(content: bytes, page: int, operators: bytes) -> bytes:
    """Draw something more on a page of a finished PDF."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[page - 1].contents_add(pikepdf.Stream(pdf, b"q " + operators + b" Q "), prepend=True)
        pdf.save(out)
    return out.getvalue()


def added(
    document: Document | Pages, page: int, text: str, left: float, baseline: float, face: str = "fangsong"
) -> Pages:
    """Set a line of 三号 on a page: `left` and `baseline` in mm."""
    pages = composed(document) if isinstance(document, Document) else document
    style = STYLESHEET.body
    width = style.size * len(text)
    block = TextBlock("正文", (Line(mm(baseline), (Run(mm(left), text, face, style.size, mm(0), width),)),))
    return on_pages(
        pages, lambda one: replace(one, blocks=(*one.blocks, block)) if one.number == page else one
    )
