"""The 送审稿 of a run: what its folder holds, what is refused, and that nothing is half there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import Barred, UsageError
from docgen.issuing import Paper
from docgen.issuing import draft_batch as drafting
from docgen.issuing.batch import open_batch
from docgen.issuing.earlier import handed_over
from docgen.issuing.paper_text import read_paper

from .batches import COMPLETE, draft, files
from .traced import typical


def test_a_run_is_kept_with_its_data_its_words_and_its_papers(tmp_path: Path) -> None:
    drafted = draft(tmp_path, Paper.LETTERS)

    names = set(files(tmp_path / "批次"))
    assert drafted.batch is not None
    assert {"manifest.json", "数据/问题.csv", "数据/发文.toml", "数据/模板/insurer_letter.txt"} <= names
    assert {"送审稿/函/01 青松财险/函.docx", "送审稿/函/02 白鹭财险/问题清单和反馈表.xlsx", "送审稿/函数据来源.json"} <= names


def test_the_same_data_are_the_same_run_in_any_folder(tmp_path: Path) -> None:
    first, second = (draft(tmp_path / name, Paper.LETTERS).batch for name in ("甲", "乙"))

    assert first is not None
    assert second is not None
    assert first.id == second.id
    assert files(first.folder) == files(second.folder)


def test_other_data_are_another_run(tmp_path: Path) -> None:
    other = typical()
    other["问题"][1][4] = "没有约定服务的项目"

    first = draft(tmp_path / "甲", Paper.LETTERS).batch
    second = draft(tmp_path / "乙", Paper.LETTERS, other).batch

    assert first is not None
    assert second is not None
    assert first.id != second.id


def test_drafting_the_same_again_makes_nothing_new(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS)
    before = files(tmp_path / "批次")

    again = draft(tmp_path, Paper.LETTERS)

    assert not again.is_new
    assert files(tmp_path / "批次") == before


def test_other_data_are_not_drafted_over_a_run(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS)
    before = files(tmp_path / "批次")
    other = typical()
    other["问题"][1][4] = "没有约定服务的项目"

    with pytest.raises(UsageError, match=r"里已是批次 函-"):
        draft(tmp_path, Paper.LETTERS, other)

    assert files(tmp_path / "批次") == before


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "批次").mkdir()
    (tmp_path / "批次/记录.txt").write_text("我的", encoding="utf-8")

    with pytest.raises(UsageError, match="已有别的内容"):
        draft(tmp_path, Paper.LETTERS)

    assert files(tmp_path / "批次") == {"记录.txt": "我的".encode()}


def test_what_comes_with_the_number_is_left_open_though_the_settings_have_it(tmp_path: Path) -> None:
    settings = COMPLETE + '"序号" = 132\n"成文日期" = 2024-08-15\n"印发日期" = 2024-08-16\n'

    draft(tmp_path, Paper.CIRCULAR, settings=settings)

    text = "".join(read_paper(tmp_path / "批次/送审稿/通报.docx").pieces)
    assert "甲应急〔2024〕　号" in text
    assert "132" not in text
    assert "8月15日" not in text


def test_nothing_is_left_when_the_input_is_barred(tmp_path: Path) -> None:
    with pytest.raises(Barred):
        draft(tmp_path, Paper.CIRCULAR, settings=COMPLETE.replace("年份\" = 2024", "年份\" = 24"))

    assert [path.name for path in tmp_path.iterdir()] == ["批次数据"]


def test_what_a_killed_run_left_beside_is_swept(tmp_path: Path) -> None:
    stray = tmp_path / ".docgen-批次-abc"
    stray.mkdir()
    (stray / "半份.docx").write_bytes(b"PK")

    draft(tmp_path, Paper.LETTERS)

    assert not stray.exists()


def test_a_failing_paper_leaves_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("画不出")

    monkeypatch.setattr("docgen.render.docx.render_docx", fails)

    drafted = draft(tmp_path, Paper.LETTERS)

    assert drafted.batch is None
    assert [failed.name for failed in drafted.not_made] == ["函：青松财险", "函：白鹭财险"]
    assert not (tmp_path / "批次").exists()


def test_the_manifest_names_every_file_the_fonts_and_the_versions(tmp_path: Path) -> None:
    drafted = draft(tmp_path, Paper.LETTERS)

    content = json.loads((tmp_path / "批次/manifest.json").read_text(encoding="utf-8"))
    assert {name for name, _ in content["全部文件"]} == set(files(tmp_path / "批次")) - {"manifest.json", "取号结果.xlsx"}
    assert content["状态"] == "送审稿"
    assert "weasyprint" in content["版本"]
    assert {role for role, *_ in content["字体"]} >= {"fangsong", "heiti"}
    assert drafted.batch is not None
    assert drafted.batch.altered(drafted.batch.signed_files()) == []


def test_a_changed_manifest_is_told(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS)
    path = tmp_path / "批次/manifest.json"
    path.write_bytes(path.read_bytes().replace("青松财险".encode(), "白松财险".encode(), 1))

    with pytest.raises(Exception, match="改动过"):
        open_batch(tmp_path / "批次")


def test_a_circular_keeps_what_the_letters_handed_over(tmp_path: Path) -> None:
    letters = draft(tmp_path, Paper.LETTERS, to="函批次").batch
    assert letters is not None

    circular = draft(tmp_path, Paper.CIRCULAR, letters=letters.folder / "manifest.json").batch

    assert circular is not None
    assert circular.manifest.content["交办批次"] == letters.id
    assert set(handed_over(tmp_path / "批次/数据/交办/函批次.json")) >= {"W-2", "W-3", "W-4"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(drafting.tempfile, "mkdtemp", refuses)

    with pytest.raises(UsageError, match=r"批次.*没有.*权限"):
        draft(tmp_path, Paper.LETTERS)




def test_a_run_that_came_to_lie_there_meanwhile_is_not_covered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = drafting.render_papers

    def slow(*given: Any) -> Any:
        (tmp_path / "批次").mkdir()
        (tmp_path / "批次/别人的.txt").write_text("先到", encoding="utf-8")
        return really(*given)

    monkeypatch.setattr(drafting, "render_papers", slow)

    with pytest.raises(UsageError, match="批次”时出错"):
        draft(tmp_path, Paper.LETTERS)

    assert files(tmp_path / "批次") == {"别人的.txt": "先到".encode()}


def test_what_another_docgen_is_making_beside_is_not_swept(tmp_path: Path) -> None:
    working = tmp_path / ".docgen-批次-abc"
    working.mkdir()
    holding = "import sys; from pathlib import Path; from docgen.issuing.durable import alone_in\n"
    holding += "with alone_in(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", holding, str(working)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        draft(tmp_path, Paper.LETTERS)

        assert working.is_dir()
        other.communicate("")


def test_the_same_data_in_other_formats_need_another_folder(tmp_path: Path) -> None:
    draft(tmp_path, Paper.LETTERS)

    with pytest.raises(UsageError, match="格式是 docx、xlsx"):
        draft(tmp_path, Paper.LETTERS, formats=("docx",))
