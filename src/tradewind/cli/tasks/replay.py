"""`tradewind tasks replay`: a try once more, and whether it makes the same values."""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from tradewind.artifacts.difference import difference
from tradewind.artifacts.store import ArtifactStore
from tradewind.authoring.exceptions import AirflowSkipException
from tradewind.cli.complete import complete_run, complete_task_of_run
from tradewind.cli.debug import show_the_code_of_then
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_record
from tradewind.cli.trying_again import TriedAgain, try_again
from tradewind.cli.which_run import key_of
from tradewind.model.outcomes import Failed, Succeeded
from tradewind.model.states import TryState
from tradewind.model.values import RETURN_KEY, Value
from tradewind.runner.opened_try import open_try, run_opened, values_made
from tradewind.runner.outcome import outcome_of

SAME, DIFFERENT, FAILED = 0, 1, 2


class Replayed(Struct, frozen=True):
    dag_id: str
    run_id: str
    task_id: str
    map_index: str
    try_number: int
    outcome: str
    """`same`, `different`, `failed as before`, `failed`, `nothing to compare with`."""
    seconds: float
    was_seconds: float | None
    values: dict[str, list[str]]
    """Key → what differs; nothing: the same."""
    notes: list[str]
    error: str = ""


@click.command()
@click.argument("run", metavar="RUN", shell_complete=complete_run)
@click.argument("task", metavar="TASK", shell_complete=complete_task_of_run)
@click.argument("number", metavar="[TRY]", type=int, required=False)
@click.option("--dag-id", help="Which DAG's run, where several have one of that name.")
@output_option
def replay(run: str, task: str, number: int | None, dag_id: str | None, output: str) -> None:
    """Run a try of TASK (`train`, or `train[3]`) of a RUN again, here, and compare its values with those it made.

    It has the code, params, dates and values that it had; nothing is written to the run. The exit code is 0 where the
    values are the same (or it fails as it did), 1 where they differ, 2 where it fails now.
    """
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder, open_home() as home:
        again = try_again(home, run, task, number, dag_id=dag_id, scratch=Path(folder))
        show_the_code_of_then(again.loaded.file)
        found = _replayed(home, again, ArtifactStore(folder))
    if output == "table":
        _tell(found)
    else:
        print_record(msgspec.to_builtins(found), output)
    sys.exit(_exit_code(found))


def _replayed(home: Home, again: TriedAgain, scratch: ArtifactStore) -> Replayed:
    began = time.monotonic()
    made: dict[str, Value] = {}
    differences: dict[str, list[str]] = {}
    notes = list(again.warnings)
    failure: Failed | None = None
    with open_try(again.message, again.loaded.file, again.supervisor) as attempt:
        try:
            with redirect_stdout(sys.stderr):  # ours is the comparison
                run_opened(attempt)
            made = {**dict(attempt.pushed()), **_values(values_made(attempt))}
        except AirflowSkipException:
            notes.append("it skips itself")
        except (Exception, SystemExit) as error:
            outcome = outcome_of(error)
            failure = outcome if isinstance(outcome, Failed) else None
            if failure is None:
                notes.append(f"it ends as {type(outcome).__name__.lower()}")
        seconds = time.monotonic() - began
        kept = _kept(home, again)
        if failure is None and kept is not None:
            store = ArtifactStore(home.settings.artifact_url)
            differences = _differences(kept, made, store, scratch)
    return Replayed(
        again.run.dag_id,
        again.run.run_id,
        again.task.task_id,
        ".".join(map(str, again.map_path)),
        again.message.try_number,
        _outcome(again, failure, kept, differences, notes),
        seconds,
        _seconds_of(again),
        differences,
        notes,
        f"{failure.error_type}: {failure.message}" if failure is not None else "",
    )


def _values(outcome: Succeeded) -> dict[str, Value]:
    own = {RETURN_KEY: outcome.result} if outcome.result is not None else {}
    return {**dict(outcome.more), **own}


def _kept(home: Home, again: TriedAgain) -> dict[str, Value] | None:
    """What the try made; None where it is not known any more (a later try has replaced it), or made nothing."""
    record = again.record
    if record is None or record.state is not TryState.SUCCESS:
        return None
    name = (again.task.task_id, again.map_path)
    tries = home.store.tries(key_of(again.run), *name)
    if any(one.try_id > record.try_id for one in tries):
        return None
    return {
        one.key: one.value for one in home.store.all_xcoms(key_of(again.run)) if (one.task_id, one.map_path) == name
    }


def _differences(
    kept: dict[str, Value], made: dict[str, Value], store: ArtifactStore, scratch: ArtifactStore
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in sorted({*kept, *made}):
        if key not in made:
            found[key] = [f"was {kept[key].type}; not made now"]
        elif key not in kept:
            found[key] = [f"{made[key].type}: not made then"]
        else:
            found[key] = list(difference(kept[key], made[key], store, scratch))
    return found


def _outcome(
    again: TriedAgain,
    failure: Failed | None,
    kept: dict[str, Value] | None,
    differences: dict[str, list[str]],
    notes: list[str],
) -> str:
    record = again.record
    if failure is not None:
        is_as_before = record is not None and (record.error_type, record.error) == (failure.error_type, failure.message)
        return "failed as before" if is_as_before else "failed"
    if kept is None:
        state = "it has had no try" if record is None else f"the try ended as {record.state}"
        is_replaced = record is not None and record.state is TryState.SUCCESS
        notes.append("a later try has replaced its values" if is_replaced else state)
        return "nothing to compare with"
    return "different" if any(differences.values()) else "same"


def _seconds_of(again: TriedAgain) -> float | None:
    record = again.record
    if record is None or record.started_at is None or record.ended_at is None:
        return None
    return (record.ended_at - record.started_at).total_seconds()


def _exit_code(found: Replayed) -> int:
    return {"different": DIFFERENT, "failed": FAILED}.get(found.outcome, SAME)


def _tell(found: Replayed) -> None:
    index = f"[{found.map_index}]" if found.map_index else ""
    was = f"; then {found.was_seconds:.2f} s" if found.was_seconds is not None else ""
    colours: dict[str, Any] = {"same": "green", "different": "yellow", "failed": "red"}
    name = f"{found.dag_id} {found.run_id} {found.task_id}{index} try {found.try_number}"
    click.echo(f"{name}: {click.style(found.outcome, fg=colours.get(found.outcome))} ({found.seconds:.2f} s{was})")
    for key, lines in found.values.items():
        click.echo(f"  {key}: {'the same' if not lines else 'different'}")
        for line in lines:
            click.echo(f"    {line}")
    for note in found.notes:
        click.echo(f"  note: {note}")
    if found.error:
        click.secho(f"  {found.error}", fg="red")
