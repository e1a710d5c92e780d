"""A home to put a store in."""

from pathlib import Path

import pytest

from tradewind.store import open_store

pytest.register_assert_rewrite(
    *(f"tests.store.{file.stem}" for file in sorted(Path(__file__).parent.glob("conformance_*.py")))
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
