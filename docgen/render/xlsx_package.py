"""Open a finished workbook (XLSX, XLSM) as the package of parts that it is, change single parts, keep all others.

Nothing but the parts that are set is written anew: formulas with their stored values, drawings, validations and
whatever else a workbook holds stay byte for byte. Pure: bytes in, bytes out, the same for the same.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TYPES_PART = "[Content_Types].xml"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day of a ZIP entry: what is written depends on no clock."""


class CannotMark(ValueError):
    """A workbook whose parts are not laid out as this module knows them; it has to be written anew."""


class Relation(NamedTuple):
    """A relationship of a part: its id, the last word of its type, and the part that it leads to."""

    id: str
    kind: str
    part: str


def parse_xml(content: bytes, *, is_lenient: bool = False) -> etree._Element:
    """Parse a part; `is_lenient` for VML, which Office itself does not always write well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, recover=is_lenient, load_dtd=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CannotMark(str(error)) from error
    if root is None:
        raise CannotMark("an empty part")
    return root


def xml_bytes(root: etree._Element) -> bytes:
    """Write a part."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


class Package:
    """The parts of one workbook. Raise CannotMark when it is none, or one in the strict form of the standard."""

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                self.parts = {name: archive.read(name) for name in archive.namelist()}
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
            raise CannotMark(str(error)) from error
        self._types = parse_xml(self.part(_TYPES_PART))
        main = [relation.part for relation in self.relations("") if relation.kind == "officeDocument"]
        if not main:
            raise CannotMark("no workbook part")
        self.workbook_part = main[0]
        self.workbook = parse_xml(self.part(self.workbook_part))
        if etree.QName(self.workbook).namespace != MAIN:
            raise CannotMark("not the transitional form")

    def part(self, name: str) -> bytes:
        """Give a part's content. Raise CannotMark when it is not there."""
        try:
            return self.parts[name]
        except KeyError as error:
            raise CannotMark(f"no part {name}") from error

    def relations(self, part: str) -> list[Relation]:
        """List a part's relationships to other parts of the package; "" is the package itself."""
        content = self.parts.get(_rels_name(part))
        return [] if content is None else list(_relations(parse_xml(content), part))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from a part to another; give its id."""
        name = _rels_name(part)
        content = self.parts.get(name, f'<Relationships xmlns="{PACKAGE_RELS}"/>'.encode())
        root = parse_xml(content)
        taken = {child.get("Id") for child in root}
        number = next(number for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        etree.SubElement(root, f"{{{PACKAGE_RELS}}}Relationship", {
            "Id": f"rId{number}", "Type": f"{OFFICE_RELS}/{kind}", "Target": f"/{target}",
        })
        self.parts[name] = xml_bytes(root)
        return f"rId{number}"

    def drop_relations(self, part: str) -> None:
        """Forget all relationships of a part that is written anew."""
        self.parts.pop(_rels_name(part), None)

    def add_part(self, stem: str, ending: str, content: bytes, content_type: str) -> str:
        """Add a part under the first free number; give its name."""
        taken = {name.casefold() for name in self.parts}
        names = (f"{stem}{number}{ending}" for number in range(1, len(taken) + 2))
        name = next(name for name in names if name.casefold() not in taken)
        self.parts[name] = content
        override = {"PartName": f"/{name}", "ContentType": content_type}
        etree.SubElement(self._types, f"{{{_CONTENT_TYPES}}}Override", override)
        return name

    def drop_macros(self) -> bool:
        """Make it a workbook without macros, as the ending .xlsx demands; tell whether it had any."""
        for child in self._types:
            if child.get("PartName") == f"/{self.workbook_part}":
                child.set("ContentType", _WORKBOOK_TYPE)
        name = _rels_name(self.workbook_part)
        root = parse_xml(self.part(name))
        macros = [child for child in root if child.get("Type", "").endswith("/vbaProject")]
        for child in macros:
            part = _resolved(self.workbook_part, child.get("Target", ""))
            gone = {part, _rels_name(part), *(relation.part for relation in self.relations(part))}
            for lost in gone:
                self.parts.pop(lost, None)
            for override in [one for one in self._types if one.get("PartName", "")[1:] in gone]:
                self._types.remove(override)
            root.remove(child)
        if macros:
            self.parts[name] = xml_bytes(root)
        return bool(macros)

    def to_bytes(self) -> bytes:
        """Write the package."""
        self.parts[_TYPES_PART] = xml_bytes(self._types)
        self.parts[self.workbook_part] = xml_bytes(self.workbook)
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                entry = zipfile.ZipInfo(name, _FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, content)
        return buffer.getvalue()


def _rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(root: etree._Element, part: str) -> Iterator[Relation]:
    for child in root:
        if child.get("TargetMode") != "External":
            kind = child.get("Type", "").rpartition("/")[2]
            yield Relation(child.get("Id", ""), kind, _resolved(part, child.get("Target", "")))


def _resolved(part: str, target: str) -> str:
    folder = "" if target.startswith("/") else posixpath.dirname(part)
    return posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
