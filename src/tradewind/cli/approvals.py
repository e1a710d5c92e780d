"""`tradewind approvals` (also `hitl`): questions that tasks ask people, and their answers."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from typing import Any

import click

from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.cli.tasks.which import map_index_option, task_arguments
from tradewind.cli.values import json_object, name_and_value
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.service import ApprovalRecord, Topic


@click.group()
def approvals() -> None:
    """List, show and answer questions that tasks ask people."""


@approvals.command("list")
@click.option("--all", "also_answered", is_flag=True, help="Also those that were answered, or need no answer any more.")
@output_option
def list_approvals(also_answered: bool, output: str) -> None:
    """List questions that wait for an answer, the oldest first."""
    with open_home() as home:
        rows = [_row(one) for one in home.store.approvals(is_open=None if also_answered else True)]
    print_rows(rows, output)


@approvals.command()
@task_arguments
@map_index_option
@click.option("--run", "run_option", metavar="RUN_ID", help="The same as RUN_ID, as `answer` has it.")
@output_option
def show(
    dag_id: str, task_id: str, run_id: str | None, map_path: MapPath | None, run_option: str | None, output: str
) -> None:
    """Show a question with its options and its form."""
    with open_home() as home:
        found = _the_one(home, dag_id, task_id, run_option or run_id, map_path, only_open=False)
    print_record(_row(found) | _details(found), output)


@approvals.command()
@task_arguments
@map_index_option
@click.argument("options", nargs=-1, metavar="[OPTION]...")
@click.option("-o", "--option", "chosen", multiple=True, help="An option to choose; repeat it where several may be.")
@click.option("-p", "param", multiple=True, callback=name_and_value, metavar="NAME=VALUE", help="A value of the form.")
@click.option("--params", callback=json_object, metavar="JSON", help="Values of the form as a JSON object, or @FILE.")
@click.option("--run", "run_option", metavar="RUN_ID", help="Which run, where OPTIONs are given without it.")
@click.option("--as", "user", metavar="USER", help="Who answers (default: the user of this machine).")
def answer(
    dag_id: str,
    task_id: str,
    run_id: str | None,
    map_path: MapPath | None,
    options: tuple[str, ...],
    chosen: tuple[str, ...],
    param: dict[str, Any],
    params: dict[str, Any],
    run_option: str | None,
    user: str | None,
) -> None:
    """Answer a question: `answer DAG_ID TASK_ID Approve`, or with the run: `answer DAG_ID TASK_ID RUN_ID Approve`."""
    from tradewind.scheduler.answering import check_answer  # not for --help

    with open_home() as home:
        words = ((run_id,) if run_id is not None else ()) + options
        run, words = (run_option, words) if run_option else _run_among(home, dag_id, words)
        asked = _the_one(home, dag_id, task_id, run, map_path, only_open=True)
        who = user or getpass.getuser()
        picked, values = check_answer(asked, (*words, *chosen), {**params, **param}, who)
        is_first = home.store.answer_approval(
            asked.run,
            asked.task_id,
            asked.map_path,
            chosen=picked,
            params_input=values,
            who=who,
            now=datetime.now(UTC),
        )
        home.store.ring(Topic.EVENTS)
    if not is_first:
        raise TradewindError(
            f"{asked.subject!r} was answered meanwhile, or its time is over",
            hint=f"see `tradewind approvals show {dag_id} {task_id} '{asked.run.run_id}'`",
        )
    click.echo(f"{dag_id}.{task_id} in run {asked.run.run_id}: {', '.join(picked)}")


def _run_among(home: Home, dag_id: str, words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The first word may be a run's id, or an option already."""
    if words and home.store.run(RunKey(dag_id, words[0])) is not None:
        return words[0], words[1:]
    return None, words


def _the_one(
    home: Home, dag_id: str, task_id: str, run_id: str | None, map_path: MapPath | None, *, only_open: bool
) -> ApprovalRecord:
    """The question that is meant; where no run is named, the newest that is open."""
    asked = [one for one in home.store.approvals() if (one.run.dag_id, one.task_id) == (dag_id, task_id)]
    asked = [one for one in asked if run_id in (None, one.run.run_id) and map_path in (None, one.map_path)]
    if not asked:
        raise NotFoundError(
            f"task {task_id!r} of DAG {dag_id!r} asks nothing" + (f" in run {run_id!r}" if run_id else ""),
            hint="see `tradewind approvals list`",
        )
    is_open = {_name(one) for one in home.store.approvals(is_open=True)}
    still = [one for one in asked if _name(one) in is_open]
    if len(still) > 1:
        names = ", ".join(f"{one.run.run_id} {path_to_text(one.map_path)}".strip() for one in still)
        raise TradewindError(f"{len(still)} questions are meant: {names}", hint="name the run, and --map-index")
    if only_open and not still:
        raise TradewindError(
            f"nobody waits for an answer of {dag_id}.{task_id} any more", hint="see `tradewind approvals list --all`"
        )
    return still[0] if still else asked[-1]


def _name(asked: ApprovalRecord) -> tuple[RunKey, str, MapPath]:
    return asked.run, asked.task_id, asked.map_path


def _row(asked: ApprovalRecord) -> dict[str, Any]:
    return {
        "dag_id": asked.run.dag_id,
        "task_id": asked.task_id,
        "run_id": asked.run.run_id,
        "map_index": path_to_text(asked.map_path),
        "subject": asked.subject,
        "options": ", ".join(asked.options),
        "asked_at": asked.asked_at,
        "respond_by": asked.respond_by,
        "answer": ", ".join(asked.chosen),
        "by": asked.responded_by,
    }


def _details(asked: ApprovalRecord) -> dict[str, Any]:
    return {
        "body": asked.body,
        "defaults": ", ".join(asked.defaults or ()),
        "multiple": asked.multiple,
        "assigned_users": ", ".join(asked.assigned_users),
        "params": json.dumps(asked.params, default=str) if asked.params else "",
        "params_input": json.dumps(asked.params_input, default=str) if asked.params_input else "",
        "responded_at": asked.responded_at,
    }
