"""Make `templates/shell.docx`: one styled example paragraph for every element of a paper, and no prose.

Run `python -m docgen.render.shell` after a change of `styles/gbt9704.toml`; a test compares the two.
"""

from __future__ import annotations

import io
import zipfile

from docgen.gongwen import Level
from docgen.render.word_lines import grid_box
from docgen.render.word_styles import footer_xml, settings_xml, styles_xml
from docgen.render.word_theme import font_table_xml, theme_xml
from docgen.render.wordml import DECLARATIONS
from docgen.shipped import shipped
from docgen.styles import Stylesheet, load_stylesheet
from docgen.units import Length

SHELL_NAME = "shell.docx"
_DATE = (1980, 1, 1, 0, 0, 0)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_NONE = "rId5"
"""The footer that is empty."""
LEVEL_STYLES = {
    Level.BODY: "Body",
    Level.FIRST: "Heading1",
    Level.SECOND: "Heading2",
    Level.THIRD: "Heading3",
    Level.FOURTH: "Heading4",
}
"""The style of a paragraph of the text, by its level."""


def section_xml(
    stylesheet: Stylesheet,
    *,
    top: Length,
    bottom: Length,
    shows_number: bool,
    hides_first: bool = False,
    tag: str = "w:sectPr",
) -> str:
    """Write the section properties of upright pages; with `hides_first` the first of them has no number."""
    page, number = stylesheet.page, stylesheet.page_number
    right = page.width - page.binding_white - page.area_width
    footer = page.height - page.area_bottom - number.dash_below - number.size / 2
    kinds = {"default": "rId3", "even": "rId4"} if shows_number else {"default": _NONE, "even": _NONE}
    if hides_first:
        kinds["first"] = _NONE
    footers = "".join(f'<w:footerReference w:type="{kind}" r:id="{part}"/>' for kind, part in kinds.items())
    return (
        f'<{tag}>{footers}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{page.width.twips + 1}" w:h="{page.height.twips + 1}"/>'
        f'<w:pgMar w:top="{top.twips}" w:right="{right.twips}" w:bottom="{bottom.twips}" '
        f'w:left="{page.binding_white.twips}" w:header="851" w:footer="{footer.twips}" w:gutter="0"/>'
        f"{'<w:titlePg/>' if hides_first else ''}"
        f'<w:docGrid w:linePitch="{stylesheet.grid.line_pitch.twips}"/></{tag}>'
    )


def turned_section(stylesheet: Stylesheet, *, bottom: Length, shows_number: bool) -> str:
    """The section of turned pages: the upright sheet on its side, its left edge uppermost (clause 8)."""
    page, area = stylesheet.page, stylesheet.page.area(is_turned=True)
    odd, even = ("rId8", "rId9") if shows_number else (_NONE, _NONE)
    right = page.height - area.left - area.width
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
        '<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{page.height.twips + 1}" w:h="{page.width.twips + 1}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{area.top.twips}" w:right="{right.twips}" w:bottom="{bottom.twips}" '
        f'w:left="{area.left.twips}" w:header="851" w:footer="851" w:gutter="0"/>'
        f'<w:docGrid w:linePitch="{stylesheet.grid.line_pitch.twips}"/></w:sectPr>'
    )


def text_section(stylesheet: Stylesheet, *, shows_number: bool = True, hides_first: bool = False) -> str:
    """The section of the text: the text box of the grid."""
    top, bottom = grid_box(stylesheet)
    return section_xml(
        stylesheet,
        top=top,
        bottom=stylesheet.page.height - bottom,
        shows_number=shows_number,
        hides_first=hides_first,
    )


def _p(style: str, tag: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'<w:t xml:space="preserve">{tag}</w:t></w:r></w:p>'
    )


def _control(tag: str) -> str:
    return f"<w:p><w:r><w:t>{{%p {tag} %}}</w:t></w:r></w:p>"


def _when(name: str, paragraph: str) -> tuple[str, str, str]:
    """A paragraph that is left out where its element is."""
    return _control(f"if {name}"), paragraph, _control("endif")


def _raw(name: str) -> str:
    return f"<w:p><w:r><w:t>{{{{p {name} }}}}</w:t></w:r></w:p>"


def _document_xml(stylesheet: Stylesheet) -> str:
    body = "".join(
        [
            _raw("masthead"),
            *_when("title", _p("Title", "{{ title }}")),
            *_when("addressees", _p("Addressees", "{{ addressees }}")),
            _control("for paragraph in body"),
            *(
                part
                for style in LEVEL_STYLES.values()
                for part in (
                    _control(f"if paragraph.style == '{style}'"),
                    _p(style, "{{ paragraph.text }}"),
                    _control("endif"),
                )
            ),
            _control("endfor"),
            _control("for item in annex_note"),
            _p("AnnexNote", "{{ item }}"),
            _control("endfor"),
            _raw("signatures"),
            *_when("note", _p("Note", "{{ note }}")),
            _control("for annex in annexes"),
            _p("AnnexLabel", "{{ annex.label }}"),
            _p("AnnexTitle", "{{ annex.title }}"),
            _raw("annex.blocks"),
            _control("endfor"),
            _raw("imprint"),
        ]
    )
    return f"{_HEAD}<w:document {DECLARATIONS}><w:body>{body}{text_section(stylesheet)}</w:body></w:document>"


def _parts(stylesheet: Stylesheet) -> dict[str, str]:
    overrides = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/word/footer2.xml": f"{_WORD}.footer+xml",
        "/word/footer3.xml": f"{_WORD}.footer+xml",
        "/word/footer4.xml": f"{_WORD}.footer+xml",
        "/word/footer5.xml": f"{_WORD}.footer+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    kinds = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    relations = [("styles", "styles.xml"), ("settings", "settings.xml")]
    relations += [("footer", f"footer{n}.xml") for n in (1, 2, 3)]
    relations += [("theme", "theme/theme1.xml"), ("fontTable", "fontTable.xml")]
    relations += [("footer", f"footer{n}.xml") for n in (4, 5)]
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations, start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title></dc:title>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>",
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{package}/relationships">{targets}</Relationships>',
        "word/document.xml": _document_xml(stylesheet),
        "word/styles.xml": styles_xml(stylesheet),
        "word/settings.xml": settings_xml(),
        "word/theme/theme1.xml": theme_xml(stylesheet),
        "word/fontTable.xml": font_table_xml(stylesheet),
        "word/footer1.xml": footer_xml(stylesheet, is_odd=True),
        "word/footer2.xml": footer_xml(stylesheet, is_odd=False),
        "word/footer4.xml": footer_xml(stylesheet, is_odd=True, is_turned=True),
        "word/footer5.xml": footer_xml(stylesheet, is_odd=False, is_turned=True),
        "word/footer3.xml": f'{_HEAD}<w:ftr {DECLARATIONS}><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr></w:p></w:ftr>',
    }


def packed(parts: dict[str, bytes]) -> bytes:
    """Zip parts in their order, dated alike, so that the same parts are the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def shell(stylesheet: Stylesheet) -> bytes:
    """Make the shell of a profile."""
    return packed({name: content.encode() for name, content in _parts(stylesheet).items()})


if __name__ == "__main__":
    (shipped("templates") / SHELL_NAME).write_bytes(shell(load_stylesheet()))
