"""The theme and the font table of a DOCX: Word wants both parts, and no text refers to the theme's fonts."""

from __future__ import annotations

from docgen.render.wordml import DECLARATIONS, attribute
from docgen.styles import Stylesheet

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "000000",
    "lt2": "FFFFFF",
    "accent1": "000000",
    "accent2": "000000",
    "accent3": "000000",
    "accent4": "000000",
    "accent5": "000000",
    "accent6": "000000",
    "hlink": "000000",
    "folHlink": "000000",
}


def theme_xml(stylesheet: Stylesheet) -> str:
    """Write a plain black theme whose fonts are those of the body, so that nothing else can creep in."""
    name = attribute(stylesheet.font("fangsong").official)
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in _COLOURS.items())
    font = f"<a:latin typeface={name}/><a:ea typeface={name}/><a:cs typeface={name}/>"
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="docgen">'
        f'<a:themeElements><a:clrScheme name="docgen">{colours}</a:clrScheme>'
        f'<a:fontScheme name="docgen"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="docgen"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def font_table_xml(stylesheet: Stylesheet) -> str:
    """Name the fonts that the styles ask for."""
    names = dict.fromkeys(font.official for font in stylesheet.fonts)
    fonts = "".join(
        f'<w:font w:name={attribute(name)}><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name in names
    )
    return f"{_HEAD}<w:fonts {DECLARATIONS}>{fonts}</w:fonts>"
