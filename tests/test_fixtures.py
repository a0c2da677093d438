"""The fixtures are what they say: made by their scripts, and every figure recounts without docgen's code."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
HALF_YEAR = FIXTURES / "2024h1"
CUTOFF = date(2024, 8, 9)
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

Row = dict[str, object]

REQUIRED = {
    "保险公司": "简称 全称",
    "保单": (
        "保单号 承保保险公司 被保险单位 统一社会信用代码 属地 行业类别 投保人数 保费（元） 保险起期 保险止期"
    ),
    "抽查": "保单号",
    "问题": "问题编号 承保保险公司 问题类别 情况说明",
    "未上传保单": "保单号 承保保险公司 被保险单位 属地 保险起期",
    "服务费用核查": "服务记录编号 保单号 承保保险公司 系统填报金额（元） 核实金额（元）",
    "应保未保": "单位名称 统一社会信用代码 属地 行业类别",
    "未全员投保": "单位名称 统一社会信用代码 属地 行业类别 承保保险公司 从业人员数 投保人数",
}


def read(path: Path) -> dict[str, list[Row]]:
    book = load_workbook(path, read_only=True)
    sheets = {}
    for sheet in book:
        header, *lines = ([cell if cell is not None else "" for cell in row] for row in sheet.values)
        sheets[sheet.title] = [
            {title: cell.date() if isinstance(cell, datetime) else cell
             for title, cell in zip(header, line, strict=True)}
            for line in lines
        ]
    book.close()
    return sheets


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[Row]]:
    return read(HALF_YEAR / "检查数据.xlsx")


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return tomllib.loads((HALF_YEAR / "发文.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def insurer_of(sheets: dict[str, list[Row]]) -> dict[str, str]:
    """Every name of an insurer, by whole strings, and the short name of its 市级机构."""
    return {
        name: row["简称"]
        for row in sheets["保险公司"]
        for name in (row["简称"], row["全称"], *row["系统内名称"].split("；"))
        if name
    }


@pytest.fixture(scope="module")
def latest(sheets: dict[str, list[Row]], insurer_of: dict[str, str]) -> list[Row]:
    """The rows of 保单 after the last endorsement of each."""
    newest: dict[object, Row] = {}
    for row in sheets["保单"]:
        key = (row["保单号"], row["统一社会信用代码"], insurer_of[row["承保保险公司"]])
        if key not in newest or newest[key]["批单号"] < row["批单号"]:
            newest[key] = row
    return list(newest.values())


@pytest.fixture(scope="module")
def in_force(latest: list[Row]) -> list[Row]:
    return [
        row for row in latest
        if row["保单状态"] in ("", "有效") and row["保险起期"] <= CUTOFF <= row["保险止期"]
    ]


def policies_with(problems: list[Row], *kinds: str) -> set[object]:
    return {row["保单号"] for row in problems if row["核实结论"] != "撤销" and row["问题类别"] in kinds}


# Made by their scripts


def parts(path: Path) -> list[tuple[str, object, bytes]]:
    """The files in a workbook in order, unpacked: another zlib may pack the same bytes otherwise."""
    if path.suffix != ".xlsx":
        return [(path.name, None, path.read_bytes())]
    with zipfile.ZipFile(path) as archive:
        return [(member.filename, member.date_time, archive.read(member)) for member in archive.infolist()]


def run_script(fixture: str, folder: Path) -> list[Path]:
    subprocess.run([sys.executable, "-B", str(FIXTURES / fixture / "make.py"), str(folder)], check=True)
    return sorted(folder.iterdir())


@pytest.mark.parametrize("fixture", ["2024h1", "messy"])
def test_a_fixture_is_what_its_script_makes(fixture: str, tmp_path: Path) -> None:
    made = run_script(fixture, tmp_path)
    kept = {path.name for path in (FIXTURES / fixture).iterdir() if path.suffix in (".xlsx", ".csv")}
    assert {path.name for path in made} == kept
    for path in made:
        assert parts(path) == parts(FIXTURES / fixture / path.name)


@pytest.mark.parametrize("fixture", ["2024h1", "messy"])
def test_a_script_makes_the_same_bytes_twice(fixture: str, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    first, second = (run_script(fixture, folder) for folder in folders)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_workbook_is_small_enough_to_keep() -> None:
    assert (HALF_YEAR / "检查数据.xlsx").stat().st_size < 1_500_000


# The figures of the circular


def test_2649_units_are_insured_each_in_one_industry(in_force: list[Row]) -> None:
    industry = {row["统一社会信用代码"]: row["行业类别"] for row in in_force}
    assert len(industry) == 2649
    assert Counter(industry.values()) == {
        "金属冶炼": 467, "危险化学品": 449, "烟花爆竹批发": 6, "医药": 40, "加油站": 593,
        "使用危化的其他重点企业": 768, "粉尘企业": 36, "其他": 290,
    }


def test_21_insurers_stand_behind_the_policies(in_force: list[Row], insurer_of: dict[str, str]) -> None:
    assert len({insurer_of[row["承保保险公司"]] for row in in_force}) == 21
    assert len({row["承保保险公司"] for row in in_force}) > 21, "branches must need rolling up"


def test_259347_people_are_insured_a_co_insured_policy_once(in_force: list[Row]) -> None:
    assert sum(row["投保人数"] for row in in_force if row["共保角色"] != "从共") == 259_347


def test_people_are_miscounted_by_whoever_forgets_endorsements_or_co_insurance(
    sheets: dict[str, list[Row]], in_force: list[Row]
) -> None:
    assert sum(row["投保人数"] for row in in_force) != 259_347
    every = [row for row in sheets["保单"] if row["保险起期"] <= CUTOFF <= row["保险止期"]]
    assert sum(row["投保人数"] for row in every if row["共保角色"] != "从共") != 259_347


def test_1448_policies_were_sampled(sheets: dict[str, list[Row]]) -> None:
    assert len({row["保单号"] for row in sheets["抽查"]}) == len(sheets["抽查"]) == 1448


@pytest.mark.parametrize(("kind", "count"), [
    ("未规范使用保险方案及费率机制", 77), ("未明确约定事故预防服务", 49), ("保额与投保企业人数不匹配", 15),
    ("数据录入不规范", 11),
])
def test_a_kind_of_problem_counts_its_policies_once(
    sheets: dict[str, list[Row]], kind: str, count: int
) -> None:
    assert len(policies_with(sheets["问题"], kind)) == count


def test_141_policies_are_faulty_and_no_two_kinds_meet(
    sheets: dict[str, list[Row]], settings: dict[str, object]
) -> None:
    problems = sheets["问题"]
    faulty = policies_with(problems, *settings["计入问题保单"])
    assert len(faulty) == 141
    assert not faulty & policies_with(problems, "数据录入不规范")


def test_withdrawn_and_repeated_problems_would_change_the_counts(sheets: dict[str, list[Row]]) -> None:
    problems = sheets["问题"]
    upheld = [row for row in problems if row["核实结论"] != "撤销"]
    assert len(upheld) > len({row["保单号"] for row in upheld}) == 152
    assert len({row["保单号"] for row in problems}) == 158


def test_68_policies_are_not_uploaded_and_5_came_late(sheets: dict[str, list[Row]]) -> None:
    assert Counter(row["情形"] for row in sheets["未上传保单"]) == {"未上传": 68, "逾期上传": 5}


def test_139_service_records_differ_all_of_one_insurer(sheets: dict[str, list[Row]]) -> None:
    records = sheets["服务费用核查"]
    differing = [row for row in records if row["系统填报金额（元）"] != row["核实金额（元）"]]
    assert len(records) == 300
    assert Counter(row["承保保险公司"] for row in differing) == {"甲山财险": 139}


def test_37_units_are_uninsured_and_60_partly_insured(sheets: dict[str, list[Row]]) -> None:
    assert len({row["统一社会信用代码"] for row in sheets["应保未保"]}) == len(sheets["应保未保"]) == 37
    assert len({row["统一社会信用代码"] for row in sheets["未全员投保"]}) == len(sheets["未全员投保"]) == 60


def test_every_insurer_has_a_problem_to_be_told(sheets: dict[str, list[Row]]) -> None:
    told = {row["承保保险公司"] for row in sheets["问题"] if row["核实结论"] != "撤销"}
    assert told == {row["简称"] for row in sheets["保险公司"]}


def test_four_insurers_spend_less_than_a_fifth_on_prevention(
    in_force: list[Row], insurer_of: dict[str, str]
) -> None:
    premium, fee = Counter[str](), Counter[str]()
    for row in in_force:
        premium[insurer_of[row["承保保险公司"]]] += round(row["保费（元）"] * 100)
        fee[insurer_of[row["承保保险公司"]]] += round(row["事故预防服务费（元）"] * 100)
    below = {name for name in premium if fee[name] * 5 < premium[name]}
    assert below == {"戊林财险", "壬湖财险", "卯溪财险", "未海财险"}
    assert fee["辛原产险"] * 5 == premium["辛原产险"], "one insurer stands exactly on the rule"


def test_the_settings_name_the_circular(settings: dict[str, object]) -> None:
    assert (settings["机关代字"], settings["年份"], settings["序号"]) == ("苏应急", 2024, 132)
    assert settings["数据截止日期"] == CUTOFF
    assert settings["服务费提取比例"] == 0.20


# Nothing in it is doubtful


def all_units(sheets: dict[str, list[Row]]) -> Iterator[tuple[str, Row]]:
    for name in ("保单", "未上传保单"):
        for row in sheets[name]:
            yield row["被保险单位"], row
    for name in ("应保未保", "未全员投保"):
        for row in sheets[name]:
            yield row["单位名称"], row


def test_a_unit_has_one_name_one_code_one_area_and_one_industry(
    sheets: dict[str, list[Row]], settings: dict[str, object]
) -> None:
    aliases = dict(alias.split("=") for alias in settings["属地别名"])
    names, codes, industries, areas = (defaultdict(set) for _ in range(4))
    for name, row in all_units(sheets):
        code = row["统一社会信用代码"]
        names[code].add(name)
        codes[name].add(code)
        areas[code].add(aliases.get(row["属地"], row["属地"]))
        if "行业类别" in row:
            industries[code].add(row["行业类别"])
    for found in (names, codes, industries, areas):
        assert not {key: values for key, values in found.items() if len(values) > 1}


def test_every_code_has_its_check_digit(sheets: dict[str, list[Row]]) -> None:
    for _, row in all_units(sheets):
        *body, check = row["统一社会信用代码"]
        total = sum(CODE_SIGNS.index(sign) * weight for sign, weight in zip(body, CODE_WEIGHTS, strict=True))
        assert check == CODE_SIGNS[-total % 31]


def test_sampled_policies_exist_and_problems_are_of_sampled_policies(
    sheets: dict[str, list[Row]], insurer_of: dict[str, str]
) -> None:
    leading = [row for row in sheets["保单"] if row["共保角色"] != "从共"]
    insurer = {row["保单号"]: insurer_of[row["承保保险公司"]] for row in leading}
    sampled = {row["保单号"] for row in sheets["抽查"]}
    assert sampled <= insurer.keys()
    assert {row["保单号"] for row in sheets["问题"]} <= sampled
    for row in sheets["问题"] + sheets["服务费用核查"]:
        assert row["承保保险公司"] == insurer[row["保单号"]]


def test_what_was_not_uploaded_is_not_in_the_system(sheets: dict[str, list[Row]]) -> None:
    uploaded = {row["保单号"]: row["上传日期"] for row in sheets["保单"]}
    for row in sheets["未上传保单"]:
        if row["情形"] == "未上传":
            assert row["保单号"] not in uploaded
        else:
            assert uploaded[row["保单号"]] > row["应上传日期"]


def test_no_insured_unit_is_listed_as_uninsured(sheets: dict[str, list[Row]], in_force: list[Row]) -> None:
    insured = {row["统一社会信用代码"] for row in in_force}
    assert not insured & {row["统一社会信用代码"] for row in sheets["应保未保"]}


def test_a_lapsed_unit_names_its_last_policy(
    sheets: dict[str, list[Row]], insurer_of: dict[str, str]
) -> None:
    ends = {
        (row["统一社会信用代码"], insurer_of[row["承保保险公司"]], row["保险止期"]) for row in sheets["保单"]
    }
    for row in sheets["应保未保"]:
        if row["情形"] == "未续保":
            assert (row["统一社会信用代码"], row["原承保保险公司"], row["原保险止期"]) in ends
        else:
            assert row["原承保保险公司"] == row["原保险止期"] == ""


def test_the_partly_insured_are_exactly_the_policies_with_fewer_people_than_staff(
    sheets: dict[str, list[Row]], in_force: list[Row], insurer_of: dict[str, str]
) -> None:
    def facts(row: Row) -> tuple[object, ...]:
        return (row["统一社会信用代码"], insurer_of[row["承保保险公司"]], row["从业人员数"], row["投保人数"])

    short = {facts(row) for row in in_force if row["投保人数"] < row["从业人员数"]}
    assert short == {facts(row) for row in sheets["未全员投保"]}
    assert all(row["投保人数"] < row["从业人员数"] for row in sheets["未全员投保"])


def test_no_row_stands_twice(sheets: dict[str, list[Row]]) -> None:
    for name, key in {
        "保险公司": ("简称",), "抽查": ("保单号",),
        "保单": ("保单号", "批单号", "被保险单位", "承保保险公司"),
        "问题": ("问题编号",), "未上传保单": ("保单号",), "服务费用核查": ("服务记录编号",),
        "应保未保": ("统一社会信用代码",), "未全员投保": ("统一社会信用代码",),
    }.items():
        keys = [tuple(row[title] for title in key) for row in sheets[name]]
        assert len(set(keys)) == len(keys), name


def test_every_day_is_a_date_and_no_policy_ends_before_it_starts(sheets: dict[str, list[Row]]) -> None:
    for rows in sheets.values():
        for row in rows:
            for title, cell in row.items():
                if title.endswith(("日期", "起期", "止期")) and cell != "":
                    assert isinstance(cell, date), (title, cell)
    assert all(row["保险起期"] < row["保险止期"] for row in sheets["保单"])


def test_no_required_cell_is_empty(sheets: dict[str, list[Row]]) -> None:
    assert sheets.keys() == REQUIRED.keys()
    for name, titles in REQUIRED.items():
        for row in sheets[name]:
            assert all(row[title] != "" for title in titles.split()), (name, row)


def test_every_choice_and_list_value_is_known(
    sheets: dict[str, list[Row]], settings: dict[str, object], insurer_of: dict[str, str]
) -> None:
    areas = {*settings["属地"], *(alias.split("=")[0] for alias in settings["属地别名"])}
    for _, row in all_units(sheets):
        assert row["属地"] in areas
        assert row.get("行业类别", "其他") in settings["行业类别"]
    for row in sheets["问题"]:
        assert row["问题类别"] in settings["问题类别"]
        assert row["问题小类"] in settings["问题小类"]
        assert row["核实结论"] in ("", "属实", "部分属实", "撤销")
        assert 20 <= len(row["情况说明"]) <= 60
    for name in ("保单", "问题", "未上传保单", "服务费用核查", "未全员投保"):
        assert {row["承保保险公司"] for row in sheets[name]} <= insurer_of.keys()


def test_only_one_short_name_begins_another(sheets: dict[str, list[Row]]) -> None:
    names = [row["简称"] for row in sheets["保险公司"]]
    assert len(set(names)) == 21
    pairs = [(one, other) for one in names for other in names if one != other and other.startswith(one)]
    assert pairs == [("太初", "太初洋")]


def test_every_text_is_plain_gb2312_and_every_unit_is_plainly_invented(sheets: dict[str, list[Row]]) -> None:
    for rows in sheets.values():
        for row in rows:
            for cell in row.values():
                assert not str(cell).startswith(("=", "+", "-", "@"))
                assert str(cell).encode("gb2312", "ignore").decode("gb2312") == str(cell)
    assert all("示例" in name for name, _ in all_units(sheets))


def test_an_export_holds_more_than_what_is_in_force(latest: list[Row], in_force: list[Row]) -> None:
    people = Counter(row["统一社会信用代码"] for row in in_force if row["共保角色"] != "从共")
    assert len([code for code, policies in people.items() if policies == 2]) == 8
    assert Counter(row["共保角色"] for row in in_force if row["共保角色"] != "独立") == {"首席": 3, "从共": 4}
    assert len([row for row in latest if row["保单状态"] == "已退保"]) == 6
    assert [row for row in latest if row["保险起期"] > CUTOFF]
    assert {"有效", "已到期"} <= {row["保单状态"] for row in latest if row["保险止期"] < CUTOFF}
    assert [row for row in in_force if row["保险起期"] == CUTOFF]
    assert [row for row in in_force if row["保险止期"] == CUTOFF]
