"""A home to put a store in."""

import pytest

from tradewind.store import open_store

pytest.register_assert_rewrite(
    *(
        f"tests.store.conformance_{part}"
        for part in ("runs", "states", "values", "ownership", "keeping", "dags", "settings")
    )
)


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "a home with spaces ä"
    folder.mkdir()
    return folder


@pytest.fixture
def store(home):
    """SQLite's; the conformance suite has one of its own for each back end."""
    opened = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    yield opened
    opened.close()
