"""The metrics there are: Airflow's names where it has one, with the dotted names that its dashboards know.

https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/metrics.html"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Kind = Literal["counter", "gauge", "timer"]


class Metric(Struct, frozen=True):
    """One metric. Where it has tags, `dotted` is its name with them in it (StatsD without tags)."""

    name: str
    kind: Kind
    about: str
    tags: tuple[str, ...] = ()
    dotted: str = ""


def _table(*metrics: Metric) -> dict[str, Metric]:
    return {metric.name: metric for metric in metrics}


_TASK = ("dag_id", "task_id")
_POOL = ("pool",)

METRICS: dict[str, Metric] = _table(
    # ------------------------------------------------------------------------------------ counters
    Metric("ti_failures", "counter", "Task instances that failed."),
    Metric("ti_successes", "counter", "Task instances that succeeded."),
    Metric("operator_failures", "counter", "Failed, by operator.", ("operator",), "operator_failures_{operator}"),
    Metric("operator_successes", "counter", "Succeeded, by operator.", ("operator",), "operator_successes_{operator}"),
    Metric("ti.start", "counter", "Tries that started.", _TASK, "ti.start.{dag_id}.{task_id}"),
    Metric(
        "ti.finish",
        "counter",
        "Task instances that ended, by state.",
        (*_TASK, "state"),
        "ti.finish.{dag_id}.{task_id}.{state}",
    ),
    Metric(
        "task_instance_created",
        "counter",
        "Task instances that came to be, by operator.",
        ("operator",),
        "task_instance_created_{operator}",
    ),
    Metric("task_removed_from_dag", "counter", "Instances removed.", ("dag_id",), "task_removed_from_dag.{dag_id}"),
    Metric("task_instances_without_heartbeats_killed", "counter", "Tries given up as lost with their scheduler."),
    Metric("zombies_killed", "counter", "The same, as Airflow 2 calls it."),
    Metric("scheduler.tasks.killed_externally", "counter", "Tries whose process ended without a report."),
    Metric("scheduler.orphaned_tasks.cleared", "counter", "Tries left behind by a dead scheduler and tried again."),
    Metric("dag.callback_exceptions", "counter", "Callbacks that failed.", ("dag_id",), "dag.callback_exceptions"),
    Metric(
        "local_task_job.task_exit",
        "counter",
        "Ends of tries without a report, by exit code.",
        (*_TASK, "return_code"),
        "local_task_job.task_exit.0.{dag_id}.{task_id}.{return_code}",
    ),
    Metric("scheduler_heartbeat", "counter", "Beats of the scheduler's loop."),
    Metric("dag_processor_heartbeat", "counter", "Beats of the dag-processor's loop."),
    Metric("triggerer_heartbeat", "counter", "Beats of the triggerer's loop."),
    Metric("job_start", "counter", "Processes of the service that started.", ("job_name",), "{job_name}_start"),
    Metric("job_end", "counter", "Processes of the service that ended in order.", ("job_name",), "{job_name}_end"),
    Metric(
        "job_heartbeat_failure",
        "counter",
        "Heartbeats that came too late: others have taken over.",
        ("job_name",),
        "{job_name}_heartbeat_failure",
    ),
    Metric("dag_processing.processor_timeouts", "counter", "DAG files that took too long to import."),
    Metric("dag_processing.processes", "counter", "DAG files that were parsed."),
    Metric("asset.updates", "counter", "Updates of assets."),
    Metric("asset.triggered_dagruns", "counter", "Runs that began because assets were updated."),
    Metric("triggers.succeeded", "counter", "Triggers that fired."),
    Metric("triggers.failed", "counter", "Triggers that failed or timed out."),
    # ------------------------------------------------------------------------------------ gauges
    Metric("dagbag_size", "gauge", "DAGs that the DAG files make."),
    Metric("dag_processing.import_errors", "gauge", "DAG files that cannot be loaded."),
    Metric("dag_processing.total_parse_time", "gauge", "Seconds that the last parse of a file took."),
    Metric(
        "dag_processing.last_run.seconds_ago",
        "gauge",
        "Seconds since a file was parsed.",
        ("file_name",),
        "dag_processing.last_run.seconds_ago.{file_name}",
    ),
    Metric("dag_processing.file_path_queue_size", "gauge", "DAG files that wait to be parsed."),
    Metric("scheduler.tasks.starving", "gauge", "Ready instances whose pool has no slot for them."),
    Metric("scheduler.tasks.executable", "gauge", "Ready instances."),
    Metric("scheduler.dagruns.running", "gauge", "Runs that are running."),
    Metric("executor.open_slots", "gauge", "Tries that could start besides those that run."),
    Metric("executor.queued_tasks", "gauge", "Tries that are queued."),
    Metric("executor.running_tasks", "gauge", "Tries that run."),
    Metric("pool.open_slots", "gauge", "Free slots.", _POOL, "pool.open_slots.{pool}"),
    Metric("pool.queued_slots", "gauge", "Slots of queued tries.", _POOL, "pool.queued_slots.{pool}"),
    Metric("pool.running_slots", "gauge", "Slots of running tries.", _POOL, "pool.running_slots.{pool}"),
    Metric("pool.deferred_slots", "gauge", "Slots of deferred tasks.", _POOL, "pool.deferred_slots.{pool}"),
    Metric("pool.scheduled_slots", "gauge", "Slots that are asked for.", _POOL, "pool.scheduled_slots.{pool}"),
    Metric("pool.starving_tasks", "gauge", "Ready, but the pool is full.", _POOL, "pool.starving_tasks.{pool}"),
    Metric("ti.running", "gauge", "Running instances.", ("queue", *_TASK), "ti.running.{queue}.{dag_id}.{task_id}"),
    Metric("ti.queued", "gauge", "Queued instances.", ("queue", *_TASK), "ti.queued.{queue}.{dag_id}.{task_id}"),
    Metric("ti.scheduled", "gauge", "Ready instances.", ("queue", *_TASK), "ti.scheduled.{queue}.{dag_id}.{task_id}"),
    Metric("ti.deferred", "gauge", "Deferred instances.", ("queue", *_TASK), "ti.deferred.{queue}.{dag_id}.{task_id}"),
    Metric("triggers.running", "gauge", "Triggers it holds.", ("hostname",), "triggers.running.{hostname}"),
    Metric(
        "triggerer.capacity_left",
        "gauge",
        "Triggers it could hold besides.",
        ("hostname",),
        "triggerer.capacity_left.{hostname}",
    ),
    Metric(
        "job.heartbeat_age",
        "gauge",
        "Seconds since the loop of a service process was last round.",
        ("job_name", "hostname"),
        "job.heartbeat_age.{job_name}.{hostname}",
    ),
    # ------------------------------------------------------------------------------------ timers
    Metric("dagrun.duration.success", "timer", "Of a run.", ("dag_id",), "dagrun.duration.success.{dag_id}"),
    Metric("dagrun.duration.failed", "timer", "Of a run.", ("dag_id",), "dagrun.duration.failed.{dag_id}"),
    Metric("dagrun.schedule_delay", "timer", "Due to begun.", ("dag_id",), "dagrun.schedule_delay.{dag_id}"),
    Metric(
        "dagrun.first_task_scheduling_delay",
        "timer",
        "From a run's due time to its first try.",
        ("dag_id",),
        "dagrun.{dag_id}.first_task_scheduling_delay",
    ),
    Metric("task.duration", "timer", "Of a try.", _TASK, "dag.{dag_id}.{task_id}.duration"),
    Metric("task.queued_duration", "timer", "Queued to started.", _TASK, "dag.{dag_id}.{task_id}.queued_duration"),
    Metric("task.scheduled_duration", "timer", "Ready to queued.", _TASK, "dag.{dag_id}.{task_id}.scheduled_duration"),
    Metric(
        "dag_processing.last_duration",
        "timer",
        "Of the parse of a DAG file.",
        ("file_name",),
        "dag_processing.last_duration.{file_name}",
    ),
    Metric("scheduler.scheduler_loop_duration", "timer", "One turn of the loop, without its waiting."),
    Metric("scheduler.critical_section_duration", "timer", "Choosing what starts."),
    Metric("scheduler.critical_section_query_duration", "timer", "Waiting for other schedulers, what theirs hold."),
)
