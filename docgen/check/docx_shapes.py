"""What is drawn in a DOCX: lines, pictures and text boxes, in DrawingML or in the older VML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.check.docx_xml import Node, W, colour, local
from docgen.check.seen import SeenShape, ShapeKind

_EMU_PER_MM = 36000
_LINES = {"line", "straightConnector1"}
_VML = {"shape", "rect", "roundrect", "line", "oval", "polyline"}
_VML_MEASURE = re.compile(r"(-?\d{1,6}(?:\.\d{0,6})?)(pt|mm|cm|in|px)?")
_MM_PER = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96}
_NAMED = {"red": "#FF0000", "black": "#000000", "blue": "#0000FF", "white": "#FFFFFF"}


@dataclass(frozen=True)
class Drawn:
    """A drawn thing and the text in it, which is read as paragraphs of their own."""

    shape: SeenShape
    content: Node | None = None


def chosen(node: Node) -> Node | None:
    """Give the one branch of mc:AlternateContent that is read: the first choice that holds anything."""
    branches = [branch for branch in node if local(branch) in ("Choice", "Fallback") and len(branch)]
    return branches[0] if branches else None


def drawn(node: Node, paragraph: int) -> Iterator[Drawn]:
    """Give what a w:drawing, w:pict or w:object draws; what stands in text boxes is left to the caller."""
    anchor = next((part for part in node if local(part) in ("anchor", "inline")), None)
    extent = (0.0, 0.0) if anchor is None else _extent(next((p for p in anchor if local(p) == "extent"), None))
    yield from _drawn(node, paragraph, extent)


def _drawn(node: Node, paragraph: int, extent: tuple[float, float]) -> Iterator[Drawn]:
    for part in node:
        name = local(part)
        if name == "AlternateContent":
            branch = chosen(part)
            if branch is not None:
                yield from _drawn(branch, paragraph, extent)
        elif name in ("wsp", "pic", "cxnSp"):
            yield _drawing(part, paragraph, extent)
        elif name in _VML and "schemas-microsoft-com:vml" in part.tag:
            yield _vml(part, paragraph)
        elif part.tag != f"{W}txbxContent":
            yield from _drawn(part, paragraph, extent)


def _drawing(node: Node, paragraph: int, extent: tuple[float, float]) -> Drawn:
    content = _content(node)
    properties = next((part for part in node if local(part) == "spPr"), None)
    geometry = None if properties is None else next((p for p in properties if local(p) == "prstGeom"), None)
    if local(node) == "pic":
        kind = ShapeKind.PICTURE
    elif content is not None:
        kind = ShapeKind.BOX
    else:
        is_line = geometry is not None and geometry.get("prst") in _LINES
        kind = ShapeKind.LINE if is_line or local(node) == "cxnSp" else ShapeKind.OTHER
    size = extent
    outline = ""
    for part in () if properties is None else properties:
        if local(part) == "xfrm":
            own = next((p for p in part if local(p) == "ext"), None)
            size = _extent(own) if own is not None else size
        elif local(part) == "ln":
            tint = next((p for p in part.iter() if local(p) == "srgbClr"), None)
            outline = "" if tint is None else colour(tint.get("val") or "")
    return Drawn(SeenShape(kind, *size, outline, paragraph), content)


def _vml(node: Node, paragraph: int) -> Drawn:
    content = _content(node)
    style = dict(pair.split(":", 1) for pair in (node.get("style") or "").split(";") if ":" in pair)
    style = {key.strip(): measure for key, measure in style.items()}
    width, height = _vml_mm(style.get("width", "")), _vml_mm(style.get("height", ""))
    if any(local(part) == "imagedata" for part in node):
        kind = ShapeKind.PICTURE
    elif content is not None:
        kind = ShapeKind.BOX
    elif local(node) == "line":
        kind = ShapeKind.LINE
        ends = [(node.get(end) or "").split(",") for end in ("from", "to")]
        if all(len(end) == 2 for end in ends):
            width, height = (abs(_vml_mm(ends[1][axis]) - _vml_mm(ends[0][axis])) for axis in (0, 1))
    else:
        kind = ShapeKind.OTHER
    stroke = (node.get("strokecolor") or "").partition(" ")[0].lower()
    tint = _NAMED.get(stroke) or (colour(stroke.removeprefix("#")) if stroke else "")
    return Drawn(SeenShape(kind, width, height, "" if node.get("stroked") == "f" else tint, paragraph), content)


def _content(node: Node) -> Node | None:
    """Give the text of a shape: w:txbxContent, below wps:txbx or v:textbox."""
    return next(node.iter(f"{W}txbxContent"), None)


def _extent(node: Node | None) -> tuple[float, float]:
    if node is None:
        return 0.0, 0.0
    return _emu(node.get("cx") or ""), _emu(node.get("cy") or "")


def _emu(written: str) -> float:
    return float(written) / _EMU_PER_MM if re.fullmatch(r"\d{1,10}", written) else 0.0


def _vml_mm(written: str) -> float:
    found = _VML_MEASURE.fullmatch(written.strip())
    return 0.0 if found is None else float(found[1]) * _MM_PER.get(found[2] or "pt", 1.0)


