"""A PDF is seen as it is drawn, and one that is too much, locked or broken is refused with a remedy."""

from __future__ import annotations

import io
import time

import pikepdf
import pytest

from docgen.check.pdf_seen import see_pdf
from docgen.check.seen import SeenPdf
from docgen.errors import ExitCode, Unreadable
from tests.check.pdfs import CATALOGUE, drawn, one_page, stream, text_page, written
from tests.papers import PAPERS, bare, composed, page_words

HELLO = b"BT /F 20 Tf 100 700 Td (Hello) Tj ET"
EVERY = pytest.mark.parametrize("name", PAPERS)


def refusal(content: bytes) -> Unreadable:
    started = time.process_time()
    with pytest.raises(Unreadable) as refused:
        see_pdf(content)
    assert time.process_time() - started < 5
    assert refused.value.exit_code is ExitCode.UNREADABLE
    assert refused.value.remedy
    return refused.value


def only_line(seen: SeenPdf) -> str:
    ((line,),) = (page.lines for page in seen.pages)
    return line.text


@EVERY
def test_every_word_of_a_page_is_seen_on_it(name: str) -> None:
    seen, pages = see_pdf(drawn(PAPERS[name])), composed(PAPERS[name]).pages

    for page, sheet in zip(seen.pages, pages, strict=True):
        assert sorted(bare("".join(line.text for line in page.lines))) == sorted(page_words(sheet))


@EVERY
def test_every_line_of_text_stands_where_it_was_composed(name: str) -> None:
    seen, pages = see_pdf(drawn(PAPERS[name])), composed(PAPERS[name]).pages

    for page, sheet in zip(seen.pages, pages, strict=True):
        places = [line.baseline for line in page.lines]
        for block in sheet.blocks:
            for line in getattr(block, "lines", ()):
                off = min(abs(line.baseline.mm - place) for place in places)
                assert off < (0.6 if getattr(block, "element", "") == "发文机关标志" else 0.05)


@EVERY
def test_every_rule_is_seen_with_its_weight_and_colour(name: str) -> None:
    seen, pages = see_pdf(drawn(PAPERS[name])), composed(PAPERS[name]).pages

    for page, sheet in zip(seen.pages, pages, strict=True):
        found = [
            (round(rule.box.top + rule.weight / 2, 1), round(rule.weight, 2), rule.colour)
            for rule in page.rules
            if rule.box.width > 150 and rule.colour == "#FF0000"
        ]
        assert found == [
            (round(rule.y.mm, 1), round(rule.weight.mm, 2), rule.colour)
            for rule in sheet.rules
            if rule.colour == "#FF0000"
        ]


def test_a_file_says_its_title_language_and_conformance() -> None:
    seen = see_pdf(drawn(PAPERS["circular"]))

    assert (seen.language, seen.is_tagged, seen.conformance) == ("zh-CN", True, "PDF/A-2B")
    assert seen.title == PAPERS["circular"].title
    assert all(font.is_embedded for font in seen.fonts)


def test_a_font_that_is_not_in_the_file_is_seen_to_be_missing() -> None:
    (font,) = see_pdf(text_page(HELLO)).fonts

    assert (font.name, font.is_embedded) == ("Helvetica", False)


def test_red_text_is_red_and_its_size_is_as_drawn() -> None:
    seen = see_pdf(text_page(b"1 0 0 rg 2 0 0 2 0 0 cm BT /F 10 Tf 50 350 Td (Hello) Tj ET"))
    glyph = seen.pages[0].lines[0].glyphs[0]

    assert (glyph.colour, glyph.size) == ("#FF0000", 20)
    assert glyph.x == pytest.approx(100 * 25.4 / 72, abs=0.01)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_that_is_turned_to_be_read_is_seen_upright(rotation: int) -> None:
    matrix = {
        0: b"1 0 0 1 100 700",
        90: b"0 1 -1 0 141.89 100",
        180: b"-1 0 0 -1 495.28 141.89",
        270: b"0 -1 1 0 453.39 741.89",
    }[rotation]
    seen = see_pdf(text_page(b"BT /F 20 Tf " + matrix + b" Tm (Hello) Tj ET", b"/Rotate %d" % rotation))

    line = seen.pages[0].lines[0]
    assert line.text == "Hello"
    assert line.glyphs[0].x == pytest.approx(100 * 25.4 / 72, abs=0.05)
    assert line.baseline == pytest.approx(141.89 * 25.4 / 72, abs=0.05)


def test_text_that_lies_on_its_side_is_told_apart() -> None:
    seen = see_pdf(text_page(HELLO + b" BT /F 20 Tf 0 1 -1 0 300 200 Tm (Side) Tj ET"))

    assert only_line(seen) == "Hello"
    (side,) = seen.pages[0].turned
    assert (side.text, side.turn) == ("Side", 90)


@pytest.mark.parametrize(
    "drawing",
    [b"1 0 0 rg 100 600 300 1.5 re f", b"1 0 0 RG 1.5 w 100 600.75 m 400 600.75 l S", b"/X Do"],
    ids=["filled", "stroked", "within a drawing"],
)
def test_a_red_rule_is_seen_however_it_is_drawn(drawing: bytes) -> None:
    form = stream(
        b"1 0 0 rg 0 0 300 1.5 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 100 600]"
    )
    content = one_page(
        stream(HELLO + b" " + drawing), form, resources=b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>"
    )
    (rule,) = see_pdf(content).pages[0].rules

    assert (rule.colour, rule.weight) == ("#FF0000", pytest.approx(0.53, abs=0.01))
    assert (rule.box.left, rule.box.width) == pytest.approx((35.28, 105.83), abs=0.02)
    assert rule.box.top == pytest.approx((841.89 - 601.5) * 25.4 / 72, abs=0.02)


def test_a_round_red_drawing_is_seen_as_a_picture() -> None:
    seen = see_pdf(
        text_page(HELLO + b" 1 0 0 RG 3 w 300 300 m 300 380 420 380 420 300 c 420 220 300 220 300 300 c S")
    )

    (picture,) = seen.pages[0].images
    assert picture.colour == "#FF0000"
    assert picture.box.width == pytest.approx(42.3, abs=0.2)


def test_text_that_is_searched_but_not_drawn_is_not_seen() -> None:
    message = refusal(text_page(b"3 Tr " + HELLO)).message

    assert "没有文字" in message


def test_a_scan_is_refused() -> None:
    picture = stream(
        b"\xff\0\0" * 100, b"/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceRGB/BitsPerComponent 8"
    )
    scan = one_page(stream(b"500 0 0 700 40 40 cm /X Do"), picture, resources=b"/XObject<</X 6 0 R>>")

    assert "扫描" in refusal(scan).message


@pytest.mark.parametrize("password", ["秘密", ""], ids=["to open", "to change"])
def test_a_locked_file_is_refused(password: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(PAPERS["short"]))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=password.encode().hex(), owner="owner"))

    assert "加密" in refusal(out.getvalue()).message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 nothing of ours",
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        written(CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"),
        written(CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        written(b"<</Type/Catalog>>"),
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 50_000 + b"\nendobj\n",
        b"%PDF-1.7\n1 0 obj\n" + b"<</A" * 50_000 + b"\nendobj\n",
    ],
    ids=[
        "empty",
        "zip",
        "head only",
        "noise",
        "no pages",
        "a tree that is its own branch",
        "no tree",
        "deep",
        "deeper",
    ],
)
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    refusal(content)


def seen_or_refused(content: bytes) -> bool:
    try:
        return bool(see_pdf(content).pages)
    except Unreadable as refused:
        return bool(refused.remedy)


def test_a_damaged_file_is_refused_or_seen() -> None:
    sound = drawn(PAPERS["short"])
    for place in range(0, len(sound), len(sound) // 40):
        assert seen_or_refused(sound[:place])
        assert seen_or_refused(sound[:place] + b"\0" * 200 + sound[place + 200 :])


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_stream_that_becomes_huge_is_refused_before_it_is_unpacked(layers: int) -> None:
    assert "太大" in refusal(one_page(stream(b" " * 300_000_000, layers=layers))).message


def test_many_streams_that_become_huge_together_are_refused() -> None:
    part = stream(b" " * 60_000_000, layers=1)

    assert "太大" in refusal(one_page(stream(HELLO), *[part] * 6)).message


def test_drawings_that_multiply_are_refused() -> None:
    """Each draws the next ten times: 10^10 rules from a file of 3 kB."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do " * 10, head % (7 + number)) for number in range(10)]
    last = stream(b"0 0 300 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]")
    content = one_page(stream(b"/X Do"), *forms, last, resources=b"/XObject<</X 6 0 R>>")

    assert "图形" in refusal(content).message


def test_a_drawing_that_draws_itself_is_borne() -> None:
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>")
    content = one_page(stream(HELLO + b" /X Do"), form, resources=b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>")

    assert only_line(see_pdf(content)) == "Hello"


def test_thousands_of_pages_are_refused() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 2003))
    content = written(CATALOGUE, b"<</Type/Pages/Kids[%s]/Count 2000>>" % kids, *[page] * 2000)

    assert "2000 页" in refusal(content).message


def test_a_file_of_too_many_bytes_is_refused() -> None:
    assert "MB" in refusal(b"%PDF-1.7\n" + b"\0" * 60_000_000).message
