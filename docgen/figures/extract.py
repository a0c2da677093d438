"""What one recipient is sent: an annex with its table, one insurer's own problems, one area's own rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.figures.figure import Figure
from docgen.gongwen import Table


@dataclass(frozen=True)
class AnnexTable:
    """One annex of the circular: its title and its tables; of several, each has its caption."""

    title: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class InsurerExtract:
    """One insurer's own figures and rows, and nobody else's.

    `problem_tables` hold, each only when it has rows and with its caption, the insurer's 问题, 未上传保单,
    服务费用核查 that differ, 未全员投保, and the prevention fee where it is below the rule; `reply_table` is the
    整改情况反馈表, keyed by 问题编号.
    """

    short_name: str
    full_name: str
    addressee: str
    contact: str
    phone: str
    figures: Mapping[str, Figure]
    problem_tables: tuple[Table, ...]
    reply_table: Table
    policy_numbers: frozenset[str]

    @property
    def has_problems(self) -> bool:
        """Whether there is anything to send a letter about."""
        return bool(self.problem_tables)


@dataclass(frozen=True)
class AreaExtract:
    """One area's rows of annexes 3 and 4 and its problem policies, each table with its caption."""

    area: str
    tables: tuple[Table, ...]
