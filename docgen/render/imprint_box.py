"""版记 in a DOCX: a text box placed from the top of the page, its lower edge on that of the 版心.

A floating table is not honoured by every reader; a text box is. Word draws the first branch, older readers the
second; both hold the same table.
"""

from __future__ import annotations

from docgen.gongwen import Imprint
from docgen.layout.pages import ImprintShape
from docgen.render.wordml import cell, paragraph, row, run, spacer, table
from docgen.styles import Stylesheet
from docgen.units import Length, mm

_NAME = "版记"


def imprint_box(imprint: Imprint, copies: str, shape: ImprintShape, stylesheet: Stylesheet) -> str:
    """Write the run that holds 版记."""
    page = stylesheet.page
    content = _rows(imprint, copies, shape, stylesheet) + spacer(mm("0.1"))
    height = page.area_bottom - shape.top + mm("0.5")
    shape_xml = _drawing(content, page.binding_white, shape.top, page.area_width, height)
    fallback = _picture(content, page.binding_white, shape.top, page.area_width, height)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"{shape_xml}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _rows(imprint: Imprint, copies: str, shape: ImprintShape, stylesheet: Stylesheet) -> str:
    style, width = stylesheet.imprint, stylesheet.page.area_width
    char = style.size.twips
    hang = (style.size * 3).twips
    outer, inner = _rule(style.outer_weight), _rule(style.inner_weight)
    print_height = style.line_pitch * len(shape.office_lines) + style.row_padding * 2
    rows = []
    if copies:
        copy_height = stylesheet.page.area_bottom - shape.top - print_height
        indent = f'<w:ind w:left="{char + hang}" w:right="{char}" w:hanging="{hang}"/>'
        borders = f"<w:tcBorders><w:top {outer}/><w:bottom {inner}/></w:tcBorders>"
        content = paragraph("Imprint", run(copies), indent)
        rows.append(row([cell(width, content, f'{borders}<w:vAlign w:val="center"/>')], copy_height))
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width.twips - char}"/></w:tabs>'
    ends = f'{tab}<w:ind w:left="{char}" w:right="{char}"/><w:jc w:val="left"/>'
    *above, last = shape.office_lines
    words = run(last) + "<w:r><w:tab/></w:r>" + run(imprint.printing_date)
    borders = f"<w:tcBorders><w:top {inner if copies else outer}/><w:bottom {outer}/></w:tcBorders>"
    content = "".join(paragraph("Imprint", run(line), ends) for line in above) + paragraph(
        "Imprint", words, ends
    )
    rows.append(row([cell(width, content, f'{borders}<w:vAlign w:val="center"/>')], print_height))
    return table([width], rows)


def _rule(weight: Length) -> str:
    return f'w:val="single" w:sz="{round(weight.pt * 8)}" w:space="0" w:color="000000"'


def _drawing(content: str, x: Length, y: Length, width: Length, height: Length) -> str:
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{int(x)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{int(y)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{int(width)}" cy="{int(height)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapTopAndBottom/><wp:docPr id="1" name="{_NAME}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{int(width)}" cy="{int(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def _picture(content: str, x: Length, y: Length, width: Length, height: Length) -> str:
    style = (
        f"position:absolute;margin-left:{x.pt:.2f}pt;margin-top:{y.pt:.2f}pt;width:{width.pt:.2f}pt;"
        f"height:{height.pt:.2f}pt;z-index:2;mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    return (
        f'<w:pict><v:rect id="imprint" style="{style}" filled="f" stroked="f">'
        f'<v:textbox inset="0,0,0,0"><w:txbxContent>{content}</w:txbxContent></v:textbox></v:rect></w:pict>'
    )
