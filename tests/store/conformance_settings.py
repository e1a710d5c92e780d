"""Variables, connections and pools."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.model.errors import TradewindError
from tradewind.model.records import ConnectionRecord, PoolRecord, VariableRecord


class SettingsOfUsers:
    def test_variables(self, store):
        store.set_variable("k", "secret ü", "what for")
        store.set_variable("k", "new")
        assert store.get_variable("k") == "new"
        assert store.variables()[0].description == "what for"
        assert store.delete_variable("k")
        assert not store.delete_variable("k")
        assert store.get_variable("k") is None

    def test_connections(self, store):
        full = ConnectionRecord("c", "http", "d", "h", "s", "l", "p", 80, '{"a": 1}')
        store.set_connection(full)
        assert store.get_connection("c") == full
        assert store.connections() == [full]
        assert store.delete_connection("c")

    def test_pools(self, store):
        assert [pool.name for pool in store.pools()] == ["default_pool"]
        store.set_pool(PoolRecord("gpu", 2, "cards", include_deferred=True))
        store.set_pool(PoolRecord("default_pool", 5))
        assert {pool.name: pool.slots for pool in store.pools()} == {"default_pool": 5, "gpu": 2}
        assert store.delete_pool("gpu")
        with pytest.raises(TradewindError, match="default_pool"):
            store.delete_pool("default_pool")

    def test_an_import_is_all_or_none(self, store):
        store.import_variables([VariableRecord("a", "1"), VariableRecord("b", "2", "what for")])
        store.import_connections([ConnectionRecord("c"), ConnectionRecord("d", "http")])
        store.import_pools([PoolRecord("p", 1), PoolRecord("q", -1)])
        nothing: Any = None
        for refused in (
            lambda: store.import_variables([VariableRecord("a", "new"), VariableRecord("x", nothing)]),
            lambda: store.import_connections([ConnectionRecord("x"), nothing]),
            lambda: store.import_pools([PoolRecord("p", 99), PoolRecord("x", nothing)]),
        ):
            with pytest.raises(Exception):  # noqa: B017, PT011  # whatever it is, nothing is written
                refused()
        assert [(one.key, one.value) for one in store.variables()] == [("a", "1"), ("b", "2")]
        assert [one.conn_id for one in store.connections()] == ["c", "d"]
        assert {one.name: one.slots for one in store.pools()} == {"default_pool": 128, "p": 1, "q": -1}
