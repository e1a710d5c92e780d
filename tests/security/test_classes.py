"""Airflow's published vulnerabilities by class, each tried here: see docs/security.md for what stands against them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.api.server import PASSWORD, ApiServer, api

from tradewind.api.app import operations
from tradewind.model.changes import RunCreated, TaskChanged, TryCreated, XComStored
from tradewind.model.ids import RunKey
from tradewind.model.records import ConnectionRecord
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import RunType, TaskState, TryPurpose
from tradewind.model.values import Value, XCom

__all__ = ["api"]
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SCRIPT = "<script>alert(1)</script>"
INJECTED = "{{ 7 * 191 }} $(touch /tmp/x) `id`"
RUN = RunKey("d", "run")
LOADED = """
import sys
import tradewind.api.process
from tradewind.api.app import operations
assert operations()
bad = ("jinja2", "cloudpickle", "dill", "joblib", "numpy", "pandas", "tradewind.dagfiles.load", "tradewind.operators",
       "tradewind.sensors", "tradewind.airflow_compat", "tradewind.triggerer", "tradewind.hooks",
       "tradewind.authoring.templates", "tradewind.authoring.dag")
print([name for name in bad if name in sys.modules])
"""


@pytest.fixture(scope="module", autouse=True)
def a_run(api: ApiServer) -> None:
    store = api.store
    spec = DagSpec("d", tasks=(TaskSpec("t", "@task"),), description=SCRIPT, doc=SCRIPT, tags=(SCRIPT,))
    store.save_dag_version(spec, "snapshot", "/root", "f.py", now=NOW)
    made = RunCreated(
        run=RUN,
        dag_hash=spec.hash,
        snapshot="snapshot",
        run_type=RunType.MANUAL,
        logical_date=NOW,
        data_interval_start=NOW,
        data_interval_end=NOW,
        run_after=NOW,
        note=SCRIPT,
        conf={"word": INJECTED, SCRIPT: SCRIPT, "password": "hunter2222"},
    )
    attempt = TryCreated("try", RUN, "t", (), 1, TryPurpose.EXECUTE, "local", "default_pool", 1, "../../outside.log")
    pickled = Value("cloudpickle", "x.Evil", 10, "h1", inline=b"cos\nsystem\n(S'touch /tmp/tradewind-owned'\ntR.")
    store.commit(
        [
            made,
            attempt,
            TaskChanged(RUN, "t", (), TaskState.NONE, TaskState.QUEUED, "x", try_id="try"),
            XComStored(RUN, XCom("t", (), "evil", pickled, "try")),
        ],
        who="test",
        now=NOW,
    )
    (api.home.parent / "outside.log").write_text("what lies outside")
    (api.home / "outside.log").write_text("what lies outside")


GETS = [row for row in operations() if row.method == "GET" and "text/event-stream" not in row.media_types]


def _path(path: str) -> str:
    known = {"dag_id": "d", "run_id": "run", "dag_run_id": "run", "task_id": "t", "xcom_key": "evil", "key": "evil"}
    return "/".join(known.get(part.strip("{}"), "1") if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize("row", GETS, ids=lambda row: row.path)
def test_xss_nothing_that_somebody_wrote_is_a_page(api: ApiServer, row) -> None:
    """Scripts in docs, tags, notes, conf and log lines go out as data: never as HTML, and browsers are told not to
    guess."""
    found = api.signed_in("admin").get(_path(row.path))
    assert found.status < 500 or found.status in (501, 503), found
    assert found.headers["x-content-type-options"] == "nosniff"
    if found.text:
        assert "html" not in found.headers["content-type"]
        assert "svg" not in found.headers["content-type"]
    assert (
        found.headers["content-security-policy"].startswith("default-src 'none'")
        or "sandbox" in found.headers["content-security-policy"]
    )


def test_command_injection_through_conf(api: ApiServer) -> None:
    """What came with a run is data: it comes back as it was, and nothing here renders it. (A DAG that puts conf into a
    shell command by a template does so in its task's process: docs/security.md says how to do it right.)"""
    found = api.signed_in("viewer").get("/api/v2/dags/d/dagRuns/run")
    assert found.json["conf"]["word"] == INJECTED


def test_unsafe_deserialisation(api: ApiServer) -> None:
    """A pickled value is never read here: its preview comes from the task that made it."""
    marker = Path("/tmp/tradewind-owned")
    marker.unlink(missing_ok=True)
    admin = api.signed_in("admin")
    for path in (
        "/api/v2/dags/d/dagRuns/run/taskInstances/t/xcomEntries/evil",
        "/api/v2/dags/d/dagRuns/run/taskInstances/t/xcomEntries/evil?deserialize=true",
        "/api/tradewind/v1/dags/d/runs/run/tasks/t/values/evil",
        "/api/tradewind/v1/dags/d/runs/run/tasks/t/values/evil/raw",
    ):
        assert admin.get(path).status in (200, 400, 404, 415, 422), path
    assert not marker.exists()


def test_users_code_is_not_even_loaded() -> None:
    """In a process of its own: what serves all operations has nothing that could run a DAG file, unpickle or render."""
    found = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=120, check=False)
    assert (found.stdout.strip(), found.returncode) == ("[]", 0), found.stderr


@pytest.mark.parametrize(
    "name", ["../../outside.log", "..", "../../../etc/passwd", "/etc/passwd", "..\\..\\x", "run/../x"]
)
def test_path_traversal_through_names(api: ApiServer, name: str) -> None:
    admin = api.signed_in("admin")
    quoted = quote(name, safe="")
    for path in (
        f"/api/v2/dags/d/dagRuns/{quoted}/taskInstances/t/logs/1",
        f"/api/v2/dags/{quoted}/dagRuns/run/taskInstances/t/logs/1",
        f"/api/tradewind/v1/dags/d/runs/{quoted}/tasks/t/log",
        f"/api/tradewind/v1/dags/d/runs/run/tasks/{quoted}/log",
        f"/api/v2/dagSources/{quoted}",
        f"/static/assets/x{quoted}",
    ):
        found = admin.get(path)
        assert found.status in (400, 404, 422), (path, found)
        assert "outside" not in found.text.replace("outside.log", "")


def test_path_traversal_through_a_log_path(api: ApiServer) -> None:
    """A row of the store that names a file outside the folder of logs opens nothing."""
    admin = api.signed_in("admin")
    for path in (
        "/api/v2/dags/d/dagRuns/run/taskInstances/t/logs/1",
        "/api/tradewind/v1/dags/d/runs/run/tasks/t/log",
        "/api/tradewind/v1/dags/d/runs/run/tasks/t/log/download",
    ):
        assert "what lies outside" not in admin.get(path).text


def test_secrets_are_written_and_never_read_back(api: ApiServer) -> None:
    store = api.store
    extra = '{"token": "hidden-token-1", "region": "eu"}'
    store.set_connection(ConnectionRecord("c", "http", "", "h", "", "me", "hidden-word-2", 80, extra))
    store.set_variable("api_password", "hidden-word-3")
    admin = api.signed_in("admin")
    for row in GETS:
        if any(word in row.path.lower() for word in ("connection", "variable", "search", "home", "setting", "config")):
            for name in ("c", "api_password"):
                path = "/".join(name if part.startswith("{") else part for part in row.path.split("/"))
                assert "hidden-" not in admin.get(path).text, path
    assert "hidden-" not in admin.get("/api/tradewind/v1/search?q=hidden").text
    assert "hunter2222" not in admin.get("/api/tradewind/v1/dags/d/runs/run").text


def test_a_secret_that_a_task_hands_on_is_masked_before_it_is_cut(api: ApiServer) -> None:
    store = api.store
    store.set_variable("another_password", "hidden-handed-on")
    store.set_connection(ConnectionRecord("d", "http", password="hidden-with-it", extra='{"token": "hidden-token-9"}'))
    deep: object = "hidden-with-it"
    for _ in range(20):
        deep = [deep]
    handed = {"inner": "hidden-handed-on", "cut": "x" * 1990 + "hidden-handed-on", "deep": deep, "t": "hidden-token-9"}
    raw = json.dumps(handed).encode()
    kept_elsewhere = Value("json", "str", 20, "h3", inline=b'"from a vault: abcdef"', preview="'from a vault: ***'")
    values = {"handed": Value("json", "dict", len(raw), "h2", inline=raw), "vault": kept_elsewhere}
    store.commit([XComStored(RUN, XCom("t", (), key, one, "try")) for key, one in values.items()], who="t", now=NOW)
    admin = api.signed_in("admin")
    for key in values:
        for path in (f"/api/v2/dags/d/dagRuns/run/taskInstances/t/xcomEntries/{key}",
                     f"/api/v2/dags/d/dagRuns/run/taskInstances/t/xcomEntries/{key}?stringify=true",
                     f"/api/tradewind/v1/dags/d/runs/run/tasks/t/values/{key}"):  # fmt: skip
            found = admin.get(path)
            assert (found.status, "***" in found.text) == (200, True)
            assert "hidden" not in found.text
            assert "abcdef" not in found.text


def test_secrets_are_not_in_the_audit(api: ApiServer) -> None:
    admin = api.signed_in("admin")
    body = {
        "connection_id": "audited",
        "conn_type": "http",
        "password": "hidden-word-4",
        "extra": '{"token": "hidden-5"}',
    }
    assert admin.post("/api/v2/connections", body).status == 201
    assert admin.post("/api/v2/variables", {"key": "secret_x", "value": "hidden-word-6"}).status == 201
    user = {"name": "somebody new", "password": "hidden-word-7"}
    assert admin.post("/api/tradewind/v1/users", user).status == 201
    conf = {"conf": {"api_key": "hidden-word-8", "plain": "shown"}, "logical_date": None}
    assert admin.post("/api/v2/dags/d/dagRuns", conf).status in (200, 201)
    xcom = {"key": "word", "value": "hidden-word-9"}
    assert admin.post("/api/v2/dags/d/dagRuns/run/taskInstances/t/xcomEntries", xcom).status == 201
    told = admin.get("/api/tradewind/v1/audit?limit=500")
    assert told.json["chain_is_whole"]
    (line,) = [line for line in told.json["lines"] if line["action"] == "create_xcom"]
    assert set(line["detail"]) == {"task_id", "map_path", "key", "type", "size_bytes"}
    assert {"user_created"} <= {line["action"] for line in told.json["lines"]}
    assert "hidden-" not in told.text + admin.get("/api/v2/eventLogs").text


@pytest.mark.parametrize("role", ["viewer", "user"])
def test_ssrf_through_connection_tests(api: ApiServer, role: str) -> None:
    """Trying a connection is for those who may set them; a process of its own does it (the API's has no hook: see
    `test_users_code_is_not_even_loaded`)."""
    api.store.set_connection(ConnectionRecord("inner", "http", "", "169.254.169.254", "", "", "", 80, ""))
    caller = api.signed_in(role)
    assert caller.post("/api/tradewind/v1/connections/inner/test").status in (403, 404)
    body = {"connection_id": "inner", "conn_type": "http", "host": "169.254.169.254"}
    assert caller.post("/api/v2/connections/test", body).status == 403


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%0d%0aX:1"]
)
def test_open_redirect(api: ApiServer, wanted: str) -> None:
    for path in (f"/api/v2/auth/login?next={quote(wanted, safe='')}", f"/signin?next={quote(wanted, safe='')}"):
        found = api.anonymous.get(path)
        target = found.headers.get("location", "/")
        assert target.startswith("/")
        assert not target.startswith(("//", "/\\"))
        assert "x" not in {name.lower() for name in found.headers}


def test_user_enumeration(api: ApiServer) -> None:
    api.user("somebody", "viewer")
    found = [
        api.anonymous.post("/auth/token", {"username": name, "password": PASSWORD + "x"})
        for name in ("somebody", "nobody-at-all")
    ]
    assert found[0].status == found[1].status == 401
    assert found[0].text == found[1].text
