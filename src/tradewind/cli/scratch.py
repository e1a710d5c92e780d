"""A home that is gone afterwards: for runs that are to leave no trace."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tradewind.cli.home import opened_store
from tradewind.settings import Settings


@contextmanager
def scratch_home(settings: Settings, *, with_secrets: bool) -> Generator[Settings]:
    """The same settings with a new home, deleted in the end. `with_secrets`: it begins with the variables,
    connections and pools of the real one."""
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
        home = Path(folder)
        scratch = msgspec.structs.replace(
            settings, home=home, database_url=f"sqlite:///{home / 'tradewind.db'}", artifact_url=str(home / "artifacts")
        )
        if with_secrets:
            _copy_secrets(settings, scratch)
        yield scratch


def _copy_secrets(settings: Settings, scratch: Settings) -> None:
    with opened_store(settings) as real, opened_store(scratch) as store:
        for variable in real.variables():
            store.set_variable(variable.key, variable.value, variable.description)
        for connection in real.connections():
            store.set_connection(connection)
        for pool in real.pools():
            store.set_pool(pool)
