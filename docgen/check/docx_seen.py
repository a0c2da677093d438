"""See a DOCX, ours or anybody's: paragraphs with the properties that hold for them, sections, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from docgen.check.docx_body import Body, grid_pitch
from docgen.check.docx_numbering import Numbering
from docgen.check.docx_package import SAVE_AGAIN, Links, WordPackage
from docgen.check.docx_properties import size_of
from docgen.check.docx_styles import Styles
from docgen.check.docx_xml import Node, R, W, attribute, child, children, is_on, local, mm_of, value, whole
from docgen.check.seen import SeenParagraph, SeenSection, SeenWord
from docgen.errors import Unreadable

_MAIN = "word/document.xml"
_MACRO_KINDS = ("macroEnabled", "vbaProject")
_INCH = 25.4
_QUIET_LINKS = ("hyperlink：", "attachedTemplate：")
"""An address to click, and the template a file was made from: told, but no part of the paper."""
_MOST_TOLD = 5


@lru_cache(maxsize=1)
def see_docx(content: bytes) -> SeenWord:
    """Read a DOCX. Raise `Unreadable` when it is none, is damaged or locked, or costs too much.

    The last file is kept in mind, as that of a PDF is.
    """
    package = WordPackage(content)
    main = package.links("").by_kind.get("officeDocument", _MAIN)
    tree = package.tree(main)
    body_node = child(tree, "body")
    if tree is None or body_node is None:
        raise Unreadable("文件里没有正文（word/document.xml）", SAVE_AGAIN)
    links = package.links(main)
    parts = {kind: package.tree(links.by_kind.get(kind, "")) for kind in ("styles", "numbering", "settings", "theme")}
    styles = Styles(parts["styles"], parts["theme"])
    section_nodes = list(_sections(body_node))
    body = Body(styles, Numbering(parts["numbering"]), [grid_pitch(node) for node in section_nodes])
    body.read(body_node)
    footers = _Footers(package, links, styles)
    sections = tuple(footers.sections(section_nodes))
    asked = {main: tree, links.by_kind.get("styles", ""): parts["styles"], **footers.trees}
    return SeenWord(
        sections,
        tuple(_started(body.paragraphs, section_nodes)),
        tuple(body.tables),
        tuple(body.shapes),
        is_on(parts["settings"], "evenAndOddHeaders"),
        size_of(styles.of_paragraph("").run),
        tuple(part for part, found in asked.items() if found is not None and _asks_for_theme(found)),
        _told(body.hidden),
        tuple(_outside(package, main, links)),
    )


def _sections(body: Node) -> Iterator[Node]:
    """Give the section properties in order; a file without any has the defaults of Word."""
    found = [node for node in body.iter(f"{W}sectPr") if local(_parent(node)) in ("pPr", "body")]
    yield from found or [body.makeelement(f"{W}sectPr")]


def _parent(node: Node) -> Node:
    parent = node.getparent()
    return node if parent is None else parent


def _started(paragraphs: Iterable[SeenParagraph], sections: list[Node]) -> Iterator[SeenParagraph]:
    """Mark the first paragraph of each section that starts a page."""
    last = 0
    for paragraph in paragraphs:
        if paragraph.section != last and not paragraph.in_box:
            last = paragraph.section
            kind = value(sections[last], "type") if last < len(sections) else ""
            if kind not in ("continuous", "nextColumn"):
                paragraph = replace(paragraph, starts_page=True)
        yield paragraph


class _Footers:
    """The footers of a file, each part read once."""

    def __init__(self, package: WordPackage, links: Links, styles: Styles) -> None:
        self.trees: dict[str, Node | None] = {}
        self._package = package
        self._links = links
        self._styles = styles
        self._read: dict[str, tuple[SeenParagraph, ...]] = {}

    def sections(self, nodes: Iterable[Node]) -> Iterator[SeenSection]:
        """Give every section; one that names no footer of a kind has that of the section before."""
        footers: dict[str, tuple[SeenParagraph, ...]] = {}
        for number, node in enumerate(nodes):
            own = {
                attribute(reference, "type") or "default": self._footer(reference.get(f"{R}id") or "")
                for reference in children(node, "footerReference")
            }
            footers = {**footers, **own}
            yield _section(number, node, footers)

    def _footer(self, link: str) -> tuple[SeenParagraph, ...]:
        part = self._links.by_id.get(link, "")
        if part not in self._read:
            tree = self.trees[part] = self._package.tree(part)
            body = Body(self._styles, Numbering(None))
            if tree is not None:
                body.read(tree)
            self._read[part] = tuple(body.paragraphs)
        return self._read[part]


def _section(number: int, node: Node, footers: dict[str, tuple[SeenParagraph, ...]]) -> SeenSection:
    size, margin, grid = (child(node, name) for name in ("pgSz", "pgMar", "docGrid"))
    char_space = attribute(grid, "charSpace")
    pitch = attribute(grid, "linePitch")
    return SeenSection(
        number,
        mm_of(attribute(size, "w"), 8.5 * _INCH),
        mm_of(attribute(size, "h"), 11 * _INCH),
        abs(mm_of(attribute(margin, "top"), _INCH)),
        abs(mm_of(attribute(margin, "bottom"), _INCH)),
        mm_of(attribute(margin, "left"), _INCH) + mm_of(attribute(margin, "gutter")),
        mm_of(attribute(margin, "right"), _INCH),
        mm_of(attribute(margin, "footer"), _INCH / 2),
        attribute(grid, "type"),
        whole(pitch, 0) / 20 if pitch else None,
        whole(char_space, 0) if char_space else None,
        footers,
        is_on(node, "titlePg"),
    )


def _asks_for_theme(tree: Node) -> bool:
    return any(
        str(name).lower().endswith("theme") for fonts in tree.iter(f"{W}rFonts") for name in fonts.attrib
    )


def _told(hidden: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{what}（{count} 处）" for what, count in hidden.items() if count)


def _outside(package: WordPackage, main: str, links: Links) -> Iterator[str]:
    kind = package.content_type(main)
    if any(sign in kind for sign in _MACRO_KINDS) or "word/vbaProject.bin" in package:
        yield "宏（没有运行）"
    others = [link for link in links.outside if not link.startswith(_QUIET_LINKS)]
    yield from (f"外部链接 {link}（没有打开）" for link in others[:_MOST_TOLD])
    if len(others) > _MOST_TOLD:
        yield f"还有 {len(others) - _MOST_TOLD} 个外部链接（没有打开）"
