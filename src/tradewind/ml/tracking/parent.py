"""The MLflow run of a DAG run: made once, however many tries want it at the same time."""

from __future__ import annotations

from typing import Any

from tradewind.ml.tracking import tags
from tradewind.ml.tracking.place import Place, mlflow_module
from tradewind.model.messages import RunTry


def experiment_id(client: Any, place: Place, name: str, uri: str) -> str:
    """Of the experiment of this name, made where there is none; one that was deleted is taken back."""
    found = client.get_experiment_by_name(name)
    if found is None:
        folder = None if uri != place.embedded_uri else (place.artifact_folder / _folder_name(name)).as_uri()
        try:
            return client.create_experiment(name, artifact_location=folder)
        except mlflow_module("mlflow.exceptions").MlflowException:
            found = client.get_experiment_by_name(name)  # another try was first
            if found is None:
                raise
    if found.lifecycle_stage != "active":
        client.restore_experiment(found.experiment_id)
    return found.experiment_id


def parent_run(client: Any, place: Place, message: RunTry, experiment: str) -> tuple[str, bool]:
    """Its id, and whether it was made now.

    Tries of one home wait for each other. Two machines may both make one: then the older (by time, then id) stays, and
    whoever made the other takes it away again, since both see both."""
    key = without_quotes(f"{message.task.dag_id}/{message.task.run_id}")
    with place.locked(f"mlflow-{key}"):
        found = _oldest(client, experiment, key)
        if found is not None:
            return found, False
        own = client.create_run(
            experiment,
            tags={tags.RUN_KEY: key, **tags.run_tags(message)},
            run_name=message.task.run_id,
        ).info.run_id
    winner = _oldest(client, experiment, key) or own
    if winner != own:
        client.delete_run(own)
    return winner, winner == own


def _oldest(client: Any, experiment: str, key: str) -> str | None:
    runs = client.search_runs([experiment], f"tags.`{tags.RUN_KEY}` = {literal(key)}", max_results=50)
    ordered = sorted(runs, key=lambda one: (one.info.start_time or 0, one.info.run_id))
    return ordered[0].info.run_id if ordered else None


def literal(text: str) -> str:
    """For a filter of MLflow's, which knows no escapes."""
    return f'"{without_quotes(text)}"'


def without_quotes(text: str) -> str:
    return text.replace('"', "'")


def _folder_name(name: str) -> str:
    return "".join(one if one.isalnum() or one in "-_. " else "_" for one in name) or "_"
