"""Add styles to those of a finished workbook: a cell keeps its format and gets another fill. Pure."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from lxml import etree

from docgen.render.xlsx_package import MAIN, CannotMark, parse_xml, xml_bytes

_NONE = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>"""


class Styles:
    """The styles of one workbook while cells are marked with `fills` (RRGGBB)."""

    def __init__(self, content: bytes | None, fills: Collection[str]) -> None:
        self._root = parse_xml(_NONE.encode() if content is None else content)
        self._fills = self._table("fills")
        self._fonts = self._table("fonts")
        self._formats = self._table("cellXfs")
        ours = {_argb(fill) for fill in fills}
        self._fill_ids = {
            colour[2:]: number for number, fill in enumerate(self._fills) if (colour := _colour_of(fill)) in ours
        }
        earlier = {str(number) for number in self._fill_ids.values()}
        self.marked = frozenset(
            number for number, style in enumerate(self._formats) if style.get("fillId") in earlier
        )
        self._made: dict[tuple[int, str], int] = {}

    def filled(self, old: int, fill: str) -> int:
        """Give the style `old` with that fill, or with none."""
        key = (old, fill)
        if key not in self._made:
            if not 0 <= old < len(self._formats):
                raise CannotMark(f"no style {old}")
            style = deepcopy(self._formats[old])
            style.set("fillId", str(self._fill(fill) if fill else 0))
            style.set("applyFill", "1")
            self._made[key] = self._append(self._formats, style)
        return self._made[key]

    def text(self, fill: str = "", *, font: str = "") -> int:
        """Make a style for texts that wrap; `font` is the inside of a <font>, "" for the workbook's first."""
        style = etree.SubElement(self._formats, f"{{{MAIN}}}xf", {
            "numFmtId": "49", "fontId": str(self._font(font) if font else 0),
            "fillId": str(self._fill(fill) if fill else 0), "borderId": "0", "xfId": "0",
            "applyNumberFormat": "1", "applyFont": "1", "applyFill": "1", "applyAlignment": "1",
        })
        etree.SubElement(style, f"{{{MAIN}}}alignment", {"vertical": "top", "wrapText": "1"})
        return self._append(self._formats, style)

    def to_bytes(self) -> bytes:
        """Write the part."""
        return xml_bytes(self._root)

    def _table(self, name: str) -> etree._Element:
        table = self._root.find(f"{{{MAIN}}}{name}")
        if table is None:
            raise CannotMark(f"styles without {name}")
        return table

    def _fill(self, fill: str) -> int:
        if fill not in self._fill_ids:
            element = etree.SubElement(self._fills, f"{{{MAIN}}}fill")
            pattern = etree.SubElement(element, f"{{{MAIN}}}patternFill", {"patternType": "solid"})
            etree.SubElement(pattern, f"{{{MAIN}}}fgColor", {"rgb": _argb(fill)})
            etree.SubElement(pattern, f"{{{MAIN}}}bgColor", {"indexed": "64"})
            self._fill_ids[fill] = self._append(self._fills, element)
        return self._fill_ids[fill]

    def _font(self, inside: str) -> int:
        return self._append(self._fonts, parse_xml(f'<font xmlns="{MAIN}">{inside}</font>'.encode()))

    def _append(self, table: etree._Element, element: etree._Element) -> int:
        if element.getparent() is not table:
            table.append(element)
        children = [child for child in table if isinstance(child.tag, str)]
        table.set("count", str(len(children)))
        return len(children) - 1


def _argb(fill: str) -> str:
    return f"FF{fill}"


def _colour_of(fill: etree._Element) -> str:
    colour = fill.find(f"{{{MAIN}}}patternFill/{{{MAIN}}}fgColor")
    return "" if colour is None else colour.get("rgb", "")
