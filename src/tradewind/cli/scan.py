"""Loading every DAG file of the DAG folder, so that the store knows what there is. One bad file hides no other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from msgspec import Struct

from tradewind.cli.session import Session, open_session
from tradewind.cli.target import Target
from tradewind.dagfiles.discover import discover_dag_files
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.warm import FileLoaded, ImportProblem
from tradewind.scheduler.clock import utc_now
from tradewind.settings import Settings


class Scanned(Struct, frozen=True):
    file: str
    loaded: FileLoaded


def scan(settings: Settings) -> list[Scanned]:
    """What each file of the DAG folder gave. Raises NotFoundError where there is no such folder."""
    folder = settings.dags_folder
    if not folder.is_dir():
        raise NotFoundError(
            f"there is no DAG folder {folder}",
            hint="make it, set dags_folder (or TRADEWIND_DAGS_FOLDER), or name a file",
        )
    files = discover_dag_files(folder, skip=settings.home if settings.home.is_relative_to(folder) else None)
    with open_session(settings) as session:
        _forget_errors_of_gone_files(session, folder)
        if not sys.stderr.isatty():
            return list(_load_all(session, folder, files))
        with click.progressbar(files, label="loading DAG files", file=sys.stderr) as shown:
            return list(_load_all(session, folder, shown))


def _load_all(session: Session, folder: Path, files: Iterable[str]) -> Iterator[Scanned]:
    for file in files:
        try:
            loaded, code = session.load_file(Target(folder, file, None))
        except TradewindError as error:  # the file could not even be copied
            problem = ImportProblem(file, error.message, hint=error.hint)
            session.store.replace_import_errors(str(folder), file, [problem], now=utc_now())
            loaded = FileLoaded((), (problem,))
        else:
            session.executor.retire(code)  # its process would only wait for tries
        yield Scanned(file, loaded)


def _forget_errors_of_gone_files(session: Session, folder: Path) -> None:
    for error in session.store.import_errors():
        if error.root == str(folder) and not (folder / error.file).exists():
            session.store.replace_import_errors(error.root, error.file, [], now=utc_now())
