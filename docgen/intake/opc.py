"""Find the parts of an Open Packaging archive (.xlsx, .xlsb; ECMA-376 part 2) by their relationships."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from docgen.intake.archive import Archive
from docgen.intake.xml_events import Attributes, Malformed, walk


@dataclass(frozen=True)
class Links:
    """The parts that a part refers to: by id, and their kinds (the last word of the relationship's type)."""

    by_id: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> str:
        """Give the first part of a kind; "" when there is none."""
        return next((part for part, found in self.kinds.items() if found == kind), "")

    def sheet_part(self, link: str) -> str:
        """Give the part of the worksheet with this id; "" for a chart and the like."""
        part = self.by_id.get(link, "")
        return part if self.kinds.get(part) == "worksheet" else ""


def workbook_part(archive: Archive) -> str:
    """Find the part that lists the sheets. Raise `Malformed` when the archive names none."""
    part = links(archive, "").of_kind("officeDocument")
    if not part:
        raise Malformed("no workbook")
    return part


def links(archive: Archive, part: str) -> Links:
    """Read the relationships of a part, of the whole archive when `part` is ""."""
    folder, file = posixpath.split(part)
    found = Links()

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found.by_id[attributes.get("Id", "")] = target
            found.kinds.setdefault(target, attributes.get("Type", "").rpartition("/")[2])

    walk(archive.open(posixpath.join(folder, "_rels", f"{file}.rels")), start)
    return found


def check_apart(parts: list[str]) -> None:
    """Refuse sheets that share a part: each would cost, and count, as much as the first."""
    if len(set(parts)) < len(parts):
        raise Malformed("two sheets of one part")
