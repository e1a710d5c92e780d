"""`tradewind airflow-names`: whether `import airflow` is answered in every Python of this environment."""

from __future__ import annotations

import sys

import click

from tradewind.airflow_compat import pth
from tradewind.model.errors import HomeError


@click.group(name="airflow-names")
def airflow_names() -> None:
    """Answer `import airflow` in every Python of this environment, so that `python my_dag.py` works.

    `tradewind` commands, tasks and pytest answer it anyway.
    """


@airflow_names.command()
def on() -> None:
    """Answer `import airflow` in every Python of this environment."""
    try:
        written = pth.turn_on()
    except OSError as error:
        raise HomeError(
            f"the environment {sys.prefix} cannot be written to: {error.strerror}",
            hint="use a virtual environment of your own, or `python -m tradewind.airflow_compat FILE`",
        ) from error
    click.echo(f"`import airflow` is answered in {sys.prefix} ({written})")


@airflow_names.command()
def off() -> None:
    """Leave `import airflow` alone again outside of Tradewind's own processes."""
    was_on = pth.turn_off()
    click.echo(f"`import airflow` is {'no longer' if was_on else 'not'} answered in {sys.prefix}")


@airflow_names.command()
def status() -> None:
    """Say whether it is on; the exit code is 1 where it is off."""
    is_on = pth.is_on()
    click.echo(f"{'on' if is_on else 'off'} in {sys.prefix}")
    sys.exit(0 if is_on else 1)
