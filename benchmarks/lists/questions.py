"""What people ask of lists: the page they open first, the filters they set, what they sort by, and deep pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from benchmarks.lists.history import BEGIN, HOUR, Size, dag_id

from tradewind.store.browse import Filter, Listing, Op, Query
from tradewind.store.browse.listings import (
    AUDIT,
    DAG_VERSIONS,
    DAGS,
    HISTORY,
    METRICS,
    RUNS,
    TASK_INSTANCES,
    TRIES,
    XCOMS,
)
from tradewind.store.sql.coding import instant


@dataclass(frozen=True)
class Question:
    name: str
    listing: Listing[Any]
    query: Query
    visible: Collection[str] | None = None


def is_(field: str, value: Any) -> Filter:
    return Filter(field, Op.EQ, value)


def like(field: str, value: str) -> Filter:
    return Filter(field, Op.PATTERN, value)


def asked(*filters: Filter, by: str = "", **more: Any) -> Query:
    return Query(filters, (by,) if by else (), **{"limit": 100, **more})


def questions(size: Size) -> list[Question]:
    half = instant(BEGIN + size.runs // 2 * HOUR)
    some = [dag_id(number) for number in range(1, 11)]
    most = [dag_id(number) for number in range(1, size.dags * 4 // 5)]
    return [*_tasks(size, half, some, most), *_runs(size, half, some, most), *_others(size, half, some)]


def _tasks(size: Size, half: datetime, some: list[str], most: list[str]) -> list[Question]:
    one, run = dag_id(7), f"scheduled__{100000 + size.runs // 2}"
    window = (Filter("started_at", Op.GE, half), Filter("started_at", Op.LT, half + timedelta(hours=1)))
    tail = size.instances - 200
    rows = {
        "first page": asked(),
        "newest first": asked(by="-started_at"),
        "ended last": asked(by="-ended_at"),
        "by logical date": asked(by="-logical_date"),
        "longest first": asked(by="-duration"),
        "failed, newest first": asked(is_("state", "failed"), by="-started_at"),
        "failed": asked(is_("state", "failed")),
        "running or queued": asked(Filter("state", Op.IN, ("running", "queued"))),
        "succeeded, newest first": asked(is_("state", "success"), by="-started_at"),
        "of a DAG, newest first": asked(is_("dag_id", one), by="-started_at"),
        "failed of a DAG": asked(is_("dag_id", one), is_("state", "failed")),
        "of a run": asked(is_("dag_id", one), is_("run_id", run)),
        "DAGs like %dag_0001%": asked(like("dag_id", "%dag_0001%"), by="-started_at"),
        "DAGs like % (all)": asked(like("dag_id", "%"), by="-started_at"),
        "DAGs like nothing there is": asked(like("dag_id", "%nothing%"), by="-started_at"),
        "DAGs beginning with team3": asked(Filter("dag_id", Op.PREFIX, "team3"), by="-started_at"),
        "runs like %0042": asked(like("run_id", "%0042"), by="-started_at"),
        "a task of any DAG": asked(is_("task_id", "task_007"), by="-started_at"),
        "tasks like %_01%": asked(like("task_id", "%_01%")),
        "tasks like nothing there is": asked(like("task_id", "%nothing%")),
        "started within an hour": asked(*window, by="started_at"),
        "started after, failed": asked(Filter("started_at", Op.GE, half), is_("state", "failed"), by="-started_at"),
        "in a pool": asked(is_("pool", "default_pool")),
        "deep page by offset": asked(offset=tail // 2),
        "last page by offset": asked(offset=tail),
        "deep page by offset, newest first": asked(by="-started_at", offset=tail // 2),
    }
    found = [Question(f"task instances: {name}", TASK_INSTANCES, query) for name, query in rows.items()]
    for name, dags in (("10 DAGs", some), ("400 DAGs", most), ("one DAG", [one])):
        query = asked(by="-started_at")
        found.append(Question(f"task instances: newest first, {name} visible", TASK_INSTANCES, query, dags))
    return found


def _runs(size: Size, half: datetime, some: list[str], most: list[str]) -> list[Question]:
    one = dag_id(7)
    rows = {
        "first page": asked(),
        "newest first": asked(by="-run_after"),
        "by logical date": asked(by="-logical_date"),
        "by start": asked(by="-started_at"),
        "by id": asked(by="run_id"),
        "running": asked(is_("state", "running"), by="-run_after"),
        "failed, newest first": asked(is_("state", "failed"), by="-run_after"),
        "of a DAG, newest first": asked(is_("dag_id", one), by="-run_after"),
        "DAGs like %dag_0001%": asked(like("dag_id", "%dag_0001%"), by="-run_after"),
        "ids like %0042": asked(like("run_id", "%0042"), by="-run_after"),
        "after an instant": asked(Filter("run_after", Op.GE, half), by="run_after"),
        "of a type": asked(is_("run_type", "scheduled"), by="-run_after"),
        "longest first": asked(by="-duration"),
        "last page by offset": asked(by="-run_after", offset=size.dags * size.runs - 100),
    }
    found = [Question(f"runs: {name}", RUNS, query) for name, query in rows.items()]
    for name, dags in (("10 DAGs", some), ("400 DAGs", most)):
        found.append(Question(f"runs: newest first, {name} visible", RUNS, asked(by="-run_after"), dags))
    return found


def _others(size: Size, half: datetime, some: list[str]) -> list[Question]:
    one, run = dag_id(7), f"scheduled__{100000 + size.runs // 2}"
    here = (is_("dag_id", one), is_("run_id", run))
    live = Filter("state", Op.IN, ("running", "queued"))
    tagged = Filter("tags", Op.HAS_ANY, ("team3",))
    return [
        Question("DAGs: first page", DAGS, asked()),
        Question("DAGs: with a tag", DAGS, asked(tagged)),
        Question("DAGs: like %0042%", DAGS, asked(like("dag_id", "%0042%"))),
        Question("DAGs: last run failed", DAGS, asked(is_("last_run_state", "failed"))),
        Question("DAGs: last run first", DAGS, asked(by="-last_run_started_at")),
        Question("DAG versions: first page", DAG_VERSIONS, asked()),
        Question("tries: first page", TRIES, asked()),
        Question("tries: of a task instance", TRIES, asked(*here, is_("task_id", "task_003"))),
        Question("tries: of a DAG, failed", TRIES, asked(is_("dag_id", one), is_("state", "failed"))),
        Question("tries: that hold slots of a pool", TRIES, asked(live, is_("pool", "default_pool"), by="-queued_at")),
        Question("history: newest first", HISTORY, asked(by="-number")),
        Question("history: of a run", HISTORY, asked(*here)),
        Question("history: of a DAG, newest first", HISTORY, asked(is_("dag_id", one), by="-number")),
        Question("XComs: first page", XCOMS, asked()),
        Question("XComs: of a run", XCOMS, asked(*here)),
        Question("XComs: of a key", XCOMS, asked(is_("key", "return_value"))),
        Question("XComs: DAGs like %dag_0001%", XCOMS, asked(like("dag_id", "%dag_0001%"))),
        Question("metrics: of a run", METRICS, asked(*here)),
        Question("metrics: of a DAG by name", METRICS, asked(is_("dag_id", one), is_("name", "loss"))),
        Question("audit: newest first", AUDIT, asked()),
        Question("audit: of a DAG", AUDIT, asked(is_("dag_id", one))),
        Question("audit: since an instant", AUDIT, asked(Filter("at", Op.GE, half), by="-at")),
        Question("audit: by whom", AUDIT, asked(is_("who", "ada"))),
    ]
