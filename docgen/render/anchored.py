"""Drawings placed from the top left corner of the page: text boxes and filled bars.

Word draws the first branch, older readers the second; both show the same at the same place.
"""

from __future__ import annotations

from dataclasses import dataclass

from docgen.units import Length

_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


@dataclass(frozen=True)
class Anchored:
    """Where a drawing stands on its page; `number` is its own in the file, `name` what Word calls it."""

    number: int
    name: str
    x: Length
    y: Length
    width: Length
    height: Length


def text_box(place: Anchored, content: str, *, clears: bool = True) -> str:
    """Write the run of a box without border that holds paragraphs and tables; with `clears` text keeps off it."""
    return _box(place, content, "<wp:wrapTopAndBottom/>" if clears else "<wp:wrapNone/>")


def turned_box(place: Anchored, content: str) -> str:
    """Write the run of a box whose lines run down the page, the first at its right edge.

    Text runs round it: a footer's box that text takes no notice of is left at the sheet's corner by LibreOffice 7.4
    on an even page of some sections (seen).
    """
    wrap = '<wp:wrapSquare wrapText="bothSides"/>'
    return _box(place, content, wrap, properties='vert="vert" ', fallback='style="layout-flow:vertical" ')


def _box(place: Anchored, content: str, wrap: str, *, properties: str = "", fallback: str = "") -> str:
    box = (
        "<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr {properties}lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    )
    rectangle = (
        'filled="f" stroked="f">'
        f'<v:textbox {fallback}inset="0,0,0,0"><w:txbxContent>{content}</w:txbxContent></v:textbox>'
    )
    return _run(place, wrap, '<wps:cNvSpPr txBox="1"/>', box, rectangle)


def bar(place: Anchored, colour: str) -> str:
    """Write the run of a filled rectangle: a rule whose weight is its height. Text takes no notice of it."""
    fill = (
        f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#")}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/>"
    )
    rectangle = f'filled="t" fillcolor="{colour}" stroked="f">'
    return _run(place, "<wp:wrapNone/>", "<wps:cNvSpPr/>", fill, rectangle)


def _run(place: Anchored, wrap: str, kind: str, looks: str, rectangle: str) -> str:
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"{_drawing(place, wrap, kind, looks)}</mc:Choice>"
        f"<mc:Fallback>{_picture(place, rectangle)}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _drawing(place: Anchored, wrap: str, kind: str, looks: str) -> str:
    extent = f'cx="{int(place.width)}" cy="{int(place.height)}"'
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{place.number + 1}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{int(place.x)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{int(place.y)}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'{wrap}<wp:docPr id="{place.number}" name="{place.name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp>{kind}<wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{looks}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def _picture(place: Anchored, rectangle: str) -> str:
    style = (
        f"position:absolute;margin-left:{place.x.pt:.2f}pt;margin-top:{place.y.pt:.2f}pt;"
        f"width:{place.width.pt:.2f}pt;height:{place.height.pt:.2f}pt;z-index:{place.number + 1};"
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    return f'<w:pict><v:rect id="drawing{place.number}" style="{style}" {rectangle}</v:rect></w:pict>'
