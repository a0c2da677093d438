"""Every letter of both runs tells of its own insurer alone; a letter that went into another's folder is named."""

from __future__ import annotations

from docgen.check.isolation import Everybody, Recipient, leaks
from docgen.figures import InsurerExtract
from docgen.intake.names import split_names
from tests.whole.conftest import Run


def recipient(run: Run, extract: InsurerExtract) -> Recipient:
    """An insurer as it is known from the records; listed are the policies in the tables of its letter."""
    rows = run.counted.records["保险公司"].to_dict("records")
    (row,) = (row for row in rows if row["简称"] == extract.short_name)
    listed = (
        str(cell.value)
        for table in extract.problem_tables
        for cells in table.rows
        for cell, column in zip(cells, table.columns, strict=True)
        if column.header == "保单号" and cell.value
    )
    return Recipient(
        extract.short_name, extract.full_name, extract.addressee, tuple(split_names(row["系统内名称"])),
        frozenset(listed), extract.policy_numbers,
    )


def letters(run: Run) -> dict[str, dict[str, bytes]]:
    """The files of each insurer's folder, by its short name."""
    folders: dict[str, dict[str, bytes]] = {}
    for path, content in run.files().items():
        kind, _, rest = path.partition("/")
        if kind == "函":
            folder, _, name = rest.partition("/")
            folders.setdefault(folder.partition(" ")[2], {})[name] = content
    return folders


def test_no_letter_tells_of_another_insurer(run: Run) -> None:
    own = {extract.short_name: recipient(run, extract) for extract in run.counted.insurers}
    everybody = Everybody(own.values())
    found = [str(leak) for name, files in letters(run).items() for leak in leaks(own[name], files, everybody)]

    assert len(letters(run)) >= 2
    assert any(one.listed for one in own.values())
    assert found == []


def test_a_letter_in_anothers_folder_is_named_in_every_file(run: Run) -> None:
    own = {extract.short_name: recipient(run, extract) for extract in run.counted.insurers}
    everybody = Everybody(own.values())
    (first, files), (second, _) = list(letters(run).items())[:2]
    found = leaks(own[second], files, everybody)

    for name in files:
        assert any(leak.file == name and f"出现{first}的" in leak.what for leak in found), name
