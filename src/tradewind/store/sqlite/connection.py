"""Opening the database file, and turning SQLite's errors into ours."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Generator
from importlib import resources
from pathlib import Path

from tradewind.store.errors import StoreError
from tradewind.store.folder import make_folder

BUSY_TIMEOUT_SECONDS = 30.0
LOCKED_PAUSE_SECONDS = 0.005
IN_MEMORY = ":memory:"
HEAD = "0010"
"""Revision that `schema.sql` and this code are at; the newest file in migrations/versions."""
_OWN = 0x7477  # "tw": marks a database file as ours (PRAGMA application_id)


def open_database(file: Path, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> sqlite3.Connection:
    """A connection to the database at head: a new file is created, an older one migrated.

    Raises HomeError: not ours, corrupt, from a newer version, not writable, locked, disk full."""
    if str(file) != IN_MEMORY:
        make_folder(file.parent)
        _make_file(file)
    with readable_errors(file):
        connection = sqlite3.connect(
            file, timeout=busy_timeout_seconds, isolation_level=None, cached_statements=256, check_same_thread=False
        )
        try:
            _set_up(connection, busy_timeout_seconds)
            _bring_to_head(connection, file)
        except BaseException:
            connection.close()
            raise
    return connection


def _make_file(file: Path) -> None:
    """Its -wal and -shm files get the mode of the file itself, so that it has to be private from the start. Only ever
    opened to create it: closing a descriptor of a database drops the locks that this process has on it."""
    with contextlib.suppress(OSError):  # it exists, or SQLite says better what is wrong
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _set_up(connection: sqlite3.Connection, busy_timeout_seconds: float) -> None:
    _to_wal(connection, time.monotonic() + busy_timeout_seconds)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")


def _to_wal(connection: sqlite3.Connection, deadline: float) -> None:
    """Changing the mode needs the file for itself and does not wait for it: of several first opens all but one are
    told that it is locked, at once."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            is_locked = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not is_locked or time.monotonic() > deadline:
                raise
        time.sleep(LOCKED_PAUSE_SECONDS)


def _bring_to_head(connection: sqlite3.Connection, file: Path) -> None:
    revision = revision_of(connection)
    if revision is None:
        _create_if_empty(connection)
        revision = revision_of(connection)
    if revision == HEAD:
        return
    if revision is None or connection.execute("PRAGMA application_id").fetchone() != (_OWN,):
        raise StoreError(
            f"{file} is a database, but not one of Tradewind's", hint="set TRADEWIND_HOME to another folder"
        )
    from tradewind.store.migrate import is_newer, migrate  # Alembic costs 0.6 s: only where there is something to do

    if is_newer(revision):
        raise StoreError(
            f"{file} was written by a newer version of Tradewind (revision {revision}, this one knows {HEAD})",
            hint="upgrade Tradewind, or set TRADEWIND_HOME to another folder",
        )
    migrate(file, from_revision=revision)


def _create_if_empty(connection: sqlite3.Connection) -> None:
    """Decided with the write lock held: of several first opens one makes the tables, the others find them made. (The
    file's size says nothing: it grows before the tables are committed.)"""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            script = resources.files("tradewind.store.sqlite").joinpath("schema.sql").read_text()
            for statement in statements(script):
                connection.execute(statement)
            connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            connection.execute(f"PRAGMA application_id = {_OWN}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(script: str) -> list[str]:
    """Of a script, one by one."""
    lines = [line for line in script.splitlines() if not line.startswith("--")]
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]


def revision_of(connection: sqlite3.Connection) -> str | None:
    """Revision of the schema; None where there is none."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return row[0] if row else None


@contextlib.contextmanager
def readable_errors(file: Path) -> Generator[None]:
    """SQLite's errors as StoreErrors that say what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise _explained(error, file) from error


def _explained(error: sqlite3.DatabaseError, file: Path) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    message, hint = _STORIES.get(code, (f"cannot be used: {error}", "see `tradewind db check`"))
    return StoreError(f"the database {file} {message}", hint=hint, may_pass=code in _MAY_PASS)


_STORIES: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_NOTADB: ("is not a SQLite database", "move the file away; a new one is made"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "restore a backup, or move it away; `tradewind db check` says more"),
    sqlite3.SQLITE_BUSY: ("is locked by another process", "wait, or end the process that holds it"),
    sqlite3.SQLITE_LOCKED: ("is locked by another process", "wait, or end the process that holds it"),
    sqlite3.SQLITE_READONLY: ("cannot be written", "give this user the right to write it, or set TRADEWIND_HOME"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "give this user the right to read and write its folder"),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "free some space; nothing that was committed is lost"),
    sqlite3.SQLITE_IOERR: ("cannot be read or written", "look at the disk it lies on"),
}
_MAY_PASS = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
