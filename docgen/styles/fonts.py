"""Find a font file for every class of type: the official face where it is installed, a stand-in otherwise.

By file and face index, never by family name: asked by name, a renderer draws Chinese in the Japanese face
of a collection, or in the bold face of a family that declares no weights.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from docgen.styles.stylesheet import FontRole, Stylesheet

FONT_DIR_VARIABLE = "DOCGEN_FONT_DIR"
_ENDINGS = {".ttf", ".otf", ".ttc"}
_NAME_IDS = (1, 4, 6)


@dataclass(frozen=True)
class FontFile:
    """One face of a font file; `name` is the one of the stylesheet's names that it answers to."""

    path: Path
    index: int
    name: str
    is_official: bool


@dataclass(frozen=True)
class FontFiles:
    """The face of each role; a role for which nothing was found is absent from `faces`."""

    faces: Mapping[str, FontFile]

    def missing(self, stylesheet: Stylesheet) -> tuple[FontRole, ...]:
        """Roles that no installed font can draw."""
        return tuple(role for role in stylesheet.fonts if role.role not in self.faces)


def font_folders() -> tuple[Path, ...]:
    """Folders that may hold fonts, the clerk's own first."""
    own = os.environ.get(FONT_DIR_VARIABLE)
    home = Path.home()
    folders = [Path(own)] if own else []
    folders += [
        home / ".local/share/fonts",
        home / ".fonts",
        home / "Library/Fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    ]
    return tuple(folder for folder in folders if folder.is_dir())


def find_fonts(stylesheet: Stylesheet, folders: Iterable[Path] | None = None) -> FontFiles:
    """Choose the best installed face of every role. Ties go to the earlier folder."""
    wanted = {name for role in stylesheet.fonts for name in role.names}
    found: dict[str, tuple[Path, int]] = {}
    for path in _font_paths(font_folders() if folders is None else folders):
        for index, names in _face_names(path):
            for name in names & wanted:
                found.setdefault(name, (path, index))
    faces = {}
    for role in stylesheet.fonts:
        for rank, name in enumerate(role.names):
            if name in found:
                path, index = found[name]
                faces[role.role] = FontFile(path, index, name, rank < role.official_names)
                break
    return FontFiles(faces)


def _font_paths(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)


def _face_names(path: Path) -> Iterator[tuple[int, set[str]]]:
    """Yield each face of a file with its family, full and PostScript names; nothing for a damaged file."""
    opened: TTCollection | TTFont | None = None
    try:
        is_collection = path.suffix.lower() == ".ttc"
        opened = TTCollection(str(path), lazy=True) if is_collection else TTFont(str(path), lazy=True)
        for index, face in enumerate(opened.fonts if is_collection else [opened]):
            yield index, {record.toUnicode() for record in face["name"].names if record.nameID in _NAME_IDS}
    except (TTLibError, OSError, KeyError, UnicodeDecodeError):
        return
    finally:
        if opened is not None:
            opened.close()
