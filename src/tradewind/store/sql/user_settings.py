"""What users set for all DAGs: variables and connections (encrypted), and pools."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from tradewind.model.errors import TradewindError
from tradewind.model.records import ConnectionRecord, PoolRecord, VariableRecord
from tradewind.store.base import DEFAULT_POOL
from tradewind.store.sql.port import Database
from tradewind.store.sql.secrets import SecretBox

UPSERT_VARIABLE = """
INSERT INTO variable (key, value, description) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET
  value = excluded.value, description = coalesce(excluded.description, variable.description)"""
UPSERT_CONNECTION = """
INSERT INTO connection (conn_id, secret) VALUES (?, ?) ON CONFLICT (conn_id) DO UPDATE SET secret = excluded.secret"""
UPSERT_POOL = """
INSERT INTO pool (name, slots, description, include_deferred) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
  slots = excluded.slots, description = excluded.description, include_deferred = excluded.include_deferred"""


class UserSettings(Database):
    """A part of `SqlStore`; see `store.base.Store`."""

    def __init__(self, home: Path, *, default_pool_slots: int = 128) -> None:
        self._secrets = SecretBox(home, self._has_secrets)
        self._default_pool_slots = default_pool_slots

    def _has_secrets(self) -> bool:
        query = "SELECT EXISTS (SELECT 1 FROM variable) OR EXISTS (SELECT 1 FROM connection)"
        with self._reading() as connection:
            return bool(connection.execute(query).fetchone()[0])

    # ------------------------------------------------------------------------------------ variables

    def get_variable(self, key: str) -> str | None:
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM variable WHERE key = ?", (key,)).fetchone()
        return self._secrets.decrypt(row[0]) if row else None

    def set_variable(self, key: str, value: str, description: str | None = None) -> None:
        self.import_variables([VariableRecord(key, value, description)])

    def import_variables(self, variables: Iterable[VariableRecord]) -> None:
        with self._writing() as connection:  # encrypted inside: a rotation of the key comes before or after all of it
            rows = [(one.key, self._secrets.encrypt(one.value), one.description) for one in variables]
            connection.executemany(UPSERT_VARIABLE, rows)

    def delete_variable(self, key: str) -> bool:
        with self._writing() as connection:
            return connection.execute("DELETE FROM variable WHERE key = ?", (key,)).rowcount == 1

    def variables(self) -> list[VariableRecord]:
        with self._reading() as connection:
            rows = connection.execute("SELECT key, value, description FROM variable ORDER BY key").fetchall()
        return [VariableRecord(key, self._secrets.decrypt(token), description) for key, token, description in rows]

    # ------------------------------------------------------------------------------------ connections

    def get_connection(self, conn_id: str) -> ConnectionRecord | None:
        with self._reading() as connection:
            row = connection.execute("SELECT secret FROM connection WHERE conn_id = ?", (conn_id,)).fetchone()
        return self._connection_record(row[0]) if row else None

    def set_connection(self, connection: ConnectionRecord) -> None:
        self.import_connections([connection])

    def import_connections(self, connections: Iterable[ConnectionRecord]) -> None:
        with self._writing() as database:
            rows = [(one.conn_id, self._secrets.encrypt(msgspec.json.encode(one).decode())) for one in connections]
            database.executemany(UPSERT_CONNECTION, rows)

    def delete_connection(self, conn_id: str) -> bool:
        with self._writing() as connection:
            return connection.execute("DELETE FROM connection WHERE conn_id = ?", (conn_id,)).rowcount == 1

    def connections(self) -> list[ConnectionRecord]:
        with self._reading() as connection:
            rows = connection.execute("SELECT secret FROM connection ORDER BY conn_id").fetchall()
        return [self._connection_record(token) for (token,) in rows]

    def _connection_record(self, token: str) -> ConnectionRecord:
        return msgspec.json.decode(self._secrets.decrypt(token), type=ConnectionRecord)

    # ------------------------------------------------------------------------------------ pools

    def pools(self) -> list[PoolRecord]:
        with self._reading() as connection:
            rows = connection.execute("SELECT name, slots, description, include_deferred FROM pool ORDER BY name")
            found = [PoolRecord(name, slots, text, bool(deferred)) for name, slots, text, deferred in rows]
        if not any(pool.name == DEFAULT_POOL for pool in found):
            found.insert(0, PoolRecord(DEFAULT_POOL, self._default_pool_slots, "tasks that name no pool"))
        return found

    def set_pool(self, pool: PoolRecord) -> None:
        self.import_pools([pool])

    def import_pools(self, pools: Iterable[PoolRecord]) -> None:
        rows = [(one.name, one.slots, one.description, int(one.include_deferred)) for one in pools]
        with self._writing() as connection:
            connection.executemany(UPSERT_POOL, rows)

    def delete_pool(self, name: str) -> bool:
        if name == DEFAULT_POOL:
            raise TradewindError(f"{DEFAULT_POOL} cannot be deleted", hint="set its slots instead: -1 is endless")
        with self._writing() as connection:
            return connection.execute("DELETE FROM pool WHERE name = ?", (name,)).rowcount == 1
