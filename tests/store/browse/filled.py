"""A store with a small, uneven history, and what a list of it has to say, worked out in Python."""

from __future__ import annotations

from datetime import timedelta

from tests.store.making import NOW, commit, created
from tradewind.model.changes import RunChanged, TaskChanged, TryChanged, TryCreated
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TaskState, TryPurpose, TryState
from tradewind.store.browse import Browser, Listing, Query

DAGS = {"alpha": ("nightly", "a|b"), "Beta_1": ("nightly",), "beta2": (), "gamma%": ("x",)}
STATES = [TaskState.SUCCESS, TaskState.FAILED, TaskState.QUEUED, TaskState.RUNNING, TaskState.SKIPPED]


def fill(store, runs_each=3, tasks=5):
    for dag_id, tags in DAGS.items():
        spec = DagSpec(dag_id, tags=tags, owners=("ada",), description="null \0 and ü")
        store.save_dag_version(spec, "snap", "/dags", f"{dag_id}.py", now=NOW)
        for number in range(runs_each):
            key = RunKey(dag_id, f"run {number}")
            date = NOW + timedelta(hours=number) if number else None
            commit(
                store, created(key, date, dag_hash=spec.hash), RunChanged(key, RunState.QUEUED, RunState.RUNNING, "")
            )
            for place in range(tasks):
                _task(
                    store, key, f"t{place}", STATES[(place + number) % len(STATES)], NOW + timedelta(minutes=place % 3)
                )


def _task(store, key, task_id, state, at):
    try_id = f"{key.dag_id}/{key.run_id}/{task_id}"
    path = (int(task_id[1:]) * 5,) if task_id in ("t1", "t2") else ()
    if state is TaskState.SKIPPED:
        commit(store, TaskChanged(key, task_id, path, TaskState.NONE, state, "skipped"))
        return
    made = TryCreated(try_id, key, task_id, path, 1, TryPurpose.EXECUTE, "local", "default_pool", 1, "a.log")
    queued = TaskChanged(key, task_id, path, TaskState.NONE, TaskState.QUEUED, "", try_id=try_id, try_number=1)
    commit(store, made, queued, now=at)
    if state is TaskState.QUEUED:
        return
    begun = TaskChanged(key, task_id, path, TaskState.QUEUED, TaskState.RUNNING, "", try_id=try_id, try_number=1)
    commit(store, TryChanged(try_id, TryState.QUEUED, TryState.RUNNING, ""), begun, now=at)
    if state is not TaskState.RUNNING:
        ended = TaskChanged(key, task_id, path, TaskState.RUNNING, state, "", try_id=try_id, try_number=1)
        commit(store, TryChanged(try_id, TryState.RUNNING, TryState(state), ""), ended, now=at + timedelta(seconds=7))


def in_order(rows, order):
    """Sorted as `Query.order_by` says, by the last field first."""
    found = list(rows)
    for text in reversed(order):
        name, falls = text.removeprefix("-"), text.startswith("-")
        some = [row for row in found if getattr(row, name) is not None]
        none = [row for row in found if getattr(row, name) is None]
        found = [*sorted(some, key=lambda row: getattr(row, name), reverse=falls), *none]
    return found


def walked(browser: Browser, listing: Listing, query: Query, visible=None):
    """All rows, page by page on cursors; then back again, which has to give the same."""
    pages = [browser.page(listing, query, visible)]
    while pages[-1].next:
        assert len(pages) < 200
        pages.append(browser.page(listing, _at(query, pages[-1].next), visible))
    back = [pages[-1]]
    while back[-1].previous:
        back.append(browser.page(listing, _at(query, back[-1].previous), visible))
    assert [page.rows for page in reversed(back)] == [page.rows for page in pages] or len(pages) == 1
    return [row for page in pages for row in page.rows]


def _at(query: Query, cursor: str) -> Query:
    return Query(query.filters, query.order_by, query.limit, cursor=cursor)
