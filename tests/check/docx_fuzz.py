"""Damage docgen's own DOCX in seeded ways, and read what comes of it: findings or a refusal, never a traceback.

`python -m tests.check.docx_fuzz 2000` runs so many cases and says how they ended.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.check.rules.docx import RULES
from docgen.errors import Unreadable
from docgen.render.shell import packed as zipped
from tests.check.word_files import DOCUMENT, made, parts_of

_SEED = 20240815
_ODD = (
    "", "-1", "0", "99999999999999999999", "1e9", "NaN", "0.5", "12pt", "-3cm", "true", "off", "auto", "FF0000", "#f",
    "不是数", "x" * 5000, "&#9;", "None", "exact", "page", "PAGE", "begin", "end", "separate", "1 2 3",
)  # fmt: skip
_TAG = re.compile(r"<[^<>]+>")
_VALUE = re.compile(r'="[^"]*"')
_ELEMENT = re.compile(r"<w:(p|r|tbl|tr|tc|pPr|rPr|sectPr|sdt|ind|spacing|txbxContent|fldChar|style)[ >]")


def _bits(content: bytes, rng: Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(rng.choice((1, 2, 5, 20))):
        at, length = rng.randrange(len(spoilt)), rng.randrange(1, 40)
        match rng.randrange(4):
            case 0:
                spoilt[at : at + length] = rng.randbytes(length)
            case 1 if len(spoilt) > length + 100:
                del spoilt[at : at + length]
            case 2:
                spoilt[at:at] = spoilt[at : at + length]
            case _:
                spoilt[at] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def _cut(content: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] if rng.random() < 0.7 else content[at:]


def _part_gone(content: bytes, rng: Random) -> bytes:
    parts = parts_of(content)
    del parts[rng.choice(list(parts))]
    return zipped(parts)


def _parts_swapped(content: bytes, rng: Random) -> bytes:
    parts = parts_of(content)
    one, other = rng.sample(list(parts), 2)
    return zipped(parts | {one: parts[other], other: parts[one]})


def _in_part(change: Callable[[str, Random], str]) -> Callable[[bytes, Random], bytes]:
    def damage(content: bytes, rng: Random) -> bytes:
        parts = parts_of(content)
        xml = [name for name in parts if name.endswith((".xml", ".rels"))]
        name = DOCUMENT if rng.random() < 0.5 else rng.choice(xml)
        return zipped(parts | {name: change(parts[name].decode(), rng).encode()})

    return damage


def _odd_values(text: str, rng: Random) -> str:
    for _ in range(rng.choice((1, 3, 10, 200))):
        found = list(_VALUE.finditer(text))
        if found:
            at = rng.choice(found)
            text = f'{text[: at.start()]}="{rng.choice(_ODD)}"{text[at.end() :]}'
    return text


def _tag_gone(text: str, rng: Random) -> str:
    at = rng.choice(list(_TAG.finditer(text)))
    return text[: at.start()] + text[at.end() :]


def _element_moved(text: str, rng: Random) -> str:
    """Take whole elements out, double them, or put them inside others."""
    for _ in range(rng.choice((1, 2, 5))):
        starts = list(_ELEMENT.finditer(text))
        if not starts:
            return text
        start = rng.choice(starts)
        close = f"</w:{start[1]}>"
        end = text.find(close, start.start())
        if end < 0:
            continue
        piece = text[start.start() : end + len(close)]
        if piece.count(f"<w:{start[1]}") != piece.count(close):
            continue
        rest = text[: start.start()] + text[end + len(close) :]
        other = rng.choice(list(_TAG.finditer(rest))).end()
        text = rng.choice((rest, text[: start.start()] + piece + text[start.start() :], rest[:other] + piece + rest[other:]))
    return text


def _renamed(text: str, rng: Random) -> str:
    names = sorted(set(re.findall(r"w:(\w+)", text)))
    if len(names) < 2:
        return text
    one, other = rng.sample(names, 2)
    return re.sub(rf"\bw:{one}\b", f"w:{other}", text)


def _nested(text: str, rng: Random) -> str:
    depth = rng.choice((5, 30, 100, 300, 20_000))
    name = rng.choice(("sdt", "ins", "tbl", "hyperlink", "sdtContent", "p"))
    inner = f"<w:{name}>" * depth + "<w:p/>" + f"</w:{name}>" * depth
    return text.replace("<w:body>", f"<w:body>{inner}", 1)


def _entities(text: str, rng: Random) -> str:
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    head, _, body = text.partition("?>")
    where = rng.choice(("<w:t>&a9;</w:t>", "<w:t>&x;</w:t>"))
    doctype = f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return f"{head}?>{doctype}{re.sub('<w:t>[^<]*</w:t>', where, body, count=1)}"


DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _bits, _cut, _part_gone, _parts_swapped, _in_part(_odd_values), _in_part(_odd_values), _in_part(_tag_gone),
    _in_part(_element_moved), _in_part(_element_moved), _in_part(_renamed), _in_part(_nested), _in_part(_entities),
)  # fmt: skip
SEEDS = ("short", "letter", "circular", "three issuers")


def damaged(number: int) -> bytes:
    """The case of a number: the same at any time."""
    rng = Random(_SEED + number)
    return DAMAGES[number % len(DAMAGES)](made(rng.choice(SEEDS)), rng)


def outcome(content: bytes) -> str:
    """Read a file and look at it by every rule: 看过, or what it was refused for; "" where no remedy was said."""
    try:
        paper = paper_of_docx(see_docx(content))
    except Unreadable as refusal:
        return refusal.message.partition("（")[0] if refusal.remedy else ""
    for rule in RULES:
        for found in rule.look(paper):
            assert found.found
    return "看过"


if __name__ == "__main__":
    ended, slowest = Counter[str](), 0.0
    for case in range(int(sys.argv[1])):
        begun = time.process_time()
        ended[outcome(damaged(case))] += 1
        slowest = max(slowest, time.process_time() - begun)
    print(f"slowest {slowest:.2f} s", *(f"{count:6} {what}" for what, count in ended.most_common()), sep="\n")
