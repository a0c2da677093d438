"""Papers to be traced, and short ways to ask of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from intake.minimal import Workbook, valid

from docgen.gongwen import cell_text
from docgen.issuing.paper_text import folded, read_paper, stands_in
from docgen.issuing.trace import Traced
from docgen.issuing.trace_paper import Answer, Place, trace_text


def typical() -> Workbook:
    """Three policies in force, two of them faulty, one of these with two problems."""
    workbook = valid()
    workbook["保单"].append([
        "P-003", "", "青松财险", "甲市泥人冶炼厂", "91320500MA0000005C", "昆山市", "金属冶炼", "7", "2100", "2024-02-01",
        "2025-01-31",
    ])
    workbook["抽查"] += [["P-002", "2024-07-01"], ["P-003", "2024-07-02"]]
    workbook["问题"] += [
        ["W-2", "P-003", "青松财险", "未明确约定事故预防服务", "没有约定", ""],
        ["W-3", "P-003", "青松财险", "保额与投保企业人数不匹配", "保额偏低", ""],
        ["W-4", "P-002", "白鹭财险", "未明确约定事故预防服务", "没有约定", ""],
    ]
    return workbook


def rows(traced: Traced) -> list[tuple[str, ...]]:
    """The rows as they are shown in short."""
    return [
        tuple(cell_text(cell, column.kind) for cell, column in zip(row, table.columns, strict=True))
        for table in traced.telling
        for row in table.rows
    ]


def ask(paper: Path, wanted: str, page: int | None = None, manifest: Path | None = None) -> Answer:
    return trace_text(Place(paper, page), wanted, manifest)


def page_with(paper: Path, wanted: str) -> int:
    """The page of a PDF on which a text stands; the manifest is not asked."""
    return next(at for at, piece in enumerate(read_paper(paper).pieces, start=1) if stands_in(piece, folded(wanted)))


def altered(out: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """Copy the circular's DOCX as somebody has changed it."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out / "通报.docx") as made, zipfile.ZipFile(folder / "通报.docx", "w") as copy:
        for part in made.infolist():
            content = made.read(part)
            for old, new in changes if part.filename == "word/document.xml" else ():
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            copy.writestr(part, content)
    return folder / "通报.docx"
