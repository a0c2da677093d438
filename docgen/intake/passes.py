"""Read the sheet 放行 and let 待核 problems pass that someone answers for, with reason and name. Pure.

A pass concerns one code at one place, and its 发现, where it is written, must be what is found today: it never
covers what came later. Only 待核 can be let pass. What has no effect is said, never dropped in silence.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, printable, shown
from docgen.intake.headers import column_letter, find_header, is_blank_row
from docgen.intake.names import folded
from docgen.intake.sheets import RawSheet, Row, Uncalculated
from docgen.intake.sources import SETTINGS_FILE
from docgen.records import PASSES_SHEET, Column, Kind
from docgen.settings import SettingCode

PASS_HEADERS = ("问题码", "单元格", "发现", "理由", "姓名")
_REQUIRED = ("问题码", "单元格", "理由", "姓名")
_COLUMNS = tuple(Column(header, Kind.TEXT, required=header in _REQUIRED) for header in PASS_HEADERS)
_CELL_FORM = "保单!B12；有几个文件时写 [文件名]保单!B12"
_ADDRESS = re.compile(
    r"(?:\[(?P<file>.+)\])?(?:(?P<sheet>[^!\[\]]+)!)?(?P<spot>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}|第[1-9]\d{0,6}行)"
)
_CLASSES = ("属地", "行业类别")
_WITHOUT_A_CLASS = frozenset(
    (Code.UNKNOWN_AREA, Code.UNKNOWN_INDUSTRY, Code.MISSING_VALUE, Code.FORMULA_ERROR)
)


class PassCode(StrEnum):
    """Why a pass has no effect; each has a folder under fixtures/bad/."""

    INCOMPLETE = "pass-incomplete"
    REFUSED = "pass-refused"
    DIFFERS = "pass-differs"
    IDLE = "pass-idle"


class Spot(NamedTuple):
    """A place as a pass names it: a file, a sheet ("" for a file of lines), and B12 or 第12行 in it."""

    file: str
    sheet: str
    spot: str


@dataclass(frozen=True)
class Pass:
    """One row of 放行: which problem, where, why it may pass and who says so; `where` is the row itself.

    `flaw` says why it can have no effect as it is written; it is "" otherwise.
    """

    code: str
    at: Spot
    found: str
    reason: str
    name: str
    where: Place
    flaw: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has filled it in yet, as in the rows that are set out ready."""
        return not self.reason and not self.name


@dataclass(frozen=True, kw_only=True)
class Passed(Problem):
    """A problem that was 待核 and is let pass: now a 提示. `was` is what had been found."""

    was: str
    by: Pass


def spot_of(place: Place) -> Spot | None:
    """Name a place as a pass would; None for a place without cell, row or line."""
    if place.cell:
        return Spot(place.file, place.sheet, place.cell)
    number = place.row or place.line
    return Spot(place.file, place.sheet, f"第{number}行") if number else None


def address(place: Place, *, with_file: bool) -> str:
    """Write a place as the column 单元格 of 放行 does; "" when it cannot be let pass by its place.

    A file of lines (发文.toml) is always named.
    """
    spot = spot_of(place)
    if spot is None:
        return ""
    file = f"[{spot.file}]" if (with_file or not spot.sheet) and spot.file else ""
    return file + (f"{spot.sheet}!{spot.spot}" if spot.sheet else spot.spot)


def can_pass(problem: Problem) -> bool:
    """Tell whether a row of 放行 could let a problem pass."""
    is_open = problem.severity is Severity.DOUBTFUL and problem.where.sheet != PASSES_SHEET
    return is_open and spot_of(problem.where) is not None and not _has_no_class(problem)


def read_passes(sheets: Sequence[RawSheet]) -> tuple[tuple[Pass, ...], tuple[Problem, ...]]:
    """Read every sheet 放行: its rows, and what is wrong with its header (待核: its passes have no effect)."""
    files: dict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        files[sheet.name or sheet.title].append(sheet.file)
    passes: list[Pass] = []
    problems: list[Problem] = []
    for piece in (sheet for sheet in sheets if sheet.name == PASSES_SHEET):
        header, found = find_header(piece, _COLUMNS)
        problems += (_not_barring(problem) for problem in found)
        if header is None or not set(_REQUIRED) <= header.columns.keys():
            continue
        for number, row in enumerate(piece.rows[header.row + 1 :], header.row + 2):
            if not is_blank_row(row):
                passes.append(_read_row(piece, header.columns, number, row, files))
    return tuple(passes), tuple(problems)


def let_pass(problems: Iterable[Problem], passes: Sequence[Pass]) -> tuple[Problem, ...]:
    """Turn each 待核 that someone lets pass into a 提示 that says so; all others stay as they are."""
    index = _by_key(passes)
    if not index:
        return tuple(problems)
    return tuple(_let_pass(problem, index.get(_key(problem), ())) for problem in problems)


def passes_without_effect(
    passes: Sequence[Pass], problems: Sequence[Problem], *, is_whole: bool = True
) -> tuple[Problem, ...]:
    """Say of each pass why it does nothing, given all problems of the run after `let_pass`.

    待核 when what it was given for is no longer what is found, for a person has to look again; otherwise 提示,
    for the problem itself stands. Unless `is_whole`, checks are still to come: nothing is said to be idle.
    """
    at: dict[tuple[str, Spot | None], list[Problem]] = defaultdict(list)
    for problem in problems:
        at[_key(problem)].append(problem)
    said = []
    for one in passes:
        if one.is_waiting:
            continue
        here = at.get((one.code, one.at), [])
        if one.flaw:
            said.append(_incomplete(one))
        elif here:
            said += _why_not(one, here)
        elif is_whole and (one.at.sheet or one.at.file == SETTINGS_FILE):
            said.append(_idle(one, {problem.code for problem in problems}))
    return (*_waiting(passes), *said)


def _key(problem: Problem) -> tuple[str, Spot | None]:
    return str(problem.code), spot_of(problem.where)


def _by_key(passes: Iterable[Pass]) -> Mapping[tuple[str, Spot | None], list[Pass]]:
    index: dict[tuple[str, Spot | None], list[Pass]] = defaultdict(list)
    for one in passes:
        if not one.flaw and not one.is_waiting:
            index[one.code, one.at].append(one)
    return index


def _let_pass(problem: Problem, passes: Sequence[Pass]) -> Problem:
    if problem.severity is not Severity.DOUBTFUL or _has_no_class(problem):
        return problem
    one = next((one for one in passes if _means(one, problem.found)), None)
    if one is None:
        return problem
    return Passed(
        problem.code,
        Severity.NOTICE,
        problem.where,
        f"{problem.found}（已放行：{one.reason}，{one.name}）",
        problem.expected,
        f"不必处理；要收回的，删去“{PASSES_SHEET}”表第 {one.where.row} 行",
        problem.related,
        was=problem.found,
        by=one,
    )


def _means(one: Pass, found: str) -> bool:
    return not one.found or folded(one.found) == folded(found)


def _has_no_class(problem: Problem) -> bool:
    """Tell a row that no area or no industry would count: there is nothing that a pass could let stand."""
    return problem.where.column in _CLASSES and problem.code in _WITHOUT_A_CLASS


def _why_not(one: Pass, here: Sequence[Problem]) -> Iterator[Problem]:
    """Say why a pass did not take what stands at its place."""
    if any(isinstance(problem, Passed) and _means(one, problem.was) for problem in here):
        return
    severities = {problem.severity for problem in here}
    if Severity.DOUBTFUL in severities:
        left = [problem for problem in here if problem.severity is Severity.DOUBTFUL]
        unclassed = next((problem for problem in left if _has_no_class(problem)), None)
        yield _refused(one, f"没有{unclassed.where.column}就归不了类") if unclassed else _differs(one, left[0])
    elif Severity.BARRING in severities:
        yield _refused(one, "这个问题是“阻断”")
    else:
        yield _idle(one, {one.code})


def _read_row(
    piece: RawSheet,
    columns: Mapping[str, int],
    number: int,
    row: Row,
    files: Mapping[str, Sequence[str]],
) -> Pass:
    texts = {name: _text(row, at) for name, at in columns.items()}
    where = Place(
        piece.file, PASSES_SHEET, number, "单元格", f"{column_letter(columns['单元格'])}{number}"
    )
    at = _spot(texts["单元格"])
    flaw = ""
    if not texts["问题码"]:
        flaw = "没有写问题码"
    elif at is None:
        flaw = f"单元格写作“{shown(texts['单元格'])}”，看不出是哪一格" if texts["单元格"] else "没有写单元格"
    elif not at.file:
        holders = list(dict.fromkeys(files.get(at.sheet, ())))
        if len(holders) > 1:
            flaw = f"{'、'.join(holders[:3])} 等 {len(holders)} 个文件都有“{at.sheet}”表，没有写是哪个文件"
        at = at._replace(file=holders[0] if holders else piece.file)
    if not flaw and not (texts["理由"] and texts["姓名"]):
        flaw = f"没有写{'姓名' if texts['理由'] else '理由'}"
    return Pass(
        texts["问题码"].lower(),
        at or Spot("", "", ""),
        texts.get("发现", ""),
        texts["理由"],
        texts["姓名"],
        where,
        flaw,
    )


def _text(row: Row, at: int) -> str:
    content = row[at] if at < len(row) else ""
    return "" if isinstance(content, Uncalculated) else printable(str(content))


def _spot(text: str) -> Spot | None:
    """Read 保单!B12, [文件名]保单!B12 or [发文.toml]第12行, full-width signs and $ and ' as well."""
    plain = re.sub(r"[!]\s*", "!", unicodedata.normalize("NFKC", text)).replace("'", "").strip()
    match = _ADDRESS.fullmatch(plain)
    if match is None or not (match["sheet"] or match["file"]):
        return None
    # The file's name stands as it is: NFKC would make another name of “昆山（一）.xlsx”.
    file = re.search(r"[\[［](.+)[\]］]", text) if match["file"] else None
    spot = match["spot"].replace("$", "").upper()
    return Spot(file[1].strip() if file else "", (match["sheet"] or "").strip(), spot)


def _not_barring(problem: Problem) -> Problem:
    if problem.severity is not Severity.BARRING:
        return problem
    found = f"{problem.found}，这张表里的放行都没有起作用"
    return replace(problem, severity=Severity.DOUBTFUL, found=found)


def _waiting(passes: Sequence[Pass]) -> Iterator[Problem]:
    waiting = [one for one in passes if one.is_waiting]
    if waiting:
        yield Problem(
            PassCode.INCOMPLETE,
            Severity.NOTICE,
            waiting[0].where,
            f"“{PASSES_SHEET}”表有 {len(waiting)} 行没有填理由和姓名，还没有放行（此为第一行）",
            "要放行的一行写明理由和姓名，如 已与保险公司核对原件、张示例",
            "要放行的补填；已改正数据的删去；其余可不处理",
        )


def _incomplete(one: Pass) -> Problem:
    return Problem(
        PassCode.INCOMPLETE,
        Severity.NOTICE,
        one.where,
        f"这一行{one.flaw}，没有放行",
        f"问题码、单元格、理由、姓名都写明，单元格写作 {_CELL_FORM}",
        "补写这一行，或删去",
    )


def _refused(one: Pass, why: str) -> Problem:
    return Problem(
        PassCode.REFUSED,
        Severity.NOTICE,
        one.where,
        f"{one.code}（{one.at.sheet or one.at.file} {one.at.spot}）不能放行：{why}",
        "只有“待核”可以放行，而且该处要有可用的内容",
        "改正数据，再删去这一行",
    )


def _differs(one: Pass, problem: Problem) -> Problem:
    return Problem(
        PassCode.DIFFERS,
        Severity.DOUBTFUL,
        one.where,
        f"放行的是“{shown(one.found, 80)}”，现在发现的是“{shown(problem.found, 80)}”，没有放行",
        "“发现”与现在发现的一样，或者不写",
        "重新核实：仍可放行的，照现在的发现改写；不能放行的，改正数据并删去这一行",
    )


def _idle(one: Pass, codes: Collection[str]) -> Problem:
    known = {*codes, *Code, *SettingCode}
    near = difflib.get_close_matches(one.code, sorted(known - {one.code}), n=1, cutoff=0.7)
    hint = f"，最接近的问题码是 {near[0]}" if near and one.code not in known else ""
    place = f"{one.at.sheet or one.at.file} {one.at.spot}"
    return Problem(
        PassCode.IDLE,
        Severity.NOTICE,
        one.where,
        f"{place} 没有要放行的 {one.code} 问题{hint}，这一行没有用处",
        "核对单里“待核”的问题码和单元格，如 bad-check-digit 和 保单!H12",
        "数据已改正的，删去这一行；行移动过的，改成现在的单元格",
    )
