"""Find what an earlier run of letters handed over (交办), so that the circular can account for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docgen.errors import Unreadable
from docgen.figures import EarlierProblem
from docgen.issuing.manifest import MANIFESTS, written
from docgen.issuing.manifest_read import read_manifest
from docgen.issuing.run import Paper

LETTERS_MANIFEST = MANIFESTS[Paper.LETTERS]


def letters_beside(out: Path) -> Path | None:
    """Find the manifest of the letters that went into an output folder before; None when there is none."""
    path = out / LETTERS_MANIFEST
    return path if path.is_file() else None


def handed_over_only(path: Path) -> bytes:
    """Give what a manifest of letters says of what they handed over, and nothing that changes when they are numbered.

    Raise UsageError or Unreadable as `handed_over` does.
    """
    handed_over(path)
    content = read_manifest(path).content
    told = [{name: insurer[name] for name in ("简称", "全称", "问题编号")} for insurer in content["公司"]]
    empty: dict[str, object] = {name: [] for name in ("输入", "数", "文", "来源", "行集")}
    return written({"格式": content["格式"], "公文": "函", "批次": content.get("批次", ""), "公司": told, **empty})


def handed_over(path: Path) -> Mapping[str, EarlierProblem]:
    """Read the problems of an earlier run's letters, by 问题编号.

    Raise UsageError when the file is not there, Unreadable when it is not the manifest of letters.
    """
    content = read_manifest(path).content
    if content.get("公文") != "函":
        raise Unreadable(
            f"“{path.name}”是{content.get('公文')}的数据来源，不是函的", f"写出先前发函时输出文件夹里的 {LETTERS_MANIFEST}"
        )
    try:
        return {
            number: EarlierProblem(insurer["简称"], kind, policy)
            for insurer in content["公司"]
            for number, policy, kind, _ in insurer["问题编号"]
        }
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(
            f"“{path.name}”改动过，读不出交办的问题", "从发函时的输出文件夹另取一份"
        ) from error
