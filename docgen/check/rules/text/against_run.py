"""The rules that hold a paper against the run that made it: its figures, and whose number it bears."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade, Rule
from docgen.check.rules.text.reading import PROSE, bare, of_the_paper, whole, within
from docgen.check.rules.text.run_paper import OF_SETTINGS, paper_of, text_of
from docgen.check.rules.text.run_tables import tables_differ
from docgen.check.run import Run, RunText, Stated
from docgen.check.seen import Element, Paper

_TEXTS = frozenset({*PROSE, "附件说明", "附注", "表题"})
"""What is compared for its numbers."""
_SET = ("发文字号", "标题", "主送机关", "成文日期", "印发日期")
"""What is compared as a whole; where it was still open when the paper was made, nothing is."""
_OPEN = re.compile(r"【|[年月〕]号|[年月][月日]")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\S")
_LIKE = 0.6
_MOST_PAIRS = 20_000
"""So many pairs of changed paragraphs are compared; a paper has a few."""
_QUOTED = 15
"""So many characters of a missing paragraph are quoted."""
_NAMED = 3
"""So many papers of a run are named to tell it."""


def rules_of(run: Run) -> tuple[Rule, ...]:
    """Give the rules that need a run."""
    return (
        rule("TXT-FIGURE", partial(figures_are_the_runs, run)),
        rule("TXT-SETTING", partial(settings_are_the_runs, run)),
        rule("DOCNO-LEAD", partial(number_is_the_lead_agencys, run)),
        rule("HEAD-MARK-ORDER", partial(mark_keeps_the_runs_order, run)),
    )


NEED_RUN = ("TXT-FIGURE", "TXT-SETTING", "DOCNO-LEAD")
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
    yield from tables_differ(made, paper)


def _named(run: Run) -> str:
    names = [paper.name for paper in run.papers]
    rest = f"等 {len(names)} 份" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + rest if names else "没有公文"


def _texts_differ(made: Sequence[RunText], elements: Sequence[Element]) -> Iterator[Found]:
    """Compare what was altered since: each text that is no more as it was made, with the paragraph most like it."""
    own = Counter(bare(text.text) for text in made)
    here = Counter(bare(element.text) for element in elements)
    has_body = any(element.name in PROSE and not element.annex for element in elements)
    gone = [text for text in made if text.element in _TEXTS and not here[bare(text.text)]]
    new = [element for element in elements if not own[bare(element.text)]]
    if len(gone) * len(new) > _MOST_PAIRS:
        return
    for text in gone:
        likeness = [(_alike(text.text, element.text), -place) for place, element in enumerate(new)]
        best, place = max(likeness, default=(0.0, 0))
        if best >= _LIKE:
            yield from _numbers_differ(text, new.pop(-place))
        elif text.element in PROSE and has_body:
            shown = "".join(bare(element.text) for element in elements)
            values = [
                f"{one.name}“{text.text[one.start : one.end]}”" for one in _of_data(text) if bare(_stating(text, one)) not in shown
            ]
            if values:
                yield of_the_paper(
                    f"正文缺“{text.text[:_QUOTED]}…”一段，其中有{'、'.join(values)}", "各数都在，与数据算出的一致",
                    "补上这一段；有意删去的，改模板后重新生成",
                )


def _of_data(text: RunText) -> list[Stated]:
    return [one for one in text.stated if not one.name.startswith(OF_SETTINGS)]


def _stating(text: RunText, one: Stated) -> str:
    """Give the words that state a value: its clause up to the value's end."""
    return re.split(r"[，。；：、（）]", text.text[: one.start])[-1] + text.text[one.start : one.end]


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
    yield from _values_missing(text, element, {made[place].start() for place in pairs})
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


def _values_missing(text: RunText, element: Element, kept: Collection[int]) -> Iterator[Found]:
    """Find values of which no number is left in the paragraph, nor the words that state them."""
    for one in _of_data(text):
        value = text.text[one.start : one.end]
        digits = [match.start() for match in re.finditer(r"\d+(?:\.\d+)?", text.text) if one.start <= match.start() < one.end]
        if digits and not any(place in kept for place in digits) and value not in element.text:
            yield whole(
                element, f"本段缺{one.name}“{_stating(text, one)}”", "各数都在，与数据算出的一致",
                "补上；有意删去的，改模板后重新生成",
            )


def settings_are_the_runs(run: Run, paper: Paper) -> Iterator[Found]:
    """条例 19: 内容准确；发文字号、标题、主送机关、日期与生成时的一致。"""
    made = paper_of(run, paper)
    if made is None:
        return
    for name in _SET:
        right, elements = text_of(made, name), [one for one in paper.of(name) if not one.annex]
        written = "".join(bare(one.text) for one in elements)
        if right and written and written != right and not _OPEN.search(right) and not _OPEN.search(written):
            yield whole(
                elements[0], f"{name}写的是“{written.rstrip('：')}”", f"设置里写的是“{right.rstrip('：')}”",
                f"改回“{right.rstrip('：')}”；有意改的，改发文信息后重新生成",
            )
