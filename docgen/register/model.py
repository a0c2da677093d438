"""What the register knows: an entry is one 发文字号 with what it was given to. Frozen; no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from docgen.errors import DocgenError, ExitCode
from docgen.gongwen import DocumentNumber


class State(StrEnum):
    """How far a number has come. 作废 keeps the number for ever."""

    RESERVED = "预留号"
    ISSUED = "已印发"
    VOID = "作废"


class Source(StrEnum):
    """Who gave the number: the office, the office in a block, this register, or the paper register before it."""

    OFFICE = "办公室编号"
    BLOCK = "号段"
    OWN = "本系统编号"
    PAPER = "补登"


@dataclass(frozen=True)
class Particulars:
    """What a register says of a paper. Of a joint paper, `signers` and `signed_on` go with `issuers`.

    `signing_date` is the 成文日期, `printing_date` the 印发日期, `publicity` the 公开属性.
    """

    genre: str
    title: str
    issuers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    signed_on: tuple[date, ...] = ()
    signing_date: date | None = None
    printing_date: date | None = None
    copies: int | None = None
    annexes: int = 0
    urgency: str = ""
    secrecy: str = ""
    publicity: str = ""


NOTHING_YET = Particulars("", "")
"""What is known of a number that no paper has."""


@dataclass(frozen=True)
class IssuedFile:
    """A finished file: its path within the run, its SHA-256 in hexadecimal, the one it is for when only one is."""

    path: str
    sha256: str
    recipient: str = ""


@dataclass(frozen=True)
class Wanted:
    """A paper of a run that wants a number; `serial` only where the office has given it."""

    paper: str
    agency_code: str
    year: int
    serial: int | None
    particulars: Particulars


@dataclass(frozen=True)
class Entry:
    """One number of the register. `run` and `paper` are empty for a number that no run holds."""

    number: DocumentNumber
    state: State
    source: Source
    particulars: Particulars
    run: str
    paper: str
    files: tuple[IssuedFile, ...]
    reason: str
    entered_by: str
    entered_at: datetime
    changed_by: str
    changed_at: datetime

    @property
    def is_free(self) -> bool:
        """Whether a paper may take this number: 预留号 that no run holds."""
        return self.state is State.RESERVED and not self.run

    def __str__(self) -> str:
        """Say what stands at the number: “已印发，《关于……的函》，批次 函-1 的 01，2024-12-19 李示例 登记”."""
        held = f"批次 {self.run} 的 {self.paper}" if self.run else ""
        title = f"《{self.particulars.title}》" if self.particulars.title else ""
        entered = f"{self.entered_at:%Y-%m-%d %H:%M} {self.entered_by} 登记"
        return "，".join(part for part in (self.state, title, held, entered) if part)


@dataclass(frozen=True)
class Event:
    """One line of the log: when, who, what was done, and what belongs to it."""

    happened_at: datetime
    who: str
    done: str
    details: str


class RegisterConflict(DocgenError):
    """Numbers that cannot be had or changed so. `conflicts` says each; nothing of the call was done."""

    exit_code = ExitCode.REGISTER

    def __init__(self, conflicts: Sequence[str], remedy: str) -> None:
        told = conflicts[0] if len(conflicts) == 1 else f"有 {len(conflicts)} 处冲突：\n" + "\n".join(
            f"  · {conflict}" for conflict in conflicts
        )
        super().__init__(told, remedy)
        self.conflicts = tuple(conflicts)


class RegisterBusy(DocgenError):
    """Others kept the register for longer than a clerk should wait. Nothing of the call was done."""

    exit_code = ExitCode.REGISTER


class RegisterUnusable(DocgenError):
    """The register cannot be reached, read or written: no right to, a full disk, a server that is down."""

    exit_code = ExitCode.REGISTER
