"""What holds for every test: no register but its own; Hypothesis sets no time for an example, for machines are busy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("docgen", deadline=None)
settings.load_profile("docgen")


@pytest.fixture(autouse=True)
def _no_register_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let no test look into the register of whoever runs it."""
    monkeypatch.setenv("DOCGEN_REGISTER", str(Path(tmp_path_factory.getbasetemp()) / "没有登记簿.db"))
