"""`ml.deploy`: a task that brings a version to where it is used, tries it there, and takes it back where it fails."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

import msgspec

from tradewind.authoring.operator import BaseOperator
from tradewind.ml import journal
from tradewind.ml.deploying.files import fetched
from tradewind.ml.deploying.smoke import Smoke, tested
from tradewind.ml.deploying.target import DeploymentFailedError, ModelFiles, Placed, Target
from tradewind.ml.registry.naming import needed_version
from tradewind.ml.registry.reading import CHAMPION
from tradewind.ml.tracking.place import place_of_process
from tradewind.model.entries import Deployed

_log = logging.getLogger("tradewind.task")


def deploy(model: str, version: Any = CHAMPION, *, target: Target, **wishes: Any) -> DeployOperator:
    """A task that deploys `version` of `model` (a number, an alias, or what `ml.promote` or `ml.register` handed on;
    default: the champion) to `target`: `ml.FolderTarget`, `ml.MlflowTarget`, `ml.DockerTarget`, `ml.SageMakerTarget` or
    `ml.DatabricksTarget`. Then `smoke_test` (an `ml.SmokeTest`, or a function that is given `predict`) asks it there;
    where that fails, the version before is used again, and so does the task. What else an operator takes, it takes."""
    return DeployOperator(model=model, version=version, target=target, **wishes)


def deploy_now(model: str, version: Any = CHAMPION, *, target: Target, smoke_test: Smoke | None = None) -> Deployed:
    """The same as a function, in a task or anywhere; outside of a try it is not noted down.

    Raises DeploymentFailedError, whatever was wrong; ModelError where there is no such version."""
    place = place_of_process()
    number = needed_version(model, version)
    with place.locked(f"deploy-{target.kind}-{target.place}"[:200]):
        try:
            with fetched(model, number, place) as files:
                done = _carry_out(files, target, smoke_test)
        except DeploymentFailedError as error:
            _note(model, Deployed(number, target.kind, target.place, "failed", reason=error.message))
            raise
        except Exception as error:
            said = getattr(error, "message", f"{type(error).__name__}: {error}")
            _note(model, Deployed(number, target.kind, target.place, "failed", reason=said))
            raise DeploymentFailedError(f"version {number} of {model!r} was not deployed: {said}") from error
        _note(model, done)
    if done.state != "deployed":
        raise DeploymentFailedError(
            f"version {number} of {model!r} did not pass its smoke test at {done.place}: {done.reason}",
            hint=f"version {done.old_version} is used again" if done.old_version else "there was none before: none is",
        )
    return done


def _carry_out(files: ModelFiles, target: Target, smoke: Smoke | None) -> Deployed:
    placed = target.put(files)
    try:
        with target.answering(files, placed) as predict:
            said = tested(smoke, predict)
    except BaseException as error:
        return _taken_back(files, target, placed, error)
    return Deployed(files.version, target.kind, placed.place, "deployed", said, placed.old_version)


def _taken_back(files: ModelFiles, target: Target, placed: Placed, error: BaseException) -> Deployed:
    """Also where the task is cancelled: what was not tried is not used."""
    _log.warning("%s: the smoke test failed, and is taken back: %s", placed.place, error)
    target.undo(placed)
    if not isinstance(error, Exception):
        raise error
    why = getattr(error, "message", f"{type(error).__name__}: {error}")
    return Deployed(files.version, target.kind, placed.place, "rolled_back", "failed", placed.old_version, why)


def _note(model: str, done: Deployed) -> None:
    journal.write(done, model)
    _log.info("%s version %s at %s: %s %s", model, done.version, done.place, done.state, done.reason)


class DeployOperator(BaseOperator):
    """See `deploy`."""

    template_fields: Collection[str] = ("model", "version")
    modules_ahead = ("tradewind.ml.tracking.ahead",)

    def __init__(
        self,
        *,
        model: str,
        target: Target,
        version: Any = CHAMPION,
        smoke_test: Smoke | None = None,
        task_id: str = "deploy",
        **kwargs: Any,
    ) -> None:
        super().__init__(task_id=task_id, **kwargs)
        self.model = model
        self.version = version
        self.target = target
        self.smoke_test = smoke_test

    def execute(self, context: Any) -> Any:
        done = deploy_now(self.model, self.version, target=self.target, smoke_test=self.smoke_test)
        return {"model": self.model, **msgspec.to_builtins(done)}
