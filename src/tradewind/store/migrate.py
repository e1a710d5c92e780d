"""Bringing an older database to head with Alembic, after a copy of the file was made. Imported only where needed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

MIGRATIONS = Path(__file__).parent / "migrations"


def is_newer(revision: str) -> bool:
    """A revision that this version's scripts do not know was written by a later version."""
    try:
        ScriptDirectory.from_config(config_for("sqlite://")).get_revision(revision)
    except CommandError:
        return True
    return False


def migrate(file: Path, *, from_revision: str) -> Path:
    """Upgrade to head; returns the backup that was made first."""
    backup = file.with_name(f"{file.name}.before-{from_revision}")
    with sqlite3.connect(file) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    command.upgrade(config_for(f"sqlite:///{file}"), "head")
    return backup


def config_for(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
