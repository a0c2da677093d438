"""Read the sheets of an .xlsx or .xlsm (ECMA-376) as raw rows, as a stream: nothing but the rows is kept.

Every cell is placed by its own reference. A formula counts with its stored value; one that was never calculated
is `Uncalculated`. Such are formulas without a value, and those with the value 0 in a workbook that asks for
everything to be calculated when it is opened, which programs that cannot calculate write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docgen.intake.archive import Archive
from docgen.intake.limits import MOST_SHEETS, Allowance
from docgen.intake.opc import check_apart, links, workbook_part
from docgen.intake.serials import number_kind
from docgen.intake.sheets import RawSheet
from docgen.intake.xlsx_sheet import TRUE, Book, SheetEntry, read_sheet, unescaped, whole
from docgen.intake.xml_events import Attributes, Malformed, check_depth, feed, local, new_parser, walk


def read_xlsx(archive: Archive, named: Callable[[str], str], allowance: Allowance) -> Iterator[RawSheet]:
    """Yield every sheet; only those to which `named` gives a name with their rows.

    Raise `Malformed` when the workbook is not what the standard prescribes, `Unreadable` beyond the limits.
    """
    book = Book()
    part = workbook_part(archive)
    walk(archive.open(part), _workbook_reader(book))
    linked = links(archive, part)
    parts = [linked.sheet_part(sheet.link) if named(sheet.title) else "" for sheet in book.sheets]
    check_apart(list(filter(None, parts)))
    if any(parts):
        _read_styles(archive, linked.of_kind("styles"), book)
        _read_texts(archive, linked.of_kind("sharedStrings"), book)
    for sheet, part in zip(book.sheets, parts, strict=True):
        raw = RawSheet(
            archive.name, sheet.title, named(sheet.title), (), is_hidden=sheet.is_hidden, is_1904=book.is_1904
        )
        yield read_sheet(archive, part, book, raw, allowance) if part else raw


def _workbook_reader(book: Book) -> Callable[[str, Attributes], None]:
    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            book.sheets.append(SheetEntry(attributes.get("name", ""), attributes.get("id", ""), is_hidden))
            if len(book.sheets) > MOST_SHEETS:
                raise Malformed("too many sheets")
        elif name == "workbookPr":
            book.is_1904 = attributes.get("date1904", "") in TRUE
        elif name == "calcPr":
            book.is_to_calculate = attributes.get("fullCalcOnLoad", "") in TRUE

    return start


def _read_styles(archive: Archive, part: str, book: Book) -> None:
    """Learn what the numbers of each cell style mean. A workbook without styles has numbers only."""
    if not part:
        return
    codes: dict[str, str] = {}
    is_in_cell_styles = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal is_in_cell_styles
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            is_in_cell_styles = True
        elif name in ("cellStyles", "cellStyleXfs", "dxfs"):
            is_in_cell_styles = False
        elif name == "xf" and is_in_cell_styles:
            number = attributes.get("numFmtId", "0")
            book.kinds.append(number_kind(whole(number), codes.get(number)))

    walk(archive.open(part), start)


def _read_texts(archive: Archive, part: str, book: Book) -> None:
    """Read the shared strings; what is written above a text to say how it is spoken is no part of it."""
    if not part:
        return
    pieces: list[str] = []
    depth = spoken = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, spoken
        depth += 1
        check_depth(depth)
        tag = local(name)
        if tag == "t":
            parser.CharacterDataHandler = None if spoken else pieces.append
        elif tag == "rPh":
            spoken += 1

    def end(name: str) -> None:
        nonlocal depth, spoken
        depth -= 1
        tag = local(name)
        if tag == "t":
            parser.CharacterDataHandler = None
        elif tag == "rPh":
            spoken -= 1
        elif tag == "si":
            book.texts.append(unescaped("".join(pieces)))
            pieces.clear()

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    feed(parser, archive.open(part))
