"""Make every case of the gallery and a sheet to look through: `python -m tests.gallery OUT`. Needs poppler-utils.

OUT gets a folder for each case with its DOCX and PDF, 全部.html with every page of all, and 全部.png with the first.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from docgen.issuing import Workshop, make_papers
from docgen.styles import load_stylesheet
from tests.gallery.cases import CASES, drafted, metrics, told

_DPI = 60
_COLOURS = 24
_ACROSS = 6
_WIDTH, _GAP, _LABEL = 240, 16, 22


def make(out: Path) -> None:
    """Make all papers, then draw them."""
    pictures: dict[str, list[Path]] = {}
    for name in CASES:
        papers = drafted(name)
        stylesheet = load_stylesheet(papers.counted.settings.profile)
        workshop = Workshop(stylesheet, metrics(), ("docx", "pdf"), lambda _: None)
        outcome = make_papers(papers, out / name, workshop)
        for failed in outcome.not_made:
            sys.exit(f"✗ {name}：{failed.name}没有生成：{failed.reason}。{failed.remedy}")
        pdf = out / name / next(made.path for made in outcome.made if made.path.endswith(".pdf"))
        pictures[name] = _drawn(pdf, out / name)
        print(f"{name}：{len(pictures[name])} 页")
    _sheet({name: pages[0] for name, pages in pictures.items()}, out / "全部.png")
    (out / "全部.html").write_text(_page(pictures, out), encoding="utf-8")


def _drawn(pdf: Path, folder: Path) -> list[Path]:
    """Draw every page in few colours."""
    subprocess.run(["pdftoppm", "-r", str(_DPI), "-png", str(pdf), str(folder / "页")], check=True)
    pages = sorted(folder.glob("页-*.png"))
    for path in pages:
        with Image.open(path) as page:
            few = page.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    return pages


def _sheet(firsts: dict[str, Path], path: Path) -> None:
    """Set the first pages side by side, each under its name."""
    file = metrics().files.faces["heiti"]
    font = ImageFont.truetype(str(file.path), 15, index=file.index)
    height = _WIDTH * 297 // 210
    rows = -(-len(firsts) // _ACROSS)
    size = (_ACROSS * (_WIDTH + _GAP) + _GAP, rows * (height + _LABEL + _GAP) + _GAP)
    sheet = Image.new("RGB", size, "#dddddd")
    draw = ImageDraw.Draw(sheet)
    for place, (name, first) in enumerate(firsts.items()):
        x = _GAP + place % _ACROSS * (_WIDTH + _GAP)
        y = _GAP + place // _ACROSS * (height + _LABEL + _GAP)
        draw.text((x, y), name, fill="black", font=font)
        with Image.open(first) as page:
            sheet.paste(page.convert("RGB").resize((_WIDTH, height), Image.Resampling.LANCZOS), (x, y + _LABEL))
    sheet.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


def _page(pictures: dict[str, list[Path]], out: Path) -> str:
    """Write the page that shows every page of every case."""
    cases = "".join(
        f"<h2>{html.escape(name)}</h2><p>{html.escape(told(name))}</p><div>"
        + "".join(f'<img src="{html.escape(page.relative_to(out).as_posix())}" alt="">' for page in pages)
        + "</div>"
        for name, pages in pictures.items()
    )
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>版式样张</title>'
        "<style>body{background:#ddd;font-family:sans-serif}div{display:flex;flex-wrap:wrap;gap:8px}"
        f"img{{width:{_WIDTH + 80}px}}</style><h1>版式样张</h1>{cases}</html>\n"
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make(folder)
