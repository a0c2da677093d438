"""What holds for every test: Hypothesis sets no time for an example, for a busy machine is no fault of the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("docgen", deadline=None)
settings.load_profile("docgen")
