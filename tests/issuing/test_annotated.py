"""The annotated workbook: the faulty cells marked, all problems listed, all else as it was, and fit to be read again."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from intake.minimal import FOURTH_UNIT, SETTINGS, Workbook, put, valid, write
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openxml_audit import OpenXmlValidator
from xlsxwriter import Workbook as NewBook

from docgen.errors import Problem, Severity, Unreadable, UsageError
from docgen.intake import read_input
from docgen.issuing import annotate, check_annotated, check_input, load_metrics, telling_of_no_annotated
from docgen.issuing.annotated import FILLS
from docgen.layout import Metrics
from docgen.render.xlsx_notes import AUTHOR, JOINT
from docgen.styles import load_stylesheet

BAD_CODE = FOURTH_UNIT[:-1] + "8"
RED, AMBER, BLUE = (f"FF{FILLS[severity]}" for severity in Severity)


@cache
def metrics() -> Metrics:
    return load_metrics(load_stylesheet())


def book(path: Path, workbook: Workbook) -> Path:
    """One workbook of these tables, with a formula, a hidden row and a list to choose from; 发文.toml beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = NewBook(str(path), {"strings_to_urls": False, "strings_to_formulas": False})
    money = made.add_format({"num_format": "#,##0.00", "bold": True})
    for name, table in workbook.items():
        sheet = made.add_worksheet(name)
        for row, cells in enumerate(table):
            for column, content in enumerate(cells):
                if content:
                    sheet.write_string(row, column, content)
    policies = made.get_worksheet_by_name("保单")
    policies.write_formula("I2", "=3000+600.5", money, 3600.5)
    policies.set_row(2, None, None, {"hidden": True})
    policies.data_validation("F2:F9", {"validate": "list", "source": ["昆山市", "常熟市"]})
    made.close()
    (path.parent / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    return path


def faulty() -> Workbook:
    """阻断 in 问题 C2, 待核 in 未上传保单 D2 and 保单 D3 (empty), 提示 in 抽查 B2."""
    workbook = valid()
    put(workbook, "问题", "承保保险公司", "青松")
    put(workbook, "未上传保单", "统一社会信用代码", BAD_CODE)
    put(workbook, "保单", "被保险单位", "", row=2)
    put(workbook, "抽查", "抽查日期", "2024.7.1")
    return workbook


def marked(source: Path, target: Path) -> tuple[Problem, ...]:
    problems = check_input(source, None, metrics())
    annotate(problems, source, target)
    return problems


def sound(path: Path) -> list[object]:
    return list(OpenXmlValidator(max_errors=0).validate(str(path)).errors)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book(tmp_path_factory.mktemp("数据") / "检查数据.xlsx", faulty())


@pytest.fixture(scope="module")
def annotated(given: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("批注") / "批注.xlsx"
    marked(given, target)
    return target


@pytest.mark.parametrize(
    ("sheet", "cell", "colour", "code"),
    [
        ("问题", "C2", RED, "unknown-insurer"),
        ("未上传保单", "D2", AMBER, "bad-check-digit"),
        ("保单", "D3", AMBER, "missing-value"),
        ("抽查", "B2", BLUE, "date-form"),
    ],
)
def test_a_faulty_cell_has_the_colour_of_its_severity_and_a_note(
    annotated: Path, sheet: str, cell: str, colour: str, code: str
) -> None:
    found = openpyxl.load_workbook(annotated)[sheet][cell]

    assert found.fill.fgColor.rgb == colour
    assert found.comment is not None
    for word in (code, "发现：", "应为：", "处理："):
        assert word in found.comment.text


def test_a_cell_without_a_fault_is_left_alone(annotated: Path) -> None:
    found = openpyxl.load_workbook(annotated)["保单"]["A2"]

    assert found.fill.fill_type is None
    assert found.comment is None


def test_several_problems_of_a_cell_stand_in_one_note_the_gravest_first(given: Path, tmp_path: Path) -> None:
    workbook = valid()
    for sheet in ("保单", "问题"):
        workbook[sheet][0] = [header for header in workbook[sheet][0] if header not in ("被保险单位", "属地")]
        workbook[sheet][1:] = []
    marked(book(tmp_path / "数据.xlsx", workbook), tmp_path / "批注.xlsx")
    note = openpyxl.load_workbook(tmp_path / "批注.xlsx")["保单"]["A1"].comment

    assert note is not None
    assert note.text.count("【阻断】missing-column") == 2


def test_a_note_is_wide_enough_and_as_tall_as_its_text(annotated: Path) -> None:
    note = openpyxl.load_workbook(annotated)["问题"]["C2"].comment
    with zipfile.ZipFile(annotated) as parts:
        boxes = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".vml")]
    (box,) = (box for box in boxes if "<x:Row>1</x:Row><x:Column>2</x:Column>" in box)
    width, height = (float(size) for size in re.findall(r"(?:width|height):([\d.]+)pt", box))

    assert note is not None
    assert width == 255
    assert height >= 12 * (note.text.count("\n") + 2)


def test_everything_else_stays_as_it_was(given: Path, annotated: Path) -> None:
    with zipfile.ZipFile(given) as before, zipfile.ZipFile(annotated) as after:
        touched = {name for name in before.namelist() if before.read(name) != after.read(name)}
        sheet = after.read("xl/worksheets/sheet2.xml").decode()
    policies = openpyxl.load_workbook(annotated)["保单"]

    assert touched <= {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        *(f"xl/worksheets/sheet{number}.xml" for number in (2, 3, 4, 5)),
    }
    assert "<f>3000+600.5</f><v>3600.5</v>" in sheet
    assert policies["I2"].number_format == "#,##0.00"
    assert policies.row_dimensions[3].hidden
    assert policies.data_validations.dataValidation[0].sqref == openpyxl.worksheet.cell_range.MultiCellRange("F2:F9")


def test_a_marked_cell_keeps_its_format(tmp_path: Path) -> None:
    source = book(tmp_path / "数据.xlsx", valid())
    edited = openpyxl.load_workbook(source)
    edited["保单"]["H2"].number_format = "0.000"
    edited["保单"]["H2"].font = openpyxl.styles.Font(italic=True)
    edited["保单"]["H2"] = "十二"
    edited.save(source)
    marked(source, tmp_path / "批注.xlsx")
    found = openpyxl.load_workbook(tmp_path / "批注.xlsx")["保单"]["H2"]

    assert (found.fill.fgColor.rgb, found.number_format, found.font.italic) == (AMBER, "0.000", True)


def test_every_problem_is_listed_with_a_link_to_its_cell(given: Path, annotated: Path) -> None:
    problems = check_input(given, None, metrics())
    sheet = openpyxl.load_workbook(annotated)["核对单"]
    rows = list(sheet.iter_rows(min_row=3))

    assert len(rows) == len(set(problems))
    assert [cell.value for cell in sheet[2]] == ["轻重", "问题码", "单元格", "列", "发现", "应为", "处理"]
    assert [rows[0][0].value, rows[0][1].value, rows[0][2].value] == ["阻断", "unknown-insurer", "问题!C2"]
    assert rows[0][2].hyperlink.location == "'问题'!C2"
    assert rows[0][0].fill.fgColor.rgb == RED


def test_what_stands_in_no_sheet_is_listed_without_a_link(tmp_path: Path) -> None:
    workbook = valid()
    del workbook["抽查"]
    marked(book(tmp_path / "数据.xlsx", workbook), tmp_path / "批注.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "批注.xlsx")["核对单"].iter_rows(min_row=3))
    (row,) = (row for row in rows if row[1].value == "missing-sheet")

    assert row[2].hyperlink is None
    assert "缺少“抽查”表" in row[4].value


def test_a_row_is_set_out_for_each_doubtful_problem_and_lets_it_pass_once_filled(annotated: Path, tmp_path: Path) -> None:
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    book = openpyxl.load_workbook(annotated)
    sheet = book["放行"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    before = {problem.code for problem in read_input(annotated).problems if problem.severity is Severity.DOUBTFUL}
    rows["bad-check-digit"][3].value, rows["bad-check-digit"][4].value = "已对照原件", "张示例"
    book.save(tmp_path / "批注.xlsx")
    after = {
        problem.code for problem in read_input(tmp_path / "批注.xlsx").problems if problem.severity is Severity.DOUBTFUL
    }

    assert set(rows) == before == {"bad-check-digit", "missing-value"}
    assert rows["bad-check-digit"][1].value == "未上传保单!D2"
    # openpyxl keeps no stored value of the formula in I2.
    assert after == {"missing-value", "uncalculated"}


def test_the_annotated_workbook_is_read_again_as_the_source_was(given: Path, annotated: Path) -> None:
    (annotated.parent / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    first, second = (
        [(one.code, one.where.sheet, one.where.cell, one.found) for one in read_input(path).problems]
        for path in (given, annotated)
    )

    assert first == second


def test_a_second_marking_takes_away_the_first(annotated: Path, tmp_path: Path) -> None:
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    corrected = openpyxl.load_workbook(annotated)
    corrected["未上传保单"]["D2"] = FOURTH_UNIT
    corrected.save(tmp_path / "改好.xlsx")
    marked(tmp_path / "改好.xlsx", tmp_path / "再批注.xlsx")
    again = openpyxl.load_workbook(tmp_path / "再批注.xlsx")

    assert again["未上传保单"]["D2"].fill.fill_type is None
    assert again["未上传保单"]["D2"].comment is None
    assert again["问题"]["C2"].fill.fgColor.rgb == RED
    assert again["问题"]["C2"].comment.text.count("【阻断】") == 1
    assert again.sheetnames.count("核对单") == 1
    assert all("bad-check-digit" not in str(row[1].value) for row in again["核对单"].iter_rows(min_row=3))


def test_somebodys_own_note_stays_above_ours(tmp_path: Path) -> None:
    source = book(tmp_path / "数据.xlsx", faulty())
    edited = openpyxl.load_workbook(source)
    edited["问题"]["C2"].comment = Comment("向王示例核实过", "李示例")
    edited["问题"]["F2"].comment = Comment("不动", "李示例")
    edited.save(source)
    marked(source, tmp_path / "批注.xlsx")
    first = openpyxl.load_workbook(tmp_path / "批注.xlsx")["问题"]
    marked(tmp_path / "批注.xlsx", tmp_path / "再批注.xlsx")
    again = openpyxl.load_workbook(tmp_path / "再批注.xlsx")["问题"]

    for sheet in (first, again):
        assert sheet["C2"].comment.text.startswith(f"向王示例核实过{JOINT}【阻断】unknown-insurer")
        assert sheet["C2"].comment.text.count(JOINT) == 1
        assert sheet["C2"].comment.author == "李示例"
        assert (sheet["F2"].comment.text, sheet["F2"].comment.author) == ("不动", "李示例")


def test_a_list_of_somebodys_own_stays_and_ours_has_another_title(tmp_path: Path) -> None:
    workbook = faulty()
    workbook["核对单"] = [["已电话核对的保单"], ["P-001"]]
    marked(book(tmp_path / "数据.xlsx", workbook), tmp_path / "批注.xlsx")
    made = openpyxl.load_workbook(tmp_path / "批注.xlsx")

    assert [[cell.value for cell in row] for row in made["核对单"].iter_rows()] == workbook["核对单"]
    assert made["核对单（docgen）"]["A2"].value == "轻重"
    assert "extra-sheet" not in {problem.code for problem in read_input(tmp_path / "批注.xlsx").problems}


def test_a_sheet_of_passes_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    workbook = faulty()
    workbook["放行"] = [["问题码", "单元格", "理由", "姓名"], ["two-names", "保单!D2", "已改名", "张示例"]]
    marked(book(tmp_path / "数据.xlsx", workbook), tmp_path / "批注.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "批注.xlsx")["放行"]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == workbook["放行"]


def test_two_files_are_told_apart_and_each_cell_keeps_its_address(tmp_path: Path) -> None:
    folder = write(tmp_path / "数据", faulty())
    (folder / "问题-昆山.csv").write_text(
        "问题编号,承保保险公司,问题类别,情况说明\nW-9,白鹭,数据录入不规范,=1+1\n", encoding="utf-8"
    )
    problems = check_input(folder, None, metrics())
    remarks = annotate(problems, folder, tmp_path / "批注.xlsx").remarks
    book = openpyxl.load_workbook(tmp_path / "批注.xlsx")

    assert {"问题（问题）", "问题（问题-昆山）", "保单"} <= set(book.sheetnames)
    assert book["问题（问题-昆山）"]["B2"].fill.fgColor.rgb == RED
    assert (book["问题（问题-昆山）"]["D2"].value, book["问题（问题-昆山）"]["D2"].data_type) == ("=1+1", "s")
    assert book["放行"]["B2"].value.startswith("[")
    assert "请在原文件里改正" in remarks[0]


def test_macros_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    plain = book(tmp_path / "数据.xlsx", faulty())
    source = tmp_path / "数据.xlsm"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
                ).replace(
                    b"</Types>",
                    b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
                    b' Target="vbaProject.bin"/></Relationships>',
                )
            new.writestr(name, content)
        new.writestr("xl/vbaProject.bin", b"macros")
    done = annotate(check_input(source, None, metrics()), source, tmp_path / "批注.xlsx")

    assert done.remarks == ("原工作簿里的宏没有带入，其余照原样",)
    assert "xl/vbaProject.bin" not in zipfile.ZipFile(tmp_path / "批注.xlsx").namelist()
    assert sound(tmp_path / "批注.xlsx") == []


def test_what_was_marked_is_a_sound_workbook(annotated: Path, tmp_path: Path) -> None:
    marked(write(tmp_path / "数据", faulty()), tmp_path / "批注.xlsx")

    assert sound(annotated) == []
    assert sound(tmp_path / "批注.xlsx") == []


def test_the_same_input_gives_the_same_bytes(given: Path, annotated: Path, tmp_path: Path) -> None:
    marked(given, tmp_path / "又一份.xlsx")

    assert (tmp_path / "又一份.xlsx").read_bytes() == annotated.read_bytes()


def test_the_source_is_never_the_target(given: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "数据", valid())
    link = tmp_path / "同一份.xlsx"
    link.hardlink_to(given)
    for target, source in ((given, given), (folder / "批注.xlsx", folder), (link, given)):
        with pytest.raises(UsageError, match="会盖掉数据"):
            check_annotated(target, source)
    with pytest.raises(UsageError, match="同一个文件"):
        check_annotated(tmp_path / "甲.xlsx", folder, tmp_path / "甲.xlsx")
    with pytest.raises(UsageError, match=r"--annotated 写的是“批注.xls”"):
        check_annotated(tmp_path / "批注.xls", folder)


def test_a_place_that_cannot_be_written_leaves_nothing(given: Path, tmp_path: Path) -> None:
    (tmp_path / "批注.xlsx").mkdir()
    with pytest.raises(UsageError, match="不能写入"):
        marked(given, tmp_path / "批注.xlsx")

    assert [path.name for path in tmp_path.iterdir()] == ["批注.xlsx"]


def test_an_input_that_cannot_be_read_has_no_annotated_workbook_and_that_is_said() -> None:
    with (
        pytest.raises(Unreadable) as raised,
        telling_of_no_annotated(Path("某处") / "批注.xlsx"),
    ):
        raise Unreadable("数据.xlsx 是空文件", "重要一份")

    assert raised.value.remedy == "重要一份。没有生成 批注.xlsx"


def test_our_notes_bear_our_name(annotated: Path) -> None:
    note = openpyxl.load_workbook(annotated)["问题"]["C2"].comment

    assert note is not None
    assert note.author == AUTHOR


def test_a_list_to_choose_from_that_only_newer_programs_know_stays(tmp_path: Path) -> None:
    source = book(tmp_path / "数据.xlsx", faulty())
    edited = openpyxl.load_workbook(source)
    rule = DataValidation(type="list", formula1="=保险公司!$A$2:$A$9")
    rule.add("C2:C9")
    edited["问题"].add_data_validation(rule)
    edited.save(source)
    marked(source, tmp_path / "批注.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "批注.xlsx")["问题"].data_validations.dataValidation

    assert [str(rule.sqref) for rule in rules] == ["C2:C9"]
