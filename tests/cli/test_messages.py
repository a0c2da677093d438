"""What the clerk reads: help, errors of the command line, problems, the table at the end. All of it Chinese."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from intake.minimal import SETTINGS, put, valid, write

from docgen.cli import commands, fault
from docgen.cli.show import show_outcome
from docgen.errors import ExitCode
from docgen.issuing import Made, Outcome, Paper
from docgen.issuing import publish as publishing
from docgen.issuing.doctor import Substituted
from docgen.issuing.manifest import MANIFESTS
from docgen.render import pdf

from .conftest import Docgen, commands_below

ROOT = Path(__file__).parents[2]
BAD = ROOT / "fixtures" / "bad"
COMMANDS = dict(commands_below(commands))
TYPED = {word for path in COMMANDS for word in path.split()} | {
    word for command in COMMANDS.values() for param in command.params for word in re.findall(r"[A-Za-z]{3,}", param.metavar or "")
}
"""Names of commands and of what they take, as the clerk types them."""
OWN_WORDS = re.compile(
    r"https?://\S+|[-\w./]*docgen[-\w./]*|--?[a-z]+(?:-[a-z]+)*\b"
    rf"|\b(?:{'|'.join(sorted(TYPED))}|INPUT|DIR|DOCGEN_REGISTER|PostgreSQL|JSON|GB|T|DOCX|PDF|XLSX|CSV|TOML|WPS|Word|Excel|UTF|GB18030|U\+[0-9A-F]+"
    r"|[\w-]+\.(?:xlsx|xlsm|xls|csv|toml|txt|docx|pdf|json)|docx|pdf|xlsx|manifest|TXT|TWICE)\b"
)
ENGLISH = re.compile(r"[A-Za-z]{3,}")
READS_INPUT = [path for path, command in COMMANDS.items() if any(param.name == "input" for param in command.params)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "数据", valid())


def english(text: str) -> list[str]:
    """Words of a message that no clerk should meet."""
    return ENGLISH.findall(OWN_WORDS.sub("", text))


@pytest.mark.parametrize("words", [[], *(path.split() for path in COMMANDS)], ids=str)
def test_every_help_is_chinese_throughout(docgen: Docgen, words: list[str]) -> None:
    shown = docgen(*words, "--help")

    assert shown.code == ExitCode.MADE
    assert english(shown.out.replace("--version", "").replace("[OPTIONS]", "OPTIONS")) == []
    assert "用法：" in shown.out
    assert "选项：" in shown.out


@pytest.mark.parametrize("path", READS_INPUT)
def test_every_help_says_what_the_input_is(docgen: Docgen, path: str) -> None:
    assert "INPUT  检查数据：一个工作簿，或放有若干工作簿、CSV 的文件夹" in docgen(*path.split(), "--help").out


def test_the_help_of_init_says_what_the_folder_is(docgen: Docgen) -> None:
    assert "DIR  一个新文件夹，或空文件夹" in docgen("init", "--help").out


def test_the_help_of_check_says_what_the_files_are(docgen: Docgen) -> None:
    assert "FILE…  要检查的 DOCX、PDF，可写几个" in docgen("check", "--help").out


def test_without_a_command_the_help_is_shown(docgen: Docgen) -> None:
    shown = docgen()

    assert shown.code == ExitCode.USAGE
    assert "用法：" in shown.err


@pytest.mark.parametrize(
    ("words", "found", "help_of"),
    [
        (["nonsense"], "没有“nonsense”这个命令。可用的命令：init、validate、figures、", "docgen --help"),
        (["all", "--nonsense"], "没有“--nonsense”这个选项", "docgen all --help"),
        (["--nonsense"], "没有“--nonsense”这个选项", "docgen --help"),
        (["all"], "缺少 INPUT", "docgen all --help"),
        (["all", "数据"], "缺少 --out DIR", "docgen all --help"),
        (["all", "数据", "又一个", "--out", "输出"], "多写了“又一个”", "docgen all --help"),
        (["doctor", "数据"], "多写了“数据”", "docgen doctor --help"),
        (["all", "数据", "--out"], "选项“--out”后面缺少内容", "--help"),
        (["all", "数据", "--strict=3", "--out", "输出"], "选项“--strict”后面", "--help"),
        (["all", "数据", "--out", "输出", "--format", "wps"], "不是“wps”", "docgen all --help"),
        (["all", "数据", "--out", "输出", "--format", "，"], "不能是空的", "docgen all --help"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else None,
)
def test_a_wrong_command_line_is_told_in_chinese(docgen: Docgen, words: list[str], found: str, help_of: str) -> None:
    shown = docgen(*words)

    assert shown.code == ExitCode.USAGE
    assert found in shown.err
    assert help_of in shown.err
    assert [word for word in english(shown.err) if word not in {"nonsense", "wps"}] == []


def test_formats_may_be_parted_by_a_chinese_comma(docgen: Docgen, data: Path) -> None:
    shown = docgen("notices", data, "--out", data.parent / "输出", "--format", "XLSX，docx")

    assert shown.code == ExitCode.MADE
    assert {path.suffix for path in (data.parent / "输出" / "函").rglob("*.*")} == {".xlsx", ".docx"}


@pytest.mark.parametrize(
    ("place", "code"),
    [("没有这个.xlsx", ExitCode.USAGE), ("空文件夹", ExitCode.USAGE), ("不是工作簿.xlsx", ExitCode.UNREADABLE)],
)
@pytest.mark.parametrize("command", ["validate", "figures", "circular", "notices", "annexes", "all"])
def test_a_wrong_input_is_told_and_nothing_is_written(
    docgen: Docgen, tmp_path: Path, command: str, place: str, code: ExitCode
) -> None:
    (tmp_path / "空文件夹").mkdir()
    (tmp_path / "不是工作簿.xlsx").write_text("不是", encoding="utf-8")
    out = [] if command in {"validate", "figures"} else ["--out", tmp_path / "输出"]
    shown = docgen(command, tmp_path / place, *out)

    assert shown.code == code
    assert shown.err.startswith("错误：")
    assert "\n处理：" in shown.err
    assert place in shown.err
    assert english(shown.err) == []
    assert not (tmp_path / "输出").exists()


def test_a_settings_file_that_is_not_there_is_told(docgen: Docgen, data: Path) -> None:
    shown = docgen("validate", data, "--settings", data / "没有.toml")

    assert shown.code == ExitCode.USAGE
    assert "找不到设置文件 没有.toml" in shown.err


def test_settings_may_be_named(docgen: Docgen, data: Path) -> None:
    settings = (data / "发文.toml").rename(data.parent / "另一份.toml")

    assert docgen("validate", data).code == ExitCode.BARRED
    assert docgen("validate", data, "--settings", settings).code == ExitCode.MADE


def test_every_unreadable_file_is_named_at_once(docgen: Docgen) -> None:
    shown = docgen("all", BAD / "unreadable", "--out", BAD / "unreadable" / "输出")

    assert shown.code == ExitCode.UNREADABLE
    unreadable = [file.name for file in (BAD / "unreadable").iterdir() if "-" in file.name]
    assert len(unreadable) == 7
    assert [name for name in unreadable if name not in shown.err] == []
    assert not (BAD / "unreadable" / "输出").exists()


def readable_inputs() -> list[str]:
    return sorted(folder.name for folder in BAD.iterdir() if folder.is_dir() and folder.name != "unreadable")


@pytest.mark.parametrize("name", readable_inputs())
def test_a_check_tells_every_problem_and_what_bars_it_bars_a_run_too(docgen: Docgen, tmp_path: Path, name: str) -> None:
    checked = docgen("validate", BAD / name)
    made = docgen("annexes", BAD / name, "--out", tmp_path / "输出")

    assert made.code == checked.code
    assert checked.code in {ExitCode.MADE, ExitCode.BARRED}
    assert (tmp_path / "输出").exists() is (made.code == ExitCode.MADE)
    assert ("阻断" in checked.out) is (checked.code == ExitCode.BARRED)
    told = [line for line in checked.out.splitlines() if line.startswith("  · ")]
    assert told
    assert all("。应为：" in line and "。处理：" in line for line in told)


def test_a_strict_run_makes_nothing_of_doubtful_data(docgen: Docgen, data: Path) -> None:
    shown = docgen("annexes", data, "--out", data.parent / "输出", "--strict")

    assert shown.code == ExitCode.MADE
    put_in_doubt = valid()
    put(put_in_doubt, "保单", "投保人数", "十二人")
    doubtful = write(data.parent / "有疑问", put_in_doubt)
    shown = docgen("annexes", doubtful, "--out", data.parent / "输出 2", "--strict")

    assert shown.code == ExitCode.BARRED
    assert "没有生成任何文件：待核 1 处" in shown.err
    assert not (data.parent / "输出 2").exists()
    assert docgen("validate", doubtful, "--strict").code == ExitCode.BARRED
    assert docgen("validate", doubtful).code == ExitCode.MADE


def test_ten_problems_of_a_kind_are_shown_and_the_rest_counted(docgen: Docgen, tmp_path: Path) -> None:
    workbook = valid()
    for number in range(23):
        unit = f"甲市第{number}号风筝厂"
        workbook["未全员投保"].append([unit, "", "常熟市", "加油站", "白鹭财险", "5", "5"])
    shown = docgen("validate", write(tmp_path / "数据", workbook), "--report", tmp_path / "核对单.xlsx")

    of_kind = [line for line in shown.out.splitlines() if "不少于从业人员数" in line]
    assert len(of_kind) == 10
    assert "同类问题（not-fewer-insured）另有 13 处" in shown.out
    assert "全部问题已写入" in shown.out
    assert (tmp_path / "核对单.xlsx").exists()


def test_all_that_bars_can_be_had_with_the_words_that_are_shown(docgen: Docgen, tmp_path: Path) -> None:
    workbook = valid()
    for number in range(12):
        workbook["问题"].append([*workbook["问题"][1]])
        put(workbook, "问题", "承保保险公司", f"黑鹭{number}财险", row=len(workbook["问题"]) - 1)
    data = write(tmp_path / "检查 数据", workbook)
    shown = docgen("annexes", data, "--out", tmp_path / "输出", "--settings", data / "发文.toml")

    assert shown.code == ExitCode.BARRED
    words = f'docgen validate "{data}" --settings "{data / "发文.toml"}" --report 核对单.xlsx'
    assert f"用 {words} 可得全部问题。" in shown.err


def test_nothing_that_was_made_is_left_out_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    entries = sorted({entry for paper in Paper for entry in paper.value} | {"核对单.xlsx", *MANIFESTS.values()})
    made = tuple(Made(entry if "." in entry else f"{entry}/甲.xlsx") for entry in entries)
    show_outcome(Outcome(made, (), (), (), (), Substituted((), (), "", "")), "输出")

    rows = [line.split("│") for line in capsys.readouterr().out.splitlines() if "个（" in line]
    assert sum(int(row[2].split()[0]) for row in rows) == len(made)
    assert {"通报", "通报附件", "函", "附件", "分地区"} <= {row[1].strip() for row in rows}


def test_figures_are_told_with_how_they_were_counted(docgen: Docgen, data: Path) -> None:
    shown = docgen("figures", data)

    assert shown.code == ExitCode.MADE
    assert "抽查表中的保单号去重" in shown.out
    assert "…" not in shown.out


def test_a_barred_input_has_no_figures_and_prints_no_half_of_them(docgen: Docgen) -> None:
    shown = docgen("figures", BAD / "unknown-insurer", "--json")

    assert shown.code == ExitCode.BARRED
    assert shown.out == ""
    assert "阻断" in shown.err


def test_a_run_ends_with_a_table_of_what_was_made(docgen: Docgen, data: Path) -> None:
    out = data.parent / "输出"
    shown = docgen("all", data, "--out", out, "--format", "xlsx")

    assert shown.code == ExitCode.MADE
    assert "正在生成：函：青松财险" in shown.out
    for row in ("附件", "6 个（XLSX）", "10 个（XLSX）", f"输出文件夹：{out}", "数据核对："):
        assert row in shown.out


def test_what_was_kept_aside_is_named(docgen: Docgen, data: Path) -> None:
    out = data.parent / "输出"
    docgen("notices", data, "--out", out, "--format", "xlsx")
    (book,) = out.glob("函/01*/*.xlsx")
    book.write_bytes(b"changed by hand")
    shown = docgen("notices", data, "--out", out, "--format", "xlsx")

    assert shown.code == ExitCode.MADE
    assert f"已移到：留存/{book.relative_to(out).as_posix()}" in shown.out


def test_a_paper_that_fails_is_named_and_the_exit_code_tells(
    docgen: Docgen, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise pdf.DrawingError("排版库有警告：示例")

    monkeypatch.setattr(pdf, "render_pdf", fail)
    shown = docgen("all", data, "--out", data.parent / "输出", "--format", "pdf,xlsx")

    assert shown.code == ExitCode.INCOMPLETE
    assert "没有生成 函：青松财险：排版库有警告：示例。处理：" in shown.err
    assert "有 3 件没有生成，其余的已经生成" in shown.err
    assert {path.name for path in (data.parent / "输出").iterdir()} == {
        ".docgen.json", "分地区", "核对单.xlsx", "附件", "附件数据来源.json",
    }


def test_an_output_folder_that_is_a_file_is_told_before_any_work(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "输出").write_bytes(b"mine")
    shown = docgen("all", tmp_path / "没有这个.xlsx", "--out", tmp_path / "输出")

    assert shown.code == ExitCode.USAGE
    assert "已是一个文件" in shown.err
    assert (tmp_path / "输出").read_bytes() == b"mine"


def test_a_disk_that_is_full_leaves_nothing_and_is_told(
    docgen: Docgen, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing.os, "replace", full)
    shown = docgen("annexes", data, "--out", data.parent / "输出")

    assert shown.code == ExitCode.USAGE
    assert "磁盘已满" in shown.err
    assert "space" not in shown.err
    assert not (data.parent / "输出").exists()


def test_an_interrupted_run_leaves_nothing(docgen: Docgen, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(pdf, "render_pdf", interrupt)
    shown = docgen("circular", data, "--out", data.parent / "输出")

    assert shown.code == ExitCode.INTERRUPTED
    assert "已中断" in shown.err
    assert not (data.parent / "输出").exists()


def test_a_template_of_another_encoding_is_told(docgen: Docgen, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data.parent / "circular.txt").write_bytes("一、检查情况".encode("gbk"))
    monkeypatch.setattr("docgen.issuing.templates.shipped", lambda _: data.parent)
    shown = docgen("circular", data, "--out", data.parent / "输出")

    assert shown.code == ExitCode.UNREADABLE
    assert "模板 circular.txt 不是 UTF-8 编码" in shown.err


def test_a_fault_of_docgens_own_shows_no_traceback_but_keeps_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fault.tempfile, "tempdir", str(tmp_path))
    error = ZeroDivisionError("division by zero")
    fault.show_fault(ZeroDivisionError, error, None)
    (kept,) = tmp_path.iterdir()

    shown = capsys.readouterr().err
    assert "不一定是数据有误" in shown
    assert str(kept) in shown
    assert "Traceback" not in shown
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


def test_the_doctor_lists_fonts_and_libraries(docgen: Docgen) -> None:
    shown = docgen("doctor")

    assert shown.code == ExitCode.MADE
    assert "字体：仿宋" in shown.out
    assert "系统库：harfbuzz" in shown.out


def test_a_profile_that_the_settings_name_is_the_look_of_the_paper(docgen: Docgen, tmp_path: Path) -> None:
    data = write(tmp_path / "数据", valid(), SETTINGS + '"版式" = "visual"\n')
    ended = docgen("circular", data, "--out", tmp_path / "输出", "--format", "docx")

    assert ended.code == ExitCode.MADE
    with zipfile.ZipFile(tmp_path / "输出" / "通报.docx") as package:
        assert 'w:top="2097"' in package.read("word/document.xml").decode()
