"""Find the template of a paper: the clerk's own in a folder 模板, or the one that is shipped."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import Place, Problem, Severity, Unreadable
from docgen.intake.codes import printable
from docgen.issuing.refusals import why_refused
from docgen.settings import SHARED_NUMBER, Settings
from docgen.shipped import shipped

CIRCULAR_TEMPLATE = "circular.txt"
LETTER_TEMPLATE = "insurer_letter.txt"
SHARED_LETTER_TEMPLATE = "insurer_letter_shared.txt"
TEMPLATES = {CIRCULAR_TEMPLATE: "通报", LETTER_TEMPLATE: "函", SHARED_LETTER_TEMPLATE: "同号分送的函"}
OWN_FOLDER = "模板"


@dataclass(frozen=True)
class Templates:
    """Where a run's templates are: the clerk's folder, None when there is none."""

    own: Path | None = None

    def read(self, name: str) -> tuple[str, str]:
        """Give the text of a template, and its name for messages. Raise Unreadable when it cannot be read."""
        used = self.name_of(name)
        return _text(self.path_of(name), used), used

    def path_of(self, name: str) -> Path:
        """Say where a template is: the clerk's own, or the one that is shipped."""
        own = self.own / name if self.own is not None else None
        return own if own is not None and own.is_file() else shipped("templates") / name

    def name_of(self, name: str) -> str:
        """Name the template that is used, the clerk's own with its folder."""
        return name if self.path_of(name).parent == shipped("templates") else f"{OWN_FOLDER}/{name}"

    def problems(self, used: Collection[str]) -> tuple[Problem, ...]:
        """Say which of the templates that are used are the clerk's own, and which files are none.

        Raise Unreadable when they cannot be read.
        """
        if self.own is None:
            return ()
        try:
            return tuple(_problems(self.own, used))
        except OSError as error:
            raise Unreadable(
                f"文件夹“{self.own}”打不开：{why_refused(error)}", "确认有读取权限；不用自己的模板，就把它移走"
            ) from error


def letter_template(settings: Settings) -> str:
    """Name the template of the letters: each with its own text, or one text for all (同号分送)."""
    return SHARED_LETTER_TEMPLATE if settings.letter_numbering == SHARED_NUMBER else LETTER_TEMPLATE


def find_templates(source: Path, settings_path: Path | None) -> Templates:
    """Look for the folder 模板 beside the settings that were named, in the input's folder and beside it."""
    folders = [settings_path.resolve().parent] if settings_path is not None else []
    folders += [source] if source.is_dir() else []
    folders.append(source.resolve().parent)
    return Templates(next((folder / OWN_FOLDER for folder in folders if (folder / OWN_FOLDER).is_dir()), None))


def _text(path: Path, name: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"模板 {name} 不是 UTF-8 编码，读不了", "用记事本另存，编码选 UTF-8") from error
    except OSError as error:
        raise Unreadable(
            f"模板“{path}”打不开：{why_refused(error)}", "把模板放回原处；找不到的，重新安装 docgen"
        ) from error


def _problems(own: Path, used: Collection[str]) -> Iterator[Problem]:
    files = sorted(path for path in own.iterdir() if path.is_file() and not path.name.startswith((".", "~")))
    present = {path.name for path in files}
    for path in files:
        if path.name in TEMPLATES:
            if path.name in used and path.read_bytes() != (shipped("templates") / path.name).read_bytes():
                yield _is_used(path.name)
        else:
            yield _is_strange(path.name, [name for name in used if name not in present])


def _is_used(name: str) -> Problem:
    return Problem(
        "own-template",
        Severity.NOTICE,
        Place(f"{OWN_FOLDER}/{name}"),
        f"{TEMPLATES[name]}用的是 {OWN_FOLDER}/{name}，不是随程序的模板",
        f"要用随程序的模板，{OWN_FOLDER} 里就没有 {name}",
        "是有意改的可不处理",
    )


def _is_strange(name: str, missing: Sequence[str]) -> Problem:
    """Tell a file that is not used: 待核 when one that would be used is not there, for somebody's words are lost."""
    near = difflib.get_close_matches(name, missing, n=1, cutoff=0.3) or list(missing[:1])
    return Problem(
        "strange-template",
        Severity.DOUBTFUL if missing else Severity.NOTICE,
        Place(f"{OWN_FOLDER}/{printable(name)}"),
        f"{OWN_FOLDER} 里的“{printable(name)}”没有用到"
        + (f"，也没有 {'、'.join(missing)}，用的是随程序的模板" if missing else ""),
        "文件名 " + "、".join(f"{file}（{paper}）" for file, paper in TEMPLATES.items()),
        f"若就是{TEMPLATES[near[0]]}的模板，改名为 {near[0]}；不用的移出 {OWN_FOLDER}" if near else f"不用的移出 {OWN_FOLDER}",
    )
