"""Lists of a SQLite home."""

from __future__ import annotations

import pytest

from tests.store.browse.conformance import BrowseConformance, opened
from tradewind.store.browse import Browser, Query
from tradewind.store.browse.listings import RUNS
from tradewind.store.errors import StoreError


class TestSqlite(BrowseConformance):
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _database(cls, tmp_path_factory):
        home = tmp_path_factory.mktemp("a home with spaces ä?#%41", numbered=True)
        yield from opened(cls, f"sqlite:///{home / 'tradewind.db'}", home)


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    browser = Browser.open(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(StoreError):
        browser.page(RUNS, Query(), None)
    assert not (tmp_path / "none.db").exists()
