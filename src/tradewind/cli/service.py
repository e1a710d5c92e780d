"""Whether a scheduler service is there to do what was asked for."""

from __future__ import annotations

import click

from tradewind.model.service import JobKind
from tradewind.store.base import Store


def has_scheduler(store: Store) -> bool:
    return bool(store.jobs(kind=JobKind.SCHEDULER, only_alive=True))


def note_without_scheduler(store: Store) -> None:
    """Say what nobody will do meanwhile."""
    if not has_scheduler(store):
        click.echo("note: no scheduler is running; it goes on when one is: tradewind standalone", err=True)
