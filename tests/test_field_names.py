"""The names of fields: each stands for one element, numbered ones and other spellings too."""

from __future__ import annotations

import pytest

from docgen.gongwen.field_names import FIELD_NAMES, element_of_field, field_name


def test_every_element_is_known_again_by_its_field() -> None:
    assert [element_of_field(field_name(element)) for element in FIELD_NAMES] == list(FIELD_NAMES)


def test_a_second_signature_is_numbered() -> None:
    assert field_name("署名", 2) == "fawenjiguanshuming_2"
    assert element_of_field("fawenjiguanshuming_2") == "署名"


@pytest.mark.parametrize(
    ("name", "element"),
    [("fawenjiguanmingcheng_1", "发文机关标志"), ("ChaoSong", "抄送"), (" biaoti ", "标题"), ("title", None), ("", None)],
)
def test_other_spellings_are_known_and_strange_ones_not(name: str, element: str | None) -> None:
    assert element_of_field(name) == element
