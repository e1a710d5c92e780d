"""Loading every DAG file, so that the store knows what there is. One bad file hides no other."""

from __future__ import annotations

import logging
import sys

import click
from msgspec import Struct

from tradewind.cli.home import opened_store
from tradewind.dag_processor.folder import WatchedFolder
from tradewind.dag_processor.intake import Result
from tradewind.dag_processor.once import parse_all
from tradewind.model.warm import FileLoaded
from tradewind.settings import Settings


class Scanned(Struct, frozen=True):
    file: str
    loaded: FileLoaded


def scan(settings: Settings) -> list[Scanned]:
    """What each file of the DAG folder, and of the other bundles, gave. Raises NotFoundError where there is no such
    folder."""
    found: list[Scanned] = []
    logging.getLogger("tradewind.dag_processor").setLevel(logging.ERROR)  # what is wrong is printed by the command

    def heard(folder: WatchedFolder, result: Result) -> None:
        found.append(Scanned(result.file, result.parsed.loaded))
        if sys.stderr.isatty():
            click.echo(f"\r{len(found):,} DAG files", nl=False, err=True)

    with opened_store(settings) as store:
        parse_all(settings, store, heard)
    if sys.stderr.isatty() and found:
        click.echo(err=True)
    return sorted(found, key=lambda one: one.file)
