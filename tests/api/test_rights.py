"""All routes, all roles, all objects: what nobody was given, nobody gets."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.server import ApiServer, Caller, api
from tradewind.api.access.guard import guarded, writes
from tradewind.api.access.rights import (
    OF_DAGS,
    Action,
    Decision,
    Grant,
    Identity,
    Resource,
    covers,
    decide,
    visible_dags,
)
from tradewind.api.access.roles import BUILT_IN
from tradewind.api.app import operations
from tradewind.api.operation import Operation
from tradewind.api.problems import Forbidden
from tradewind.model.changes import RunCreated, TryCreated, XComStored
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import RunType, TryPurpose
from tradewind.model.values import Value, XCom
from tradewind.store.base import Store
from tradewind.store.sql.store import SqlStore
from tradewind.store.sqlite.store import SqliteStore

__all__ = ["api"]

OPEN = {
    "create_token",
    "create_token_cli",
    "get_health",
    "login",
    "logout",
    "get_version",
    "oidc_callback",
    "oidc_start",
    "sign_in",
    "sign_in_options",
}
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MARK = "zebra"
"""In the name of everything that belongs to the DAG that its callers may not see."""
CLOSED = [row for row in operations() if row.needs is not None]
ENDING = [row for row in CLOSED if "text/event-stream" not in row.media_types]
"""Not the live streams, where one who may reads on and on."""


def ids(row: Operation) -> str:
    return f"{row.method} {row.path}"


@pytest.fixture(scope="module", autouse=True)
def two_dags(api: ApiServer) -> None:
    store = api.store
    for name in ("mine", MARK):
        task = TaskSpec(f"{name}_task", "@task")
        spec = DagSpec(f"{name}_dag", tasks=(task,), tags=(f"{name}_tag",), description=f"{name} description")
        store.save_dag_version(spec, "snapshot", "/root", f"{name}_file.py", now=NOW)
        key = RunKey(f"{name}_dag", f"{name}_run")
        made = RunCreated(
            run=key,
            dag_hash=spec.hash,
            snapshot="snapshot",
            run_type=RunType.MANUAL,
            logical_date=NOW,
            data_interval_start=NOW,
            data_interval_end=NOW,
            run_after=NOW,
            conf={name: name},
        )
        attempt = TryCreated(
            f"{name}_try", key, task.task_id, (), 1, TryPurpose.EXECUTE, "local", "default_pool", 1, f"{name}.log"
        )
        value = Value("json", "str", 1, f"{name}_hash", inline=f'"{name} value"'.encode())
        store.commit(
            [made, attempt, XComStored(key, XCom(task.task_id, (), f"{name}_key", value, f"{name}_try"))],
            who="test",
            now=NOW,
        )


@pytest.fixture(scope="module")
def of_mine(api: ApiServer) -> Caller:
    """May everything with the DAG `mine_dag`, and see what belongs to no DAG."""
    rights = [(resource.value, action.value, "mine*") for resource in OF_DAGS for action in Action]
    others = [(resource.value, "read", "*") for resource in (Resource.ASSET, Resource.POOL, Resource.JOB)]
    api.make_role("of mine", [*rights, *others])
    return api.signed_in("of mine")


def path_of(row: Operation, dag_id: str) -> str:
    name = dag_id.removesuffix("_dag")
    known = {
        "dag_id": dag_id,
        "run_id": f"{name}_run",
        "dag_run_id": f"{name}_run",
        "task_id": f"{name}_task",
        "map_index": "-1",
        "task_try_number": "1",
        "try_number": "1",
        "xcom_key": f"{name}_key",
        "key": f"{name}_key",
        "hash": f"{name}_hash",
    }
    return re.sub(r"{(\w+)}", lambda found: known.get(found[1], "1"), row.path)


def test_few_operations_are_open() -> None:
    assert {row.name for row in operations() if row.needs is None} <= OPEN


def test_names_and_routes_are_unique() -> None:
    rows = operations()
    assert len({row.name for row in rows}) == len(rows)
    assert len({(row.method, re.sub(r"{\w+}", "{}", row.path)) for row in rows}) == len(rows)


@pytest.mark.parametrize("row", CLOSED, ids=ids)
def test_strangers_are_asked_who_they_are(api: ApiServer, row: Operation) -> None:
    assert api.anonymous.send(row.method, path_of(row, "mine_dag"), {}).status == 401


@pytest.mark.parametrize(
    "row", [row for row in CLOSED if row.needs and row.needs.resource is not Resource.SELF], ids=ids
)
def test_without_any_right_nothing_is_given(api: ApiServer, row: Operation) -> None:
    api.make_role("nothing", [])
    found = api.signed_in("nothing").send(row.method, path_of(row, "mine_dag"), {})
    assert row.needs is not None
    if not row.needs.is_asked_inside:
        assert found.status == 403, found
    elif row.method == "GET" and found.status == 200:
        assert "mine" not in found.text
    else:
        assert found.status in (400, 403, 404, 422), found


@pytest.mark.parametrize("row", [row for row in CLOSED if "{dag_id}" in row.path], ids=ids)
def test_rights_to_one_dag_are_none_to_another(of_mine: Caller, row: Operation) -> None:
    found = of_mine.send(row.method, path_of(row, f"{MARK}_dag"), {})
    assert found.status in (403, 404), found
    assert MARK not in found.text.replace(f"{MARK}_dag", "")


@pytest.mark.parametrize(
    "row",
    [row for row in ENDING if row.needs is not None and row.needs.action is Action.READ and row.method != "DELETE"],
    ids=ids,
)
@pytest.mark.parametrize("dag_id", ["~", "mine_dag"])
def test_lists_hold_only_what_one_may_see(of_mine: Caller, row: Operation, dag_id: str) -> None:
    if dag_id == "~" and "{" not in row.path.replace("{dag_id}", "").replace("{dag_run_id}", ""):
        path = row.path.replace("{dag_id}", "~").replace("{dag_run_id}", "~")
    else:
        path = path_of(row, dag_id)
    for body in _bodies(row):
        found = of_mine.send(row.method, path, body)
        assert MARK not in found.text.replace(f"{MARK}_dag", "") or found.status >= 400, found
        assert found.status < 500 or found.status == 501, found


def _bodies(row: Operation) -> Iterator[object]:
    if row.body is None:
        yield None
        return
    yield {}
    yield {"dag_ids": [f"{MARK}_dag"]}
    yield {"dag_run_ids": [f"{MARK}_run"], "dag_ids": ["mine_dag", f"{MARK}_dag"]}


@pytest.mark.parametrize("role", list(BUILT_IN))
@pytest.mark.parametrize("row", [row for row in ENDING if row.needs and not row.needs.is_asked_inside], ids=ids)
def test_roles_get_what_their_table_says(api: ApiServer, row: Operation, role: str) -> None:
    """With a path to nothing: whoever may, is told so."""
    assert row.needs is not None
    if row.needs.resource is Resource.SELF or row.method == "DELETE" or "/me/" in row.path:
        return
    may = any(one.resource is row.needs.resource and one.action is row.needs.action for one in BUILT_IN[role])
    found = api.signed_in(role).send(row.method, re.sub(r"{(\w+)}", "9999", row.path), {"unknown": []})
    assert (found.status != 403) is may, found


# ------------------------------------------------------------------------------------------ the one place that decides

grants = st.builds(
    Grant, st.sampled_from(list(Resource)), st.sampled_from(list(Action)), st.sampled_from(["*", "a", "a*", "b_?", "b"])
)
some_dag = st.sampled_from(["a", "ab", "b", "b_1", "*", "~", "[a]"])
wanted = st.tuples(st.sampled_from(list(Resource)), st.sampled_from(list(Action)), st.one_of(st.none(), some_dag))


def somebody(lines: list[Grant], scopes: list[Grant] | None = None) -> Identity:
    return Identity(1, "x", (), tuple(lines), None if scopes is None else tuple(scopes))


@given(st.lists(grants), st.lists(grants), wanted)
def test_a_token_can_never_do_more_than_its_user(lines, scopes, what) -> None:
    resource, action, dag_id = what
    if decide(somebody(lines, scopes), resource, action, dag_id=dag_id).is_allowed:
        assert decide(somebody(lines), resource, action, dag_id=dag_id).is_allowed
        assert decide(somebody(scopes), resource, action, dag_id=dag_id).is_allowed


@given(st.lists(grants), grants, wanted)
def test_a_further_grant_takes_nothing_away(lines, more, what) -> None:
    resource, action, dag_id = what
    if decide(somebody(lines), resource, action, dag_id=dag_id).is_allowed:
        assert decide(somebody([*lines, more]), resource, action, dag_id=dag_id).is_allowed


@given(st.lists(grants), wanted)
def test_without_a_grant_of_that_kind_all_is_denied(lines, what) -> None:
    resource, action, dag_id = what
    has_one = any(one.resource is resource and one.action is action for one in lines)
    if not has_one and resource is not Resource.SELF:
        assert not decide(somebody(lines), resource, action, dag_id=dag_id).is_allowed


@given(st.lists(grants), st.sampled_from(sorted(OF_DAGS)), st.sampled_from(list(Action)))
def test_what_is_listed_is_what_one_may_see(lines, resource, action) -> None:
    known = ["a", "ab", "b", "b_1", "c"]
    seen = visible_dags(somebody(lines), resource, action, lambda: known)
    for dag_id in known:
        assert (seen is None or dag_id in seen) == decide(somebody(lines), resource, action, dag_id=dag_id).is_allowed


@given(st.lists(grants), grants, some_dag)
def test_what_one_covers_one_may_do(lines, line, dag_id) -> None:
    if covers(somebody(lines), line) and decide(somebody([line]), line.resource, line.action, dag_id=dag_id).is_allowed:
        assert decide(somebody(lines), line.resource, line.action, dag_id=dag_id).is_allowed


# ------------------------------------------------------------------------------------------ the second lock


def test_the_guard_knows_every_method_that_writes() -> None:
    methods = {name: getattr(SqliteStore, name) for name in dir(Store) if not name.startswith("_")}
    sources = {name: _source(one) for name, one in methods.items() if inspect.isfunction(one)}
    ours = {name for name, text in sources.items() if "_writing()" in text} - {"write_audit"}
    assert {name for name in ours if not writes(name)} == set()
    assert {name for name in sources if writes(name) and "_reading" in sources[name] and name not in ours} <= {
        "end_job"
    }


def _source(method: object) -> str:
    found = inspect.getattr_static(SqlStore, getattr(method, "__name__", ""), method)
    return inspect.getsource(found)


def test_nothing_is_written_that_was_not_decided(api: ApiServer) -> None:
    store = api.store
    decisions: list[Decision] = []
    checked = guarded(store, decisions)
    assert checked.dag("mine_dag") is not None
    with pytest.raises(Forbidden):
        checked.set_paused("mine_dag", True)
    decisions.append(decide(somebody([Grant(Resource.DAG, Action.EDIT)]), Resource.DAG, Action.EDIT, dag_id="mine_dag"))
    checked.set_paused("mine_dag", True)
    for act in (
        lambda: checked.set_paused(dag_id=f"{MARK}_dag", is_paused=True),
        lambda: checked.delete_run(RunKey(f"{MARK}_dag", f"{MARK}_run")),
        lambda: checked.add_request("clear", RunKey(f"{MARK}_dag", "x"), {}, who="x", now=NOW),
    ):
        with pytest.raises(Forbidden, match=MARK):
            act()
    assert store.dag("mine_dag").is_paused
    assert store.run(RunKey(f"{MARK}_dag", f"{MARK}_run")) is not None
    store.set_paused("mine_dag", False)
