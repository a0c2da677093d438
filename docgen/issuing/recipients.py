"""Who the letters go to, as the read-back knows them: names from 保险公司, policies from every sheet of the records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from docgen.check.isolation import Everybody, Leak, Recipient, leaks
from docgen.figures import InsurerExtract
from docgen.intake.names import split_names
from docgen.issuing.run import Counted

_OWN_WORDS = {
    "保单": ("被保险单位",),
    "问题": ("情况说明", "整改要求"),
    "未上传保单": ("被保险单位",),
    "服务费用核查": ("服务项目",),
    "未全员投保": ("单位名称",),
}
"""Where the rows of one insurer may bear another's name: in the name of a unit, in what an inspector wrote."""


class Recipients:
    """All insurers of a run, and the look through what each is sent."""

    def __init__(self, counted: Counted) -> None:
        self._counted = counted

    def leaks(self, extract: InsurerExtract, files: Mapping[str, bytes]) -> tuple[Leak, ...]:
        """Name what is not an insurer's own in its files, and what of its own is missing.

        Another's name may stand there where the insurer's own rows of the records have it.
        """
        own = self._recipients[extract.short_name]
        found = leaks(own, files, self._everybody)
        return found and leaks(own, files, self._everybody, self._own_words(extract.short_name))

    @cached_property
    def _recipients(self) -> dict[str, Recipient]:
        rows = self._counted.records["保险公司"]
        others = dict(zip(rows["简称"], rows["系统内名称"], strict=True))
        return {
            extract.short_name: Recipient(
                extract.short_name,
                extract.full_name,
                extract.addressee,
                tuple(split_names(others[extract.short_name])),
                _listed(extract),
                extract.policy_numbers,
            )
            for extract in self._counted.insurers
        }

    @cached_property
    def _everybody(self) -> Everybody:
        return Everybody(self._recipients.values())

    def _own_words(self, short_name: str) -> set[str]:
        records = self._counted.records
        return {
            str(text)
            for sheet, columns in _OWN_WORDS.items()
            for column in columns
            for text in records[sheet].loc[records[sheet]["承保保险公司"] == short_name, column]
            if text
        }


def _listed(extract: InsurerExtract) -> frozenset[str]:
    """Name the policies in the tables of an insurer's letter."""
    return frozenset(
        str(cell.value)
        for table in extract.problem_tables
        for cells in table.rows
        for cell, column in zip(cells, table.columns, strict=True)
        if column.header == "保单号" and cell.value
    )
