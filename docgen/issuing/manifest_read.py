"""Read a manifest back: find the one that belongs to a paper, and its figures, texts, tables and rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from docgen.errors import Unreadable, UsageError
from docgen.figures.figure import part_name
from docgen.issuing.batch_manifest import MANIFEST
from docgen.issuing.manifest import FORMAT, MANIFESTS
from docgen.issuing.paper_text import PaperText
from docgen.issuing.refusals import why_refused
from docgen.issuing.rowsets import KnownRows
from docgen.records import SourceRow

_ABOVE = 3
"""How far above a letter its manifest may stand: 函/01 甲山财险/函.pdf has it two folders up."""

_NAMED = 6
"""So many of a manifest's files are named when the paper asked for is none of them."""

Entry = Mapping[str, Any]
"""A figure, a paper, a text or a table as the manifest holds it."""


@dataclass(frozen=True)
class Manifest:
    """One manifest, its layout already checked as far as it is read."""

    path: Path
    content: Entry

    @cached_property
    def known_rows(self) -> KnownRows:
        """The row sets."""
        return KnownRows(self.content["来源"], self.content["行集"])

    @property
    def papers(self) -> Sequence[Entry]:
        """The papers of the run."""
        return list(self.content["文"])

    @property
    def data(self) -> str:
        """What the clerk would trace in: the workbook, or in words the folder that held several files."""
        tables = [file["文件"] for file in self.content["输入"] if not file["文件"].endswith(".toml")]
        return tables[0] if len(tables) == 1 else "放数据的文件夹"

    def rows(self, number: int) -> list[SourceRow]:
        """Give the rows of a set."""
        return self.known_rows.rows(number)

    def figures_of(self, paper: Entry) -> Mapping[str, Entry]:
        """Name the figures that a paper may state: a letter its insurer's own, any other those of all."""
        for insurer in self.content["公司"]:
            if paper["公司"] and insurer["简称"] == paper["公司"]:
                return dict(_named(insurer["数"]))
        return dict(_named(self.content["数"]))


def read_manifest(path: Path) -> Manifest:
    """Read one. Raise UsageError when it is not there, Unreadable when it is none, or of another layout."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"找不到数据来源“{path}”", f"写出 {MANIFESTS_IN_WORDS} 的路径") from error
    except OSError as error:
        raise Unreadable(f"“{path}”打不开：{why_refused(error)}", "关闭正在使用它的程序，再试一次") from error
    except (ValueError, RecursionError) as error:
        raise _no_manifest(path) from error
    if not isinstance(content, dict) or "格式" not in content:
        raise _no_manifest(path)
    if content["格式"] != FORMAT:
        raise Unreadable(
            f"“{path.name}”是别的版本的 docgen 写的（格式 {content['格式']}）", "用生成它的版本查，或重新生成公文"
        )
    if not {"输入", "来源", "行集", "数", "公司", "文"} <= content.keys():
        raise _no_manifest(path)
    return Manifest(path, content)


MANIFESTS_IN_WORDS = "、".join((*MANIFESTS.values(), MANIFEST))


def manifest_of(paper: PaperText, path: Path | None) -> tuple[Manifest, Entry]:
    """Find the manifest of a paper, and the paper in it: by its hash, else by its place, else by its name.

    Without a `path` it is looked for beside the paper and above it. Raise UsageError when there is none.
    """
    manifests = [read_manifest(path)] if path is not None else list(_near(paper.path))
    for is_it in (_has_hash, _has_path, _has_name):
        found = [
            (manifest, entry)
            for manifest in manifests
            for entry in manifest.papers
            if any(is_it(manifest, paper, file, digest) for file, digest in entry["文件"].items())
        ]
        if found and (is_it is not _has_name or len(found) == 1):
            return found[0]
    if not manifests:
        raise UsageError(
            f"在“{paper.path.name}”旁边没有找到数据来源（{MANIFESTS_IN_WORDS}）",
            "用 --manifest 写出它的路径；没有的，重新生成公文",
        )
    known = [file for manifest in manifests for entry in manifest.papers for file in entry["文件"]]
    rest = f"等 {len(known)} 个文件" if len(known) > _NAMED else ""
    raise UsageError(
        f"数据来源里没有“{paper.path.name}”这份公文",
        f"用 --manifest 写出它那次运行的数据来源；这里记有：{'、'.join(known[:_NAMED])}{rest}",
    )


def _near(paper: Path) -> Iterator[Manifest]:
    for folder in list(paper.absolute().parents)[:_ABOVE]:
        for name in MANIFESTS.values():
            if (folder / name).is_file():
                yield read_manifest(folder / name)
        if _is_of_a_batch(folder / MANIFEST):
            yield read_manifest(folder / MANIFEST)


def _is_of_a_batch(path: Path) -> bool:
    """Tell a kept run's manifest from what another program calls so."""
    try:
        content = json.loads(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "批次" in content


def _has_hash(_manifest: Manifest, paper: PaperText, _file: str, digest: str) -> bool:
    return digest == paper.sha256


def _has_path(manifest: Manifest, paper: PaperText, file: str, _digest: str) -> bool:
    return paper.path.absolute() == (manifest.path.absolute().parent / file)


def _has_name(_manifest: Manifest, paper: PaperText, file: str, _digest: str) -> bool:
    return file.rpartition("/")[2] == paper.path.name


def _named(figures: Sequence[Entry], whole: str = "") -> Iterator[tuple[str, Entry]]:
    for figure in figures:
        name = part_name(whole, figure["名称"]) if whole else figure["名称"]
        yield name, figure
        yield from _named(figure["分项"], name)


def _no_manifest(path: Path) -> Unreadable:
    return Unreadable(f"“{path.name}”不是 docgen 写的数据来源，或改动过，读不了", "从输出文件夹另取一份，或重新生成公文")
