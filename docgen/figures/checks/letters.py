"""Hold the insurers' letters against the circular and against their own tables. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import pandas as pd

from docgen.errors import Place
from docgen.figures.checks.check import ANNEXES, LETTERS, Evidence, Finding, check
from docgen.figures.checks.sums import DIFFER, Pair, cell_of, contradiction, rows_apart, unequal
from docgen.figures.count import KIND_FIGURES, LATE, OTHER_KINDS, differing, standing
from docgen.figures.extract import InsurerExtract
from docgen.figures.fees import FEE, PREMIUM
from docgen.figures.listing import yuan
from docgen.figures.summaries import sampled_by_insurer
from docgen.records import SourceRows

_LISTS = {
    "检查发现问题清单": "问题数",
    "未上传系统保单清单": "未上传保单数",
    "逾期上传系统保单清单": "逾期上传保单数",
    "事故预防服务费用填报不符清单": "服务费用不符记录数",
    "未全员投保单位清单": "未全员投保单位数",
}
"""The captions of a letter's tables, and the figure of the letter that says how many rows each has."""
_SHORTFALL = "事故预防服务费提取不足情况"


class _Counted(NamedTuple):
    """What a figure of the circular counts: rows with their insurer, and the column that names each once."""

    rows: pd.DataFrame
    key: str


@check(
    "各函相加等于通报",
    rule="各家保险公司函里的数相加，减去几家公司共有而重复计的，加上不属于任何一家的，就是通报的数",
    source="figures.md 一函的内容（本公司的问题、未上传保单、服务费用不符、未全员投保）",
    code=DIFFER,
    needs=(LETTERS,),
)
def letters_add_up_to_the_circular(evidence: Evidence) -> Iterator[Finding]:
    """Add up each figure over the letters and account for what co-insurers share and for what nobody has."""
    insurers, known = evidence.insurers, set(evidence.records["保险公司"]["简称"])
    for name, counted in _counted(evidence).items():
        of_letters = "承保单位数" if name == "投保单位数" else name
        figures = [extract.figures[of_letters] for extract in insurers]
        added = sum(figure.value for figure in figures)
        shared, nobodys = _overlap(counted, known)
        figure = evidence.figures.get(name)
        value = figure.value if figure is not None else len(counted.rows)
        if added - shared + nobodys == value:
            continue
        stated = figure.rows if figure is not None else SourceRows(counted.rows)
        found = f"通报的{name}为{value}，而各函“{of_letters}”相加为{added}"
        found += f"，其中几家公司重复计{shared}" if shared else ""
        found += f"，另有不属于任何一家的{nobodys}" if nobodys else ""
        related = rows_apart(stated, [row for own in figures for row in own.rows])
        yield contradiction(Place(sheet="函", column=of_letters), found, "相加减重复计的，等于通报的数", related)


@check(
    "各函的保费和服务费相加等于附件2",
    rule="各函的保费合计、服务费合计相加，就是附件2的合计；有差额的公司数，就是服务费不足保险公司数",
    source="苏应急〔2024〕132号三（二）",
    code=DIFFER,
    needs=(LETTERS, ANNEXES),
)
def money_of_the_letters_is_that_of_annex_2(evidence: Evidence) -> Iterator[Finding]:
    """Add up the money over the letters; nothing is said while annex 2 lists an insurer that is not known."""
    table = evidence.annexes[1].tables[0]
    listed = {cell_of(table, row, "保险公司").value for row in table.rows}
    extracts = evidence.insurers
    if listed <= set(evidence.records["保险公司"]["简称"]):
        yield from unequal(
            Pair(
                f"附件2合计行“{header}”", cell_of(table, table.total, header).value,  # type: ignore[arg-type]
                f"各函“{name}”相加", yuan(sum(extract.figures[name].value for extract in extracts)),
                Place(sheet="函", column=name),
            )
            for header, name in ((PREMIUM, "保费合计"), (FEE, "服务费合计"))
        )
        short = evidence.figures["服务费不足保险公司数"]
        lacking = sum(extract.figures["服务费差额"].value > 0 for extract in extracts)
        where = Place(sheet="函", column="服务费差额")
        yield from unequal([Pair(short.name, short.value, "有服务费差额的函数", lacking, where)])


@check(
    "函的清单与函的数一致",
    rule="每封函的各张清单，行数就是函里的数；反馈表一行答一行清单",
    source="figures.md 一函的内容",
    code=DIFFER,
    needs=(LETTERS,),
)
def tables_of_a_letter_have_as_many_rows_as_it_says(evidence: Evidence) -> Iterator[Finding]:
    """Hold each letter's tables and its reply form to its figures."""
    for extract in evidence.insurers:
        yield from unequal(_lengths(extract))


def _lengths(extract: InsurerExtract) -> Iterator[Pair]:
    rows = {table.caption: len(table.rows) for table in extract.problem_tables}
    for caption, name in _LISTS.items():
        value, shown = extract.figures[name].value, rows.get(caption, 0)
        where = Place(sheet=f"函：{extract.short_name}", column=name)
        yield Pair(f"{extract.short_name}函的{name}", value, f"“{caption}”的行数", shown, where)
    due = sum(extract.figures[name].value for name in _LISTS.values()) + rows.get(_SHORTFALL, 0)
    where = Place(sheet=f"函：{extract.short_name}", column="整改情况反馈表")
    yield Pair(f"{extract.short_name}函各清单的行数之和", due, "反馈表的行数", len(extract.reply_table.rows), where)


def _counted(evidence: Evidence) -> dict[str, _Counted]:
    """Say of each figure what it counts, by the definitions of figures.md, with the insurer beside each row."""
    records, settings = evidence.records, evidence.settings
    faults = standing(records["问题"])
    on_policies = faults[faults["保单号"] != ""]
    kinds = {name: (kind,) for kind, name in KIND_FIGURES.items() if kind in settings.kinds}
    others = tuple(kind for kind in settings.kinds if kind not in KIND_FIGURES)
    of_kinds = {"问题保单数": settings.faulty_kinds, **kinds, OTHER_KINDS: others}
    return {
        "投保单位数": _Counted(evidence.policies.counted, "_unit"),
        "抽查保单数": _Counted(sampled_by_insurer(records, evidence.policies), "保单号"),
        "问题数": _Counted(faults, ""),
        **{
            name: _Counted(on_policies[on_policies["问题类别"].isin(chosen)], "保单号")
            for name, chosen in of_kinds.items()
        },
        "未全员投保单位数": _Counted(records["未全员投保"], ""),
        **_of_lists(evidence),
    }


def _of_lists(evidence: Evidence) -> dict[str, _Counted]:
    missing, fees = evidence.records["未上传保单"], evidence.records["服务费用核查"]
    is_late = missing["情形"] == LATE
    return {
        "未上传保单数": _Counted(missing[~is_late], ""),
        "逾期上传保单数": _Counted(missing[is_late], ""),
        "服务费用不符记录数": _Counted(differing(fees), ""),
    }


def _overlap(counted: _Counted, insurers: Collection[str]) -> tuple[int, int]:
    """Count what several insurers have in common, above the first, and what none of these insurers has."""
    rows, key = counted
    own = rows[rows["承保保险公司"].isin(insurers)]
    if not key:
        return 0, len(rows) - len(own)
    distinct = own[key].nunique()
    pairs = len(own[[key, "承保保险公司"]].drop_duplicates())
    return pairs - distinct, rows[key].nunique() - distinct
