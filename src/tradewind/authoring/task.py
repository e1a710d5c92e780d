"""What an operator and a mapped operator have in common: an id in a DAG and a group, edges, and Airflow's arguments."""

from __future__ import annotations

import contextlib
import copy
import difflib
import logging
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from tradewind.authoring import registry
from tradewind.authoring.arguments import ARGUMENTS, MUTABLE, STORED_AS, TASK_ID_MAX_LENGTH, checked_defaults
from tradewind.authoring.exceptions import DuplicateTaskIdFound
from tradewind.authoring.nodes import DependencyMixin, join_tasks
from tradewind.authoring.setup_teardown import surround
from tradewind.authoring.xcom_arg import PlainXComArg, XComArg
from tradewind.model.errors import DagFileError, SourceLocation
from tradewind.model.spec import Resources
from tradewind.model.states import TriggerRule

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG
    from tradewind.authoring.edges import EdgeModifier
    from tradewind.authoring.groups import TaskGroup
    from tradewind.authoring.params import ParamsDict

_KEY = re.compile(r"[\w.-]+")
_NOT_OF_A_KEY = re.compile(r"[^\w.-]+")


class AbstractTask(DependencyMixin):
    """A node with a task id. Its arguments (`ARGUMENTS`) are attributes of the same names."""

    task_id: str
    location: SourceLocation
    params: ParamsDict
    is_mapped: bool = False
    is_setup: bool = False
    on_failure_fail_dagrun: bool = False
    template_fields: Collection[str] = ()
    template_ext: Sequence[str] = ()
    template_fields_renderers: Mapping[str, str] = {}
    ui_color: str = "#fff"
    ui_fgcolor: str = "#000"
    operator_extra_links: Collection[Any] = ()
    supports_lineage: bool = False
    inherits_from_empty_operator: bool = False
    inherits_from_skipmixin: bool = False
    start_trigger_args: Any = None
    start_from_trigger: bool = False

    # What _keep_arguments() sets; ARGUMENTS says which and how they are checked.
    owner: str
    email: Any
    email_on_retry: bool
    email_on_failure: bool
    retries: int
    retry_delay: timedelta
    retry_exponential_backoff: bool | float
    max_retry_delay: timedelta | None
    start_date: datetime | None
    end_date: datetime | None
    depends_on_past: bool
    ignore_first_depends_on_past: bool
    wait_for_past_depends_before_skipping: bool
    wait_for_downstream: bool
    priority_weight: int
    weight_rule: Any
    queue: str
    pool: str
    pool_slots: int
    sla: timedelta | None
    execution_timeout: timedelta | None
    on_execute_callback: Any
    on_failure_callback: Any
    on_success_callback: Any
    on_retry_callback: Any
    on_skipped_callback: Any
    trigger_rule: TriggerRule
    resources: Resources | None
    run_as_user: str | None
    task_concurrency: int | None
    max_active_tis_per_dag: int | None
    max_active_tis_per_dagrun: int | None
    executor: str | None
    executor_config: dict[str, Any]
    do_xcom_push: bool
    multiple_outputs: bool
    inlets: list[Any]
    outlets: list[Any]
    doc_md: str | None
    logger_name: str | None
    map_index_template: str | None
    worker_reuse: bool | int | None

    # ------------------------------------------------------------------ identity and place

    def _place(self, task_id: Any, dag: DAG | None, group: TaskGroup | None) -> None:
        """Take the id (prefixed by the group) and join group and DAG."""
        check_key(task_id, "task id", self.location)
        self.label = task_id
        self.task_id = group.child_id(task_id) if group is not None else task_id
        if len(self.task_id) > TASK_ID_MAX_LENGTH:
            check_key(self.task_id, "task id", self.location)
        self.upstream_task_ids: set[str] = set()
        self.downstream_task_ids: set[str] = set()
        self.task_group: TaskGroup | None = None
        self._dag: DAG | None = None
        self._is_teardown = False
        if group is not None:
            group.add(self)
        if dag is not None:
            self.dag = dag

    @property
    def dag(self) -> Any:
        """The task's DAG, or None."""
        return self._dag

    @dag.setter
    def dag(self, dag: DAG) -> None:
        if self._dag is not None and self._dag is not dag:
            raise DagFileError(
                f"task {self.task_id!r} belongs to DAG {self._dag.dag_id!r} already",
                location=self.location,
                hint=f"make another task for DAG {dag.dag_id!r}",
            )
        if self._dag is dag and dag.task_dict.get(self.task_id) is self:
            return
        if self.task_id in dag.task_dict and dag.task_dict[self.task_id] is not self:
            first = dag.task_dict[self.task_id].location
            raise DuplicateTaskIdFound(
                f"Task id {self.task_id!r} has already been added to the DAG {dag.dag_id!r} (at {first})",
                location=self.location,
                hint="give one of the two tasks another task_id",
            )
        self._dag = dag
        dag.task_dict[self.task_id] = self
        if self.task_group is None:
            dag.task_group.add(self)
        registry.note_task(self)

    def has_dag(self) -> bool:
        return self._dag is not None

    @property
    def dag_id(self) -> str:
        return self._dag.dag_id if self._dag is not None else f"adhoc_{self.owner}"

    @property
    def node_id(self) -> str:
        return self.task_id

    @property
    def task_display_name(self) -> str:
        """What users see as the task's name."""
        return self.__dict__.get("_task_display_name") or self.task_id

    @property
    def task_type(self) -> str:
        """Class name of the operator."""
        return type(self).__name__

    @property
    def operator_class(self) -> Any:
        return type(self)

    @property
    def operator_name(self) -> str:
        """What users see as the kind of task, e.g. `@task`."""
        return getattr(self.operator_class, "custom_operator_name", None) or self.task_type

    @property
    def log(self) -> logging.Logger:
        name = f"{self.operator_class.__module__}.{self.operator_class.__name__}"
        return logging.getLogger(f"airflow.task.operators.{getattr(self, 'logger_name', None) or name}")

    # ------------------------------------------------------------------ arguments

    def _keep_arguments(self, given: Mapping[str, Any]) -> None:
        """Check and store every argument of ARGUMENTS that is given; the others have their defaults."""
        self.__dict__.update(checked_defaults())
        for name in MUTABLE:
            self.__dict__[name] = copy.copy(self.__dict__[name])
        kept = {name: self._checked(name, value) for name, value in given.items() if name in ARGUMENTS}
        self._arguments = kept
        for name, value in kept.items():
            # A subclass may have a read-only property of that name.
            with contextlib.suppress(AttributeError):
                setattr(self, STORED_AS.get(name, name), value)
        if self.task_concurrency is not None and self.max_active_tis_per_dag is None:
            self.max_active_tis_per_dag = self.task_concurrency

    def _checked(self, name: str, value: Any) -> Any:
        try:
            return ARGUMENTS[name].check(value)
        except ValueError as error:
            raise DagFileError(
                f"{self.task_type} {self.task_id!r}: {name}={value!r:.80} cannot be used: {error}",
                location=self.location,
                hint=f"correct {name}= of the task, or in the default_args it comes from",
            ) from None

    def argument(self, name: str) -> Any:
        """An argument's value as it is now. A subclass may keep something else of its own under the same name
        (`self.start_date = "{{ ds }}"`); then what BaseOperator was given counts."""
        stored_as = STORED_AS.get(name, name)
        kept = self._arguments[name] if name in self._arguments else checked_defaults()[stored_as]
        value = getattr(self, stored_as, kept)
        if value is kept:
            return kept
        try:
            return ARGUMENTS[name].check(value)
        except ValueError:
            return kept

    @property
    def is_teardown(self) -> bool:
        return self._is_teardown

    @is_teardown.setter
    def is_teardown(self, value: bool) -> None:
        self._is_teardown = value
        if value and self.trigger_rule is TriggerRule.ALL_SUCCESS:
            self.trigger_rule = TriggerRule.ALL_DONE_SETUP_SUCCESS

    # ------------------------------------------------------------------ edges

    @property
    def roots(self) -> Sequence[AbstractTask]:
        return [self]

    @property
    def leaves(self) -> Sequence[AbstractTask]:
        return [self]

    def set_upstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        # `dag >> task` puts the task into the DAG, as in Airflow 1.
        if isinstance(task_or_task_list, registry.DagMarker):
            self.dag = cast("DAG", task_or_task_list)
            return
        join_tasks(self, task_or_task_list, upstream=True, edge_modifier=edge_modifier)

    def set_downstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        join_tasks(self, task_or_task_list, upstream=False, edge_modifier=edge_modifier)

    @property
    def upstream_list(self) -> list[Any]:
        return [self.dag.get_task(task_id) for task_id in sorted(self.upstream_task_ids)]

    @property
    def downstream_list(self) -> list[Any]:
        return [self.dag.get_task(task_id) for task_id in sorted(self.downstream_task_ids)]

    def get_direct_relative_ids(self, upstream: bool = False) -> set[str]:
        return self.upstream_task_ids if upstream else self.downstream_task_ids

    def get_direct_relatives(self, upstream: bool = False) -> list[Any]:
        return self.upstream_list if upstream else self.downstream_list

    def get_flat_relative_ids(self, *, upstream: bool = False) -> set[str]:
        """Ids of all tasks before (or after) this one, however far."""
        found: set[str] = set()
        waiting = list(self.get_direct_relative_ids(upstream))
        while waiting:
            task_id = waiting.pop()
            if task_id not in found:
                found.add(task_id)
                waiting.extend(self.dag.get_task(task_id).get_direct_relative_ids(upstream))
        return found

    def get_flat_relatives(self, upstream: bool = False) -> list[Any]:
        return [self.dag.get_task(task_id) for task_id in sorted(self.get_flat_relative_ids(upstream=upstream))]

    # ------------------------------------------------------------------ setup and teardown

    def as_setup(self) -> Any:
        """Mark as setup: it runs before the tasks that need what it prepares, and is cleared along with them."""
        self.is_setup = True
        return self

    def as_teardown(self, *, setups: Any = None, on_failure_fail_dagrun: bool | None = None) -> Any:
        """Mark as teardown: it runs when the tasks before it are done and its setups succeeded.

        `setups`: the setup tasks it cleans up after. `on_failure_fail_dagrun`: let its failure fail the run."""
        self.is_teardown = True
        if self.trigger_rule is not TriggerRule.ALL_DONE_SETUP_SUCCESS:
            raise DagFileError(
                f"teardown {self.task_id!r} cannot have the trigger rule {self.trigger_rule.value!r}",
                location=self.location,
                hint="a teardown always runs by all_done_setup_success: leave trigger_rule= away",
            )
        if on_failure_fail_dagrun is not None:
            self.on_failure_fail_dagrun = on_failure_fail_dagrun
        if setups is not None:
            for setup in cast("list[Any]", setups) if isinstance(setups, (list, tuple, set)) else [setups]:
                setup.as_setup()
                setup.set_downstream(self)
        return self

    def __enter__(self) -> Any:
        registry.open_work(self)
        return self

    def __exit__(self, *error: object) -> None:
        surround(*registry.close_work())

    # ------------------------------------------------------------------ values

    @property
    def output(self) -> XComArg:
        """What the task will return, as an argument for other tasks."""
        return PlainXComArg(self)

    def map_groups(self) -> Iterator[TaskGroup]:
        """Mapped task groups around the task, innermost first."""
        group = self.task_group
        while group is not None:
            if group.is_mapped:
                yield group
            group = group.parent_group

    def map_scopes(self) -> tuple[str, ...]:
        """What each number of the task's map path counts, outermost first: mapped groups (`"id."`), then the task."""
        outer = tuple(f"{group.group_id}." for group in reversed(list(self.map_groups())))
        return (*outer, self.task_id) if self.is_mapped else outer

    def iter_mapped_task_groups(self) -> Iterator[TaskGroup]:
        return self.map_groups()

    def get_closest_mapped_task_group(self) -> TaskGroup | None:
        return next(self.map_groups(), None)

    def argument_references(self) -> Iterator[tuple[AbstractTask, str]]:
        """(task, key) of every value that the task's arguments read."""
        raise NotImplementedError

    def expand_start_from_trigger(self, *, context: Any) -> bool:
        return self.start_from_trigger

    def __repr__(self) -> str:
        return f"<Task({self.task_type}): {self.task_id}>"


def check_key(key: Any, what: str, location: SourceLocation | None) -> None:
    """Airflow's rule for ids of tasks and DAGs. Raises DagFileError."""
    if not isinstance(key, str):
        raise DagFileError(
            f"a {what} has to be a text, not {type(key).__name__} ({key!r:.60})", location=location, hint="pass a str"
        )
    if len(key) > TASK_ID_MAX_LENGTH:
        raise DagFileError(
            f"the {what} {key[:40]!r}… has {len(key)} characters, more than {TASK_ID_MAX_LENGTH}",
            location=location,
            hint="choose a shorter one",
        )
    if not _KEY.fullmatch(key):
        raise DagFileError(
            f"the {what} {key!r} may have letters, digits, dashes, dots and underscores only",
            location=location,
            hint=f"call it {_NOT_OF_A_KEY.sub('_', key).strip('_') or 'a_name'!r}, for example",
        )


def nearest(name: str, known: Collection[str]) -> str:
    """A hint naming the known name that is most like `name`."""
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean {close[0]!r}?" if close else "see the operator's documentation for the arguments it takes"
