"""Hold a run's manifest against the register: its place in the chain, its numbers, their states and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.gongwen import DocumentNumber
from docgen.issuing.batch import digest_of
from docgen.issuing.batch_manifest import MANIFEST
from docgen.issuing.given import number_data
from docgen.issuing.opened import Opened
from docgen.issuing.verified import Note, Part, remark
from docgen.issuing.verify_folder import FINISH, OUTPUT, listed_files
from docgen.register import Entry, Register, State


def look_at_register(opened: Opened, register: Register, issued: Sequence[Entry]) -> Part:
    """Hold the manifest against the register: its hash in the chain, its numbers, their files and states."""
    notes = [*_of_chain(opened, register), *_of_numbers(opened, register), *_of_entries(opened, issued)]
    faults = sum(note.is_fault for note in notes)
    numbers = len(opened.content["文号"]) if opened.is_final else len(issued)
    said = f"{numbers} 个文号和清单与登记簿相符" if not faults else f"{faults} 处与登记簿不符"
    return Part("登记簿", said if numbers else "还没有取号", tuple(notes))


def _of_chain(opened: Opened, register: Register) -> Iterator[Note]:
    sealed = register.sealed(str(opened.content["批次"]))
    if sealed is None:
        if opened.is_final:
            yield Note(MANIFEST, "登记簿里没有它的记录", f"核对 --register 是不是定稿时用的登记簿；中断的，{FINISH}")
        return
    if not opened.is_final:
        yield remark(MANIFEST, "登记簿里本批次已定稿，这个文件夹里还是送审稿", "找定稿的文件夹；这是副本的，不要再用")
        return
    path = opened.folder / MANIFEST
    if not path.is_file() or digest_of(path) != sealed[0]:
        yield Note(MANIFEST, "与登记簿封存的不同", "从备份取回原来的")
    elif opened.content["前一清单"] != sealed[1]:
        yield Note(MANIFEST, "所接的前一清单与登记簿的不同", "从备份取回原来的")


def _of_numbers(opened: Opened, register: Register) -> Iterator[Note]:
    """Each number of the manifest, and what the register has of it."""
    for data in opened.content["文号"]:
        number = str(data["发文字号"])
        try:
            entry = register.find(DocumentNumber.parse(number))
        except ValueError:
            entry = None
        if entry is None:
            yield Note(number, "清单里有，登记簿里没有", "核对 --register 是不是定稿时用的登记簿")
        elif entry.state is State.VOID:
            yield Note(number, f"已作废：{entry.reason}", "这份公文不能再用；要重发的，再运行 docgen issue finalise 另取号")
        elif entry.run != opened.content["批次"]:
            yield Note(number, f"在登记簿里是别的公文的（{entry}）", "核对文号；从备份取回原来的清单")
        elif entry.state is not State.ISSUED:
            yield Note(number, f"在登记簿里是{entry.state}，还没有印发", FINISH)
        elif (here := number_data(entry)) != data:
            differing = "；".join(
                f"{item}清单写“{data.get(item)}”，登记簿写“{value}”" for item, value in here.items() if data.get(item) != value
            )
            yield Note(number, differing or "与登记簿的不同", "以登记簿为准；从备份取回原来的清单")


def _of_entries(opened: Opened, issued: Sequence[Entry]) -> Iterator[Note]:
    """Each entry of the run in the register, and what the manifest and the folder have of it."""
    listed = listed_files(opened)
    numbers = {str(data["发文字号"]) for data in opened.content["文号"]}
    of_register = set()
    for entry in issued:
        name = str(entry.number)
        if opened.is_final and name not in numbers:
            yield Note(name, f"登记簿里是本批次的（{entry}），清单里没有", FINISH)
        elif not opened.is_final:
            yield remark(name, f"已取号，定稿没有做完（{entry.state}）", FINISH)
        for file in entry.files:
            of_register.add(file.path)
            if opened.is_final and listed.get(file.path) != file.sha256:
                yield Note(file.path, f"清单所记的与登记簿里 {name} 的文件不同", "从备份取回原来的；以登记簿为准")
    if opened.is_final:
        for file_name in listed:
            if file_name.partition("/")[0] in OUTPUT and file_name not in of_register:
                yield Note(file_name, "清单里有，登记簿里没有登记这个文件", "从备份取回原来的清单；文号作废了的，另取号")
