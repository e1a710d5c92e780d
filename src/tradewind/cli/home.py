"""What a command that runs nothing has open: the settings and the store. Light, so that lists answer at once."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from tradewind import settings as settings_module
from tradewind.settings import Settings

if TYPE_CHECKING:
    from tradewind.store.base import Store


class Home(Struct, frozen=True):
    settings: Settings
    store: "Store"  # noqa: UP037  # not imported at run time


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
def open_home() -> Generator[Home]:
    """This process's settings, and their store."""
    settings = settings_module.load()
    with opened_store(settings) as store:
        yield Home(settings, store)
