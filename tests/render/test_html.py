"""The HTML that is drawn: every place given, nothing of the clerk's text taken for markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from docgen.layout.pages import Pages
from docgen.render.html import FONT_SCHEME, RULES_SCHEME, pages_html, rules_svg
from tests.papers import HOSTILE, PAPERS, STYLESHEET, bare, composed, metrics, page_words, paper

EVERY = pytest.mark.parametrize("name", PAPERS)


def html(pages: Pages) -> str:
    return pages_html(pages, STYLESHEET, metrics(), ("fangsong", "heiti"))


class Reader(HTMLParser):
    """Collects a text's tags and its words, styles left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._in_style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self._in_style else data


@EVERY
def test_the_words_of_all_pages_stand_in_it_in_order(name: str) -> None:
    pages = composed(PAPERS[name])

    assert bare(Reader(html(pages)).words) == "".join(map(page_words, pages.pages))


def test_text_that_looks_like_markup_is_text() -> None:
    tags = {tag for tag, _ in Reader(html(composed(paper(*HOSTILE, title="<h1>&amp;关于</h1>"))))
            .tags}

    assert tags <= {"html", "head", "meta", "title", "style", "body", "section", "h1", "p", "div", "span"}
    assert "&lt;h1&gt;&amp;amp;关于" in html(composed(paper("正文。", title="<h1>&amp;关于</h1>")))


@EVERY
def test_each_page_is_a_section_on_its_own_rules(name: str) -> None:
    pages = composed(PAPERS[name])
    sections = [attributes["style"] for tag, attributes in Reader(html(pages)).tags if tag == "section"]

    assert sections == [f"background-image:url({RULES_SCHEME}:{page.number})" for page in pages.pages]


def test_it_says_its_language_and_asks_for_fonts_by_role_only() -> None:
    text = html(composed(PAPERS["circular"]))

    assert '<html lang="zh-CN">' in text
    assert f"<title>{PAPERS['circular'].title}</title>" in text
    assert text.count("url(") == 2 + len(composed(PAPERS["circular"]).pages)
    assert f"font-family:heiti;src:url({FONT_SCHEME}:heiti)" in text
    assert "local(" not in text


def test_tables_are_tables_with_heads_for_their_columns() -> None:
    pages = composed(PAPERS["circular"])
    tags = Reader(html(pages)).tags
    heads = [attributes for tag, attributes in tags if tag == "th"]

    assert {attributes["scope"] for attributes in heads} == {"col"}
    assert len(heads) % 7 == 0
    assert sum(tag == "table" for tag, _ in tags) == sum(
        not hasattr(block, "element") for page in pages.pages for block in page.blocks
    )


def test_a_blank_page_has_no_rules_and_the_first_its_red_one() -> None:
    pages = composed(PAPERS["blank page before imprint"]).pages

    assert 'fill="#FF0000"' in rules_svg(pages[0], STYLESHEET)
    assert "<rect" not in rules_svg(pages[2], STYLESHEET)
    assert rules_svg(pages[3], STYLESHEET).count("<rect") == 2
