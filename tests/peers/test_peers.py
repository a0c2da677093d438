"""The faults of circulars that other makers made are found by the rules they break."""

from __future__ import annotations

import pytest

from tests.peers.peers import FAULTS, MADE, not_found


@pytest.mark.parametrize("name", FAULTS)
def test_the_faults_of_another_makers_circular_are_found(name: str) -> None:
    assert not_found(name, (MADE / f"{name}.docx").read_bytes()) == []
