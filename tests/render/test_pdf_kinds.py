"""The PDF is one to keep (PDF/A-2b), or on demand one to be read aloud (PDF/UA-1): other programs are asked."""

from __future__ import annotations

import io
import subprocess
import sys
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from docgen.render.pdf import Variant, render_pdf
from tests.papers import PAPERS, STYLESHEET, composed, metrics

JARS = "/usr/share/java/*"
PREFLIGHT = "org.apache.pdfbox.preflight.Validator_A1b"
ONLY_IN_PART_1 = (
    "1.4 : Trailer Syntax error, /XRef cross reference streams are not allowed",
    "invalid /Subtype /OpenType in /FontFile3 stream",
    "The CIDSet entry is missing for the Composite Subset",
    "1.2.7 : Body Syntax error, Filter specified in metadata dictionary",
)
"""What PDF/A-1 forbids and PDF/A-2 allows; the validator knows PDF/A-1 alone."""
KEPT = ("circular", "letter", "turned and upright", "blank page before imprint")


@cache
def drawn(name: str, variant: Variant) -> bytes:
    return render_pdf(composed(PAPERS[name]), STYLESHEET, metrics(), variant)


def opened(name: str, variant: Variant) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(drawn(name, variant)))


@pytest.mark.parametrize("name", KEPT)
def test_preflight_finds_nothing_but_what_only_part_1_of_the_standard_forbids(name: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(drawn(name, Variant.A))

    done = subprocess.run(["java", "-cp", JARS, PREFLIGHT, str(file)], capture_output=True, text=True, check=False)
    first, *findings = done.stdout.strip().splitlines()

    assert "is not a valid PDF/A-1b file" in first
    assert [line for line in findings if not any(kind in line for kind in ONLY_IN_PART_1)] == []


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("name", KEPT)
def test_the_file_says_what_it_is_and_whose(name: str, variant: Variant) -> None:
    paper = PAPERS[name]
    with opened(name, variant) as file, file.open_metadata() as stated:
        root = file.Root
        assert str(root.Lang) == "zh-CN"
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert stated["dc:title"] == paper.title.replace("\n", "")
        assert stated["dc:description"] == str(paper.masthead.number)
        assert stated["dc:creator"] == list(paper.signatures.names)
        if variant is Variant.A:
            assert (stated["pdfaid:part"], stated["pdfaid:conformance"]) == ("2", "B")
            assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]
            assert "/ID" in file.trailer
        else:
            assert stated["pdfuaid:part"] == "1"
            assert bool(root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize("name", KEPT)
def test_every_font_is_in_the_file(name: str) -> None:
    with opened(name, Variant.A) as file:
        fonts = [part for part in file.objects if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


@pytest.mark.parametrize("name", KEPT)
def test_pdfua_finds_nothing_in_the_accessible_kind(name: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(drawn(name, Variant.UA))

    done = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", str(file)], capture_output=True, text=True, check=False
    )

    assert "result: PASS (no findings)" in done.stdout, done.stdout + done.stderr


def test_pdfua_does_find_what_is_amiss(tmp_path: Path) -> None:
    file = tmp_path / "untagged.pdf"
    with opened("letter", Variant.UA) as paper:
        del paper.Root.StructTreeRoot
        paper.save(file)

    done = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", str(file)], capture_output=True, text=True, check=False
    )

    assert "UA-01-005" in done.stdout
