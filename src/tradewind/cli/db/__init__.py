"""`tradewind db`: the metadata database."""

from __future__ import annotations

import click

from tradewind.cli import old_words
from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "init": ("tradewind.cli.db.migrate:init", "Create the database, where it is not there yet."),
    "migrate": ("tradewind.cli.db.migrate:migrate", "Bring the database to this version."),
    "downgrade": ("tradewind.cli.db.migrate:downgrade", "Bring the database back to an earlier revision."),
    "check": ("tradewind.cli.db.check:check", "Look for damage in the database and for missing values."),
    "clean": ("tradewind.cli.db.clean:clean", "Delete old runs with their logs and values."),
    "export": ("tradewind.cli.db.move:export_database", "Write all that the database holds into a file."),
    "import": ("tradewind.cli.db.move:import_database", "Fill an empty database from such a file."),
    "reset": ("tradewind.cli.db.reset:reset", "Delete everything that was recorded."),
}
ALIASES = {"upgrade": "migrate", "check-migrations": "check"}


@click.group(cls=LazyGroup, table=COMMANDS, aliases=ALIASES, notes=old_words.DB)
def db() -> None:
    """Create, migrate, check, clean, move and reset the database. It is made on first use: none of these has to be
    run."""
