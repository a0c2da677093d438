"""Say what of a folder was not read, and how it can be. Pure."""

from __future__ import annotations

from docgen.errors import Place, Problem, Severity
from docgen.intake.codes import Code, printable
from docgen.intake.sources import SETTINGS_FILE

_READ = f"工作簿（.xlsx、.xlsm、.xls、.xlsb、.ods、.et）、CSV 或 {SETTINGS_FILE}"


def left_out(name: str) -> Problem:
    """Say that a file, or a folder (with a / behind), was not read."""
    shown = printable(name)
    found, remedy = f"“{shown}”不是工作簿或 CSV，没有读取", "用不着可不处理"
    if name.endswith("/"):
        found = f"子文件夹“{shown.rstrip('/')}”里有工作簿或 CSV，没有读取"
        remedy = "要用就移到上一级，与其他工作簿放在一起；用不着可不处理"
    elif name.lower() == f"{SETTINGS_FILE}.txt":
        found = f"“{shown}”多了扩展名 .txt，没有当作设置读取"
        remedy = f"把文件名改成 {SETTINGS_FILE}（看不到 .txt 就先在文件夹的“查看”里勾选“文件扩展名”）"
    return Problem(Code.EXTRA_FILE, Severity.NOTICE, Place(shown), found, _READ, remedy)
