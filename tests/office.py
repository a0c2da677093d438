"""Open DOCX files in LibreOffice as a reader would: by the official font names, mapped to the faces docgen found.

LibreOffice is needed by the tests that use this; where it is missing they fail and say what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from fontTools.ttLib import TTFont

from docgen.styles import FontFile, FontFiles, Stylesheet

_SECONDS = 180
_BOLD = 600


def convert(papers: Mapping[str, bytes], stylesheet: Stylesheet, files: FontFiles, folder: Path) -> dict[str, bytes]:
    """Turn named DOCX files into PDF in one LibreOffice call; fail the test where that is not to be had."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.fail("找不到 LibreOffice，DOCX 无法复核。请安装：apt-get install libreoffice-writer-nogui", pytrace=False)
    sources = []
    for number, content in enumerate(papers.values()):
        source = folder / f"{number}.docx"
        source.write_bytes(content)
        sources.append(str(source))
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder / "pdf"), *sources]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fonts_conf(stylesheet, files, folder))}
    ended = subprocess.run(
        command, env=environment, timeout=_SECONDS, check=False, capture_output=True, text=True, errors="replace"
    )
    made = {name: folder / "pdf" / f"{number}.pdf" for number, name in enumerate(papers)}
    missing = [name for name, path in made.items() if not path.is_file()]
    if missing:
        pytest.fail(f"LibreOffice 没有转换：{'、'.join(missing)}\n{ended.stdout}{ended.stderr}", pytrace=False)
    return {name: path.read_bytes() for name, path in made.items()}


def _fonts_conf(stylesheet: Stylesheet, files: FontFiles, folder: Path) -> Path:
    """Show LibreOffice no fonts but those that draw the PDF, each under its official name.

    Files are linked one by one: a folder may hold a bold face of the same family, which would be taken instead.
    """
    fonts = folder / "fonts"
    fonts.mkdir()
    for file in {face.path for face in files.faces.values()}:
        (fonts / file.name).symlink_to(file)
    aliases = "".join(
        _alias(role.official, files.faces[role.role]) for role in stylesheet.fonts if role.role in files.faces
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(fonts))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return path


def _alias(official: str, file: FontFile) -> str:
    family, is_bold = _family(file)
    edits = f'<edit name="family" mode="assign" binding="strong"><string>{escape(family)}</string></edit>'
    if is_bold:
        edits += '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
    return (
        f'<match target="pattern"><test name="family"><string>{escape(official)}</string></test>{edits}</match>'
    )


def _family(file: FontFile) -> tuple[str, bool]:
    """Give the family by which a face is asked for, and whether it is the bold one of it."""
    number = file.index if file.path.suffix.lower() == ".ttc" else -1
    with TTFont(str(file.path), fontNumber=number, lazy=True) as face:
        return face["name"].getBestFamilyName(), face["OS/2"].usWeightClass >= _BOLD
