"""Opening a database: a new one, from many processes at once, one that is not ours, and who may read its files."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.store.making import RUN, commit, created
from tradewind.model.errors import HomeError
from tradewind.store import open_store
from tradewind.store.sqlite.connection import HEAD

PROCESSES, HOMES = 12, 8
OPENER = """
import fcntl, sys
from pathlib import Path
from cryptography.fernet import Fernet
from tests.store.making import NOW, created
from tradewind.model.ids import RunKey
from tradewind.store import open_store
name = sys.argv[1]
print("ready", flush=True)
for home, gate in zip(sys.argv[2::2], sys.argv[3::2]):
    with open(gate) as file:
        fcntl.flock(file, fcntl.LOCK_SH)  # until the test opens it, for all at once
    store = open_store(f"sqlite:///{home}/tradewind.db", home=Path(home))
    store.commit([created(RunKey("d", name), None)], who=name, now=NOW)
    store.set_variable(name, f"secret of {name}")
    store.close()
    print("done", flush=True)
"""


def reopen(home):
    return open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)


def test_many_first_opens_at_once(tmp_path):
    """None fails, and all see one database and one key."""
    homes = [tmp_path / f"home {i}" for i in range(HOMES)]
    gates = [(tmp_path / f"gate {i}").open("w") for i in range(HOMES)]
    for gate in gates:
        fcntl.flock(gate, fcntl.LOCK_EX)
    places = [text for home, gate in zip(homes, gates, strict=True) for text in (str(home), gate.name)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    openers = [subprocess.Popen([sys.executable, "-c", OPENER, f"p{i}", *places], **pipes) for i in range(PROCESSES)]
    assert [opener.stdout.readline() for opener in openers] == ["ready\n"] * PROCESSES
    for gate in gates:
        gate.close()
        for opener in openers:
            assert opener.stdout.readline() == "done\n", opener.stderr.read()
    for opener in openers:
        opener.communicate(timeout=60)
    for home in homes:
        with closing(reopen(home)) as store:
            assert len(store.runs()) == PROCESSES
            assert {one.value for one in store.variables()} == {f"secret of p{i}" for i in range(PROCESSES)}
            assert (store.revision(), store.check()) == (HEAD, [])


def test_a_new_home_is_its_owners_alone(tmp_path):
    home = tmp_path / "not" / "there" / "yet"
    before = os.umask(0o000)
    try:
        with closing(reopen(home)) as store:
            commit(store, created())
            store.set_variable("a", "1")
            modes = {file.name: file.stat().st_mode & 0o777 for file in home.iterdir()}
    finally:
        os.umask(before)
    names = ("secret.key", "tradewind.db", "tradewind.db-shm", "tradewind.db-wal")
    assert modes == dict.fromkeys(names, 0o600)
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_home_that_is_there_keeps_its_mode(home):
    home.chmod(0o755)
    reopen(home).close()
    assert home.stat().st_mode & 0o777 == 0o755


def test_an_empty_file_becomes_a_database(home):
    (home / "tradewind.db").touch()
    with closing(reopen(home)) as store:
        assert store.revision() == HEAD


def test_in_memory_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with closing(open_store("sqlite:///:memory:", home=tmp_path)) as store:
        commit(store, created())
        assert store.run(RUN) is not None
    assert list(tmp_path.iterdir()) == []


def test_what_was_committed_is_there_after_reopening(store, home):
    commit(store, created())
    with closing(reopen(home)) as again:
        assert again.run(RUN) is not None


def test_sqlalchemy_is_not_imported_for_a_home_that_is_up_to_date(home):
    script = f"""
import sys
from pathlib import Path
from tradewind.store import open_store
for _ in range(2):
    open_store("sqlite:///{home}/x.db", home=Path("{home}")).close()
assert "sqlalchemy" not in sys.modules and "alembic" not in sys.modules and "cryptography" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_newer_database_is_refused(store, home):
    store.close()
    with closing(sqlite3.connect(home / "tradewind.db")) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(HomeError, match="newer version") as caught:
        reopen(home)
    assert "upgrade" in str(caught.value)


def test_a_file_that_is_no_database(home):
    (home / "tradewind.db").write_bytes(b"not a database at all, but long enough to look at" * 100)
    with pytest.raises(HomeError, match="not a SQLite database"):
        reopen(home)


@pytest.mark.parametrize(
    "theirs",
    ["CREATE TABLE theirs (x)", "CREATE TABLE alembic_version (version_num TEXT)"],
    ids=["tables", "tables that Alembic made"],
)
def test_somebody_elses_database(home, theirs):
    with closing(sqlite3.connect(home / "tradewind.db")) as raw, raw:
        raw.execute(theirs)
        if "alembic" in theirs:
            raw.execute("INSERT INTO alembic_version VALUES ('5f2621c13b39')")
    with pytest.raises(HomeError, match="not one of Tradewind's"):
        reopen(home)


def test_a_home_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeError, match="cannot be made"):
        reopen(tmp_path / "file" / "home")
