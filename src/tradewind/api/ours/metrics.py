"""What tasks measured, as curves; and what tries used of their machine over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.runs import MetricSeries, ResourceSeries
from tradewind.api.ours.paths import RUN, TASK, TryQuery, key_of, map_path, run_of, try_of
from tradewind.api.ours.thinning import thinned
from tradewind.model.records import OWN_METRICS
from tradewind.store.facets.views import MetricPoint

MOST_POINTS = 2_000
CPU, MEMORY, GPU, GPU_MEMORY = (
    f"{OWN_METRICS}{name}" for name in ("cpu_percent", "rss_bytes", "gpu_percent", "gpu_memory_bytes")
)


def of_run(call: Call[Any, None]) -> list[MetricSeries]:
    """All metrics of a run"""
    run_of(call)
    return series(call.store.metric_points(key_of(call)))


def of_task(call: Call[TryQuery, None]) -> list[MetricSeries]:
    """The metrics of a task instance, of all its tries or of one"""
    run_of(call)
    points = call.store.metric_points(key_of(call), task_id=call.path["task_id"], path=map_path(call.query.map))
    number, try_id = call.query.number, call.query.try_id
    return series(one for one in points if number in (None, one.try_number) and try_id in ("", one.try_id))


def resources(call: Call[TryQuery, None]) -> ResourceSeries:
    """CPU, memory and GPU that a try used over time"""
    found = try_of(call)
    path = map_path(call.query.map)
    points = call.store.metric_points(key_of(call), task_id=found.task_id, path=path, prefix=OWN_METRICS)
    by_time: dict[float, dict[str, float]] = {}
    begin = found.started_at or found.queued_at
    for one in points:
        if one.try_id == found.try_id:
            by_time.setdefault(round((one.at - begin).total_seconds(), 3), {})[one.name] = one.value
    at = sorted(by_time)
    at = [at[place] for place in thinned(at, [by_time[one].get(CPU, 0.0) for one in at], MOST_POINTS)]

    def values(name: str) -> list[float]:
        return [by_time[one].get(name, 0.0) for one in at] if any(name in found for found in by_time.values()) else []

    return ResourceSeries(at, values(CPU), values(MEMORY), values(GPU), values(GPU_MEMORY))


def series(points: Iterable[MetricPoint]) -> list[MetricSeries]:
    return [_series(list(group)) for _, group in groupby(points, key=lambda one: (one.try_id, one.name))]


def _series(points: Sequence[MetricPoint]) -> MetricSeries:
    first = points[0]
    if all(one.step is not None for one in points):
        steps = [float(one.step or 0) for one in points]
    else:
        steps = [(one.at - first.at).total_seconds() for one in points]
    values = [one.value for one in points]
    kept = thinned(steps, values, MOST_POINTS)
    return MetricSeries(
        first.name,
        first.task_id,
        first.map_path,
        first.try_number,
        [steps[place] for place in kept],
        [values[place] for place in kept],
        len(points),
    )


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{RUN}/metrics",
        name="tradewind_run_metrics",
        tag="Runs",
        needs=Need(Resource.XCOM),
        do=of_run,
        answer=list[MetricSeries],
    ),
    Operation(
        method="GET",
        path=f"{TASK}/metrics",
        name="tradewind_task_metrics",
        tag="Tasks",
        needs=Need(Resource.XCOM),
        do=of_task,
        query=TryQuery,
        answer=list[MetricSeries],
    ),
    Operation(
        method="GET",
        path=f"{TASK}/resources",
        name="tradewind_resources",
        tag="Tasks",
        needs=Need(Resource.TASK),
        do=resources,
        query=TryQuery,
        answer=ResourceSeries,
    ),
)
