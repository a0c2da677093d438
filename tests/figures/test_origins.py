"""The rows behind each cell of the annexes: counted again by hand they give what the cell says."""

from dataclasses import replace
from pathlib import Path

import pytest

from docgen.figures import annex_tables, area_extracts, count, insurer_extracts
from docgen.figures.origins import Origins, summary_origins
from docgen.gongwen import Table
from docgen.intake import read_input
from docgen.records import Records, SourceRow, SourceRows

from .tables import SETTINGS, inspection

FIXTURES = Path(__file__).parents[2] / "fixtures"
PEOPLE = {"投保人数", "保障从业人员数（人）"}
MONEY = {"保费（元）", "事故预防服务费（元）"}
POLICIES = {"抽查保单数", "问题保单数"}


def by_source(records: Records) -> dict[SourceRow, dict[str, object]]:
    return {
        source: row
        for sheet in ("保单", "抽查", "问题")
        for source, row in zip(SourceRows(records[sheet]), records[sheet].to_dict("records"), strict=True)
    }


def recounted(header: str, rows: list[dict[str, object]]) -> object:
    if header in PEOPLE:
        return sum(int(str(row["投保人数"])) for row in rows)
    if header in MONEY:
        return sum(int(str(row[header])) for row in rows if str(row[header]).isdecimal())
    if header in POLICIES:
        return len({row["保单号"] for row in rows})
    return len({row["统一社会信用代码"] or row["被保险单位"] for row in rows})


def differing(table: Table, origins: Origins, records: Records) -> list[object]:
    """Each cell whose rows do not give its value: line, header, what it says, what the rows give."""
    known = by_source(records)
    found = []
    for line, cells in enumerate((*table.rows, table.total)):
        for column, cell in zip(table.columns, cells, strict=True):
            if column.header not in origins.columns or column.header == "占保费比例":
                continue
            rows = sorted(set(origins.lines[line]) & set(origins.columns[column.header]))
            value = cell.value if column.header not in MONEY else int(float(str(cell.value)) * 100 + 0.5)
            again = recounted(column.header, [known[row] for row in rows])
            if value != again:
                found.append((line, column.header, value, again))
    return found


@pytest.mark.parametrize("source", ["2024h1/检查数据.xlsx", "messy"])
def test_every_cell_of_annexes_1_and_2_is_what_its_rows_give(source: str) -> None:
    intake = read_input(FIXTURES / source)
    assert intake.records is not None
    assert intake.settings is not None
    settings = replace(intake.settings, shows_sampling=True)
    figures = count(intake.records, settings, intake.problems)
    annexes = annex_tables(intake.records, settings, figures, intake.problems)
    both = summary_origins(intake.records, settings, figures, annexes)

    for annex, origins in zip(annexes, both, strict=False):
        (table,) = annex.tables
        assert {column.header for column in table.columns[2:]} <= set(origins.columns)
        assert differing(table, origins, intake.records) == []


SHEETS = {
    "应保未保": "属地 单位名称\n昆山市 甲厂\n常熟市 乙厂\n昆山市 丙厂",
    "未上传保单": "承保保险公司 情形\n乙保 未上传\n甲保 逾期上传\n甲保 未上传",
    "问题": "承保保险公司 保单号\n甲保 P-2\n乙保 P-3\n甲保 P-2",
}


def test_each_row_of_a_list_names_the_row_of_the_data_whatever_the_order() -> None:
    records = inspection(**SHEETS)
    annexes = annex_tables(records, SETTINGS, count(records, SETTINGS))

    assert [row.row for row in annexes[2].tables[0].origins] == [3, 2, 4]
    assert [[row.row for row in table.origins] for table in annexes[4].tables] == [[4, 2], [3]]


def test_a_letters_list_and_an_areas_list_name_their_own_rows_only() -> None:
    records = inspection(**SHEETS)
    annexes = annex_tables(records, SETTINGS, count(records, SETTINGS))
    first = insurer_extracts(records, SETTINGS)[0]
    kunshan = next(area for area in area_extracts(records, SETTINGS, annexes) if area.area == "昆山市")

    assert [row.row for row in first.problem_tables[0].origins] == [2, 4]
    assert [row.row for row in kunshan.tables[0].origins] == [2, 4]
