"""Every text that is in a finished file, shown or not, in pieces that are one text each: a cell, a paragraph, a comment.

A piece keeps the lines it was found in, for what is broken over the end of a line is whole in the piece.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pikepdf

from docgen.check.docx_package import WordPackage
from docgen.check.docx_xml import Node, W, local
from docgen.check.pdf_annexes import laid_upright
from docgen.check.pdf_closing import page_number_of
from docgen.check.pdf_seen import see_pdf
from docgen.check.pdf_tables import cells_of, stands_in, tables_of
from docgen.check.seen import SeenPage
from docgen.check.xlsx_seen import see_xlsx
from docgen.errors import Unreadable

NUMBER_HEAD = "保单号"
"""What heads a column of policy numbers."""
_PARTS = (
    ("docProps/", "文件属性"), ("word/header", "页眉"), ("word/footer", "页脚"), ("word/comments", "批注"),
    ("word/footnotes", "脚注"), ("word/endnotes", "尾注"), ("word/people", "批注人"), ("word/document", "正文"),
)
_NO_TEXT = frozenset({"[Content_Types].xml", "word/theme/theme1.xml", "word/fontTable.xml"})
_TOLD = ("docPr", "cNvPr", "bookmarkStart", "tag", "alias", "hyperlink", "ins", "del", "comment", "textpath", "shape")
"""Elements of a story whose attributes are words, and not measures."""
_DEEPEST = 60


@dataclass(frozen=True)
class Piece:
    """One text: its lines and where each stands, in words; `is_number` where it is a cell below 保单号."""

    lines: tuple[str, ...]
    wheres: tuple[str, ...]
    is_number: bool = False
    is_cell: bool = False


def of_one(where: str, text: str) -> Piece:
    """Make a piece of one line."""
    return Piece((text,), (where,))


def pieces_of(path: str, content: bytes) -> Iterator[Piece]:
    """Give all the texts of a file, its name first. Raise Unreadable where it is no DOCX, PDF or XLSX."""
    yield of_one(FILE_NAME, path)
    ending = path.rpartition(".")[2].lower()
    readers = {"docx": _of_docx, "pdf": _of_pdf, "xlsx": _of_xlsx}
    if ending not in readers:
        raise Unreadable(f"“{path}”不是 DOCX、PDF、XLSX，没有读", "只分送这三种文件")
    yield from readers[ending](content)


def of_many(where: str, texts: Iterable[str]) -> Iterator[Piece]:
    """Make one piece of texts that stand apart from one another; none of none."""
    joined = _APART.join(dict.fromkeys(texts))
    if joined:
        yield of_one(where, joined)


_APART = "；"
"""Parts texts so that nothing is read over from one to the next."""


def unread(part: str) -> Piece:
    """Make the piece that stands for a part of a file that holds no text to be read."""
    return of_one(UNREAD, part)


FILE_NAME, UNREAD = "文件名", "内嵌的文件或图片"
"""Where a piece stands that is the file's name, or stands for what was not read."""


def _of_pdf(content: bytes) -> Iterator[Piece]:
    running: list[tuple[str, str]] = []
    for page in see_pdf(content).pages:
        view, _ = laid_upright(page)
        number = page_number_of(page)
        where = f"第 {page.number} 页"
        yield from _cells_on(view, where)
        boxes = tables_of(view.rules)
        lines = (*view.lines, *view.turned) if view is not page else (*page.lines, *page.turned)
        running += [
            (where, line.text) for line in lines if line is not number and not stands_in(line, boxes)
        ]
        if page.unseen:
            yield of_one(f"{where}看不见的文字", page.unseen)
    if running:
        yield Piece(tuple(text for _, text in running), tuple(where for where, _ in running))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield from _strings(pdf)


def _cells_on(view: SeenPage, where: str) -> Iterator[Piece]:
    for box in tables_of(view.rules):
        rows = [line for line in view.lines if stands_in(line, (box,))]
        headed: set[int] = set()
        for (_, column), lines in cells_of(rows, box, view.rules).items():
            yield Piece(lines, (f"{where}表格",) * len(lines), column in headed, is_cell=True)
            if NUMBER_HEAD in "".join(lines):
                headed.add(column)


def _strings(pdf: pikepdf.Pdf) -> Iterator[Piece]:
    """Give every string of the objects of a PDF: properties, bookmarks, notes, texts for reading aloud, files in it."""
    yield from of_many("文件属性、书签或批注", (text for thing in pdf.objects for text in _inside(thing, 0)))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            kind = str(thing.get("/Type", ""))
            if kind == "/Metadata":
                yield of_one("文件属性", thing.read_bytes().decode("utf-8", "replace"))
            elif kind == "/EmbeddedFile":
                yield unread("附在 PDF 里的文件")


def _inside(thing: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(thing, pikepdf.String):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            if not _is_apart(item):
                yield from _inside(item, depth + 1)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for _, item in thing.items():
            if not _is_apart(item):
                yield from _inside(item, depth + 1)


def _is_apart(thing: object) -> bool:
    """Whether it is an object by itself, which is read in its turn."""
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def _of_docx(content: bytes) -> Iterator[Piece]:
    package = WordPackage(content)
    for part in package:
        if part in _NO_TEXT or part.endswith("/"):
            continue
        if not part.endswith((".xml", ".rels")):
            yield unread(part.rpartition("/")[2])
            continue
        tree = package.tree(part)
        if tree is None:
            continue
        where = next((word for start, word in _PARTS if part.startswith(start)), "文件内部")
        if next(tree.iter(f"{W}p"), None) is None:
            yield from of_many(where, _texts(tree))
        else:
            yield from _story(tree, where)


def _texts(tree: Node) -> Iterator[str]:
    for node in tree.iter():
        yield from (text for text in (node.text, *map(str, node.attrib.values())) if text and text.strip())


def _story(tree: Node, where: str) -> Iterator[Piece]:
    """Give the paragraphs of a story, those of a cell together; words of attributes besides."""
    cells = _Cells()
    for number, paragraph in enumerate(tree.iter(f"{W}p"), start=1):
        text = "".join(_own_words(paragraph))
        cell = next(paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
        if cell is not None and local(cell) == "tc":
            cells.add(cell, text)
        elif text:
            yield of_one(f"{where}第 {number} 段", text)
    yield from cells.pieces(where)
    told = tree.iter(*(f"{{*}}{name}" for name in _TOLD))
    yield from of_many(f"{where}的标记", (str(value) for node in told for value in node.attrib.values()))


def _own_words(paragraph: Node) -> Iterator[str]:
    """Give what a paragraph says, hidden and struck out too, but not what stands in a box that hangs on it."""
    for node in paragraph:
        name = local(node)
        if name in ("t", "delText", "instrText"):
            yield node.text or ""
        elif name == "fldSimple":
            yield node.get(f"{W}instr") or ""
            yield from _own_words(node)
        elif name == "noBreakHyphen":
            yield "-"
        elif name != "p":
            yield from _own_words(node)


@dataclass
class _Cells:
    """The cells of a story's tables with their paragraphs, by row and column."""

    texts: dict[Node, list[str]] = field(default_factory=dict)

    def add(self, cell: Node, text: str) -> None:
        self.texts.setdefault(cell, []).append(text)

    def pieces(self, where: str) -> Iterator[Piece]:
        """Give each cell; those below 保单号 are told."""
        tables: dict[Node, dict[Node, int]] = {}
        headed: set[tuple[Node, int]] = set()
        columns: dict[Node, int] = {}
        for cell, lines in self.texts.items():
            row = next(cell.iterancestors(f"{W}tr"), cell)
            table = next(cell.iterancestors(f"{W}tbl"), cell)
            rows = tables.setdefault(table, {})
            line = rows.setdefault(row, len(rows) + 1)
            column = columns[row] = columns.get(row, -1) + 1
            place = f"{where}第 {len(tables)} 张表第 {line} 行"
            yield Piece(tuple(lines), (place,) * len(lines), (table, column) in headed, is_cell=True)
            if NUMBER_HEAD in "".join(lines):
                headed.add((table, column))


def _of_xlsx(content: bytes) -> Iterator[Piece]:
    book = see_xlsx(content)
    for sheet in book.sheets:
        yield of_one("工作表名称", sheet.name)
        headed: set[int] = set()
        for cell in sheet.cells:
            place = f"工作表“{sheet.name}”{cell.name}"
            yield Piece((cell.text,), (place,), cell.column in headed, is_cell=True)
            if NUMBER_HEAD in cell.text:
                headed.add(cell.column)
    others: dict[str, list[str]] = {}
    for where, text in book.others:
        others.setdefault(where, []).append(text)
    for where, texts in others.items():
        yield from of_many(where, texts)
    yield from (unread(part.rpartition("/")[2]) for part in book.unread)
