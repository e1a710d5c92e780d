"""Facet `People` over any SQL driver: accounts, who is signed in, what is sealed, and whether the audit is whole."""

from __future__ import annotations

from tradewind.model.people import ChainReport
from tradewind.store.sql import audit_chain
from tradewind.store.sql.accounts import SqlAccounts
from tradewind.store.sql.signins import SqlSignins
from tradewind.store.sql.user_settings import UserSettings


class SqlPeople(SqlAccounts, SqlSignins, UserSettings):
    """See `store.facets.people.People`."""

    def seal(self, text: str) -> str:
        return self._secrets.encrypt(text)

    def unseal(self, sealed: str, *, max_age_seconds: int) -> str | None:
        return self._secrets.unseal(sealed, max_age_seconds)

    def encrypt_anew(self) -> int:
        with self._writing() as connection:
            count = 0
            for table, column, key in (("variable", "value", "key"), ("connection", "secret", "conn_id")):
                rows = connection.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key} /* lock */").fetchall()
                connection.executemany(
                    f"UPDATE {table} SET {column} = ? WHERE {key} = ?",
                    [(self._secrets.encrypt(self._secrets.decrypt(token)), name) for name, token in rows],
                )
                count += len(rows)
            return count

    def verify_audit(self, *, newest: int | None = None) -> ChainReport:
        with self._reading_at_once() as connection:
            return audit_chain.verify(connection, newest)

    def has_audit_hash(self, digest: str) -> bool:
        with self._reading() as connection:
            return connection.execute("SELECT 1 FROM audit WHERE hash = ?", (digest,)).fetchone() is not None
