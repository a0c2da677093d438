"""The rule that holds a paper's number against the register of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from docgen.check.catalogue import rule
from docgen.check.finding import Found, Grade, Rule
from docgen.check.known_numbers import KnownNumber, KnownNumbers
from docgen.check.rules.text.masthead import NUMBER
from docgen.check.rules.text.reading import bare, title_of, whole
from docgen.check.seen import Element, Paper

NEED_REGISTER = ("DOCNO-REG",)
"""Rules that are seen only beside a register."""


def rules_of(known: KnownNumbers, sha256: str) -> tuple[Rule, ...]:
    """Give the rules that need a register, for the file of this SHA-256."""
    return (rule("DOCNO-REG", partial(number_is_in_the_register, known, sha256)),)


def number_is_in_the_register(known: KnownNumbers, sha256: str, paper: Paper) -> Iterator[Found]:
    """条例 25: 发文字号经登记；一个号只给一份公文，作废的不再用。"""
    for element in paper.of("发文字号"):
        number = bare(element.text)
        if NUMBER.fullmatch(number) is None:
            continue
        entry = known.get(number)
        if entry is None:
            yield whole(
                element, f"登记簿里没有“{number}”", "发文字号已在发文登记簿登记",
                "核对文号；号是办公室给的，先在登记簿里补登",
            )
        else:
            yield from _held_against(entry, sha256, element, number, title_of(paper))


def _held_against(entry: KnownNumber, sha256: str, element: Element, number: str, title: str) -> Iterator[Found]:
    if entry.is_void:
        reason = f"（{entry.reason}）" if entry.reason else ""
        yield whole(element, f"“{number}”已经作废{reason}", "没有作废的号", "换用新取的号；作废的号不再用")
    elif title and entry.title and title != bare(entry.title):
        yield whole(
            element, f"登记簿里“{number}”是《{bare(entry.title)}》，这份是《{title}》", "一个号只给一份公文",
            "核对文号和标题：改回登记的标题，或另取号",
        )
    elif entry.is_issued and sha256 not in entry.sha256:
        yield whole(
            element, f"“{number}”已印发，这个文件与印发时的文件不同", "与印发时的文件一字节不差",
            "另存过的，文字没有改动即可；要看改了哪里，与归档的正本对照", Grade.INFO,
        )
