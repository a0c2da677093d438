"""A kept run (批次): one kind of paper from one input, in a folder of its own together with its data.

    manifest.json      what the run is, what it states, every file with its hash
    取号结果.xlsx       for the clerk: what the office gave each paper
    数据/              the input, its settings file, 模板/ with the words; of a circular: 交办/函批次.json
    送审稿/            the papers without numbers, as they are signed
    正本/ 定稿/ 公开版/  the numbered papers: as they go out, for editing, for the public
    归档目录.xlsx 分送签收单.xlsx
    文号.jsonl 放行.jsonl  the numbers that the run has had, what was let pass

A run is known by its id: made of the hashes of its data, so that the same data are the same run wherever they lie.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from docgen.errors import Unreadable, UsageError
from docgen.intake.settings_sources import settings_file
from docgen.issuing.batch_manifest import DRAFT_MANIFEST, MANIFEST, State, is_whole
from docgen.issuing.earlier import handed_over_only
from docgen.issuing.inputs import table_files
from docgen.issuing.manifest import name_of
from docgen.issuing.manifest_read import Manifest, read_manifest
from docgen.issuing.refusals import why_refused
from docgen.issuing.run import Paper
from docgen.issuing.templates import OWN_FOLDER, TEMPLATES, find_templates

DATA, DRAFT, MASTER, FINAL, PUBLIC = "数据", "送审稿", "正本", "定稿", "公开版"
HANDED_OVER = "交办/函批次.json"
KINDS = (Paper.CIRCULAR, Paper.LETTERS)
_SHOWN_OF_ID = 12


@dataclass(frozen=True)
class Kept:
    """The data of a run, kept below a folder: what is read of them, and all their files by path below the run's."""

    folder: Path
    input_name: str
    """The workbook; empty when the input was a folder."""
    settings_name: str
    """The settings file; empty when the settings are a sheet."""

    @property
    def input(self) -> Path:
        """What is read as the input."""
        return self.folder / DATA / self.input_name

    @property
    def settings(self) -> Path | None:
        """The settings file."""
        return self.folder / DATA / self.settings_name if self.settings_name else None

    @property
    def handed_over(self) -> Path | None:
        """What the letters handed over that a circular answers for."""
        path = self.folder / DATA / HANDED_OVER
        return path if path.is_file() else None

    def hashes(self) -> dict[str, str]:
        """Give the SHA-256 of each file of the data."""
        paths = sorted(path for path in (self.folder / DATA).rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): digest_of(path) for path in paths}

    def batch_id(self, kind: Paper) -> str:
        """Name the run by its data: 函-3f2a90c1b2d4."""
        whole = hashlib.sha256(name_of(kind).encode())
        for path, digest in self.hashes().items():
            whole.update(f"\0{path}\0{digest}".encode())
        return f"{name_of(kind)}-{whole.hexdigest()[:_SHOWN_OF_ID]}"


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file. Raise Unreadable when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(f"“{path}”打不开：{why_refused(error)}", "关闭正在使用它的程序，再运行一次") from error


def keep(source: Path, settings: Path | None, letters: Path | None, folder: Path) -> Kept:
    """Copy all that a run is made from below `folder`. Raise UsageError or Unreadable when something cannot be read.

    The templates are kept whether they are the clerk's own or those that are shipped.
    """
    if not source.exists():
        raise UsageError(f"找不到输入“{source}”", "写出工作簿或文件夹的路径，如 检查数据.xlsx")
    own_settings = settings_file(source, settings)
    templates = find_templates(source, settings)
    data = folder / DATA
    try:
        (data / OWN_FOLDER).mkdir(parents=True)
        for file in table_files(source):
            shutil.copyfile(file, data / file.name)
        if own_settings is not None:
            shutil.copyfile(own_settings, data / own_settings.name)
        for name in TEMPLATES:
            (data / OWN_FOLDER / name).write_bytes(templates.path_of(name).read_bytes())
        if letters is not None:
            (data / HANDED_OVER).parent.mkdir()
            (data / HANDED_OVER).write_bytes(handed_over_only(letters))
    except OSError as error:
        raise Unreadable(f"数据没有备份成：{why_refused(error)}", "关闭正在使用这些文件的程序，检查磁盘空间，再试一次") from error
    return Kept(folder, "" if source.is_dir() else source.name, own_settings.name if own_settings is not None else "")


@dataclass(frozen=True)
class Batch:
    """A run as it lies in its folder; `manifest` is the newest, `signed` the one of the 送审稿."""

    folder: Path
    manifest: Manifest
    signed: Manifest

    @property
    def id(self) -> str:
        """The run's id."""
        return str(self.manifest.content["批次"])

    @cached_property
    def kind(self) -> Paper:
        """Its kind of paper."""
        return next(kind for kind in KINDS if name_of(kind) == self.manifest.content["公文"])

    @property
    def is_final(self) -> bool:
        """Whether all its papers are numbered and sealed."""
        return bool(self.manifest.content["状态"] == State.FINAL)

    @property
    def formats(self) -> Collection[str]:
        """The formats that it was drafted in."""
        return list(self.manifest.content["种类"])

    @property
    def pdf_kind(self) -> str:
        """The kind of PDF."""
        return str(self.manifest.content["PDF"])

    @property
    def kept(self) -> Kept:
        """Its data."""
        data = self.manifest.content["数据"]
        return Kept(self.folder, data["输入"], data["设置"])

    def altered(self, hashes: Iterator[tuple[str, str]]) -> list[str]:
        """Name the files that are not as these hashes say, or are missing."""
        return [
            name for name, digest in hashes
            if not (self.folder / name).is_file() or digest_of(self.folder / name) != digest
        ]

    def signed_files(self) -> Iterator[tuple[str, str]]:
        """Give what the 送审稿's manifest says of every file."""
        yield from ((name, digest) for name, digest in self.signed.content["全部文件"])


def open_batch(folder: Path) -> Batch:
    """Open a run's folder. Raise UsageError when it is none, Unreadable when its manifest was changed."""
    if not folder.is_dir():
        raise UsageError(f"找不到批次文件夹“{folder}”", "写出 docgen issue circular 或 notices 用 --out 建的文件夹")
    if not (folder / MANIFEST).is_file():
        raise UsageError(
            f"“{folder}”不是批次文件夹：里面没有 {MANIFEST}", "写出 docgen issue circular 或 notices 用 --out 建的文件夹"
        )
    newest = _whole_manifest(folder / MANIFEST)
    signed = folder / DRAFT_MANIFEST
    return Batch(folder, newest, _whole_manifest(signed) if signed.is_file() else newest)


def _whole_manifest(path: Path) -> Manifest:
    manifest = read_manifest(path)
    if "批次" not in manifest.content or not is_whole(path.read_bytes(), manifest.content):
        raise Unreadable(f"“{path}”改动过，与写成时不同", "从备份取回原来的；没有备份的，重新送审")
    return manifest


def final_path(path: str) -> str:
    """Say where the numbered file of a drafted one lies: what goes out in 正本/, the DOCX in 定稿/.

    函/01 甲山财险/函.pdf comes to 正本/01 甲山财险/函.pdf.
    """
    if path.startswith(f"{PUBLIC}/"):
        return path
    return f"{FINAL if path.endswith('.docx') else MASTER}/{path.removeprefix('函/')}"
