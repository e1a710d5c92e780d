"""`tradewind models lineage`: what made a version."""

from __future__ import annotations

from typing import Any

import click

from tradewind.cli.home import Home, open_home
from tradewind.cli.models.place import complete_version, model_argument
from tradewind.cli.models.show import aliases_of, versions_of
from tradewind.cli.output import output_option, print_record
from tradewind.model.entries import ModelVersion, read_entry
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey, path_to_text


@click.command()
@model_argument
@click.argument("version", required=False, shell_complete=complete_version)
@output_option
def lineage(model: str, version: str | None, output: str) -> None:
    """Show what made a version (a number or an alias; default: the newest): run, code, values, params, metrics."""
    with open_home() as home:
        found = versions_of(home, model)
        wanted = aliases_of(home, model).get(version or "", version)
        entry = next((one for one in found if wanted in (None, one.body["version"])), None)
        if entry is None:
            known = ", ".join(str(one.body["version"]) for one in found)
            raise NotFoundError(f"model {model!r} has no version {version!r}", hint=f"its versions: {known}")
        made = read_entry(entry.body, ModelVersion)
        inputs = [_made_by(home, one, RunKey(entry.dag_id, entry.run_id)) for one in made.inputs]
    print_record(
        {
            "model": model,
            "version": made.version,
            "uri": made.uri,
            "registered_at": entry.at,
            "dag_id": entry.dag_id,
            "run_id": entry.run_id,
            "task_id": entry.task_id,
            "try_id": entry.try_id,
            "dag_hash": made.dag_hash,
            "git_commit": made.git_commit,
            "value_hash": made.value_hash,
            "inputs": inputs if output in ("json", "yaml") else [one["text"] for one in inputs],
            "params": made.params,
            "metrics": made.metrics,
            "flavor": made.flavor,
            "mlflow_run_id": made.mlflow_run_id,
            "tracking_uri": made.tracking_uri,
        },
        output,
    )


def _made_by(home: Home, value_hash: str, run: RunKey) -> dict[str, Any]:
    """An input, with the task that made it: in the model's own run, where it did."""
    if home.remote is not None:  # a server does not say who wrote what, from afar
        return {"hash": value_hash, "text": value_hash[:12]}
    writers = home.store.writers_of(value_hash, also_in=run)
    own = [one for one in writers if one[0] == run] or writers
    if not own:
        return {"hash": value_hash, "text": f"{value_hash[:12]} (its task is gone)"}
    key, task_id, path, _ = own[0]
    index = f"[{path_to_text(path)}]" if path else ""
    where = f"{key.dag_id}/{key.run_id}/{task_id}{index}"
    return {"hash": value_hash, "made_by": where, "text": f"{value_hash[:12]} of {where}"}
