"""Plain SQL for what every taking of a number executes, handed to the driver as it is.

A new process would spend longer on compiling these few statements than on all the rest, while everybody else waits
for the register. What is not in that path is written with SQLAlchemy's own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Table

_NAME = re.compile(r":(\w+)")


def run(
    connection: Connection, statement: str, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> CursorResult[Any]:
    """Execute a statement whose values are named :so; with several sets of values, once for each."""
    if isinstance(values, Mapping):
        return connection.exec_driver_sql(_as_spoken(statement, connection.dialect.paramstyle), _stored(values))
    return connection.exec_driver_sql(
        _as_spoken(statement, connection.dialect.paramstyle), [_stored(one) for one in values]
    )


@cache
def insertion(table: Table) -> str:
    """Give the statement that inserts a whole row."""
    names = table.columns.keys()
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


@cache
def _as_spoken(statement: str, style: str) -> str:
    """Write the names as the driver wants them: psycopg %(so)s; sqlite3 takes :so, though it prefers ?."""
    return _NAME.sub(r"%(\1)s", statement) if style == "pyformat" else statement


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as both databases keep them: a list as JSON, a day as 2024-12-19."""
    return {
        name: json.dumps(value, ensure_ascii=False)
        if isinstance(value, list)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in values.items()
    }
