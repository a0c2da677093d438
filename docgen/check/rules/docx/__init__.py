"""Rules that look at the properties of a DOCX."""

from __future__ import annotations

from docgen.check.catalogue import DOCX, rule
from docgen.check.finding import Look, Rule
from docgen.check.rules.docx import file, fonts, imprint, numbers, page, places

_LOOKS: dict[str, Look] = {
    "PAGE-SIZE": page.paper_is_a4,
    "PAGE-TOP": page.top_margin,
    "PAGE-LEFT": page.left_margin,
    "PAGE-AREA": page.type_area,
    "GRID-PITCH": page.line_pitch,
    "GRID-CHARSPACE": page.characters_of_grid,
    "GRID-580": page.lines_fit,
    "FONT-BODY": fonts.body_font,
    "FONT-THEME": file.fonts_are_named,
    "COLOR-BLACK": fonts.text_is_black,
    "COLOR-RED": fonts.red_is_for_the_mark,
    "HEAD-SECRET": fonts.secrecy_font,
    "HEAD-URGENT": fonts.urgency_font,
    "SIGNER-UP": fonts.signer_font,
    "HEAD-RULE": places.red_rule_is_drawn,
    "TITLE-FONT": fonts.title_font,
    "TO-COLON": places.addressees_are_flush,
    "BODY-INDENT": places.text_is_indented,
    "LEVEL-FONT": fonts.level_fonts,
    "ANX-NOTE-HANG": places.annex_names_hang,
    "SEAL-FAKE": places.no_seal_is_drawn,
    "ANX-PAGE": places.annex_starts_page,
    "ANX-LABEL": fonts.annex_label_font,
    "ANX-TITLE": places.annex_title_is_centred,
    "TABLE-HEAD": file.head_is_repeated,
    "TABLE-SPLIT": file.rows_stay_whole,
    "IMP-LINES": imprint.imprint_rules,
    "IMP-CC": imprint.copies_are_set,
    "IMP-PRINT": imprint.printing_is_set,
    "PNO-FORM": numbers.number_form,
    "PNO-POS": numbers.number_place,
    "MIN-LIST": fonts.attendance_font,
    "FILE-SDT": file.elements_are_tagged,
    "FILE-HIDDEN": file.nothing_is_hidden,
    "FILE-OUTSIDE": file.nothing_reaches_out,
    "PAPER-PARTS": file.parts_are_there,
}
RULES: tuple[Rule, ...] = tuple(rule(name, look, DOCX) for name, look in _LOOKS.items())
