"""Other makers of official papers, from PyPI: a circular each of the same text, and the faults that must be found.

Each is installed apart, its dependencies pinned: two of them install a command of the same name. What they made is
kept in `made` (their licences, MIT, allow it; the text is ours), so that every test run looks at it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.check.finding import Found
from docgen.check.rules.docx import RULES

HERE = Path(__file__).parent
TEXT = HERE / "circular.md"
MADE = HERE / "made"
_CN_GOV_DOCX = """
import sys
from cn_gov_docx import CnGovDocx
paper = CnGovDocx()
kinds = {"# ": paper.add_title, "## ": paper.add_h1, "### ": paper.add_h2}
for line in open(sys.argv[1], encoding="utf-8").read().split("\\n"):
    mark = line.partition(" ")[0] + " "
    if line:
        kinds.get(mark, paper.add_text)(line.removeprefix(mark) if mark in kinds else line)
paper.save(sys.argv[2])
"""


@dataclass(frozen=True)
class Fault:
    """A fault that a rule must find, and words of what it says is found."""

    rule: str
    found: str


FAULTS = {
    "gongwen-skill": (
        Fault("PAGE-TOP", "上边距 28.0 mm"),
        Fault("PAGE-AREA", "高 241.0 mm"),
        Fault("GRID-PITCH", "行距 33 磅"),
        Fault("GRID-580", "行距 33 磅的 22 行"),
        Fault("PNO-FORM", "页码写作“- 1 -”"),
        Fault("IMP-CC", "抄送是仿宋_GB2312、16 磅"),
        Fault("IMP-CC", "抄送左空 0.0 mm"),
        Fault("IMP-PRINT", "印发机关是仿宋_GB2312、16 磅"),
        Fault("IMP-LINES", "中间分隔线 0.35 mm"),
        Fault("BODY-INDENT", "首行左空 0.0 mm"),
    ),
    "cn-gov-docx": (
        Fault("GRID-PITCH", "行距 28 磅"),
        Fault("PAPER-PARTS", "没有版头、版记、页码"),
        Fault("TO-COLON", "主送机关左空 11.3 mm"),
        Fault("LEVEL-FONT", "二级标题“（一）承保情况”是黑体"),
        Fault("BODY-INDENT", "首行左空 0.0 mm"),
    ),
    "md-to-office": (
        Fault("PAGE-TOP", "上边距 22.0 mm"),
        Fault("PAGE-LEFT", "左边距 20.0 mm"),
        Fault("PAGE-AREA", "宽 170.0 mm"),
        Fault("GRID-PITCH", "行距是 1.1 倍行距"),
        Fault("FONT-BODY", "宋体、10.5 磅"),
        Fault("TITLE-FONT", "标题没有居中"),
        Fault("COLOR-BLACK", "#1F3864"),
        Fault("PNO-POS", "页码居中"),
        Fault("PNO-FORM", "页码写作“1”"),
        Fault("PAPER-PARTS", "没有版头、版记"),
    ),
}
"""By maker: what a look at the circulars they make from plain text showed by eye, and the rule it breaks."""


def not_found(name: str, content: bytes) -> list[Fault]:
    """Give the faults of a maker that no finding names."""
    paper = paper_of_docx(see_docx(content))
    found: dict[str, list[Found]] = {rule.id: list(rule.look(paper)) for rule in RULES}
    return [fault for fault in FAULTS[name] if not any(fault.found in place.found for place in found[fault.rule])]


def make(name: str, folder: Path) -> bytes:
    """Install a maker in an environment of its own below the folder, and let it make the circular."""
    environment = folder / f"env-{name}"
    shutil.rmtree(environment, ignore_errors=True)
    _run(sys.executable, "-m", "venv", environment)
    _run(environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--requirement", HERE / f"{name}.txt")
    made = folder / f"{name}.docx"
    tools = environment / "bin"
    if name == "cn-gov-docx":
        _run(tools / "python", "-c", _CN_GOV_DOCX, TEXT, made)
    elif name == "md-to-office":
        source = folder / "text"
        source.mkdir(exist_ok=True)
        shutil.copy(TEXT, source / f"{name}.md")
        _run(tools / "md2office", "--input", source, "--output", folder, "--format", "docx")
    else:
        tool = tools / "gongwen"
        _run(tool, "md2docx", TEXT, "-o", made, "-t", "notice", "--no-ai-declaration")
        _run(tool, "header", made, "-o", made, "--org-name", "示例市应急管理局文件", "--doc-number", "示应急〔2024〕7号")
        office, day = "示例市应急管理局办公室", "2024年8月15日"
        _run(tool, "footer", made, "-o", made, "--cc", "示例市财政局", "--printer", office, "--print-date", day)
        _run(tool, "pagenum", made, "-o", made)
    return made.read_bytes()


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
