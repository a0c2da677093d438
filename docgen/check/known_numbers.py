"""What a register says of its numbers, as plain data for the checker; who keeps the register gives it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownNumber:
    """One 发文字号: the title it was given to ("" for none yet), how far it has come, and its finished files.

    `is_void` is 作废, with its reason; `is_issued` is 已印发, with the SHA-256 of each file that went out.
    """

    title: str
    is_issued: bool = False
    is_void: bool = False
    reason: str = ""
    sha256: frozenset[str] = frozenset()


KnownNumbers = Mapping[str, KnownNumber]
"""Every number of a register as it is written: 苏应急〔2024〕132号."""
