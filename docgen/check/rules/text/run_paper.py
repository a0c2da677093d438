"""Tell which paper of a run a file is, and whether it is any: by its clauses and by the values that they state.

Papers of one kind are alike in all but their values: the letters of a run, the circulars of two half-years. A file is
held against a paper only where most of what that states stands in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.check.rules.text.reading import PROSE, bare, joined, title_of
from docgen.check.run import Run, RunPaper, RunTable, RunText
from docgen.check.seen import Element, Paper

_CLAUSES = re.compile(r"[^，。；：、（）！？]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MOST = 0.5
"""So much of a paper is still there when it was edited; of another one there is less."""
_FEW = 4
"""So few values may all have been changed; title and addressees tell then."""
_ROWS = 40
"""So many rows of a paper's tables are looked for."""
OF_SETTINGS = "发文信息"
"""How the names of values begin that are set, not counted."""
SERIAL = "序号"


@dataclass(frozen=True)
class Group:
    """The tables of one annex: as they were made, and as they are seen."""

    made: tuple[RunTable, ...]
    seen: tuple[Element, ...]


def paper_of(run: Run, paper: Paper) -> RunPaper | None:
    """Tell which paper of the run this is, None when it is none of them."""
    here = _Seen(paper)
    scored = [(score, -place) for place, one in enumerate(run.papers) if (score := here.likeness(one))]
    return run.papers[-max(scored)[1]] if scored else None


def text_of(made: RunPaper, element: str) -> str:
    """Give a paper's text of an element, without blanks; 标题 names annexes' titles too, the paper's own comes first."""
    return next((bare(text.text) for text in made.texts if text.element == element), "")


def row_key(table: RunTable, row: Sequence[str]) -> str:
    """Give a row as its cells run on in the file, less its serial, which changes with the rows above."""
    return "".join(bare(text) for column, text in zip(table.columns, row, strict=False) if column != SERIAL)


def groups(made: RunPaper, paper: Paper) -> list[Group]:
    """Put each annex's tables beside those made for it, known by the annex's title, else by its label."""
    found: list[Group] = []
    for place in sorted({element.annex for element in paper.of("表")}):
        own = [element for element in paper.elements if element.annex == place]
        title = "".join(bare(element.text) for element in own if element.name == "附件标题")
        label = next((bare(element.text).rstrip("：:") for element in own if element.name == "附件"), "")
        tables = tuple(table for table in made.tables if bare(table.title) == title) or tuple(
            table for table in made.tables if label and label.endswith(table.label)
        )
        if tables:
            found.append(Group(tables, tuple(element for element in own if element.name == "表")))
    return found


class _Seen:
    """What a file shows of itself: clauses with and without their numbers, tables, title, addressees."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        texts = [bare(element.text) for element in paper.of(*PROSE)]
        self.clauses = Counter(clause for text in texts for clause in _CLAUSES.findall(text))
        self.masked = Counter(_NUMBER.sub("#", clause) for clause in self.clauses.elements())
        self.has_body = any(not element.annex for element in paper.of(*PROSE))
        self.title, self.addressees = title_of(paper), joined(paper, "主送机关")

    def likeness(self, made: RunPaper) -> float:
        """Say how like a paper the file is: 0 where it is another one."""
        texts = [text for text in made.texts if text.element in PROSE]
        kin = self._kin(texts) if self.has_body else 1.0
        values = [*(self._stated(texts) if self.has_body else ()), *self._rows(made)]
        same = sum(values) / len(values) if values else 0.0
        is_titled = bool(self.title) and self.title == text_of(made, "标题")
        is_addressed = bool(self.addressees) and self.addressees == text_of(made, "主送机关")
        is_it = same >= _MOST or (len(values) < _FEW and is_titled and is_addressed)
        return 1 + kin + same + is_titled + is_addressed if kin >= _MOST and is_it else 0.0

    def _kin(self, texts: Sequence[RunText]) -> float:
        """Tell how many of the clauses are there, whatever numbers they state; long ones tell more."""
        clauses = [_NUMBER.sub("#", clause) for text in texts for clause in _CLAUSES.findall(bare(text.text))]
        whole = sum(map(len, clauses))
        return sum(len(clause) for clause in clauses if self.masked[clause]) / whole if whole else 0.0

    def _stated(self, texts: Sequence[RunText]) -> Iterator[bool]:
        """Tell of each clause that states a value of the data whether it is there as it was made."""
        for text in texts:
            for clause in _CLAUSES.finditer(text.text):
                if any(
                    clause.start() <= one.start < clause.end() and not one.name.startswith(OF_SETTINGS)
                    for one in text.stated
                ):
                    yield self.clauses[bare(clause[0])] > 0

    def _rows(self, made: RunPaper) -> Iterator[bool]:
        for group in groups(made, self.paper):
            shown = "".join(bare(element.text) for element in group.seen)
            keys = [key for table in group.made for row in table.rows if (key := row_key(table, row))]
            for key in keys[:: max(1, len(keys) // _ROWS)]:
                yield key in shown
