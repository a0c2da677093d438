"""What a run says of its fonts: which stand in for the standard's, what Word will ask for, which characters are borrowed."""

from __future__ import annotations

from pathlib import Path

from docgen.issuing.doctor import substituted
from docgen.styles import FontFile, FontFiles, load_stylesheet

SHEET = load_stylesheet()


def files(*, official: tuple[str, ...] = ()) -> FontFiles:
    """A face for every role, official for those that are named."""
    return FontFiles({
        role.role: FontFile(Path("face.otf"), 0, role.names[0 if role.role in official else -1], role.role in official)
        for role in SHEET.fonts
    })


def test_a_face_that_stands_in_is_named_with_the_one_it_stands_for() -> None:
    told = substituted(SHEET, files(official=("fangsong", "kaiti", "heiti", "songti")), "")

    assert told.stand_ins == (("小标宋", "SourceHanSerifSC-Bold", "方正小标宋简体"),)


def test_with_all_official_faces_nothing_stands_in() -> None:
    every = tuple(role.role for role in SHEET.fonts)

    assert substituted(SHEET, files(official=every), "").stand_ins == ()


def test_a_docx_asks_for_the_five_official_faces_whatever_drew_the_pdf() -> None:
    assert substituted(SHEET, files(), "").asked == ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")


def test_borrowed_characters_are_named_once_in_order() -> None:
    told = substituted(SHEET, files(), "堃昇堃")

    assert (told.borrowed, told.borrowed_from) == ("堃昇", SHEET.font("fallback").names[-1])
