"""Rules of the file itself: tags, tables, theme fonts, what is hidden in it or reaches out of it."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.check.finding import Found, at
from docgen.check.rules.docx.expected import has_masthead, standard
from docgen.check.seen import Element, How, Paper, SeenTable
from docgen.gongwen.field_names import FIELD_NAMES

_MOST_NAMED = 8


def elements_are_tagged(paper: Paper) -> Iterator[Found]:
    """GB/T 33476.2-2016, 附录 A: 公文域."""
    untagged = [
        element.name
        for element in paper.elements
        if element.name in FIELD_NAMES and element.how is not How.TAG and not (element.annex and element.name == "正文")
    ]
    if untagged:
        names = "、".join(list(dict.fromkeys(untagged))[:_MOST_NAMED])
        yield Found(
            f"{names}没有公文域标记", "各要素有内容控件，标记用 GB/T 33476.2 的域名",
            "用 docgen 重新生成，或在 Word“开发工具”里加内容控件",
        )  # fmt: skip


def fonts_are_named(paper: Paper) -> Iterator[Found]:
    """实务: a theme's fonts are replaced with the theme, and each machine has its own."""
    if paper.word is not None and paper.word.theme_fonts:
        parts = "、".join(paper.word.theme_fonts)
        yield Found(f"{parts} 用了主题字体", "字体写明名称", "选中全文，重新选定中文字体和西文字体，不选“正文字体”“标题字体”")


def head_is_repeated(paper: Paper) -> Iterator[Found]:
    """实务: a table that runs over pages shows its head on each."""
    for element, table in _tables(paper):
        if len(table.rows) >= standard().tolerance.table_rows and not table.head_rows:
            yield at(
                element, f"{len(table.rows)} 行的表没有重复表头", "每页重复表头",
                "选中表头行，在“表格属性—行”里选“在各页顶端以标题行形式重复出现”",
            )  # fmt: skip


def rows_stay_whole(paper: Paper) -> Iterator[Found]:
    """实务: a row is not divided between two pages."""
    for element, table in _tables(paper):
        if len(table.rows) > 1 and table.may_split:
            yield at(element, "表格的行可以分在两页", "一行排在同一页", "选中表格，在“表格属性—行”里去掉“允许跨页断行”")


def _tables(paper: Paper) -> Iterator[tuple[Element, SeenTable]]:
    tables = paper.word.tables if paper.word is not None else ()
    for element in paper.of("表"):
        number = element.paragraphs[0].in_table
        if 0 < number <= len(tables):
            yield element, tables[number - 1]


def nothing_is_hidden(paper: Paper) -> Iterator[Found]:
    """实务: what is struck out, hidden or noted in a file goes out with it."""
    for what in paper.word.hidden if paper.word is not None else ():
        yield Found(f"文件里有{what}", "没有修订、批注和隐藏文字", "接受或拒绝全部修订，删去批注和隐藏文字，再存一次")


def nothing_reaches_out(paper: Paper) -> Iterator[Found]:
    """实务: an official paper holds all of itself, and does nothing when it is opened."""
    for what in paper.word.outside if paper.word is not None else ():
        yield Found(f"文件里有{what}", "内容都在文件里，没有宏", "断开链接，把内容嵌入文件；另存为 .docx 去掉宏")


def parts_are_there(paper: Paper) -> Iterator[Found]:
    """条例 9: 公文一般由版头、主体、版记组成; a text that an OA sets has only the middle."""
    missing = [] if has_masthead(paper) else ["版头"]
    missing += [] if paper.of("抄送", "印发机关", "印发日期") else ["版记"]
    missing += [] if paper.of("页码") or has_masthead(paper) else ["页码"]
    if missing and paper.first("标题") is not None:
        yield Found(f"没有{'、'.join(missing)}", "版头、主体、版记、页码齐全", "补上；如果交 OA 排版，可以不理会")
