"""The manifest (数据来源): what the papers of one run state, and the rows behind it, as JSON beside the papers.

One file for each kind of paper, replaced with its papers: 通报数据来源.json, 函数据来源.json, 附件数据来源.json. The
letters go out weeks before the circular, from data that was not yet the circular's: neither run may wipe what the
other wrote. It stands above 函/, never in a folder that an insurer is sent: it names everybody's rows.
Deterministic: no clock and no path; the same input gives the same bytes.

    格式      1, this layout                       docgen    the version that wrote it
    公文      通报, 函 or 附件                      输入      [{文件, 字节, sha256}] as read
    发文信息  {项目: 内容} as used                  问题      {阻断, 待核, 提示}: how many
    来源      [[文件, 工作表]]: the sources         行集      [rows, as `rowsets` writes them]
    数        [figure]: 名称, 数值, 单位, 写作, 口径, 待核, 行数, 行集 (its place in 行集), 分项 [figure]
    公司      [{简称, 全称, 数, 问题编号: [[问题编号, 保单号, 问题类别, 问题小类]]}], one for each letter
    文        [paper]: 名称, 公司, 模板, 页数, 文件 {path below the folder: sha256}, 段落, 表
      段落    [{元素, 页: [[page, first character on it]], 行: template line, 文, 数: [[from, to, name, aspect]]}]
      表      [{附件, 题, 表题, 页: [[page, first row on it]], 列, 行: [[text]], 行据: [row set], 列据: {列: row set}}]

A name in 数 is a figure's (of a letter: the insurer's own), its part's (分行业投保单位数/医药), or a setting's
(发文信息/整改期限); the aspect is 数, 项数 or 分项合计 when the value itself is not what stands there. Of a table, a
row's own rows are its 行据; where the column has 列据, a cell was made from the rows that are in both. The last row
is the 合计 row where the table has one. 页 is empty when nothing was composed (workbooks only).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from docgen import __version__
from docgen.errors import Severity
from docgen.figures import Figure, InsurerExtract, shown
from docgen.figures.origins import Origins, summary_origins
from docgen.gongwen import Annex, Table
from docgen.issuing.rowsets import RowSets
from docgen.issuing.run import Counted, Drafted, Letter, Paper
from docgen.layout import PlacedText, Places
from docgen.layout.table import row_texts
from docgen.records import Records, SourceRow
from docgen.settings import Settings

FORMAT = 1
MANIFESTS = {
    Paper.CIRCULAR: "通报数据来源.json",
    Paper.LETTERS: "函数据来源.json",
    Paper.ANNEXES: "附件数据来源.json",
}
_ONE_BY_ONE = frozenset(
    {"行集", "数", "公司", "文", "输入", "来源", "段落", "表", "文号", "放行", "字体", "全部文件"}
)
"""Lists whose items are written on lines of their own."""


@dataclass(frozen=True)
class Account:
    """What one paper is made of: its files, where its text stands, and whose it is (“” for everybody's).

    `annexes` are its tables where nothing was composed; `template` is the one that its text was drafted from.
    """

    name: str
    files: Mapping[str, bytes]
    template: str = ""
    places: Places | None = None
    annexes: Sequence[Annex] = ()
    letter: Letter | None = None

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of each file, by its path."""
        return {path: hashlib.sha256(content).hexdigest() for path, content in self.files.items()}


def manifest(kind: Paper, drafted: Drafted, accounts: Iterable[Account]) -> bytes:
    """Write the manifest of one kind of paper of a run."""
    return written(content_of(kind, drafted, accounts))


def content_of(kind: Paper, drafted: Drafted, accounts: Iterable[Account], below: str = "") -> dict[str, object]:
    """Give what a manifest says, as plain data; the papers' files lie in the folder `below` that of the manifest."""
    counted = drafted.counted
    writer = _Writer(counted, below)
    papers = [writer.paper(account) for account in accounts]
    extracts = [letter.extract for letter in drafted.letters] if kind is Paper.LETTERS else []
    content: dict[str, object] = {
        "格式": FORMAT,
        "docgen": __version__,
        "公文": name_of(kind),
        "输入": [{"文件": file.name, "字节": file.size, "sha256": file.sha256} for file in counted.inputs],
        "发文信息": settings_data(counted.settings),
        "问题": {
            severity.value: sum(problem.severity is severity for problem in drafted.problems)
            for severity in Severity
        },
        "数": writer.figures(counted.figures.values()),
        "公司": [writer.insurer(extract) for extract in extracts],
        "文": papers,
    }
    content["来源"], content["行集"] = writer.row_sets.sources, writer.row_sets.sets
    return content


def name_of(kind: Paper) -> str:
    """Name a kind of paper: 通报, 函 or 附件."""
    return MANIFESTS[kind].removesuffix("数据来源.json")


def stated(counted: Counted, account: Account) -> dict[str, object]:
    """Give what one paper of a run says and on which pages, as its manifest has it."""
    return _Writer(counted).paper(account)


def written(content: Mapping[str, object]) -> bytes:
    """Write a manifest's content; the same content gives the same bytes."""
    return ("\n".join(_lines(content)) + "\n").encode()


def settings_data(settings: Settings) -> dict[str, object]:
    """Give the settings by their item names, as plain data."""
    return {item.metadata["item"]: _plain(getattr(settings, item.name)) for item in fields(settings)}


@dataclass
class _Writer:
    """Turns figures, texts and tables into plain data; their rows go into `row_sets`."""

    counted: Counted
    below: str = ""
    row_sets: RowSets = field(default_factory=RowSets)

    def figures(self, figures: Iterable[Figure]) -> list[dict[str, object]]:
        return [
            {
                "名称": figure.name,
                "数值": figure.value,
                "单位": figure.unit,
                "写作": shown(figure),
                "口径": figure.how,
                "待核": [str(doubt) for doubt in figure.doubts],
                "行数": len(figure.rows),
                "行集": self.row_sets.number(figure.rows),
                "分项": self.figures(figure.parts),
            }
            for figure in figures
        ]

    def insurer(self, extract: InsurerExtract) -> dict[str, object]:
        return {
            "简称": extract.short_name,
            "全称": extract.full_name,
            "数": self.figures(extract.figures.values()),
            "问题编号": _problem_numbers(self.counted.records, extract),
        }

    def paper(self, account: Account) -> dict[str, object]:
        places = account.places
        return {
            "名称": account.name,
            "公司": account.letter.extract.short_name if account.letter else "",
            "模板": account.template,
            "页数": places.pages if places else None,
            "文件": {f"{self.below}{path}": digest for path, digest in account.hashes.items()},
            "段落": [_text(text) for text in places.texts] if places else [],
            "表": list(self._tables(account)),
        }

    def _tables(self, account: Account) -> Iterator[dict[str, object]]:
        starts = iter(placed.starts for placed in account.places.tables) if account.places else None
        summaries = self._summaries() if account.annexes and account.letter is None else {}
        for annex in account.annexes:
            for table in annex.blocks:
                if isinstance(table, Table):
                    yield self._table(annex, table, next(starts, ()) if starts else (), summaries.get(annex.title))

    def _table(
        self, annex: Annex, table: Table, starts: Sequence[tuple[int, int]], origins: Origins | None
    ) -> dict[str, object]:
        lines: Sequence[Sequence[SourceRow]]
        if origins is None:
            lines, columns = [(origin,) for origin in table.origins if isinstance(origin, SourceRow)], {}
        else:
            lines = origins.lines
            columns = {header: self.row_sets.number(rows) for header, rows in origins.columns.items()}
        return {
            "附件": annex.label,
            "题": annex.title,
            "表题": table.caption,
            "页": [list(start) for start in starts],
            "列": [column.header for column in table.columns],
            "行": [list(row) for row in row_texts(table)],
            "行据": [self.row_sets.number(rows) for rows in lines],
            "列据": columns,
        }

    def _summaries(self) -> dict[str, Origins]:
        """The rows behind annexes 1 and 2, by their titles: a circular may bear either without the other."""
        counted = self.counted
        both = summary_origins(counted.records, counted.settings, counted.figures, counted.annexes)
        return {annex.title: origins for annex, origins in zip(counted.annexes, both, strict=False)}


def _text(placed: PlacedText) -> dict[str, object]:
    paragraph = placed.paragraph
    return {
        "元素": placed.element,
        "页": [list(start) for start in placed.starts],
        "行": paragraph.line if paragraph else 0,
        "文": placed.text,
        "数": [[span.start, span.end, span.name, span.aspect] for span in (paragraph.figures if paragraph else ())],
    }


def _problem_numbers(records: Records, extract: InsurerExtract) -> list[list[str]]:
    """List the problems that a letter hands over; a later run holds its own against them row by row."""
    problems = records["问题"]
    sources = zip(problems["_file"], problems["_sheet"], problems["_row"], strict=True)
    told = set(extract.figures["问题数"].rows)
    is_told = [SourceRow(file, sheet, int(row)) in told for file, sheet, row in sources]
    columns = ["问题编号", "保单号", "问题类别", "问题小类"]
    return [[str(text) for text in row] for row in problems.loc[is_told, columns].itertuples(index=False)]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return "" if value == date.min else value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _lines(value: Mapping[str, object], indent: str = "") -> Iterator[str]:
    """Write an object with a line for each of its entries and of their items: short, and fit to be compared."""
    yield indent + "{"
    for place, (name, entry) in enumerate(value.items(), start=1):
        comma = "," if place < len(value) else ""
        if name in _ONE_BY_ONE and isinstance(entry, list) and entry:
            yield f'{indent} "{name}": ['
            for number, item in enumerate(entry, start=1):
                behind = "," if number < len(entry) else ""
                if isinstance(item, dict) and "段落" in item:
                    yield from _behind(_lines(item, indent + "  "), behind)
                else:
                    yield f"{indent}  {_compact(item)}{behind}"
            yield f"{indent} ]{comma}"
        else:
            yield f"{indent} {_compact(name)}: {_compact(entry)}{comma}"
    yield indent + "}"


def _behind(lines: Iterator[str], mark: str) -> Iterator[str]:
    *others, last = lines
    yield from others
    yield last + mark


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
