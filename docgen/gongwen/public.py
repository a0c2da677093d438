"""The version of a paper that is published (公开版): as it was signed, less the annexes that are not. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from docgen.gongwen.document import Annex, AnnexNote, Document

_MANY = 3
"""So many numbers in a row are written as first and last."""


def public_version(document: Document, withheld: Collection[str]) -> Document:
    """Leave out the annexes of those titles, and say so in the remark under 附件说明 (GB/T 9704-2012, 7.3.4).

    Number, dates and text stay as they were signed, and so do the titles in 附件说明 and the numbers of the annexes
    that remain. A paper without any of them is given as it is.
    """
    left_out = [annex for annex in document.annexes if annex.title in withheld]
    if not left_out:
        return document
    kept = tuple(annex for annex in document.annexes if annex.title not in withheld)
    note = document.annex_note and _remarked(document.annex_note, f"{_named(left_out)}不予公开")
    return replace(document, annexes=kept, annex_note=note)


def _remarked(note: AnnexNote, words: str) -> AnnexNote:
    """Add words to the remark, within its brackets."""
    before = note.remark.removeprefix("（").removesuffix("）")
    return replace(note, remark=f"（{before}；{words}）" if before else f"（{words}）")


def _named(annexes: Collection[Annex]) -> str:
    """Name annexes by their labels, runs of them by first and last: 附件1、附件3至附件5."""
    runs: list[list[Annex]] = []
    for annex in annexes:
        follows = bool(runs) and annex.number is not None and runs[-1][-1].number == annex.number - 1
        runs.append([*runs.pop(), annex] if follows else [annex])
    return "、".join(
        f"{_label(run[0])}至{_label(run[-1])}" if len(run) >= _MANY else "、".join(map(_label, run)) for run in runs
    )


def _label(annex: Annex) -> str:
    return annex.label.removeprefix(annex.bound_to)
