"""The schema is one thing said three times, and an older database becomes a newer one without losing a row."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from tests.store.making import RUN, a_try, commit, created, xcom
from tradewind.model.changes import XComStored
from tradewind.store import migrate, open_store
from tradewind.store.errors import StoreError
from tradewind.store.migrate import config_for
from tradewind.store.schema import metadata
from tradewind.store.sqlite import connection, database
from tradewind.store.sqlite.connection import HEAD, open_database

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9000", "{head}"


def upgrade():
    with op.batch_alter_table("run") as batch:  # makes the table anew and drops the old one
        batch.add_column(sa.Column("colour", sa.Text, nullable=False, server_default="blue"))
    with op.batch_alter_table("xcom") as batch:
        batch.add_column(sa.Column("colour", sa.Text))
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    {more}
"""


@pytest.fixture
def next_revision(tmp_path, monkeypatch):
    """As if this version of Tradewind had one more revision; called with a further line for its upgrade."""

    def make(more: str = "") -> None:
        folder = tmp_path / "migrations 100%"
        shutil.copytree(migrate.MIGRATIONS, folder)
        (folder / "versions" / "9000_next.py").write_text(NEXT.format(more=more, head=HEAD))
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)
        monkeypatch.setattr(connection, "HEAD", "9000")
        monkeypatch.setattr(database, "HEAD", "9000")

    return make


def _open(home):
    return open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)


def _fill(home):
    with closing(_open(home)) as store:
        commit(store, created(), a_try(), XComStored(RUN, xcom("t", artifact="k")))
        store.set_variable("v", "secret")
        return store.run(RUN), store.tries(RUN), store.all_xcoms(RUN), store.history(RUN)


def _read(home):
    with closing(_open(home)) as store:
        assert store.get_variable("v") == "secret"
        return store.run(RUN), store.tries(RUN), store.all_xcoms(RUN), store.history(RUN)


def test_an_older_database_is_upgraded_with_all_its_rows(home, next_revision):
    rows = _fill(home)
    next_revision()
    assert _read(home) == rows
    with closing(_open(home)) as store:
        assert (store.revision(), store.check()) == ("9000", [])
        store.delete_run(RUN)
        assert store.check() == []
    with closing(sqlite3.connect(home / "tradewind.db")) as raw:
        assert raw.execute("SELECT count(*) FROM try").fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM xcom").fetchone() == (0,)
        assert "AUTOINCREMENT" in raw.execute("SELECT sql FROM sqlite_master WHERE name = 'run'").fetchone()[0]


def test_a_private_copy_is_kept_of_the_older_one(home, next_revision):
    _fill(home)
    next_revision()
    _read(home)
    backup = home / f"tradewind.db.before-{HEAD}"
    assert backup.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(backup)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert raw.execute("SELECT count(*) FROM xcom").fetchone() == (1,)


def test_whoever_comes_second_does_not_copy_the_new_one_over_the_old(home, next_revision):
    _fill(home)
    next_revision()
    _read(home)
    backup = migrate.migrate(home / "tradewind.db", from_revision=HEAD)
    with closing(sqlite3.connect(backup)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_a_revision_that_fails_changes_nothing(home, next_revision, monkeypatch):
    rows = _fill(home)
    next_revision('op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(StoreError, match="nowhere") as caught:
        _open(home)
    assert f"before-{HEAD}" in str(caught.value)
    monkeypatch.undo()
    assert _read(home) == rows
    with closing(sqlite3.connect(home / "tradewind.db")) as raw:
        assert not raw.execute("SELECT 1 FROM sqlite_master WHERE name IN ('extra', '_alembic_tmp_run')").fetchone()


def test_head_is_the_newest_revision():
    assert ScriptDirectory.from_config(config_for("sqlite://")).get_heads() == [HEAD]
    assert not migrate.is_newer(HEAD)
    assert migrate.is_newer("9999")


def test_script_tables_and_migrations_say_the_same(home):
    open_database(home / "script.db").close()
    metadata.create_all(create_engine(f"sqlite:///{home / 'tables.db'}"))
    command.upgrade(config_for(f"sqlite:///{home / 'migrated.db'}"), "head")
    script, tables, migrated = (_shape(home / f"{name}.db") for name in ("script", "tables", "migrated"))
    assert script == tables
    assert script == migrated
    assert script["run"]["never again"]
    assert ("run", "run", "CASCADE") in script["xcom"]["refers"]


def _shape(file):
    inspector = inspect(create_engine(f"sqlite:///{file}"))
    with closing(sqlite3.connect(file)) as raw:
        texts = dict(raw.execute("SELECT name, upper(sql) FROM sqlite_master WHERE sql IS NOT NULL"))
    return {
        table: {
            "columns": [_column(inspector, table, column) for column in inspector.get_columns(table)],
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(tuple(one["column_names"]) for one in inspector.get_unique_constraints(table)),
            "refers": sorted(_reference(one) for one in inspector.get_foreign_keys(table)),
            "indexes": sorted(
                (one["name"], tuple(one["column_names"]), "".join(re.findall("WHERE.*", texts[one["name"].lower()])))
                for one in inspector.get_indexes(table)
            ),
            "never again": "AUTOINCREMENT" in texts[table],
            "without row ids": "WITHOUT ROWID" in texts[table],
        }
        for table in inspector.get_table_names()
        if table not in ("alembic_version", "sqlite_sequence")
    }


def _column(inspector, table, column):
    """REAL is SQLite's FLOAT; a key column of a rowid table may be null in SQLite, in ours it is not asked for."""
    is_key = column["name"] in inspector.get_pk_constraint(table)["constrained_columns"]
    kind = str(column["type"]).upper().replace("REAL", "FLOAT")
    return column["name"], kind, is_key or column["nullable"], column["default"]


def _reference(one):
    (column,) = one["constrained_columns"]
    return column, one["referred_table"], one["options"].get("ondelete")


def test_the_first_revision_reads_no_live_schema():
    """It is what it was, whatever becomes of schema.sql and schema.py."""
    text = (migrate.MIGRATIONS / "versions" / "0001_first.py").read_text()
    assert "tradewind" not in text
