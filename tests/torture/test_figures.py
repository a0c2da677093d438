"""Every figure that somebody changed in a finished circular is named with what it should be."""

from __future__ import annotations

import random

import pytest

from .figures import Circular, answer, circular_of, unnamed


@pytest.fixture(scope="module")
def circular() -> Circular:
    """The half-year's circular with its annexes."""
    return circular_of()


def test_of_a_circular_as_it_was_made_nothing_is_told(circular: Circular) -> None:
    assert circular.told() == []


def test_all_figures_changed_at_once_are_each_named_with_what_they_should_be(circular: Circular) -> None:
    spots = (*circular.stated, *circular.cells)

    told = circular.told(*spots)

    assert len(circular.stated) >= 30
    assert len(circular.cells) >= 700
    assert sorted(map(answer, told)) == sorted((spot.wrong, spot.right) for spot in spots)


def test_a_single_figure_changed_is_named_and_nothing_else(circular: Circular) -> None:
    choose = random.Random(5)
    spots = [*choose.sample(circular.stated, 4), *choose.sample(circular.cells, 8)]

    assert list(unnamed(circular, spots)) == []
