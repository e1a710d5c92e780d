"""The context of a try: everything a task may ask for by name, in the words of Airflow 1.10 to 3.3 at once. A variable
is computed when it is first looked at, so that a task pays only for what it uses."""

from __future__ import annotations

import copy
from collections.abc import Callable, Generator, ItemsView, Iterator, KeysView, Mapping, MutableMapping, ValuesView
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tradewind.authoring import macros
from tradewind.authoring.asset_events import InletEvents, by_asset, by_uri, triggering_events
from tradewind.authoring.configuration import conf
from tradewind.authoring.context_dates import RunDates, partition_date
from tradewind.authoring.context_lookups import ConnectionLookup, variables
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.memory import AssetMemories, task_memory
from tradewind.authoring.metrics import metric_logger
from tradewind.authoring.outlet_events import OutletEvents
from tradewind.authoring.params import ParamsDict
from tradewind.model.messages import RunTry

Lazily = Callable[[], Any]


class Context(dict[str, Any]):
    """A dict whose missing items are made by `lazily[name]()` when first asked for, and kept."""

    def __init__(self, values: Mapping[str, Any] | None = None, lazily: Mapping[str, Lazily] | None = None) -> None:
        super().__init__(values or {})
        self._lazily: dict[str, Lazily] = dict(lazily or {})

    def __missing__(self, key: str) -> Any:
        value = self[key] = self._lazily[key]()
        return value

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._lazily

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield from (key for key in self._lazily if not super(Context, self).__contains__(key))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._lazily.pop(key, None)
        super().pop(key, None)

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self else default  # noqa: SIM401 (this is `get`)

    def pop(self, key: str, *default: Any) -> Any:
        if key not in self:
            return super().pop(key, *default)
        value = self[key]
        del self[key]
        return value

    def setdefault(self, key: str, default: Any = None) -> Any:
        if key not in self:
            self[key] = default
        return self[key]

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        return KeysView(self)

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        return ValuesView(self)

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override]
        return ItemsView(self)

    def copy(self) -> Context:
        return Context(self._made(), self._lazily)

    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, Any]) -> Context:
        return Context(copy.deepcopy(self._made(), memo), self._lazily)

    def _made(self) -> dict[str, Any]:
        """What is there already, without making more."""
        return {key: self[key] for key in super().__iter__()}

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Mapping) and dict(self) == dict(other))  # pyright: ignore

    __hash__ = None  # pyright: ignore[reportAssignmentType]

    def __repr__(self) -> str:
        return f"<Context of {self.get('task_instance_key_str', 'no task')}: {', '.join(sorted(self))}>"


# ------------------------------------------------------------------------------------ making one


def build_context(message: RunTry, task: Any, ti: Any, *, progress: Any = None) -> Context:
    """The context of the try that `message` starts. `task` is the operator as the DAG has it; `ti` is `context["ti"]`
    and has `dag_run`; `progress` is `context["progress"]`. Asks the supervisor only for what is looked at."""
    run, key = message.run, message.task
    values: dict[str, Any] = {
        "task": task,
        "ti": ti,
        "task_instance": ti,
        "run_id": key.run_id,
        "try_number": message.try_number,
        "test_mode": False,
        "templates_dict": None,
        "reason": None,
        "map_index_template": getattr(task, "map_index_template", None),
        "expanded_ti_count": message.expansion_lengths.get(key.task_id),
        "task_reschedule_count": message.reschedules,
        "partition_key": run.partition_key,
        "macros": macros,
        "conf": conf,
        "progress": progress,
        "log_metric": metric_logger(message.try_id),
    }
    dag = task.dag
    lazily: dict[str, Lazily] = {
        "dag": lambda: dag,
        "dag_run": lambda: ti.dag_run,
        "params": lambda: merged_params(dag, task, run.params, run.conf),
        "var": variables,
        "conn": ConnectionLookup,
        "inlets": lambda: list(task.inlets or ()),
        "outlets": lambda: list(task.outlets or ()),
        "asset_state_store": lambda: AssetMemories(list(task.inlets or ()), list(task.outlets or ())),
        "task_state_store": lambda: task_memory(key),
        "inlet_events": lambda: InletEvents(task.inlets or ()),
        "outlet_events": lambda: OutletEvents(list(task.outlets or ())),
        "triggering_asset_events": lambda: triggering_events(run.triggering_assets, by_asset),
        "triggering_dataset_events": lambda: triggering_events(run.triggering_assets, by_uri),
        "partition_date": lambda: partition_date(run.partition_key),
        "start_date": lambda: ti.start_date,
        "task_instance_key_str": lambda: _key_text(key.dag_id, key.task_id, key.run_id, run.logical_date),
        **RunDates(key.run, run, dag).variables(),
    }
    return Context(values, lazily)


def merged_params(dag: Any, task: Any, run_params: Mapping[str, Any], run_conf: Mapping[str, Any]) -> dict[str, Any]:
    """Params by name, later wins: the DAG's, the task's, the run's, the run's conf. Raises ParamValidationError."""
    merged = ParamsDict(getattr(dag, "params", None))
    for name, param in ParamsDict(getattr(task, "params", None)).params().items():
        merged[name] = param
    for given in (run_params, run_conf):
        for name, value in given.items():
            merged[name] = value
    return merged.validate()


def context_merge(context: MutableMapping[str, Any], *args: Any, **kwargs: Any) -> None:
    """Put more into a context, in place; what is there under the same names is replaced."""
    context.update(dict(*args, **kwargs))


# ------------------------------------------------------------------------------------ the current one

# Airflow's users call get_current_context() from threads of their own too, which start without our context variables;
# a process runs one try at a time.
_running: list[Any] = []


class NoContextError(AirflowException, RuntimeError):
    """get_current_context() was called where no task runs (an AirflowException in Airflow 2, a RuntimeError in 3)."""


@contextmanager
def running(context: Any) -> Generator[Any]:
    """Within the block, `get_current_context()` gives this context."""
    _running.append(context)
    try:
        yield context
    finally:
        _running.remove(context) if context in _running else None


set_current_context = running


def get_current_context() -> Any:
    """The context of the task that is running. Raises NoContextError outside of one."""
    if not _running:
        raise NoContextError(
            "Current context was requested but no context was found! Are you running within a Tradewind task?",
            hint="call get_current_context() inside a task's function, not at the top of the DAG file",
        )
    return _running[-1]


# ------------------------------------------------------------------------------------ as environment variables


def context_to_airflow_vars(context: Mapping[str, Any], in_env_var_format: bool = False) -> dict[str, str]:
    """Who is running, for child processes: `AIRFLOW_CTX_DAG_ID` and its like, or dotted names as for hooks."""
    task, ti, run = context.get("task"), context.get("ti"), context.get("dag_run")
    known = {
        "dag_email": _listed(getattr(task, "email", None)),
        "dag_owner": _listed(getattr(task, "owner", None)),
        "dag_id": getattr(ti, "dag_id", None),
        "task_id": getattr(ti, "task_id", None),
        "try_number": getattr(ti, "try_number", None),
        "execution_date": _instant_text(context, "logical_date"),
        "logical_date": _instant_text(context, "logical_date"),
        "dag_run_id": getattr(run, "run_id", None) or context.get("run_id"),
    }
    given = {name: str(value) for name, value in known.items() if value not in (None, "")}
    if in_env_var_format:
        return {f"AIRFLOW_CTX_{name.upper()}": text for name, text in given.items()}
    return {f"airflow.ctx.{name}": text for name, text in given.items()}


def _listed(value: Any) -> str | None:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple, set)) else value  # pyright: ignore


def _instant_text(context: Mapping[str, Any], name: str) -> str | None:
    if name not in context:
        return None
    value = context["ts"] if name == "logical_date" and "ts" in context else context[name]
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _key_text(dag_id: str, task_id: str, run_id: str, logical_date: datetime | None) -> str:
    return f"{dag_id}__{task_id}__{run_id if logical_date is None else logical_date.strftime('%Y%m%d')}"
