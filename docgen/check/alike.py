"""Write alike what a font draws by one glyph: a PDF tells of a glyph, not which of its characters was meant.

Text copied from elsewhere holds such characters: radicals for hanzi (⼀ for 一), dots of other scripts, hyphens that
do not break. Once a paper holds both, its PDF gives one of them for either.
"""

from __future__ import annotations

import unicodedata

SOFT_HYPHEN = "\u00ad"
_TWINS = str.maketrans(
    dict.fromkeys("•・‧∙", "·") | dict.fromkeys("‐‑\u00ad", "-") | {"⋯": "…", "‒": "–", "∕": "/", "´": "'"}
)


def alike(text: str) -> str:
    """Give the same for texts that are drawn alike."""
    return unicodedata.normalize("NFKC", text.translate(_TWINS))


def are_drawn_alike(found: str, expected: str) -> bool:
    """Whether what is found may be the expected text; a soft hyphen within a line is not drawn at all."""
    if found == expected:
        return True
    return alike(found) in (alike(expected), alike(expected.replace(SOFT_HYPHEN, "")))
