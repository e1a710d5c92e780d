"""Delivering what was kept for a tracking server: whole runs are made anew there, calls that were cut off are repeated.

A run that was delivered half is made anew from the start: its first, half copy is deleted.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from msgspec import Struct

from tradewind.ml.tracking import spool, tags
from tradewind.ml.tracking.parent import literal
from tradewind.ml.tracking.place import Place, mlflow_module

BATCH_METRICS, BATCH_OTHERS = 1000, 100
"""MLflow's limits on one call."""


class Delivered(Struct, frozen=True):
    uri: str
    runs: dict[str, str] = {}
    """Run in the home's store → run on the server."""
    experiments: dict[str, str] = {}
    """Run on the server → its experiment there."""
    calls: int = 0
    waiting: int = 0
    """Runs that are still being written."""


def deliver(place: Place, uri: str) -> Delivered:
    """Everything kept for this server. Raises MLflow's errors; what was handed over by then is not kept any more."""
    with place.locked("mlflow-deliver"):
        client = mlflow_module().MlflowClient(tracking_uri=uri)
        ours = mlflow_module().MlflowClient(tracking_uri=place.embedded_uri)
        done: dict[str, str] = {}
        waiting = 0
        for kept in spool.runs(place):
            if kept.uri != uri:
                continue
            if _is_being_written(ours, kept):
                waiting += 1
                continue
            parent = _parent_there(ours, client, kept.parent_id)
            done[kept.run_id] = _copy_run(ours, client, kept.run_id, parent)
            (place.spool / f"{kept.run_id}{spool.RUN_SUFFIX}").unlink(missing_ok=True)
        experiments = {one: client.get_run(one).info.experiment_id for one in done.values()}
        return Delivered(uri, done, experiments, _repeat_calls(place, client, uri), waiting)


def _is_being_written(ours: Any, kept: spool.KeptRun) -> bool:
    if ours.get_run(kept.run_id).info.status != "RUNNING":
        return False
    try:
        os.kill(kept.pid, 0)
    except ProcessLookupError:
        return False  # it was killed: what there is, is all
    except PermissionError:
        pass
    return True


# ------------------------------------------------------------------------------------ whole runs


def _parent_there(ours: Any, client: Any, parent_id: str) -> str:
    """The server's run for the same DAG run: by now there may be one."""
    parent = ours.get_run(parent_id)
    key = literal(parent.data.tags[tags.RUN_KEY])
    experiment = _experiment_there(ours, client, parent.info.experiment_id)
    found = client.search_runs([experiment], f"tags.`{tags.RUN_KEY}` = {key}", max_results=1)
    if found:
        return found[0].info.run_id
    made = client.create_run(
        experiment, start_time=parent.info.start_time, tags=_own_tags(parent), run_name=parent.info.run_name
    )
    client.set_terminated(made.info.run_id, _final(parent.info.status), parent.info.end_time)
    return made.info.run_id


def _copy_run(ours: Any, client: Any, run_id: str, parent: str) -> str:
    """With the runs that users' code made below it."""
    run = ours.get_run(run_id)
    experiment = _experiment_there(ours, client, run.info.experiment_id)
    for half in client.search_runs([experiment], f"tags.`{tags.DELIVERED_FROM}` = '{run_id}'"):
        client.delete_run(half.info.run_id)
    about = {**_own_tags(run), tags.DELIVERED_FROM: run_id, tags.PARENT: parent}
    copy = client.create_run(experiment, start_time=run.info.start_time, tags=about, run_name=run.info.run_name)
    new_id = copy.info.run_id
    _copy_numbers(ours, client, run, new_id)
    _copy_files(ours, client, run_id, new_id)
    _copy_models(ours, client, run, experiment, new_id)
    client.set_terminated(new_id, _final(run.info.status), run.info.end_time)
    for child in ours.search_runs([run.info.experiment_id], f"tags.`{tags.PARENT}` = '{run_id}'"):
        _copy_run(ours, client, child.info.run_id, new_id)
    return new_id


def _copy_numbers(ours: Any, client: Any, run: Any, new_id: str) -> None:
    entities = mlflow_module("mlflow.entities")
    params = [entities.Param(key, value) for key, value in run.data.params.items()]
    for start in range(0, len(params), BATCH_OTHERS):
        client.log_batch(new_id, params=params[start : start + BATCH_OTHERS])
    for key in run.data.metrics:
        history = ours.get_metric_history(run.info.run_id, key)
        points = [entities.Metric(one.key, one.value, one.timestamp, one.step) for one in history]
        for start in range(0, len(points), BATCH_METRICS):
            client.log_batch(new_id, metrics=points[start : start + BATCH_METRICS])


def _copy_files(ours: Any, client: Any, run_id: str, new_id: str) -> None:
    if not ours.list_artifacts(run_id):
        return
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
        client.log_artifacts(new_id, ours.download_artifacts(run_id, "", folder))


def _copy_models(ours: Any, client: Any, run: Any, experiment: str, new_id: str) -> None:
    """Models that MLflow 3 keeps beside the run's files."""
    found = ours.search_logged_models([run.info.experiment_id], filter_string=f"source_run_id = '{run.info.run_id}'")
    for model in found:
        copy = client.create_logged_model(
            experiment, model.name, new_id, _own_model_tags(model), model.params or None, model.model_type
        )
        with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
            source = mlflow_module("mlflow.artifacts").download_artifacts(
                artifact_uri=model.artifact_location, dst_path=folder
            )
            client.log_model_artifacts(copy.model_id, str(Path(source)))
        client.finalize_logged_model(copy.model_id, "READY")


def _experiment_there(ours: Any, client: Any, experiment: str) -> str:
    name = ours.get_experiment(experiment).name
    found = client.get_experiment_by_name(name)
    return found.experiment_id if found is not None else client.create_experiment(name)


def _own_tags(run: Any) -> dict[str, str]:
    skipped = ("mlflow.log-model.history", "mlflow.artifact")
    return {name: text for name, text in run.data.tags.items() if not name.startswith(skipped)}


def _own_model_tags(model: Any) -> dict[str, str]:
    found: dict[str, str] = model.tags or {}
    return {name: text for name, text in found.items() if not name.startswith("mlflow.")}


def _final(status: str) -> str:
    return "KILLED" if status in ("RUNNING", "SCHEDULED") else status


# ------------------------------------------------------------------------------------ calls that were cut off


def _repeat_calls(place: Place, client: Any, uri: str) -> int:
    count = 0
    for file, found in spool.calls(place):
        if not found or found[0].uri != uri:
            continue
        for call in found:
            _repeat(place, client, call)
            count += 1
        file.unlink()
        for call in found:
            if call.files:
                shutil.rmtree(place.spool / "files" / call.files, ignore_errors=True)
    return count


def _repeat(place: Place, client: Any, call: spool.KeptCall) -> None:
    entities = mlflow_module("mlflow.entities")
    if call.files:
        repositories = mlflow_module("mlflow.store.artifact.artifact_repository_registry")
        repository = repositories.get_artifact_repository(call.artifact_uri, tracking_uri=call.uri)
        repository.log_artifacts(str(place.spool / "files" / call.files), call.artifact_path or None)
    elif call.status:
        client.set_terminated(call.run_id, call.status, call.ended_at_milliseconds)
    else:
        client.log_batch(
            call.run_id,
            [entities.Metric(name, float(value), at, step) for name, value, at, step in call.metrics],
            [entities.Param(name, value) for name, value in call.params],
            [entities.RunTag(name, value) for name, value in call.tags],
        )
