"""SQLite does what every store must do."""

from tests.store.conformance import StoreConformance
from tradewind.store import open_store


class TestSqlite(StoreConformance):
    def open(self, home):
        return open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
