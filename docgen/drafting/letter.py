"""The letter (函) to one insurer in 信函格式, from the lead agency alone, with its own rows. No files, no clock."""

from __future__ import annotations

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
    Signatures,
    open_date,
)
from docgen.records import SETTINGS_SHEET
from docgen.settings import Settings

PROBLEM_LIST = "问题清单"
REPLY_FORM = "整改情况反馈表"
LETTER_NAMES = frozenset({"保险公司全称", "简称", "会同机关"})
"""The names that only a letter's template has, besides its figures and the settings."""


def draft_letter(
    extract: InsurerExtract, settings: Settings, template: str, template_name: str = "insurer_letter.txt"
) -> Draft:
    """Draft the letter to one insurer. Every figure of the extract must be stated in the template.

    Letters have no serial yet: the number and the date are left open. Their 版记 has no 印发 (GB/T 9704-2012, 10.1).
    """
    names = _names(extract, settings)
    body = draft_body(template, template_name, names, extract.figures.keys())
    gaps = Gaps()
    lead = settings.issuers[:1]
    contact, phone = gaps.fill(settings.contact, "联系人"), gaps.fill(settings.phone, "联系电话")
    document = Document(
        masthead=Masthead(lead, DocumentNumber(settings.letter_agency_code, settings.year), suffix=""),
        title=gaps.fill(settings.letter_title, "函标题"),
        addressees=with_colon(extract.addressee or extract.full_name),
        body=body.paragraphs,
        annex_note=AnnexNote((PROBLEM_LIST, REPLY_FORM)),
        signatures=Signatures(lead, open_date(settings.year)),
        imprint=Imprint(settings.letter_copy_to, printing_office="", printing_date=""),
        annexes=(
            Annex(1, PROBLEM_LIST, extract.problem_tables),
            Annex(2, REPLY_FORM, (extract.reply_table,)),
        ),
        note=f"联系人：{contact}，联系电话：{phone}",
        format=Format.LETTER,
    )
    problems = (*body.problems, *gaps.problems)
    return Draft(None if is_barred(problems) else document, problems)


def _names(extract: InsurerExtract, settings: Settings) -> dict[str, Shown]:
    own = {
        "保险公司全称": from_source(text_shown(extract.full_name, "保险公司全称"), "保险公司/全称"),
        "简称": from_source(text_shown(extract.short_name, "简称"), "保险公司/简称"),
        "会同机关": from_source(list_shown(settings.issuers[1:], "会同机关"), f"{SETTINGS_SHEET}/发文机关"),
    }
    figures = {name: figure_shown(figure) for name, figure in extract.figures.items()}
    return settings_shown(settings) | figures | own
