"""Damage the bytes and the zip of a workbook: what a broken copy, a broken disk or a hostile hand leaves."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from tests.bench.files import undated
from tests.fuzz.seed import BOOK, Files, Seed, zipped

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def flipped(content: bytes, rng: Random) -> bytes:
    """Flip some bits, or write over, drop or double a stretch of bytes."""
    spoilt = bytearray(content)
    if not spoilt:
        return content
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(spoilt) or 1)
        length = rng.randrange(1, 40)
        match rng.randrange(6):
            case 0:
                spoilt[at : at + length] = bytes(len(spoilt[at : at + length]))
            case 1:
                spoilt[at : at + length] = rng.randbytes(len(spoilt[at : at + length]))
            case 2:
                del spoilt[at : at + length]
            case 3:
                spoilt[at:at] = spoilt[at : at + length]
            case _ if spoilt:
                spoilt[min(at, len(spoilt) - 1)] ^= 1 << rng.randrange(8)
        if not spoilt:
            return b""
    return bytes(spoilt)


def bits_of_the_file(seed: Seed, rng: Random) -> Files:
    return {BOOK: flipped(seed.workbook, rng)}


def cut_short(seed: Seed, rng: Random) -> Files:
    content = seed.workbook
    at = rng.choice((rng.randrange(len(content)), rng.randrange(64), len(content) - rng.randrange(1, 200)))
    match rng.randrange(4):
        case 0:
            return {BOOK: content[at:]}
        case 1:
            return {BOOK: content[:at] + rng.randbytes(rng.randrange(500))}
        case 2:
            return {BOOK: content + rng.randbytes(rng.randrange(1, 70_000))}
    return {BOOK: content[:at]}


def bits_of_a_part(seed: Seed, rng: Random) -> Files:
    """Damage inflated parts and pack them again with the right checksums."""
    parts = dict(seed.parts)
    for name in rng.sample(sorted(parts), rng.choice((1, 1, 2, 4))):
        parts[name] = flipped(parts[name], rng)
    return {BOOK: zipped(parts)}


def bits_of_the_directory(seed: Seed, rng: Random) -> Files:
    """Damage one field of one header: sizes, offsets, flags, methods and checksums that lie."""
    spoilt = bytearray(seed.workbook)
    mark, fields = rng.choice((
        (_LOCAL, ((6, "<H"), (8, "<H"), (14, "<I"), (18, "<I"), (22, "<I"), (26, "<H"), (28, "<H"))),
        (_CENTRAL, ((8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (28, "<H"), (30, "<H"), (42, "<I"))),
        (_END, ((4, "<H"), (8, "<H"), (10, "<H"), (12, "<I"), (16, "<I"), (20, "<H"))),
    ))
    places = [at for at in range(len(spoilt)) if spoilt.startswith(mark, at)]
    for _ in range(rng.choice((1, 1, 3))):
        at = rng.choice(places)
        offset, form = rng.choice(fields)
        size = struct.calcsize(form)
        lies = (0, 1, 8, 9, 12, 14, 99, 0x800, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, rng.randrange(1 << 16))
        lie = rng.choice(lies) & ((1 << 8 * size) - 1)
        spoilt[at + offset : at + offset + size] = struct.pack(form, lie)
    return {BOOK: bytes(spoilt)}


def strange_members(seed: Seed, rng: Random) -> Files:
    """Add, double, rename or drop members: ../ names, links, folders, archives, thousands of them."""
    parts = list(seed.parts.items())
    place = rng.randrange(len(parts))
    name, content = parts[place]
    target = io.BytesIO()
    method = rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(target, "w", method) as book:
        match rng.randrange(9):
            case 0:
                parts.append((name, flipped(content, rng)))
            case 1:
                parts[place] = (rng.choice(("../", "/", "\\", "C:\\", "./", "甲/", "\x7f")) + name, content)
            case 2:
                parts[place] = (name.upper() if rng.random() < 0.5 else name.lower(), content)
            case 3:
                del parts[place]
            case 4:
                link = zipfile.ZipInfo(rng.choice((name, "xl/甲.xml", "../甲")))
                link.external_attr = (stat.S_IFLNK | 0o777) << 16
                book.writestr(link, "/etc/hostname")
            case 5:
                parts += [(f"xl/media/{number}.bin", b"") for number in range(rng.choice((50, 2900, 4000)))]
            case 6:
                parts.append(("xl/甲.zip", seed.workbook))
            case 7:
                parts.append((f"xl/{'长' * 20_000}.xml", b"<a/>"))
            case 8:
                rng.shuffle(parts)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for member, inside in parts:
                book.writestr(undated(member), inside, method)
        book.comment = rng.randbytes(rng.choice((0, 0, 3, 65_000)))
    return {BOOK: target.getvalue()}


def streamed(seed: Seed, rng: Random) -> Files:
    """Write without sizes in the local headers (data descriptors), and sometimes with false ones behind."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, some: bytes) -> int:  # type: ignore[override]
            self.content += some
            return len(some)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as book:  # type: ignore[arg-type]
        for name, content in seed.parts.items():
            with book.open(undated(name), "w", force_zip64=rng.random() < 0.3) as part:
                part.write(content)
    spoilt = bytes(pipe.content)
    return {BOOK: spoilt if rng.random() < 0.3 else flipped(spoilt, rng)}


def bombs(seed: Seed, rng: Random) -> Files:
    """Unfold to far more than they take: one part of blanks, entities within entities, deep nesting."""
    parts = dict(seed.parts)
    sheet = "xl/worksheets/sheet1.xml"
    match rng.randrange(7):
        case 0:
            parts[sheet] = parts[sheet].replace(b"</sheetData>", b" " * rng.choice((10**6, 10**8)) + b"</sheetData>")
        case 1:
            entities = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(9))
            head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">' + entities + b"]>"
            parts[sheet] = head + parts[sheet].partition(b"?>")[2].replace(b"<v>0</v>", b"<v>&e9;</v>")
        case 2:
            depth = rng.choice((1000, 100_000))
            parts[sheet] = parts[sheet].replace(b"<sheetData>", b"<sheetData>" + b"<row>" * depth)
        case 3:
            depth = rng.choice((1000, 100_000))
            parts["xl/sharedStrings.xml"] = b"<sst>" + b"<si>" * depth + b"<t>x</t>" + b"</si>" * depth + b"</sst>"
        case 4:
            far = rng.choice((b"XFD1048576", b"XFD600", b"A1048576", b"Z380000", b"AAA9000", b"ZZ14000"))
            cell = b'<row r="1"><c r="%s"><v>5</v></c></row></sheetData>' % far
            parts[sheet] = parts[sheet].replace(b"</sheetData>", cell)
        case 5:
            rows = b"".join(b'<row r="%d"/>' % number for number in range(500, rng.choice((20_000, 60_000))))
            parts[sheet] = parts[sheet].replace(b"</sheetData>", rows + b"</sheetData>")
        case 6:
            name = rng.choice(sorted(parts))
            parts[name] = rng.choice((b"", b"<", b"\x00" * 10**7, zlib.compress(parts[name]), b"PK\x03\x04" * 10))
    return {BOOK: zipped(parts)}


def other_files(seed: Seed, rng: Random) -> Files:
    """Give something else the name of a workbook."""
    kind = rng.randrange(8)
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    contents: tuple[Callable[[], bytes], ...] = (
        lambda: b"",
        lambda: rng.randbytes(rng.randrange(1, 5000)),
        lambda: ole + rng.randbytes(rng.randrange(5000)),
        lambda: ole + "EncryptedPackage".encode("utf-16-le") + rng.randbytes(2000),
        lambda: b"PK\x03\x04" + rng.randbytes(rng.randrange(5000)),
        lambda: "<html><table><tr><td>保单号</td></tr></table></html>".encode(),
        lambda: b"PK\x05\x06" + bytes(18),
        lambda: zipped({"甲.txt": b"x"}),
    )
    suffix = rng.choice((".xlsx", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".txt"))
    content = contents[kind]() if rng.random() < 0.7 else seed.workbook
    return {f"检查数据{suffix}": content}


def damaged_samples(seed: Seed, rng: Random) -> Files:
    """Damage a workbook of another format or program; the seed's own where there are none."""
    if not seed.samples:
        return bits_of_the_file(seed, rng)
    name = rng.choice(sorted(seed.samples))
    content = seed.samples[name]
    content = content[: rng.randrange(len(content) or 1)] if rng.random() < 0.2 else flipped(content, rng)
    return {name: content} if not name.endswith(".csv") else seed.csv_files | {name: content}
