"""Values and odds and ends that Airflow's `settings`, `configuration` and internal modules export."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from tradewind.airflow_compat.database import Column, no_database
from tradewind.airflow_compat.states import State
from tradewind.authoring import defaults
from tradewind.authoring.call import determine_kwargs
from tradewind.authoring.exceptions import AirflowTaskTimeout
from tradewind.authoring.instants import default_zone
from tradewind.model.states import TriggerRule, WeightRule

_settings = defaults.current()

AIRFLOW_HOME = str(_settings.home)
DAGS_FOLDER = str(_settings.dags_folder)
PLUGINS_FOLDER = str(_settings.home / "plugins")
SQL_ALCHEMY_CONN = _settings.database_url
TIMEZONE = default_zone()
STATE_COLORS = {str(state): color for state, color in State.state_color.items() if state}
engine = Column("settings.engine")

ID_LEN = 250
DEFAULT_QUEUE = "default"
DEFAULT_OWNER = "airflow"
DEFAULT_POOL_SLOTS = 1
DEFAULT_PRIORITY_WEIGHT = 1
DEFAULT_RETRIES = _settings.default_retries
DEFAULT_TRIGGER_RULE = TriggerRule.ALL_SUCCESS
DEFAULT_WEIGHT_RULE = WeightRule.DOWNSTREAM
NEVER_EXPIRE = timedelta.max


class JobState(StrEnum):
    """States of Airflow's own processes."""

    RUNNING = "running"
    SUCCESS = "success"
    RESTARTING = "restarting"
    FAILED = "failed"


class ParsingContext(NamedTuple):
    """Which DAG and task a file is loaded for. A file is loaded whole here: neither."""

    dag_id: str | None = None
    task_id: str | None = None


def get_parsing_context() -> ParsingContext:
    """What a file that makes many DAGs asks, to make only the one that is needed."""
    return ParsingContext()


class TimeLimit:
    """`with timeout(seconds):` raises AirflowTaskTimeout in the block. Only in the main thread, as signals are."""

    def __init__(self, seconds: float = 1, error_message: str = "Timeout") -> None:
        self.seconds = seconds
        self.error_message = f"{error_message}, PID: {os.getpid()}"

    def _raise(self, number: int, frame: Any) -> None:
        raise AirflowTaskTimeout(self.error_message)

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGALRM, self._raise)
        self._since = time.monotonic()
        self._outer_seconds, _ = signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)
        if self._outer_seconds:  # the task's own execution_timeout goes on counting
            rest = self._outer_seconds - (time.monotonic() - self._since)
            signal.setitimer(signal.ITIMER_REAL, max(rest, 0.001))


def get_airflow_home() -> str:
    return AIRFLOW_HOME


def get_airflow_config(airflow_home: str = AIRFLOW_HOME) -> str:
    return f"{airflow_home}/airflow.cfg"


def pod_mutation_hook(pod: Any) -> None:
    """Airflow's local settings may change every pod here; ours leave it."""


def clear_task_instances(*_: Any, **__: Any) -> None:
    no_database("clear_task_instances()")


def context_get_outlet_events(context: Any) -> Any:
    return context["outlet_events"]


def make_kwargs_callable(func: Callable[..., Any]) -> Callable[..., Any]:
    """A function that may be called with a whole context and takes of it what it names."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **determine_kwargs(func, args, kwargs))

    return call


def build_airflow_dagrun_url(dag_id: str, run_id: str) -> str:
    return f"dags/{dag_id}/runs/{run_id}"


def build_airflow_url_with_query(query: dict[str, Any]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in query.items())
