"""`tradewind tasks logs`: a try's log, coloured by level, followed while the try is live."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tradewind.cli.home import Home, open_home
from tradewind.cli.tasks.which import map_index_option, task_arguments, task_of
from tradewind.cli.which_run import find_run, key_of
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.log_format import CONTINUATION_MARK, RECORD_MARK, LogRecord, parse_lines
from tradewind.model.records import RunRecord, TryRecord

if TYPE_CHECKING:
    from tradewind.cli.remote.store import RemoteStore

COLOURS = {"DEBUG": "bright_black", "WARNING": "yellow", "ERROR": "red", "CRITICAL": "red"}
LOOKS_PER_SECOND = 10
REMOTE_SECONDS = 0.4
"""Between two looks at a log on a server."""
_CONTINUED = re.compile(rf"^(\S+ \w+ +\S+) {re.escape(CONTINUATION_MARK)}")


@click.command()
@task_arguments
@map_index_option
@click.option("--try", "number", type=click.IntRange(min=1), help="Number of the try (default: the last).")
@click.option("-f", "--follow", is_flag=True, help="Go on while the try runs.")
@click.option("--raw", is_flag=True, help="The file as it is.")
@click.option("--path", "only_path", is_flag=True, help="Only where the file is.")
def logs(
    dag_id: str,
    task_id: str,
    run_id: str | None,
    map_path: MapPath | None,
    number: int | None,
    follow: bool,
    raw: bool,
    only_path: bool,
) -> None:
    """Show the log of a task of a run of DAG_ID (default: the latest run, the last try)."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        shown = _try_of(home, run, task_id, map_path, number)
        if home.remote is not None:
            if only_path:
                raise TradewindError("the log is a file on the server's machine; leave out --path to read it from here")
            for lines in _remote_lines(home.remote, key_of(run), shown, follow=follow):
                _print(lines, raw=raw)
            return
        path = home.settings.log_folder / shown.log_path
        if only_path:
            click.echo(path)
            return
        if not path.exists() and not shown.state.is_live:
            raise NotFoundError(f"the log {path} is gone", hint="it was deleted, or the try ended before it wrote any")
        for lines in _lines_as_they_come(home, key_of(run), shown, path, follow=follow):
            _print(lines, raw=raw)


def _try_of(home: Home, run: RunRecord, task_id: str, path: MapPath | None, number: int | None) -> TryRecord:
    """Raises NotFoundError saying which tries there are."""
    key = key_of(run)
    spec = home.store.spec(run.dag_id, run.dag_hash)
    if spec is not None:
        task_of(spec, task_id)
    tries = [one for one in home.store.tries(key, task_id, path) if number in (None, one.number)]
    if not tries and number is not None and (all_tries := home.store.tries(key, task_id, path)):
        raise NotFoundError(
            f"task {task_id!r} has had no try {number} in run {run.run_id!r}",
            hint=f"it has had {', '.join(sorted({str(one.number) for one in all_tries}))}",
        )
    if not tries:
        task = next((one for one in home.store.tasks(key) if one.task_id == task_id), None)
        state = f"it is {task.state}: {task.why}" if task else "it has not been decided yet"
        raise NotFoundError(f"task {task_id!r} has had no try in run {run.run_id!r}, so there is no log", hint=state)
    instances = {one.map_path for one in tries}
    if path is None and len(instances) > 1:
        _say_which(instances, tries[-1].map_path)
    return tries[-1]


def _say_which(instances: set[MapPath], chosen: MapPath) -> None:
    name = path_to_text(chosen)
    click.echo(f"note: of {len(instances)} instances this is {name}; choose one with --map-index", err=True)


def _lines_as_they_come(home: Home, key: RunKey, shown: TryRecord, path: Path, *, follow: bool) -> Iterator[list[str]]:
    """Whole lines; with `follow` until the try has ended (or whoever drives it has died) and all of it was read."""
    while follow and not path.exists() and _is_going_on(home, key, shown):
        time.sleep(1 / LOOKS_PER_SECOND)
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace", newline="\n") as stream:
        rest = ""
        while True:
            goes_on = follow and _is_going_on(home, key, shown)  # asked before reading: what it wrote last is read then
            *lines, rest = (rest + stream.read()).split("\n")
            yield [f"{line}\n" for line in lines]
            if not goes_on:
                yield [f"{rest}\n"] if rest else []
                return
            time.sleep(1 / LOOKS_PER_SECOND)


def _remote_lines(remote: RemoteStore, key: RunKey, shown: TryRecord, *, follow: bool) -> Iterator[list[str]]:
    at, rest, was_there = 0, b"", False
    while True:
        piece = remote.log(key, shown.task_id, shown.map_path, shown.try_id, at)
        was_there = was_there or piece.size >= 0
        at += len(piece.data)
        *lines, rest = (rest + piece.data).split(b"\n")
        yield [f"{line.decode(errors='replace')}\n" for line in lines]
        if piece.data and at < piece.size:
            continue
        if not (follow and piece.is_live):
            break
        time.sleep(REMOTE_SECONDS)
    if rest:
        yield [f"{rest.decode(errors='replace')}\n"]
    if not was_there:
        raise NotFoundError(
            "this try has no log on the server", hint="it was deleted, or the try ended before it wrote any"
        )


def _is_going_on(home: Home, key: RunKey, shown: TryRecord) -> bool:
    now = next(
        (one for one in home.store.tries(key, shown.task_id, shown.map_path) if one.try_id == shown.try_id), None
    )
    owner = home.store.owner_of(key)
    return now is not None and now.state.is_live and owner is not None and home.store.owner_is_alive(owner.owner_id)


def _print(lines: list[str], *, raw: bool) -> None:
    if raw:
        click.echo("".join(lines), nl=False)
        return
    if lines:  # the rest of a record whose beginning was read, and shown, the last time
        lines[0] = _CONTINUED.sub(rf"\1 {RECORD_MARK}", lines[0])
    for record in parse_lines(lines):
        _print_record(record)


def _print_record(record: LogRecord) -> None:
    at = record.at.astimezone().strftime("%H:%M:%S.%f")[:-3]
    colour = COLOURS.get(record.level)
    level = click.style(f"{record.level:<8}", fg=colour)
    first, *more = record.text.split("\n")
    click.echo(f"{click.style(at, dim=True)} {level} {click.style(first, fg=colour)}")
    for line in more:
        click.echo(f"{'':<21} {click.style(line, fg=colour)}")
