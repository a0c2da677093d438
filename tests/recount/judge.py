"""Hold what docgen tells against the recount: every figure followed wherever it is stated, or doubted aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tests.recount.cells import plain
from tests.recount.counted import Counted, Letter, Outcome, differences
from tests.recount.mutations import Change
from tests.recount.told import COUNTED_THINGS, DOUBT, Item, Told
from tests.recount.values import in_ten_thousands

FEW_PEOPLE = 10_000
"""Up to here people are written out: 1307人."""

CIRCULAR = {
    "投保单位数": "全市有{}生产经营单位投保安责险",
    "承保保险公司数": "由{}保险公司承保",
    "保障从业人员数": "覆盖从业人员{}。",
    "抽查保单数": "本次抽查保单{}，",
    "问题保单数": "查出问题保单{}",
    "未规范使用方案保单数": "{}保单未规范执行",
    "未约定预防服务保单数": "{}保单没有明确约定事故预防服务",
    "保额人数不符保单数": "{}保单的保额与企业投保人数不一致",
    "录入不规范保单数": "{}保单录入的数据不规范",
    "未上传保单数": "{}已承保保单没有上传系统",
    "逾期上传保单数": "{}保单逾期上传",
    "服务费用不符记录数": "填报的服务费用数据(?:共)?有{}与核实情况不符",
    "服务费不足保险公司数": "{}保险公司的事故预防服务费占保费的比例低于",
    "应保未保单位数": "{}单位应保未保",
    "未全员投保单位数": "{}单位未做到全员投保",
}
LETTER = {
    "承保单位数": "承保我市重点行业领域生产经营单位{}。",
    "抽查保单数": "抽查贵公司保单{}，",
    "问题保单数": "问题保单{}",
    "未规范使用方案保单数": "{}保单未规范使用保险方案及费率机制",
    "未约定预防服务保单数": "{}保单没有明确约定事故预防服务",
    "保额人数不符保单数": "{}保单的保额与企业投保人数不一致",
    "录入不规范保单数": "{}保单录入的数据不规范",
    "未上传保单数": "{}已承保保单没有上传系统",
    "逾期上传保单数": "{}保单超过规定时限上传",
    "服务费用不符记录数": "{}服务记录填报的金额与核实的金额不一致",
    "未全员投保单位数": "由贵公司承保的{}单位没有按实际从业人数投保",
    "问题数": "记录的问题共{}，",
}
"""Where a paper states each figure; what is zero is not stated at all."""


def faults(change: Change, told: Told, outcome: Outcome, original: Outcome | None = None) -> Iterator[str]:
    """Everything in which docgen neither follows a change nor says so."""
    if told.is_barred:
        if change.is_harmless:
            barred = next(problem for problem in told.problems if problem.severity.value == "阻断")
            yield f"阻断了人人能读懂的数据：{barred}"
        return
    if outcome.bars:
        yield f"该阻断而没有：{'；'.join(outcome.bars)}"
        return
    for remark in outcome.remarks:
        said = told.said(notices=remark.is_notice)
        if not any((row.file, row.sheet, row.number) in said for row in remark.rows):
            yield f"该说而没有说：{remark}"
    if change.is_harmless and original is not None and len(original.readings) == len(outcome.readings) == 1:
        for line in differences(original.readings[0], outcome.readings[0]):
            yield f"复核自己没有认出数据未变：{line}"
    found = [list(differences(reading, told.counted)) for reading in outcome.readings]
    nearest = min(found, key=len)
    yield from nearest
    if not nearest:
        reading = outcome.readings[found.index(nearest)]
        yield from _unmarked(outcome.readings, told)
        yield from _circular(reading, told)
        yield from _letters(reading, told)
        yield from _shares(reading, told, outcome.fee_share)


def _unmarked(readings: Sequence[Counted], told: Told) -> Iterator[str]:
    """A figure that two readings give differently is marked 【待核】, here, in its letter and in its annex."""
    items = [(told.json, [reading.figures for reading in readings])]
    parts = {part["名称"]: part for part in told.json["分行业投保单位数"]["分项"]}
    items.append((parts, [reading.industries for reading in readings]))
    for insurer, own in told.letter_json.items():
        items.append((own, [r.letters[insurer].figures if insurer in r.letters else {} for r in readings]))
    for stated, counts in items:
        for name, item in stated.items():
            values = {count.get(name, 0) for count in counts}
            if len(values) > 1 and not item["待核"]:
                yield f"{name} 没有标【待核】：各种读法为 {sorted(values)}"
    for name, cells in told.annex2.items():
        own_counts = [reading.annex2.get(name, (0,) * 4) for reading in readings]
        for at, (values, is_doubtful) in enumerate(zip(map(set, zip(*own_counts, strict=True)), cells, strict=True)):
            if len(values) > 1 and not is_doubtful:
                yield f"附件2 {name} 第{at + 3}列没有标【待核】：各种读法为 {sorted(values)}"


def shown(name: str, value: int, item: Item) -> str:
    """A figure as the papers must write it."""
    is_in_wan = name == "保障从业人员数" and value >= FEW_PEOPLE
    written = f"{in_ten_thousands(value)}人" if is_in_wan else f"{value}{item['单位']}"
    return bare(written + (DOUBT if item["待核"] else ""))


def bare(written: str) -> str:
    """A number without the zeros that it may end in: 13.1万 as well as 13.10万."""
    return re.sub(r"(\.\d*?)0+(?=万)", r"\1", written).replace(".万", "万")


def stated(
    text: str, phrases: Mapping[str, str], values: Mapping[str, int], items: Mapping[str, Item]
) -> Iterator[str]:
    for name, phrase in phrases.items():
        pattern = phrase.replace("{}", f"({COUNTED_THINGS.pattern})")
        found = {bare(match[1]) for match in re.finditer(pattern, text)}
        wanted = {shown(name, values[name], items[name])} if values.get(name) else set()
        if found != wanted:
            yield f"正文 {name}：复核 {wanted or '不出现'}，docgen {found or '不出现'}"


def _circular(reading: Counted, told: Told) -> Iterator[str]:
    yield from stated(told.circular, CIRCULAR, reading.figures, told.json)
    wanted = {shown(name, value, told.json[name]) for name, value in reading.figures.items()}
    wanted.add(f"{len(reading.services_by_insurer)}家")
    for part in told.json["分行业投保单位数"]["分项"]:
        written = shown("", part["数值"], part)
        wanted.add(written)
        if part["数值"] and not re.search(rf"[、中]{part['名称']}{written}(?=[、；])", told.circular):
            yield f"正文没有“{part['名称']}{written}”"
    for name in ("服务费用不符记录数", "其他类别保单数"):
        wanted |= {shown("", part["数值"], part) for part in told.json[name]["分项"]}
    for found in COUNTED_THINGS.findall(told.circular):
        if bare(found) not in wanted:
            yield f"正文写有“{found}”，复核没有这个数"
    for name, item in told.json.items():
        if name in reading.figures and bare(item["写作"]) != shown(name, reading.figures[name], item):
            yield f"JSON {name}：复核写作“{shown(name, reading.figures[name], item)}”，docgen“{item['写作']}”"


def _letters(reading: Counted, told: Told) -> Iterator[str]:
    due = {name for name, letter in reading.letters.items() if letter}
    if due != set(told.letters):
        yield f"该发函的：复核 {sorted(due)}，docgen {sorted(told.letters)}"
    for name in due & set(told.letters):
        letter = reading.letters[name]
        for fault in stated(told.letters[name], LETTER, letter.figures, told.letter_json[name]):
            yield f"致{name}的函，{fault}"
        yield from _money_stated(letter, told.letters[name])


def _money_stated(letter: Letter, text: str) -> Iterator[str]:
    written = [Decimal(number) for number in re.findall(r"(\d+(?:\.\d+)?)元", text.replace(",", ""))]
    wanted = []
    if letter.fee_short:
        wanted = [Decimal(letter.figures[name]) / 100 for name in ("保费合计", "服务费合计")] + [letter.fee_short]
    if sorted(written) != sorted(wanted):
        yield f"函里的金额：复核 {wanted}，docgen {written}"


def _shares(reading: Counted, told: Told, rule: Decimal) -> Iterator[str]:
    """Annex 2's shares are cut to 0.1%, and marked exactly where they fall short of the rule."""
    table = next(table for table in told.tables if any(column.header == "占保费比例" for column in table.columns))
    at = [column.header for column in table.columns].index("占保费比例")
    for row in [*table.rows, table.total]:
        name = plain(str(row[1].value))
        _, _, premium, fee = reading.annex2[name]
        share = row[at].value
        if premium and not (isinstance(share, Decimal) and share <= fee / premium < share + Decimal("0.001")):
            yield f"附件2 {name} 占保费比例：复核 {fee / premium:.5f}，docgen {share}"
        short = fee < premium * rule and bool(fee or name == "合计")
        if bool(row[at].mark) != short:
            yield f"附件2 {name} 低于规定的标记：复核 {short}，docgen “{row[at].mark}”"
