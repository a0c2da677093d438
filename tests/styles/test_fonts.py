"""Font files: chosen by name and face, the clerk's own first; what is missing or damaged is no secret and no harm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from docgen.styles import FONT_DIR_VARIABLE, FontFile, find_fonts, font_folders
from tests.papers import STYLESHEET, metrics

UNLIKE_IN_JAPAN = "直骨门角"
FOUND = metrics().files


def glyph_ids(path: Path, index: int) -> list[int | None]:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path)), index))
    return [font.get_nominal_glyph(ord(char)) for char in UNLIKE_IN_JAPAN]


def japanese_face(path: Path) -> int:
    """The number of the Japanese face in a collection of faces."""
    for index in range(20):
        with TTFont(str(path), fontNumber=index, lazy=True) as face:
            if "jp-" in str(face["name"].getDebugName(6)):
                return index
    raise LookupError(path)


def test_every_class_of_type_is_found_on_this_machine() -> None:
    assert FOUND.missing(STYLESHEET) == ()


def test_of_a_collection_the_chinese_face_is_chosen_not_the_japanese() -> None:
    chosen = FOUND.faces["fallback"]

    assert chosen.path.suffix == ".ttc"
    assert chosen.name.endswith("sc-Regular")
    for own, other in zip(
        glyph_ids(chosen.path, chosen.index), glyph_ids(chosen.path, japanese_face(chosen.path)), strict=True
    ):
        assert own is not None
        assert own != other


def test_a_stand_in_is_not_called_official() -> None:
    file = FOUND.faces["fallback"]

    assert not file.is_official


def test_a_class_without_any_font_is_reported(tmp_path: Path) -> None:
    (tmp_path / "only.otf").symlink_to(FOUND.faces["kaiti"].path)
    found = find_fonts(STYLESHEET, [tmp_path])

    assert set(found.faces) == {"kaiti"}
    assert [role.official for role in found.missing(STYLESHEET)] == ["方正小标宋简体", "仿宋_GB2312", "黑体", "宋体", "宋体"]


def truncated(source: Path, size: int) -> bytes:
    with source.open("rb") as file:
        return file.read(size)


@pytest.mark.parametrize("size", [0, 3, 40, 200, 4000])
@pytest.mark.parametrize("role", ["fangsong", "fallback"])
def test_a_damaged_font_is_passed_over(role: str, size: int, tmp_path: Path) -> None:
    source = FOUND.faces[role].path
    (tmp_path / f"a{source.suffix}").write_bytes(truncated(source, size))
    (tmp_path / "b.ttf").write_bytes(b"no font at all" * 9)
    (tmp_path / "c.otf").symlink_to(FOUND.faces["kaiti"].path)
    (tmp_path / "d.otf").symlink_to(tmp_path / "gone.otf")

    assert set(find_fonts(STYLESHEET, [tmp_path]).faces) == {"kaiti"}


def test_the_clerks_own_folder_comes_before_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own" / "deeper" / "my.OTF"
    own.parent.mkdir(parents=True)
    shutil.copyfile(FOUND.faces["kaiti"].path, own)
    monkeypatch.setenv(FONT_DIR_VARIABLE, str(tmp_path / "own"))

    assert font_folders()[0] == tmp_path / "own"
    assert find_fonts(STYLESHEET).faces["kaiti"].path == own


def test_a_folder_that_is_not_there_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FONT_DIR_VARIABLE, str(tmp_path / "gone"))

    assert all(folder.is_dir() for folder in font_folders())


def renamed(source: Path, target: Path, name: str) -> None:
    """Copy a font under another PostScript name."""
    with TTFont(str(source), lazy=True) as font:
        font["name"].setName(name, 6, 3, 1, 0x409)
        font.save(str(target))


def test_the_official_face_is_taken_before_its_stand_in(tmp_path: Path) -> None:
    source = FOUND.faces["kaiti"].path
    (tmp_path / "a.otf").symlink_to(source)
    renamed(source, tmp_path / "z.otf", "KaiTi_GB2312")

    assert find_fonts(STYLESHEET, [tmp_path]).faces["kaiti"] == FontFile(tmp_path / "z.otf", 0, "KaiTi_GB2312", True)


def test_a_character_that_the_class_lacks_is_drawn_by_the_fallback_face() -> None:
    faces = [glyph.face for glyph in metrics().glyphs("企昇堃", "fangsong", STYLESHEET.body.size)]

    assert faces == ["fangsong", "fallback", "fallback"]


def test_a_character_that_no_font_draws_is_named() -> None:
    assert metrics().undrawable("企业\ue001") == {"\ue001"}
    with pytest.raises(ValueError, match=r"U\+E001"):
        metrics().glyphs("\ue001", "fangsong", STYLESHEET.body.size)
