"""What is SQLite's own: its file, its errors, its schema, its secrets, and surviving a kill."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect

from tests.store.making import NOW, RUN, created
from tradewind.model.errors import HomeError
from tradewind.store import migrate, open_store
from tradewind.store.migrate import config_for
from tradewind.store.schema import metadata
from tradewind.store.sqlite.connection import HEAD, open_database


def reopen(home):
    return open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)


def test_a_new_home_is_made_on_first_use(tmp_path):
    home = tmp_path / "not" / "there" / "yet"
    store = reopen(home)
    assert store.revision() == HEAD
    assert (home / "tradewind.db").stat().st_mode & 0o077 == 0


def test_what_was_committed_is_there_after_reopening(store, home):
    store.commit([created()], who="me", now=NOW)
    assert reopen(home).run(RUN) is not None


def test_two_connections_see_each_other(store, home):
    other = reopen(home)
    store.commit([created()], who="me", now=NOW)
    assert other.run(RUN) is not None


def test_sqlalchemy_is_not_imported_for_a_home_that_is_up_to_date(home):
    script = f"""
import sys
from pathlib import Path
from tradewind.store import open_store
for _ in range(2):
    open_store("sqlite:///{home}/x.db", home=Path("{home}")).close()
assert "sqlalchemy" not in sys.modules and "alembic" not in sys.modules and "cryptography" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def _shape(file):
    inspector = inspect(create_engine(f"sqlite:///{file}"))
    return {
        table: (
            [(c["name"], str(c["type"]).upper(), c["nullable"]) for c in inspector.get_columns(table)],
            inspector.get_pk_constraint(table)["constrained_columns"],
            sorted((i["name"], tuple(i["column_names"])) for i in inspector.get_indexes(table)),
            sorted(tuple(u["column_names"]) for u in inspector.get_unique_constraints(table)),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _normal(shape):
    """REAL is SQLite's FLOAT; a key column of a rowid table may be null in SQLite, in ours it is not asked for."""
    return {
        table: ([(n, t.replace("REAL", "FLOAT"), n in pk or null) for n, t, null in columns], pk, indexes, unique)
        for table, (columns, pk, indexes, unique) in shape.items()
    }


def test_script_tables_and_migrations_say_the_same(home):
    open_database(home / "script.db").close()
    metadata.create_all(create_engine(f"sqlite:///{home / 'tables.db'}"))
    command.upgrade(config_for(f"sqlite:///{home / 'migrated.db'}"), "head")
    script, tables, migrated = (_normal(_shape(home / f"{name}.db")) for name in ("script", "tables", "migrated"))
    assert script == tables
    assert script == migrated


def test_a_migration_makes_a_copy_first(home):
    file = home / "tradewind.db"
    open_database(file).close()
    backup = migrate.migrate(file, from_revision=HEAD)
    assert sqlite3.connect(backup).execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    assert not migrate.is_newer(HEAD)
    assert migrate.is_newer("9999")


def test_a_newer_database_is_refused(store, home):
    store.close()
    with sqlite3.connect(home / "tradewind.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(HomeError, match="newer version") as caught:
        reopen(home)
    assert "upgrade" in str(caught.value)


def test_a_file_that_is_no_database(home):
    (home / "tradewind.db").write_bytes(b"not a database at all, but long enough to look at" * 100)
    with pytest.raises(HomeError, match="not a SQLite database"):
        reopen(home)


def test_somebody_elses_database(home):
    with sqlite3.connect(home / "tradewind.db") as raw:
        raw.execute("CREATE TABLE theirs (x)")
    with pytest.raises(HomeError, match="not one of Tradewind's"):
        reopen(home)


def test_a_damaged_page_is_found_by_check_or_by_opening(store, home):
    store.commit([created()], who="me", now=NOW)
    store.close()
    with sqlite3.connect(home / "tradewind.db") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (home / "tradewind.db").open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(60_000))
    with pytest.raises(HomeError, match="damaged"):
        _look_through(home)


def _look_through(home):
    opened = reopen(home)
    opened.runs()
    if problems := opened.check():
        raise HomeError(f"damaged: {problems}")


def test_a_lock_that_is_held_too_long(store, home):
    holder = sqlite3.connect(home / "tradewind.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    store._connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(HomeError, match="locked"):
        store.commit([created()], who="me", now=NOW)
    holder.execute("ROLLBACK")
    store.commit([created()], who="me", now=NOW)


def test_a_full_disk_loses_nothing_that_was_committed(store):
    store.commit([created()], who="me", now=NOW)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(HomeError, match="full"):
        _fill(store)
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.run(RUN) is not None
    assert store.check() == []


def _fill(store):
    for i in range(10_000):
        store.set_variable(f"k{i}", "x" * 1000)


def test_a_home_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeError, match="cannot be made"):
        reopen(tmp_path / "file" / "home")


def test_a_read_only_file(store, home):
    store.close()
    script = f"""
import os
from pathlib import Path
from tradewind.store import open_store
from tradewind.model.errors import HomeError
open_store("sqlite:///:memory:", home=Path("."))
os.setegid(65534), os.seteuid(65534)
try:
    open_store("sqlite:///{home}/tradewind.db", home=Path("{home}")).set_paused("x", True)
except HomeError as error:
    print("refused:", error)
"""
    for folder in (home, *list(home.parents)[:3]):
        folder.chmod(0o755)
    (home / "tradewind.db").chmod(0o444)
    if os.geteuid() != 0:
        pytest.skip("needs root to become somebody else")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "refused:" in done.stdout


def test_secrets_are_not_in_the_file_and_need_their_key(store, home):
    store.set_variable("password", "hunter22")
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"hunter22" not in (home / "tradewind.db").read_bytes()
    assert (home / "secret.key").stat().st_mode & 0o077 == 0
    key = (home / "secret.key").read_text()
    (home / "secret.key").unlink()
    with pytest.raises(HomeError, match="is gone"):
        reopen(home).get_variable("password")
    (home / "secret.key").write_text("0" * 43 + "=\n")
    with pytest.raises(HomeError, match="cannot be decrypted"):
        reopen(home).get_variable("password")
    (home / "secret.key").write_text(key)
    assert reopen(home).get_variable("password") == "hunter22"


WRITER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from tests.store.making import created
from tradewind.model.ids import RunKey
from tradewind.store import open_store
store = open_store(f"sqlite:///{sys.argv[1]}/tradewind.db", home=Path(sys.argv[1]))
for i in range(1_000_000):
    store.commit([created(RunKey("d", str(i)), None)], who="w", now=datetime.now(UTC))
    print(i, flush=True)
"""


@pytest.mark.parametrize("after", [3, 40])
def test_a_kill_in_the_middle_loses_no_commit_that_was_acknowledged(home, after):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(home)], stdout=subprocess.PIPE, text=True)
    acknowledged = -1
    for line in writer.stdout:
        acknowledged = int(line)
        if acknowledged == after:
            writer.send_signal(signal.SIGKILL)
            break
    for line in writer.stdout:
        if line.strip().isdigit() and line.endswith("\n"):
            acknowledged = int(line)
    writer.wait()
    store = reopen(home)
    assert store.run(type(RUN)("d", str(acknowledged))) is not None
    assert store.check() == []
