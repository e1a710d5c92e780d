"""Secrets: encrypted in the file, and never without the key they were encrypted with."""

from __future__ import annotations

from contextlib import closing

import pytest

from tradewind.model.errors import HomeError
from tradewind.model.records import ConnectionRecord
from tradewind.store import open_store
from tradewind.store.sql.secrets import rotate_begin, rotate_end

KEY = "secret.key"


def reopen(home):
    return open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)


def test_secrets_are_not_in_the_file_and_need_their_key(store, home):
    store.set_variable("password", "hunter22")
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"hunter22" not in (home / "tradewind.db").read_bytes()
    key = (home / KEY).read_text()
    (home / KEY).unlink()
    with closing(reopen(home)) as again, pytest.raises(HomeError, match="is gone"):
        again.get_variable("password")
    (home / KEY).write_text("0" * 43 + "=\n")
    with closing(reopen(home)) as again, pytest.raises(HomeError, match="cannot be decrypted"):
        again.get_variable("password")
    (home / KEY).write_text(key)
    with closing(reopen(home)) as again:
        assert again.get_variable("password") == "hunter22"


@pytest.mark.parametrize("kind", ["variable", "connection"])
def test_a_key_that_is_gone_is_not_replaced_while_there_are_secrets(store, home, kind):
    if kind == "variable":
        store.set_variable("a", "1")
    else:
        store.set_connection(ConnectionRecord("a", password="1"))
    (home / KEY).unlink()
    with closing(reopen(home)) as again:
        with pytest.raises(HomeError, match="is gone"):
            again.set_variable("b", "2")
        assert not (home / KEY).exists()
        again.delete_variable("a")
        again.delete_connection("a")
        again.set_variable("b", "2")
        assert again.get_variable("b") == "2"


@pytest.mark.parametrize("text", ["", "no key\n"])
def test_a_key_file_without_a_key_is_named(home, text):
    (home / KEY).write_text(text)
    with closing(reopen(home)) as store, pytest.raises(HomeError, match="no valid key"):
        store.set_variable("a", "1")
    assert (home / KEY).read_text() == text


def test_a_new_key_leaves_no_other_file_behind(store, home):
    store.set_variable("a", "1")
    assert sorted(file.name for file in home.iterdir() if "secret" in file.name) == [KEY]


def test_the_home_is_made_for_the_key_where_the_database_is_elsewhere(tmp_path):
    home = tmp_path / "some" / "home"
    with closing(open_store(f"sqlite:///{tmp_path / 'elsewhere' / 'x.db'}", home=home)) as store:
        store.set_variable("a", "1")
    assert [file.name for file in home.iterdir()] == [KEY]
    assert (home.stat().st_mode & 0o777, (home / KEY).stat().st_mode & 0o777) == (0o700, 0o600)


def test_who_has_the_store_open_while_the_key_is_rotated(home):
    """Scenario: a scheduler runs on while somebody rotates the key. What it reads, and what it writes afterwards, has
    to be right with the new key alone."""
    url = f"sqlite:///{home / 'tradewind.db'}"
    with closing(open_store(url, home=home)) as running, closing(open_store(url, home=home)) as rotating:
        running.set_variable("a", "1")
        rotate_begin(home)
        assert running.get_variable("a") == "1"
        rotating.encrypt_anew()
        assert running.get_variable("a") == "1"
        rotate_end(home)
        running.set_variable("b", "2")
    with closing(open_store(url, home=home)) as after:
        assert (after.get_variable("a"), after.get_variable("b")) == ("1", "2")
