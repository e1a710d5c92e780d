"""What sessions, tokens and CSRF checks are made of: random words, of which the store keeps hashes alone.

They have 256 random bits, so that a plain SHA-256 is enough: there is nothing to guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets

TOKEN_PREFIX = "tw_"
"""So that scanners of repositories know one when they see it."""


def new_session() -> str:
    return secrets.token_urlsafe(32)


def new_token() -> tuple[str, str, str]:
    """Id (public), hash of the secret, and the whole token."""
    token_id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    return token_id, hashed(secret), f"{TOKEN_PREFIX}{token_id}_{secret}"


def split_token(token: str) -> tuple[str, str] | None:
    """Id and secret; None: it is none of ours."""
    if not token.startswith(TOKEN_PREFIX) or len(token) > 200 or not token.isascii():
        return None
    token_id, mark, secret = token.removeprefix(TOKEN_PREFIX).partition("_")
    return (token_id, secret) if mark else None


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def is_hash_of(secret: str, found: str) -> bool:
    return hmac.compare_digest(hashed(secret), found)


def csrf_of(session: str) -> str:
    """Bound to the session: nobody can make one without its cookie, and none is kept anywhere."""
    return hmac.new(session.encode(), b"tradewind csrf", hashlib.sha256).hexdigest()


def is_csrf_of(session: str, given: str) -> bool:
    return hmac.compare_digest(csrf_of(session).encode(), given.encode())
