"""The cases of `fixtures/gallery`: a settings file each, all over the same small data, made as a clerk would make them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from docgen.gongwen import Document
from docgen.issuing import Drafted, Paper, draft_papers, load_metrics, read_and_count
from docgen.layout import Metrics, Pages, with_addressees_moved
from docgen.styles import Stylesheet, load_stylesheet

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "fixtures" / "gallery"
INPUT = GALLERY / "数据"
CASES = tuple(sorted(path.parent.name for path in GALLERY.glob("*/发文.toml")))
LETTERS = frozenset({"07信函格式"})
"""The cases that show a letter and not the circular."""


@dataclass(frozen=True)
class Case:
    """One paper of the gallery: what it is, how it is composed."""

    name: str
    document: Document
    pages: Pages
    stylesheet: Stylesheet


def settings_of(name: str) -> Path:
    """The settings file of a case."""
    return GALLERY / name / "发文.toml"


def told(name: str) -> str:
    """Say what a case shows: the first line of its settings."""
    return settings_of(name).read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


@cache
def metrics() -> Metrics:
    """The fonts of this machine, looked for once."""
    return load_metrics(load_stylesheet())


@cache
def drafted(name: str) -> Drafted:
    """Read the data with the settings of a case and draft its paper."""
    counted = read_and_count(INPUT, settings_of(name), metrics())
    return draft_papers(counted, [Paper.LETTERS if name in LETTERS else Paper.CIRCULAR])


@cache
def case(name: str) -> Case:
    """Compose the paper of a case: the circular, or the first letter."""
    papers = drafted(name)
    draft = papers.letters[0].draft if name in LETTERS else papers.circular
    assert draft is not None
    assert draft.document is not None, [str(problem) for problem in draft.problems]
    stylesheet = load_stylesheet(papers.counted.settings.profile)
    document, pages = with_addressees_moved(draft.document, stylesheet, metrics())
    return Case(name, document, pages, stylesheet)
