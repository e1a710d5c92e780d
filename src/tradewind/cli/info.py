"""What is installed, what this machine has, what this home holds."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

import click

from tradewind import __version__, settings
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.remote.target import remote

OPTIONAL = ("pandas", "numpy", "pyarrow", "polars", "scikit-learn", "skops", "torch", "mlflow", "matplotlib")


@click.command()
def version() -> None:
    """Print the version."""
    click.echo(__version__)


@click.command()
@output_option
def info(output: str) -> None:
    """Say what this machine and this home have."""
    found = settings.load()
    server = remote(found.home)
    disk = shutil.disk_usage(found.home if found.home.exists() else found.home.anchor)
    facts = {
        "tradewind": __version__,
        "python": f"{platform.python_version()} ({sys.executable})",
        "platform": platform.platform(),
        "cpus": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.1f} GiB",
        **({"server": f"{server.url} (by {server.origin}): commands talk to it"} if server is not None else {}),
        "home": str(found.home),
        "dags folder": str(found.dags_folder),
        "database": found.shown_database_url,
        "artifacts": found.artifact_url,
        "free disk": f"{disk.free / 1024**3:.1f} GiB",
        **{name: _version(name) for name in OPTIONAL},
    }
    print_rows([{"name": name, "value": value} for name, value in facts.items()], output)


def _version(name: str) -> str:
    try:
        return installed_version(name)
    except PackageNotFoundError:
        return "not installed"
