"""Asking before something is deleted or run again."""

from __future__ import annotations

import click


def make_sure(question: str, *, yes: bool) -> None:
    """Returns where the person (or `--yes`) agrees. Raises ClickException otherwise: nothing must happen then."""
    if yes:
        return
    try:
        agreed = click.confirm(question)
    except click.Abort:
        raise click.ClickException("nothing was done: there was no answer (without a terminal, say --yes)") from None
    if not agreed:
        raise click.ClickException("nothing was done")
