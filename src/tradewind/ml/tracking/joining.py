"""A try and its MLflow run. What users' code logs by MLflow's own calls lands in it: `mlflow.start_run()` takes it up
instead of making one (the first time; later ones are its children), and so does `mlflow.log_metric` without a run.

The run is made when something is logged, in the experiment that users' code has set by then, else in the DAG's own.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Mapping
from typing import Any

from tradewind.authoring import metrics
from tradewind.ml import journal
from tradewind.ml.tracking import early, outage, tags
from tradewind.ml.tracking.forwarding import Forwarder
from tradewind.ml.tracking.parent import experiment_id, literal, parent_run
from tradewind.ml.tracking.place import is_server, mlflow_module, place_of_process
from tradewind.model.entries import TrackedRun
from tradewind.model.messages import RunTry
from tradewind.model.outcomes import Failed, Outcome

_INSTANCE = (tags.DAG_ID, tags.RUN_ID, tags.TASK_ID)
_log = logging.getLogger("tradewind.task")


class TrackedTry:
    """One try's run in MLflow. Made without asking MLflow for anything."""

    def __init__(self, message: RunTry, experiment: str = "", run_name: str = "") -> None:
        self.message = message
        self.experiment = experiment
        self.run_name = run_name
        self.place = place_of_process()
        self.is_taken = False
        """`mlflow.start_run()` has taken it up once."""
        self.is_wanted = False
        """It gets a run even where nothing is logged."""
        self.tags: dict[str, str] = {}
        self.parent_id = ""
        self._run_id = ""
        self._uri = ""
        self._joined_at_milliseconds = int(time.time() * 1000)
        self._lock = threading.RLock()
        self._forwarder = Forwarder(self)

    @property
    def has_run(self) -> bool:
        return bool(self._run_id)

    def run_id(self) -> str:
        """Of its run, made now where there is none yet. Raises MLflow's errors."""
        with self._lock:
            if not self._run_id:
                self._make()
            return self._run_id

    def client(self) -> Any:
        """Of where its run is, wherever users' code points MLflow meanwhile."""
        self.run_id()
        return mlflow_module().MlflowClient(tracking_uri=self._uri)

    def _make(self) -> None:
        mlflow = mlflow_module()
        self._uri = str(mlflow.get_tracking_uri())
        client = mlflow.MlflowClient(tracking_uri=self._uri)
        own = experiment_id(client, self.place, self.experiment or self.message.task.dag_id, outage.real_uri(self._uri))
        chosen = _chosen_experiment() or own
        self.parent_id, is_new = parent_run(client, self.place, self.message, own)
        made = client.create_run(
            chosen,
            tags={**self.tags, **tags.try_tags(self.message), tags.PARENT: self.parent_id},
            run_name=self.run_name or _name_of(self.message),
        )
        self._run_id = made.info.run_id
        if self.message.first_started_at is not None:
            self._end_lost_ones(client, chosen)
        if is_new:
            self._note(self.parent_id, own, is_parent=True)
        self._note(self._run_id, chosen, is_parent=False)
        outage.remember(self.place, self._uri, self._run_id, self.parent_id)
        self._catch_up()

    def _catch_up(self) -> None:
        """What this try has logged before it had MLflow goes to its run now that there is one."""
        if points := metrics.take_early():
            self._forwarder.take(points, self._joined_at_milliseconds - 1)
        for send in early.take(self.message.try_id):
            try:
                send(self)
            except Exception as error:
                _log.warning("MLflow did not take what was logged before: %s: %s", type(error).__name__, error)

    def _end_lost_ones(self, client: Any, experiment: str) -> None:
        """Runs of earlier tries of this task instance that still say they run: their processes were killed."""
        own = tags.try_tags(self.message)
        same = " and ".join(f"tags.`{name}` = {literal(own[name])}" for name in _INSTANCE if name in own)
        for one in client.search_runs([experiment], f"{same} and attributes.status = 'RUNNING'", max_results=20):
            if one.info.run_id != self._run_id and one.data.tags.get(tags.MAP_INDEX) == own.get(tags.MAP_INDEX):
                client.set_terminated(one.info.run_id, "KILLED")

    def _note(self, run_id: str, experiment: str, *, is_parent: bool) -> None:
        real = outage.real_uri(self._uri)
        url = f"{real.rstrip('/')}/#/experiments/{experiment}/runs/{run_id}" if is_server(real) else ""
        journal.write(TrackedRun(real, experiment, run_id, url, is_parent), try_id=self.message.try_id)

    def hear_metrics(self) -> None:
        metrics.listen(self._forwarder.take)

    def hand_over(self) -> None:
        """What was logged until now is in MLflow after this."""
        self._forwarder.send_all()

    def end(self, outcome: Outcome) -> None:
        """Everything logged is handed over, and the runs get their status."""
        metrics.flush()
        if self.is_wanted or early.is_there(self.message.try_id) or metrics.has_early():
            self.run_id()
        metrics.listen(None)
        self._forwarder.close()
        if not self._run_id:
            return
        status = "FAILED" if isinstance(outcome, Failed) else "FINISHED"
        _end_active_runs(status)
        client = self.client()
        client.set_terminated(self._run_id, status)
        is_last = not (isinstance(outcome, Failed) and self._will_be_tried_again(outcome))
        if is_last and (status == "FAILED" or not self._has_failed_before(client)):
            client.set_terminated(self.parent_id, status)

    def _has_failed_before(self, client: Any) -> bool:
        """Another task of the run has; unknown where the server has gone."""
        try:
            return client.get_run(self.parent_id).info.status == "FAILED"
        except Exception:
            return False

    def _will_be_tried_again(self, failed: Failed) -> bool:
        return failed.may_retry and self.message.try_number < self.message.max_tries


class _Current:
    tracked: TrackedTry | None = None


_current = _Current()


def current() -> TrackedTry | None:
    """The tracked try of this process."""
    return _current.tracked


def prepare(environment: Mapping[str, str] = os.environ) -> None:
    """Whatever this process does with MLflow from now on, it does at the right place."""
    place = place_of_process(environment)
    outage.install(place)
    mlflow = mlflow_module()
    if not mlflow.tracking.is_tracking_uri_set():
        mlflow.set_tracking_uri(place.uri)


def begin(message: RunTry, experiment: str = "", run_name: str = "") -> TrackedTry:
    """Track this try from now on; the one it has already, where it is tracked. Imports MLflow."""
    known = _current.tracked
    if known is not None and known.message.try_id == message.try_id:
        known.experiment = experiment or known.experiment
        known.run_name = run_name or known.run_name
        return known
    tracked = TrackedTry(message, experiment, run_name)
    mlflow = mlflow_module()
    outage.install(tracked.place)
    _chosen_before.keep()
    if not mlflow.tracking.is_tracking_uri_set():
        mlflow.set_tracking_uri(tracked.place.uri)
    _install_door()
    _current.tracked = tracked
    tracked.hear_metrics()
    return tracked


def end(outcome: Outcome) -> None:
    """Of the try. What MLflow does not take is logged, and changes nothing of the outcome."""
    tracked, _current.tracked = _current.tracked, None
    if tracked is None:
        return
    try:
        tracked.end(outcome)
        outage.deliver_in_passing(tracked.place)
    except Exception as error:
        _log.warning("MLflow was not told of the end of this try: %s: %s", type(error).__name__, error)
    finally:
        _chosen_before.put_back()


class _ChosenBefore:
    """What the DAG file, at its top level, has set in MLflow: a process that serves several tries begins each with it,
    not with what the try before has set."""

    uri: str | None = None
    experiment: str | None = None

    def keep(self) -> None:
        self.uri = mlflow_module("mlflow.tracking._tracking_service.utils")._tracking_uri
        self.experiment = mlflow_module("mlflow.tracking.fluent")._active_experiment_id

    def put_back(self) -> None:
        mlflow_module("mlflow.tracking._tracking_service.utils")._tracking_uri = self.uri
        mlflow_module("mlflow.tracking.fluent")._active_experiment_id = self.experiment


_chosen_before = _ChosenBefore()


def _chosen_experiment() -> str | None:
    """What users' code has set, by call or environment."""
    fluent = mlflow_module("mlflow.tracking.fluent")
    return fluent._active_experiment_id or fluent._get_experiment_id_from_env()


def _name_of(message: RunTry) -> str:
    index = f"[{'.'.join(map(str, message.task.map_path))}]" if message.task.map_path else ""
    number = f" try {message.try_number}" if message.try_number > 1 else ""
    return f"{message.task.task_id}{index}{number}"


def _end_active_runs(status: str) -> None:
    """Those that users' code has left open in this thread."""
    mlflow = mlflow_module()
    while mlflow.active_run() is not None:
        mlflow.end_run(status)


# ------------------------------------------------------------------------------------ MLflow's side


class _RunIdVariable:
    """Stands where MLflow looks for the variable MLFLOW_RUN_ID, when a run is started without saying which."""

    name = "MLFLOW_RUN_ID"

    def __init__(self, own: Any) -> None:
        self._own = own
        self.is_implied = False
        """Something is logged without a run: that is of the try, however many runs it had."""

    def get(self) -> str | None:
        given = self._own.get()
        tracked = _current.tracked
        if given or tracked is None or not self._is_for_us(tracked):
            return given
        try:
            run_id = tracked.run_id()
        except Exception as error:
            _log.warning("no MLflow run was made for this try: %s: %s", type(error).__name__, error)
            return None
        if not self.is_implied:
            tracked.is_taken = True
        os.environ[self.name] = run_id  # MLflow deletes it again, to use it once
        return run_id

    def unset(self) -> None:
        self._own.unset()

    def _is_for_us(self, tracked: TrackedTry) -> bool:
        fluent = mlflow_module("mlflow.tracking.fluent")
        if fluent._active_run_stack.get():
            return False
        if not self.is_implied and tracked.is_taken:
            return False
        chosen = fluent._active_experiment_id
        if not tracked.has_run or chosen is None:
            return True
        return chosen == tracked.client().get_run(tracked.run_id()).info.experiment_id


class _ChildTags:
    """Runs that users' code makes besides are children of the try's."""

    def in_context(self) -> bool:
        return _current.tracked is not None

    def tags(self) -> dict[str, str]:
        tracked = _current.tracked
        if tracked is None:
            return {}
        return {**tags.try_tags(tracked.message), tags.PARENT: tracked.run_id()}


class _Door:
    is_open = False


def _install_door() -> None:
    """Once a process: in users' hands stay MLflow's own functions."""
    if _Door.is_open:
        return
    _Door.is_open = True
    fluent = mlflow_module("mlflow.tracking.fluent")
    variable = _RunIdVariable(fluent.MLFLOW_RUN_ID)
    fluent.MLFLOW_RUN_ID = variable
    get_or_start = fluent._get_or_start_run

    def get_or_start_run() -> Any:
        variable.is_implied = True
        try:
            return get_or_start()
        finally:
            variable.is_implied = False

    fluent._get_or_start_run = get_or_start_run
    mlflow_module("mlflow.tracking.context.registry")._run_context_provider_registry.register(_ChildTags)
