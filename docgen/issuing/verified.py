"""What verifying a run found, as it is told to the clerk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """One thing that is not as it was, or that the clerk should know: where, what was found, what to do."""

    where: str
    found: str
    remedy: str = ""
    is_fault: bool = True

    def __str__(self) -> str:
        remedy = f"处理：{self.remedy}。" if self.remedy else ""
        return f"{self.where}：{self.found}。{remedy}"


def remark(where: str, found: str, remedy: str = "") -> Note:
    """Say what the clerk should know and what is no fault."""
    return Note(where, found, remedy, is_fault=False)


@dataclass(frozen=True)
class Part:
    """One part of the verification: what was looked at, what it came to in words, and what was found.

    `is_read` is False for a file that could not be read.
    """

    name: str
    said: str
    notes: tuple[Note, ...] = ()
    is_read: bool = True


@dataclass(frozen=True)
class Verified:
    """A run as it was found: its id and state in words, and each part."""

    batch: str
    state: str
    parts: tuple[Part, ...]

    @property
    def faults(self) -> int:
        """How many things are not as they were."""
        return sum(note.is_fault for part in self.parts for note in part.notes)

    @property
    def remarks(self) -> int:
        """How many things are only remarked."""
        return sum(not note.is_fault for part in self.parts for note in part.notes)

    @property
    def is_read(self) -> bool:
        """Whether every file that was named could be read."""
        return all(part.is_read for part in self.parts)
