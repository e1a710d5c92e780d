"""Accounts are managed where the database is: whoever may read it needs no account."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from tradewind.cli.home import Home, open_home
from tradewind.model.errors import ConfigurationError, NotFoundError
from tradewind.model.people import UserRecord


@contextmanager
def local_home() -> Generator[Home]:
    """Raises ConfigurationError where the commands go to a server far away."""
    with open_home() as home:
        if home.remote is not None:
            raise ConfigurationError(
                "accounts of a server are not managed from afar on the command line",
                hint="open its user interface, Admin → Users; or run this on its machine, without TRADEWIND_URL",
            )
        yield home


def user_named(home: Home, name: str) -> UserRecord:
    """Raises NotFoundError."""
    found = home.store.user_named(name)
    if found is None:
        names = ", ".join(user.name for user in home.store.users()[:20]) or "none yet"
        raise NotFoundError(f"there is no user {name!r}", hint=f"there are: {names}")
    return found
