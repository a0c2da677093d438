"""Break a DOCX in one way: the properties of the paragraphs that hold a text, of sections, of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from docgen.render.shell import packed
from tests.check.word_files import DOCUMENT, NAMESPACES, SETTINGS, STYLES, parts_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Edit:
    """A DOCX being broken. What is asked for must be there, so that no defect is planted in vain."""

    def __init__(self, content: bytes) -> None:
        self.parts = parts_of(content)
        self.trees = {
            name: etree.fromstring(part)
            for name, part in self.parts.items()
            if name in (DOCUMENT, STYLES, SETTINGS) or name.startswith("word/footer")
        }

    def done(self) -> bytes:
        """The broken file."""
        return packed(self.parts | {name: etree.tostring(tree) for name, tree in self.trees.items()})

    def body(self) -> etree._Element:
        return self.trees[DOCUMENT][0]

    def paragraphs(self, text: str, part: str = DOCUMENT) -> list[etree._Element]:
        """Every paragraph with that text in it, in both branches of an alternative."""
        found = [
            paragraph
            for paragraph in self.trees[part].iter(f"{W}p")
            if text in "".join(words.text or "" for words in paragraph.findall(f".//{W}t"))
            and paragraph.find(f".//{W}txbxContent") is None
        ]
        assert found, text
        return found

    def paragraph(self, text: str, name: str, part: str = DOCUMENT, **attributes: str) -> None:
        """Give the paragraphs with a text a property, in place of what they have of it."""
        for paragraph in self.paragraphs(text, part):
            _put(_child(paragraph, "pPr", first=True), name, attributes)

    def runs(self, text: str, name: str, part: str = DOCUMENT, **attributes: str) -> None:
        """Give all runs of the paragraphs with a text a property."""
        for paragraph in self.paragraphs(text, part):
            for run in paragraph.iter(f"{W}r"):
                _put(_child(run, "rPr", first=True), name, attributes)

    def sections(self, name: str, **attributes: str) -> None:
        """Change attributes of every section."""
        for section in self.trees[DOCUMENT].iter(f"{W}sectPr"):
            found = _child(section, name)
            for key, value in attributes.items():
                found.set(W + key, value)

    def without(self, name: str, *, inside: str = "") -> None:
        """Take every element of a name out; inside paragraphs with a text, or everywhere."""
        places = self.paragraphs(inside) if inside else [self.trees[DOCUMENT]]
        found = [element for place in places for element in place.iter(W + name)]
        assert found, name
        for element in found:
            element.getparent().remove(element)

    def sides(self, name: str, **attributes: str) -> None:
        """Change attributes of every side of the borders of a name."""
        found = [side for borders in self.trees[DOCUMENT].iter(W + name) for side in borders]
        assert found, name
        for side in found:
            for key, value in attributes.items():
                side.set(W + key, value)

    def setting_gone(self, name: str) -> None:
        """Take a setting out."""
        found = self.trees[SETTINGS].find(W + name)
        assert found is not None, name
        self.trees[SETTINGS].remove(found)

    def text(self, old: str, new: str, part: str = DOCUMENT) -> None:
        """Write words anew."""
        found = [words for words in self.trees[part].iter(f"{W}t") if old in (words.text or "")]
        assert found, old
        for words in found:
            words.text = (words.text or "").replace(old, new)

    def before(self, text: str, xml: str) -> None:
        """Put something before the first paragraph with a text."""
        place = self.paragraphs(text)[0]
        for element in _made(xml):
            place.addprevious(element)

    def inside(self, text: str, xml: str) -> None:
        """Put something at the end of the first paragraph with a text."""
        self.paragraphs(text)[0].extend(_made(xml))

    def footers(self) -> Iterator[str]:
        """The footers that show a page's number."""
        yield from (name for name, tree in self.trees.items() if "footer" in name and b"PAGE" in etree.tostring(tree))


def _made(xml: str) -> list[etree._Element]:
    return list(etree.fromstring(f"<root {NAMESPACES}>{xml}</root>"))


def _child(parent: etree._Element, name: str, *, first: bool = False) -> etree._Element:
    found = parent.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        parent.insert(0 if first else len(parent), found)
    return found


def _put(properties: etree._Element, name: str, attributes: dict[str, str]) -> None:
    for old in properties.findall(W + name):
        properties.remove(old)
    new = etree.SubElement(properties, W + name)
    for key, value in attributes.items():
        new.set(W + key, value)


Change = Callable[[Edit], None]


def broken(content: bytes, change: Change) -> bytes:
    """A file broken in one way."""
    edit = Edit(content)
    change(edit)
    return edit.done()
