"""Decide what of a circular is published: annexes 3 to 5 name single units and companies, and are not."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.figures import AnnexTable
from docgen.gongwen import Document, public_version
from docgen.settings import PUBLISHED, Settings

_WITHHELD = (3, 4, 5)
"""The annexes of the five that list single units, by their places among the tables: never by what is printed."""


def published(circular: Document, annexes: Sequence[AnnexTable], settings: Settings) -> Document | None:
    """Give 公开版 of the circular, None where 公开属性 is not 主动公开.

    `annexes` are all five tables as they were counted; the circular may bear fewer of them, numbered anew.
    """
    if settings.publicity != PUBLISHED:
        return None
    withheld = {annex.title for place, annex in enumerate(annexes, start=1) if place in _WITHHELD}
    return public_version(circular, withheld)
