"""Who calls: by bearer token or by the session cookie of a browser. Looked up at each call, so that a session that was
ended or a token that was revoked opens nothing from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.requests import Request

from tradewind.api.access.cookies import CSRF_HEADER, SESSION
from tradewind.api.access.rights import Grant, Identity
from tradewind.api.access.roles import BUILT_IN, from_records, grants_of
from tradewind.api.access.secret_words import hashed, is_csrf_of, is_hash_of, split_token
from tradewind.api.problems import Forbidden, Unauthorized
from tradewind.model.people import SessionRecord, TokenRecord, UserRecord
from tradewind.settings import Settings
from tradewind.store.base import Store

TOUCH_EVERY = timedelta(minutes=1)
"""How exactly it is known when somebody was last there: each call would be a write otherwise."""
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class Authenticator:
    def __init__(self, settings: Settings, store: Callable[[], Store]) -> None:
        self._store = store
        self.idle = timedelta(hours=settings.api.session_idle_hours)
        self.longest = timedelta(hours=settings.api.session_hours)

    def identity(self, request: Request, now: datetime) -> Identity:
        """Runs in a thread of the pool.

        Raises Unauthorized; Forbidden for a cookie without its CSRF token on a call that changes something."""
        kind, _, word = request.headers.get("authorization", "").partition(" ")
        if kind:
            if kind.lower() != "bearer":
                raise Unauthorized(f"{kind[:20]!r} is no way to sign in here", hint="send `Authorization: Bearer …`")
            return self._of_token(word.strip(), now)
        if session := request.cookies.get(SESSION):
            found = self._of_session(session, now)
            if request.method not in HARMLESS and not is_csrf_of(session, request.headers.get(CSRF_HEADER, "")):
                raise Forbidden(
                    "the call came without the page's CSRF token", hint=f"send the cookie's in {CSRF_HEADER}"
                )
            return found
        raise Unauthorized("nobody is signed in", hint="sign in, or send `Authorization: Bearer <token>`")

    def is_still(self, who: Identity, now: datetime) -> bool:
        """For streams that stay open: whether their caller could call again, with the same rights."""
        try:
            if who.session_id is not None:
                return self._session(who.session_id, now) == who
            return who.token_id is not None and self._token(who.token_id, now) == who
        except Unauthorized:
            return False

    # ------------------------------------------------------------------------------------ sessions

    def _of_session(self, cookie: str, now: datetime) -> Identity:
        return self._session(hashed(cookie), now)

    def _session(self, session_id: str, now: datetime) -> Identity:
        found = self._store().session(session_id)
        if found is None or not self.is_open(found[0], now) or not found[1].is_active:
            raise Unauthorized("the session is over", hint="sign in again")
        session, user = found
        if now - session.seen_at > TOUCH_EVERY:
            self._store().touch_session(session_id, now=now)
        return self._identity(user, session_id=session_id)

    def is_open(self, session: SessionRecord, now: datetime) -> bool:
        return now - session.created_at < self.longest and now - session.seen_at < self.idle

    # ------------------------------------------------------------------------------------ tokens

    def _of_token(self, word: str, now: datetime) -> Identity:
        parts = split_token(word)
        found = self._store().token(parts[0]) if parts else None
        if parts is None or found is None or not is_hash_of(parts[1], found[0].secret_hash):
            raise Unauthorized("the token is none of this server's", hint="make one: tradewind tokens create")
        return self._token(parts[0], now)

    def _token(self, token_id: str, now: datetime) -> Identity:
        found = self._store().token(token_id)
        if found is None or not is_usable(found[0], now) or not found[1].is_active:
            raise Unauthorized("the token has expired or was revoked", hint="make another: tradewind tokens create")
        token, user = found
        if token.seen_at is None or now - token.seen_at > TOUCH_EVERY:
            self._store().touch_token(token_id, now=now)
        return self._identity(user, token=token)

    def _identity(
        self, user: UserRecord, *, session_id: str | None = None, token: TokenRecord | None = None
    ) -> Identity:
        scopes = None if token is None or token.scopes is None else from_records(token.scopes)
        return Identity(
            user_id=user.user_id,
            name=user.name,
            roles=user.roles,
            grants=self.grants_of(user),
            scopes=scopes,
            session_id=session_id,
            token_id=None if token is None else token.token_id,
            must_change_password=user.must_change_password,
        )

    def grants_of(self, user: UserRecord) -> tuple[Grant, ...]:
        own = () if all(name in BUILT_IN for name in user.roles) else self._store().roles()
        return grants_of(user.roles, own)

    def grants_of_role(self, name: str) -> tuple[Grant, ...]:
        return grants_of((name,), self._store().roles())


def is_usable(token: TokenRecord, now: datetime) -> bool:
    return token.revoked_at is None and (token.expires_at is None or now < token.expires_at)
