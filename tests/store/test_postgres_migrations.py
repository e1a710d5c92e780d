"""The schema on PostgreSQL: the script, the tables of schema.py and the migrations say the same; up and down again."""

from __future__ import annotations

from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text

from tests.postgres import postgres_server
from tests.store.making import RUN, a_try, commit, created, run_moved, xcom
from tradewind.model.changes import XComStored
from tradewind.model.database_url import for_sqlalchemy
from tradewind.store import open_store
from tradewind.store.errors import StoreError
from tradewind.store.migrate import config_for, migrate_postgres
from tradewind.store.schema import metadata
from tradewind.store.sqlite.connection import HEAD

__all__ = ["postgres_server"]  # a fixture


@pytest.fixture
def url(postgres_server):
    with postgres_server.schema() as url:
        yield url


def test_script_tables_and_migrations_say_the_same(postgres_server, home):
    with (
        postgres_server.schema() as scripted,
        postgres_server.schema() as tabled,
        postgres_server.schema() as migrated,
    ):
        open_store(scripted, home=home).close()
        metadata.create_all(create_engine(for_sqlalchemy(tabled)))
        command.upgrade(config_for(for_sqlalchemy(migrated)), "head")
        shapes = [_shape(one) for one in (scripted, tabled, migrated)]
        assert shapes[0] == shapes[1]
        assert shapes[0] == shapes[2]
        assert ("run", "run", "CASCADE") in shapes[0]["xcom"]["refers"]


def _shape(url):
    engine = create_engine(for_sqlalchemy(url))
    inspector = inspect(engine)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()")
        ).all()
        schema = connection.execute(text("SELECT current_schema()")).scalar_one()
    engine.dispose()
    return {
        table: {
            "columns": {
                column["name"]: (
                    str(column["type"]),
                    getattr(column["type"], "collation", None),
                    column["nullable"],
                    str(column["default"]).replace(f"{schema}.", ""),
                )
                for column in inspector.get_columns(table)
            },
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "unique": sorted(tuple(one["column_names"]) for one in inspector.get_unique_constraints(table)),
            "refers": sorted(
                (one["constrained_columns"][0], one["referred_table"], one["options"].get("ondelete"))
                for one in inspector.get_foreign_keys(table)
            ),
            "indexes": sorted(
                definition.replace(f"{schema}.", "")
                for name, definition in rows
                if any(name == index["name"] for index in inspector.get_indexes(table))
            ),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_down_and_up_again_with_runs_in_flight(url, home):
    with closing(open_store(url, home=home)) as store:
        commit(store, created(), run_moved("queued", "running"), a_try(), XComStored(RUN, xcom("t", artifact="k")))
        store.set_variable("v", "secret")
        before = store.run(RUN), store.tries(RUN), store.all_xcoms(RUN), store.history(RUN)
    migrate_postgres(url, from_revision=HEAD, to="0001")
    with closing(open_store(url, home=home)) as store:
        assert (store.revision(), store.check()[1:]) == (HEAD, [])
        assert (store.run(RUN), store.tries(RUN), store.all_xcoms(RUN), store.history(RUN)) == before
        assert store.get_variable("v") == "secret"
        commit(store, run_moved("running", "success"))


def test_whoever_comes_second_finds_it_done(url, home):
    open_store(url, home=home).close()
    migrate_postgres(url, from_revision="0001")
    with closing(open_store(url, home=home)) as store:
        assert store.revision() == HEAD


def test_a_newer_database_is_refused(url, home):
    with closing(open_store(url, home=home)) as store, store._writing() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        open_store(url, home=home)


def test_somebody_elses_tables_are_refused(url, home):
    engine = create_engine(for_sqlalchemy(url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (x INTEGER)"))
    engine.dispose()
    with pytest.raises(StoreError, match="not those of Tradewind"):
        open_store(url, home=home)
