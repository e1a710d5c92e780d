"""`tradewind watch`: the live view of `tradewind run`, of a run that somebody else drives, here or on a server."""

from __future__ import annotations

import contextlib
import select
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import click

from tradewind.cli.durations import duration
from tradewind.cli.home import Home, open_home
from tradewind.cli.report import print_summary
from tradewind.cli.view import RunView
from tradewind.cli.which_run import find_run, key_of, run_arguments
from tradewind.model.changes import MetricLogged, ProgressReported, TryCreated
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.service import Topic
from tradewind.model.states import RunState, TaskState, TryPurpose

if TYPE_CHECKING:
    from tradewind.cli.remote.client import Client

LOOK_SECONDS = 2.0
"""Whatever nobody told of is seen after so long."""
PAUSE_SECONDS = 0.3
"""Between two looks, however much happens."""
Wait = Callable[[], None]


@click.command()
@run_arguments
@click.option("--plain", is_flag=True, help="One line a change, as where the output is no terminal.")
def watch(dag_id: str, run_id: str | None, plain: bool) -> None:
    """Watch a run of DAG_ID (default: the latest) until it ends. The exit code is 0 where it succeeded, else 1.

    With TRADEWIND_URL it is a run on that server, told live by it.
    """
    with open_home() as home:
        record = find_run(home.store, dag_id, run_id)
        view = followed(home, record, plain=plain)
        print_summary(view, None, None if home.remote is not None else home.settings.log_folder)
    sys.exit(0 if view.state is RunState.SUCCESS else 1)


def followed(home: Home, record: RunRecord, *, plain: bool, quiet: bool = False) -> RunView:
    """A run as it was when it ended; until then it is shown, unless nothing is to be said."""
    with _news(home, key_of(record)) as wait:
        if quiet:
            *_, view = _views(home, record, wait)
            return view
        return _to_the_end(home, record, wait, plain=plain or not sys.stdout.isatty())


def _to_the_end(home: Home, record: RunRecord, wait: Wait, *, plain: bool) -> RunView:
    views = _views(home, record, wait)
    if plain:
        return _plainly(views)
    from tradewind.cli.live import LiveDisplay  # Rich: only on a terminal

    view = next(views)
    with LiveDisplay(view, home.settings.log_folder) as display:
        for view in views:
            display.view = view
    return view


def _views(home: Home, record: RunRecord, wait: Wait) -> Iterator[RunView]:
    """What the run looks like, each time that something has happened; the last one is of its end."""
    while True:
        view = view_of(home, key_of(record))
        yield view
        if view.state.is_finished:
            return
        wait()


def view_of(home: Home, key: RunKey) -> RunView:
    """Of the run as the store has it now. Raises NotFoundError where it, or its DAG, is gone."""
    rows = home.store.load_run(key)
    record = rows.run
    spec = home.store.spec(record.dag_id, record.dag_hash)
    if spec is None:
        raise NotFoundError(f"version {record.dag_hash} of DAG {record.dag_id!r} is not in the store any more")
    view = RunView(spec, record.run_id, record.started_at or record.queued_at or record.run_after)
    view.recall(rows)
    view.ended_at = record.ended_at
    now = datetime.now(UTC)
    for one in home.store.tries(key):
        created = TryCreated(
            one.try_id, key, one.task_id, one.map_path, one.number, TryPurpose.EXECUTE, one.executor, one.pool,
            one.pool_slots, one.log_path,
        )  # fmt: skip
        view.changed([created], now)
        instance = view.tasks[one.task_id].instances[one.map_path]
        instance.error = f"{one.error_type}: {one.error}" if one.error_type else one.error
        instance.traceback = one.traceback
    view.changed([MetricLogged(one.try_id, one.name, one.value, one.step) for one in home.store.metrics(key)], now)
    told = [ProgressReported(one.try_id, one.done, one.total, one.message) for one in home.store.progress(key)]
    view.changed(told, now)
    return view


def _plainly(views: Iterator[RunView]) -> RunView:
    seen: dict[tuple[str, MapPath], TaskState] = {}
    view = next(views)
    while True:
        for task_id, task in view.tasks.items():
            for path, instance in sorted(task.instances.items()):
                if seen.get((task_id, path), TaskState.NONE) is not instance.state:
                    seen[task_id, path] = instance.state
                    _say(task_id, path, instance.state, instance.seconds(datetime.now(UTC)), instance.why)
        following = next(views, None)
        if following is None:
            return view
        view = following


def _say(task_id: str, path: MapPath, state: TaskState, seconds: float | None, why: str) -> None:
    name = task_id + (f"[{path_to_text(path)}]" if path else "")
    took = f" in {duration(seconds)}" if seconds is not None and state.is_finished else ""
    reason = f": {why}" if why and state is not TaskState.RUNNING else ""
    click.echo(f"{datetime.now().astimezone():%H:%M:%S} {name} {state}{took}{reason}")


# ------------------------------------------------------------------------------------------ hearing of news


@contextmanager
def _news(home: Home, key: RunKey) -> Generator[Wait]:
    """Something to wait with for the next news."""
    if home.remote is not None:
        with _from_server(home.remote.client, key) as wait:
            yield wait
        return
    with contextlib.closing(home.store.listen({Topic.HAPPENED, Topic.RUNS})) as listener:

        def wait() -> None:
            time.sleep(PAUSE_SECONDS)
            select.select([listener.fileno()], [], [], LOOK_SECONDS)
            listener.heard()

        yield wait


@contextmanager
def _from_server(client: Client, key: RunKey) -> Generator[Wait]:
    """Its live stream, read in a thread; where that breaks it is opened anew, and looked every while meanwhile."""
    news, is_over = threading.Event(), threading.Event()
    thread = threading.Thread(target=_read, args=(client, key, news, is_over), daemon=True)
    thread.start()

    def wait() -> None:
        time.sleep(PAUSE_SECONDS)
        news.wait(LOOK_SECONDS)
        news.clear()

    try:
        yield wait
    finally:
        is_over.set()


def _read(client: Client, key: RunKey, news: threading.Event, is_over: threading.Event) -> None:
    where = f"/api/tradewind/v1/live?{urlencode({'dag_id': key.dag_id, 'run_id': key.run_id})}"
    while not is_over.is_set():
        with contextlib.suppress(Exception):  # whatever breaks the stream, the run is looked at every while
            response = client.request("GET", where, stream=True)
            for line in response.stream(1024, decode_content=False):
                if b"data:" in line:
                    news.set()
                if is_over.is_set():
                    return
        is_over.wait(LOOK_SECONDS)
