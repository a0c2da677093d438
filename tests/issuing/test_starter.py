"""docgen init: an empty workbook that is fit to be filled in, settings, templates, and the inspectors' paper."""

from __future__ import annotations

import os
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from intake.minimal import SETTINGS, valid, write, write_csv
from openxml_audit import OpenXmlValidator

from docgen.errors import Barred, Place, Severity, UsageError
from docgen.intake import read_input
from docgen.issuing import Paper, draft_papers, load_metrics, read_and_count, start, starter
from docgen.issuing.starter_settings import ITEMS, empty_settings
from docgen.layout import Metrics
from docgen.records import SHEETS, Kind
from docgen.settings import Settings, parse_settings
from docgen.shipped import shipped
from docgen.styles import load_stylesheet

POLICIES = valid()["保单"]


@cache
def metrics() -> Metrics:
    return load_metrics(load_stylesheet())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("起头") / "下半年"
    start(folder)
    return folder


def export(folder: Path, rows: list[list[str]], name: str = "保单导出.csv") -> Path:
    write_csv(folder / name, rows)
    return folder / name


def values(path: Path, sheet: str) -> list[list[object]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [list(row) for row in rows]


def test_the_folder_holds_data_settings_and_templates(empty: Path) -> None:
    files = {path.relative_to(empty).as_posix() for path in empty.rglob("*") if path.is_file()}

    assert files == {
        "检查数据.xlsx", "发文.toml", "模板/circular.txt", "模板/insurer_letter.txt", "模板/insurer_letter_shared.txt",
    }


def test_every_sheet_has_its_headers_the_required_ones_marked_and_coloured(empty: Path) -> None:
    book = openpyxl.load_workbook(empty / "检查数据.xlsx")
    for spec in SHEETS.values():
        cells = book[spec.name][1]
        assert [cell.value for cell in cells] == [
            column.header + ("*" if column.required else "") for column in spec.columns
        ]
        for cell, column in zip(cells, spec.columns, strict=True):
            assert (cell.fill.fgColor.rgb == "FFFFE699") is column.required
            assert cell.comment is not None
            assert "例：" in cell.comment.text


def test_ids_are_text_and_days_are_days(empty: Path) -> None:
    sheet = openpyxl.load_workbook(empty / "检查数据.xlsx")["保单"]
    formats = {
        column.header: sheet.column_dimensions[letter].number_format
        for letter, column in zip("ABCDEFGHIJKLMNOPQR", SHEETS["保单"].columns, strict=True)
    }

    assert formats["保单号"] == formats["统一社会信用代码"] == "@"
    assert formats["保险起期"] == "yyyy-mm-dd"
    assert formats["保费（元）"] == "#,##0.00"


@pytest.mark.parametrize(
    ("sheet", "column", "source"),
    [
        ("保单", "I", ",".join(Settings().areas)),
        ("保单", "J", ",".join(Settings().industries)),
        ("保单", "E", "独立,首席,从共"),
        ("问题", "D", ",".join(Settings().kinds)),
        ("问题", "C", "保险公司!$A$2"),
    ],
)
def test_words_are_chosen_from_a_list(empty: Path, sheet: str, column: str, source: str) -> None:
    rules = openpyxl.load_workbook(empty / "检查数据.xlsx")[sheet].data_validations.dataValidation
    (rule,) = (rule for rule in rules if str(rule.sqref).startswith(f"{column}2:"))

    assert rule.type == "list"
    assert source in rule.formula1


def test_every_column_that_is_a_choice_has_its_list(empty: Path) -> None:
    book = openpyxl.load_workbook(empty / "检查数据.xlsx")
    listed = {Kind.CHOICE, Kind.AREA, Kind.INDUSTRY, Kind.INSURER}
    for spec in SHEETS.values():
        lists = [rule for rule in book[spec.name].data_validations.dataValidation if rule.type == "list"]
        assert len(lists) == sum(column.kind in listed for column in spec.columns)


def test_every_column_is_explained_with_an_example_of_its_own_kind(empty: Path) -> None:
    _, *rows = values(empty / "检查数据.xlsx", "填表说明")

    assert [row[2] for row in rows] == [column.header for spec in SHEETS.values() for column in spec.columns]
    assert all(row[4] and row[5] for row in rows)


def test_the_examples_of_the_guide_make_a_valid_row(empty: Path, tmp_path: Path) -> None:
    """Each example, put into its column, is read without a word about its form."""
    workbook: dict[str, list[list[str]]] = {}
    for sheet, _, header, _, _, example in values(empty / "检查数据.xlsx", "填表说明")[1:]:
        table = workbook.setdefault(str(sheet).partition("（")[0], [[], []])
        table[0].append(str(header))
        table[1].append(str(example))
    problems = read_input(write(tmp_path, workbook)).problems
    forms = {"not-a-number", "ambiguous-date", "date-form", "bad-check-digit", "unknown-area", "unknown-industry"}
    forms |= {"unknown-choice", "unknown-insurer", "missing-value", "id-lost-digits"}

    assert [problem.code for problem in problems if problem.code in forms] == []


def test_the_empty_workbook_causes_only_what_an_empty_one_must(empty: Path) -> None:
    intake = read_input(empty / "检查数据.xlsx")

    assert {problem.code for problem in intake.problems} == {"empty-sheet", "missing-setting", "unchecked"}
    assert [problem.where.sheet for problem in intake.problems if problem.code == "empty-sheet"] == list(SHEETS)


def test_every_item_of_the_settings_stands_in_the_file_once() -> None:
    items = [spec.metadata["item"] for spec in fields(Settings)]

    assert sorted(ITEMS) == sorted(items)
    assert all(f'"{item}" = ' in empty_settings() for item in items)


def test_the_required_items_are_empty_and_the_others_are_comments() -> None:
    stated = tomllib.loads(empty_settings())
    required = [spec.metadata["item"] for spec in fields(Settings) if spec.metadata["required"]]

    assert list(stated) == required
    assert not any(stated.values())


def test_the_examples_and_defaults_of_the_settings_are_right() -> None:
    lines = empty_settings().splitlines()
    written = [line.removeprefix("# ").removeprefix("例：") for line in lines if line.startswith(('# "', "# 例："))]
    settings, problems = parse_settings(tomllib.loads("\n".join(written)), Place("发文.toml"))

    assert problems == ()
    assert settings is not None
    assert settings.areas == Settings().areas
    assert settings.service_fee_share == Settings().service_fee_share


@pytest.mark.parametrize("held", ["说明.txt", "检查数据.xlsx"])
def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path, held: str) -> None:
    (tmp_path / held).write_text("我的", encoding="utf-8")
    with pytest.raises(UsageError, match=f"已有 {held}"):
        start(tmp_path)

    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [(held, "我的")]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"")
    start(tmp_path)

    assert (tmp_path / "检查数据.xlsx").is_file()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "下半年").write_bytes(b"")
    with pytest.raises(UsageError, match="已是一个文件"):
        start(tmp_path / "下半年")


def test_nothing_is_left_when_a_file_cannot_be_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.rename

    def refuse_the_templates(source: Path, target: Path) -> None:
        if target.name == "模板":
            raise PermissionError(13, "")
        rename(source, target)

    monkeypatch.setattr(starter.os, "rename", refuse_the_templates)
    with pytest.raises(UsageError, match="不能写入"):
        start(tmp_path / "下半年")

    assert list(tmp_path.iterdir()) == []


def test_an_export_and_a_sample_fill_the_workbook_as_they_were_written(tmp_path: Path) -> None:
    policies = export(tmp_path, [["2024年保单导出", *[""] * 10], *POLICIES])
    sample = export(tmp_path, [["保单号"], ["P-002"]], "抽样.csv")
    started = start(tmp_path / "下半年", policies, sample)
    rows = values(tmp_path / "下半年" / "检查数据.xlsx", "保单")
    headers = [str(header).rstrip("*") for header in rows[0]]

    assert [row[headers.index("保单号")] for row in rows[1:]] == ["P-001", "P-002"]
    assert rows[1][headers.index("保险起期")] == "2024-01-01"
    assert values(tmp_path / "下半年" / "检查数据.xlsx", "抽查")[1:] == [["P-002", None]]
    assert started.remarks[0] == "“保单”表已填入 2 行（保单导出.csv）"


def test_the_working_paper_has_the_facts_of_each_sampled_policy_and_room_for_findings(tmp_path: Path) -> None:
    sample = export(tmp_path, [["P-002"], ["P-777"], ["P-002"]], "抽样.csv")
    started = start(tmp_path / "下半年", export(tmp_path, POLICIES), sample)
    header, *rows = values(tmp_path / "下半年" / "检查底稿.xlsx", "检查底稿")
    facts = [dict(zip(header, row, strict=True)) for row in rows]

    assert [fact["保单号"] for fact in facts] == ["P-002", "P-777"]
    assert (facts[0]["被保险单位"], facts[0]["投保人数"], facts[0]["保险止期"]) == ("甲市风筝加油站", "5", "2025-02-28")
    assert {"检查日期", "检查结果", "问题类别", "情况说明", "整改要求", "检查人"} <= set(header)
    assert facts[0]["问题类别"] is None
    assert facts[1]["备注"] == "保单导出里没有这个保单号，请核对"
    assert "抽查的保单号不在保单导出里，请核对：P-777" in started.remarks


def test_the_working_paper_offers_the_kinds_of_problem(tmp_path: Path) -> None:
    start(tmp_path / "下半年", export(tmp_path, POLICIES), export(tmp_path, [["保单号"], ["P-001"]], "抽样.csv"))
    sheet = openpyxl.load_workbook(tmp_path / "下半年" / "检查底稿.xlsx")["检查底稿"]
    rules = [rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"]

    assert f'"{",".join(Settings().kinds)}"' in rules


def test_a_policy_with_several_units_has_a_row_for_each_and_only_its_latest_endorsement(tmp_path: Path) -> None:
    first, unit, other = POLICIES
    endorsed = ["P-001", "批1", *unit[2:]]
    second_unit = ["P-001", "", unit[2], *other[3:]]
    policies = export(tmp_path, [first, unit, endorsed, second_unit])
    start(tmp_path / "下半年", policies, export(tmp_path, [["保单号"], ["P-001"]], "抽样.csv"))
    header, *rows = values(tmp_path / "下半年" / "检查底稿.xlsx", "检查底稿")

    assert [row[header.index("被保险单位")] for row in rows] == ["甲市纸船冶炼厂", "甲市风筝加油站"]
    assert {row[header.index("备注")] for row in rows} == {"这份保单共 2 行"}


def test_a_column_that_the_export_lacks_stays_empty_and_is_said(tmp_path: Path) -> None:
    at = POLICIES[0].index("属地")
    started = start(tmp_path / "下半年", export(tmp_path, [row[:at] + row[at + 1 :] for row in POLICIES]))

    assert any("没有这些必填的列，已留空，请补填：属地" in remark for remark in started.remarks)


@pytest.mark.parametrize("content", ["1.2E+17", ""])
def test_a_list_whose_numbers_are_lost_makes_nothing(tmp_path: Path, content: str) -> None:
    rows = [list(row) for row in POLICIES]
    rows[1][0] = content
    with pytest.raises(Barred):
        start(tmp_path / "下半年", export(tmp_path, rows))

    assert not (tmp_path / "下半年").exists()


def test_an_export_without_policy_numbers_is_barred(tmp_path: Path) -> None:
    with pytest.raises(Barred) as raised:
        start(tmp_path / "下半年", export(tmp_path, [row[1:] for row in POLICIES]))

    assert any(problem.where.column == "保单号" for problem in raised.value.problems)


def test_a_sheet_of_any_title_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in POLICIES:
        book.active.append(row)
    book.create_sheet("说明").append(["由系统导出"])
    book.save(tmp_path / "导出.xlsx")

    assert start(tmp_path / "下半年", tmp_path / "导出.xlsx").remarks[0] == "“保单”表已填入 2 行（导出.xlsx）"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    rows = [list(row) for row in POLICIES]
    rows[1][3] = '=HYPERLINK("x")'
    start(tmp_path / "下半年", export(tmp_path, rows))
    cell = openpyxl.load_workbook(tmp_path / "下半年" / "检查数据.xlsx")["保单"]["G2"]

    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_everything_is_sound_and_made_alike_twice(tmp_path: Path) -> None:
    policies, sample = export(tmp_path, POLICIES), export(tmp_path, [["保单号"], ["P-001"]], "抽样.csv")
    for name in ("甲", "乙"):
        start(tmp_path / name, policies, sample)
    for name in ("检查数据.xlsx", "检查底稿.xlsx"):
        assert (tmp_path / "甲" / name).read_bytes() == (tmp_path / "乙" / name).read_bytes()
        assert OpenXmlValidator(max_errors=0).validate(str(tmp_path / "甲" / name)).errors == []


def counted_texts(folder: Path) -> tuple[str, list[tuple[str, Severity]]]:
    drafted = draft_papers(read_and_count(folder, None, metrics()), [Paper.CIRCULAR])
    assert drafted.circular is not None
    own = [
        (problem.code, problem.severity) for problem in drafted.problems if str(problem.code).endswith("-template")
    ]
    return str(drafted.circular.document), own


def test_the_clerks_own_template_is_used_and_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "数据", valid(), SETTINGS)
    (folder / "模板").mkdir()
    text = (shipped("templates") / "circular.txt").read_text(encoding="utf-8")
    (folder / "模板" / "circular.txt").write_text(text.replace("为贯彻落实", "为深入贯彻落实"), encoding="utf-8")
    document, problems = counted_texts(folder)

    assert "为深入贯彻落实" in document
    assert problems == [("own-template", Severity.NOTICE)]


def test_a_copy_that_nobody_changed_is_not_worth_a_word(tmp_path: Path) -> None:
    folder = write(tmp_path / "数据", valid(), SETTINGS)
    (folder.parent / "模板").mkdir()
    for name in ("circular.txt", "insurer_letter.txt"):
        (folder.parent / "模板" / name).write_bytes((shipped("templates") / name).read_bytes())

    assert counted_texts(folder)[1] == []


def test_a_template_that_this_run_does_not_use_is_not_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "数据", valid(), SETTINGS)
    (folder / "模板").mkdir()
    (folder / "模板" / "insurer_letter_shared.txt").write_text("一、为别的函写的", encoding="utf-8")

    assert counted_texts(folder)[1] == []


@pytest.mark.parametrize(
    ("names", "severity"),
    [
        (["circulor.txt"], Severity.DOUBTFUL),
        (["通报.txt"], Severity.DOUBTFUL),
        (["circular.txt", "insurer_letter.txt", "circular - 副本.txt"], Severity.NOTICE),
    ],
)
def test_a_template_under_a_wrong_name_is_told(tmp_path: Path, names: list[str], severity: Severity) -> None:
    folder = write(tmp_path / "数据", valid(), SETTINGS)
    (folder / "模板").mkdir()
    for name in names:
        (folder / "模板" / name).write_bytes((shipped("templates") / "circular.txt").read_bytes())
    problems = counted_texts(folder)[1]

    assert ("strange-template", severity) in problems
