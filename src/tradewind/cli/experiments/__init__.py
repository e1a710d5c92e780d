"""`tradewind experiments`: runs as experiments, by their params and metrics."""

from __future__ import annotations

import click

from tradewind.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("tradewind.cli.experiments.show:list_experiments", "List the runs of a DAG with params and metrics."),
    "show": ("tradewind.cli.experiments.show:show", "Show what a run logged: params, metrics, files, MLflow's pages."),
    "compare": ("tradewind.cli.experiments.compare:compare", "Put runs side by side: what differs."),
    "export": ("tradewind.cli.experiments.export:export", "Write params and metrics of runs as CSV."),
    "deliver": ("tradewind.cli.experiments.deliver:deliver", "Hand over what an MLflow server that was down missed."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def experiments() -> None:
    """List, show, compare and export what runs logged; deliver it to MLflow."""
