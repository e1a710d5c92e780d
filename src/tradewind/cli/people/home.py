"""Whom a command names."""

from __future__ import annotations

from tradewind.cli.home import Home
from tradewind.model.errors import NotFoundError
from tradewind.model.people import UserRecord


def user_named(home: Home, name: str) -> UserRecord:
    """Raises NotFoundError."""
    found = home.store.user_named(name)
    if found is None:
        names = ", ".join(user.name for user in home.store.users()[:20]) or "none yet"
        raise NotFoundError(f"there is no user {name!r}", hint=f"there are: {names}")
    return found
