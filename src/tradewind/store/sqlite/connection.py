"""Opening the database file, and turning SQLite's errors into ours."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Generator
from importlib import resources
from pathlib import Path

from tradewind.model.errors import HomeError
from tradewind.store.errors import StoreError

BUSY_TIMEOUT_SECONDS = 30.0
HEAD = "0001"
"""Revision that `schema.sql` and this code are at; the newest file in migrations/versions."""
_OWN = 0x7477  # "tw": marks a database file as ours (PRAGMA application_id)


def open_database(file: Path, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> sqlite3.Connection:
    """A connection to the database at head: a new file is created, an older one migrated.

    Raises HomeError: not ours, corrupt, from a newer version, not writable, locked, disk full."""
    _make_folder(file.parent)
    is_new = not file.exists() or file.stat().st_size == 0
    with readable_errors(file):
        connection = _connect(file, busy_timeout_seconds)
        try:
            if is_new:
                _create(connection)
            _bring_to_head(connection, file)
        except BaseException:
            connection.close()
            raise
    if is_new:
        with contextlib.suppress(OSError):
            file.chmod(0o600)
    return connection


def _connect(file: Path, busy_timeout_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        file, timeout=busy_timeout_seconds, isolation_level=None, cached_statements=256, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """Two processes may do this at once: whoever comes second finds it done."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'run'").fetchone():
            script = resources.files("tradewind.store.sqlite").joinpath("schema.sql").read_text()
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            connection.execute(f"PRAGMA application_id = {_OWN}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    lines = [line for line in script.splitlines() if not line.startswith("--")]
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]


def _bring_to_head(connection: sqlite3.Connection, file: Path) -> None:
    revision = revision_of(connection)
    if revision == HEAD:
        return
    if revision is None:
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


def revision_of(connection: sqlite3.Connection) -> str | None:
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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        reasons = {errno.EROFS: "the file system is read-only", errno.ENOSPC: "the disk is full"}
        reason = reasons.get(error.errno or 0, os.strerror(error.errno or 0))
        raise HomeError(
            f"the home folder {folder} cannot be made: {reason}", hint="set TRADEWIND_HOME to a folder you may write"
        ) from error
