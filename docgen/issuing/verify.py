"""Verify a run: its files, its place in the register, what its data give, and the office's own finished papers.

Everything is looked at as far as it can be, and all that is found is told at once. Nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.issuing.draft_batch import Show
from docgen.issuing.opened import Opened, open_as_it_is
from docgen.issuing.remake import Remade
from docgen.issuing.verified import Part, Verified
from docgen.issuing.verify_folder import listed_files, look_at_folder
from docgen.issuing.verify_paper import Papers, look_at_paper
from docgen.issuing.verify_register import look_at_register
from docgen.issuing.verify_remake import look_at_remade
from docgen.layout import Metrics
from docgen.register import Register


def verify(
    folder: Path, papers: Sequence[Path], register: Register | None, metrics: Metrics, show: Show, *, is_own: bool = False
) -> Verified:
    """Verify the run in a folder, and hold finished papers against it. Raise Unreadable when there is no run.

    A register that `is_own` is just the one at hand: a run that it does not know is another's.
    """
    opened = open_as_it_is(folder)
    run = str(opened.content["批次"])
    issued = register.entries_of(run) if register is not None else ()
    parts = [look_at_folder(opened, issued)]
    if register is not None and (issued or not is_own or register.sealed(run) is not None):
        parts.append(look_at_register(opened, register, issued))
    elif opened.is_final:
        parts.append(Part("登记簿", "没有对照；用 --register 写出定稿时用的登记簿"))
    part, remade = look_at_remade(opened, metrics, show)
    parts.append(part)
    if papers:
        parts.extend(_papers(papers, opened, remade, metrics))
    state = f"{opened.content['状态']}，{opened.content['公文']}"
    return Verified(str(opened.content["批次"]), state, tuple(parts))


def _papers(paths: Sequence[Path], opened: Opened, remade: Remade | None, metrics: Metrics) -> Iterator[Part]:
    if remade is None:
        yield from (Part(f"成稿 {path}", "没有核对：批次没有能重新生成，先处理上面各处") for path in paths)
        return
    listed = {digest: name for name, digest in listed_files(opened).items()}
    papers = Papers(opened.batch, remade, metrics, listed)
    yield from (look_at_paper(path, papers) for path in paths)
