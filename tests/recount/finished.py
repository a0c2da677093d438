"""Read the finished files of a run back, and hold them against the recount: DOCX, PDF and XLSX alike."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from docgen.issuing import FORMATS, Drafted, Workshop, make_papers
from docgen.layout import Metrics
from docgen.styles import load_stylesheet
from tests.recount.cells import Grid, Value, grids_of, plain
from tests.recount.counted import Counted
from tests.recount.judge import CIRCULAR, LETTER, shown, stated
from tests.recount.told import DOUBT, Told
from tests.whole.finished import docx_words, pdf_pages

Line = dict[str, str]


def make(drafted: Drafted, metrics: Metrics, out: Path) -> None:
    """Make every paper of a run in every format."""
    outcome = make_papers(drafted, out, Workshop(load_stylesheet(), metrics, FORMATS, lambda _: None))
    assert outcome.not_made == ()


def finished_faults(source: Path, out: Path, reading: Counted, told: Told) -> Iterator[str]:
    """Say where a finished file, or the JSON of the input, states anything but the reading."""
    for ending in ("docx", "pdf"):
        for fault in stated(_words(out / f"通报.{ending}"), CIRCULAR, reading.figures, told.json):
            yield f"通报.{ending}，{fault}"
    yield from _annexes(out / "附件", reading)
    for name in told.letters:
        (folder,) = (path for path in (out / "函").iterdir() if plain(path.name).partition(" ")[2] == name)
        letter = reading.letters[name]
        for ending in ("docx", "pdf"):
            for fault in stated(_words(folder / f"函.{ending}"), LETTER, letter.figures, told.letter_json[name]):
                yield f"{name}的函.{ending}，{fault}"
        own = [line for lines in _tables(folder / "问题清单和反馈表.xlsx") for line in lines if "整改结果" not in line]
        for column, wanted in (("问题编号", letter.problems), ("服务记录编号", letter.services)):
            yield from _listed(f"致{name}的清单", [line[column] for line in own if column in line], wanted)
    for name, area in reading.areas.items():
        lines = [line for table in _tables(out / "分地区" / f"{name}.xlsx") for line in table]
        faults = [(line["保单号"], line["情况说明"]) for line in lines if "情况说明" in line]
        units = [line["单位名称"] for line in lines if "单位名称" in line]
        yield from _listed(f"{name}的工作簿", faults, area.faults)
        yield from _listed(f"{name}的工作簿", units, [*area.uninsured, *area.partly_insured])
    yield from _json(source, reading, told)


def _words(path: Path) -> str:
    content = path.read_bytes()
    return docx_words(content) if path.suffix == ".docx" else "".join(pdf_pages(content))


def _json(source: Path, reading: Counted, told: Told) -> Iterator[str]:
    command = [sys.executable, "-m", "docgen", "figures", str(source), "--json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True, cwd=Path(__file__).parents[2])
    try:
        items = {item["名称"]: item for item in _figures_of(json.loads(done.stdout))}
    except json.JSONDecodeError:
        yield f"docgen figures --json 没有给出 JSON：{done.stdout[:200]}{done.stderr[-200:]}"
        return
    for name, value in reading.figures.items():
        if name not in items or items[name]["数值"] != value:
            yield f"docgen figures --json {name}：复核 {value}，docgen {items.get(name, {}).get('数值')}"
        elif shown(name, value, items[name]) != shown(name, value, told.json[name]):
            yield f"docgen figures --json {name} 与正文标的【待核】不同"


def _figures_of(output: object) -> list[dict[str, object]]:
    """The list of figures, whatever stands around it."""
    if isinstance(output, list):
        return output
    assert isinstance(output, dict)
    return next(value for value in output.values() if isinstance(value, list) and value and "数值" in value[0])


def _annexes(folder: Path, reading: Counted) -> Iterator[str]:
    (areas,), (insurers,), uninsured, partly, missing = (
        _tables(next(folder.glob(f"附件{number} *.xlsx"))) for number in range(1, 6)
    )
    for line in areas:
        area = "" if line["属地"] == "" else _written(line["属地"])
        for header in line:
            if header not in ("序号", "属地"):
                value, wanted = int(line[header] or 0), reading.annex1.get((area, header), 0)
                if value != wanted:
                    yield f"附件1.xlsx {area} {header}：复核 {wanted}，文件 {value}"
    for line in insurers:
        wanted_four = reading.annex2[line["保险公司"]]
        found = tuple(Decimal(number) for number in list(line.values())[2:6])
        if found != tuple(map(Decimal, wanted_four)):
            yield f"附件2.xlsx {line['保险公司']}：复核 {wanted_four}，文件 {found}"
    for number, tables, header, wanted_names in (
        (3, uninsured, "单位名称", reading.annex3),
        (4, partly, "单位名称", reading.annex4),
        (5, missing, "保单号", [*reading.annex5, *reading.late]),
    ):
        yield from _listed(f"附件{number}.xlsx", [line[header] for lines in tables for line in lines], wanted_names)


def _written(area: str) -> str:
    """The one area whose name holds full-width brackets, as the annex writes it."""
    return area.replace("(", "（").replace(")", "）")


def _listed(where: str, found: list[object] | list[str], wanted: list[object] | list[str]) -> Iterator[str]:
    if sorted(map(str, found)) != sorted(map(str, wanted)):
        yield f"{where}：复核 {sorted(map(str, wanted))}，文件 {sorted(map(str, found))}"


def _tables(path: Path) -> list[list[Line]]:
    """The tables of a workbook: lines under a head that begins with 序号, by header, without 【待核】."""
    return [table for grid in grids_of(path).values() for table in _tables_of(grid)]


def _tables_of(grid: Grid) -> Iterator[list[Line]]:
    head: list[str] = []
    lines: list[Line] = []
    for row in [*grid, []]:
        texts = [_bare(value) for value in row]
        if texts[:1] == ["序号"] or (head and not (texts[:1] and (texts[0].isdigit() or "合计" in texts[:2]))):
            if head:
                yield lines
            head, lines = texts if texts[:1] == ["序号"] else [], []
        elif head:
            lines.append(dict(zip(head, [*texts, *[""] * len(head)], strict=False)))


def _bare(value: Value) -> str:
    text = plain(value).replace(DOUBT, "").replace("待核", "") if not isinstance(value, Decimal) else str(value)
    return unicodedata.normalize("NFKC", re.sub(r"(?<=\d),(?=\d{3})", "", text)).strip()
