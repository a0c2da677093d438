"""Where a register is: from what the clerk writes (a path or a URL) to an SQLAlchemy URL that is safe to show."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from docgen.errors import UsageError

VARIABLE = "DOCGEN_REGISTER"
FILE_NAME = "登记簿.db"
_RIGHT = "写出登记簿文件，如 登记簿.db，或 PostgreSQL 的地址，如 postgresql://用户@主机/数据库"


@dataclass(frozen=True)
class RegisterPlace:
    """A register's URL; `path` where it is a file. As text it shows no password."""

    url: URL = field(repr=False)
    path: Path | None = None

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        return URL.create("postgresql", self.url.username, None, self.url.host, self.url.port, self.url.database).render_as_string()


def register_place(written: str | None) -> RegisterPlace:
    """Find the register: as written, else by DOCGEN_REGISTER, else in the user's data folder.

    Raise UsageError for an address that is none, or of a database that docgen does not know.
    """
    written = written or os.environ.get(VARIABLE)
    if not written:
        return _file(own_folder() / FILE_NAME)
    if "://" not in written:
        return _file(Path(written))
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        raise UsageError("登记簿的地址写得不对", _RIGHT) from None
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise UsageError("登记簿的地址里没有文件", _RIGHT)
        return _file(Path(url.database))
    if url.get_backend_name() != "postgresql":
        raise UsageError(f"登记簿不能放在 {url.get_backend_name()} 里", _RIGHT)
    if find_spec("psycopg") is None:
        raise UsageError("本机没有装 PostgreSQL 的驱动程序", "运行 pip install 'docgen[postgresql]'，再试一次")
    return RegisterPlace(url.set(drivername="postgresql+psycopg"))


def is_named(written: str | None) -> bool:
    """Tell whether somebody has said where the register is: then it is not made anew where none is found."""
    return bool(written or os.environ.get(VARIABLE))


def _file(path: Path) -> RegisterPlace:
    return RegisterPlace(URL.create("sqlite", database=str(path.absolute())), path.absolute())


def own_folder() -> Path:
    """Name the folder of the user's data, where a register is kept that nobody put elsewhere."""
    from platformdirs import user_data_path

    return user_data_path("docgen", appauthor=False)
