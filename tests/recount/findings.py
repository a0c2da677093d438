"""What was found: problems, policies not uploaded, service records, units uninsured or insured in part."""

from __future__ import annotations

from collections import defaultdict

from tests.recount.cells import Row
from tests.recount.counted import Area, Counted, Letter
from tests.recount.reader import UNKNOWN, Reader
from tests.recount.values import amount, heads

FIGURE_OF_KIND = {
    "未规范使用保险方案及费率机制": "未规范使用方案保单数",
    "未明确约定事故预防服务": "未约定预防服务保单数",
    "保额与投保企业人数不匹配": "保额人数不符保单数",
    "数据录入不规范": "录入不规范保单数",
}
OTHER_KINDS = "其他类别保单数"


def count_findings(reader: Reader, out: Counted, leading: list[tuple[Row, str]], current: list[Row]) -> None:
    """Count the inspectors' and the areas' sheets; every insurer and area has its own part of them."""
    sampled = {row.text("保单号") for row in reader.rows("抽查")} - {""}
    out.figures["抽查保单数"] = len(sampled)
    _problems(reader, out, sampled)
    _not_uploaded(reader, out)
    _services(reader, out)
    _reported(reader, out, {unit for _, unit in leading})
    for name in out.letters:
        own = {row.text("保单号") for row in reader.rows("保单") if _is_own(reader, row, name)}
        out.letters[name].figures["抽查保单数"] = len(sampled & own)
    for letter in out.letters.values():
        letter.figures |= {
            "问题数": len(letter.problems),
            "未上传保单数": len(letter.not_uploaded),
            "逾期上传保单数": len(letter.late),
            "服务费用不符记录数": len(letter.services),
            "未全员投保单位数": len(letter.partly_insured),
        }


def _is_own(reader: Reader, row: Row, insurer: str) -> bool:
    return reader.insurer(row) == insurer and row.text("共保角色") != "从共"


def _letter(reader: Reader, out: Counted, row: Row) -> Letter:
    insurer = reader.insurer(row)
    if insurer == UNKNOWN:
        reader.bars.append(f"保险公司认不出：{row.file} {row.sheet} 第{row.number}行")
    return out.letter(insurer)


def _area(reader: Reader, out: Counted, name: str) -> Area:
    return out.areas.setdefault(name, Area()) if name else Area()


def _problems(reader: Reader, out: Counted, sampled: set[str]) -> None:
    standing = []
    for row in reader.rows("问题"):
        verdict = row.text("核实结论") or "属实"
        if verdict not in ("属实", "部分属实", "撤销"):
            verdict = reader.ask("核实结论认不出", [row], ("属实", "撤销"))
        if verdict != "撤销":
            standing.append(row)
    of_kind: dict[str, set[str]] = defaultdict(set)
    of_insurer: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in reader.once("问题编号", standing):
        policy, kind = row.text("保单号"), reader.kinds.get(row.text("问题类别"), "")
        if not kind:
            kind = reader.ask("问题类别认不出", [row], ("", *reader.rules.kinds))
        letter = _letter(reader, out, row)
        letter.problems.append(row.text("问题编号"))
        if policy:
            of_kind[kind].add(policy)
            of_insurer[reader.insurer(row), kind].add(policy)
            if policy not in sampled:
                reader.remark("问题保单没有抽查", [row])
            for area in _areas_of(reader, row):
                _area(reader, out, area).faults.append((policy, row.text("情况说明")))
    out.figures |= _of_kinds(reader, of_kind)
    for name, letter in out.letters.items():
        letter.figures |= _of_kinds(reader, {kind: of_insurer[name, kind] for kind in [*reader.rules.kinds, ""]})


def _of_kinds(reader: Reader, policies: dict[str, set[str]]) -> dict[str, int]:
    """问题保单数, the kinds that have a figure of their own, and the other kinds of the settings together."""
    counting = [policies.get(kind, set()) for kind in reader.rules.counting_kinds]
    others = [found for kind, found in policies.items() if kind and kind not in FIGURE_OF_KIND]
    figures = {figure: len(policies.get(kind, ())) for kind, figure in FIGURE_OF_KIND.items()}
    return figures | {"问题保单数": len(set().union(*counting)), OTHER_KINDS: len(set().union(*others))}


def _areas_of(reader: Reader, problem: Row) -> list[str]:
    """The areas where the policy, by number and insurer, insures a unit."""
    rows = reader.by_policy[problem.text("保单号")]
    if not rows:
        reader.remark("问题保单不在保单表", [problem])
    own = [row for row in rows if reader.insurer(row) == reader.insurer(problem)]
    if rows and not own:
        own = reader.ask("问题的保险公司与保单不同", [problem, *rows], ([], rows))
    return sorted({reader.area(row) for row in own} - {""})


def _not_uploaded(reader: Reader, out: Counted) -> None:
    for row in reader.once("保单号 被保险单位", reader.rows("未上传保单")):
        state, number = row.text("情形"), row.text("保单号")
        letter = _letter(reader, out, row)
        if not state and (row.file, row.sheet, "情形") not in reader.columns:
            state = "未上传"  # the sheet may lack the column: its rows are what its name says
        if state not in ("未上传", "逾期上传"):
            state = reader.ask("情形认不出", [row], ("未上传", "逾期上传", ""))
        if state == "未上传":
            out.annex5.append(number)
            letter.not_uploaded.append(number)
        elif state == "逾期上传":
            out.late.append(number)
            letter.late.append(number)
    out.figures |= {"未上传保单数": len(out.annex5), "逾期上传保单数": len(out.late)}


def _services(reader: Reader, out: Counted) -> None:
    wrong: dict[str, int] = defaultdict(int)
    for row in reader.once("服务记录编号", reader.rows("服务费用核查")):
        stated, verified = amount(row["系统填报金额（元）"]), amount(row["核实金额（元）"])
        differs = stated != verified
        if stated is None or verified is None:
            differs = reader.ask("金额认不出", [row], (False, True))
        if differs:
            _letter(reader, out, row).services.append(row.text("服务记录编号"))
            wrong[reader.insurer(row)] += 1
        elif reader.insurer(row) == UNKNOWN:
            reader.remark("保险公司认不出", [row])
    out.services_by_insurer = dict(wrong)
    out.figures["服务费用不符记录数"] = sum(wrong.values())


def _reported(reader: Reader, out: Counted, insured: set[str]) -> None:
    for row in reader.once("统一社会信用代码", reader.rows("应保未保")):
        out.annex3.append(row.text("单位名称"))
        _area(reader, out, reader.area(row)).uninsured.append(row.text("单位名称"))
        if row.text("统一社会信用代码") in insured - {""}:
            reader.remark("在保又应保未保", [row])
    for row in reader.once("统一社会信用代码", reader.rows("未全员投保")):
        employed, covered = heads(row["从业人员数"]), heads(row["投保人数"])
        is_plain = employed is not None and covered is not None and covered < employed
        if not is_plain and not reader.ask("投保人数不少于从业人员数", [row], (True, False)):
            continue
        out.annex4.append(row.text("单位名称"))
        _area(reader, out, reader.area(row)).partly_insured.append(row.text("单位名称"))
        _letter(reader, out, row).partly_insured.append(row.text("统一社会信用代码"))
    out.figures |= {"应保未保单位数": len(out.annex3), "未全员投保单位数": len(out.annex4)}
