"""Papers to compose and draw in tests, and the words that every format of them must show, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from docgen.gongwen import (
    Annex,
    AnnexNote,
    Cell,
    CellKind,
    Document,
    DocumentNumber,
    Format,
    Imprint,
    Level,
    Masthead,
    Paragraph,
    Signatures,
    Table,
    TableColumn,
    cell_text,
)
from docgen.layout import Metrics, Pages, compose
from docgen.layout.pages import Line, Page, TableBlock, TextBlock
from docgen.styles import find_fonts, load_stylesheet

STYLESHEET = load_stylesheet()
BUREAU = "苏州市应急管理局"
REGULATOR = "国家金融监督管理总局苏州监管分局"
TITLE = "关于重点行业领域工矿企业安全生产责任保险工作开展情况的通报"
HOSTILE = ("A&B <公司>", "{{7*7}}", "{% if %}", "]]>", "“引号”'单'\"双\"", "&lt;b&gt;", "{# 注 #}")

LEAD_IN = (
    "为贯彻落实《中华人民共和国安全生产法》，推动《安全生产治本攻坚三年行动实施方案（2024—2026年）》落地见效，"
    "用好安全生产责任保险（以下简称“安责险”），现将有关情况通报如下："
)
FINDINGS = (
    "截至2024年8月9日，全市2649家生产经营单位投保安责险（金属冶炼467、加油站593），承保保险公司21家，保障从业人员"
    "25.93万余人。抽查保单PZDB2024000000132号等1448份，其中141份存在问题，占9.7%；“应保未保、未全员投保”仍有发生。"
    "各地——特别是重点地区——要举一反三，逐一核对，限期改正。"
)
COLUMNS = (
    TableColumn("序号", CellKind.INTEGER, 3),
    TableColumn("属地", CellKind.TEXT, 6),
    TableColumn("单位名称", CellKind.TEXT, 14),
    TableColumn("保单号", CellKind.ID, 11),
    TableColumn("保费（元）", CellKind.MONEY, 7),
    TableColumn("止期", CellKind.DAY, 6),
    TableColumn("情形", CellKind.TEXT, 5),
)


@cache
def metrics() -> Metrics:
    """The faces found on this machine, read once."""
    return Metrics(find_fonts(STYLESHEET))


@cache
def composed(document: Document) -> Pages:
    """Compose a paper by the default profile."""
    return compose(document, STYLESHEET, metrics())


def table(rows: int, **more: object) -> Table:
    """A list of insured units with so many rows; every fourth name is long, the third row is 待核."""
    return Table(
        COLUMNS,
        tuple(
            (
                Cell(number),
                Cell("甲山市"),
                Cell(f"甲山青禾铸造有限公司第{number}分厂" + "（昇堃车间，试生产）" * (number % 4 == 0)),
                Cell(f"PZDB2024{number:010d}"),
                Cell(Decimal("1234.50") * number),
                Cell(date(2024, 8, 9)),
                Cell("未续保", is_doubtful=number == 3),
            )
            for number in range(1, rows + 1)
        ),
        **more,  # type: ignore[arg-type]
    )


def paper(*body: str | Paragraph, **changes: object) -> Document:
    """The smallest paper: one issuer, no annexes. `changes` replace parts of it."""
    document = Document(
        Masthead((BUREAU,), DocumentNumber("苏应急", 2024, 7)),
        "关于开展安全生产检查的通知",
        "各县（市、区）应急管理局：",
        tuple(Paragraph(part) if isinstance(part, str) else part for part in body),
        None,
        Signatures((BUREAU,), "2024年8月15日"),
        Imprint((), "苏州市应急管理局办公室", "2024年8月15日印发"),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def lines_of_hanzi(count: int) -> str:
    """A paragraph of exactly so many lines: two characters less on the first, no marks, no figures."""
    return ("安全生产责任保险" * 200)[: 28 * count - 2]


def _circular() -> Document:
    total = (Cell("合计"), Cell(None), Cell(None), Cell(None), Cell(Decimal("1000000.00")), Cell(None), Cell(None))
    titles = (
        "各地投保安责险生产经营单位系统数据一览表",
        "各保险公司承保安责险系统数据一览表",
        "各地未按时续保（投保）生产经营单位清单以及一个很长的附件名称，用来看回行之后是否对齐",
    )
    annexes = (
        Annex(1, titles[0], (table(40, total=total, caption="表一　投保情况", notes=("注：“待核”指尚待核实。",)),)),
        Annex(2, titles[1], (Paragraph("以下数据由各公司上传。"), table(5), table(0, caption="表二"))),
        Annex(3, titles[2], (Paragraph("一、总体情况", Level.FIRST), Paragraph(FINDINGS))),
    )
    body = [Paragraph(LEAD_IN), Paragraph("一、检查评估情况", Level.FIRST), Paragraph(FINDINGS * 2)]
    body += [Paragraph("二、主要存在问题", Level.FIRST)]
    for number in "一二三":
        body += [Paragraph(f"（{number}）承保保险公司第{number}类问题", Level.SECOND), Paragraph(FINDINGS * 3)]
    body += [Paragraph("1.逐项核对", Level.THIRD), Paragraph("（1）逐份核对", Level.FOURTH), Paragraph(FINDINGS)]
    return Document(
        Masthead((BUREAU, REGULATOR), DocumentNumber("苏应急", 2024, 132)),
        TITLE,
        "各县（市、区）应急管理局，各财产保险公司：",
        tuple(body),
        AnnexNote(titles, "（附件数据截止时间为2024年8月9日）"),
        Signatures((BUREAU, REGULATOR), "2024年8月15日"),
        Imprint(
            ("江苏省应急管理厅", "国家金融监督管理总局江苏监管局", "市政府办公室", "市安委会各成员单位"),
            "苏州市应急管理局办公室",
            "2024年8月15日印发",
        ),
        annexes,
    )


def _letter() -> Document:
    hostile = Table(
        (TableColumn("问题编号", CellKind.ID, 6), TableColumn("整改情况", CellKind.TEXT, 12)),
        tuple((Cell(f"W-{number}"), Cell(text)) for number, text in enumerate(HOSTILE, start=1)),
    )
    return paper(
        *HOSTILE,
        FINDINGS,
        masthead=Masthead((BUREAU,), DocumentNumber("苏应急函", 2024)),
        title="关于反馈安全生产责任保险检查问题的函",
        addressees="甲山财产保险股份有限公司A&B<营业部>：",
        annex_note=AnnexNote(("问题清单",)),
        signatures=Signatures((BUREAU,), "2024年　月　日"),
        note="联系人：青某，联系电话：000-00000000",
        imprint=Imprint((REGULATOR,), "苏州市应急管理局办公室", "2024年　月　日印发"),
        annexes=(Annex(None, "问题清单", (hostile,)),),
    )


def wide_table(rows: int) -> Table:
    """Ten columns of texts that have no room on an upright page, with so many rows."""
    columns = tuple(TableColumn(f"第{number}项指标名称", CellKind.TEXT, 6) for number in range(10))
    row = tuple(Cell("说明文字较长，需要分作几行" + "，另附" * (place % 3)) for place in range(10))
    return Table(columns, (row,) * rows)


def _crowded() -> Document:
    annex = Annex(None, "指标一览表", (wide_table(16),))
    return paper(FINDINGS, annex_note=AnnexNote(("指标一览表",)), annexes=(annex,))


def _turned_and_upright() -> Document:
    """Annexes that stand upright, turned, and with upright text around a turned table; the last is turned."""
    small = table(20, caption="二、清单", notes=("注：以上为示例。",))
    blocks = {
        "单位清单": (table(20),),
        "指标一览表": (wide_table(6), small),
        "情况说明和指标": (Paragraph(FINDINGS), wide_table(9), Paragraph(FINDINGS)),
        "分地区指标一览表": (wide_table(3),),
    }
    annexes = tuple(Annex(number, title, blocks[title]) for number, title in enumerate(blocks, start=1))
    return paper(FINDINGS, annex_note=AnnexNote(tuple(blocks)), annexes=annexes)


PAPERS = {
    "circular": _circular(),
    "letter": _letter(),
    "short": paper(FINDINGS[:60]),
    "full pages of hanzi": paper(lines_of_hanzi(50), lines_of_hanzi(40)),
    "three issuers": paper(
        FINDINGS * 2,
        masthead=Masthead((BUREAU, REGULATOR, "苏州市公安局"), DocumentNumber("苏应急", 2024, 8)),
        signatures=Signatures((BUREAU, REGULATOR, "苏州市公安局"), "2024年8月15日"),
    ),
    "crowded table": _crowded(),
    "turned and upright": _turned_and_upright(),
    "blank page before imprint": paper(lines_of_hanzi(9), lines_of_hanzi(16)),
}


def letter(*body: str | Paragraph, **changes: object) -> Document:
    """The smallest letter (信函格式), with one agency to copy to."""
    more = {
        "format": Format.LETTER,
        "masthead": Masthead((BUREAU,), DocumentNumber("苏应急函", 2024, 9), ""),
        "title": "关于反馈安全生产责任保险检查问题的函",
        "addressees": "甲山财产保险股份有限公司：",
        "imprint": Imprint((REGULATOR,), "苏州市应急管理局办公室", "2024年8月15日印发"),
    }
    return paper(*body, **(more | changes))


LETTERS = {
    "plain letter": letter(FINDINGS[:60]),
    "letter with all that may stand at its head": letter(
        FINDINGS * 3,
        masthead=Masthead(
            (BUREAU,),
            DocumentNumber("苏应急函", 2024, 10),
            "",
            copy_number="000001",
            secrecy="秘密★1年",
            urgency="特急",
        ),
        note="联系人：青某，联系电话：000-00000000",
    ),
    "joint letter": letter(
        FINDINGS * 2,
        masthead=Masthead((BUREAU, REGULATOR), DocumentNumber("苏应急函", 2024, 11), urgency="加急"),
        signatures=Signatures((BUREAU, REGULATOR), "2024年8月15日"),
    ),
    "letter with annexes": letter(
        FINDINGS * 2,
        annex_note=AnnexNote(("问题清单", "整改情况反馈表")),
        annexes=(Annex(1, "问题清单", (table(30),)), Annex(2, "整改情况反馈表", (table(2),))),
        imprint=Imprint(
            ("甲山市人民政府办公室", "乙川市人民政府办公室", "丙湖县人民政府办公室", "丁原县人民政府办公室"), "", ""
        ),
    ),
    "letter without copies": letter(FINDINGS * 2, imprint=Imprint((), "苏州市应急管理局办公室", "2024年8月15日印发")),
    "letter whose addressees stand in its imprint": letter(
        FINDINGS, addressees="", imprint=Imprint((REGULATOR,), "", "", addressees="甲山财产保险股份有限公司")
    ),
    "letter that fills its pages": letter(lines_of_hanzi(9), lines_of_hanzi(18)),
}
"""Papers in 信函格式 (10.1)."""


def bare(text: str) -> str:
    """A text without its spaces: what two formats of a paper are compared by."""
    return "".join(text.split())


def document_words(document: Document) -> str:
    """Every word of a paper in the order in which it is read, without spaces."""
    return bare("".join(_document_words(document)))


def _document_words(document: Document) -> Iterator[str]:
    yield from _head_words(document)
    yield document.title
    yield document.addressees
    yield from (part.text for part in document.body)
    note = document.annex_note
    if note is not None:
        yield "附件："
        for place, title in enumerate(note.titles, start=1):
            yield f"{place}.{title}" if len(note.titles) > 1 else title
        yield note.remark
    yield from document.signatures.names
    yield document.signatures.signing_date
    yield f"（{document.note}）" if document.note else ""
    for annex in document.annexes:
        yield annex.label
        yield annex.title
        for block in annex.blocks:
            yield from (block.text,) if isinstance(block, Paragraph) else _table_words(block)
    yield from _imprint_words(document)


def _head_words(document: Document) -> Iterator[str]:
    head = document.masthead
    if document.format is Format.LETTER:
        yield head.issuers[0]
        yield from (head.copy_number, head.secrecy, head.urgency)
    else:
        yield from head.issuers
        yield head.suffix
    yield str(head.number)


def _imprint_words(document: Document) -> Iterator[str]:
    imprint = document.imprint
    yield f"主送：{imprint.addressees}。" if imprint.addressees else ""
    yield f"抄送：{'，'.join(imprint.copy_to)}。" if imprint.copy_to else ""
    if document.format is not Format.LETTER:
        yield imprint.printing_office
        yield imprint.printing_date


def _table_words(block: Table) -> Iterator[str]:
    yield block.caption
    yield from (column.header for column in block.columns)
    for row in (*block.rows, block.total):
        yield from (cell_text(cell, column.kind) for cell, column in zip(row, block.columns, strict=bool(row)))
    yield from block.notes


def page_lines(page: Page, *, repeated_heads: bool = True, page_number: bool = True) -> Iterator[Line]:
    """Every line of a composed page in the order in which it is read."""
    for block in page.blocks:
        if isinstance(block, TextBlock):
            yield from block.lines
            continue
        for row in block.rows:
            if repeated_heads or not row.is_repeated:
                yield from (line for cell in row.cells for line in cell)
    if page_number and page.page_number is not None:
        yield from page.page_number.lines


def page_words(page: Page, *, repeated_heads: bool = True, page_number: bool = True) -> str:
    """The words of one composed page, without spaces."""
    lines = page_lines(page, repeated_heads=repeated_heads, page_number=page_number)
    return bare("".join(line.text for line in lines))


def composed_words(pages: Pages) -> str:
    """The words of a composed paper, less repeated heads and page numbers."""
    return "".join(page_words(page, repeated_heads=False, page_number=False) for page in pages.pages)


def blocks(pages: Pages, element: str) -> list[tuple[int, TextBlock]]:
    """Every block of an element with its page's number."""
    return [
        (page.number, block)
        for page in pages.pages
        for block in page.blocks
        if isinstance(block, TextBlock) and block.element == element
    ]


def tables(pages: Pages) -> list[tuple[int, TableBlock]]:
    """Every piece of a table with its page's number."""
    return [
        (page.number, block) for page in pages.pages for block in page.blocks if isinstance(block, TableBlock)
    ]


RUNNING = {
    "主送机关", "正文", "一级标题", "二级标题", "三级标题", "四级标题", "附件说明", "附注", "抄送", "版记主送",
}


def running_lines(page: Page) -> Iterator[str]:
    """The lines of running text of a page."""
    for block in page.blocks:
        if isinstance(block, TextBlock) and block.element in RUNNING:
            yield from (bare(line.text) for line in block.lines)
