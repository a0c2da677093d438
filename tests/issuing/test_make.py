"""Making the papers of a run: what each run makes, and what happens when one paper fails."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake.minimal import SETTINGS, Workbook, put, valid, write

from docgen.errors import Barred, ExitCode, Severity, UsageError
from docgen.issuing import (
    Drafted,
    MissingLibrary,
    Outcome,
    Paper,
    Workshop,
    bar,
    check_formats,
    check_input,
    check_report,
    doctor,
    draft_papers,
    examine,
    figures_json,
    in_order,
    load_metrics,
    make_papers,
    read_and_count,
    write_report,
)
from docgen.layout import Metrics
from docgen.render import pdf
from docgen.styles import Stylesheet, load_stylesheet


@cache
def stylesheet() -> Stylesheet:
    return load_stylesheet()


@cache
def metrics() -> Metrics:
    return load_metrics(stylesheet())


def drafted(folder: Path, *wanted: Paper, workbook: Workbook | None = None) -> Drafted:
    source = write(folder, valid() if workbook is None else workbook)
    return draft_papers(read_and_count(source, None, metrics()), wanted or tuple(Paper))


def make(papers: Drafted, out: Path, formats: tuple[str, ...] = ("docx", "pdf", "xlsx")) -> Outcome:
    return make_papers(papers, out, Workshop(stylesheet(), metrics(), formats, lambda _: None))


def names(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {".docgen.json"}


CIRCULAR = {"通报.docx", "通报.pdf"}
LETTERS = {
    f"函/{insurer}/{name}"
    for insurer in ("01 青松财险", "02 白鹭财险")
    for name in ("函.docx", "函.pdf", "问题清单和反馈表.xlsx")
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Path]:
    """All papers of the minimal input."""
    folder = tmp_path_factory.mktemp("whole")
    return make(drafted(folder / "数据"), folder / "输出"), folder / "输出"


def test_everything_is_made_at_once(whole: tuple[Outcome, Path]) -> None:
    outcome, out = whole
    found = names(out)

    assert found >= CIRCULAR | LETTERS | {"附件/附件汇总.xlsx", "分地区/昆山市.xlsx", "核对单.xlsx"}
    assert len([name for name in found if name.startswith("附件/附件")]) == 6
    assert len([name for name in found if name.startswith("分地区/")]) == 10
    assert {made.path for made in outcome.made} == found
    assert outcome.not_made == ()


def test_annexes_that_are_not_bound_with_the_circular_are_papers_by_themselves(tmp_path: Path) -> None:
    source = write(tmp_path / "数据", valid(), SETTINGS + '"附件装订" = "单独装订"\n')
    papers = draft_papers(read_and_count(source, None, metrics()), [Paper.CIRCULAR])
    outcome = make(papers, tmp_path / "输出", ("docx", "pdf"))
    manifest = json.loads((tmp_path / "输出" / "通报数据来源.json").read_text(encoding="utf-8"))

    alone = {f"通报附件/附件{number}" for number in range(1, 6)}
    assert outcome.not_made == ()
    assert names(tmp_path / "输出") >= CIRCULAR | {f"{name}.{kind}" for name in alone for kind in ("docx", "pdf")}
    assert [paper["名称"] for paper in manifest["文"]] == ["通报", *(f"通报附件{number}" for number in range(1, 6))]
    circular, first, *_ = manifest["文"]
    assert circular["表"] == []
    assert any("附件：1." in text["文"] for text in circular["段落"])
    assert first["段落"][0]["文"] == "甲应急〔2024〕132号附件1"
    assert first["表"][0]["列据"]
    assert not any("印发" in text["元素"] for text in first["段落"])

    make(drafted(tmp_path / "数据", Paper.CIRCULAR), tmp_path / "输出", ("docx", "pdf"))
    assert not any(name.startswith("通报附件") for name in names(tmp_path / "输出"))


def test_a_sheet_of_one_area_says_whose_it_is_once(whole: tuple[Outcome, Path]) -> None:
    _, out = whole
    sheet = openpyxl.load_workbook(out / "分地区" / "昆山市.xlsx").worksheets[0]

    assert [sheet["A1"].value, sheet["A2"].value] == ["昆山市：未按时续保（投保）生产经营单位清单", "序号"]


def test_papers_with_pages_say_how_many(whole: tuple[Outcome, Path]) -> None:
    outcome, _ = whole

    assert {made.path.rpartition(".")[2]: made.pages is not None for made in outcome.made} == {
        "docx": True,
        "pdf": True,
        "xlsx": False,
        "json": False,
    }


def test_letters_first_and_the_circular_later_stand_in_one_folder(tmp_path: Path) -> None:
    papers = drafted(tmp_path / "数据", Paper.LETTERS)
    make(papers, tmp_path / "输出", ("xlsx",))
    circular = drafted(tmp_path / "数据", Paper.CIRCULAR)
    outcome = make(circular, tmp_path / "输出", ("docx",))

    assert names(tmp_path / "输出") == {"通报.docx", "核对单.xlsx", "通报数据来源.json", "函数据来源.json"} | {
        name for name in LETTERS if name.endswith(".xlsx")
    }
    assert outcome.kept == ()


def without_problems_of_pine() -> Workbook:
    workbook = valid()
    put(workbook, "问题", "承保保险公司", "白鹭财险")
    put(workbook, "问题", "保单号", "")
    put(workbook, "服务费用核查", "核实金额（元）", "800")
    return workbook


def test_an_insurer_without_problems_gets_no_letter_and_is_named(tmp_path: Path) -> None:
    papers = drafted(tmp_path / "数据", Paper.LETTERS, workbook=without_problems_of_pine())

    assert make(papers, tmp_path / "输出", ("xlsx",)).without_letter == ("青松财险",)


def test_the_letter_of_an_earlier_run_does_not_outlive_its_problems(tmp_path: Path) -> None:
    make(drafted(tmp_path / "数据", Paper.LETTERS), tmp_path / "输出", ("xlsx",))
    papers = drafted(tmp_path / "数据", Paper.LETTERS, workbook=without_problems_of_pine())
    make(papers, tmp_path / "输出", ("xlsx",))

    assert {path.name for path in (tmp_path / "输出" / "函").iterdir()} == {"02 白鹭财险"}


def render_but_for(insurer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the drawing of one insurer's letter fail, after its DOCX is done."""
    draw = pdf.render_pdf

    def draw_or_fail(pages: Any, *rest: Any) -> bytes:
        text = "".join(str(block) for page in pages.pages for block in page.blocks)
        if insurer in text:
            raise pdf.DrawingError("排版库有警告：示例", "请运行 docgen doctor 查看字体和系统库")
        return draw(pages, *rest)

    monkeypatch.setattr(pdf, "render_pdf", draw_or_fail)


def test_a_letter_that_fails_is_named_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render_but_for("青松财险甲市分公司", monkeypatch)
    outcome = make(drafted(tmp_path / "数据", Paper.LETTERS), tmp_path / "输出")

    assert names(tmp_path / "输出") == {"核对单.xlsx", "函数据来源.json"} | {name for name in LETTERS if "白鹭" in name}
    (failed,) = outcome.not_made
    assert failed.name == "函：青松财险"
    assert "排版库有警告" in failed.reason
    assert "docgen doctor" in failed.remedy


def test_when_every_paper_fails_the_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render_but_for("", monkeypatch)
    outcome = make(drafted(tmp_path / "数据", Paper.LETTERS), tmp_path / "输出")

    assert len(outcome.not_made) == 2
    assert outcome.made == ()
    assert not (tmp_path / "输出").exists()


def test_two_areas_of_one_file_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    papers = drafted(tmp_path / "数据", Paper.ANNEXES)
    first, *rest = papers.counted.areas
    twins = (type(first)(area="甲/乙", tables=first.tables), type(first)(area="甲:乙", tables=first.tables), *rest)
    object.__setattr__(papers.counted, "areas", twins)
    outcome = make(papers, tmp_path / "输出")

    (failed,) = outcome.not_made
    assert "甲＿乙.xlsx" in failed.reason


def test_a_name_with_a_path_in_it_stays_in_its_folder(tmp_path: Path) -> None:
    workbook = valid()
    for table in workbook.values():
        for row in table:
            row[:] = ["../../青松" if cell == "青松财险" else cell for cell in row]
    make(drafted(tmp_path / "数据", Paper.LETTERS, workbook=workbook), tmp_path / "输出", ("xlsx",))

    assert {path.name for path in (tmp_path / "输出" / "函").iterdir()} == {"01 ＿..＿青松", "02 白鹭财险"}
    assert {path.name for path in tmp_path.iterdir()} == {"数据", "输出"}


@pytest.mark.parametrize(
    ("wanted", "formats"), [(Paper.CIRCULAR, ("xlsx",)), (Paper.ANNEXES, ("docx", "pdf"))]
)
def test_formats_that_leave_nothing_to_make_are_refused(wanted: Paper, formats: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="格式"):
        check_formats([wanted], formats)


@pytest.mark.parametrize("formats", [("xlsx",), ("docx",), ("pdf",)])
def test_letters_and_the_whole_may_be_of_any_format(formats: tuple[str, ...]) -> None:
    check_formats([Paper.LETTERS], formats)
    check_formats(list(Paper), formats)


def test_without_the_drawing_library_nothing_is_made_and_the_remedy_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_there(name: str) -> None:
        print("an English notice")
        raise OSError("cannot load library")

    monkeypatch.setattr(doctor, "import_module", not_there)
    with pytest.raises(MissingLibrary, match="系统库") as stopped:
        make(drafted(tmp_path / "数据", Paper.CIRCULAR), tmp_path / "输出")

    assert stopped.value.exit_code is ExitCode.INCOMPLETE
    assert "docgen doctor" in stopped.value.remedy
    assert not (tmp_path / "输出").exists()


def test_the_doctor_says_what_mends_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.ctypes.util, "find_library", lambda name: None)
    libraries = [finding for finding in examine(stylesheet()) if finding.what.startswith("系统库")]

    assert {"系统库：pango-1.0", "系统库：fontconfig"} <= {finding.what for finding in libraries}
    assert not any(finding.is_enough for finding in libraries)
    assert all("apt-get install lib" in finding.remedy for finding in libraries)


def test_the_doctor_finds_every_font_that_papers_are_made_with() -> None:
    fonts = [finding for finding in examine(stylesheet()) if finding.what.startswith("字体")]

    assert len(fonts) == len(stylesheet().fonts)
    assert all(finding.is_enough for finding in fonts)


def test_doubts_bar_only_a_strict_run(tmp_path: Path) -> None:
    problems = drafted(tmp_path / "数据").problems

    assert {problem.severity for problem in problems} == {Severity.DOUBTFUL, Severity.NOTICE}
    bar(problems, is_strict=False)
    with pytest.raises(Barred) as barred:
        bar(problems, is_strict=True)
    assert barred.value.exit_code is ExitCode.BARRED


def test_checking_an_input_tries_every_paper(tmp_path: Path) -> None:
    problems = check_input(write(tmp_path, valid()), None, metrics())

    assert {problem.code for problem in problems} == {"missing-setting", "unchecked"}


def test_checking_a_barred_input_gives_its_problems(tmp_path: Path) -> None:
    workbook = valid()
    put(workbook, "问题", "承保保险公司", "不在表里的公司")
    problems = check_input(write(tmp_path, workbook), None, metrics())

    assert [problem.code for problem in problems] == ["unknown-insurer"]


def test_problems_come_gravest_first_and_one_kind_together(tmp_path: Path) -> None:
    workbook = valid()
    put(workbook, "抽查", "抽查日期", "2024.7.1")
    put(workbook, "保单", "投保人数", "十二人")
    problems = in_order(check_input(write(tmp_path, workbook), None, metrics()))
    severities = [problem.severity for problem in problems]

    assert severities == sorted(severities, key=list(Severity).index)
    codes = [problem.code for problem in problems]
    assert [code for place, code in enumerate(codes) if code not in codes[:place]] == list(dict.fromkeys(codes))


def test_each_figure_names_its_rows(tmp_path: Path) -> None:
    facts = read_and_count(write(tmp_path, valid()), None, metrics())
    figures = {figure["名称"]: figure for figure in json.loads(json.dumps(list(figures_json(facts.figures))))}

    assert figures["抽查保单数"]["数值"] == 1
    assert figures["抽查保单数"]["来源"] == [{"file": "抽查.csv", "sheet": "抽查", "row": 2}]
    assert figures["抽查保单数"]["待核"] == []


def test_a_doubtful_figure_says_why(tmp_path: Path) -> None:
    workbook = valid()
    put(workbook, "保单", "投保人数", "十二人")
    facts = read_and_count(write(tmp_path, workbook), None, metrics())
    doubts = {figure["名称"]: figure["待核"] for figure in figures_json(facts.figures)}

    (doubt,) = doubts["保障从业人员数"]  # type: ignore[misc]
    assert "十二人" in doubt


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "数据", valid())


@pytest.mark.parametrize("place", ["数据/核对单.xlsx", "数据/保单.csv", "核对单", "核对单.docx", "文件夹.xlsx"])
def test_a_report_is_no_workbook_of_the_data(data: Path, place: str) -> None:
    (data.parent / "文件夹.xlsx").mkdir()

    with pytest.raises(UsageError, match=r"--report|放数据的文件夹"):
        check_report(data.parent / place, data)


def test_a_report_never_takes_the_place_of_the_input(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="盖掉数据"):
        check_report(tmp_path / "检查数据.xlsx", tmp_path / "检查数据.xlsx")


def test_a_report_beside_a_workbook_is_fine(tmp_path: Path) -> None:
    check_report(tmp_path / "核对单.xlsx", tmp_path / "检查数据.xlsx")
    write_report((), tmp_path / "核对单.xlsx")

    assert (tmp_path / "核对单.xlsx").stat().st_size > 0


def test_a_report_that_cannot_be_written_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="所在的文件夹不存在"):
        write_report((), tmp_path / "没有" / "核对单.xlsx")
