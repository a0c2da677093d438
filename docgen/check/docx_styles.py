"""The styles of a DOCX resolved: defaults, then the chain of styles a style is based on, then the style."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.check.docx_properties import (
    NONE,
    THEME,
    Properties,
    paragraph_properties,
    run_properties,
    table_borders,
)
from docgen.check.docx_xml import Node, attribute, child, children, local, says_yes, value

_LONGEST_CHAIN = 50
_NO_FONT = ""


@dataclass(frozen=True)
class Style:
    """A style with all that it is based on: what it asks of paragraphs and of runs."""

    name: str = ""
    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)
    borders: Properties = field(default_factory=dict)


class Styles:
    """Every style of a file by its id, and the fonts of its theme."""

    def __init__(self, styles: Node | None, theme: Node | None) -> None:
        self._nodes: dict[str, Node] = {}
        self._default: dict[str, str] = {}
        for style in children(styles, "style"):
            style_id, kind = attribute(style, "styleId"), attribute(style, "type") or "paragraph"
            self._nodes.setdefault(style_id, style)
            if attribute(style, "default") and says_yes(attribute(style, "default")):
                self._default.setdefault(kind, style_id)
        defaults = child(styles, "docDefaults")
        self._run = run_properties(child(child(defaults, "rPrDefault"), "rPr"))
        self._paragraph = paragraph_properties(child(child(defaults, "pPrDefault"), "pPr"))
        self._resolved: dict[str, Style] = {}
        self._theme = _theme_fonts(theme)

    def of_paragraph(self, style_id: str) -> Style:
        """Give a paragraph's style over the defaults of the file; an unknown id is Normal."""
        known = style_id if style_id in self._nodes else self._default.get("paragraph", "")
        key = f"p {known}"
        if key not in self._resolved:
            own = self.alone(known)
            self._resolved[key] = Style(
                own.name, {**self._paragraph, **own.paragraph}, {**self._run, **own.run}, own.borders
            )
        return self._resolved[key]

    def default_id(self) -> str:
        """Give the id of the style of paragraphs that name none."""
        return self._default.get("paragraph", "")

    def alone(self, style_id: str) -> Style:
        """Give a style and what it is based on, without the defaults of the file."""
        if style_id not in self._resolved:
            self._resolved[style_id] = self._alone(style_id)
        return self._resolved[style_id]

    def _alone(self, style_id: str) -> Style:
        chain: list[Node] = []
        at = style_id
        while at in self._nodes and len(chain) < _LONGEST_CHAIN and self._nodes[at] not in chain:
            chain.append(self._nodes[at])
            at = value(chain[-1], "basedOn")
        paragraph: dict[str, str] = {}
        run: dict[str, str] = {}
        borders: dict[str, str] = {}
        for style in reversed(chain):
            paragraph.update(paragraph_properties(child(style, "pPr")))
            run.update(run_properties(child(style, "rPr")))
            borders.update(table_borders(child(child(style, "tblPr"), "tblBorders")))
        return Style(value(chain[0], "name") if chain else "", paragraph, run, borders)

    def font(self, properties: Properties, script: str) -> str:
        """Give the font that is asked for in a script, one of the theme by the name it has there."""
        named = properties.get(script, _NO_FONT)
        if not named.startswith(THEME):
            return named
        return self._theme.get(named.removeprefix(THEME), _NO_FONT)


def merged(*levels: Properties) -> Properties:
    """Overlay levels of properties, the last above all."""
    found = NONE
    for level in levels:
        found = {**found, **level} if found and level else (level or found)
    return found


def _theme_fonts(theme: Node | None) -> dict[str, str]:
    """Name the theme's fonts as runs ask for them: majorEastAsia, minorAscii …"""
    found: dict[str, str] = {}
    for size in ("major", "minor"):
        scheme = None if theme is None else next(theme.iter(f"{{*}}{size}Font"), None)
        faces = {} if scheme is None else _faces(scheme)
        latin, complex_script = faces.get("latin", ""), faces.get("cs", "")
        found |= {f"{size}EastAsia": faces.get("ea") or faces.get("Hans", ""), f"{size}Bidi": complex_script}
        found |= {f"{size}Ascii": latin, f"{size}HAnsi": latin}
    return found


def _faces(scheme: Node) -> dict[str, str]:
    return {
        face.get("script") or local(face): face.get("typeface") or "" for face in scheme if isinstance(face.tag, str)
    }
