"""Close a run whose papers are all issued: the archive's lists, then the manifest, sealed into the register's chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docgen.issuing.archive import (
    ARCHIVE_LIST,
    RECEIPT_LIST,
    ArchivedFile,
    ArchivedPaper,
    FileKind,
    archive_list,
    receipt_list,
    units,
)
from docgen.issuing.as_signed import final_entry
from docgen.issuing.batch import (
    DATA,
    DRAFT,
    FINAL,
    MASTER,
    PUBLIC,
    Batch,
    digest_of,
    final_path,
)
from docgen.issuing.batch_manifest import DRAFT_MANIFEST, MANIFEST, State, sealed_bytes, tools
from docgen.issuing.durable import put, set_aside
from docgen.issuing.given import final_of, number_data
from docgen.issuing.manifest_read import Entry as Written
from docgen.issuing.numbered import NumberedPaper, numbered_papers
from docgen.issuing.publish import KEPT
from docgen.issuing.run import Drafted
from docgen.issuing.standing import NUMBERS, PASSES, passes_of
from docgen.layout import Metrics
from docgen.register import Entry, Register

_KINDS = {MASTER: FileKind.ISSUED, FINAL: FileKind.FINAL, PUBLIC: FileKind.PUBLIC, DRAFT: FileKind.DRAFT, DATA: FileKind.DATA}


def seal(
    batch: Batch, drafted: Drafted, entries: Mapping[str, Entry], register: Register, metrics: Metrics
) -> None:
    """Write the lists and the manifest of a run whose papers are all issued. Again it writes the same."""
    signed = (batch.signed.path).read_bytes()
    put(batch.folder / DRAFT_MANIFEST, signed)
    papers = list(final_papers(batch, entries))
    for name, book in lists(batch, drafted, entries, papers).items():
        _put_list(batch.folder, name, book)
    content = _content(batch, entries, papers, metrics) | {
        "送审稿清单": hashlib.sha256(signed).hexdigest(),
    }
    raw = register.seal(batch.id, lambda previous: sealed_bytes(content | {"前一清单": previous}))
    put(batch.folder / MANIFEST, raw)


def _put_list(folder: Path, name: str, book: bytes) -> None:
    """Write a list; one that somebody has written in is set aside."""
    path = folder / name
    if path.is_file() and path.read_bytes() != book:
        set_aside(path, folder / KEPT)
    put(path, book)


def final_papers(batch: Batch, entries: Mapping[str, Entry]) -> Iterator[Written]:
    """Say of each text of the run what its manifest says once it is numbered."""
    owners = {path: entry for entry in entries.values() for path in (file.path for file in entry.files)}
    hashes = {file.path: file.sha256 for entry in entries.values() for file in entry.files}
    for signed in batch.signed.papers:
        files = [final_path(path.removeprefix(f"{DRAFT}/")) for path in signed["文件"]]
        if files:
            entry = owners[files[0]]
            yield final_entry(signed, final_of(entry), {path: hashes[path] for path in files})


def _content(
    batch: Batch, entries: Mapping[str, Entry], papers: Sequence[Written], metrics: Metrics
) -> dict[str, object]:
    made_with = tools(metrics.files)
    return dict(batch.signed.content) | {
        "文": papers,
        "状态": State.FINAL,
        "版本": made_with.versions,
        "样式": made_with.stylesheet,
        "字体": made_with.fonts,
        "放行": [*batch.signed.content["放行"], *passes_of(batch.folder)],
        "文号": [number_data(entry) for entry in entries.values()],
        "全部文件": [[name, digest] for name, digest in _all_files(batch, entries)],
    }


def _all_files(batch: Batch, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """Give every file of the run, in order of its path; what else lies in the folder is none of them."""
    names = {name for name, _ in batch.signed_files()} | {DRAFT_MANIFEST, NUMBERS, PASSES, ARCHIVE_LIST, RECEIPT_LIST}
    names |= {file.path for entry in entries.values() for file in entry.files}
    for name in sorted(name for name in names if (batch.folder / name).is_file()):
        yield name, digest_of(batch.folder / name)


def lists(
    batch: Batch, drafted: Drafted, entries: Mapping[str, Entry], papers: Sequence[Written]
) -> dict[str, bytes]:
    """Write 归档目录 and 分送签收单 of a run, by their paths. `papers` are what its manifest says of the numbered ones."""
    pages = {
        path: paper["页数"] for paper in (*papers, *batch.signed.papers) for path in paper["文件"] if not path.endswith(".xlsx")
    }
    archived = [
        _archived(paper, entries[paper.name], batch, pages, drafted)
        for paper in numbered_papers(drafted)
    ]
    of_run = [
        ArchivedFile(FileKind.DATA, name, digest) for name, digest in batch.signed_files() if name.startswith(f"{DATA}/")
    ]
    return {ARCHIVE_LIST: archive_list(archived, of_run), RECEIPT_LIST: receipt_list(archived)}


def _archived(
    paper: NumberedPaper, entry: Entry, batch: Batch, pages: Mapping[str, int | None], drafted: Drafted
) -> ArchivedPaper:
    final, imprint = final_of(entry), paper.document.imprint
    drafts = {final_path(path.removeprefix(f"{DRAFT}/")): path for paper_ in batch.signed.papers for path in paper_["文件"]}
    files = [(file.path, file.sha256) for file in entry.files]
    signed = dict(batch.signed_files())
    files += [(drafts[path], signed[drafts[path]]) for path, _ in files if path in drafts]
    return ArchivedPaper(
        genre=entry.particulars.genre,
        number=final.number,
        title=entry.particulars.title,
        issuers=entry.particulars.issuers,
        signing_date=final.signing_date,
        addressees=tuple(unit for recipient in paper.recipients for unit in units(recipient)),
        copy_to=imprint.copy_to if imprint is not None else (),
        annexes=len(paper.document.annexes),
        copies=entry.particulars.copies,
        secrecy=entry.particulars.secrecy,
        publicity=entry.particulars.publicity,
        files=tuple(
            ArchivedFile(_KINDS[path.partition("/")[0]], path, digest, pages.get(path)) for path, digest in files
        ),
    )
