"""DAG: the graph itself, every argument Airflow has given it, and what users ask of one."""

from __future__ import annotations

import copy
import importlib
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tradewind.authoring import defaults, registry, templates
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag_arguments import check_arguments, choose_schedule, refuse_unknown
from tradewind.authoring.dates import as_pendulum
from tradewind.authoring.exceptions import TaskNotFound
from tradewind.authoring.graph import find_cycle, topological_order
from tradewind.authoring.groups import TaskGroup
from tradewind.authoring.instants import as_instant, default_zone, in_utc
from tradewind.authoring.location import caller_location
from tradewind.authoring.params import DagParam, ParamsDict
from tradewind.authoring.reading import MISSING
from tradewind.authoring.registry import DagContext, DagMarker
from tradewind.authoring.scheduling import compile_schedule
from tradewind.authoring.subset import partial_subset
from tradewind.authoring.task import AbstractTask, check_key
from tradewind.model.errors import DagFileError
from tradewind.timetables.base import Timetable

if TYPE_CHECKING:
    from tradewind.model.spec import ScheduleSpec

NOT_GIVEN: Any = MISSING


class DAG(DagMarker):
    """A workflow. `with DAG("name", schedule="@daily", start_date=datetime(2025, 1, 1)):` and make tasks inside, or
    pass `dag=` to each. Raises DagFileError for an unknown argument or one of the wrong type."""

    def __init__(
        self,
        dag_id: str = "",
        description: str | None = None,
        schedule: Any = NOT_GIVEN,
        start_date: datetime | str | None = None,
        end_date: datetime | str | None = None,
        full_filepath: str | None = None,
        template_searchpath: str | Iterable[str] | None = None,
        template_undefined: Any = None,
        user_defined_macros: Mapping[str, Any] | None = None,
        user_defined_filters: Mapping[str, Callable[..., Any]] | None = None,
        default_args: Mapping[str, Any] | None = None,
        concurrency: int | None = None,
        max_active_tasks: int | None = None,
        max_active_runs: int | None = None,
        max_consecutive_failed_dag_runs: int | None = None,
        dagrun_timeout: timedelta | float | None = None,
        sla_miss_callback: Any = None,
        default_view: str = "",
        orientation: str = "",
        catchup: bool | None = None,
        on_success_callback: Any = None,
        on_failure_callback: Any = None,
        doc_md: str | None = None,
        params: Mapping[str, Any] | None = None,
        access_control: Mapping[str, Any] | None = None,
        is_paused_upon_creation: bool | None = None,
        jinja_environment_kwargs: Mapping[str, Any] | None = None,
        render_template_as_native_obj: bool = False,
        tags: Collection[str] | None = None,
        owner_links: Mapping[str, str] | None = None,
        auto_register: bool = True,
        fail_fast: bool = False,
        fail_stop: bool | None = None,
        dag_display_name: str | None = None,
        *,
        schedule_interval: Any = NOT_GIVEN,
        timetable: Any = None,
        deadline: Any = None,
        disable_bundle_versioning: bool | None = None,
        allowed_run_types: Any = None,
        rerun_with_latest_version: bool | None = None,
        worker_reuse: bool | int | None = None,
        **unknown: Any,
    ) -> None:
        self.location = caller_location()
        refuse_unknown(dag_id, unknown, DAG, self.location)
        check_key(dag_id, "DAG id", self.location)
        self.dag_id = dag_id
        self.fileloc = full_filepath or self.location.file
        self.description = description
        self.default_args: dict[str, Any] = copy.copy(dict(default_args or {}))
        self.params = ParamsDict({**_as_dict(self.default_args.pop("params", None)), **_as_dict(params)})
        settings = defaults.current()
        self.schedule, self.schedule_interval, self._deprecated_schedule = choose_schedule(
            dag_id, schedule, schedule_interval, timetable, self.location
        )
        self.start_date = self._instant("start_date", start_date)
        self.end_date = self._instant("end_date", end_date)
        self.template_searchpath = (
            [template_searchpath] if isinstance(template_searchpath, str) else list(template_searchpath or ())
        )
        self.template_undefined = template_undefined
        self.user_defined_macros = dict(user_defined_macros or {})
        self.user_defined_filters = dict(user_defined_filters or {})
        self.jinja_environment_kwargs = dict(jinja_environment_kwargs or {})
        self.render_template_as_native_obj = render_template_as_native_obj
        given_limit = concurrency if max_active_tasks is None else max_active_tasks
        self.max_active_tasks = settings.max_active_tasks_per_dag if given_limit is None else given_limit
        self.max_active_runs = settings.max_active_runs_per_dag if max_active_runs is None else max_active_runs
        self.max_consecutive_failed_dag_runs = max_consecutive_failed_dag_runs or 0
        self.dagrun_timeout = dagrun_timeout
        self.sla_miss_callback = sla_miss_callback
        self.default_view = default_view
        self.orientation = orientation
        self.catchup = settings.catchup_by_default if catchup is None else catchup
        self.on_success_callback = on_success_callback
        self.on_failure_callback = on_failure_callback
        self.access_control = access_control
        if is_paused_upon_creation is None and settings.dags_are_paused_at_creation:
            is_paused_upon_creation = True
        self.is_paused_upon_creation = is_paused_upon_creation
        self.tags = {tags} if isinstance(tags, str) else set(tags or ())
        self.owner_links = dict(owner_links or {})
        self.auto_register = auto_register
        self.is_subdag = False
        """A SubDagOperator runs it: it is no DAG of its own."""
        self.fail_fast = fail_fast if fail_stop is None else fail_stop
        self._dag_display_name = dag_display_name
        self.deadline = deadline
        self.disable_bundle_versioning = disable_bundle_versioning
        self.allowed_run_types = allowed_run_types
        self.rerun_with_latest_version = rerun_with_latest_version
        self.worker_reuse = worker_reuse
        self.doc_md = self._read_doc(doc_md)
        check_arguments(self)
        self.task_dict: dict[str, Any] = {}
        self.groups_made: dict[str, TaskGroup] = {}
        self.suffixes: dict[str, int] = {}
        self.edge_info: dict[str, dict[str, dict[str, Any]]] = {}
        self.task_group = TaskGroup.create_root(self)
        registry.note_created(self)

    # ------------------------------------------------------------------ what arguments mean

    def _instant(self, name: str, value: Any) -> datetime | None:
        chosen = value if value is not None else self.default_args.get(name)
        try:
            return None if chosen is None else as_instant(chosen, self._zone_given())
        except ValueError as error:
            raise DagFileError(
                f"DAG {self.dag_id!r}: {name}={chosen!r:.80} cannot be used: {error}",
                location=self.location,
                hint=f"correct {name}= of the DAG or in its default_args",
            ) from None

    def _zone_given(self) -> tzinfo | None:
        start = getattr(self, "start_date", None)
        return start.tzinfo if start is not None else None

    @property
    def timezone(self) -> tzinfo:
        """The zone that cron schedules follow: that of start_date, else the default."""
        return (self.start_date.tzinfo if self.start_date is not None else None) or default_zone()

    def _read_doc(self, doc_md: str | None) -> str | None:
        """The text, or what is in the file it names (beside the DAG file)."""
        if not isinstance(doc_md, str) or not doc_md.endswith(".md") or "\n" in doc_md:
            return doc_md
        file = Path(self.folder) / doc_md
        return file.read_text(encoding="utf-8") if file.is_file() else doc_md

    @cached_property
    def schedule_spec(self) -> ScheduleSpec:
        """The schedule as plain data. Raises DagFileError where it cannot be parsed."""
        return compile_schedule(self)

    @property
    def dag_display_name(self) -> str:
        return self._dag_display_name or self.dag_id

    @property
    def concurrency(self) -> int:
        return self.max_active_tasks

    @property
    def fail_stop(self) -> bool:
        return self.fail_fast

    @property
    def folder(self) -> str:
        return os.path.dirname(os.path.abspath(self.fileloc))

    @property
    def filepath(self) -> str:
        return self.fileloc

    full_filepath = filepath

    @property
    def owner(self) -> str:
        """Owners of all tasks, comma-separated."""
        return ", ".join(sorted({task.owner for task in self.tasks}))

    @property
    def timetable(self) -> Any:
        """The timetable that the schedule makes."""
        if isinstance(self.schedule, Timetable):
            return self.schedule
        timetables = importlib.import_module("tradewind.timetables")  # heavy, and only asked for by hand
        return timetables.build(self.schedule_spec)

    def following_schedule(self, dttm: datetime) -> Any:
        """The tick of the schedule after this instant (Airflow 1.10 and 2.x); None for a schedule without ticks."""
        return self._neighbour("_get_next", dttm)

    def previous_schedule(self, dttm: datetime) -> Any:
        """The tick of the schedule before this instant; None for a schedule without ticks."""
        return self._neighbour("_get_prev", dttm)

    def _neighbour(self, step_name: str, dttm: datetime) -> Any:
        step: Callable[[Any], datetime] | None = getattr(self.timetable, step_name, None)
        return None if step is None else as_pendulum(step(in_utc(as_instant(dttm))))

    # ------------------------------------------------------------------ tasks

    @property
    def tasks(self) -> list[Any]:
        return list(self.task_dict.values())

    @property
    def task_ids(self) -> list[str]:
        return list(self.task_dict)

    @property
    def task_count(self) -> int:
        return len(self.task_dict)

    @property
    def task_group_dict(self) -> dict[str, TaskGroup]:
        return {str(group.group_id): group for group in self.task_group.iter_groups()}

    def has_node(self, node_id: str) -> bool:
        """Whether a task or a group has this id."""
        return node_id in self.task_dict or node_id in self.groups_made

    @property
    def roots(self) -> list[Any]:
        """Tasks with nothing before them."""
        return [task for task in self.tasks if not task.upstream_task_ids]

    @property
    def leaves(self) -> list[Any]:
        """Tasks with nothing after them."""
        return [task for task in self.tasks if not task.downstream_task_ids]

    def has_task(self, task_id: str) -> bool:
        return task_id in self.task_dict

    def has_task_group(self, task_group_id: str) -> bool:
        return task_group_id in self.task_group_dict

    def get_task(self, task_id: str, include_subdags: bool = False) -> Any:
        """The task with this id. Raises TaskNotFound."""
        found = self.task_dict.get(task_id)
        if found is None:
            raise TaskNotFound(f"Task {task_id} not found in DAG {self.dag_id!r}")
        return found

    def add_task(self, task: Any) -> None:
        task.dag = self

    def add_tasks(self, tasks: Iterable[Any]) -> None:
        for task in tasks:
            self.add_task(task)

    def _remove_task(self, task_id: str) -> None:
        task = self.task_dict.pop(task_id)
        if task.task_group is not None:
            task.task_group.children.pop(task_id, None)

    def set_dependency(self, upstream_task_id: str, downstream_task_id: str) -> None:
        self.get_task(upstream_task_id).set_downstream(self.get_task(downstream_task_id))

    def get_edge_info(self, upstream_task_id: str, downstream_task_id: str) -> dict[str, Any]:
        return self.edge_info.get(upstream_task_id, {}).get(downstream_task_id, {})

    def set_edge_info(self, upstream_task_id: str, downstream_task_id: str, info: dict[str, Any]) -> None:
        self.edge_info.setdefault(upstream_task_id, {})[downstream_task_id] = info

    def topological_sort(self, include_subdag_tasks: bool = False) -> tuple[Any, ...]:
        """Tasks so that each comes after its upstream; ties in the order they were made."""
        order = topological_order({task.task_id: task.upstream_task_ids for task in self.tasks})
        return tuple(self.task_dict[task_id] for task_id in order)

    def test_cycle(self) -> bool:
        return find_cycle({task.task_id: task.downstream_task_ids for task in self.tasks}) is not None

    def param(self, name: str, default: Any = MISSING) -> DagParam:
        """A reference to a param, usable as an argument of tasks."""
        return DagParam(self, name, default)

    def add_param(self, name: str, param: Any) -> None:
        self.params[name] = param

    def partial_subset(
        self,
        task_ids_or_regex: Any = None,
        include_downstream: bool = False,
        include_upstream: bool = True,
        include_direct_upstream: bool = False,
        *,
        task_ids: Any = None,
    ) -> DAG:
        """A copy of the DAG with the matching tasks only, and those before or after them as asked."""
        return partial_subset(
            self,
            task_ids if task_ids is not None else task_ids_or_regex,
            include_downstream=include_downstream,
            include_upstream=include_upstream,
            include_direct_upstream=include_direct_upstream,
        )

    def sub_dag(self, *args: Any, **kwargs: Any) -> DAG:
        return self.partial_subset(*args, **kwargs)

    def validate(self) -> None:
        """Raise DagFileError for the first mistake in the DAG."""
        compile_dag(self)

    check_cycle = validate

    # ------------------------------------------------------------------ templates

    def get_template_env(self, *, force_sandboxed: bool = False) -> Any:
        """The Jinja environment of the DAG's tasks."""
        return templates.environment_for(None, self)

    def resolve_template_files(self) -> None:
        for task in self.tasks:
            if hasattr(task, "resolve_template_files"):
                task.resolve_template_files()

    # ------------------------------------------------------------------ running it from a file

    def test(self, execution_date: Any = None, run_conf: Mapping[str, Any] | None = None, **options: Any) -> Any:
        """Run the DAG once in this process and give its run: for a debugger and for unit tests."""
        runner = importlib.import_module("tradewind.cli.dag_test")  # the author's room knows neither engine nor runner
        return runner.run_dag(self, logical_date=options.pop("logical_date", execution_date), conf=run_conf, **options)

    def cli(self) -> None:
        """The command line: `python my_dag.py dags list`; `python my_dag.py run` runs this file."""
        command_line = importlib.import_module("tradewind.cli.main")  # likewise
        arguments = sys.argv[1:] or ["--help"]
        command_line.main(["run", self.fileloc, *arguments[1:]] if arguments[0] == "run" else arguments)

    # ------------------------------------------------------------------ with DAG(...):

    def __enter__(self) -> DAG:
        DagContext.push(self)
        return self

    def __exit__(self, *error: object) -> None:
        DagContext.pop()

    def __repr__(self) -> str:
        return f"<DAG: {self.dag_id}>"

    def __lt__(self, other: Any) -> bool:
        return self.dag_id < other.dag_id

    def __deepcopy__(self, memo: dict[int, Any]) -> DAG:
        other = object.__new__(type(self))
        memo[id(self)] = other
        shared = (
            "location",
            "user_defined_macros",
            "user_defined_filters",
            "params",
            "schedule",
            "on_success_callback",
            "on_failure_callback",
        )
        for name, value in self.__dict__.items():
            other.__dict__[name] = value if name in shared else copy.deepcopy(value, memo)
        return other


def _as_dict(params: Any) -> dict[str, Any]:
    return dict(ParamsDict(params).params())


__all__ = ["DAG", "AbstractTask"]
