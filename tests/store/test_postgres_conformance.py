"""PostgreSQL 18 and 15 do what every store must do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer, _kept_schema, empty, installed, postgres_server, postgres_url
from tests.store.conformance import StoreConformance
from tradewind.store import open_store

__all__ = ["_kept_schema", "postgres_server", "postgres_url"]  # fixtures


class TestPostgres18(StoreConformance):
    @pytest.fixture(autouse=True)
    def _database(self, postgres_url):
        self.url = postgres_url

    def open(self, home):
        return open_store(self.url, home=home)


@pytest.fixture(scope="module")
def server_15() -> Iterator[PostgresServer]:
    server = PostgresServer(installed(15))
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="module")
def schema_15(server_15) -> Iterator[str]:
    with server_15.schema() as url:
        yield url


class TestPostgres15(StoreConformance):
    @pytest.fixture(autouse=True)
    def _database(self, schema_15):
        empty(schema_15)
        self.url = schema_15

    def open(self, home):
        return open_store(self.url, home=home)
