"""A run once more, as it was: the new run, and what differs between the two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tradewind.model.changes import RunCreated
from tradewind.model.entries import Environment
from tradewind.model.ids import RunKey, path_to_text
from tradewind.model.journal import EntryQuery
from tradewind.model.records import RunRecord
from tradewind.model.spec import DagSpec
from tradewind.model.values import RETURN_KEY, Value
from tradewind.scheduler.forking import free_dates
from tradewind.scheduler.launch import manual_run
from tradewind.store.base import Store
from tradewind.timetables import DataInterval

Differ = Callable[[Value, Value], Sequence[str]]
"""What differs between two values, a line each; none where they are the same."""
MOST_INSTANCES_TOLD = 5
MOST_PACKAGES_TOLD = 20


class Compared(Struct, frozen=True):
    """Of one task."""

    task_id: str
    result: str
    """`same`, `different`, or `nothing to compare`."""
    detail: str = ""
    follows_from: tuple[str, ...] = ()
    """Tasks before it that differ, too."""


def repeated(store: Store, record: RunRecord, spec: DagSpec, *, now: datetime, who: str) -> RunCreated:
    """The new run: params, conf, data interval and partition of the old one; its logical date is the first free
    microsecond behind that one's, since a DAG has one run for a date."""
    start, end = record.data_interval_start, record.data_interval_end
    (date,) = free_dates(store, record, 1)
    made = manual_run(
        spec,
        snapshot=record.snapshot,
        now=now,
        logical_date=date,
        run_id=_name(store, record),
        conf=record.conf,
        params=record.params,
        triggered_by=who,
        partition_key=record.partition_key,
        interval=DataInterval(start, end) if start is not None and end is not None else None,
    )
    interval = {} if start is not None else {"data_interval_start": None, "data_interval_end": None}
    return replace(
        made, params=record.params, logical_date=date, triggering_assets=record.triggering_assets, **interval
    )


def _name(store: Store, record: RunRecord) -> str:
    number = 1
    while store.run(RunKey(record.dag_id, f"reproduce__{number}__{record.run_id}")) is not None:
        number += 1
    return f"reproduce__{number}__{record.run_id}"


# ------------------------------------------------------------------------------------ values


def compare_values(store: Store, differ: Differ, spec: DagSpec, old: RunKey, new: RunKey) -> list[Compared]:
    """A line a task, in the order of the DAG."""
    then, now = _by_task(store, old), _by_task(store, new)
    states = _states(store, old), _states(store, new)
    details = {
        task.task_id: [
            *_state_changes(task.task_id, *states),
            *_changes(then.get(task.task_id, {}), now.get(task.task_id, {}), differ),
        ]
        for task in spec.tasks
    }
    before = _upstream(spec)
    found: list[Compared] = []
    for task in spec.tasks:
        name, lines = task.task_id, details[task.task_id]
        if not lines:
            result = "same" if name in then or any(one == name for one, _ in states[0]) else "nothing to compare"
            found.append(Compared(name, result))
            continue
        more = [f"… and {len(lines) - MOST_INSTANCES_TOLD} more"] if len(lines) > MOST_INSTANCES_TOLD else []
        cause = tuple(one for one in before[name] if details[one])
        found.append(Compared(name, "different", "\n".join(lines[:MOST_INSTANCES_TOLD] + more), cause))
    return found


def _by_task(store: Store, key: RunKey) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for xcom in store.all_xcoms(key):
        place = f"[{path_to_text(xcom.map_path)}]" if xcom.map_path else ""
        name = place if xcom.key == RETURN_KEY else f"{place}.{xcom.key}".lstrip(".")
        found.setdefault(xcom.task_id, {})[name] = xcom.value
    return found


def _states(store: Store, key: RunKey) -> dict[tuple[str, str], str]:
    return {(one.task_id, path_to_text(one.map_path)): str(one.state) for one in store.tasks(key)}


def _state_changes(task_id: str, then: Mapping[tuple[str, str], str], now: Mapping[tuple[str, str], str]) -> list[str]:
    paths = sorted({path for name, path in (*then, *now) if name == task_id})
    return [
        f"{f'[{path}] ' if path else ''}{then.get((task_id, path), 'none')} → {now.get((task_id, path), 'none')}"
        for path in paths
        if then.get((task_id, path)) != now.get((task_id, path))
    ]


def _changes(then: Mapping[str, Value], now: Mapping[str, Value], differ: Differ) -> list[str]:
    lines: list[str] = []
    for name in (*then, *(one for one in now if one not in then)):
        old, new = then.get(name), now.get(name)
        told = f"{name}: " if name else ""
        if old is None or new is None:
            lines.append(f"{told}{'handed on nothing then' if old is None else 'hands on nothing now'}")
        elif found := differ(old, new):
            lines.append(f"{told}{'; '.join(found)}")
    return lines


def _upstream(spec: DagSpec) -> dict[str, list[str]]:
    """Task → all tasks before it."""
    direct = {task.task_id: task.upstream for task in spec.tasks}
    found: dict[str, list[str]] = {}
    for task_id in direct:
        seen: dict[str, None] = {}
        waiting = list(direct[task_id])
        while waiting:
            name = waiting.pop()
            if name not in seen and name in direct:
                seen[name] = None
                waiting += direct[name]
        found[task_id] = [name for name in direct if name in seen]
    return found


# ------------------------------------------------------------------------------------ environments


def environment_of(store: Store, key: RunKey) -> Environment | None:
    """What was noted down when the run began."""
    found = store.entries(EntryQuery("Environment", dag_id=key.dag_id, run_id=key.run_id, limit=1))
    return msgspec.convert(found[0].body, Environment) if found else None


def compare_environments(old: Environment | None, new: Environment | None) -> list[str]:
    """A sentence for each thing that differs."""
    if old is None or new is None:
        return ["the environment of the run was not noted down" if old is None else "that of the new one was not"]
    told = [
        f"{label}: {before or 'none'} → {after or 'none'}"
        for label, before, after in (
            ("Python", old.python, new.python),
            ("platform", old.platform, new.platform),
            ("host", old.host, new.host),
            ("CPUs", old.cpus, new.cpus),
            ("memory", f"{old.memory_bytes >> 20:,} MiB", f"{new.memory_bytes >> 20:,} MiB"),
            ("GPUs", ", ".join(old.gpus), ", ".join(new.gpus)),
            ("commit of the folder", old.git_commit[:12], new.git_commit[:12]),
            ("not committed", old.git_diff_artifact[3:15], new.git_diff_artifact[3:15]),
            ("seed", old.seed, new.seed),
        )
        if before != after
    ]
    names = [
        name for name in sorted({*old.packages, *new.packages}) if old.packages.get(name) != new.packages.get(name)
    ]
    told += [
        f"{name} {old.packages.get(name, 'not installed')} → {new.packages.get(name, 'not installed')}"
        for name in names[:MOST_PACKAGES_TOLD]
    ]
    return told + ([f"and {len(names) - MOST_PACKAGES_TOLD} more packages"] if len(names) > MOST_PACKAGES_TOLD else [])
