"""What one insurer is sent: its own figures, its own problems, the table it answers in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from docgen.errors import Problem
from docgen.figures.count import (
    LATE,
    differing,
    differing_fees,
    faulty,
    insured_units,
    make_figure,
    not_uploaded,
    sampled,
    standing,
    underinsured,
)
from docgen.figures.doubts import Doubts
from docgen.figures.extract import InsurerExtract
from docgen.figures.fees import fee_share, own_fees, shortfall_table
from docgen.figures.figure import Figure
from docgen.figures.insured import insured_names
from docgen.figures.listing import Listed, list_table
from docgen.figures.portfolio import Portfolio, portfolio
from docgen.figures.reply import reply_table
from docgen.figures.summaries import sampled_by_insurer
from docgen.gongwen import CellKind, Table
from docgen.records import Records
from docgen.settings import Settings

_FAULTS = (
    Listed("问题编号", CellKind.ID, 5, names_row=True),
    Listed("保单号", CellKind.ID, 6),
    Listed("被保险单位", CellKind.TEXT, 7),
    Listed("问题类别", CellKind.TEXT, 6),
    Listed("情况说明", CellKind.TEXT, 9),
    Listed("整改要求", CellKind.TEXT, 7, is_optional=True),
    Listed("整改期限", CellKind.DAY, 6, is_optional=True),
)
_NOT_UPLOADED = (
    Listed("保单号", CellKind.ID, 9, names_row=True),
    Listed("被保险单位", CellKind.TEXT, 12),
    Listed("属地", CellKind.TEXT, 6),
    Listed("保险起期", CellKind.DAY, 6),
    Listed("应上传日期", CellKind.DAY, 6, is_optional=True),
)
_FEES = (
    Listed("服务记录编号", CellKind.ID, 7, names_row=True),
    Listed("保单号", CellKind.ID, 8),
    Listed("服务日期", CellKind.DAY, 6, is_optional=True),
    Listed("服务项目", CellKind.TEXT, 7, is_optional=True),
    Listed("系统填报金额（元）", CellKind.MONEY, 6),
    Listed("核实金额（元）", CellKind.MONEY, 6),
)
_UNDERINSURED = (
    Listed("单位名称", CellKind.TEXT, 13, names_row=True),
    Listed("统一社会信用代码", CellKind.ID, 10),
    Listed("属地", CellKind.TEXT, 6),
    Listed("从业人员数", CellKind.INTEGER, 5),
    Listed("投保人数", CellKind.INTEGER, 5),
)


def insurer_extracts(
    records: Records, settings: Settings, problems: Iterable[Problem] = ()
) -> tuple[InsurerExtract, ...]:
    """Make each insurer's extract, in the order of the sheet 保险公司; figures as the circular names them.

    Withdrawn problems (撤销) are neither counted nor listed. Raises UsageError as `count` does.
    """
    doubts = Doubts(problems)
    policies = portfolio(records, settings)
    faults = standing(records["问题"])
    sheets = {
        "抽查": sampled_by_insurer(records, policies),
        "问题": faults.assign(被保险单位=insured_names(records, faults)),
        **{sheet: records[sheet] for sheet in ("未上传保单", "服务费用核查", "未全员投保")},
    }
    by_insurer = {sheet: _Shared(rows) for sheet, rows in sheets.items()}
    numbers = _policy_numbers(records)
    extracts = []
    for insurer in records["保险公司"].to_dict("records"):
        name = str(insurer["简称"])
        own = {sheet: shared.of(name) for sheet, shared in by_insurer.items()}
        own_policies = policies.only("承保保险公司", name)
        figures = {
            figure.name: figure for figure in _figures(records, own, own_policies, settings, doubts)
        }
        share = fee_share(own_policies.in_force, settings)
        lacking = shortfall_table(share, is_doubtful=bool(figures["服务费差额"].doubts))
        tables = (*_problem_tables(own, settings, doubts), lacking)
        extracts.append(InsurerExtract(
            short_name=name,
            full_name=str(insurer["全称"]),
            addressee=str(insurer["主送名称"] or insurer["全称"]),
            contact=str(insurer["联系人"]),
            phone=str(insurer["联系电话"]),
            figures=figures,
            problem_tables=tuple(table for table in tables if table.rows),
            reply_table=reply_table(own, doubts, lacking),
            policy_numbers=numbers.get(name, frozenset()),
        ))
    return tuple(extracts)


class _Shared:
    """The rows of a sheet, by insurer."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._groups: Mapping[object, pd.DataFrame] = dict(iter(rows.groupby("承保保险公司", sort=False)))
        self._nothing = rows.iloc[:0]

    def of(self, insurer: str) -> pd.DataFrame:
        return self._groups.get(insurer, self._nothing)


def _figures(
    records: Records, own: Mapping[str, pd.DataFrame], policies: Portfolio, settings: Settings, doubts: Doubts
) -> Iterator[Figure]:
    yield insured_units(policies, settings, doubts, name="承保单位数")
    yield sampled(own["抽查"], doubts)
    yield _found(own["问题"], doubts)
    yield _with_own_term(own["问题"], settings, doubts)
    yield from faulty(own["问题"], settings, doubts)
    yield from not_uploaded(own["未上传保单"], doubts)
    yield differing_fees(records, own["服务费用核查"], doubts)
    yield from own_fees(policies, settings, doubts)
    yield underinsured(own["未全员投保"], doubts)


def _found(faults: pd.DataFrame, doubts: Doubts) -> Figure:
    found = doubts.among(faults, ("问题编号", "核实结论"))
    return make_figure("问题数", "个", "问题表中核实结论不是撤销的行数", faults, found)


def _with_own_term(faults: pd.DataFrame, settings: Settings, doubts: Doubts) -> Figure:
    """Count the problems whose 整改期限 is another than the letter's."""
    limits = faults["整改期限"]
    others = limits.notna()
    if settings.mend_by is not None:
        others &= limits != pd.Timestamp(settings.mend_by)
    found = doubts.among(faults, ("问题编号", "核实结论", "整改期限"))
    return make_figure("另定期限问题数", "个", "整改期限与发文设置不同的问题", faults[others], found)


def _problem_tables(
    own: Mapping[str, pd.DataFrame], settings: Settings, doubts: Doubts
) -> Iterator[Table]:
    """List each kind of matter; a 整改期限 that is the letter's own is said there and not in every row."""
    is_common = not _with_own_term(own["问题"], settings, doubts)
    columns = tuple(column for column in _FAULTS if not (is_common and column.header == "整改期限"))
    missing = own["未上传保单"]
    is_late = missing["情形"] == LATE
    yield list_table(own["问题"], columns, doubts, caption="检查发现问题清单")
    yield list_table(missing[~is_late], _NOT_UPLOADED, doubts, caption="未上传系统保单清单")
    yield list_table(missing[is_late], _NOT_UPLOADED, doubts, caption="逾期上传系统保单清单")
    yield list_table(differing(own["服务费用核查"]), _FEES, doubts, caption="事故预防服务费用填报不符清单")
    yield list_table(own["未全员投保"], _UNDERINSURED, doubts, caption="未全员投保单位清单")


def _policy_numbers(records: Records) -> Mapping[str, frozenset[str]]:
    """Name every 保单号 that stands beside an insurer in any sheet."""
    sheets = ("保单", "问题", "未上传保单", "服务费用核查")
    pairs = pd.concat([records[sheet][["承保保险公司", "保单号"]] for sheet in sheets])
    pairs = pairs[pairs["保单号"] != ""]
    return {str(insurer): frozenset(own) for insurer, own in pairs.groupby("承保保险公司")["保单号"]}
