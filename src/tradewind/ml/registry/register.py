"""`ml.register`: a model becomes a version in the registry, with what made it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, TypedDict

from msgspec import structs

from tradewind.authoring import metrics as told_metrics
from tradewind.authoring.context import get_current_context
from tradewind.ml import journal
from tradewind.ml.registry.moving import move_alias
from tradewind.ml.registry.reading import CHALLENGER, PREFIX, Registry
from tradewind.ml.tracking import joining
from tradewind.ml.tracking import tags as names
from tradewind.ml.tracking.models import KeptModel, ModelError, keep_model
from tradewind.ml.tracking.place import Place, mlflow_module
from tradewind.model.entries import ModelVersion

_log = logging.getLogger("tradewind.task")


class Registered(TypedDict):
    """What the next task gets: the model by name, not by value."""

    name: str
    version: str
    uri: str


def register(
    model: Any,
    name: str,
    *,
    alias: str = CHALLENGER,
    metrics: Mapping[str, float] | None = None,
    params: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    description: str = "",
    flavor: str = "",
    input_example: Any = None,
) -> Registered:
    """Put a model (an object, or the URI of one that was logged) into the MLflow registry as the next version of
    `name`, with its lineage: the values its task was given, the code, the params and metrics it has logged (or these).

    `alias` means this version from now on; "": none does. Raises ModelError: for a model that cannot be pickled,
    outside of a try, and where the registry's server is down."""
    mlflow_module()
    tracked = joining.current()
    if tracked is None:
        raise ModelError("a model was registered outside of a try", hint="call ml.register in a task")
    registry = Registry(_place_of_run(tracked))
    kept = KeptModel(model, flavor, "") if isinstance(model, str) else keep_model(
        model, "model", flavor=flavor, input_example=input_example
    )  # fmt: skip
    lineage = _lineage(tracked, kept, metrics, params, tags)
    number = _add(registry, name, kept.uri, lineage, description)
    noted = _with_version(lineage, name, number, registry.place.uri)
    journal.write(noted, name)
    if alias:
        move_alias(name, number, alias, reason="registered", place=registry.place)
    _log.info("registered %s version %s%s", name, number, f" as {alias}" if alias else "")
    return {"name": name, "version": number, "uri": noted.uri}


def _place_of_run(tracked: joining.TrackedTry) -> Place:
    """Where users' code points MLflow: that is where the model is."""
    return Place(str(mlflow_module().get_tracking_uri()), tracked.place.home)


def _lineage(
    tracked: joining.TrackedTry,
    kept: KeptModel,
    metrics: Mapping[str, float] | None,
    params: Mapping[str, Any] | None,
    more_tags: Mapping[str, str] | None,
) -> ModelVersion:
    run_id = tracked.run_id()
    told_metrics.flush()
    tracked.hand_over()
    logged = tracked.client().get_run(run_id).data
    message = tracked.message
    return ModelVersion(
        version="",
        uri="",
        value_hash=kept.value_hash,
        inputs=names.input_hashes(message),
        dag_hash=message.run.dag_hash,
        git_commit=names.git_commit(message),
        params=dict(logged.params if params is None else params),
        metrics={key: float(value) for key, value in (logged.metrics if metrics is None else metrics).items()},
        mlflow_run_id=tracked.run_id(),
        flavor=kept.flavor,
        tags={key: str(text) for key, text in (more_tags or {}).items()},
    )


def _with_version(lineage: ModelVersion, name: str, number: str, uri: str) -> ModelVersion:
    return structs.replace(lineage, version=number, uri=f"{PREFIX}{name}/{number}", tracking_uri=uri)


def _add(registry: Registry, name: str, uri: str, lineage: ModelVersion, description: str) -> str:
    client = registry.client
    errors = mlflow_module("mlflow.exceptions")
    try:
        client.create_registered_model(name)
    except errors.MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise ModelError(f"the registry does not take a model named {name!r}: {error}") from error
    own = get_current_context()["ti"]
    about = {
        **lineage.tags,
        names.DAG_ID: own.dag_id,
        names.RUN_ID: own.run_id,
        names.TASK_ID: own.task_id,
        names.TRY_ID: own.id,
        names.DAG_HASH: lineage.dag_hash,
        "tradewind.value_hash": lineage.value_hash,
        names.INPUTS: ",".join(lineage.inputs)[: names.MAX_TAG_CHARACTERS],
    }
    stored = {key: text for key, text in about.items() if text}
    registered = mlflow_module().register_model(uri, name, tags=stored)
    if description:
        client.update_model_version(name, registered.version, description)
    return str(registered.version)
