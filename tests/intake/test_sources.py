"""Which files are read, how they are decoded, and what is refused before it is opened."""

import re
import zipfile

import pytest
import xlsxwriter

from docgen.errors import Unreadable, UsageError
from docgen.intake import archive, limits, read_input
from docgen.intake.sources import read_sources

from .minimal import SETTINGS, put, valid, write, write_csv


def save(path, workbook, *, title_rows=0):
    """Write tables as an .xlsx of text cells, under so many title rows."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, table in workbook.items():
            sheet = book.add_worksheet(name)
            for number in range(title_rows):
                sheet.write_string(number, 0, f"{name}登记表")
            for number, cells in enumerate(table, title_rows):
                for column, content in enumerate(cells):
                    if content:
                        sheet.write_string(number, column, content)
    return path


def codes(intake):
    return [problem.code for problem in intake.problems]


def test_the_tiny_input_has_nothing_wrong_with_it(tmp_path):
    intake = read_input(write(tmp_path, valid()))
    assert intake.problems == ()
    assert intake.settings.serial == 132
    assert list(intake.records["保单"]["保费（元）"]) == [360050, 150000]


def test_a_workbook_reads_as_the_folder_of_its_sheets_does(tmp_path):
    from_folder = read_input(write(tmp_path / "folder", valid()))
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    from_workbook = read_input(save(tmp_path / "检查数据.xlsx", valid()))
    assert from_workbook.problems == ()
    assert from_workbook.settings == from_folder.settings
    for name, frame in from_folder.records.tables.items():
        columns = [column for column in frame if column != "_file"]
        assert from_workbook.records[name][columns].equals(frame[columns])


def test_rows_of_one_sheet_in_several_files_are_appended_in_the_order_of_their_names(tmp_path):
    workbook = valid()
    header, first, second = workbook.pop("保单")
    folder = write(tmp_path, workbook)
    write_csv(folder / "保单-b常熟.csv", [header, second])
    write_csv(folder / "保单-a昆山.csv", [header, first])
    policies = read_input(folder).records["保单"]
    assert list(policies["保单号"]) == ["P-001", "P-002"]
    assert list(policies["_file"]) == ["保单-a昆山.csv", "保单-b常熟.csv"]
    assert list(policies["_row"]) == [2, 2]


def test_lock_files_and_hidden_files_are_left_alone(tmp_path):
    folder = write(tmp_path, valid())
    (folder / "~$保单.xlsx").write_bytes(b"lock")
    (folder / ".保单.csv").write_bytes(b"")
    assert read_input(folder).problems == ()


@pytest.mark.parametrize("name", ["情况说明.docx", "昆山上报.txt", "保单.pdf", "旧设置.toml"])
def test_a_file_that_the_clerk_may_take_for_data_is_said_to_be_left_out(tmp_path, name):
    folder = write(tmp_path, valid())
    (folder / name).write_bytes(b"left here")
    (problem,) = read_input(folder).problems
    assert (problem.code, problem.where.file) == ("extra-file", name)


@pytest.mark.parametrize("name", ["make.py", "README.md", "Thumbs.db", "desktop.ini"])
def test_a_file_that_nobody_takes_for_data_is_passed_over_in_silence(tmp_path, name):
    folder = write(tmp_path, valid())
    (folder / name).write_bytes(b"left here")
    assert read_input(folder).problems == ()


def test_the_settings_file_that_is_named_is_not_said_to_be_left_out(tmp_path):
    folder = write(tmp_path, valid(), settings=None)
    (folder / "下半年.toml").write_text(SETTINGS, encoding="utf-8")
    assert read_input(folder, folder / "下半年.toml").problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_offices_save(tmp_path, encoding):
    folder = write(tmp_path, valid())
    text = (folder / "应保未保.csv").read_text(encoding="utf-8")
    (folder / "应保未保.csv").write_text(text, encoding=encoding)
    assert list(read_input(folder).records["应保未保"]["单位名称"]) == ["甲市陀螺粉尘厂"]


def test_a_header_stands_under_title_rows(tmp_path):
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    intake = read_input(save(tmp_path / "检查数据.xlsx", valid(), title_rows=3))
    assert intake.problems == ()
    assert list(intake.records["保单"]["_row"]) == [5, 6]


def test_columns_stand_in_any_order_and_a_problem_names_the_cell_as_it_stands(tmp_path):
    workbook = valid()
    put(workbook, "保单", "属地", "乙市")
    workbook["保单"] = [list(reversed(row)) for row in workbook["保单"]]
    (problem,) = read_input(write(tmp_path, workbook)).problems
    assert (problem.code, problem.where.cell) == ("unknown-area", "F2")


def test_a_header_may_have_blanks_half_width_brackets_and_a_star(tmp_path):
    workbook = valid()
    header = workbook["保单"][0]
    header[header.index("保费（元）")] = " 保费 (元) "
    header[header.index("被保险单位")] = "被保险\n单位＊"
    assert read_input(write(tmp_path, workbook)).problems == ()


def test_empty_rows_are_skipped_and_the_rows_keep_their_numbers(tmp_path):
    workbook = valid()
    workbook["保单"].insert(2, ["", "  "])
    intake = read_input(write(tmp_path, workbook))
    assert intake.problems == ()
    assert list(intake.records["保单"]["_row"]) == [2, 4]


def test_a_list_may_be_empty_but_the_policies_may_not(tmp_path):
    workbook = valid()
    del workbook["应保未保"][1:]
    intake = read_input(write(tmp_path, workbook))
    assert codes(intake) == ["empty-sheet"]
    assert len(intake.records["应保未保"]) == 0


def test_numbers_and_days_of_a_spreadsheet_are_read_as_they_are(tmp_path):
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    workbook = valid()
    insured = workbook["保单"][0].index("投保人数")
    path = tmp_path / "检查数据.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, table in workbook.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(table):
                for column, content in enumerate(cells):
                    is_number = name == "保单" and number > 0 and column == insured
                    sheet.write(number, column, int(content) if is_number else content)
    intake = read_input(path)
    assert intake.problems == ()
    assert list(intake.records["保单"]["投保人数"]) == [12, 5]


def test_a_day_stored_as_a_number_is_read_as_the_day(tmp_path):
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    path = tmp_path / "检查数据.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, table in valid().items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(table):
                for column, content in enumerate(cells):
                    sheet.write_string(number, column, content)
            if name == "抽查":
                sheet.write_number(1, 1, 45474)
    intake = read_input(path)
    (problem,) = intake.problems
    assert (problem.code, problem.where.cell) == ("date-form", "B2")
    assert str(intake.records["抽查"]["抽查日期"][0].date()) == "2024-07-01"


def test_an_id_stored_as_a_long_number_has_lost_its_digits(tmp_path):
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    path = tmp_path / "检查数据.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, table in valid().items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(table):
                for column, content in enumerate(cells):
                    sheet.write_string(number, column, content)
            if name == "抽查":
                sheet.write_number(1, 0, 320500202400000001)
    (problem,) = (found for found in read_input(path).problems if found.code == "id-lost-digits")
    assert problem.where.cell == "A2"
    assert "3.205002024E+17" in problem.found


def test_an_error_of_a_formula_is_not_taken_for_an_empty_cell(tmp_path):
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    path = tmp_path / "检查数据.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, table in valid().items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(table):
                for column, content in enumerate(cells):
                    sheet.write_string(number, column, content)
            if name == "抽查":
                sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    (problem,) = read_input(path).problems
    assert (problem.code, problem.where.cell) == ("ambiguous-date", "B2")
    assert "#N/A" in problem.found


def test_a_path_that_is_not_there_is_the_operators_error(tmp_path):
    with pytest.raises(UsageError, match=r"找不到 没有\.xlsx"):
        read_input(tmp_path / "没有.xlsx")


def test_a_folder_without_tables_is_the_operators_error(tmp_path):
    with pytest.raises(UsageError, match="没有工作簿或 CSV"):
        read_input(tmp_path)


def test_a_zip_that_is_no_workbook_is_unreadable(tmp_path):
    with zipfile.ZipFile(tmp_path / "保单.xlsx", "w") as archived:
        archived.writestr("保单.csv", "保单号")
    with pytest.raises(Unreadable, match=r"保单\.xlsx 不是工作簿"):
        read_input(tmp_path / "保单.xlsx")


def test_a_workbook_cut_short_is_unreadable(tmp_path):
    path = save(tmp_path / "检查数据.xlsx", valid())
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(Unreadable, match="不完整"):
        read_input(path)


def test_a_workbook_that_unfolds_out_of_proportion_is_unreadable(tmp_path):
    path = tmp_path / "检查数据.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("[Content_Types].xml", "<Types/>")
        archived.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    with pytest.raises(Unreadable, match="压缩比超过 60"):
        read_input(path)


@pytest.mark.parametrize(
    ("module", "limit", "most", "message"),
    [
        (archive, "MOST_UNPACKED_BYTES", 1000, "展开后有"),
        (archive, "MOST_PARTS", 2, "个部件"),
        (limits, "MOST_CELLS", 4, "的单元格超过 4 个"),
    ],
)
def test_a_workbook_beyond_a_limit_is_unreadable(tmp_path, monkeypatch, module, limit, most, message):
    path = save(tmp_path / "检查数据.xlsx", valid())
    monkeypatch.setattr(module, limit, most)
    with pytest.raises(Unreadable, match=message):
        read_input(path)


def test_cells_that_do_not_say_where_they_stand_are_read_row_by_row(tmp_path):
    (tmp_path / "发文.toml").write_text(SETTINGS, encoding="utf-8")
    placed = save(tmp_path / "placed.xlsx", valid())
    with zipfile.ZipFile(placed) as source, zipfile.ZipFile(tmp_path / "检查数据.xlsx", "w") as copy:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet3.xml":
                content = re.sub(rb'<c r="[A-Z]+1"', b"<c", content)
                content = content.replace(b'<row r="2"', b'<row r="1000000"')
                content = re.sub(rb' r="[A-Z]+2"', b"", content)
            copy.writestr(part.filename, content)
    intake = read_input(tmp_path / "检查数据.xlsx")
    assert [problem.code for problem in intake.problems] == []
    assert list(intake.records["抽查"]["_row"]) == [1_000_000]


def test_a_lone_cell_far_away_costs_no_more_than_its_row(tmp_path):
    path = tmp_path / "保单.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("保单")
        sheet.write_string(0, 0, "保单号")
        sheet.write_string(1_048_575, 16_383, "远")
    (sheet,) = read_sources(path).sheets
    assert (len(sheet.rows), len(sheet.rows[0]), len(sheet.rows[1])) == (1_048_576, 1, 0)
    assert sheet.rows[-1][-1] == "远"


def test_a_workbook_without_a_sheet_is_unreadable(tmp_path):
    save(tmp_path / "检查数据.xlsx", valid())
    with zipfile.ZipFile(tmp_path / "检查数据.xlsx") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/workbook.xml"] = re.sub(rb"<sheets>.*</sheets>", b"<sheets></sheets>", parts["xl/workbook.xml"])
    with zipfile.ZipFile(tmp_path / "空.xlsx", "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    with pytest.raises(Unreadable, match="里一个工作表也没有"):
        read_input(tmp_path / "空.xlsx")


def test_a_subfolder_that_holds_workbooks_is_said_and_one_without_is_not(tmp_path):
    folder = write(tmp_path, valid())
    (folder / "昆山").mkdir()
    (folder / "昆山" / "保单.xlsx").write_bytes(b"")
    (folder / "照片").mkdir()
    (problem,) = read_input(folder).problems
    assert (problem.code, problem.where.file) == ("extra-file", "昆山/")
    assert "子文件夹“昆山”" in problem.found


def test_settings_with_a_second_ending_are_said_with_what_to_do(tmp_path):
    folder = write(tmp_path, valid())
    (folder / "发文.toml.txt").write_text(SETTINGS, encoding="utf-8")
    (problem,) = read_input(folder).problems
    assert "把文件名改成 发文.toml" in problem.remedy


def test_the_list_of_problems_of_an_earlier_run_is_no_data(tmp_path):
    folder = write(tmp_path, valid())
    columns = ["轻重", "问题码", "文件", "工作表", "单元格", "列", "发现", "应为", "处理"]
    save(folder / "核对单.xlsx", {"核对单": [["核对单"], columns, ["待核"]]})
    assert read_input(folder).problems == ()
