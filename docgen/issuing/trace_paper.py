"""From paper to data: which figure a text on a page of a finished paper is, or that it is none of docgen's.

A paper that is as it was made is read through its manifest, which knows where every text stands. One that was
altered since, or that another program wrote anew, is read back itself: a text in it counts as docgen's own only
where it stands in the words that docgen wrote around it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.errors import UsageError
from docgen.figures.figure import part_name
from docgen.figures.summaries import BELOW
from docgen.gongwen import Cell, CellKind, Table, TableColumn
from docgen.gongwen.table import DOUBT_MARK
from docgen.issuing.manifest_read import Entry, Manifest, manifest_of
from docgen.issuing.paper_text import Folded, PaperText, folded, read_paper, stands_in
from docgen.issuing.problems import NO_DAY
from docgen.issuing.trace import PLACE_COLUMNS, write_workbook
from docgen.layout import page_of
from docgen.records import SETTINGS_SHEET, SourceRow
from docgen.render.xlsx import Sheet, workbook

_PAPER = re.compile(r"(?P<path>.+\.(?:pdf|docx))(?:[:：](?P<page>[^:：\\/]*))?", re.IGNORECASE | re.DOTALL)
_CLAUSES = re.compile(r"(?<=[，。；：])")
_CONTEXT = 14
"""So many characters of the sentence are shown on either side."""
_LIKE = 0.5
_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十百千万亿]")
_OF_THE_SETTINGS = frozenset({
    "份号", "密级", "紧急程度", "发文机关标志", "发文字号", "签发人", "主送机关", "署名", "成文日期", "附注",
    "版记主送", "抄送", "印发机关", "印发日期",
})
_OF_DOCGEN = frozenset({"附件", "表题", "页码", "附件说明"})


@dataclass(frozen=True)
class Place:
    """What was asked for: a paper, and a page of it when one was said."""

    path: Path
    page: int | None = None


@dataclass(frozen=True)
class Found:
    """One thing that the text is: where it stands, in which words, what it is and how it came about.

    `figure` is empty when it is no figure; then `how` says plainly what it is.
    """

    where: str
    words: str
    figure: str
    value: str
    how: str
    rows: Sequence[SourceRow] = ()
    doubts: Sequence[str] = ()
    clause: str = ""
    """The clause it stands in, narrowed as it is searched; a cell has none."""
    is_unfounded: bool = False
    """Whether it is a number that no data bear out: typed by hand, or put there since."""


@dataclass(frozen=True)
class Answer:
    """All that a text is, and what must be known of the paper before it is believed."""

    warnings: tuple[str, ...]
    found: tuple[Found, ...]
    data: str


def paper_place(typed: str) -> Place | None:
    """Read 通报.pdf:2 or 通报.docx; None when it is no paper, which is told by the name's end alone.

    Raise UsageError for a page that is no number. A drive's colon belongs to no page.
    """
    match = _PAPER.fullmatch(typed.strip())
    if match is None:
        return None
    page = match["page"]
    if page is None:
        return Place(Path(match["path"]))
    if not page.strip().isdecimal() or int(page) < 1:
        raise UsageError(f"页码写的是“{page}”", "冒号后写第几页，如 通报.pdf:2；不写页码的，查全文")
    return Place(Path(match["path"]), int(page))


def trace_text(place: Place, wanted: str, manifest_path: Path | None) -> Answer:
    """Say what a text of a paper is. Raise UsageError when it does not stand there, saying where it does."""
    asked = folded(wanted)
    if not asked:
        raise UsageError("没有写要查的文字", "写出公文里的一个数，如 docgen trace 通报.pdf:2 \"141份\"")
    paper = read_paper(place.path)
    manifest, entry = manifest_of(paper, manifest_path)
    reader = _Reader(manifest, entry)
    is_same = paper.sha256 in entry["文件"].values()
    page = place.page if paper.has_pages else None
    if page is not None and page > len(paper.pieces):
        raise UsageError(f"“{paper.path.name}”只有 {len(paper.pieces)} 页，没有第 {page} 页", "改写页码，如 通报.pdf:2")
    found = reader.known(asked, page) if is_same else _as_altered(reader, paper, asked, page)
    if not found:
        pages = reader.pages_of(asked) if is_same else set()
        found = _elsewhere(paper, pages, wanted, page)
    warnings = _warnings(paper, place, manifest, is_same=is_same)
    return Answer(warnings, found, manifest.data)


def _warnings(paper: PaperText, place: Place, manifest: Manifest, *, is_same: bool) -> tuple[str, ...]:
    warnings = []
    if not is_same:
        warnings.append(
            f"“{paper.path.name}”与“{manifest.path.name}”所记的不是同一份：生成之后改动过，或者是另一次运行的。"
            "下面按所记的那一份核对，文字和页码可能已经不同"
        )
    if not paper.has_pages and place.page is not None:
        warnings.append("DOCX 的分页随打开它的软件而定，没有按页码，查的是全文")
    return tuple(warnings)


def _elsewhere(
    paper: PaperText, known_pages: Collection[int], wanted: str, page: int | None
) -> tuple[Found, ...]:
    """Say that the text is not there and where it is; or that it runs over what was set apart."""
    asked = folded(wanted)
    shown = {number for number, piece in enumerate(paper.pieces, start=1) if stands_in(piece, asked)}
    pages = sorted(shown | set(known_pages))
    if pages and page is not None and page not in shown:
        where = "、".join(map(str, pages))
        raise UsageError(
            f"“{paper.path.name}”第 {page} 页没有“{wanted}”，它在第 {where} 页",
            f"改写页码，如 {paper.path.name}:{pages[0]}",
        )
    if not pages:
        raise UsageError(f"“{paper.path.name}”里没有“{wanted}”", "数改动过的话，公文上就不是这个数了：照公文上现在的写法写，连同单位")
    how = "这是表头，或者跨了几段、几格，不是一个数。只写一个数再查，如 141份"
    return (Found("", wanted, "", "", how),)


def _as_altered(reader: _Reader, paper: PaperText, asked: str, page: int | None) -> tuple[Found, ...]:
    """Tell what docgen wrote from what was put there since, by the clause that it stands in.

    A cell's number has no clause: of what the manifest knows, it is told as it was. What docgen set on this page
    may have moved to another.
    """
    pieces = paper.pieces if page is None else paper.pieces[page - 1 : page]
    if not any(stands_in(piece, asked) for piece in pieces):
        return ()
    known = reader.known(asked, page) or reader.known(asked, None)
    changed = []
    for number, piece in enumerate(pieces, start=page or 1):
        for start, end in Folded(piece).find(asked):
            clause = _clause(piece, start, end)
            if reader.wrote(clause) or (paper.has_pages and any(not one.clause for one in known)):
                continue
            where = f"第 {number} 页" if paper.has_pages else ""
            how = reader.instead(clause)
            changed.append(Found(where, _words(piece, start, end), "", "", how, is_unfounded=True))
    there = "".join(map(folded, paper.pieces))
    return (*changed, *(one for one in known if one.clause in there))


def _words(text: str, start: int, end: int) -> str:
    """Show a text within its sentence."""
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    words = f"{text[first:start]}【{text[start:end]}】{text[end:last]}"
    flat = "".join(words.split())
    return ("……" if first else "") + flat + ("……" if last < len(text) else "")


def write_found(answer: Answer, wanted: str, path: Path) -> None:
    """Write the rows behind what was found as a workbook. Raise UsageError when it cannot be written."""
    columns = (TableColumn("出处", CellKind.TEXT, 16), TableColumn("数", CellKind.TEXT, 10), *PLACE_COLUMNS)
    rows = tuple(
        (Cell(found.where), Cell(found.figure or found.value), Cell(row.file), Cell(row.sheet), Cell(row.row))
        for found in answer.found
        for row in found.rows
    )
    heading = f"“{wanted}”来自的行"
    write_workbook(workbook([Sheet("来源行", heading, (Table(columns, rows),))], heading, NO_DAY), path)


@dataclass(frozen=True)
class _Reader:
    """One paper as its manifest tells of it."""

    manifest: Manifest
    paper: Entry

    def known(self, asked: str, page: int | None) -> tuple[Found, ...]:
        """Find a text wherever docgen set it, on this page or on any."""
        return (*self.texts(asked, page), *self.cells(asked, page))

    def texts(self, asked: str, page: int | None) -> Iterator[Found]:
        """Look in the texts."""
        for text in self.paper["段落"]:
            for start, end in Folded(text["文"]).find(asked):
                if page is None or page in {page_of(text["页"], start), page_of(text["页"], end - 1)}:
                    clause = _clause(text["文"], start, end)
                    yield from (replace(one, clause=clause) for one in self._stated(text, start, end))

    def cells(self, asked: str, page: int | None) -> Iterator[Found]:
        """Look in the tables: for a cell that says just this, or a text within one."""
        for table in self.paper["表"]:
            for line, row in enumerate(table["行"]):
                own = page_of(table["页"], line) if table["页"] else None
                if page is None or own == page:
                    for column, text in enumerate(row):
                        if _is_all(text, asked) or (not asked[0].isdigit() and any(Folded(text).find(asked))):
                            yield self._cell(table, line, column, own)

    def pages_of(self, asked: str) -> set[int]:
        """Say on which pages a text stands."""
        pages = {
            page_of(text["页"], start)
            for text in self.paper["段落"]
            for start, _ in Folded(text["文"]).find(asked)
        }
        return pages | {
            page_of(table["页"], line)
            for table in self.paper["表"]
            for line, row in enumerate(table["行"])
            if table["页"] and any(_is_all(text, asked) for text in row)
        }

    def wrote(self, words: str) -> bool:
        """Tell whether docgen wrote this clause, in a text or as a cell."""
        return any(words in folded(text["文"]) for text in self.paper["段落"]) or any(
            words == folded(text) for table in self.paper["表"] for row in table["行"] for text in row
        )

    def instead(self, clause: str) -> str:
        """Say that a clause was changed since, and how docgen wrote it as far as that can be told."""
        said = "这里不是 docgen 写的：是生成之后改上去的，没有数据支持"
        own = (part for text in self.paper["段落"] for part in _CLAUSES.split(text["文"]) if part.strip())
        near = next(iter(difflib.get_close_matches(clause, own, 1, _LIKE)), "")
        return f"{said}。docgen 写的是“{near.strip()}”" if near else said

    def _stated(self, text: Entry, start: int, end: int) -> Iterator[Found]:
        """Name every figure within this stretch, and every number in it that is none."""
        where, whole = self._where(text, start), text["文"]
        spans = [span for span in text["数"] if span[0] < end and span[1] > start]
        for first, last, name, aspect in spans:
            yield self._figure(where, _words(whole, first, last), name, aspect)
        bare = "".join(
            "\0" if any(span[0] <= place < span[1] for span in spans) else whole[place] for place in range(start, end)
        )
        if not spans:
            yield self._no_figure(text, where, start, end)
        elif text["元素"] == "正文":
            for number in re.finditer(r"\d[\d.]*[^\d\s\0，。；：、]?", bare):
                at = start + number.start()
                yield self._no_figure(text, where, at, at + len(number[0]))

    def _where(self, text: Entry, start: int) -> str:
        line = f"，模板 {self.paper['模板']} 第 {text['行']} 行" if text["行"] else ""
        return f"第 {page_of(text['页'], start)} 页，{text['元素']}{line}"

    def _no_figure(self, text: Entry, where: str, start: int, end: int) -> Found:
        whole = text["文"]
        is_typed_number = bool(text["行"] and _NUMBER.search(whole[start:end]))
        how = self._why_no_figure(text, is_number=is_typed_number)
        return Found(where, _words(whole, start, end), "", "", how, is_unfounded=is_typed_number)

    def _why_no_figure(self, text: Entry, *, is_number: bool) -> str:
        element = text["元素"]
        if text["行"]:
            by_hand = f"是模板 {self.paper['模板']} 第 {text['行']} 行里手写的字"
            if not is_number:
                return f"这{by_hand}"
            return f"这里不是 docgen 数出来的数：{by_hand}，数据变了它也不会变。应当数出来的，改用 {{{{ 名称 }}}} 印出"
        if element in _OF_THE_SETTINGS:
            return f"{element}，来自发文信息，不是数出来的"
        if element in _OF_DOCGEN:
            return f"{element}，由 docgen 编排，不是数出来的"
        if element == "表注":
            return "表注，由 docgen 按表中的数和发文信息写出"
        return f"{element}，不是数出来的"

    def _figure(self, where: str, words: str, name: str, aspect: str) -> Found:
        figure = self.manifest.figures_of(self.paper).get(name)
        if figure is None:
            sheet, _, item = name.partition("/")
            what = "发文信息里填的" if sheet == SETTINGS_SHEET else f"“{sheet}”表里填的"
            return Found(where, words, "", "", f"这是{what}“{item}”，不是数出来的")
        shown = part_name(self.paper["公司"], name) if self.paper["公司"] else name
        how = figure["口径"] + (f"。这里印的是它的“{aspect}”" if aspect else "")
        value = f"{figure['写作']}（{figure['数值']}）" if str(figure["数值"]) not in figure["写作"] else figure["写作"]
        return Found(where, words, shown, value, how, self.manifest.rows(figure["行集"]), figure["待核"])

    def _cell(self, table: Entry, line: int, column: int, page: int | None) -> Found:
        header, row = table["列"][column], table["行"][line]
        label = next((text for text in row[1:] if text), "")
        title = f"{table['附件']} {table['题']}" + (f"，{table['表题']}" if table["表题"] else "")
        where = (f"第 {page} 页，" if page else "") + f"{title}，“{label}”行“{header}”列"
        words = f"{header}【{row[column]}】"
        if line >= len(table["行据"]):
            return Found(where, words, "", row[column], "这张表由本文所列的数和清单汇成，没有逐行记来源")
        rows = self.manifest.rows(table["行据"][line])
        if not table["列据"]:
            return Found(where, words, "", row[column], "清单的一行，照数据列出", rows)
        if header not in table["列据"]:
            return Found(where, words, "", row[column], "序号或名称，不是数出来的")
        of_column = set(self.manifest.rows(table["列据"][header]))
        behind = [one for one in rows if one in of_column]
        how = f"既是“{label}”又是“{header}”这一列的行，按列的口径数"
        return Found(where, words, f"{title}／{label}／{header}", row[column], how, behind)


def _is_all(cell: str, asked: str) -> bool:
    """Tell whether a cell says just this, its marks left out or not."""
    unmarked = cell.removesuffix(DOUBT_MARK).removesuffix(BELOW)
    return asked in {folded(cell), folded(unmarked)}


def _clause(text: str, start: int, end: int) -> str:
    """Cut out the clause in which something stands, narrowed as it is searched."""
    marks = [match.end() for match in _CLAUSES.finditer(text)]
    first = max((mark for mark in marks if mark <= start), default=0)
    last = min((mark for mark in marks if mark >= end), default=len(text))
    return folded(text[first:last])
