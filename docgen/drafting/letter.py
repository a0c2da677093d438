"""The letter (函) to one insurer in 信函格式, from the lead agency alone, with its own rows. No files, no clock.

Each insurer's letter has its own text, or one text goes to all of them under one number (同号分送); then only the
annexes are the insurer's, and they name it.
"""

from __future__ import annotations

from dataclasses import replace

from docgen.drafting.draft import Draft, Gaps, draft_body, is_barred, with_colon
from docgen.drafting.shown import Shown, figure_shown, from_source, list_shown, settings_shown, text_shown
from docgen.figures.extract import InsurerExtract
from docgen.gongwen import (
    Annex,
    AnnexNote,
    Document,
    DocumentNumber,
    Format,
    Imprint,
    Masthead,
    Paragraph,
    Signatures,
    Span,
    open_date,
)
from docgen.records import SETTINGS_SHEET
from docgen.settings import SHARED_NUMBER, Settings

PROBLEM_LIST = "问题清单"
REPLY_FORM = "整改情况反馈表"
LETTER_NAMES = frozenset({"保险公司全称", "简称", "会同机关"})
"""The names that only a letter's template has, besides its figures and the settings."""
SHARED_LETTER_NAMES = frozenset({"会同机关"})
"""Those that a template of 同号分送 has: nothing in it may be one insurer's."""
_OWNER = "收函单位："


def draft_letter(
    extract: InsurerExtract, settings: Settings, template: str, template_name: str = "insurer_letter.txt"
) -> Draft:
    """Draft the letter to one insurer. Every figure of the extract must be stated in the template.

    With 同号分送 the template is one for all and knows no figures; all but the annexes is the same for every insurer.
    Letters have no serial yet: the number and the date are left open. Their 版记 has no 印发 (GB/T 9704-2012, 10.1).
    """
    is_shared = settings.letter_numbering == SHARED_NUMBER
    names = _common_names(settings) if is_shared else _common_names(settings) | _own_names(extract)
    body = draft_body(template, template_name, names, () if is_shared else extract.figures.keys())
    gaps = Gaps()
    lead = settings.issuers[:1]
    contact, phone = gaps.fill(settings.contact, "联系人"), gaps.fill(settings.phone, "联系电话")
    document = Document(
        masthead=Masthead(lead, DocumentNumber(settings.letter_agency_code, settings.year), suffix=""),
        title=gaps.fill(settings.letter_title, "函标题"),
        addressees=with_colon(settings.letter_addressees if is_shared else extract.addressee or extract.full_name),
        body=body.paragraphs,
        annex_note=AnnexNote((PROBLEM_LIST, REPLY_FORM)),
        signatures=Signatures(lead, open_date(settings.year)),
        imprint=Imprint(settings.letter_copy_to, printing_office="", printing_date=""),
        annexes=_annexes(extract, is_named=is_shared),
        note=f"联系人：{contact}，联系电话：{phone}",
        format=Format.LETTER,
    )
    problems = (*body.problems, *gaps.problems)
    return Draft(None if is_barred(problems) else document, problems)


def _common_names(settings: Settings) -> dict[str, Shown]:
    others = from_source(list_shown(settings.issuers[1:], "会同机关"), f"{SETTINGS_SHEET}/发文机关")
    return settings_shown(settings) | {"会同机关": others}


def _own_names(extract: InsurerExtract) -> dict[str, Shown]:
    figures = {name: figure_shown(figure) for name, figure in extract.figures.items()}
    return figures | {
        "保险公司全称": from_source(text_shown(extract.full_name, "保险公司全称"), "保险公司/全称"),
        "简称": from_source(text_shown(extract.short_name, "简称"), "保险公司/简称"),
    }


def _annexes(extract: InsurerExtract, *, is_named: bool) -> tuple[Annex, ...]:
    """Make the insurer's list and its reply form; they name it where the letter itself does not."""
    annexes = (Annex(1, PROBLEM_LIST, extract.problem_tables), Annex(2, REPLY_FORM, (extract.reply_table,)))
    if not is_named:
        return annexes
    name = extract.addressee or extract.full_name
    source = "保险公司/全称" if name == extract.full_name else "保险公司/主送名称"
    span = Span(len(_OWNER), len(_OWNER) + len(name), source)
    owner = Paragraph(_OWNER + name, figures=(span,))
    return tuple(replace(annex, blocks=(owner, *annex.blocks)) for annex in annexes)
