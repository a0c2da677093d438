"""What the office gave a run's papers: taken together from the command line, 取号结果, the register and the settings.

Everything is checked before a number is taken, and all that is wrong is said at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from unicodedata import category

from docgen.errors import Barred, Place, Problem, Severity
from docgen.gongwen import DocumentNumber, Final
from docgen.intake.codes import printable
from docgen.issuing.numbered import CIRCULAR_NAME, NumberedPaper
from docgen.issuing.numbers_sheet import NUMBERS_FILE, NumberGiven
from docgen.register import Entry, Particulars, Source, Wanted
from docgen.settings import Settings

COMMAND_LINE = "命令行"
_NAMES = {
    "number": "发文字号", "signers": "签发人", "signed_on": "签发日期", "signing_date": "成文日期",
    "printing_date": "印发日期", "copies": "份数",
}
_EXAMPLES = {
    "signers": "李示例；王示例", "signed_on": "2024-08-14；2024-08-15", "signing_date": "2024-08-15",
    "printing_date": "2024-08-15", "copies": "60",
}
_LISTS = ("signers", "signed_on")
_FEW = 3
_CODE = "number-given"
MOST_COPIES = 1_000_000
"""More copies than anybody prints of one paper: rather a slip of the hand."""
_LONGEST_NAME = 100
_CONTROLS = ("Cc", "Cs")
"""Unicode's categories of signs that no file shows: controls, halves of a pair."""


@dataclass(frozen=True)
class Sources:
    """Where what is given may stand, in the order in which it counts; two that differ are a fault.

    `said` comes from the command line and holds for every paper; `rows` from 取号结果; `entries` are what the register
    has of this run already, `settings` what 发文信息 says of a circular.
    """

    said: NumberGiven
    rows: Sequence[NumberGiven]
    entries: Sequence[Entry]
    settings: Settings | None
    source: Source
    sheet: str = NUMBERS_FILE


def settled(papers: Sequence[NumberedPaper], sources: Sources, cutoff_of: Settings) -> dict[str, NumberGiven]:
    """Say what each paper of a run is given. Raise Barred with all that is missing, doubled or does not fit."""
    given = {paper.name: _given(paper, sources) for paper in papers}
    problems = [problem for _, of_paper in given.values() for problem in of_paper]
    faults: dict[Fault, list[NumberedPaper]] = defaultdict(list)
    for paper in papers:
        for fault in _misfits(paper, given[paper.name][0], sources, cutoff_of):
            faults[fault].append(paper)
    problems.extend(_of_papers(alike, fault, sources) for fault, alike in faults.items())
    problems.extend(_doubled(papers, given, sources))
    if problems:
        raise Barred(tuple(problems))
    return {name: one for name, (one, _) in given.items()}


def _given(paper: NumberedPaper, sources: Sources) -> tuple[NumberGiven, list[Problem]]:
    """Merge what the sources say of one paper."""
    row = next((row for row in sources.rows if row.paper == paper.name), None)
    entry = next((entry for entry in sources.entries if entry.paper == paper.name), None)
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, word in _NAMES.items():
        said, written = getattr(sources.said, name), getattr(row, name) if row is not None else None
        if said and written and said != written:
            found = f"{word}在命令行写的是“{_shown(said)}”，在 {sources.sheet} 写的是“{_shown(written)}”"
            problems.append(_problem(paper, sources, found, "两处一致，或只写一处", "改正写错的一处，再运行"))
        is_derived = name == "signing_date" and _is_told(sources.said, row, "signed_on")
        of_entry = None if is_derived else _of_entry(entry, name)
        choices = (said, written, of_entry, _of_settings(sources.settings, name))
        values[name] = next((value for value in choices if value not in (None, ())), () if name in _LISTS else None)
    if not values["signing_date"] and values["signed_on"]:
        values["signing_date"] = max(values["signed_on"])
    if not paper.needs_printing_date:
        values["printing_date"] = None
    return NumberGiven(paper=paper.name, **values), problems


def _is_told(said: NumberGiven, row: NumberGiven | None, name: str) -> bool:
    """Whether it stands on the command line or in 取号结果: what follows from it follows anew, whatever was registered."""
    return bool(getattr(said, name) or (row is not None and getattr(row, name)))


def _of_entry(entry: Entry | None, name: str) -> object:
    if entry is None:
        return None
    return entry.number if name == "number" else getattr(entry.particulars, name)


def _of_settings(settings: Settings | None, name: str) -> object:
    if settings is None:
        return None
    if name == "number":
        is_given = settings.serial is not None
        return DocumentNumber(settings.agency_code, settings.year, settings.serial) if is_given else None
    return getattr(settings, "signatory" if name == "signers" else name)


Fault = tuple[str, str, str]
"""What was found, what is right, what to do."""


def _misfits(paper: NumberedPaper, given: NumberGiven, sources: Sources, settings: Settings) -> Iterator[Fault]:
    """Say what is missing of one paper and what contradicts something."""
    yield from _of_number(paper, given, sources)
    yield from _of_signers(paper, given)
    yield from _of_dates(paper, given, settings)


def _of_papers(papers: Sequence[NumberedPaper], fault: Fault, sources: Sources) -> Problem:
    """Say once what is wrong with many papers alike."""
    found, expected, remedy = fault
    names = "”“".join(paper.name for paper in papers[:_FEW]) + ("”等" if len(papers) > _FEW else "”")
    count = f" {len(papers)} 件" if len(papers) > 1 else ""
    is_in_sheet = any(row.paper == papers[0].name for row in sources.rows)
    where = Place(file=sources.sheet if is_in_sheet else COMMAND_LINE)
    return Problem(_CODE, Severity.BARRING, where, f"“{names}{count}{found}", expected, remedy)


def ignored(said: NumberGiven, entries: Sequence[Entry]) -> Iterator[str]:
    """Say what is given now to papers that are out, where the register has it otherwise: it is not used."""
    for name, word in _NAMES.items():
        now = getattr(said, name)
        others = [entry for entry in entries if now and _of_entry(entry, name) != now]
        if others:
            registered = _shown(_of_entry(others[0], name) or "没有")
            yield f"{word}“{_shown(now)}”没有采用：{others[0].number} 已印发，登记的是“{registered}”"


def _of_number(paper: NumberedPaper, given: NumberGiven, sources: Sources) -> Iterator[Fault]:
    masthead = paper.document.masthead
    assert masthead is not None, "a paper that takes a number has a place for it"
    code, year = masthead.number.agency_code, masthead.number.year
    example = str(DocumentNumber(code, year, 132))
    if sources.source is not Source.OFFICE:
        is_told = sources.said.number or any(row.number for row in sources.rows if row.paper == paper.name)
        if is_told:
            yield f"写了发文字号“{given.number}”", f"{sources.source}时不写发文字号", "删去发文字号，或不写 --numbering"
        elif sources.settings is not None and sources.settings.serial is not None:
            found = f"发文信息写了序号 {sources.settings.serial}，{sources.source}时不用"
            yield found, f"{sources.source}时发文信息不写序号", "用这个号的，不写 --numbering；不用的，删去“序号”后重新送审"
    elif given.number is None:
        yield "没有发文字号", f"办公室给的号，如 {example}", f"用 --number 写出，或填在 {sources.sheet} 里"
    elif (given.number.agency_code, given.number.year) != (code, year):
        yield f"发文字号是“{given.number}”", f"{code}〔{year}〕一类，如 {example}", "核对机关代字和年份；发文信息写错的，改正后重新送审"


def _of_signers(paper: NumberedPaper, given: NumberGiven) -> Iterator[Fault]:
    agencies = paper.document.signatures.names if paper.document.signatures is not None else ()
    for name, said in (("signers", given.signers), ("signed_on", given.signed_on)):
        word = _NAMES[name]
        if not said:
            yield _missing(name)
        elif name == "signers" and not all(map(_is_name, given.signers)):
            yield f"签发人写的是“{printable(_shown(said))}”", f"每项一个姓名，如 {_EXAMPLES[name]}", "改正签发人，空着的补上或删去"
        elif len(said) != len(agencies):
            right = f"各发文机关一项，共 {len(agencies)} 项，先后与发文机关一致，如 {_EXAMPLES[name]}"
            yield f"{word}写了 {len(said)} 项：{_shown(said)}", right, f"改正{word}"
    masthead = paper.document.masthead
    if masthead is not None and masthead.signers and given.signers and masthead.signers != given.signers:
        printed = "；".join(masthead.signers)
        yield f"签发人是“{_shown(given.signers)}”", f"与送审稿版头上印的一致：{printed}", "改正签发人；确已换人的，改发文信息后重新送审"


def _is_name(text: str) -> bool:
    """Whether it may be anybody's name: not empty, not too long, of signs that can be printed."""
    return 0 < len(text.strip()) <= _LONGEST_NAME and not any(category(sign) in _CONTROLS for sign in text)


def _of_dates(paper: NumberedPaper, given: NumberGiven, settings: Settings) -> Iterator[Fault]:
    """GB/T 9704-2012, 7.3.5.4: 成文日期 is the day on which the last of the agencies signed; 7.4.3: 印发日期."""
    signed, printed = given.signing_date, given.printing_date
    if signed is None:
        yield _missing("signing_date")
    else:
        if given.signed_on and signed != max(given.signed_on):
            yield (
                f"成文日期是 {signed}，最后签发日期是 {max(given.signed_on)}",
                "成文日期是负责人签发的日期，联合行文是最后签发机关负责人签发的日期", "改正写错的一个；成文日期可以不写",
            )
        if signed < settings.cutoff:
            yield f"成文日期 {signed} 早于数据截止日期 {settings.cutoff}", "不早于数据截止日期", "核对成文日期"
        masthead = paper.document.masthead
        if masthead is not None and abs(signed.year - masthead.number.year) > 1:
            yield f"成文日期 {signed} 与文号的年份 {masthead.number.year} 相差一年以上", "同一年，年底登记的可差一年", "核对成文日期"
    if paper.needs_printing_date and printed is None:
        yield _missing("printing_date")
    elif printed is not None and signed is not None and printed < signed:
        yield f"印发日期 {printed} 早于成文日期 {signed}", "不早于成文日期", "改正印发日期"
    if given.copies is None:
        yield _missing("copies")
    elif not 1 <= given.copies <= MOST_COPIES:
        yield f"份数是 {given.copies}", f"正整数，不超过 {MOST_COPIES}，如 60", "改正份数"


def _missing(name: str) -> Fault:
    word = _NAMES[name]
    return f"没有{word}", f"{word}，如 {_EXAMPLES[name]}", f"在命令行写出，或填在 {NUMBERS_FILE} 里"


def _doubled(
    papers: Sequence[NumberedPaper], given: Mapping[str, tuple[NumberGiven, list[Problem]]], sources: Sources
) -> Iterator[Problem]:
    counts = Counter(one.number for one, _ in given.values() if one.number is not None)
    for paper in papers:
        number = given[paper.name][0].number
        if number is not None and counts[number] > 1:
            yield _problem(
                paper, sources, f"发文字号“{number}”在本批次用了 {counts[number]} 次", "一份公文一个号",
                f"改正 {sources.sheet}；整批共用一个号的，发文信息“函编号方式”写“同号分送”后重新送审",
            )


def _problem(paper: NumberedPaper, sources: Sources, found: str, expected: str, remedy: str) -> Problem:
    is_in_sheet = any(row.paper == paper.name for row in sources.rows)
    where = Place(file=sources.sheet if is_in_sheet else COMMAND_LINE)
    return Problem(_CODE, Severity.BARRING, where, f"“{paper.name}”{found}", expected, remedy)


def _shown(value: object) -> str:
    return "；".join(map(str, value)) if isinstance(value, tuple) else str(value)


def wanted_of(paper: NumberedPaper, given: NumberGiven, settings: Settings, *, is_office: bool) -> Wanted:
    """Say what the register is asked for and what it keeps of the paper."""
    document, masthead = paper.document, paper.document.masthead
    assert masthead is not None, "a paper that takes a number has a place for it"
    particulars = Particulars(
        genre=paper.genre,
        title=document.title,
        issuers=document.signatures.names if document.signatures is not None else (),
        recipients=paper.recipients,
        signers=given.signers,
        signed_on=given.signed_on,
        signing_date=given.signing_date,
        printing_date=given.printing_date,
        copies=given.copies,
        annexes=len(document.annexes),
        urgency=masthead.urgency,
        secrecy=masthead.secrecy,
        publicity=settings.publicity if paper.name == CIRCULAR_NAME else "",
    )
    serial = given.number.serial if is_office and given.number is not None else None
    return Wanted(paper.name, masthead.number.agency_code, masthead.number.year, serial, particulars)


def final_of(entry: Entry) -> Final:
    """Give what is printed on a paper from what the register has of it."""
    particulars = entry.particulars
    assert particulars.signing_date is not None, "no number is taken without 成文日期"
    return Final(entry.number, particulars.signing_date, particulars.printing_date, particulars.signers)


def number_data(entry: Entry) -> dict[str, object]:
    """Write what one paper was given as the manifest has it."""
    data: dict[str, object] = {"公文": entry.paper, "发文字号": str(entry.number), "编号方式": str(entry.source)}
    names = {field.name for field in fields(Particulars)}
    for name, word in _NAMES.items():
        if name in names:
            value = getattr(entry.particulars, name)
            data[word] = [str(item) for item in value] if isinstance(value, tuple) else value and str(value)
    return data


def given_of(data: Mapping[str, Any]) -> NumberGiven:
    """Read what one paper was given from what a manifest has of it. Raise ValueError or KeyError when it is none."""
    days = [date.fromisoformat(data[_NAMES[name]]) if data[_NAMES[name]] else None for name in ("signing_date", "printing_date")]
    return NumberGiven(
        paper=data["公文"],
        number=DocumentNumber.parse(data["发文字号"]),
        signers=tuple(data[_NAMES["signers"]]),
        signed_on=tuple(map(date.fromisoformat, data[_NAMES["signed_on"]])),
        signing_date=days[0],
        printing_date=days[1],
        copies=int(data[_NAMES["copies"]]) if data[_NAMES["copies"]] else None,
    )
