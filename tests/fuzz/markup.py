"""Damage the XML of a workbook's parts: tags, attributes, values, types, shared texts, names, relations."""

from __future__ import annotations

import re
from random import Random

from tests.fuzz import odd
from tests.fuzz.seed import BOOK, Files, Seed, zipped

_TAG = re.compile(rb"<[^<>]+>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_CELL = re.compile(rb"<c [^<>]*?(?:/>|>.*?</c>)", re.DOTALL)
_VALUE = re.compile(rb"<v>[^<]*</v>")
_SHARED = re.compile(rb"<si>.*?</si>", re.DOTALL)
_TYPES = (b"s", b"n", b"b", b"e", b"d", b"str", b"inlineStr", b"", b"x", b"S")
_ADDRESSES = (
    b"A0", b"A1", b"", b"1", b"A", b"A-1", b"ZZZ99", b"XFE1", b"XFD1048576", b"AAAAAAAA1", b"A99999999999999999999", b"a1",
    b"$A$1", b"A1:B2", b"R1C1", b"A1048577", b"A1.5", "甲1".encode(), b"A 1", b"B2", b"C3",
)


def _sheet(seed: Seed, rng: Random) -> str:
    return rng.choice([name for name in seed.parts if name.startswith("xl/worksheets/")])


def _book(seed: Seed, name: str, content: bytes) -> Files:
    return {BOOK: zipped({**seed.parts, name: content})}


def _times(rng: Random) -> int:
    return rng.choice((1, 1, 2, 5, 20))


def _escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").encode("utf-8", "surrogatepass")


def _replaced(content: bytes, pattern: re.Pattern[bytes], rng: Random, change) -> bytes:  # type: ignore[no-untyped-def]
    """Change some of the places where a pattern stands."""
    places = list(pattern.finditer(content))
    chosen = sorted(rng.sample(places, min(len(places), _times(rng))), key=lambda match: match.start(), reverse=True)
    for match in chosen:
        content = content[: match.start()] + change(match) + content[match.end() :]
    return content


def tags(seed: Seed, rng: Random) -> Files:
    """Drop, double, nest, swap and rename tags."""
    name = rng.choice(sorted(seed.parts)) if rng.random() < 0.4 else _sheet(seed, rng)
    every = list(_TAG.finditer(seed.parts[name]))

    def change(match: re.Match[bytes]) -> bytes:
        tag = match[0]
        return rng.choice((
            b"", tag * 2, tag + rng.choice(every)[0], rng.choice(every)[0], b"<!--" + tag + b"-->", b"<![CDATA[" + tag + b"]]>",
            tag.replace(b"<", b"<x:"), tag[:-1], tag[1:], tag.upper(), b"<a>" + tag + b"</a>", b"<?x " + tag[1:-1] + b"?>",
        ))

    return _book(seed, name, _replaced(seed.parts[name], _TAG, rng, change))


def attributes(seed: Seed, rng: Random) -> Files:
    """Drop, double and change attributes."""
    name = rng.choice(sorted(seed.parts)) if rng.random() < 0.5 else _sheet(seed, rng)

    def change(match: re.Match[bytes]) -> bytes:
        key, _value = match[1], match[2]
        odd_value = rng.choice((odd.number(rng), odd.text(rng))).replace('"', "&quot;")
        return rng.choice((
            b"", match[0] + b" " + match[0], key + b'=""', key + b'="' + _escaped(odd_value) + b'"', key + b"=1",
            b'x:%s="1"' % key, key + b'="' + rng.choice(_ADDRESSES) + b'"',
        ))

    return _book(seed, name, _replaced(seed.parts[name], _ATTRIBUTE, rng, change))


def addresses(seed: Seed, rng: Random) -> Files:
    """Let cells and rows say that they stand elsewhere, or nowhere."""
    name = _sheet(seed, rng)

    def change(match: re.Match[bytes]) -> bytes:
        if rng.random() < 0.1:
            return b" "
        return b' r="' + rng.choice(_ADDRESSES + tuple(odd.number(rng).encode() for _ in range(5))) + b'"'

    return _book(seed, name, _replaced(seed.parts[name], re.compile(rb' r="[^"]*"'), rng, change))


def values(seed: Seed, rng: Random) -> Files:
    """Put odd numbers and shared-text indexes into cells."""
    name = _sheet(seed, rng)

    def change(_match: re.Match[bytes]) -> bytes:
        value = _escaped(odd.number(rng) if rng.random() < 0.8 else odd.text(rng))
        return b"<v>" + value + b"</v>" + (b"<v>1</v>" if rng.random() < 0.05 else b"")

    return _book(seed, name, _replaced(seed.parts[name], _VALUE, rng, change))


def types(seed: Seed, rng: Random) -> Files:
    """Give cells another type, or the contents of another type."""
    name = _sheet(seed, rng)

    def change(match: re.Match[bytes]) -> bytes:
        head = re.sub(rb' t="[^"]*"', b"", match[0].partition(b">")[0].rstrip(b"/"))
        kind, text = rng.choice(_TYPES), _escaped(odd.text(rng))
        inside = rng.choice((
            b"<v>" + _escaped(odd.number(rng)) + b"</v>", b"<v>" + text + b"</v>", b"<is><t>" + text + b"</t></is>",
            b"<is><r><t>" + text + b"</t></r><r><t>x</t></r><rPh><t>y</t></rPh></is>", b"<f>A1+</f>", b"<f>1</f><v>2</v>",
            b'<f t="shared" si="99"/><v>3</v>', b'<f t="array" ref="A1:XFD1048576">1</f>', b"", b"<v/>", b"<is/>", b"<v>#REF!</v>",
        ))
        return head + b' t="' + kind + b'" s="' + str(rng.choice((0, 1, 2, 99, -1))).encode() + b'">' + inside + b"</c>"

    return _book(seed, name, _replaced(seed.parts[name], _CELL, rng, change))


def shared_texts(seed: Seed, rng: Random) -> Files:
    """Drop, double and spoil shared texts; Excel's own escapes and rich text among them."""
    name = "xl/sharedStrings.xml"

    def change(match: re.Match[bytes]) -> bytes:
        text = _escaped(odd.text(rng))
        return rng.choice((
            b"", match[0] * 2, b"<si/>", b"<si><t/></si>", b"<si><t>" + text + b"</t></si>", b"<si><t>&#xD800;</t></si>",
            b"<si><t>&#0;</t></si>", b"<si><r><t>" + text + b"</t></r><r><rPr/><t>x</t></r></si>", b"<si><t>&x;</t></si>",
            b'<si><t xml:space="preserve"> ' + text + b" </t></si>", b"<si><t>" + text + b"</t><t>x</t></si>", match[0][4:],
            b"<si><t>x</t><rPh sb='0' eb='1'><t>y</t></rPh></si>", b"<si><t><![CDATA[" + text + b"]]></t></si>",
        ))

    return _book(seed, name, _replaced(seed.parts[name], _SHARED, rng, change))


def looks(seed: Seed, rng: Random) -> Files:
    """Spoil the number formats by which a number is a day."""
    name = "xl/styles.xml"
    code = rng.choice(("yyyy\\年m\\月", "[$-804]aaaa", "h:mm", "0.00%", '"d"0', "General", "", "[红]0", "@", "[", "yyyy" * 5000))
    forms = b'<numFmts count="1"><numFmt numFmtId="164" formatCode="' + _escaped(code).replace(b'"', b"&quot;") + b'"/></numFmts>'
    content = re.sub(rb"<numFmts.*?</numFmts>", lambda _: forms, seed.parts[name], flags=re.DOTALL)
    if rng.random() < 0.3:
        content = re.sub(rb"<cellXfs.*?</cellXfs>", b"", content, flags=re.DOTALL)
    parts = {**seed.parts, name: content}
    if rng.random() < 0.3:
        book = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = re.sub(rb"<workbookPr", b'<workbookPr date1904="%d"' % rng.randrange(3), book)
    if rng.random() < 0.1:
        del parts[name]
    return {BOOK: zipped(parts)}


def book(seed: Seed, rng: Random) -> Files:
    """Spoil the list of sheets and where their parts are said to be."""
    name = rng.choice(("xl/workbook.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels"))
    content = seed.parts[name]
    targets = (b"../../../etc/hostname", b"/xl/worksheets/sheet1.xml", b"http://example.invalid/a", b"", b"xl/", b"sheet1.xml", b"..")

    def change(match: re.Match[bytes]) -> bytes:
        tag = match[0]
        title = _escaped(odd.text(rng)).replace(b'"', b"&quot;")
        return rng.choice((
            b"", tag * 2, re.sub(rb'name="[^"]*"', lambda _: b'name="' + title + b'"', tag),
            re.sub(rb'Target="[^"]*"', lambda _: b'Target="' + rng.choice(targets) + b'"', tag),
            re.sub(rb'r:id="[^"]*"', b'r:id="rId%d"' % rng.randrange(20), tag),
            tag.replace(b"<sheet ", b'<sheet state="%s" ' % rng.choice((b"hidden", b"veryHidden", b"x"))),
            re.sub(rb'Id="[^"]*"', b'Id="rId1"', tag), re.sub(rb'Type="[^"]*"', b'Type="x"', tag),
            re.sub(rb"sheet\d+\.xml", b"sheet%d.xml" % rng.randrange(12), tag),
            tag.replace(b"/>", b' TargetMode="External"/>'),
        ))

    content = _replaced(content, re.compile(rb"<(?:sheet|Relationship|Override|Default|definedName) [^>]*>"), rng, change)
    return _book(seed, name, content)


def merges(seed: Seed, rng: Random) -> Files:
    """Merge cells anywhere, also over the header, and all the way down."""
    name = _sheet(seed, rng)
    refs = ("A1:B1", "A1:A2", "A1:R2", "B1:C3", "A1:XFD1048576", "A1", "", "B2:A1", "A0:B0", "A2:C2", "D1:D40", "甲:乙", "A:A", "1:1")
    merged = "".join(f'<mergeCell ref="{rng.choice(refs)}"/>' for _ in range(rng.choice((1, 2, 5, 3000))))
    content = re.sub(rb"<mergeCells.*?</mergeCells>", b"", seed.parts[name])
    content = content.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merged.encode() + b"</mergeCells>")
    if rng.random() < 0.5:
        content = content.replace(b"<row ", b'<row hidden="1" ', rng.choice((1, 99)))
    return _book(seed, name, content)
