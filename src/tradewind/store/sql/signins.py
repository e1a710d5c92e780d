"""Sessions of browsers, tokens, and failed attempts to sign in. A part of facet `People`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tradewind.model.people import FailureRecord, GrantRecord, SessionRecord, TokenRecord, UserRecord
from tradewind.store.sql import accounts
from tradewind.store.sql.coding import encode_json, from_micros, instant, to_micros
from tradewind.store.sql.port import Database

_ACCOUNT = ", ".join(f"a.{name.strip()}" for name in accounts.COLUMNS.split(","))
SELECT_SESSION = f"""
SELECT s.session_id, s.account, s.created_at, s.seen_at, s.address, s.agent, {_ACCOUNT}
FROM session s JOIN account a ON a.id = s.account WHERE s.session_id = ?"""
INSERT_SESSION = """
INSERT INTO session (session_id, account, created_at, seen_at, address, agent) VALUES (?, ?, ?, ?, ?, ?)"""
_TOKEN = "token_id, account, kind, label, secret_hash, scopes, created_at, expires_at, seen_at, revoked_at"
_OF_TOKEN = ", ".join(f"t.{name.strip()}" for name in _TOKEN.split(","))
_TOKEN_WIDTH = _TOKEN.count(",") + 1
SELECT_TOKEN = f"""
SELECT {_OF_TOKEN}, {_ACCOUNT} FROM api_token t JOIN account a ON a.id = t.account WHERE t.token_id = ?"""
SELECT_TOKENS = f"""
SELECT {_OF_TOKEN}, a.name FROM api_token t JOIN account a ON a.id = t.account
WHERE t.kind = 'api' AND (?1 = 0 OR t.account = ?1) ORDER BY t.created_at DESC, t.token_id"""
INSERT_TOKEN = f"INSERT INTO api_token ({_TOKEN}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ADD_FAILURE = """
INSERT INTO signin_failure (subject, failures, failed_at) VALUES (?1, 1, ?2) ON CONFLICT (subject) DO UPDATE SET
  failures = CASE WHEN signin_failure.failed_at < ?3 THEN 1 ELSE signin_failure.failures + 1 END,
  failed_at = excluded.failed_at"""
_GRANTS = msgspec.json.Decoder(tuple[GrantRecord, ...])
FAILURES_COUNT_FOR = timedelta(days=1)


class SqlSignins(Database):
    """See `store.facets.people.People`."""

    def add_session(self, session: SessionRecord) -> None:
        times = (to_micros(session.created_at), to_micros(session.seen_at))
        with self._writing() as connection:
            connection.execute(
                INSERT_SESSION, (session.session_id, session.user_id, *times, session.address, session.agent)
            )
            connection.execute("UPDATE account SET seen_at = ? WHERE id = ?", (times[1], session.user_id))

    def session(self, session_id: str) -> tuple[SessionRecord, UserRecord] | None:
        with self._reading() as connection:
            row = connection.execute(SELECT_SESSION, (session_id,)).fetchone()
        if row is None:
            return None
        found = SessionRecord(
            session_id=row[0],
            user_id=row[1],
            created_at=instant(row[2]),
            seen_at=instant(row[3]),
            address=row[4],
            agent=row[5],
        )
        return found, accounts.record(row[6:])

    def touch_session(self, session_id: str, *, now: datetime) -> None:
        at = to_micros(now)
        with self._writing() as connection:
            connection.execute("UPDATE session SET seen_at = ? WHERE session_id = ?", (at, session_id))
            connection.execute(
                "UPDATE account SET seen_at = ? WHERE id IN (SELECT account FROM session WHERE session_id = ?)",
                (at, session_id),
            )

    def end_session(self, session_id: str) -> bool:
        with self._writing() as connection:
            return connection.execute("DELETE FROM session WHERE session_id = ?", (session_id,)).rowcount == 1

    def add_token(self, token: TokenRecord) -> None:
        scopes = None if token.scopes is None else msgspec.json.encode(token.scopes)
        times = (token.created_at, token.expires_at, token.seen_at, token.revoked_at)
        row = (token.token_id, token.user_id, token.kind, token.label, token.secret_hash, scopes)
        with self._writing() as connection:
            connection.execute(INSERT_TOKEN, (*row, *map(to_micros, times)))

    def token(self, token_id: str) -> tuple[TokenRecord, UserRecord] | None:
        with self._reading() as connection:
            row = connection.execute(SELECT_TOKEN, (token_id,)).fetchone()
        return (_token(row), accounts.record(row[_TOKEN_WIDTH:])) if row else None

    def tokens(self, user_id: int | None = None) -> list[tuple[TokenRecord, str]]:
        with self._reading() as connection:
            return [(_token(row), row[_TOKEN_WIDTH]) for row in connection.execute(SELECT_TOKENS, (user_id or 0,))]

    def touch_token(self, token_id: str, *, now: datetime) -> None:
        with self._writing() as connection:
            connection.execute("UPDATE api_token SET seen_at = ? WHERE token_id = ?", (to_micros(now), token_id))

    def revoke_token(self, token_id: str, *, now: datetime) -> bool:
        query = "UPDATE api_token SET revoked_at = ? WHERE token_id = ? AND revoked_at IS NULL"
        with self._writing() as connection:
            return connection.execute(query, (to_micros(now), token_id)).rowcount == 1

    def forget_signins(self, *, sessions_before: datetime, unseen_before: datetime, now: datetime) -> None:
        ends = (to_micros(sessions_before), to_micros(unseen_before))
        with self._writing() as connection:
            connection.execute("DELETE FROM session WHERE created_at < ? OR seen_at < ?", ends)
            connection.execute("DELETE FROM api_token WHERE kind = 'login' AND expires_at < ?", (to_micros(now),))
            connection.execute("DELETE FROM signin_failure WHERE failed_at < ?", (to_micros(now - FAILURES_COUNT_FOR),))

    def failures(self, subjects: Collection[str]) -> dict[str, FailureRecord]:
        query = """
            SELECT subject, failures, failed_at FROM signin_failure
            WHERE subject IN (SELECT value FROM json_each(?))"""
        with self._reading() as connection:
            rows = connection.execute(query, (encode_json(list(subjects)).decode(),)).fetchall()
        return {subject: FailureRecord(failures, instant(at)) for subject, failures, at in rows}

    def add_failure(self, subjects: Collection[str], *, now: datetime) -> None:
        too_old = to_micros(now - FAILURES_COUNT_FOR)
        with self._writing() as connection:
            connection.executemany(ADD_FAILURE, [(one, to_micros(now), too_old) for one in sorted(subjects)])

    def clear_failures(self, subjects: Collection[str]) -> None:
        with self._writing() as connection:
            connection.executemany("DELETE FROM signin_failure WHERE subject = ?", [(one,) for one in sorted(subjects)])


def _token(row: Any) -> TokenRecord:
    return TokenRecord(
        token_id=row[0],
        user_id=row[1],
        kind=row[2],
        label=row[3],
        secret_hash=row[4],
        scopes=None if row[5] is None else _GRANTS.decode(row[5]),
        created_at=instant(row[6]),
        expires_at=from_micros(row[7]),
        seen_at=from_micros(row[8]),
        revoked_at=from_micros(row[9]),
    )
