"""A paper held against the run that made it: every figure in text and table, the number's code, the order of the mark."""

from __future__ import annotations

import copy
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from docgen.check.docx_elements import paper_of_docx
from docgen.check.docx_seen import see_docx
from docgen.check.inspect import Report, inspect
from docgen.check.rules.text.against_run import (
    figures_are_the_runs,
    mark_keeps_the_runs_order,
    settings_are_the_runs,
)
from docgen.check.rules.text.run_paper import paper_of
from docgen.check.run import Run, RunPaper, RunText, Stated
from docgen.check.seen import Paper
from docgen.cli import main
from docgen.issuing.checking import run_of

from .planted import retyped
from .seen_papers import changed, element, seen_paper
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
        if finding.rule.id in ("TXT-FIGURE", "TXT-SETTING", "DOCNO-LEAD", "HEAD-MARK-ORDER")
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
    report = told(inspect(retyped((made / "通报.docx").read_bytes(), old, new), run))

    assert [one for one in report if not one.startswith("TXT-SETTING")] == [found]


def test_a_changed_cell_is_told_by_annex_row_and_column(made: Path, run: Run) -> None:
    edited = retyped((made / "通报.docx").read_bytes(), "43955", "43956", is_once=True)

    assert told(inspect(edited, run)) == [
        "TXT-FIGURE：附件1“各地投保安责险生产经营单位系统数据一览表”第 1 行“投保人数”写的是“43956”，数据算出的是“43955”"
    ]


def test_a_paper_of_another_run_is_said_to_be_none_of_it() -> None:
    other = Run((RunPaper("函", (RunText("主送机关", "甲山财险："), RunText("正文", "共3家。", (Stated(1, 3, "数"),)))),))
    (found,) = figures_are_the_runs(other, seen_paper(SOUND))

    assert found.found == "这份公文不是那次运行的（数据来源里有：函），没有逐数对照"


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_letter_is_not_held_against_the_circular_nor_the_circular_against_letters(made: Path, run: Run, kind: str) -> None:
    letters = run_of(made / "函数据来源.json")
    letter = sorted((made / "函").rglob(f"函.{kind}"))[0]

    assert told(inspect(letter.read_bytes(), run)) == [
        "TXT-FIGURE：这份公文不是那次运行的（数据来源里有：通报），没有逐数对照，--figures 写这份公文那次运行的数据来源"
    ]
    (found,) = told(inspect((made / f"通报.{kind}").read_bytes(), letters))
    assert "不是那次运行的（数据来源里有：函：甲山财险、" in found


def test_a_circular_with_the_same_words_and_other_values_is_of_another_run(made: Path) -> None:
    path = made / "通报数据来源.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    for text in content["文"][0]["段落"]:
        text["文"] = re.sub(r"\d+(?=家|份|万余人)", lambda match: "7" * len(match[0]), text["文"])
    content["文"][0]["表"] = []
    (made.parent / "另一次.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    (found,) = told(inspect((made / "通报.docx").read_bytes(), run_of(made.parent / "另一次.json")))
    assert "不是那次运行的" in found


def test_a_letter_is_told_from_the_letters_of_other_insurers_when_it_names_another_addressee(made: Path) -> None:
    letters = run_of(made / "函数据来源.json")
    first, second = (next(text.text for text in paper.texts if text.element == "主送机关") for paper in letters.papers[:2])
    letter = retyped(sorted((made / "函").rglob("函.docx"))[0].read_bytes(), first, second)

    paper = paper_of(letters, paper_of_docx(see_docx(letter)))
    assert paper is not None
    assert paper.name == letters.papers[0].name


def row_with(made: Path, word: str, *, is_doubled: bool = False) -> bytes:
    """The circular less the first row of a table that holds a word, or with a row more after it, of another name."""
    with zipfile.ZipFile(made / "通报.docx") as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    tree = etree.fromstring(parts["word/document.xml"])
    row = next(row for row in tree.iter("{*}tr") if word in "".join(row.itertext("{*}t")))
    if is_doubled:
        more = copy.deepcopy(row)
        for text in more.iter("{*}t"):
            text.text = (text.text or "").replace(word, "示例新区")
        row.addnext(more)
    else:
        row.getparent().remove(row)
    parts["word/document.xml"] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("word", "annex"),
    [
        ("昆山市", "附件1“各地投保安责险生产经营单位系统数据一览表”"),
        ("张家港示例瑞茂压铸科技有限公司", "附件4“重点行业领域未全员投保生产经营单位清单”"),
    ],
)
def test_a_row_that_was_struck_out_is_named(made: Path, run: Run, word: str, annex: str) -> None:
    (found,) = told(inspect(row_with(made, word), run))

    assert found == f"TXT-FIGURE：{annex}缺“{word}”一行，或名称改了，各行与数据算出的一致"


def test_a_row_that_was_put_in_is_named(made: Path, run: Run) -> None:
    (found,) = told(inspect(row_with(made, "昆山市", is_doubled=True), run))

    assert found.startswith("TXT-FIGURE：附件1“各地投保安责险生产经营单位系统数据一览表”多出“示例新区”一行")


def test_a_paragraph_that_was_struck_out_is_named_with_the_figures_it_stated(made: Path, run: Run) -> None:
    paper = paper_of_docx(see_docx((made / "通报.docx").read_bytes()))
    less = replace(paper, elements=tuple(one for one in paper.elements if "本次抽查保单1448份" not in one.text))
    (found,) = figures_are_the_runs(run, less)

    assert found.found.startswith("正文缺“本次抽查保单1448份，查出问…”一段，其中有抽查保单数“1448份”、问题保单数“141份”")


def test_a_clause_that_was_struck_out_is_named_by_its_value(made: Path, run: Run) -> None:
    gone = retyped((made / "通报.docx").read_bytes(), "，60家单位未做到全员投保", "")

    assert told(inspect(gone, run)) == ["TXT-FIGURE：本段缺未全员投保单位数“60家”，各数都在，与数据算出的一致"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("苏应急〔2024〕132号", "苏应急〔2024〕133号", "发文字号写的是“苏应急〔2024〕133号”，设置里写的是“苏应急〔2024〕132号”"),
        ("各县（市、区）应急管理局，各财产", "各县应急管理局，各财产", "主送机关写的是“各县应急管理局，各财产保险公司”"),
        ("2024年8月15日", "2024年8月16日", "成文日期写的是“2024年8月16日”，设置里写的是“2024年8月15日”"),
    ],
)
def test_what_the_settings_say_is_told_where_the_paper_says_otherwise(
    made: Path, run: Run, old: str, new: str, found: str
) -> None:
    report = inspect(retyped((made / "通报.docx").read_bytes(), old, new, is_once=True), run)

    assert found in "；".join(told(report))
    assert any(finding.rule.id == "TXT-SETTING" and finding.grade.value == "E" for finding in report.findings)


def test_what_was_open_when_the_paper_was_made_may_be_filled_in(made: Path) -> None:
    letter = sorted((made / "函").rglob("函.docx"))[0].read_bytes()
    paper = paper_of_docx(see_docx(letter))
    filled = changed(changed(paper, "发文字号", "苏应急函〔2024〕8号"), "成文日期", "2024年7月1日")

    assert list(settings_are_the_runs(run_of(made / "函数据来源.json"), filled)) == []


def test_the_mark_has_the_runs_lead_agency_first() -> None:
    run = Run((), issuers=("苏州市应急管理局", "苏州市公安局"))
    sound = [element("发文机关标志", name) for name in ("苏州市应急管理局", "苏州市公安局文件")]

    assert list(mark_keeps_the_runs_order(run, Paper(tuple(sound)))) == []
    assert list(mark_keeps_the_runs_order(run, Paper(tuple(reversed(sound)))))
