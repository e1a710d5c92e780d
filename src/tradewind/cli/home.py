"""What a command that runs nothing has open: the settings and the store. Light, so that lists answer at once."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from tradewind import settings as settings_module
from tradewind.cli.remote.target import Remote, remote
from tradewind.settings import Settings

if TYPE_CHECKING:
    from tradewind.cli.remote.store import RemoteStore
    from tradewind.store.base import Store


class Home(Struct, frozen=True):
    settings: Settings
    store: "Store"  # noqa: UP037  # not imported at run time
    remote: "RemoteStore | None" = None  # noqa: UP037
    """The store once more, where it is a server's: for what is done otherwise there."""


@contextmanager
def opened_store(settings: Settings) -> Generator[Store]:
    """The store alone, for commands that run nothing."""
    from tradewind.store import open_store  # sqlite3 and its room: not for `--help`

    store = open_store(settings.database_url, home=settings.home, default_pool_slots=settings.default_pool_slots)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_home(*, timeout_seconds: float | None = None) -> Generator[Home]:
    """This process's settings, and their store; or that of a server, where one is named (`remote.target`)."""
    settings = settings_module.load()
    found = remote(settings.home)
    if found is not None:
        with _of_server(settings, found, timeout_seconds) as home:
            yield home
        return
    with opened_store(settings) as store:
        yield Home(settings, store)


@contextmanager
def _of_server(settings: Settings, found: Remote, timeout_seconds: float | None) -> Generator[Home]:
    from tradewind.cli.remote.client import TIMEOUT_SECONDS, Client  # HTTP: only for a server
    from tradewind.cli.remote.store import RemoteStore

    store = RemoteStore(Client(found, timeout_seconds=timeout_seconds or TIMEOUT_SECONDS))
    try:
        yield Home(settings, cast("Store", store), store)
    finally:
        store.close()
