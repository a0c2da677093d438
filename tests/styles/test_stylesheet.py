"""The stylesheet: every figure names its unit and clause, profiles overlay it, and slips in it are refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from docgen.shipped import shipped
from docgen.styles import Stylesheet, load_stylesheet, stylesheet
from docgen.units import mm, pt

SHEET = (shipped("styles") / "gbt9704.toml").read_text(encoding="utf-8")
RAW = tomllib.loads(SHEET)
SECTIONS = {name: entries for name, entries in RAW.items() if name not in ("font", "profile")}
ENTRIES = [(f"{name}.{key}", value) for name, section in SECTIONS.items() for key, value in section.items()]
ENTRIES += [
    (f"{profile}.{name}.{key}", value)
    for profile, changes in RAW["profile"].items()
    for name, section in changes.items()
    for key, value in section.items()
]
UNITS = {"mm", "pt", "count", "ratio", "colour"}


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[name for name, _ in ENTRIES])
def test_every_figure_has_one_unit_and_the_clause_it_rests_on(name: str, entry: dict[str, Any]) -> None:
    assert len(entry.keys() & UNITS) == 1
    assert entry.keys() <= UNITS | {"clause"}
    assert re.search(r"GB/T|显现|图|实测|实务|国发|字|表|边距|之间|225", entry["clause"])


def load(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, profile: str = "") -> Stylesheet:
    """Read a changed stylesheet as if it were the shipped one."""
    (folder / "gbt9704.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(stylesheet, "shipped", lambda _: folder)
    return load_stylesheet.__wrapped__(profile)


@pytest.mark.parametrize(
    ("right", "slip", "profile", "message"),
    [
        ("top_white =", "top_whit =", "", "Page has no top_whit"),
        ("grid.lead =", "gird.lead =", "visual", "profile.visual has no gird"),
        ("grid.lead =", "grid.laed =", "visual", "Grid has no laed"),
        ('mm = "37"', 'cm = "3.7"', "", "top_white has no unit"),
        (', clause = "GB/T 9704 5.2.1 天头"', "", "", "top_white cites no clause"),
    ],
)
def test_a_slip_is_refused_by_name(
    right: str, slip: str, profile: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert right in SHEET

    with pytest.raises(ValueError, match=message):
        load(SHEET.replace(right, slip, 1), tmp_path, monkeypatch, profile)


def test_a_figure_is_read_exactly_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = load(SHEET.replace('mm = "37"', 'mm = "36.7"'), tmp_path, monkeypatch)

    assert sheet.page.top_white == mm("36.7")
    assert (sheet.body.size, sheet.title.size) == (pt(16), pt(22))


def test_the_profile_visual_changes_pitch_and_lead_and_nothing_else() -> None:
    standard, visual = load_stylesheet(), load_stylesheet("visual")

    assert visual.grid.line_pitch == mm("10.2272")
    assert visual.text_top == mm(37)
    assert standard.text_top == mm("34.58")
    assert (visual.page, visual.title, visual.fonts) == (standard.page, standard.title, standard.fonts)


@pytest.mark.parametrize("profile", ["", "visual"])
def test_22_lines_fit_the_text_box_and_23_do_not(profile: str) -> None:
    sheet = load_stylesheet(profile)
    box = sheet.text_bottom - sheet.text_top

    assert sheet.grid.line_pitch * 22 <= box < sheet.grid.line_pitch * 23
    assert sheet.grid.line_pitch.twips * 22 <= box.twips


@pytest.mark.parametrize("profile", ["", "visual"])
def test_28_characters_fit_the_line_and_29_do_not(profile: str) -> None:
    sheet = load_stylesheet(profile)
    character = sheet.body.size + sheet.grid.tracking

    assert character * 28 <= sheet.page.area_width < character * 29


def test_every_class_of_type_has_an_official_name_and_a_free_stand_in() -> None:
    fonts = {font.role: font for font in load_stylesheet().fonts}

    assert set(fonts) == {"xiaobiaosong", "fangsong", "kaiti", "heiti", "songti", "fallback"}
    assert all(len(font.names) > font.official_names for font in fonts.values())
    assert fonts["fangsong"].official == "仿宋_GB2312"
