"""The rules of the title, the addressees and the headings that their text shows (7.3.1–7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade
from docgen.check.rules.text.reading import bare, prose, text_of, title_of, whole
from docgen.check.seen import Paper
from docgen.gongwen import Paragraph
from docgen.gongwen.genres import GENRES
from docgen.gongwen.levels import heading_problems

_BEHIND = re.compile(r"（(?:试行|暂行|草案|征求意见稿|送审稿|修订稿|代拟稿|讨论稿)）$")
_BETWEEN = re.compile(r"[，。；：！？,;:!?…]")


def genre_of(paper: Paper) -> str:
    """Name the 文种 that the title ends in; empty when it ends in none."""
    title = _BEHIND.sub("", title_of(paper)).rstrip("。．.，,；;：:！!")
    return next((genre for genre in GENRES if title.endswith(genre)), "")


def title_ends_in_its_genre(paper: Paper) -> Iterator[Found]:
    """条例 8、9(7): 标题由发文机关名称、事由和文种组成。"""
    titles = [element for element in paper.of("标题") if not element.annex]
    if titles and not genre_of(paper):
        yield whole(
            titles[-1], f"标题“{title_of(paper)}”没有文种", "以 15 种文种之一结尾，如通知、通报、报告、请示、函", "在末尾加上文种"
        )


def title_has_no_idle_marks(paper: Paper) -> Iterator[Found]:
    """实务: 标题末尾不用标点；中间只用书名号、引号、括号，并列的用顿号。"""
    titles = [element for element in paper.of("标题") if not element.annex]
    found = "".join(dict.fromkeys(_BETWEEN.findall(title_of(paper))))
    if titles and found:
        yield whole(titles[-1], f"标题里有“{found}”", "末尾不用标点，中间只用书名号、引号、括号", "删去，或改写")


def addressees_end_in_a_colon(paper: Paper) -> Iterator[Found]:
    """7.3.2: 主送机关，最后一个机关名称后标全角冒号。"""
    addressees = [element for element in paper.of("主送机关") if not element.annex]
    for element in addressees[-1:]:
        text = bare(element.text)
        if not text.endswith("："):
            last = text[-1:]
            found = f"末尾是“{last}”" if not last.isalnum() else "末尾没有冒号"
            yield whole(element, f"主送机关{found}", "末尾用全角冒号“：”", "改成全角冒号")


def addressees_are_parted(paper: Paper) -> Iterator[Found]:
    """实务: 主送机关同类的用顿号、不同类的用逗号隔开。"""
    for element in paper.of("主送机关"):
        found = re.search(r"[,;；.。/]|(?<=\S)\s+(?=\S)" if element.paragraphs else r"[,;；.。/]", element.text.strip())
        if found and not element.annex:
            mark = found[0].strip() or "空格"
            yield whole(element, f"主送机关之间用了“{mark}”", "同类机关用“、”，不同类用“，”", "改成顿号或逗号")


def headings_run_on(paper: Paper) -> Iterator[Found]:
    """7.3.3: 层次序数依次用一、（一）1.（1）标注，连续，不跳级（“一、”之下可直接用“1.”）。"""
    for _, group in groupby(prose(paper), key=lambda element: element.annex):
        elements = list(group)
        texts = [Paragraph(bare(text_of(element)), line=place) for place, element in enumerate(elements, 1)]
        for problem in heading_problems(texts, ""):
            if problem.code != "heading-runs-on":
                element = elements[(problem.where.line or 1) - 1]
                is_list = element.annex > 0
                yield whole(element, problem.found, problem.expected, problem.remedy, Grade.INFO if is_list else None)


RULES = (
    rule("TITLE-GENRE", title_ends_in_its_genre),
    rule("TITLE-PUNCT", title_has_no_idle_marks),
    rule("TO-COLON", addressees_end_in_a_colon),
    rule("TO-PUNCT", addressees_are_parted),
    rule("LEVEL-FORM", headings_run_on),
)
