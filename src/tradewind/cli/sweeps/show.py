"""`tradewind sweeps list|show|best`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import click
import msgspec

from tradewind.cli.complete import complete_dag_id, complete_sweep
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.cli.sweeps.reading import Sweep, newest_sweeps, sweep_of
from tradewind.model.entries import TrialEnded
from tradewind.model.errors import NotFoundError

BARS = "▁▂▃▄▅▆▇█"
WIDTH = 60


@click.command("list")
@click.argument("dag_id", required=False, shell_complete=complete_dag_id)
@click.option("-n", "--limit", type=click.IntRange(min=1), default=30, show_default=True, help="How many.")
@output_option
def list_sweeps(dag_id: str | None, limit: int, output: str) -> None:
    """List sweeps, the newest first."""
    with open_home() as home:
        found = newest_sweeps(home.store, dag_id=dag_id, limit=limit)
    print_rows(
        [_row(sweep) for sweep in found], output, empty="no sweep has run yet", only_as_data=("dag_id", "run_id")
    )


@click.command()
@click.argument("sweep", shell_complete=complete_sweep)
@output_option
def show(sweep: str, output: str) -> None:
    """A sweep's trials, its history, which parameters matter. SWEEP: its name, its run, or `latest`."""
    with open_home() as home:
        found = sweep_of(home.store, sweep)
    rows = [_trial_row(found, one) for one in found.trials]
    rows += [_running_row(found, one.number, one.params) for one in found.running]
    if output in ("json", "yaml"):
        trials = [msgspec.to_builtins(one) for one in found.trials]
        print_record(
            {**_row(found), **_facts(found), "trials": trials, "running": msgspec.to_builtins(found.running)}, output
        )
        return
    if output == "table":
        _print_head(found)
    print_rows(rows, output, empty="no trial has begun")
    if output == "table":
        _print_tail(found)


@click.command()
@click.argument("sweep", shell_complete=complete_sweep)
@output_option
def best(sweep: str, output: str) -> None:
    """The best parameters of a sweep, as JSON unless said otherwise. SWEEP: its name, its run, or `latest`."""
    with open_home() as home:
        found = sweep_of(home.store, sweep)
    trial = found.best()
    if trial is None:
        raise NotFoundError(f"no trial of {found.name} is complete", hint=f"tradewind sweeps show {found.name}")
    if output == "table":
        click.echo(msgspec.json.encode(trial.params, enc_hook=str).decode())
    else:
        print_record({"number": trial.number, found.begun.objective: trial.value, **trial.params}, output)


def sparkline(values: Sequence[float], width: int = WIDTH) -> str:
    """Eight heights; more values than `width` are thinned out, the last one stays."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return ""
    if len(finite) > width:
        finite = [finite[round(i * (len(finite) - 1) / (width - 1))] for i in range(width)]
    low, high = min(finite), max(finite)
    scale = (len(BARS) - 1) / (high - low) if high > low else 0.0
    return "".join(BARS[round((value - low) * scale)] for value in finite)


def _row(sweep: Sweep) -> dict[str, Any]:
    best_trial = sweep.best()
    return {
        "sweep": sweep.name,
        "state": sweep.state,
        "objective": f"{sweep.begun.direction} {sweep.begun.objective}",
        "best": None if best_trial is None else _short(best_trial.value),
        "trials": f"{len(sweep.trials)}/{sweep.begun.n_trials}",
        "begun_at": sweep.begun_at,
        "dag_id": sweep.dag_id,
        "run_id": sweep.run_id,
    }


def _facts(sweep: Sweep) -> dict[str, Any]:
    best_trial = sweep.best()
    return {
        "sampler": sweep.begun.sampler,
        "pruner": sweep.begun.pruner,
        "parallel": sweep.begun.parallel,
        "budget_seconds": sweep.begun.budget_seconds,
        "warm_started_from": list(sweep.begun.warm_started_from),
        "space": sweep.begun.space,
        "ended_at": sweep.ended_at,
        "best_number": None if best_trial is None else best_trial.number,
        "best_params": {} if best_trial is None else best_trial.params,
        "history": sweep.history(),
        "importances": {} if sweep.ended is None else sweep.ended.importances,
        "reason": "" if sweep.ended is None else sweep.ended.reason,
    }


def _columns(sweep: Sweep) -> list[str]:
    """Parameters of any trial, in the order in which they first came."""
    tried = [*(one.params for one in sweep.trials), *(one.params for one in sweep.running)]
    return list(dict.fromkeys(name for params in tried for name in params))


def _trial_row(sweep: Sweep, trial: TrialEnded) -> dict[str, Any]:
    return {
        "trial": trial.number,
        "state": trial.state,
        sweep.begun.objective: _short(trial.value),
        **{f"{name} ": _short(trial.params.get(name)) for name in _columns(sweep)},
        "steps": len(trial.steps),
        "seconds": trial.seconds,
        "reason": trial.reason,
    }


def _running_row(sweep: Sweep, number: int, params: Mapping[str, Any]) -> dict[str, Any]:
    blank = _trial_row(sweep, TrialEnded(number, "complete", dict(params)))
    return {**blank, "state": "running", "seconds": None}


def _short(value: Any) -> Any:
    """Lists cut numbers after three decimals, which leaves nothing of a learning rate."""
    return f"{value:.6g}" if isinstance(value, float) else value


def _print_head(sweep: Sweep) -> None:
    counts = [f"{sweep.count(state)} {state}" for state in ("complete", "pruned", "failed", "skipped")]
    shown = [text for text in counts if not text.startswith("0 ")]
    shown += [f"{len(sweep.running)} running"] if sweep.running else []
    click.secho(f"{sweep.name}: {sweep.state}", bold=True)
    click.echo(
        f"{sweep.begun.direction} {sweep.begun.objective}, {sweep.begun.sampler}, {', '.join(shown) or 'no trial'}"
    )


def _print_tail(sweep: Sweep) -> None:
    history = sweep.history()
    if history:
        click.echo(f"\nbest so far  {sparkline(history)}  {history[0]:.6g} → {history[-1]:.6g}")
    importances = {} if sweep.ended is None else sweep.ended.importances
    width = max(map(len, importances), default=0)
    for name, share in sorted(importances.items(), key=lambda one: -one[1]):
        click.echo(f"{name.ljust(width)}  {'█' * round(share * 30):<30}  {share:.0%}")
    if sweep.ended is not None and sweep.ended.reason:
        click.echo(sweep.ended.reason)
    best_trial = sweep.best()
    if best_trial is not None:
        params = msgspec.json.encode(best_trial.params, enc_hook=str).decode()
        click.echo(f"best: trial {best_trial.number}, {sweep.begun.objective} = {best_trial.value:.6g}, {params}")
