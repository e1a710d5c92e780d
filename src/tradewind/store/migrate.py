"""Bringing an older database to head with Alembic, after a copy of the file was made. Imported only where needed."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from tradewind.model.database_url import for_sqlalchemy, is_postgres, without_password
from tradewind.store.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"


def is_newer(revision: str) -> bool:
    """A revision that this version's scripts do not know was written by a later version."""
    try:
        ScriptDirectory.from_config(config_for("sqlite://")).get_revision(revision)
    except CommandError:
        return True
    return False


def migrate(file: Path, *, from_revision: str, to: str = "head") -> Path:
    """Upgrade to head, or downgrade to an earlier revision; returns the backup that was made first. Where another
    process was quicker, nothing is done.

    Raises StoreError where a revision fails: then the database is as it was."""
    backup = file.with_name(f"{file.name}.before-{from_revision}")
    with _alone(file):
        if _revision(file) == from_revision:
            _copy(file, backup)
            try:
                change = command.upgrade if to == "head" else command.downgrade
                change(config_for(f"sqlite:///{file}"), to)
            except Exception as error:
                raise StoreError(
                    f"{file} could not be changed from revision {from_revision} to {to}: {error}",
                    hint=f"nothing was changed, and a copy is in {backup}; please report this",
                ) from error
    return backup


def config_for(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@contextmanager
def _alone(file: Path) -> Generator[None]:
    """Of two processes that start at once after an upgrade one migrates; the other would copy what it left."""
    descriptor = os.open(file.with_name(f"{file.name}.migrating"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _revision(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def _copy(file: Path, backup: Path) -> None:
    os.close(os.open(backup, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)


# ------------------------------------------------------------------------------------------ PostgreSQL


def migrate_postgres(url: str, *, from_revision: str, to: str = "head") -> None:
    """Upgrade, or downgrade to an earlier revision, in one transaction; whoever comes second finds it done. No copy
    is made: back up with pg_dump first.

    Raises StoreError where a revision fails: then the database is as it was."""
    config = config_for(for_sqlalchemy(url))
    config.attributes["expected"] = from_revision
    step = command.upgrade if to == "head" else command.downgrade
    try:
        step(config, to)
    except Exception as error:
        raise StoreError(
            f"{without_password(url)} could not be changed from revision {from_revision} to {to}: {error}",
            hint="nothing was changed; please report this",
        ) from error


def downgrade(url: str, *, from_revision: str, to: str) -> Path | None:
    """To an earlier revision; returns the backup that was made of a SQLite database.

    Raises StoreError where there is no such revision, or it fails: then the database is as it was."""
    if is_newer(to) or to >= from_revision:
        raise StoreError(f"{to!r} is no revision before {from_revision}", hint=f"there are {', '.join(_revisions())}")
    if is_postgres(url):
        migrate_postgres(url, from_revision=from_revision, to=to)
        return None
    return migrate(Path(url.removeprefix("sqlite:///")), from_revision=from_revision, to=to)


def _revisions() -> list[str]:
    return sorted(script.revision for script in ScriptDirectory.from_config(config_for("sqlite://")).walk_revisions())
