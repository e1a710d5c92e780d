"""Signing in with a name and a password: throttled, of the same length whoever it is, each time with a new session."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from tradewind.api.access import throttle
from tradewind.api.access.passwords import is_right
from tradewind.api.access.secret_words import hashed, new_session, new_token
from tradewind.api.door import Client
from tradewind.api.problems import TooMany, Unauthorized
from tradewind.model.people import SessionRecord, TokenRecord, UserRecord
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
LOGIN_TOKEN_LASTS = timedelta(hours=24)
"""As long as Airflow's tokens."""


def check_password(store: Store, name: str, password: str, client: Client, now: datetime) -> UserRecord:
    """Raises Unauthorized, for any wrong pair in the same words; TooMany for who has guessed too often."""
    limits = throttle.subjects(name, client.address)
    left = throttle.wait(store.failures(limits), limits, now)
    if left > timedelta(0):
        seconds = int(left.total_seconds()) + 1
        raise TooMany(f"too many failed attempts; try again in {seconds} s", after_seconds=seconds)
    user = store.user_named(name)
    if not is_right(password, user.password_hash if user and user.is_active else "") or user is None:
        store.add_failure(limits, now=now)
        _log.warning("a failed attempt to sign in as %r from %s", name[:100], client.address)
        raise Unauthorized("no user has this name and password", hint="names and passwords are case-sensitive")
    store.clear_failures([subject for subject in limits if subject.startswith("pair ")])
    return user


def begin_session(store: Store, user: UserRecord, client: Client, agent: str, now: datetime) -> str:
    """What the cookie holds."""
    word = new_session()
    store.add_session(
        SessionRecord(
            session_id=hashed(word),
            user_id=user.user_id,
            created_at=now,
            seen_at=now,
            address=client.address,
            agent=agent[:200],
        )
    )
    return word


def login_token(store: Store, user: UserRecord, now: datetime, lasts: timedelta = LOGIN_TOKEN_LASTS) -> str:
    """A token that opens what its user may, for a day."""
    token_id, secret_hash, token = new_token()
    store.add_token(
        TokenRecord(
            token_id=token_id,
            user_id=user.user_id,
            kind="login",
            label="",
            secret_hash=secret_hash,
            scopes=None,
            created_at=now,
            expires_at=now + lasts,
        )
    )
    return token
