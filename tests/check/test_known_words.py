"""Known words are found whole: tokens by their own ends and over lines, names by the longest at each place."""

from __future__ import annotations

import pytest

from docgen.check.known_words import KnownWords, folded_name, folded_number


def tokens(lines: tuple[str, ...], *known: str) -> list[str]:
    words = KnownWords((folded_number(word), "甲") for word in known)
    return [span.word for span in words.tokens(lines)]


def names(text: str, *known: str) -> list[str]:
    words = KnownWords((folded_name(word), "甲") for word in known)
    return [span.word for span in words.names((text,))]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("P-10",), []),
        (("AP-1",), []),
        (("P-1号",), ["P-1"]),
        (("（P-1）",), ["P-1"]),
        (("P", "-1"), ["P-1"]),
        (("P-1", "P-2"), ["P-1", "P-2"]),
        (("P-1/P-2",), ["P-1", "P-2"]),
        (("P-", "1/P-", "2"), ["P-1", "P-2"]),
        (("P-1", "0"), ["P-1"]),
        (("P-1", "23"), ["P-123"]),
        (("ｐ－１",), ["P-1"]),
        (("P-\u200b1",), ["P-1"]),
        (("P\u00ad1、P‑2",), ["P-1", "P-2"]),
        (("P 1",), []),
        (("甲安2024第3号",), ["甲安 2024 第3号"]),
        (("甲安 2024", "第3号"), ["甲安 2024 第3号"]),
        (("AB12CD34",), []),
        (("B 1 2C",), []),
        (("附B 1 2。",), ["B 1 2"]),
    ],
)  # fmt: skip
def test_a_number_is_found_whole(lines: tuple[str, ...], found: list[str]) -> None:
    assert tokens(lines, "P-1", "P-2", "P-123", "甲安 2024 第3号", "B 1 2") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("太初洋财险", ["太初洋财险"]),
        ("太初财险", ["太初"]),
        ("国泰太初洋财险", ["太初洋财险"]),
        ("太初，太初洋财险", ["太初", "太初洋财险"]),
        ("太 初", ["太初"]),
        ("⼀・初", ["一·初"]),
        ("太", []),
    ],
)
def test_the_longest_name_counts(text: str, found: list[str]) -> None:
    assert names(text, "太初", "太初洋财险", "国泰太初", "太", "一·初") == found
