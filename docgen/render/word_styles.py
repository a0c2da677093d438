"""The named Word styles of a paper, every figure from the stylesheet: `word/styles.xml`, settings and footers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docgen.render.anchored import Anchored, turned_box
from docgen.render.wordml import DECLARATIONS
from docgen.styles import Stylesheet
from docgen.units import ZERO, Length, twips

_WIDER = twips(8)
"""How much running text is wider than the 版心: in lines of 28 characters and a rest of 25 twips, as the 版心 has
them, LibreOffice 7.4 does not draw a mark that hangs (measured)."""


@dataclass(frozen=True)
class WordStyle:
    """One paragraph style: its id, the Chinese name that Word shows, and its properties."""

    style_id: str
    name: str
    role: str
    size: Length
    pitch: Length
    align: str = "both"
    indent: str = ""
    tracking: Length = ZERO
    colour: str = ""
    outline: int | None = None
    keeps_next: bool = False


def word_styles(stylesheet: Stylesheet) -> tuple[WordStyle, ...]:
    """List every named style of a paper."""
    grid, body = stylesheet.grid, stylesheet.body
    two = body.indent_chars
    edge = f'w:right="-{_WIDER.twips}"'
    first = f'<w:ind {edge} w:firstLineChars="{two * 100}" w:firstLine="{(stylesheet.cell * two).twips}"/>'
    size, pitch, tight = body.size, grid.line_pitch, grid.tracking
    title, table, imprint, number = (
        stylesheet.title,
        stylesheet.table,
        stylesheet.imprint,
        stylesheet.page_number,
    )
    red = stylesheet.masthead.colour.removeprefix("#")

    def on_grid(
        style_id: str,
        name: str,
        role: str = "fangsong",
        *,
        align: str = "both",
        indent: str = "",
        outline: int | None = None,
    ) -> WordStyle:
        is_heading = outline is not None
        return WordStyle(style_id, name, role, size, pitch, align, indent, tight, "", outline, is_heading)

    return (
        on_grid("Body", "公文正文", indent=first),
        on_grid("Heading1", "公文一级标题", "heiti", indent=first, outline=0),
        on_grid("Heading2", "公文二级标题", "kaiti", indent=first, outline=1),
        on_grid("Heading3", "公文三级标题", indent=first, outline=2),
        on_grid("Heading4", "公文四级标题", indent=first, outline=3),
        on_grid("CopyNumber", "份号", align="left"),
        on_grid("Secrecy", "密级和保密期限", "heiti", align="left"),
        on_grid("Urgency", "紧急程度", "heiti", align="left"),
        WordStyle("Mark", "发文机关标志", "xiaobiaosong", size, pitch, "center", colour=red),
        on_grid("Number", "发文字号", align="center"),
        on_grid("Signer", "签发人", align="left"),
        WordStyle("Title", "公文标题", "xiaobiaosong", title.size, title.line_pitch, "center"),
        on_grid("Addressees", "主送机关", indent=f"<w:ind {edge}/>"),
        on_grid("AnnexNote", "附件说明", align="left", indent=f"<w:ind {edge}/>"),
        replace(on_grid("Signature", "署名", align="center"), keeps_next=True),
        on_grid("Date", "成文日期", align="right"),
        on_grid("Note", "附注", indent=first),
        WordStyle("AnnexLabel", "附件标记", "heiti", size, size, "left", tracking=tight),
        WordStyle("AnnexTitle", "附件标题", "xiaobiaosong", title.size, title.line_pitch, "center"),
        WordStyle("TableCaption", "表题", "heiti", table.size, table.caption_pitch, "left", keeps_next=True),
        WordStyle("TableHead", "表头", "heiti", table.size, table.line_pitch, "center"),
        WordStyle("TableText", "表文", "fangsong", table.size, table.line_pitch, "left"),
        WordStyle("TableHeadSmall", "表头（小）", "heiti", table.small_size, table.small_pitch, "center"),
        WordStyle("TableTextSmall", "表文（小）", "fangsong", table.small_size, table.small_pitch, "left"),
        WordStyle("TableNote", "表注", "fangsong", table.size, table.line_pitch, "left"),
        WordStyle("Imprint", "版记", "fangsong", imprint.size, imprint.line_pitch),
        WordStyle("PageNumber", "公文页码", "songti", number.size, number.size),
        WordStyle("Spacer", "空行", "fangsong", size, pitch),
    )


def styles_xml(stylesheet: Stylesheet) -> str:
    """Write `word/styles.xml`: defaults, Normal, a plain table style, and the named styles."""
    fonts = _fonts(stylesheet, "fangsong")
    size = stylesheet.body.size
    styles = "".join(_style_xml(style, stylesheet) for style in word_styles(stylesheet))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles {DECLARATIONS}>'
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:kern w:val="0"/>{_size(size)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:snapToGrid w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f"{styles}</w:styles>"
    )


def _fonts(stylesheet: Stylesheet, role: str) -> str:
    name = stylesheet.font(role).official
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(size: Length) -> str:
    half_points = round(size.pt * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _style_xml(style: WordStyle, stylesheet: Stylesheet) -> str:
    keep = "<w:keepNext/>" if style.keeps_next else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    tracking = f'<w:spacing w:val="{round(style.tracking.pt * 20)}"/>' if style.tracking else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.style_id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}'
        f'<w:spacing w:before="0" w:after="0" w:line="{style.pitch.twips}" w:lineRule="exact"/>{style.indent}'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_fonts(stylesheet, style.role)}{colour}{tracking}{_size(style.size)}</w:rPr></w:style>"
    )


def settings_xml() -> str:
    """Write `word/settings.xml`: odd and even pages differ, nothing is adjusted behind the clerk's back."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings {DECLARATIONS}>'
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def footer_xml(stylesheet: Stylesheet, *, is_odd: bool, is_turned: bool = False) -> str:
    """Write a footer with — n —, odd pages at the right, even ones at the left (7.5).

    On a turned page the number stands where the upright sheet has its foot, at the left, and runs down (clause 8).
    """
    number = _page_number(stylesheet, is_odd=is_odd)
    if is_turned:
        style, area = stylesheet.page_number, stylesheet.page.area(is_turned=True)
        left = area.left - style.dash_below - style.size / 2
        place = Anchored(21 if is_odd else 22, "页码", left, area.top, style.size, area.height)
        number = f'<w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr>{turned_box(place, number)}</w:p>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:ftr {DECLARATIONS}>{number}</w:ftr>'


def _page_number(stylesheet: Stylesheet, *, is_odd: bool) -> str:
    """The paragraph of a page number; the field is five runs."""
    style = stylesheet.page_number
    side, align = ("right", "right") if is_odd else ("left", "left")
    indent = f'<w:ind w:{side}="{(style.size * style.side_chars).twips}"/><w:jc w:val="{align}"/>'

    def run(content: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{content}</w:r>'

    field = (
        run('<w:t xml:space="preserve">— </w:t>')
        + run('<w:fldChar w:fldCharType="begin"/>')
        + run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run(f"<w:t>{1 if is_odd else 2}</w:t>")
        + run('<w:fldChar w:fldCharType="end"/>')
        + run('<w:t xml:space="preserve"> —</w:t>')
    )
    return f'<w:p><w:pPr><w:pStyle w:val="PageNumber"/>{indent}</w:pPr>{field}</w:p>'
