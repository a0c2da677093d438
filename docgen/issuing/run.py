"""One run: one input read once, counted once, and every paper drafted from it. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from docgen.drafting import Draft, draft_circular, draft_letter
from docgen.errors import Barred, Problem, Severity
from docgen.figures import (
    OF_FIGURES,
    OF_ROWS,
    AnnexTable,
    AreaExtract,
    EarlierProblem,
    Examined,
    Figure,
    InsurerExtract,
    annex_tables,
    area_extracts,
    count,
    evidence_of,
    examine,
    insurer_extracts,
    problems_of,
    reconcile,
    shown,
    unchecked,
)
from docgen.intake import Pass, Passed, let_pass, passes_without_effect, read_input
from docgen.issuing.doctor import MissingFonts
from docgen.issuing.inputs import InputFile, input_files
from docgen.issuing.templates import CIRCULAR_TEMPLATE, Templates, find_templates, letter_template
from docgen.layout import Metrics
from docgen.records import Records
from docgen.settings import Settings
from docgen.styles import Stylesheet, find_fonts


class Paper(Enum):
    """What a run may be asked for, with the entries of the output folder that it then answers for."""

    CIRCULAR = ("通报.docx", "通报.pdf", "通报附件")
    LETTERS = ("函",)
    ANNEXES = ("附件", "分地区")


@dataclass(frozen=True)
class Counted:
    """An input that was read and counted: the facts, and everything that is made from them."""

    records: Records
    settings: Settings
    figures: Mapping[str, Figure]
    annexes: tuple[AnnexTable, ...]
    insurers: tuple[InsurerExtract, ...]
    areas: tuple[AreaExtract, ...]
    problems: tuple[Problem, ...]
    examined: tuple[Examined, ...] = ()
    """Every cross-check with what it found, or that it could not be judged."""
    inputs: tuple[InputFile, ...] = ()
    pass_rows: tuple[Pass, ...] = ()
    templates: Templates = field(default_factory=Templates)

    @property
    def passes(self) -> tuple[Passed, ...]:
        """What was let pass, with reason and name."""
        return tuple(problem for problem in self.problems if isinstance(problem, Passed))


@dataclass(frozen=True)
class Letter:
    """One insurer's letter: its place among the insurers, its extract and its draft."""

    number: int
    extract: InsurerExtract
    draft: Draft


@dataclass(frozen=True)
class Drafted:
    """The papers of a run as documents, and the problems of reading, counting and drafting together."""

    counted: Counted
    wanted: frozenset[Paper]
    circular: Draft | None
    letters: tuple[Letter, ...]
    problems: tuple[Problem, ...]


def check_input(
    path: Path, settings_path: Path | None, metrics: Metrics,
    earlier: Mapping[str, EarlierProblem] | None = None,
) -> tuple[Problem, ...]:
    """Read and count an input, and try every paper: give all problems, barring or not."""
    try:
        counted = read_and_count(path, settings_path, metrics, earlier)
    except Barred as barred:
        return barred.problems
    return draft_papers(counted, Paper).problems


def read_and_count(
    path: Path, settings_path: Path | None, metrics: Metrics,
    earlier: Mapping[str, EarlierProblem] | None = None,
) -> Counted:
    """Read an input and count every figure. Raise Barred when nothing can be made of it.

    `earlier` are the problems that an earlier run of letters handed over, by 问题编号.
    """
    intake = read_input(path, settings_path, metrics.undrawable)
    records, settings = intake.records, intake.settings
    if records is None or settings is None:
        raise Barred(
            (*intake.problems, *passes_without_effect(intake.passes, intake.problems, is_whole=False))
        )
    evidence = evidence_of(records, settings)
    of_rows = examine(OF_ROWS, evidence)
    found_in_rows = map(records.with_cell, (*problems_of(of_rows), *unchecked(of_rows, records)))
    problems = let_pass((*intake.problems, *found_in_rows), intake.passes)
    figures = count(records, settings, problems)
    if earlier is not None:
        reconciled = reconcile(earlier, records)
        problems = (*problems, *map(records.with_cell, reconciled.problems))
        figures = {**figures, **reconciled.figures}
    annexes = annex_tables(records, settings, figures, problems)
    insurers = insurer_extracts(records, settings, problems)
    of_figures = examine(OF_FIGURES, replace(evidence, figures=figures, annexes=annexes, insurers=insurers))
    found = let_pass((*problems, *problems_of(of_figures)), intake.passes)
    return Counted(
        records,
        settings,
        figures,
        annexes,
        insurers,
        area_extracts(records, settings, annexes, problems),
        (*found, *passes_without_effect(intake.passes, found)),
        (*of_rows, *of_figures),
        input_files(path, settings_path),
        intake.passes,
        find_templates(path, settings_path),
    )


def draft_papers(counted: Counted, wanted: Iterable[Paper]) -> Drafted:
    """Draft the papers that are asked for; an insurer without problems gets no letter."""
    settings, asked = counted.settings, frozenset(wanted)
    of_letters = letter_template(settings)
    problems = [*counted.problems, *counted.templates.problems((CIRCULAR_TEMPLATE, of_letters))]
    paper = None
    if Paper.CIRCULAR in asked:
        text, name = counted.templates.read(CIRCULAR_TEMPLATE)
        paper = draft_circular(counted.figures, counted.annexes, settings, text, name)
        problems.extend(let_pass(paper.problems, counted.pass_rows))
    drafts = []
    if Paper.LETTERS in asked:
        text, name = counted.templates.read(of_letters)
        for number, extract in enumerate(counted.insurers, start=1):
            if extract.has_problems:
                draft = draft_letter(extract, settings, text, name)
                drafts.append(Letter(number, extract, draft))
                problems.extend(let_pass(draft.problems, counted.pass_rows))
    return Drafted(counted, asked, paper, tuple(drafts), tuple(dict.fromkeys(problems)))


def is_barred(problems: Sequence[Problem], *, is_strict: bool) -> bool:
    """Tell whether a problem keeps papers from being made; with `is_strict`, 待核 does too."""
    barring = {Severity.BARRING, Severity.DOUBTFUL} if is_strict else {Severity.BARRING}
    return any(problem.severity in barring for problem in problems)


def bar(problems: tuple[Problem, ...], *, is_strict: bool) -> None:
    """Raise Barred when a problem keeps the papers from being made."""
    if is_barred(problems, is_strict=is_strict):
        raise Barred(problems)


def figures_json(figures: Mapping[str, Figure]) -> Iterator[dict[str, object]]:
    """Write figures as plain data: value, unit, how each was counted, and the rows that made it; one after another."""
    for figure in figures.values():
        yield {
            "名称": figure.name,
            "数值": figure.value,
            "单位": figure.unit,
            "写作": shown(figure),
            "口径": figure.how,
            "待核": [str(doubt) for doubt in figure.doubts],
            "来源": [row._asdict() for row in figure.rows],
            "分项": list(figures_json({part.name: part for part in figure.parts})),
        }


def load_metrics(stylesheet: Stylesheet) -> Metrics:
    """Find the fonts of this machine and read their widths. Raise MissingFonts when a class of type has none."""
    files = find_fonts(stylesheet)
    missing = files.missing(stylesheet)
    if missing:
        raise MissingFonts(missing)
    return Metrics(files)
