"""What is no DOCX, or a hostile one, costs a message: nothing is unpacked before its size is known."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from docgen.check.docx_package import MOST_PARTS
from docgen.check.docx_seen import see_docx
from docgen.errors import ExitCode, Unreadable
from docgen.render.shell import packed as zipped
from tests.check.word_files import DOCUMENT, MAIN_TYPE, made, p, parts_of, read, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        see_docx(content)
    assert refused.value.exit_code is ExitCode.UNREADABLE
    assert refused.value.remedy
    return refused.value.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7\n", "文件是 PDF，不是 .docx"),
        (b"{\\rtf1 x}", "文件是 RTF 文档，不是 .docx"),
        ("\ufeff<?xml version='1.0'?><pkg/>".encode(), "文件是网页或 XML，不是 .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件加了密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "文件是旧格式（.doc 或 .wps）"),
        (b"PK\x03\x04 and no more", "文件已损坏，或者不是 .docx"),
        ("只是一段话。".encode(), "文件已损坏，或者不是 .docx"),
        (zipped({"OFD.xml": b"<ofd/>"}), "文件是 OFD，不是 .docx"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "文件是工作簿，不是 .docx"),
        (zipped({"notes.txt": b"x"}), "文件里没有正文（word/document.xml）"),
    ],
    ids=range(11),
)
def test_a_file_that_is_no_docx_is_refused_in_its_own_words(content: bytes, said: str) -> None:
    assert refusal(content) == said


def test_a_damaged_part_is_named() -> None:
    content = bytearray(made("short"))
    begins = content.find(b"word/document.xml") + 40
    content[begins : begins + 60] = bytes(60)

    assert refusal(bytes(content)) == "文件已损坏（word/document.xml）"


def test_a_bomb_of_100_mb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(parts_of(word(p("正文。"))) | {DOCUMENT: b" " * 100_000_000})
    begun = time.process_time()

    assert refusal(bomb) == "文件的压缩比超过 60，不像正常的文档"
    assert time.process_time() - begun < 0.5


def test_an_entry_that_tells_a_smaller_size_than_it_has_is_refused() -> None:
    content = bytearray(word(p("正文。" * 500)))
    entry = content.rfind(b"word/document.xml") - 46
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")

    assert refusal(bytes(content)).startswith("文件")


def test_too_many_parts_are_refused() -> None:
    many = {f"word/{number}.bin": b"" for number in range(MOST_PARTS + 1)}

    assert refusal(zipped(many)) == f"文件里有 {MOST_PARTS + 1} 个部件，超过 {MOST_PARTS} 个"


def test_two_parts_of_one_name_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(DOCUMENT, "甲")
        with pytest.warns(UserWarning, match="Duplicate name"):
            package.writestr(DOCUMENT, "乙")

    assert refusal(target.getvalue()) == "文件里有同名的部件，不知道以哪一个为准"


def test_entities_are_never_expanded() -> None:
    parts = parts_of(word(p("&lol;")))
    laughs = b'<!DOCTYPE w [<!ENTITY lol "ha"><!ENTITY file SYSTEM "file:///etc/hostname">]>'

    assert refusal(zipped(parts | {DOCUMENT: laughs + parts[DOCUMENT]})) == "文件的 word/document.xml 不是完好的 XML"


def test_a_document_type_in_utf_16_is_refused_too() -> None:
    parts = parts_of(word(p("正文。")))
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY lol "ha">]>' + parts[DOCUMENT].decode()

    assert refusal(zipped(parts | {DOCUMENT: text.encode("utf-16")})) == "文件的 word/document.xml 不是完好的 XML"


@pytest.mark.parametrize("deep", [80, 300])
@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:hyperlink>", "</w:hyperlink>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ],
)
def test_deep_nesting_is_refused(opens: str, closes: str, deep: int) -> None:
    nested = opens * deep + closes * deep
    body = f"<w:p>{nested}</w:p>" if "hyperlink" in opens else nested

    assert refusal(word(body)).startswith(("文件的 word/document.xml", "表格、文本框嵌套过深", "文件里的标记嵌套过深"))


def test_a_macro_file_is_read_and_its_macros_are_told() -> None:
    content = word(p("正文。"), main_type=MAIN_TYPE.replace("officedocument.wordprocessingml.document", "ms-word.document.macroEnabled"))

    assert see_docx(content).outside == ("宏（没有运行）",)


def test_what_lies_outside_is_told_and_never_fetched() -> None:
    links = (
        '<Relationship Id="x" Type="http://x/relationships/image" Target="http://example.invalid/a.png" TargetMode="External"/>'
        '<Relationship Id="y" Type="http://x/relationships/hyperlink" Target="http://example.invalid/" TargetMode="External"/>'
    )

    assert see_docx(word(p("正文。"), links=links)).outside == ("外部链接 image：http://example.invalid/a.png（没有打开）",)


def test_a_ten_page_file_costs_less_than_two_seconds_with_start_up(tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    file.write_bytes(made("circular"))
    program = (
        "import sys, time; from docgen.check.docx_seen import see_docx; from docgen.check.docx_elements import paper_of_docx;"
        "from docgen.check.rules.docx import RULES; paper = paper_of_docx(see_docx(open(sys.argv[1], 'rb').read()));"
        "[list(rule.look(paper)) for rule in RULES]; print(time.process_time())"
    )
    done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True)

    assert float(done.stdout) < 2.0


def test_a_file_in_strict_names_reads_alike() -> None:
    parts = parts_of(made("short"))
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts.items()
    }

    assert read(zipped(strict)) == read(made("short"))
