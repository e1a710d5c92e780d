"""Users and the roles that somebody made. A part of facet `People`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from tradewind.model.errors import NotFoundError
from tradewind.model.people import GrantRecord, NewUser, RoleRecord, UserChanges, UserRecord
from tradewind.store.errors import LastAdminError, TakenError
from tradewind.store.sql.coding import encode_json, from_micros, instant, to_micros
from tradewind.store.sql.port import Connection, Database

ADMIN = "admin"
"""The role of which somebody has to be left."""
COLUMNS = (
    "id, name, email, roles, is_active, comes_from, subject, password_hash, must_change_password, created_at, seen_at"
)
SELECT = f"SELECT {COLUMNS} FROM account"
INSERT = """
INSERT INTO account
  (name, email, roles, comes_from, subject, password_hash, must_change_password, created_at, is_active)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING"""
UPDATE = """
UPDATE account SET email = ?, roles = ?, is_active = ?, password_hash = ?, must_change_password = ? WHERE id = ?"""
_NAMES = msgspec.json.Decoder(tuple[str, ...])
_GRANTS = msgspec.json.Decoder(tuple[GrantRecord, ...])


class SqlAccounts(Database):
    """See `store.facets.people.People`."""

    def create_user(self, user: NewUser, *, now: datetime) -> UserRecord:
        with self._writing() as connection:
            return _insert(connection, user, now)

    def create_first_user(self, user: NewUser, *, now: datetime) -> UserRecord | None:
        with self._writing() as connection:
            rows = connection.execute("SELECT roles FROM account").fetchall()
            if any(ADMIN in _NAMES.decode(raw) for (raw,) in rows):
                return None
            return _insert(connection, user, now)

    def user(self, user_id: int) -> UserRecord | None:
        return self._user("id = ?", user_id)

    def user_named(self, name: str) -> UserRecord | None:
        return self._user("name = ?", name)

    def user_of_subject(self, subject: str) -> UserRecord | None:
        return self._user("subject = ?", subject)

    def users(self) -> list[UserRecord]:
        with self._reading() as connection:
            return [record(row) for row in connection.execute(f"{SELECT} ORDER BY name")]

    def change_user(self, user_id: int, changes: UserChanges, *, keep_session: str | None = None) -> None:
        with self._writing() as connection:
            old = _found(connection, user_id)
            new = _changed(old, changes)
            connection.execute(
                UPDATE,
                (
                    new.email,
                    encode_json(new.roles),
                    int(new.is_active),
                    new.password_hash,
                    int(new.must_change_password),
                    user_id,
                ),
            )
            _check_admins(connection, old)
            if changes.password_hash is not None or changes.is_active is False:
                _sign_out(connection, user_id, keep_session)

    def delete_user(self, user_id: int) -> None:
        with self._writing() as connection:
            old = _found(connection, user_id)
            connection.execute("DELETE FROM account WHERE id = ?", (user_id,))
            _check_admins(connection, old)

    def roles(self) -> list[RoleRecord]:
        with self._reading() as connection:
            rows = connection.execute("SELECT name, grants FROM role ORDER BY name").fetchall()
        return [RoleRecord(name, _GRANTS.decode(grants)) for name, grants in rows]

    def set_role(self, role: RoleRecord) -> None:
        query = (
            "INSERT INTO role (name, grants) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET grants = excluded.grants"
        )
        with self._writing() as connection:
            connection.execute(query, (role.name, msgspec.json.encode(role.grants)))

    def delete_role(self, name: str) -> bool:
        with self._writing() as connection:
            if connection.execute("DELETE FROM role WHERE name = ?", (name,)).rowcount != 1:
                return False
            for user_id, raw in connection.execute("SELECT id, roles FROM account").fetchall():
                names = _NAMES.decode(raw)
                if name in names:
                    kept = encode_json([one for one in names if one != name])
                    connection.execute("UPDATE account SET roles = ? WHERE id = ?", (kept, user_id))
            return True

    def _user(self, where: str, value: object) -> UserRecord | None:
        with self._reading() as connection:
            row = connection.execute(f"{SELECT} WHERE {where}", (value,)).fetchone()
        return record(row) if row else None


def record(row: Any) -> UserRecord:
    """Of `COLUMNS`."""
    return UserRecord(
        user_id=row[0],
        name=row[1],
        email=row[2],
        roles=_NAMES.decode(row[3]),
        is_active=bool(row[4]),
        comes_from=row[5],
        subject=row[6],
        password_hash=row[7],
        must_change_password=bool(row[8]),
        created_at=instant(row[9]),
        seen_at=from_micros(row[10]),
    )


def _insert(connection: Connection, user: NewUser, now: datetime) -> UserRecord:
    row = (user.name, user.email, encode_json(user.roles), user.comes_from, user.subject, user.password_hash)
    if connection.execute(INSERT, (*row, int(user.must_change_password), to_micros(now))).rowcount != 1:
        raise TakenError(f"there is a user {user.name!r} already", hint="choose another name")
    return record(connection.execute(f"{SELECT} WHERE name = ?", (user.name,)).fetchone())


def _found(connection: Connection, user_id: int) -> UserRecord:
    row = connection.execute(f"{SELECT} WHERE id = ?", (user_id,)).fetchone()
    if row is None:
        raise NotFoundError(f"there is no user {user_id}")
    return record(row)


def _changed(old: UserRecord, changes: UserChanges) -> UserRecord:
    given = {name: value for name in changes.__struct_fields__ if (value := getattr(changes, name)) is not None}
    return msgspec.structs.replace(old, **given)


def _check_admins(connection: Connection, old: UserRecord) -> None:
    """After a change, within its transaction: who was no admin took none away."""
    if not old.is_active or ADMIN not in old.roles:
        return
    rows = connection.execute("SELECT roles FROM account WHERE is_active = 1").fetchall()
    if not any(ADMIN in _NAMES.decode(raw) for (raw,) in rows):
        raise LastAdminError(
            f"{old.name} is the last active user with the role {ADMIN}", hint="give somebody else the role first"
        )


def _sign_out(connection: Connection, user_id: int, keep_session: str | None) -> None:
    connection.execute("DELETE FROM session WHERE account = ? AND session_id != ?", (user_id, keep_session or ""))
    connection.execute("DELETE FROM api_token WHERE account = ? AND kind = 'login'", (user_id,))
