"""The shape of the code: what each room may import, how long a file may be, how quickly help is shown."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "docgen"
ROOMS = (
    ("errors", "units", "shipped"),
    ("records",),
    ("gongwen",),
    ("settings",),
    ("styles",),
    ("intake",),
    ("figures",),
    ("drafting",),
    ("layout",),
    ("render",),
    ("check",),
    ("register",),
    ("issuing",),
    ("cli",),
    ("web",),
)
PLACE = {room: place for place, rooms in enumerate(ROOMS) for room in rooms}
OUTSIDE = {"__init__", "__main__"}
STANDARD_LIBRARY_ONLY = ("errors", "units", "shipped", "gongwen")
HEAVY = {
    "alembic", "docx", "docxtpl", "numpy", "openpyxl", "pandas", "psycopg", "rjieba",
    "sqlalchemy", "uharfbuzz", "weasyprint", "xlsxwriter",
}
FORMATS = {"docx", "html", "pdf", "xlsx"}
MAX_LINES = 400
FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(file: Path) -> str:
    """docgen/figures/figure.py → docgen.figures.figure; a package bears its folder's name."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, package: str = "docgen") -> Iterator[str]:
    """Name every module that the source imports, wherever the import stands; relative ones in full."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_of(file: Path) -> list[str]:
    name = module_name(file)
    package = name if file.stem == "__init__" else name.rpartition(".")[0]
    return list(imports(file.read_text(encoding="utf-8"), package))


def room_of(module: str) -> str | None:
    """docgen.figures.figure.Figure → figures; None for docgen itself and what is not of docgen."""
    parts = module.split(".")
    return parts[1] if parts[0] == "docgen" and len(parts) > 1 and parts[1] in PLACE else None


def may_import(room: str, other: str) -> bool:
    """A room may import itself, its neighbours in one cell of the table, and what stands to its left."""
    return room == other or PLACE[other] < PLACE[room] or PLACE[other] == PLACE[room] == 0


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_a_room_imports_only_from_rooms_to_its_left(file: Path) -> None:
    room = room_of(module_name(file))
    others = {room_of(module) for module in imports_of(file)} - {None}

    assert {other for other in others if room and other and not may_import(room, other)} == set()


def test_every_module_stands_in_a_room_of_the_design() -> None:
    assert {file.relative_to(PACKAGE).parts[0].removesuffix(".py") for file in FILES} <= set(PLACE) | OUTSIDE


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("import docgen.figures.figure", ["docgen.figures.figure"]),
        ("from docgen import cli", ["docgen.cli"]),
        ("def later():\n    from docgen.issuing import run", ["docgen.issuing.run"]),
        ("from .extract import InsurerExtract", ["docgen.figures.extract.InsurerExtract"]),
        ("from ..render import xlsx", ["docgen.render.xlsx"]),
    ],
)
def test_an_import_is_found_however_it_is_written(source: str, named: list[str]) -> None:
    assert list(imports(source, "docgen.figures")) == named


@pytest.mark.parametrize(
    ("room", "other", "allowed"),
    [
        ("figures", "records", True),
        ("records", "figures", False),
        ("gongwen", "records", True),
        ("records", "gongwen", False),
        ("units", "errors", True),
    ],
)
def test_the_table_is_read_from_left_to_right(room: str, other: str, allowed: bool) -> None:
    assert may_import(room, other) is allowed


def format_of(module: str) -> str | None:
    """docgen.render.html_table → html; None for what serves every format."""
    parts = module.split(".")
    name = parts[2].split("_")[0] if parts[:2] == ["docgen", "render"] and len(parts) > 2 else ""
    return name if name in FORMATS else None


@pytest.mark.parametrize("file", sorted((PACKAGE / "render").rglob("*.py")), ids=module_name)
def test_no_format_imports_another_but_pdf_its_html(file: Path) -> None:
    own = format_of(module_name(file))
    imported = {format_of(module) for module in imports_of(file)} - {None, own}

    assert imported <= ({"html"} if own == "pdf" else set())


@pytest.mark.parametrize(
    "file", [file for file in FILES if room_of(module_name(file)) in STANDARD_LIBRARY_ONLY], ids=module_name
)
def test_the_first_rooms_use_the_standard_library_only(file: Path) -> None:
    tops = {module.split(".")[0] for module in imports_of(file)}

    assert tops - sys.stdlib_module_names - {"docgen"} == set()


def test_the_model_of_a_paper_knows_nothing_of_inspections() -> None:
    modules = {module for file in (PACKAGE / "gongwen").rglob("*.py") for module in imports_of(file)}

    assert {room_of(module) for module in modules} <= {None, "gongwen", *ROOMS[0]}


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_a_file_is_short_enough_to_be_read(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_no_error_is_caught_unnamed(file: Path) -> None:
    handlers = [
        node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.ExceptHandler)
    ]
    caught = {
        name.id
        for handler in handlers
        if handler.type is not None
        for name in ast.walk(handler.type)
        if isinstance(name, ast.Name)
    }

    assert all(handler.type is not None for handler in handlers)
    assert not caught & {"Exception", "BaseException"}


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_a_module_opens_with_its_contract(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def test_help_is_shown_without_loading_a_heavy_library() -> None:
    script = (
        "import sys\n"
        "sys.argv = ['docgen', '--help']\n"
        "from docgen.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)

    assert "docgen" in shown.stdout
    assert set(shown.stderr.split()) & HEAVY == set()
