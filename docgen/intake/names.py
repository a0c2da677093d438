"""Read areas, industries, insurers and choices: whole strings of closed lists, never parts of them. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docgen.errors import Severity
from docgen.intake.codes import PENDING, Code, Fault, Reader, Reading, shown
from docgen.settings import Settings


def folded(text: str) -> str:
    """Give the form in which names are compared: blanks and the width of characters do not matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def split_names(text: str) -> list[str]:
    """Split a cell of several names at ； (or ;)."""
    return [name.strip() for name in re.split(r"[；;]", text) if name.strip()]


def _nearest(text: str, known: Collection[str]) -> str:
    nearest = difflib.get_close_matches(text, known, n=1, cutoff=0.4)
    return f"，最接近的是“{nearest[0]}”" if nearest else ""


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:12]) + ("等" if len(names) > 12 else "")


def area_reader(settings: Settings) -> Reader:
    """Make the reader of 属地 by the settings' areas, aliases and ambiguous names."""
    areas = {folded(area): area for area in settings.areas}
    aliases = {folded(alias): area for alias, area in settings.area_aliases}
    ambiguous = {folded(name) for name in settings.ambiguous_areas}

    def read_area(content: object) -> Reading:
        text = shown(content)
        key = folded(text)
        if key in ambiguous:
            found = f"“{text}”不止一处，不能确定属地"
        elif key in areas:
            return Reading(areas[key])
        elif key in aliases:
            return Reading(aliases[key], (_alias("属地", text, aliases[key]),))
        else:
            found = f"属地“{text}”不在属地表里" + _nearest(text, settings.areas)
        fault = Fault(
            Code.UNKNOWN_AREA,
            Severity.DOUBTFUL,
            found,
            f"属地表里的名称：{_listed(settings.areas)}",
            "改成属地表里的名称，或在发文信息的“属地别名”里补一条",
        )
        return Reading(PENDING, (fault,))

    return read_area


def _alias(header: str, text: str, right: str) -> Fault:
    return Fault(
        Code.ALIAS,
        Severity.NOTICE,
        f"{header}“{text}”已按“{right}”采用",
        f"规范的{header}名称，如 {right}",
        "核对无误可不处理",
        group=text,
    )


def industry_reader(settings: Settings) -> Reader:
    """Make the reader of 行业类别 by the settings' list."""
    industries = {folded(industry): industry for industry in settings.industries}

    def read_industry(content: object) -> Reading:
        text = shown(content)
        industry = industries.get(folded(text))
        if industry is not None:
            return Reading(industry)
        fault = Fault(
            Code.UNKNOWN_INDUSTRY,
            Severity.DOUBTFUL,
            f"行业类别“{text}”不在类别表里" + _nearest(text, settings.industries),
            f"类别表里的名称：{_listed(settings.industries)}",
            "改成类别表里的名称",
        )
        return Reading(PENDING, (fault,))

    return read_industry


def choice_reader(
    header: str, choices: Sequence[str], other_words: Iterable[tuple[str, str]] = ()
) -> Reader:
    """Make the reader of a column that offers a few choices; another content is kept, and doubtful.

    `other_words` are taken for the choice that stands with each of them, and said.
    """
    known = {folded(choice): choice for choice in choices}
    meant = {folded(word): choice for word, choice in other_words}

    def read_choice(content: object) -> Reading:
        text = shown(content, longest=1000)
        choice = known.get(folded(text))
        if choice is not None:
            return Reading(choice)
        choice = meant.get(folded(text))
        if choice is not None:
            return Reading(choice, (_alias(header, text, choice),))
        fault = Fault(
            Code.UNKNOWN_CHOICE,
            Severity.DOUBTFUL,
            f"{header}“{shown(text)}”不在可选内容里" + _nearest(text, choices),
            f"可选内容：{_listed(choices)}",
            "改成可选内容之一" + ("，或在发文信息的“问题类别”里补上" if header == "问题类别" else ""),
        )
        return Reading(text, (fault,))

    return read_choice


class InsurerName(NamedTuple):
    """One name by which an insurer is known: by whom it is claimed and in which row and column."""

    name: str
    short_name: str
    row: int
    header: str


def insurer_names(rows: Iterable[Mapping[str, str]]) -> Iterator[InsurerName]:
    """Yield every name of every insurer of the sheet 保险公司, in the order of its rows (counted from 0)."""
    for number, row in enumerate(rows):
        for header in ("简称", "全称", "主送名称"):
            if row[header]:
                yield InsurerName(row[header], row["简称"], number, header)
        for name in split_names(row["系统内名称"]):
            yield InsurerName(name, row["简称"], number, "系统内名称")


def claimed_twice(names: Iterable[InsurerName]) -> Iterator[tuple[InsurerName, InsurerName]]:
    """Yield each name that a second row claims, with the first claim before it."""
    claims: dict[str, dict[int, InsurerName]] = defaultdict(dict)
    for name in names:
        claims[folded(name.name)].setdefault(name.row, name)
    for claim in claims.values():
        first, *others = claim.values()
        for other in others:
            yield first, other


def insurer_reader(short_names: Mapping[str, str], *, is_barring: bool) -> Reader:
    """Make the reader of insurers by `short_names` (folded name → 简称).

    An unknown name is kept; it bars where its row would go into a letter, and is doubtful elsewhere.
    """
    severity = Severity.BARRING if is_barring else Severity.DOUBTFUL
    known = sorted(set(short_names.values()))

    def read_insurer(content: object) -> Reading:
        text = shown(content, longest=1000)
        short_name = short_names.get(folded(text))
        if short_name is not None:
            return Reading(short_name)
        fault = Fault(
            Code.UNKNOWN_INSURER,
            severity,
            f"保险公司“{shown(text)}”不在“保险公司”表里" + _nearest(text, known),
            f"“保险公司”表里的简称、全称或系统内名称，如 {known[0] if known else '某某财险'}",
            "改正名称，或在“保险公司”表该公司的“系统内名称”里补上这个名称",
        )
        return Reading(text, (fault,))

    return read_insurer
