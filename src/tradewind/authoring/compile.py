"""From a DAG's Python objects to a DagSpec: plain data, the same for the same source."""

from __future__ import annotations

from enum import Enum
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tradewind.authoring.arguments import CALLBACKS
from tradewind.authoring.checks import check_dag, earliest_start
from tradewind.authoring.crossing import check_crosses
from tradewind.authoring.deadlines import deadline_specs
from tradewind.authoring.graph import effective_weights, topological_order
from tradewind.authoring.instants import in_utc, seconds
from tradewind.authoring.mapping import MappedOperator
from tradewind.authoring.params import ParamsDict
from tradewind.authoring.plain import plain
from tradewind.authoring.retry_policy import delay_of, retries_of
from tradewind.authoring.start_triggers import start_trigger_of
from tradewind.authoring.task import AbstractTask
from tradewind.model.errors import DagFileError
from tradewind.model.spec import (
    DagSpec,
    EdgeLabel,
    GroupSpec,
    ParamSpec,
    Resources,
    RetrySpec,
    ReuseSpec,
    TaskSpec,
    XComInput,
)
from tradewind.model.states import WeightRule
from tradewind.timetables.zones import zone_name

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG


def compile_dag(dag: DAG, *, file: str = "") -> DagSpec:
    """Check the DAG and write it down. `file` is the DAG file's path relative to its DAG folder.

    Raises DagFileError, with file and line, for the first mistake."""
    for task in dag.tasks:
        task.link_arguments()
    schedule = dag.schedule_spec
    check_dag(dag, schedule)
    groups = list(dag.task_group.iter_groups())
    spec = DagSpec(
        dag_id=dag.dag_id,
        file=file,
        tasks=_tasks(dag),
        groups=tuple(_group(group) for group in groups),
        edge_labels=_edge_labels(dag),
        schedule=schedule,
        start_date=in_utc(earliest_start(dag)),
        end_date=in_utc(dag.end_date),
        catchup=bool(dag.catchup),
        timezone=zone_name(dag.timezone),
        max_active_runs=dag.max_active_runs,
        max_active_tasks=dag.max_active_tasks,
        max_consecutive_failed_runs=dag.max_consecutive_failed_dag_runs,
        run_timeout_seconds=seconds(dag.dagrun_timeout),
        params=_params(dag.params),
        tags=tuple(sorted(dag.tags)),
        owners=tuple(dict.fromkeys(task.argument("owner") or "" for task in dag.tasks)),
        description=dag.description or "",
        doc=dag.doc_md or "",
        label=dag.dag_display_name if dag.dag_display_name != dag.dag_id else "",
        is_paused_upon_creation=dag.is_paused_upon_creation,
        fail_fast=bool(dag.fail_fast),
        callbacks=tuple(name for name in ("on_success_callback", "on_failure_callback") if getattr(dag, name)),
        deadlines=deadline_specs(dag),
        render_template_as_native_obj=bool(dag.render_template_as_native_obj),
        access_control=plain(dag.access_control),
        default_view=dag.default_view or "",
        extra=_dag_extra(dag),
    )
    check_crosses(spec, dag.location)
    return spec


# ---------------------------------------------------------------------------------------------- tasks


def _tasks(dag: DAG) -> tuple[TaskSpec, ...]:
    position = {task_id: place for place, task_id in enumerate(dag.task_dict)}
    weights = _weights(dag)
    mapped_over = _mapped_over(dag)
    return tuple(_task(task, dag, position, weights, task.task_id in mapped_over) for task in dag.tasks)


def _task(task: Any, dag: DAG, position: dict[str, int], weights: dict[str, int], is_mapped_over: bool) -> TaskSpec:
    upstream = tuple(sorted(task.upstream_task_ids, key=position.__getitem__))
    group = task.task_group
    return TaskSpec(
        task_id=task.task_id,
        operator=task.operator_name,
        upstream=upstream,
        trigger_rule=task.argument("trigger_rule"),
        group_id=(group.group_id or "") if group is not None else "",
        expansion=task.expand_input.expansion() if isinstance(task, MappedOperator) else None,
        is_mapped_over=is_mapped_over,
        retry=_retry(task),
        execution_timeout_seconds=seconds(task.argument("execution_timeout")),
        depends_on_past=bool(task.argument("depends_on_past") or task.argument("wait_for_downstream")),
        ignore_first_depends_on_past=bool(task.argument("ignore_first_depends_on_past")),
        wait_for_past_depends_before_skipping=bool(task.argument("wait_for_past_depends_before_skipping")),
        wait_for_downstream=bool(task.argument("wait_for_downstream")),
        is_setup=task.is_setup,
        is_teardown=task.is_teardown,
        setups=tuple(i for i in upstream if dag.task_dict[i].is_setup) if task.is_teardown else (),
        on_failure_fail_run=bool(task.on_failure_fail_dagrun),
        needs_no_process=_needs_no_process(task),
        start_trigger=start_trigger_of(task) if not isinstance(task, MappedOperator) else None,
        pool=task.argument("pool"),
        pool_slots=task.argument("pool_slots"),
        priority_weight=weights[task.task_id],
        weight_rule=_weight_rule(task),
        queue=task.argument("queue"),
        executor=task.argument("executor") or "",
        max_active_tis_per_dag=task.max_active_tis_per_dag,
        max_active_tis_per_dagrun=task.argument("max_active_tis_per_dagrun"),
        start_date=in_utc(task.argument("start_date")),
        end_date=in_utc(task.argument("end_date")),
        resources=task.argument("resources") or Resources(),
        reuse=_reuse(task.argument("worker_reuse"), dag.worker_reuse),
        inputs=tuple(sorted({XComInput(source.task_id, key) for source, key in task.argument_references()})),
        owner=task.argument("owner") or "",
        doc=_doc(task),
        label=task.task_display_name if task.task_display_name != task.task_id else "",
        ui_color=task.ui_color,
        template_fields=tuple(task.template_fields),
        callbacks=_callbacks(task),
        outlets=tuple(map(plain, task.argument("outlets"))),
        inlets=tuple(map(plain, task.argument("inlets"))),
        line=task.location.line,
        extra=_task_extra(task),
    )


def _retry(task: Any) -> RetrySpec:
    growth = task.argument("retry_exponential_backoff")
    if (delay := delay_of(task)) is not None:
        return RetrySpec(retries_of(task), delay.total_seconds())
    return RetrySpec(
        retries=retries_of(task),
        delay_seconds=seconds(task.argument("retry_delay")) or 0.0,
        backoff=2.0 if growth is True else float(growth or 0.0),
        max_delay_seconds=seconds(task.argument("max_retry_delay")),
    )


def _reuse(own: bool | int | None, of_dag: bool | int | None) -> ReuseSpec | None:
    wanted = of_dag if own is None else own
    if not wanted:
        return None
    return ReuseSpec() if wanted is True else ReuseSpec(tries=wanted)


def _needs_no_process(task: Any) -> bool:
    """An EmptyOperator whose own execute() it is, with nothing that has to happen besides."""
    if not task.inherits_from_empty_operator or isinstance(task, MappedOperator):
        return False
    kind: Any = type(task)  # pyright: ignore[reportUnknownVariableType]
    owner = next(cls for cls in kind.__mro__ if cls.__dict__.get("inherits_from_empty_operator"))
    methods = ("execute", "pre_execute", "post_execute")
    is_plain = all(getattr(kind, name) is getattr(owner, name) for name in methods)
    asked = (task.argument("outlets"), task.template_fields, *(getattr(task, name) for name in CALLBACKS))
    hooks = (task.__dict__.get("_pre_execute_hook"), task.__dict__.get("_post_execute_hook"))
    return is_plain and not any(asked) and not any(hooks)


def _doc(task: AbstractTask) -> str:
    for name in ("doc_md", "doc", "doc_rst", "doc_yaml", "doc_json"):
        if text := getattr(task, name):
            return text if isinstance(text, str) else str(plain(text))
    return ""


def _callbacks(task: AbstractTask) -> tuple[str, ...]:
    named = tuple(name for name in CALLBACKS if getattr(task, name))
    has_mail = task.argument("email") and (task.argument("email_on_failure") or task.argument("email_on_retry"))
    return (*named, "email") if has_mail else named


def _task_extra(task: Any) -> dict[str, Any]:
    """What nothing acts on, for show."""
    found = {
        "run_as_user": task.argument("run_as_user"),
        "map_index_template": task.argument("map_index_template"),
        "executor_config": plain(task.argument("executor_config")) or None,
        "trigger_dag_id": _text(getattr(task, "trigger_dag_id", None)),
        "external_dag_id": _text(getattr(task, "external_dag_id", None)),
        "external_task_id": _text(getattr(task, "external_task_id", None)),
        "recursion_depth": _number(getattr(task, "recursion_depth", None)),
    }
    return {name: value for name, value in found.items() if value is not None}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _weights(dag: DAG) -> dict[str, int]:
    """Effective priorities: the weight rule applied."""
    own = {task.task_id: task.argument("priority_weight") for task in dag.tasks}
    rules = {task.task_id: _weight_rule(task) for task in dag.tasks}
    order = topological_order({task.task_id: task.upstream_task_ids for task in dag.tasks})
    effective: dict[WeightRule, dict[str, int]] = {WeightRule.ABSOLUTE: own}
    if WeightRule.DOWNSTREAM in rules.values():
        below = {task.task_id: task.downstream_task_ids for task in dag.tasks}
        effective[WeightRule.DOWNSTREAM] = effective_weights(own, order[::-1], below)
    if WeightRule.UPSTREAM in rules.values():
        above = {task.task_id: task.upstream_task_ids for task in dag.tasks}
        effective[WeightRule.UPSTREAM] = effective_weights(own, order, above)
    given = {task_id: effective[rule][task_id] for task_id, rule in rules.items()}
    return {task.task_id: _by_strategy(task, given[task.task_id]) for task in dag.tasks}


def _weight_rule(task: AbstractTask) -> WeightRule:
    rule = task.argument("weight_rule")
    return rule if isinstance(rule, WeightRule) else WeightRule.ABSOLUTE


def _by_strategy(task: AbstractTask, weight: int) -> int:
    """A PriorityWeightStrategy of the author's own is asked here, where the author's code runs, about a first try: the
    scheduler, which runs no such code, cannot ask it again later."""
    strategy = task.argument("weight_rule")
    if isinstance(strategy, WeightRule):
        return weight
    first_try = SimpleNamespace(
        task=task, task_id=task.task_id, dag_id=task.dag.dag_id, try_number=1, map_index=-1, priority_weight=weight
    )
    return int(strategy.get_weight(first_try))


def _mapped_over(dag: DAG) -> frozenset[str]:
    """Tasks whose value decides how many instances another task or group has."""
    found: set[str] = set()
    for task in dag.tasks:
        if isinstance(task, MappedOperator):
            found |= task.expand_input.expansion().task_ids()
    for group in dag.task_group.iter_groups():
        if group.is_mapped:
            found |= group.mapped_over.expansion().task_ids()
    return frozenset(found)


# ---------------------------------------------------------------------------------------------- the rest


def _group(group: Any) -> GroupSpec:
    parent = group.parent_group
    return GroupSpec(
        group_id=group.group_id,
        parent_id=(parent.group_id or "") if parent is not None else "",
        label=group.label or "",
        tooltip=group.tooltip or "",
        expansion=group.mapped_over.expansion() if group.is_mapped else None,
        ui_color=group.ui_color,
    )


def _edge_labels(dag: DAG) -> tuple[EdgeLabel, ...]:
    return tuple(
        EdgeLabel(upstream, downstream, str(info["label"]))
        for upstream, followers in sorted(dag.edge_info.items())
        for downstream, info in sorted(followers.items())
        if info.get("label") and downstream in dag.task_dict and upstream in dag.task_dict
    )


def _params(params: ParamsDict) -> tuple[ParamSpec, ...]:
    return tuple(
        ParamSpec(
            name=name,
            has_default=param.has_value,
            default=plain(param.value) if param.has_value else None,
            description=param.description or "",
            schema=plain(param.schema),
        )
        for name, param in params.params().items()
    )


RUN_TYPES = ("asset_materialization", "asset_triggered", "backfill", "manual", "operator_triggered", "scheduled")
"""Airflow's."""


def _run_types(dag: DAG) -> list[str] | None:
    """One or several, as names or as members of Airflow's DagRunType."""
    given: Any = dag.allowed_run_types
    if given is None:
        return None
    several: list[Any] = [given] if isinstance(given, str | Enum) else list(given)
    names = sorted({str(getattr(one, "value", one)) for one in several})
    if unknown := [name for name in names if name not in RUN_TYPES]:
        raise DagFileError(
            f"DAG {dag.dag_id!r}: {unknown[0]!r} in allowed_run_types is no type of run",
            location=dag.location,
            hint=f"there are {', '.join(RUN_TYPES)}",
        )
    return names


def _dag_extra(dag: DAG) -> dict[str, Any]:
    found = {
        "owner_links": dag.owner_links,
        "orientation": dag.orientation,
        "allowed_run_types": _run_types(dag),
        "disable_bundle_versioning": dag.disable_bundle_versioning,
    }
    return {name: value for name, value in found.items() if value}
