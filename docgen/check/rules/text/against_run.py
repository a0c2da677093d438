"""The rules that hold a paper against the run that made it: its figures, and whose number it bears."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade, Rule
from docgen.check.rules.text.reading import PROSE, bare, of_the_paper, whole, within
from docgen.check.rules.text.run_paper import paper_of
from docgen.check.run import Run, RunTable, RunText
from docgen.check.seen import Element, Paper

_TEXTS = frozenset({*PROSE, "标题", "主送机关", "附件说明", "附注", "表题"})
"""What is compared; number and dates are filled in after the paper was made."""
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\S")
_LIKE = 0.6
_MOST_PAIRS = 20_000
"""So many pairs of changed paragraphs are compared; a paper has a few."""
_MOST_CELLS = 2_000
_NAMED = 3
"""So many papers of a run are named to tell it."""
_CELL = re.compile(r"[-\d.,/%]*\d[-\d.,/%]*")
_DOUBT = re.compile(r"【[^】]*】|[↓（].*$")


def rules_of(run: Run) -> tuple[Rule, ...]:
    """Give the rules that need a run."""
    return (
        rule("TXT-FIGURE", partial(figures_are_the_runs, run)),
        rule("DOCNO-LEAD", partial(number_is_the_lead_agencys, run)),
        rule("HEAD-MARK-ORDER", partial(mark_keeps_the_runs_order, run)),
    )


NEED_RUN = ("TXT-FIGURE", "DOCNO-LEAD")
"""Rules that are seen only beside a run."""


def number_is_the_lead_agencys(run: Run, paper: Paper) -> Iterator[Found]:
    """条例 9(5): 联合行文时，使用主办机关的发文字号。"""
    if run.papers and paper_of(run, paper) is None:
        return
    for element in paper.of("发文字号"):
        code = re.split(r"[〔\[【(（［]", bare(element.text))[0]
        if run.agency_codes and code not in run.agency_codes:
            yield whole(
                element, f"发文字号的机关代字是“{code}”", f"主办机关的代字：{'、'.join(run.agency_codes)}", "改用主办机关的代字"
            )


def mark_keeps_the_runs_order(run: Run, paper: Paper) -> Iterator[Found]:
    """7.2.4: 联合行文，主办机关名称排列在前。"""
    marks = paper.of("发文机关标志")
    names = [name for mark in marks if (name := re.sub(r"文件$", "", bare(mark.text))) in run.issuers]
    if names != sorted(names, key=run.issuers.index):
        yield whole(marks[0], f"发文机关标志的次序是“{'、'.join(names)}”", f"主办机关在前：{'、'.join(run.issuers)}", "调换次序")


def figures_are_the_runs(run: Run, paper: Paper) -> Iterator[Found]:
    """条例 19: 内容准确；文中的数与数据算出的一致。"""
    made = paper_of(run, paper)
    if made is None:
        yield of_the_paper(
            f"这份公文不是那次运行的（数据来源里有：{_named(run)}），没有逐数对照", "--figures 写这份公文那次运行的数据来源",
            "换成它的数据来源，如 函数据来源.json；没有的，不写 --figures",
        )
        return
    yield from _texts_differ(made.texts, [element for element in paper.elements if element.name in _TEXTS])
    yield from _cells_differ(made.tables, paper.of("表"))


def _named(run: Run) -> str:
    names = [paper.name for paper in run.papers]
    rest = f"等 {len(names)} 份" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + rest if names else "没有公文"


def _texts_differ(made: Sequence[RunText], elements: Sequence[Element]) -> Iterator[Found]:
    """Compare what was altered since: each text that is no more as it was made, with the paragraph most like it."""
    own = Counter(bare(text.text) for text in made)
    here = Counter(bare(element.text) for element in elements)
    gone = [text for text in made if text.element in _TEXTS and not here[bare(text.text)]]
    new = [element for element in elements if not own[bare(element.text)]]
    if len(gone) * len(new) > _MOST_PAIRS:
        return
    for text in gone:
        likeness = [(_alike(text.text, element.text), -place) for place, element in enumerate(new)]
        best, place = max(likeness, default=(0.0, 0))
        if best >= _LIKE:
            yield from _numbers_differ(text, new.pop(-place))


def _alike(one: str, other: str) -> float:
    """Tell how alike two texts are, whatever numbers they state."""
    matcher = difflib.SequenceMatcher(None, _masked(one), _masked(other), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0


def _masked(text: str) -> list[str]:
    return ["#" if token[0].isdigit() else token for token in _TOKEN.findall(text)]


def _numbers_differ(text: RunText, element: Element) -> Iterator[Found]:
    made, here = list(_TOKEN.finditer(text.text)), list(_TOKEN.finditer(element.text))
    matcher = difflib.SequenceMatcher(None, _masked(text.text), _masked(element.text), autojunk=False)
    pairs = {
        block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)
    }
    told: set[int] = set()
    for number, token in enumerate(made):
        other = here[pairs[number]] if number in pairs else None
        if other is None or not token[0][0].isdigit() or token[0] == other[0] or number in told:
            continue
        stated = next((one for one in text.stated if one.start <= token.start() < one.end), None)
        if stated is None:
            yield within(
                element, *other.span(), f"生成时是“{token[0]}”，现在是“{other[0]}”", "这个数不由数据得出，是模板或设置里的",
                "确认是有意改的", Grade.INFO,
            )
            continue
        inside = [place for place, one in enumerate(made) if stated.start <= one.start() < stated.end]
        told.update(inside)
        places = [here[pairs[place]] for place in inside if place in pairs]
        start, end = places[0].start(), places[-1].end()
        right = text.text[stated.start : stated.end]
        yield within(
            element, start, end, f"{stated.name}写的是“{element.text[start:end]}”", f"数据算出的是“{right}”",
            f"改回“{right}”；数据有变的，重新生成",
        )


@dataclass(frozen=True)
class _Cell:
    """A cell that holds a number, and where it stands: in words for one that was made, in the file for one that is seen."""

    value: str
    place: str = ""
    element: Element | None = None
    start: int = 0


def _cells_differ(made: Sequence[RunTable], tables: Sequence[Element]) -> Iterator[Found]:
    """Compare the numbers of the tables in the order in which they stand, row by row."""
    right, here = list(_made_cells(made)), list(_seen_cells(tables))
    if not here:
        return
    for one, other in _paired(right, here):
        if other.element is not None:
            yield within(
                other.element, other.start, other.start + len(other.value),
                f"{one.place}写的是“{other.value}”", f"数据算出的是“{one.value}”", f"改回“{one.value}”；数据有变的，重新生成",
            )


def _made_cells(tables: Sequence[RunTable]) -> Iterator[_Cell]:
    for table in tables:
        for number, row in enumerate(table.rows, 1):
            for column, text in zip(table.columns, row, strict=False):
                value = _DOUBT.sub("", bare(text))
                if _CELL.fullmatch(value):
                    yield _Cell(value, f"{table.name}第 {number} 行“{column}”")


def _seen_cells(tables: Sequence[Element]) -> Iterator[_Cell]:
    for table in tables:
        for match in re.finditer(r"[^\t\u3000]+", table.text):
            value = _DOUBT.sub("", match[0].strip())
            if _CELL.fullmatch(value):
                yield _Cell(value, element=table, start=match.start() + match[0].index(value))


def _paired(right: list[_Cell], here: list[_Cell]) -> Iterator[tuple[_Cell, _Cell]]:
    """Pair the numbers that differ; rows that were added or struck out pair with nothing."""
    head = next(
        (place for place, (one, other) in enumerate(zip(right, here, strict=False)) if one.value != other.value),
        min(len(right), len(here)),
    )
    right, here = right[head:], here[head:]
    if len(right) == len(here):
        yield from ((one, other) for one, other in zip(right, here, strict=True) if one.value != other.value)
        return
    if max(len(right), len(here)) > _MOST_CELLS:
        return
    matcher = difflib.SequenceMatcher(
        None, [cell.value for cell in right], [cell.value for cell in here], autojunk=False
    )
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        if kind == "replace" and a_end - a == b_end - b:
            yield from zip(right[a:a_end], here[b:b_end], strict=True)
