"""The joint circular (通报): template, figures, settings, annex tables → `Document`. No files, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from docgen.drafting.draft import Draft, Gaps, draft_body, is_barred, with_colon
from docgen.drafting.shown import Shown, figure_shown, missing, settings_shown
from docgen.figures import OPTIONAL_FIGURES
from docgen.figures.extract import AnnexTable
from docgen.figures.figure import Figure
from docgen.gongwen import (
    Annex,
    AnnexNote,
    Document,
    DocumentNumber,
    Imprint,
    Masthead,
    Sealing,
    Signatures,
    Table,
    chinese_date,
    open_date,
)
from docgen.settings import Settings


def draft_circular(
    figures: Mapping[str, Figure],
    annexes: Sequence[AnnexTable],
    settings: Settings,
    template: str,
    template_name: str = "circular.txt",
) -> Draft:
    """Draft the circular. Every figure must be stated in the template; every setting may be.

    Of `OPTIONAL_FIGURES` a template states what it likes, behind a condition: {% if 参保率 %}…{% endif %}.
    Without 序号 it is a 送审稿, whose number and dates are left open.
    """
    absent = {name: Shown(missing(name), 0, label=name) for name in OPTIONAL_FIGURES}
    names = settings_shown(settings) | absent | {name: figure_shown(figure) for name, figure in figures.items()}
    annexes = _chosen(annexes, settings)
    body = draft_body(template, template_name, names, [name for name in figures if name not in absent])
    gaps = Gaps()
    signing_date, printing_date = _dates(settings, gaps)
    number = DocumentNumber(settings.agency_code, settings.year, settings.serial)
    document = Document(
        masthead=masthead_of(settings, number),
        title=gaps.fill(settings.title, "标题"),
        addressees=with_colon(gaps.fill(settings.addressees, "主送机关")),
        body=body.paragraphs,
        annex_note=_annex_note(annexes, settings),
        signatures=signatures_of(settings, signing_date),
        imprint=Imprint(settings.copy_to, gaps.fill(settings.printing_office, "印发机关"), printing_date),
        annexes=_bound(numbered(annexes, settings), settings, number),
        note=settings.note,
    )
    problems = (*body.problems, *gaps.problems)
    return Draft(None if is_barred(problems) else document, problems)


def masthead_of(settings: Settings, number: DocumentNumber) -> Masthead:
    """Make 版头 as the settings ask for it; only an upward paper names its signers."""
    return Masthead(
        settings.issuers if settings.mark_form == "联合" else settings.issuers[:1],
        number,
        copy_number=settings.copy_number,
        secrecy=settings.secrecy,
        urgency=settings.urgency,
        signers=settings.signatory if settings.direction == "上行文" else (),
    )


def signatures_of(settings: Settings, signing_date: str) -> Signatures:
    """Make 署名 as the settings ask for it."""
    sealing = Sealing(settings.sealing)
    names = settings.signing_posts if sealing is Sealing.STAMPED else settings.issuers
    return Signatures(names, signing_date, sealing, settings.seal_diameter)


def _dates(settings: Settings, gaps: Gaps) -> tuple[str, str]:
    """Write 成文日期 and 印发日期: open while the paper has no number."""
    if settings.serial is None:
        return open_date(settings.year), f"{open_date(settings.year)}印发"
    signed = gaps.fill(chinese_date(settings.signing_date) if settings.signing_date else "", "成文日期")
    printed = gaps.fill(chinese_date(settings.printing_date) if settings.printing_date else "", "印发日期")
    return signed, f"{printed}印发"


def _chosen(annexes: Sequence[AnnexTable], settings: Settings) -> Sequence[AnnexTable]:
    """Take the annexes that the settings name, all when they name none."""
    if not settings.annexes:
        return annexes
    return [annex for number, annex in enumerate(annexes, start=1) if str(number) in settings.annexes]


def _annex_note(annexes: Sequence[AnnexTable], settings: Settings) -> AnnexNote | None:
    if not annexes:
        return None
    titles = tuple(annex.title for annex in annexes)
    return AnnexNote(titles, f"（以上附件数据截至{chinese_date(settings.cutoff)}）")


def numbered(annexes: Sequence[AnnexTable], settings: Settings) -> tuple[Annex, ...]:
    """Make the annexes of the circular, numbered unless there is only one, each with the day it counts up to."""
    is_only_one = len(annexes) == 1
    return tuple(
        Annex(None if is_only_one else number, annex.title, dated(annex.tables, settings))
        for number, annex in enumerate(annexes, start=1)
    )


def labelled(annexes: Sequence[AnnexTable], settings: Settings) -> tuple[tuple[str, Annex], ...]:
    """Give every annex with the label that the circular prints on it, “” where it does not bear it."""
    borne = {annex.title: annex for annex in numbered(_chosen(annexes, settings), settings)}
    return tuple(
        (borne[annex.title].label, borne[annex.title])
        if annex.title in borne
        else ("", Annex(None, annex.title, dated(annex.tables, settings)))
        for annex in annexes
    )


def _bound(annexes: tuple[Annex, ...], settings: Settings, number: DocumentNumber) -> tuple[Annex, ...]:
    """Write the paper's number on annexes that are not bound with it (7.3.7)."""
    if settings.annex_binding == "合订":
        return annexes
    return tuple(replace(annex, bound_to=str(number)) for annex in annexes)


def dated(tables: tuple[Table, ...], settings: Settings) -> tuple[Table, ...]:
    """Say under an annex's last table up to which day the annex counts."""
    *others, last = tables
    return (*others, replace(last, notes=(*last.notes, f"数据截至{chinese_date(settings.cutoff)}。")))
