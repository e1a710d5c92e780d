"""DagSpec: a compiled DAG as plain, hashable data. The engine, store and scheduler know DAGs only in this form; the
Python objects of a DAG file live in the parser's and the runner's processes alone. Durations are seconds (float),
instants are aware datetimes in UTC. Tuples keep the author's order; equal source gives an equal spec and hash."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from tradewind.model.states import TriggerRule, WeightRule

SPEC_VERSION = 1


# ---------------------------------------------------------------------------------------------- schedule


ScheduleKind: TypeAlias = Literal[
    "none", "cron", "delta", "once", "continuous", "assets", "assets_or_time", "events", "custom"
]


class ScheduleSpec(Struct, frozen=True, omit_defaults=True):
    """What `schedule=` compiled to; `tradewind.timetables.build` turns it into a timetable."""

    kind: Literal["none", "cron", "delta", "once", "continuous", "assets", "assets_or_time", "events", "custom"] = (
        "none"
    )
    crons: tuple[str, ...] = ()
    """Cron expressions (presets already resolved); several for `MultipleCronTriggerTimetable`."""
    timezone: str = "UTC"
    interval: Literal["data_interval", "trigger"] = "data_interval"
    """Airflow 2's meaning of a cron string (a run covers the interval before it) or Airflow 3's (a point in time)."""
    delta_seconds: float = 0.0
    delta_months: int = 0
    """Calendar part of a relativedelta; `delta_seconds` holds the rest."""
    trigger_interval_seconds: float = 0.0
    """`interval=` of a CronTriggerTimetable: length of the data interval that ends at the trigger time."""
    event_dates: tuple[datetime, ...] = ()
    restrict_to_events: bool = False
    assets: Any = None
    """Asset condition as nested plain data, e.g. {"all": [{"asset": {"name", "uri"}}, {"any": […]}]}."""
    assets_give_dates: bool = False
    """The file is of Airflow 2's era, where a run that assets start has a logical date and a data interval."""
    import_path: str = ""
    """Class of a custom timetable, e.g. `my_file.UnevenIntervals`."""
    data: Any = None
    """What the custom timetable's serialize() returned; or {"relativedelta": {...}} for absolute fields."""
    summary: str = ""
    """What a list shows, e.g. `0 2 * * *`, `1 day, 0:00:00`, `None`, `Asset`."""


# ---------------------------------------------------------------------------------------------- mapping


class Literals(Struct, frozen=True, tag="literal"):
    """A list or dict written in the DAG file: its length is known when compiling."""

    length: int


class FromTask(Struct, frozen=True, tag="task"):
    """The value of a task: its own length or, if that task is itself mapped (deeper than the asker), the number of its
    instances that pushed a value."""

    task_id: str
    key: str = "return_value"


class Zipped(Struct, frozen=True, tag="zip"):
    """`a.zip(b, …)`: the shortest counts, or the longest where a fill value was given."""

    sources: tuple[LengthSource, ...]
    longest: bool = False


class Concatenated(Struct, frozen=True, tag="concat"):
    sources: tuple[LengthSource, ...]


class Filtered(Struct, frozen=True, tag="filter"):
    """`x.filter(f)`: only the author's code can tell the length, so a try with purpose EXPAND is sent to ask."""

    sources: tuple[LengthSource, ...]


LengthSource: TypeAlias = Literals | FromTask | Zipped | Concatenated | Filtered


class Expansion(Struct, frozen=True):
    """How a mapped task or mapped task group becomes instances. With several arguments (`expand(x=…, y=…)`) the number
    is the product of their lengths, the last argument varying fastest, as in Airflow; `expand_kwargs` has one."""

    arguments: tuple[tuple[str, LengthSource], ...]

    def task_ids(self) -> frozenset[str]:
        """Tasks whose values decide the length."""
        return frozenset(t for _, source in self.arguments for t in _tasks_of(source))


def _tasks_of(source: LengthSource) -> list[str]:
    match source:
        case Literals():
            return []
        case FromTask(task_id=task_id):
            return [task_id]
        case Zipped(sources=sources) | Concatenated(sources=sources) | Filtered(sources=sources):
            return [t for inner in sources for t in _tasks_of(inner)]


# ---------------------------------------------------------------------------------------------- tasks


class Resources(Struct, frozen=True, omit_defaults=True):
    """What a try needs of its machine. `gpus` below 1 asks for a fraction of one."""

    cpus: float = 0.0
    memory_bytes: int = 0
    gpus: float = 0.0


class ReuseSpec(Struct, frozen=True, omit_defaults=True):
    """`worker_reuse=`: let one child process serve up to `tries` tries, one after another."""

    tries: int = 100


class RetrySpec(Struct, frozen=True, omit_defaults=True):
    retries: int = 0
    delay_seconds: float = 300.0
    backoff: float = 0.0
    """0: the delay is constant. Else its growth factor per try; `retry_exponential_backoff=True` is 2."""
    max_delay_seconds: float | None = None


class XComInput(Struct, frozen=True, order=True):
    """A value this task is known (from its arguments) to read, so that it can travel with the try's message."""

    task_id: str
    key: str = "return_value"


class StartTrigger(Struct, frozen=True, omit_defaults=True):
    """A task that starts deferred, without a process before its trigger."""

    trigger: str
    """Class path."""
    kwargs: dict[str, Any]
    """As `authoring.trigger_arguments` writes them, like `next_kwargs`."""
    method: str
    next_kwargs: dict[str, Any] = {}
    timeout_seconds: float | None = None


class TaskSpec(Struct, frozen=True, omit_defaults=True):
    task_id: str
    operator: str
    """Class name the user sees, e.g. `PythonOperator`, `@task`."""
    upstream: tuple[str, ...] = ()
    trigger_rule: TriggerRule = TriggerRule.ALL_SUCCESS
    group_id: str = ""
    """Innermost task group, or "" at the DAG's root."""
    expansion: Expansion | None = None
    """Own expansion of a mapped task (its groups may be mapped besides)."""
    is_mapped_over: bool = False
    """Some expansion takes its length from this task: its value must be a list or dict."""
    retry: RetrySpec = RetrySpec()
    execution_timeout_seconds: float | None = None
    depends_on_past: bool = False
    ignore_first_depends_on_past: bool = True
    wait_for_past_depends_before_skipping: bool = False
    wait_for_downstream: bool = False
    is_setup: bool = False
    is_teardown: bool = False
    setups: tuple[str, ...] = ()
    """Setup tasks directly upstream of this teardown (`teardown.as_teardown(setups=…)`)."""
    on_failure_fail_run: bool = False
    """A teardown whose failure fails the run (`on_failure_fail_dagrun`)."""
    needs_no_process: bool = False
    """An EmptyOperator without callbacks, templates or outlets: the engine itself ends it with success."""
    start_trigger: StartTrigger | None = None
    pool: str = "default_pool"
    pool_slots: int = 1
    priority_weight: int = 1
    """Effective weight, the weight rule already applied."""
    weight_rule: WeightRule = WeightRule.DOWNSTREAM
    queue: str = "default"
    executor: str = ""
    max_active_tis_per_dag: int | None = None
    max_active_tis_per_dagrun: int | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    resources: Resources = Resources()
    reuse: ReuseSpec | None = None
    inputs: tuple[XComInput, ...] = ()
    owner: str = "airflow"
    doc: str = ""
    label: str = ""
    """`task_display_name`, where it differs from task_id."""
    ui_color: str = ""
    template_fields: tuple[str, ...] = ()
    callbacks: tuple[str, ...] = ()
    """Names of callbacks set, e.g. `on_failure_callback`, and `email` where a mail is to be sent; the functions stay in
    the DAG file."""
    outlets: tuple[Any, ...] = ()
    inlets: tuple[Any, ...] = ()
    line: int = 0
    """Line of the DAG file that made the task; not part of the hash (see DagSpec.hash)."""
    extra: dict[str, Any] = {}
    """Arguments Airflow knows and nothing here acts on yet, kept for show (plain data)."""


class DeadlineSpec(Struct, frozen=True, omit_defaults=True):
    """A DeadlineAlert of a DAG, or the SLA of a task: due `seconds` after what `reference` says."""

    name: str
    reference: str
    """Airflow's name, e.g. `DagRunQueuedAtDeadline`; `Sla` for a task's; `Custom` where only the author's code can
    tell."""
    options: dict[str, Any] = {}
    """`datetime` of a FixedDatetimeDeadline; `max_runs` and `min_runs` of an AverageRuntimeDeadline."""
    seconds: float = 0.0
    variable: str = ""
    """Name of the variable that holds the seconds, where the interval is a VariableInterval."""
    callback: str = ""
    """Name of the function, for show."""
    task_id: str = ""
    """The task whose end is meant; "" for the run's."""
    warns: bool = False
    """It has a callback for a miss that is only predicted (`on_deadline_risk`)."""


class GroupSpec(Struct, frozen=True, omit_defaults=True):
    group_id: str
    parent_id: str = ""
    label: str = ""
    tooltip: str = ""
    expansion: Expansion | None = None
    ui_color: str = ""


class EdgeLabel(Struct, frozen=True):
    upstream: str
    downstream: str
    label: str


# ---------------------------------------------------------------------------------------------- DAG


class ParamSpec(Struct, frozen=True, omit_defaults=True):
    name: str
    has_default: bool = False
    default: Any = None
    description: str = ""
    schema: dict[str, Any] = {}


class DagSpec(Struct, frozen=True, omit_defaults=True):
    dag_id: str
    file: str = ""
    """Path of the DAG file relative to its DAG folder."""
    tasks: tuple[TaskSpec, ...] = ()
    groups: tuple[GroupSpec, ...] = ()
    edge_labels: tuple[EdgeLabel, ...] = ()
    schedule: ScheduleSpec = ScheduleSpec()
    start_date: datetime | None = None
    end_date: datetime | None = None
    catchup: bool = False
    timezone: str = "UTC"
    max_active_runs: int = 16
    max_active_tasks: int = 16
    max_consecutive_failed_runs: int = 0
    run_timeout_seconds: float | None = None
    params: tuple[ParamSpec, ...] = ()
    tags: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    description: str = ""
    doc: str = ""
    label: str = ""
    is_paused_upon_creation: bool | None = None
    fail_fast: bool = False
    """Airflow's `fail_fast` / `fail_stop`: the first failed task stops all others of its run."""
    callbacks: tuple[str, ...] = ()
    deadlines: tuple[DeadlineSpec, ...] = ()
    render_template_as_native_obj: bool = False
    access_control: Any = None
    default_view: str = ""
    extra: dict[str, Any] = {}
    spec_version: int = SPEC_VERSION

    @property
    def clock(self) -> tuple[ScheduleSpec, datetime | None, datetime | None, bool]:
        """What its runs by the clock follow from: versions that have it the same ask for the same runs."""
        return self.schedule, self.start_date, self.end_date, self.catchup

    @property
    def hash(self) -> str:
        """BLAKE2b-128 (hex) of the canonical JSON of everything but line numbers."""
        plain = msgspec.to_builtins(self)
        for task in plain.get("tasks", ()):
            task.pop("line", None)
        return hashlib.blake2b(msgspec.json.encode(plain, order="deterministic"), digest_size=16).hexdigest()
