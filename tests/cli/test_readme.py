"""The READMEs tell the truth: commands, exit codes, sheets, settings, figures, pictures."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from docgen.cli import commands
from docgen.errors import ExitCode, Place
from docgen.records import SETTINGS_SHEET, SHEETS
from docgen.settings import Settings, parse_settings

from .conftest import Docgen, commands_below

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")
TEXT = {name: (ROOT / name).read_text(encoding="utf-8") for name in READMES}
LARGEST_PICTURE_BYTES = 60_000
CHEAP = {"validate", "figures", "trace", "doctor"}


def shown_commands(text: str) -> list[list[str]]:
    """Every command line shown in a block or in running text, split as a shell splits it."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    split = (shlex.split(line, comments=True) for line in [*lines, *spans])
    return [[Path(words[0]).name, *words[1:]] for words in split if len(words) > 1]


def docgen_lines() -> list[list[str]]:
    found = [words[1:] for name in READMES for words in shown_commands(TEXT[name]) if words[0] == "docgen"]
    return [list(words) for words in dict.fromkeys(map(tuple, found))]


def table(text: str, header: str) -> list[list[str]]:
    """The cells of the table whose header row begins so, without the header."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {header} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_english_table_of_exit_codes_is_the_enum() -> None:
    codes = [(int(code), name.strip("`")) for code, name, _ in table(TEXT["README.md"], "code")]

    assert codes == [(code.value, code.name) for code in ExitCode]


def test_the_chinese_table_of_exit_codes_is_the_enum() -> None:
    assert [int(code) for code, _ in table(TEXT["README.zh.md"], "退出码")] == [code.value for code in ExitCode]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_in_the_readme(readme: str) -> None:
    named = {words[1] for words in shown_commands(TEXT[readme]) if words[0] == "docgen"}

    assert named >= set(commands.commands)


@pytest.mark.parametrize("words", docgen_lines(), ids=" ".join)
def test_every_docgen_line_of_the_readmes_exists(words: list[str]) -> None:
    if words == ["--help"]:
        return
    command: click.Command = commands
    while isinstance(command, click.Group) and words:
        command, words = command.commands[words[0]], words[1:]
    if isinstance(command, click.Group):
        return
    with command.make_context("docgen", words) as context:
        assert set(context.params) == {param.name for param in command.params}


@pytest.mark.parametrize(
    "words",
    [words for words in docgen_lines() if words[0] in CHEAP and (len(words) == 1 or (ROOT / words[1]).exists())],
    ids=" ".join,
)
def test_the_cheap_docgen_lines_of_the_readmes_run(
    docgen: Docgen, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(ROOT)

    assert docgen(*words).code == ExitCode.MADE


def test_every_option_is_in_a_readme() -> None:
    options = {
        option
        for _, command in commands_below(commands)
        for param in command.params
        if isinstance(param, click.Option)
        for option in param.opts
    }

    assert {option for option in options if option not in TEXT["README.md"]} == set()
    assert {option for option in options if option not in TEXT["README.zh.md"]} == set()


def test_every_make_line_of_the_readmes_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    shown = {words[1] for name in READMES for words in shown_commands(TEXT[name]) if words[0] == "make"}

    assert shown >= {"demo", "test", "pictures"}
    assert shown <= targets


def test_the_clerks_table_of_sheets_is_what_is_read() -> None:
    told = {name: (row_is, columns) for name, row_is, columns in table(TEXT["README.zh.md"], "工作表")}

    assert told == {
        spec.name if spec.required else f"{spec.name}（可以没有）": (
            spec.row_is,
            "、".join(f"{column.header}{'*' if column.required else ''}" for column in spec.columns),
        )
        for spec in SHEETS.values()
    }


@pytest.mark.parametrize("readme", READMES)
def test_every_sheet_is_in_the_readme(readme: str) -> None:
    assert {name for name in (*SHEETS, SETTINGS_SHEET) if name not in TEXT[readme]} == set()


def test_the_clerks_table_of_settings_names_them_all() -> None:
    told = "、".join(cell for row in table(TEXT["README.zh.md"], "项目") for cell in row)
    items = [spec.metadata["item"] for spec in fields(Settings)]

    assert [item for item in items if item not in told] == []


def test_the_clerks_table_of_settings_says_which_must_be_written() -> None:
    (required,) = [names for names, told in table(TEXT["README.zh.md"], "项目") if told.startswith("必须写")]

    assert required.split("、") == [
        spec.metadata["item"] for spec in fields(Settings) if spec.metadata["required"]
    ]


def test_the_clerks_example_of_settings_is_valid() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT["README.zh.md"], re.DOTALL)
    settings, problems = parse_settings(tomllib.loads(example), Place("发文.toml"))

    assert settings is not None
    assert problems == ()


def test_the_figures_in_the_readme_are_those_that_the_command_prints(docgen: Docgen) -> None:
    printed = docgen("figures", ROOT / "fixtures" / "2024h1" / "检查数据.xlsx").out
    found = {
        tuple(cell.strip() for cell in line.strip("│").split("│")[:3])
        for line in printed.splitlines()
        if line.startswith("│")
    }

    told = {tuple(row) for row in table(TEXT["README.md"], "figure")}
    assert len(told) > 5
    assert told <= found


def test_the_table_of_rooms_is_the_folder() -> None:
    rooms = {room for names, _ in table(TEXT["README.md"], "room") for room in re.findall(r"`(\w+)`", names)}
    package = ROOT / "docgen"
    there = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert rooms == there - {"__init__", "__main__"}


@pytest.mark.parametrize("readme", READMES)
def test_everything_the_readme_links_to_is_there(readme: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", TEXT[readme])

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_pictures_are_small() -> None:
    pictures = sorted((ROOT / "fixtures" / "2024h1" / "样张").glob("*.png"))

    assert len(pictures) == 4
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE_BYTES] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_packages_for_other_systems_are_those_that_debian_gets(readme: str) -> None:
    (packages,) = re.findall(r"^PAPER_PACKAGES=\((.*)\)", (ROOT / ".ci" / "system").read_text(encoding="utf-8"), re.M)

    assert [package for package in packages.split() if package not in TEXT[readme]] == []
    assert "未经实测" in TEXT[readme]
