"""A paper held against the run that made it: every figure in text and table, the number's code, the order of the mark."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.check.finding import Grade
from docgen.check.inspect import Report, inspect
from docgen.check.rules.text.against_run import figures_are_the_runs, mark_keeps_the_runs_order
from docgen.check.run import Run, RunPaper, RunText, Stated
from docgen.check.seen import Paper
from docgen.cli import main
from docgen.issuing.checking import run_of

from .planted import retyped
from .seen_papers import element, seen_paper
from .test_rules import SOUND

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of the samples: the circular and its manifest."""
    folder = tmp_path_factory.mktemp("run")
    for name in ("检查数据.xlsx", "发文.toml"):
        shutil.copy(ROOT / "fixtures" / "2024h1" / name, folder / name)
    for command in ("circular", "notices"):
        with pytest.raises(SystemExit) as ended:
            main([command, str(folder / "检查数据.xlsx"), "--out", str(folder / "输出"), "--format", "docx,pdf"])
        assert not ended.value.code
    return folder / "输出"


@pytest.fixture(scope="module")
def run(made: Path) -> Run:
    return run_of(made / "通报数据来源.json")


def told(report: Report) -> list[str]:
    return [
        f"{finding.rule.id}：{finding.at.found}，{finding.at.expected}" for finding in report.findings
        if finding.rule.id in ("TXT-FIGURE", "DOCNO-LEAD", "HEAD-MARK-ORDER")
    ]


@pytest.mark.parametrize("name", ["通报.docx", "通报.pdf"])
def test_the_papers_of_a_run_state_its_figures(made: Path, run: Run, name: str) -> None:
    report = inspect((made / name).read_bytes(), run)

    assert told(report) == []
    assert [finding.rule.id for finding in report.findings if finding.grade.value in "EW"] == []


def test_every_letter_is_held_against_its_own_figures(made: Path) -> None:
    letters = run_of(made / "函数据来源.json")
    papers = sorted((made / "函").rglob("函.docx"))

    assert len(papers) > 10
    assert [told(inspect(paper.read_bytes(), letters)) for paper in papers] == [[]] * len(papers)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("问题保单141份", "问题保单142份", "TXT-FIGURE：问题保单数写的是“142份”，数据算出的是“141份”"),
        ("金属冶炼467家", "金属冶炼468家", "TXT-FIGURE：分行业投保单位数/金属冶炼写的是“468家”，数据算出的是“467家”"),
        ("25.93万余人", "25.39万余人", "TXT-FIGURE：保障从业人员数写的是“25.39万余人”，数据算出的是“25.93万余人”"),
        ("于2024年9月13日前", "于2024年9月15日前", "TXT-FIGURE：发文信息“整改期限”写的是“2024年9月15日”，数据算出的是“2024年9月13日”"),
        ("苏应急〔2024〕132号", "苏安〔2024〕132号", "DOCNO-LEAD：发文字号的机关代字是“苏安”，主办机关的代字：苏应急、苏应急函"),
    ],
)
def test_a_number_that_was_changed_in_word_is_told_with_both_values(
    made: Path, run: Run, old: str, new: str, found: str
) -> None:
    assert told(inspect(retyped((made / "通报.docx").read_bytes(), old, new), run)) == [found]


def test_a_changed_cell_is_told_by_annex_row_and_column(made: Path, run: Run) -> None:
    changed = retyped((made / "通报.docx").read_bytes(), "43955", "43956", is_once=True)

    assert told(inspect(changed, run)) == [
        "TXT-FIGURE：附件1“各地投保安责险生产经营单位系统数据一览表”第 1 行“投保人数”写的是“43956”，数据算出的是“43955”"
    ]


def test_a_paper_of_another_run_is_said_to_be_none_of_it() -> None:
    other = Run((RunPaper("函", (RunText("主送机关", "甲山财险："), RunText("正文", "共3家。", (Stated(1, 3, "数"),)))),))
    (found,) = figures_are_the_runs(other, seen_paper(SOUND))

    assert "没有这份公文" in found.found
    assert found.grade is Grade.INFO


def test_the_mark_has_the_runs_lead_agency_first() -> None:
    run = Run((), issuers=("苏州市应急管理局", "苏州市公安局"))
    sound = [element("发文机关标志", name) for name in ("苏州市应急管理局", "苏州市公安局文件")]

    assert list(mark_keeps_the_runs_order(run, Paper(tuple(sound)))) == []
    assert list(mark_keeps_the_runs_order(run, Paper(tuple(reversed(sound)))))
