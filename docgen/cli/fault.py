"""The last resort: a fault of docgen's own, told in Chinese, its details kept in a file for whoever mends it."""

from __future__ import annotations

import sys
import tempfile
import traceback
from types import TracebackType


def show_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Say that docgen itself failed, where the details are, and what to do. Stands in for Python's traceback."""
    if issubclass(kind, KeyboardInterrupt):
        print("已中断。", file=sys.stderr)
        return
    details = "".join(traceback.format_exception(kind, fault, trace))
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="docgen-出错记录-", suffix=".txt", delete=False
        ) as file:
            file.write(details)
        where = f"详细记录在 {file.name}"
    except OSError:
        where = f"出错的是 {kind.__name__}：{fault}"
    print(
        f"错误：docgen 自身出了错，不一定是数据有误，没有生成任何文件。{where}。\n"
        "处理：把命令、这份记录和数据交给维护人员。",
        file=sys.stderr,
    )
