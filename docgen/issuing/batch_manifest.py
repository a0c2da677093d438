"""The manifest of a kept run: manifest.json, which is the 数据来源 of its papers and says all that the run is.

Beside what `manifest` writes (输入, 发文信息, 数, 公司, 文, 来源, 行集) it holds

    批次       the run's id                          状态        送审稿, or 定稿 when every paper is numbered
    种类, PDF  the formats, the kind of PDF           数据        {输入, 设置}: which of the kept files are read
    版本       {name: version} of what made it        样式        SHA-256 of the stylesheet
    字体       [[role, face, file, SHA-256]]          放行        [[码, 处, 理由, 姓名]]: let pass, by whom
    文号       [number as given, one for each paper]  交办批次     the letters' run that a circular answers for
    全部文件   [[path below the run, SHA-256]]        送审稿清单   SHA-256 of the signed draft's manifest
    前一清单   SHA-256 of the manifest before it in the register's chain
    校验       SHA-256 of this manifest without this line

The same run gives the same bytes: no clock and no path of a machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from platform import python_version
from typing import Any

from docgen.intake.passes import Passed
from docgen.issuing.manifest import written
from docgen.shipped import shipped
from docgen.styles import FontFiles

MANIFEST = "manifest.json"
DRAFT_MANIFEST = "送审稿/送审稿清单.json"
_CHECK = "校验"
_END = b"\n}\n"
_MADE_WITH = (
    "docgen", "docxtpl", "fonttools", "jinja2", "lxml", "pandas", "pydyf", "python-docx", "rjieba", "uharfbuzz",
    "weasyprint", "XlsxWriter",
)
"""What the bytes of a paper depend on besides its data, styles and fonts."""


class State(StrEnum):
    """How far a run has come."""

    DRAFT = "送审稿"
    FINAL = "定稿"


@dataclass(frozen=True)
class Tools:
    """What a run was made with: versions, the stylesheet's hash, the fonts' hashes."""

    versions: Mapping[str, str]
    stylesheet: str
    fonts: Sequence[Sequence[str]]

    def differences(self, manifest: Mapping[str, Any]) -> list[str]:
        """Say in words in what these tools differ from those of a manifest."""
        said = [
            f"{name} 版本：当时 {manifest['版本'].get(name, '没有')}，现在 {self.versions.get(name, '没有')}"
            for name in dict.fromkeys((*manifest["版本"], *self.versions))
            if manifest["版本"].get(name) != self.versions.get(name)
        ]
        if manifest["样式"] != self.stylesheet:
            said.append("样式表 gbt9704.toml 改动过")
        then = {role: (face, digest) for role, face, _, digest in manifest["字体"]}
        for role, face, _, digest in self.fonts:
            if then.get(role) != (face, digest):
                said.append(f"字体 {role}：当时 {then.get(role, ('没有',))[0]}，现在 {face}（文件不同）")
        return said


def tools(files: FontFiles) -> Tools:
    """Look at what is at hand."""
    versions = {"python": python_version()} | {name: version(name) for name in _MADE_WITH}
    fonts = [
        [role, face.name, face.path.name, hashlib.sha256(face.path.read_bytes()).hexdigest()]
        for role, face in sorted(files.faces.items())
    ]
    stylesheet = hashlib.sha256((shipped("styles") / "gbt9704.toml").read_bytes()).hexdigest()
    return Tools(versions, stylesheet, fonts)


def passed_rows(passes: Sequence[Passed]) -> list[list[str]]:
    """Write what was let pass in the data: code, place, reason, name."""
    return [[one.code, str(one.where), one.by.reason, one.by.name] for one in passes]


def sealed_bytes(content: Mapping[str, object]) -> bytes:
    """Write a manifest together with its own check, which is its last line."""
    body = written({name: value for name, value in content.items() if name != _CHECK})
    return body.removesuffix(_END) + _check_line(hashlib.sha256(body).hexdigest())


def is_whole(raw: bytes, content: Mapping[str, object]) -> bool:
    """Tell whether a manifest is byte for byte as it was written: the check is of the bytes before it."""
    digest = content.get(_CHECK)
    if not isinstance(digest, str) or not digest.isascii():
        return False
    end = _check_line(digest)
    return raw.endswith(end) and hashlib.sha256(raw.removesuffix(end) + _END).hexdigest() == digest


def _check_line(digest: str) -> bytes:
    return f',\n "{_CHECK}": "{digest}"'.encode() + _END
