"""What this machine has for making papers, what is missing, and what mends it."""

from __future__ import annotations

import ctypes.util
import io
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module

from docgen.errors import DocgenError, ExitCode
from docgen.layout.metrics import FALLBACK
from docgen.styles import FONT_DIR_VARIABLE, FontFiles, FontRole, Stylesheet, find_fonts

_ROLE_NAMES = {
    "xiaobiaosong": "小标宋",
    "fangsong": "仿宋",
    "kaiti": "楷体",
    "heiti": "黑体",
    "songti": "宋体",
    "fallback": "补字字体",
}
_NOTO = "安装 fonts-noto-cjk（Debian：apt-get install fonts-noto-cjk）"
_FANDOL = f"在项目目录运行 make system，或把字体文件放进 {FONT_DIR_VARIABLE} 指定的文件夹"
_REMEDIES = {"xiaobiaosong": _NOTO, "fallback": _NOTO}
_LIBRARIES = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "fontconfig": "libfontconfig1",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
"""What drawing a PDF needs of the system, and the Debian package of each."""


@dataclass(frozen=True)
class Substituted:
    """Which free faces draw the PDF in place of the standard's, and what the DOCX asks of whoever opens it.

    `borrowed` are the characters that the face of their class lacks and another draws.
    """

    stand_ins: tuple[tuple[str, str, str], ...]
    """Class of type, the face that draws it, the official face."""
    asked: tuple[str, ...]
    borrowed: str
    borrowed_from: str


class MissingFonts(DocgenError):
    """A class of type that no installed font can draw."""

    exit_code = ExitCode.INCOMPLETE

    def __init__(self, roles: Sequence[FontRole]) -> None:
        names = "、".join(_ROLE_NAMES[role.role] for role in roles)
        super().__init__(f"本机没有可用的{names}字体", "运行 docgen doctor，按提示安装")


class MissingLibrary(DocgenError):
    """A system library without which no PDF can be drawn."""

    exit_code = ExitCode.INCOMPLETE

    def __init__(self) -> None:
        lacking = [name for name in _LIBRARIES if ctypes.util.find_library(name) is None]
        super().__init__(
            f"本机缺少画 PDF 所需的系统库：{'、'.join(lacking) or 'Pango'}，没有生成任何文件",
            "运行 docgen doctor，按提示安装；暂时只要 DOCX 和 XLSX 的，加 --format docx,xlsx",
        )


@dataclass(frozen=True)
class Finding:
    """One thing looked for: what it is, what was found, whether papers can be made with it, what mends it."""

    what: str
    found: str
    is_enough: bool
    remedy: str = ""


def examine(stylesheet: Stylesheet) -> tuple[Finding, ...]:
    """Look for every font and system library that papers need."""
    files = find_fonts(stylesheet)
    fonts = tuple(_font(role, files) for role in stylesheet.fonts)
    return (*fonts, *(_library(name, package) for name, package in _LIBRARIES.items()))


def substituted(stylesheet: Stylesheet, files: FontFiles, borrowed: Iterable[str]) -> Substituted:
    """Report the fonts of a run; `borrowed` are the characters that the fallback face drew."""
    official = [role for role in stylesheet.fonts if role.official_names]
    chosen = ((role, files.faces[role.role]) for role in official if role.role in files.faces)
    stand_ins = tuple(
        (_ROLE_NAMES[role.role], face.name, role.official) for role, face in chosen if not face.is_official
    )
    fallback = files.faces.get(FALLBACK)
    return Substituted(
        stand_ins,
        tuple(role.official for role in official),
        "".join(sorted(set(borrowed))),
        fallback.name if fallback is not None else "",
    )


def require_drawing() -> None:
    """Load what draws PDF. Raise MissingLibrary when the system lacks a part of it."""
    try:
        with redirect_stdout(io.StringIO()):  # it prints an English notice before it raises
            import_module("weasyprint")
    except OSError as error:
        raise MissingLibrary from error


def _font(role: FontRole, files: FontFiles) -> Finding:
    name = f"字体：{_ROLE_NAMES[role.role]}"
    file = files.faces.get(role.role)
    if file is None:
        return Finding(name, "没有找到", False, _REMEDIES.get(role.role, _FANDOL))
    if file.is_official or not role.official_names:
        return Finding(name, f"{file.name}（{file.path.name}）", True)
    found = f"{file.name}（{file.path.name}，代替{role.official}）"
    return Finding(
        name, found, True, f"有{role.official}正版字体的，装上即用；Word、WPS 打开 DOCX 时会用{role.official}"
    )


def _library(name: str, package: str) -> Finding:
    found = ctypes.util.find_library(name)
    if found is None:
        return Finding(
            f"系统库：{name}", "没有找到", False, f"Debian：apt-get install {package}；其他系统见 README"
        )
    return Finding(f"系统库：{name}", found, True)
