"""Hold a run against what its kept data give now: bytes where all is as it was, else text and positions.

What the manifest states is held against the data too, figure by figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.check.parity import paper_differences
from docgen.errors import Barred, DocgenError, Unreadable
from docgen.issuing.as_signed import differences
from docgen.issuing.batch import DATA, DRAFT
from docgen.issuing.batch_manifest import DRAFT_MANIFEST, MANIFEST, tools
from docgen.issuing.draft_batch import Show
from docgen.issuing.jobs import Finished
from docgen.issuing.manifest_read import Entry
from docgen.issuing.opened import MALFORMED, Opened
from docgen.issuing.remake import Remade, remake_draft, remake_final
from docgen.issuing.verified import Note, Part, remark
from docgen.issuing.verify_folder import OUTPUT, changed_files, listed_files
from docgen.layout import Metrics

_NAME = "重新生成"
_NOT_OF_DATA = frozenset({"校验", "全部文件", "前一清单", "送审稿清单", "文号", "放行", "状态", "种类", "PDF", "数据"})
"""What a manifest holds that does not come from the data, or is looked at elsewhere."""
_OF_TOOLS = frozenset({"docgen", "版本", "样式", "字体"})
_OF_A_FIGURE = ("写作", "数值", "单位", "口径", "待核", "行数")
_FROM_BACKUP = "从备份取回原来的清单；以数据为准"
_MOST_TOLD = 20


@dataclass
class _Files:
    """What is found of the files while they are made anew."""

    opened: Opened
    listed: Mapping[str, str]
    changed: set[str]
    is_same_tools: bool
    notes: list[Note] = field(default_factory=list)
    otherwise: int = 0

    def look(self, path: str, made: Finished) -> None:
        """Hold one file against the manifest; where other tools made it, the folder's own against the text and places."""
        if path in self.listed and self.listed[path] != made.digest and not self.is_same_tools:
            self.otherwise += 1
            if path not in self.changed and made.composed is not None:
                self.notes.extend(self._of_text(path, made))

    def _of_text(self, path: str, made: Finished) -> Iterator[Note]:
        content = (self.opened.folder / path).read_bytes()
        kind = "docx" if path.endswith(".docx") else "pdf"
        assert made.composed is not None, "asked for a paper that was composed"
        told = paper_differences(made.composed.document, made.composed.pages, **{kind: content})
        for one in told[:_MOST_TOLD]:
            yield Note(path, str(one).partition("：")[2], "核对是不是字体或版本不同所致；不是的，从备份取回原来的")
        if len(told) > _MOST_TOLD:
            yield Note(path, f"另有 {len(told) - _MOST_TOLD} 处文字或位置不同")


def look_at_remade(opened: Opened, metrics: Metrics, show: Show) -> tuple[Part, Remade | None]:
    """Make the run anew and hold it against its manifests. Nothing is made when its data were changed."""
    changed = changed_files(opened)
    spoilt = sorted(name for name in changed if name.startswith(f"{DATA}/"))
    if spoilt:
        return Part(_NAME, "数据改动过，没有重新生成，清单里的数也没有核对"), None
    if opened.is_whole:
        return _remade(opened, changed, metrics, show)
    try:
        return _remade(opened, changed, metrics, show)
    except MALFORMED:
        return Part(_NAME, "清单改动过，没有能重新生成"), None


def _remade(opened: Opened, changed: set[str], metrics: Metrics, show: Show) -> tuple[Part, Remade | None]:
    batch = opened.batch
    if batch.kept.batch_id(batch.kind) != opened.content["批次"]:
        note = Note(MANIFEST, f"写的批次是 {opened.content['批次']}，数据的是 {batch.kept.batch_id(batch.kind)}", _FROM_BACKUP)
        return Part(_NAME, "数据不是这个批次的，没有重新生成", (note,)), None
    used = tools(metrics.files)
    of_tools = [difference for content in _contents(opened).values() for difference in used.differences(content)]
    files = _Files(opened, listed_files(opened), changed, not of_tools)
    try:
        remade = _made(opened, files, metrics, show)
    except Barred as barred:
        return Part(_NAME, "没有能重新生成", (Note(DATA, f"现在有 {len(barred.problems)} 处问题：{barred.problems[0]}", ""),)), None
    except DocgenError as error:
        if isinstance(error, Unreadable) or not of_tools:
            return Part(_NAME, "没有能重新生成", (Note(DATA, error.message, error.remedy),)), None
        raise
    notes = [*files.notes, *_bytes_differ(files, remade), *_of_contents(opened, remade, is_same_tools=not of_tools)]
    notes += [remark("本机", difference) for difference in dict.fromkeys(of_tools)]
    notes += [Note(one.name, f"没有能重新生成：{one.reason}", one.remedy) for one in remade.not_made]
    return Part(_NAME, _said(files, remade, notes), tuple(notes)), remade


def _contents(opened: Opened) -> dict[str, Entry]:
    """Give the manifests by their names, the newest first."""
    found = {}
    if opened.manifest is not None:
        found[MANIFEST] = opened.manifest.content
    if opened.signed is not None and opened.signed is not opened.manifest:
        found[DRAFT_MANIFEST] = opened.signed.content
    return found


def _made(opened: Opened, files: _Files, metrics: Metrics, show: Show) -> Remade:
    batch = opened.batch
    texts = len(batch.signed.papers)
    numbers = opened.content["文号"]
    with show(texts * (2 if numbers else 1)) as advance:
        remade = remake_draft(batch, metrics, advance, files.look)
        return remake_final(batch, remade, numbers, metrics, advance, files.look) if numbers else remade


def _bytes_differ(files: _Files, remade: Remade) -> Iterator[Note]:
    """Name what the manifest has of a file otherwise than the data give it."""
    for path, digest in remade.hashes.items():
        if path not in files.listed:
            yield Note(path, "按数据应有这个文件，清单里没有", _FROM_BACKUP)
        elif files.listed[path] != digest and files.is_same_tools and path not in files.changed:
            yield Note(path, "与按数据重新生成的不同，版本和字体都没有变", "从备份取回原来的；没有备份的，重新送审")
    for path in files.listed:
        if path.partition("/")[0] in (DRAFT, *OUTPUT) and path not in remade.hashes and path != DRAFT_MANIFEST:
            yield Note(path, "清单里有，按数据没有这个文件", _FROM_BACKUP)


def _said(files: _Files, remade: Remade, notes: Sequence[Note]) -> str:
    faults = sum(note.is_fault for note in notes)
    alike = [
        path for path, digest in remade.hashes.items()
        if files.listed.get(path) == digest and not path.startswith(f"{DATA}/")
    ]
    told = f"{len(alike)} 个文件逐字节相同"
    if not files.is_same_tools:
        told += f"，{files.otherwise} 个因版本、字体不同而字节不同，核对了文字和位置"
    return f"{told}；{faults} 处与数据不符" if faults else f"{told}，清单里的数都由数据得出"


def _of_contents(opened: Opened, remade: Remade, *, is_same_tools: bool) -> Iterator[Note]:
    for name, content in _contents(opened).items():
        papers = remade.final_papers if name == MANIFEST and remade.final_papers else remade.content["文"]
        yield from _of_content(name, content, {**remade.content, "文": papers}, is_same_tools=is_same_tools)


def _of_content(name: str, content: Entry, right: Entry, *, is_same_tools: bool) -> Iterator[Note]:
    """Name what a manifest states otherwise than the data: figures one by one, papers text by text."""
    skipped = _NOT_OF_DATA if is_same_tools else _NOT_OF_DATA | _OF_TOOLS
    special = {"数": _figures, "公司": _companies, "文": _papers}
    for item, expected in right.items():
        if item in skipped or _plain(content.get(item)) == _plain(expected):
            continue
        stated = content.get(item, [])
        if item == "文" and not is_same_tools:
            yield from _pages_moved(name, stated, expected)
            stated, expected = _without_pages(stated), _without_pages(expected)
            if stated == expected:
                continue
        told = list(special.get(item, _nothing)(stated, expected))
        yield from (Note(name, words, _FROM_BACKUP) for words in told or [f"“{item}”与数据的不同"])
    passed = right["放行"]
    if content["放行"][: len(passed)] != passed:
        yield Note(name, "“放行”与数据里的不同", _FROM_BACKUP)


def _pages_moved(name: str, stated: Sequence[Entry], right: Sequence[Entry]) -> Iterator[Note]:
    """Other fonts may set a text on another page; that is told and is no fault."""
    pairs = [
        (then["页"], now["页"]) for own, other in zip(stated, right, strict=False) for item in ("段落", "表")
        for then, now in zip(own[item], other[item], strict=False)
    ]
    moved = sum(_plain(then) != _plain(now) for then, now in pairs)
    if moved:
        yield remark(name, f"{moved} 处文字和表所在的页或行与当时不同")


def _without_pages(papers: Sequence[Entry]) -> list[Any]:
    """Leave out what other tools may change: pages, and the files' hashes."""
    return [
        {**paper, "页数": None, "文件": sorted(paper["文件"])}
        | {item: [{**_lists(one), "页": []} for one in paper[item]] for item in ("段落", "表")}
        for paper in papers
    ]


def _lists(entry: Entry) -> dict[str, Any]:
    return {name: _plain(value) for name, value in entry.items()}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _nothing(_stated: Any, _right: Any) -> Iterator[str]:
    yield from ()


def _figures(stated: Sequence[Entry], right: Sequence[Entry]) -> Iterator[str]:
    """Name each figure that the data do not give, its parts too."""
    own = {figure["名称"]: figure for figure in stated}
    for figure in right:
        other = own.pop(figure["名称"], None)
        if other is None:
            yield f"缺“{figure['名称']}”，数据算出的是“{figure['写作']}”"
            continue
        for item in _OF_A_FIGURE:
            if other.get(item) != figure[item]:
                yield f"“{figure['名称']}”的{item}是“{other.get(item)}”，数据算出的是“{figure[item]}”"
                break
        yield from (f"“{figure['名称']}”的分项{words}" for words in _figures(other["分项"], figure["分项"]))
    yield from (f"多出“{name}”，数据里算不出" for name in own)


def _companies(stated: Sequence[Entry], right: Sequence[Entry]) -> Iterator[str]:
    own = {company["简称"]: company for company in stated}
    for company in right:
        other = own.pop(company["简称"], None)
        if other is None:
            yield f"缺“{company['简称']}”"
            continue
        yield from (f"“{company['简称']}”{words}" for words in _figures(other["数"], company["数"]))
    yield from (f"多出“{name}”" for name in own)


def _papers(stated: Sequence[Entry], right: Sequence[Entry]) -> Iterator[str]:
    own = {paper["名称"]: paper for paper in stated}
    for paper in right:
        other = own.pop(paper["名称"], None)
        if other is None:
            yield f"缺“{paper['名称']}”"
            continue
        for words in differences(paper, other):
            yield f"“{paper['名称']}”{words.replace('送审稿是', '数据得出的是').replace('现在是', '清单写的是')}"
        for then, now in zip(other["段落"], paper["段落"], strict=False):
            if _plain(then["数"]) != _plain(now["数"]):
                yield f"“{paper['名称']}”所记的“{now['文'][:15]}…”一段各数的位置与数据的不同"
    yield from (f"多出“{name}”" for name in own)
