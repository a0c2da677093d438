"""Refuse a PDF that is too much to read, before anything of it is unpacked: its size, pages, and what its streams become."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zlib
from collections.abc import Iterator

import pikepdf

from docgen.errors import Unreadable

MOST_BYTES = 50_000_000
MOST_PAGES = 500
MOST_IN_ONE = 100_000_000
MOST_IN_ALL = 250_000_000
MOST_PIXELS = 1_500_000_000
MOST_DRAWN = 20_000_000
"""Bytes of drawing instructions that all pages may come to, drawings in drawings counted as often as they are drawn."""
_MOST_LZW = 200_000
_MOST_LAYERS = 4
_DICTIONARY = 2_000
_STREAM = re.compile(rb"stream\r?\n")
_DRAW = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
_TOO_BIG = "这份 PDF 展开后太大，可能是损坏或恶意构造的文件"
_REMEDY = "请用原来的软件另存或重新打印为 PDF，再检查一遍"


def refuse_too_big(content: bytes) -> None:
    """Raise Unreadable for what is no PDF, or one whose streams become more than a paper's ever do.

    Every stream is unpacked piece by piece and thrown away, as far as the limit and no further.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(f"文件有 {len(content) // 1_000_000} MB，超过 {MOST_BYTES // 1_000_000} MB", _REMEDY)
    if b"%PDF-" not in content[:1024]:
        raise Unreadable("这不是 PDF 文件", "请选 PDF 或 DOCX 文件")
    total = pixels = 0
    for match in _STREAM.finditer(content):
        if content[max(0, match.start() - 3) : match.start()] == b"end":
            continue
        end = content.find(b"endstream", match.end())
        packed = content[match.end() : end if end > 0 else len(content)]
        before = content[max(0, match.start() - _DICTIONARY) : match.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        is_image = b"/Image" in dictionary
        size = _size(packed, dictionary, is_image)
        total, pixels = (total, pixels + size) if is_image else (total + size, pixels)
        if total > MOST_IN_ALL or pixels > MOST_PIXELS:
            raise Unreadable(_TOO_BIG, _REMEDY)


def _size(packed: bytes, dictionary: bytes, is_image: bool) -> int:
    """How much a stream becomes."""
    if b"/LZW" in dictionary and not is_image and len(packed) > _MOST_LZW:
        raise Unreadable("这份 PDF 用了早已淘汰的压缩方式（LZW），无法安全展开", _REMEDY)
    if b"/ASCII85Decode" in dictionary or b"/A85" in dictionary:
        packed = _plain(packed)
    elif b"/ASCIIHexDecode" in dictionary or b"/AHx" in dictionary:
        packed = _from_hex(packed)
    largest = len(packed)
    for _ in range(_MOST_LAYERS):
        packed, size = _unpack(packed)
        largest = max(largest, size)
        if largest > MOST_IN_ONE:
            raise Unreadable(_TOO_BIG, _REMEDY)
        if not packed:
            return largest
    raise Unreadable("这份 PDF 层层压缩，无法安全展开", _REMEDY)


def _plain(packed: bytes) -> bytes:
    text = packed.strip()
    try:
        return base64.a85decode(text if text.endswith(b"~>") else text + b"~>", adobe=text.startswith(b"<~"))
    except ValueError:
        try:
            return base64.a85decode(text.removesuffix(b"~>"))
        except ValueError:
            return packed


def _from_hex(packed: bytes) -> bytes:
    digits = bytes(byte for byte in packed.partition(b">")[0] if byte not in b" \r\n\t\f\0")
    try:
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except ValueError:
        return packed


def _unpack(packed: bytes) -> tuple[bytes, int]:
    """Unpack one layer of deflate: what came out where that is packed once more, and how much it was."""
    if len(packed) < 2 or packed[0] & 0x0F != 8 or (packed[0] * 256 + packed[1]) % 31:
        return b"", len(packed)
    machine = zlib.decompressobj()
    size, kept = 0, b""
    pending = packed
    try:
        while pending and size <= MOST_IN_ONE:
            piece = machine.decompress(pending, 1 << 20)
            if not piece:
                break
            kept = kept + piece if size < (1 << 21) else kept
            size += len(piece)
            pending = machine.unconsumed_tail
    except zlib.error:
        return b"", size
    is_packed_again = len(kept) > 1 and kept[0] == 0x78 and (kept[0] * 256 + kept[1]) % 31 == 0
    return (kept if is_packed_again else b""), size


def open_pdf(content: bytes) -> pikepdf.Pdf:
    """Open a PDF of bearable size; raise Unreadable where it is locked, damaged, or has too many pages."""
    refuse_too_big(content)
    try:
        pdf = pikepdf.open(io.BytesIO(content))
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise Unreadable("PDF 已加密，打不开", "请去掉密码再检查") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable("PDF 已损坏，打不开", _REMEDY) from error
    if pdf.is_encrypted:
        raise Unreadable("PDF 已加密或限制了权限", "请去掉密码和权限限制再检查")
    if not pages:
        raise Unreadable("PDF 里没有页", _REMEDY)
    if pages > MOST_PAGES:
        raise Unreadable(f"PDF 有 {pages} 页，超过 {MOST_PAGES} 页", "请把要检查的公文单独存为一份 PDF")
    try:
        _refuse_endless(pdf)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable("PDF 已损坏，读不出页面", _REMEDY) from error
    return pdf


def _refuse_endless(pdf: pikepdf.Pdf) -> None:
    """Count the instructions that drawing every page takes: drawings that draw drawings multiply."""
    known: dict[tuple[int, int], int] = {}
    total = 0
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
        resources = page.obj.get("/Resources") or page.get("/Resources")
        total += sum(_cost(stream, resources, known, 0) for stream in streams)
        if total > MOST_DRAWN:
            raise Unreadable("这份 PDF 的图形太多、太深，无法检查", _REMEDY)


def _cost(
    stream: pikepdf.Stream, resources: pikepdf.Object | None, known: dict[tuple[int, int], int], depth: int
) -> int:
    key = stream.objgen
    if depth > 20:
        raise Unreadable("这份 PDF 的图形层层套叠，无法检查", _REMEDY)
    if key in known and key != (0, 0):
        return known[key]
    known[key] = 0
    written = bytes(stream.read_bytes())
    cost = len(written)
    for form in _forms(written, resources):
        cost += _cost(form, form.get("/Resources", resources), known, depth + 1)
        if cost > MOST_DRAWN:
            break
    known[key] = cost
    return cost


def _forms(written: bytes, resources: pikepdf.Object | None) -> Iterator[pikepdf.Stream]:
    """Find the drawings that a stream of instructions draws, each as often as it does."""
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(objects, pikepdf.Dictionary):
        return
    for match in _DRAW.finditer(written):
        drawn = objects.get("/" + match[1].decode("latin-1"))
        if isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") == pikepdf.Name.Form:
            yield drawn
