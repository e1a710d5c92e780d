"""Lists of a PostgreSQL database."""

from __future__ import annotations

import pytest

from tests.postgres import postgres_server
from tests.store.browse.conformance import BrowseConformance, opened

__all__ = ["postgres_server"]  # a fixture


class TestPostgres(BrowseConformance):
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _database(cls, postgres_server, tmp_path_factory):
        with postgres_server.schema() as url:
            yield from opened(cls, url, tmp_path_factory.mktemp("home"))
