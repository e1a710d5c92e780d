"""All DAG files parsed once, now: for commands that need no service. The same parse server, the same intake."""

from __future__ import annotations

import selectors
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tradewind.dag_processor.bundles import bundles_of, limits_of, prefix_of
from tradewind.dag_processor.desk import Desk
from tradewind.dag_processor.folder import WatchedFolder
from tradewind.dag_processor.git import fetch, last_checkout
from tradewind.dag_processor.git_command import credentials_of
from tradewind.dag_processor.intake import Result
from tradewind.dag_processor.lookups import Lookups
from tradewind.dag_processor.parse_client import ParseClient, cpu_count, set_up_of
from tradewind.dagfiles.snapshot import blobs_folder
from tradewind.model.errors import NotFoundError
from tradewind.model.parsing import FileParsed, IntervalInferred, ParseFile
from tradewind.model.warm import Snapshot
from tradewind.secret_backends import elsewhere
from tradewind.settings import BundleSetting, Settings, as_plain
from tradewind.store.base import Store

Heard = Callable[[WatchedFolder, Result], None]


def parse_all(settings: Settings, store: Store, heard: Heard = lambda folder, result: None) -> None:
    """Every DAG file of every bundle, saved; `heard` is told of each. Raises NotFoundError where a folder is not there,
    GitError where a repository was never fetched and cannot be."""
    with parsing(settings, store) as (selector, client):
        desk = Desk(settings, store, client, heard)
        for folder in folders_of(settings, store):
            look = folder.look()
            for problem in look.unreadable:
                store.replace_import_errors(str(folder.root), problem.file, [problem], now=store.now())
            desk.parse(folder, look.to_parse)
            desk.look_for_gone(folder)
        while (seconds := _until_due(desk, client)) is not None:
            for key, _ in selector.select(seconds):
                key.data()
            client.attend()
            desk.attend()


def infer_interval(
    settings: Settings, store: Store, snapshot: Snapshot, file: str, dag_id: str, at: datetime
) -> IntervalInferred | None:
    """What the DAG's timetable, its author's own, says of a run by hand at this instant; None where it says nothing."""
    lookups = Lookups(elsewhere(settings.secrets))
    lookups.put_run_by_hand(dag_id, "", at)
    ((_, parsed),) = parse_unsaved(settings, store, snapshot, [file], lookups)
    return next((one for one in parsed.intervals if one.dag_id == dag_id), None)


def parse_unsaved(
    settings: Settings, store: Store, snapshot: Snapshot, files: Sequence[str], lookups: Lookups | None = None
) -> Sequence[tuple[str, FileParsed]]:
    """What files of a snapshot yield, in their order; nothing of it is saved."""
    found: dict[str, FileParsed] = {}
    with parsing(settings, store, lookups) as (selector, client):
        client.use(snapshot)
        for file in files:
            limits = settings.dag_import_timeout_seconds, settings.dag_import_memory_bytes
            order = ParseFile(0, snapshot.root, file, *limits, store.now())
            client.parse(order, lambda parsed, _, file=file: found.__setitem__(file, parsed))
        while client.unfinished:
            for key, _ in selector.select(client.seconds_until_due()):
                key.data()
            client.attend()
    return [(file, found[file]) for file in files]


@contextmanager
def parsing(
    settings: Settings, store: Store, lookups: Lookups | None = None
) -> Generator[tuple[selectors.BaseSelector, ParseClient]]:
    """A parse server of one's own."""
    lookups = lookups or Lookups(elsewhere(settings.secrets))
    lookups.serve(store)
    with selectors.DefaultSelector() as selector:
        client = ParseClient(
            selector,
            lookups,
            set_up_of(as_plain(settings), blobs_folder(settings.home), Path.cwd()),
            at_once=max(1, settings.parsing_processes or cpu_count()),
        )
        try:
            client.start()
            yield selector, client
        finally:
            client.stop()


def folders_of(settings: Settings, store: Store) -> Sequence[WatchedFolder]:
    return [_folder_of(bundle, settings, store) for bundle in bundles_of(settings)]


def _folder_of(bundle: BundleSetting, settings: Settings, store: Store) -> WatchedFolder:
    limits = limits_of(settings)
    if bundle.kind == "git":
        checkout = last_checkout(bundle, settings.home)
        if checkout is None:
            checkout = fetch(bundle, settings.home, credentials_of(bundle, store, settings.home))
        prefix = prefix_of(settings.home, bundle.name)
        return WatchedFolder(
            checkout.root, settings.home, limits, bundle=bundle.name, version=checkout.commit, prefix=prefix
        )
    root = Path(bundle.path)
    if not root.is_dir():
        raise NotFoundError(
            f"there is no DAG folder {root}",
            hint="make it, set dags_folder (or TRADEWIND_DAGS_FOLDER), or name a file",
        )
    return WatchedFolder(root, settings.home, limits, bundle=bundle.name)


def _until_due(desk: Desk, client: ParseClient) -> float | None:
    """None: all is done."""
    due = desk.seconds_until_due()
    if due is None and client.unfinished == 0:
        return None
    waits = [seconds for seconds in (due, client.seconds_until_due()) if seconds is not None]
    return min(waits, default=None) if waits else 1.0
