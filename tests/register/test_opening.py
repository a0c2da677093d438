"""Opening a register: where it is, what is refused, how an older one is brought up to date."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from docgen.errors import DocgenError, ExitCode, Unreadable, UsageError
from docgen.register import Register, RegisterUnusable, open_register
from docgen.register import store as store_module
from docgen.register.place import register_place
from docgen.register.schema import REVISION, VERSION_TABLE, metadata
from docgen.register.store import Store
from tests.postgresql import Server

from .papers import LETTER, number


def opening(url: str | None, *, must_exist: bool = False) -> Register:
    return open_register(url, "李示例", lambda: datetime(2024, 12, 19), must_exist=must_exist)


def refusal_of(url: str, *, must_exist: bool = False) -> DocgenError:
    with pytest.raises(DocgenError) as caught:
        opening(url, must_exist=must_exist)
    assert caught.value.remedy
    return caught.value


def test_the_revisions_make_the_tables_that_the_code_knows(address: str) -> None:
    opening(address).__exit__(None, None, None)
    store = Store(register_place(address))
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []
    store.close()


def test_the_last_revision_is_the_one_that_the_code_knows() -> None:
    assert ScriptDirectory(str(store_module._MIGRATIONS)).get_heads() == [REVISION]


def test_an_up_to_date_register_is_opened_without_the_migrations(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening(address).__exit__(None, None, None)
    monkeypatch.setattr(store_module, "_upgrade", lambda *_: pytest.fail("migrated again"))

    opening(address).__exit__(None, None, None)


def test_a_register_of_a_later_docgen_is_refused_and_left_alone(address: str) -> None:
    with opening(address) as register:
        register.record(number(1), LETTER, [])
    store = Store(register_place(address))
    with store.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    store.close()

    refused = refusal_of(address)

    assert refused.exit_code is ExitCode.UNREADABLE
    assert "更新的 docgen" in refused.message


def test_an_empty_file_becomes_a_register(tmp_path: Path) -> None:
    (tmp_path / "登记簿.db").touch()

    with opening(str(tmp_path / "登记簿.db")) as register:
        assert register.complaints() == ()


def test_the_register_is_in_the_users_data_folder_unless_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "资料"))
    monkeypatch.delenv("DOCGEN_REGISTER", raising=False)
    with opening(None) as register:
        assert str(register) == str(tmp_path / "资料" / "docgen" / "登记簿.db")
    monkeypatch.setenv("DOCGEN_REGISTER", str(tmp_path / "另一本.db"))
    with opening(None) as register:
        assert str(register) == str(tmp_path / "另一本.db")
    with opening(f"sqlite:///{tmp_path}/第三本.db") as register:
        assert str(register) == str(tmp_path / "第三本.db")


def test_what_must_exist_is_not_made_and_said_where_it_was_looked_for(address: str, tmp_path: Path) -> None:
    refused = refusal_of(address, must_exist=True)

    assert refused.exit_code is ExitCode.UNREADABLE
    assert "找不到登记簿" in refused.message
    assert list(tmp_path.iterdir()) == []
    assert refusal_of(address, must_exist=True).message == refused.message


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://主机/库", "不能放在 mysql 里"),
        ("sqlite://", "没有文件"),
        ("://", "写得不对"),
        ("/no/such/folder/登记簿.db", "文件夹不在"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, told: str) -> None:
    refused = refusal_of(url)

    assert isinstance(refused, UsageError)
    assert told in refused.message


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    assert isinstance(refusal_of(str(tmp_path)), Unreadable)


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    path.write_text("不是数据库" * 500, encoding="utf-8")
    before = path.read_bytes()

    assert "不是登记簿，或已损坏" in refusal_of(str(path)).message
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "别的.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE entries (x)")
    other.close()
    before = path.read_bytes()

    assert "不是 docgen 的登记簿" in refusal_of(str(path)).message
    assert path.read_bytes() == before


def test_a_server_that_is_down_is_told_without_the_password(tmp_path: Path) -> None:
    refused = refusal_of(f"postgresql://clerk:s3cret@/register?host={tmp_path}&password=s3cret")

    assert isinstance(refused, RegisterUnusable)
    assert "连不上" in refused.message
    assert "clerk" in refused.message
    assert "s3cret" not in refused.message + refused.remedy


def test_a_database_that_is_not_there_is_told(postgresql: Server) -> None:
    url = postgresql.database().replace("/register", "/missing")

    assert "连不上" in refusal_of(url).message


@pytest.mark.parametrize("name", ["登记簿.db", "登记簿.db-lock"])
def test_a_register_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    """A folder stands where a file is to be: root may write anywhere else."""
    if name.endswith("-lock"):
        (tmp_path / name).mkdir()
    else:
        (tmp_path / f"{name}-wal").mkdir()

    refused = refusal_of(str(tmp_path / "登记簿.db"))

    assert isinstance(refused, RegisterUnusable)
    assert "可写" in refused.message + refused.remedy


def test_a_register_opened_by_many_at_once_is_made_once(address: str) -> None:
    readers = []
    for _ in range(6):
        reader, writer = os.pipe()
        if os.fork() == 0:
            code = 1
            try:
                with opening(address) as register:
                    register.record(number(os.getpid()), LETTER, [])
                code = 0
            finally:
                os._exit(code)
        os.close(writer)
        readers.append(reader)
    codes = [os.waitstatus_to_exitcode(os.wait()[1]) for _ in readers]
    for reader in readers:
        os.close(reader)

    assert codes == [0] * 6
    with opening(address) as register:
        assert len(register.entries()) == 6


def test_a_backup_that_is_used_as_the_register_writes_ahead_like_one(tmp_path: Path) -> None:
    with opening(str(tmp_path / "登记簿.db")) as register:
        register.backup(tmp_path / "备份.db")
    before = (tmp_path / "备份.db").read_bytes()
    with opening(str(tmp_path / "备份.db"), must_exist=True) as copy:
        assert copy.entries() == ()
    assert (tmp_path / "备份.db").read_bytes() == before

    with opening(str(tmp_path / "备份.db")) as copy:
        copy.record(number(1), LETTER, [])
        assert (tmp_path / "备份.db-wal").exists()


def test_a_register_in_a_folder_that_cannot_be_written_is_told() -> None:
    """Root may write anywhere, so whoever tries is nobody."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "登记簿.db"
        with opening(str(path)) as register:
            register.record(number(1), LETTER, [])
        Path(folder).chmod(0o555)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                if os.geteuid() == 0:
                    os.setuid(65534)
                with pytest.raises(RegisterUnusable, match="打不开或不可写"), opening(str(path)) as register:
                    register.record(number(2), LETTER, [])
                code = 0
            finally:
                os._exit(code)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        Path(folder).chmod(0o755)

        assert ended == 0


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "登记簿.db"
    with opening(str(path)) as register:
        register.record(number(1), LETTER, [])
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2**18, 2**18))
            with pytest.raises(RegisterUnusable, match="磁盘"), opening(str(path)) as register:
                register.reserve("苏应急函", 2024, range(2, 1_500))
            code = 0
        finally:
            os._exit(code)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with opening(str(path)) as register:
        assert [entry.number for entry in register.entries()] == [number(1)]
        assert register.complaints() == ()
