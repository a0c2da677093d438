"""Finished papers damaged in seeded ways, to be checked: DOCX and PDF of docgen's own, and words that try the rules."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random
from typing import Any, NamedTuple

import pikepdf

from tests.check.docx_fuzz import DAMAGES as DOCX_DAMAGES
from tests.check.docx_fuzz import SEEDS
from tests.check.text.planted import docx_of, pdf_of, retyped
from tests.papers import PAPERS

_ODD_OBJECTS: tuple[Any, ...] = (
    0, -1, 99_999_999_999, pikepdf.Name("/X"), pikepdf.Name("/Identity-H"), pikepdf.Array([]), pikepdf.Dictionary(),
    pikepdf.String("不是数"), pikepdf.Array([0, 0, 0, 0]), pikepdf.Array([-9e9, 9e9, 1e-9, 1]), True, b"\x00\xff",
)  # fmt: skip
_OPERATOR = re.compile(rb"-?\d+(?:\.\d+)?|[A-Za-z*']{1,2}(?=\s)")
_ODD_OPERANDS = (
    b"0", b"-99999", b"1e309", b"99999999999999999999", b"q", b"Q", b"cm", b"Tm", b"Tf", b"/F Do", b"BT", b"ET", b"Tj", b"()", b"re f",
)  # fmt: skip
_ODD_WORDS = (
    "9" * 20_000, "（" * 3_000, "《“‘" * 1_500, "1.1." * 4_000, "，其中" * 2_000 + "1家、2家", "共1份、2份，" * 1_500,
    "市应急局" * 2_000, "（以下简称“安责险”）" * 400, "—–-～~" * 2_000, "20241-6月" * 2_000, "〔2024〕" * 2_000,
    "一、" * 3_000, "附件：" * 1_000, "\u200b\u202e𠮷" * 900, "1万余家其中" * 1_500, "省市县区" * 2_000, "【待补" * 2_000,
    "甲" * 60_000, "1、2，3；" * 3_000, "", "】", "某" * 300 + "（以下简称“某某某某某某”）" + "某" * 3_000,
)  # fmt: skip

Damage = Callable[[bytes, Random], bytes]


class PaperCase(NamedTuple):
    """One damaged paper, and whether its findings are drawn over it too."""

    number: int
    damage: str
    content: bytes
    is_drawn: bool


def bits(content: bytes, rng: Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(rng.choice((1, 5, 40))):
        at, length = rng.randrange(len(spoilt)), rng.randrange(1, 60)
        match rng.randrange(3):
            case 0:
                spoilt[at] ^= 1 << rng.randrange(8)
            case 1:
                spoilt[at : at + length] = rng.randbytes(length)
            case _:
                del spoilt[at : at + length]
    return bytes(spoilt)


def cut(content: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] if rng.random() < 0.7 else content[at:]


def _in_pdf(change: Callable[[pikepdf.Pdf, Random], None]) -> Damage:
    """Change the objects of a PDF and write it whole again."""

    def damage(content: bytes, rng: Random) -> bytes:
        with pikepdf.open(BytesIO(content)) as pdf:
            change(pdf, rng)
            out = BytesIO()
            pdf.save(out, deterministic_id=True, compress_streams=rng.random() < 0.5)
            return out.getvalue()

    return damage


def _streams(pdf: pikepdf.Pdf) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]


def streams_swapped(pdf: pikepdf.Pdf, rng: Random) -> None:
    one, other = rng.sample(_streams(pdf), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write(second)
    other.write(first)


def odd_entries(pdf: pikepdf.Pdf, rng: Random) -> None:
    holders = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
    for _ in range(rng.choice((1, 3, 20))):
        holder = rng.choice(holders)
        keys = [key for key in holder.keys() if key not in ("/Length", "/Filter")]  # noqa: SIM118 - a PDF object
        if keys:
            key = rng.choice(keys)
            if rng.random() < 0.3 and key not in ("/Pages", "/Kids"):
                del holder[key]
            else:
                holder[key] = rng.choice(_ODD_OBJECTS)


def odd_drawing(pdf: pikepdf.Pdf, rng: Random) -> None:
    for page in rng.sample(list(pdf.pages), min(2, len(pdf.pages))):
        page.contents_coalesce()
        drawn = page.Contents.read_bytes()
        for _ in range(rng.choice((1, 10, 200))):
            found = list(_OPERATOR.finditer(drawn, rng.randrange(max(1, len(drawn) - 300))))[:20]
            if found:
                at = rng.choice(found)
                drawn = drawn[: at.start()] + rng.choice(_ODD_OPERANDS) + drawn[at.end() :]
        page.Contents = pdf.make_stream(drawn)


def pages_moved(pdf: pikepdf.Pdf, rng: Random) -> None:
    for _ in range(rng.choice((1, 3))):
        page = rng.choice(pdf.pages)
        match rng.randrange(4):
            case 0:
                page.Rotate = rng.choice((90, 180, 270, 45, -90))
            case 1:
                page.MediaBox = pikepdf.Array(rng.choice(([0, 0, 1, 1], [0, 0, 0, 0], [-500, -500, 14400, 14400], [842, 595, 0, 0])))
            case 2:
                page.CropBox = pikepdf.Array([rng.randrange(-100, 600) for _ in range(4)])
            case _:
                page.UserUnit = rng.choice((0.001, 2, 1000, -1))


def pages_repeated(pdf: pikepdf.Pdf, rng: Random) -> None:
    for page in list(pdf.pages)[:4] * rng.choice((1, 3)):
        pdf.pages.append(page)
    rng.shuffle(order := list(range(len(pdf.pages))))
    pages = [pdf.pages[place] for place in order]
    del pdf.pages[:]
    pdf.pages.extend(pages)


def words(content: bytes, rng: Random) -> bytes:
    for _ in range(rng.choice((1, 1, 4))):
        old = rng.choice(("安全生产责任保险", "2024", "应急管理局", "，", "。", "附件", "号", "年"))
        if re.search(rf"<w:t[ >][^<]*{old}", _document(content).decode()):
            content = retyped(content, old, rng.choice(_ODD_WORDS), is_once=True)
    return content


def _document(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("word/document.xml")


PDF_DAMAGES: tuple[tuple[str, Damage], ...] = (
    ("pdf bits", bits), ("pdf cut", cut), ("pdf streams swapped", _in_pdf(streams_swapped)), ("pdf odd entries", _in_pdf(odd_entries)),
    ("pdf odd drawing", _in_pdf(odd_drawing)), ("pdf pages moved", _in_pdf(pages_moved)), ("pdf pages repeated", _in_pdf(pages_repeated)),
    ("pdf then bits", lambda content, rng: bits(_in_pdf(odd_drawing)(content, rng), rng)),
)  # fmt: skip
DAMAGES: tuple[tuple[str, Damage], ...] = (
    *((f"docx {getattr(damage, '__name__', '').strip('_')} {number}", damage) for number, damage in enumerate(DOCX_DAMAGES)),
    *(("docx words", words),) * 4,
    *PDF_DAMAGES,
    *PDF_DAMAGES,
)


@cache
def _seed(name: str, *, is_pdf: bool) -> bytes:
    document = PAPERS[name]
    return pdf_of(document) if is_pdf else docx_of(document)


def make_paper_case(number: int, seed: int) -> PaperCase:
    """Damage a paper in the way whose turn it is; the same number and seed give the same bytes."""
    rng = Random(seed * 1_000_003 + number)
    name, damage = DAMAGES[number % len(DAMAGES)]
    is_pdf = name.startswith("pdf")
    content = damage(_seed(rng.choice(SEEDS), is_pdf=is_pdf), rng)
    return PaperCase(number, name, content, is_pdf and rng.random() < 0.1)
