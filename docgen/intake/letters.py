"""Hold what goes into an insurer's letter against 保单: nothing of another insurer's business slips in. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from docgen.errors import Problem, Severity
from docgen.intake.checks import Check
from docgen.intake.codes import Code, shown
from docgen.intake.names import folded, insurer_names
from docgen.intake.ordinary_words import insurers_named
from docgen.intake.tables import Tables

_CODE, _INSURER, _NUMBER = "统一社会信用代码", "承保保险公司", "保单号"
_BY_POLICY = ("问题", "未上传保单", "服务费用核查")
_TEXTS = (("问题", "情况说明"), ("问题", "整改要求"), ("服务费用核查", "服务项目"))
_UNITS = (("保单", "被保险单位"), ("未上传保单", "被保险单位"), ("应保未保", "单位名称"), ("未全员投保", "单位名称"))
_NAME_HEADERS = ("简称", "全称", "主送名称", "系统内名称")
_WORD = re.compile(r"[0-9A-Za-z]+(?:[-_/.()][0-9A-Za-z]+)*")
_SHORTEST_NUMBER, _SHORTEST_NAME = 5, 2
"""A shorter text may be anything: an amount, a year, one character of a place."""

Insurers = Mapping[str, list[str]]


def _insurers_by(tables: Tables, header: str, *sheets: str) -> Insurers:
    """List the insurers of each policy number or unit code, in the order of the rows."""
    insurers: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        pairs = tables.frames[sheet][[header, _INSURER]].drop_duplicates()
        for key, insurer in pairs.itertuples(index=False):
            if key and insurer not in insurers[key]:
                insurers[key].append(insurer)
    return insurers


def insurers_are_those_of_the_policy(tables: Tables) -> Iterator[Problem]:
    """Hold the rows that bear a policy's number against 保单: the policy is one of that insurer's.

    Any insurer of a co-insured policy is right. A policy that is not in 保单, and an insurer that is not in
    保险公司, are other problems.
    """
    insurers = _insurers_by(tables, _NUMBER, "保单")
    for sheet in _BY_POLICY:
        # The number's cell, which the letter prints, so that the mark is seen there.
        yield from _differing(tables, sheet, _NUMBER, insurers, "保单", _NUMBER)


def insurers_are_those_of_the_unit(tables: Tables) -> Iterator[Problem]:
    """Hold 未全员投保 against 保单: the unit is one of that insurer's; one without a policy says nothing."""
    yield from _differing(
        tables, "未全员投保", _CODE, _insurers_by(tables, _CODE, "保单"), "单位", _INSURER
    )


def _differing(
    tables: Tables, sheet: str, key: str, insurers: Insurers, what: str, marked: str
) -> Iterator[Problem]:
    known = frozenset(tables.frames["保险公司"]["简称"])
    rows = tables.frames[sheet][[key, _INSURER]]
    for position, (of, insurer) in enumerate(rows.itertuples(index=False)):
        right = insurers.get(of, [])
        if right and insurer not in right and known.issuperset([insurer, *right]):
            names = "、".join(right)
            yield Problem(
                Code.INSURER_DIFFERS,
                Severity.DOUBTFUL,
                tables.place(sheet, position, marked),
                f"{what}“{of}”此处属于{insurer}，在“保单”表里由{names}承保",
                f"“保单”表所载的保险公司，如 {names}",
                f"照保单核对，改正写错的{key}或保险公司",
            )


def texts_name_no_other_insurer(tables: Tables) -> Iterator[Problem]:
    """Look for other insurers' names and policy numbers in what a letter quotes word for word.

    The longest name counts: 太初洋 is not 太初. An insurer may be named in its own letter, and a short name may be
    part of a word that has nothing to do with it.
    """
    owners = _owners(tables)
    alternatives = "|".join(map(re.escape, sorted(owners, key=len, reverse=True)))
    names = re.compile(alternatives or r"(?!)")
    numbers = {
        _comparable(number): insurers
        for number, insurers in _insurers_by(tables, _NUMBER, "保单", "未上传保单").items()
        if len(number) >= _SHORTEST_NUMBER
    }
    units = _units_with_a_name_inside(tables, names)
    for sheet, header in _TEXTS:
        rows = tables.frames[sheet][[header, _INSURER]]
        for position, (text, insurer) in enumerate(rows.itertuples(index=False)):
            named = insurers_named(folded(text), names, units)
            of_others = [name for name in named if owners[name] != insurer]
            of_others += [
                number for number in _policy_numbers(text, numbers) if insurer not in numbers[number]
            ]
            if of_others:
                yield _names_another(tables, sheet, position, header, tuple(dict.fromkeys(of_others)))


def _units_with_a_name_inside(tables: Tables, names: re.Pattern[str]) -> tuple[str, ...]:
    """List the units of the input that are called like an insurer, such as 永安纺织厂; they may be written of."""
    units = (
        folded(name)
        for sheet, header in _UNITS
        for name in tables.frames[sheet][header].unique()
        if names.search(name)
    )
    return tuple(dict.fromkeys(units))


def _owners(tables: Tables) -> Mapping[str, str]:
    """Map each folded name of an insurer to its 简称; the first claim counts."""
    frame = tables.frames["保险公司"]
    columns = (frame[header] for header in _NAME_HEADERS)
    rows = (dict(zip(_NAME_HEADERS, row, strict=True)) for row in zip(*columns, strict=True))
    owners: dict[str, str] = {}
    for name in insurer_names(rows):
        if len(folded(name.name)) >= _SHORTEST_NAME:
            owners.setdefault(folded(name.name), name.short_name)
    return owners


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def _policy_numbers(text: str, numbers: Insurers) -> Iterator[str]:
    """Yield the numbers that stand in a text, alone or joined to others by / or the like."""
    for word in _WORD.findall(_comparable(text)):
        parts = [word] if word in numbers else re.split(r"[/.()]", word)
        yield from (part for part in parts if part in numbers)


def _names_another(
    tables: Tables, sheet: str, position: int, header: str, of_others: tuple[str, ...]
) -> Problem:
    insurer = tables.frames[sheet][_INSURER].iloc[position]
    return Problem(
        Code.NAMES_ANOTHER_INSURER,
        Severity.DOUBTFUL,
        tables.place(sheet, position, header),
        f"{header}写到“{shown('、'.join(of_others))}”，是别家保险公司的名称或保单号，这一行归{insurer}",
        f"只写{insurer}自己的事，如 联系电话录入有误",
        "删去别家的名称或保单号，或改正这一行的保险公司",
    )


_INSURERS_OF_POLICIES = (("保险公司", "简称"), ("保单", _NUMBER), ("保单", _INSURER))
LETTER_CHECKS = (
    Check(
        "问题、未上传保单、服务费用核查的保险公司是否与保单相符",
        insurers_are_those_of_the_policy,
        needs=_INSURERS_OF_POLICIES,
        over=tuple((sheet, header) for sheet in _BY_POLICY for header in (_NUMBER, _INSURER)),
    ),
    Check(
        "未全员投保单位的保险公司是否与保单相符",
        insurers_are_those_of_the_unit,
        needs=(("保险公司", "简称"), ("保单", _CODE), ("保单", _INSURER)),
        over=(("未全员投保", _CODE), ("未全员投保", _INSURER)),
    ),
    Check(
        "交给一家保险公司的文字是否写到别家",
        texts_name_no_other_insurer,
        needs=_INSURERS_OF_POLICIES,
        over=(("问题", _INSURER), ("问题", "情况说明"), ("服务费用核查", _INSURER), ("未上传保单", _NUMBER)),
    ),
)
"""What would tell one insurer of another's business, or reproach it with another's."""
