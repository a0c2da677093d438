"""The wheel, installed in a clean environment and used from another folder, brings all it needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from docgen import __version__

ROOT = Path(__file__).parents[1]
SHIPPED = ("templates", "styles")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def run(*command: str | Path, folder: Path) -> str:
    """Run a command as on a machine without our checkout on Python's path; give what it prints."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def own_files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
        "--no-build-isolation", "--wheel-dir", folder, ROOT, folder=folder,
    )
    (built,) = folder.glob("docgen-*.whl")
    return built


@pytest.fixture(scope="session")
def clean_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with docgen from the wheel; its dependencies are read from the running one.

    The running environment's .pth files, which may lead to the checkout, are not followed.
    """
    folder = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    python = folder / "venv" / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip())
    run(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--no-index", wheel, folder=folder,
    )
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "dependencies.pth").write_text("".join(f"{path}\n" for path in sorted(libraries)), encoding="utf-8")
    return python


def test_docgen_runs_from_the_wheel_and_not_from_the_checkout(clean_python: Path, tmp_path: Path) -> None:
    place = run(clean_python, "-c", "import docgen; print(docgen.__file__)", folder=tmp_path).strip()

    assert Path(place).is_relative_to(clean_python.parents[1])


def test_the_installed_command_says_its_version(clean_python: Path, tmp_path: Path) -> None:
    assert __version__ in run(clean_python.with_name("docgen"), "--version", folder=tmp_path)


def test_the_installed_module_says_its_version(clean_python: Path, tmp_path: Path) -> None:
    assert __version__ in run(clean_python, "-m", "docgen", "--version", folder=tmp_path)


@pytest.mark.parametrize("name", SHIPPED)
def test_templates_and_styles_are_found_from_any_folder(name: str, clean_python: Path, tmp_path: Path) -> None:
    script = f"from docgen.shipped import shipped; print(shipped({name!r}))"
    found = Path(run(clean_python, "-c", script, folder=tmp_path).strip())

    assert found.is_relative_to(clean_python.parents[1])
    assert own_files(ROOT / name) != set()
    assert own_files(found) == own_files(ROOT / name)


def test_the_wheel_holds_every_module_and_nothing_of_tests_or_fixtures(wheel: Path) -> None:
    with ZipFile(wheel) as package:
        names = set(package.namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docgen").rglob("*.py")}

    assert modules <= names
    assert not [name for name in names if name.startswith(("tests/", "fixtures/"))]


def test_the_wheel_holds_its_licence(wheel: Path) -> None:
    with ZipFile(wheel) as package:
        (licence,) = [name for name in package.namelist() if name.endswith("/LICENSE")]
        text = package.read(licence).decode()

    assert "Apache License" in text
    assert "The docgen contributors" in text


def test_the_version_is_stated_alike_in_project_and_package() -> None:
    assert PROJECT["version"] == __version__


def locked(lock: str) -> dict[str, str]:
    """Read a lock: canonical name → exact version."""
    lines = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lines, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pinned}


def required(requirements: list[str]) -> set[str]:
    names = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name}


def test_the_lock_names_everything_the_project_asks_for() -> None:
    extras = PROJECT["optional-dependencies"]

    assert required(PROJECT["dependencies"] + extras["build"]) <= set(locked("requirements.lock"))
    assert required(extras["dev"]) <= set(locked("requirements-dev.lock"))


def test_both_locks_name_the_same_versions() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert not re.findall(r"https?://|file:/|--(?:extra-)?index-url|--find-links|^[^#\n]*/", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text)

    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
