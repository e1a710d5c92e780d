"""The views' operations over real runs: what they answer, whom they refuse, what they never give away."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from msgspec.structs import replace
from tests.api.ours.conftest import BAD, GOOD, Get, caller
from tests.api.server import ApiServer

from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.ids import RunKey
from tradewind.model.records import ConnectionRecord

G, B = (f"/dags/pipeline/runs/{quote(run, safe='')}" for run in (GOOD, BAD))
SCORE = f"{B}/tasks/score"


def test_home_tells_what_failed_and_why(get: Get) -> None:
    found = get("/home")
    (failed,) = found["failed"]
    assert failed["what"] == "score: ValueError: the folds do not fit"
    assert found["counts"]["failed_24h"] == 1
    (succeeded,) = found["succeeded"]
    assert (succeeded["run_id"], succeeded["done"] == succeeded["total"]) == (GOOD, True)
    assert {part["name"] for part in found["health"]} == {
        "metadatabase",
        "scheduler",
        "dag_processor",
        "triggerer",
        "api_server",
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 1), ({"search": "LEARNS"}, 1), ({"search": "zzz"}, 0), ({"tags": "ml"}, 1), ({"state": "failed"}, 1),
     ({"state": "success"}, 0), ({"paused": "true"}, 0), ({"owners": "nobody"}, 0)],
    ids=["all", "text", "other text", "tag", "state", "other state", "paused", "owner"],
)  # fmt: skip
def test_cards_are_filtered(query: dict[str, str], count: int, get: Get) -> None:
    assert get("/dags", **query)["total"] == count


@pytest.mark.parametrize(
    "query", [{"order": "nonsense"}, {"limit": "0"}, {"after": "x"}], ids=["order", "limit", "cursor"]
)
def test_a_list_that_cannot_be(query: dict[str, str], get: Get) -> None:
    assert "detail" in get("/dags", status=422, **query)


def test_a_card_has_its_last_runs_oldest_first(get: Get) -> None:
    (card,) = get("/dags")["dags"]
    assert [bar["state"] for bar in card["last_runs"]] == ["success", "failed"]


def test_the_grid_folds_groups_and_mapped_tasks(get: Get) -> None:
    found = get("/dags/pipeline/grid")
    newest = found["runs"][0]
    assert newest["bar"]["run_id"] == BAD
    assert newest["cells"]["training.fit"]["counts"] == {"success": 3}
    assert newest["cells"]["score"]["try_number"] == 2
    assert newest["cells"]["publish"]["state"] == "upstream_failed"


def test_the_grid_goes_on_at_its_cursor(get: Get) -> None:
    first = get("/dags/pipeline/grid", limit=1)
    second = get("/dags/pipeline/grid", limit=1, after=first["next_cursor"])
    assert [page["runs"][0]["bar"]["run_id"] for page in (first, second)] == [BAD, GOOD]
    assert second["next_cursor"] is None


def test_the_graph_has_the_way_that_took_longest(get: Get) -> None:
    path = get("/dags/pipeline/graph", run_id=GOOD)["critical_path"]
    assert path[-1] in ("publish", "load")


def test_the_calendar_counts_days(get: Get) -> None:
    days = get("/dags/pipeline/calendar", start="2025-01-01", end="2025-02-28", zone="Asia/Tokyo")
    assert [(one["day"], one["counts"]) for one in days] == [
        ("2025-01-01", {"success": 1}),
        ("2025-02-02", {"failed": 1}),
    ]


def test_a_run_of_the_past_has_waited_since_it_was_made(get: Get) -> None:
    points = get("/dags/pipeline/durations")
    assert points
    assert all(point["queue_seconds"] < 3600 for point in points)


@pytest.mark.parametrize(
    "zone", ["../../etc/passwd", "Nowhere/Else", "/etc/localtime"], ids=["path", "unknown", "absolute"]
)
def test_a_zone_is_no_path(zone: str, get: Get) -> None:
    get("/dags/pipeline/calendar", start="2025-01-01", end="2025-01-02", zone=zone, status=422)


def test_the_code_is_that_of_the_run(get: Get) -> None:
    found = get("/dags/pipeline/code")
    assert "def pipeline" in found["source"]
    assert found["version"]["runs"] == 2


def test_a_runs_first_failure_stands_in_front(get: Get) -> None:
    failure = get(B)["first_failure"]
    assert (failure["task_id"], failure["try_number"], failure["error_type"]) == ("score", 2, "ValueError")
    assert failure["location"].rpartition(":")[0].endswith("pipeline.py")


def test_runs_know_their_neighbours(get: Get) -> None:
    assert get(B)["previous_run_id"] == GOOD
    assert get(G)["next_run_id"] == BAD


def test_instances_are_paged_and_filtered(get: Get) -> None:
    found = get(f"{B}/tasks", task_id="training.fit", limit=2)
    assert [row["map_path"] for row in found["tasks"]] == [[0], [1]]
    assert get(f"{B}/tasks", task_id="training.fit", after=found["next_cursor"])["tasks"][0]["map_path"] == [2]
    assert [row["task_id"] for row in get(f"{B}/tasks", state=["failed", "upstream_failed"])["tasks"]] == [
        "publish",
        "score",
    ]


def test_a_task_tells_why_each_try_failed(get: Get) -> None:
    page = get(SCORE)
    assert [one["number"] for one in page["tries"]] == [1, 2]
    assert page["tries"][1]["crash"]["error"] == "the folds do not fit"
    assert "about to score" in page["tries"][1]["crash"]["last_lines"]


def test_why_an_ended_task_ended_and_where_its_time_went(get: Get) -> None:
    found = get(f"{SCORE}/why")
    assert found["kind"] == "ended"
    assert {"slot", "queued", "running"} <= {stage["name"] for stage in found["stages"]}


def test_metrics_are_curves(get: Get) -> None:
    (curve,) = get(f"{G}/tasks/training.fit/metrics", map="1")
    assert (curve["name"], curve["steps"], curve["values"][0]) == ("loss", [0, 1, 2, 3, 4], 0.5)


# ------------------------------------------------------------------------------------------ logs


def test_a_log_in_windows(get: Get) -> None:
    whole = get(f"{SCORE}/log")
    middle = whole["lines"][1]["offset"] + 3
    assert get(f"{SCORE}/log", start=middle)["lines"] == [{**line, "number": -1} for line in whole["lines"][1:]]
    assert get(f"{SCORE}/log", tail=1)["lines"][0]["text"] == whole["lines"][-1]["text"]
    assert whole["is_ended"]


def test_a_log_is_searched(get: Get) -> None:
    assert {line["level"] for line in get(f"{SCORE}/log/search", q="FOLDS")} == {"ERROR"}
    assert get(f"{SCORE}/log/search", level="critical") == []


def test_a_log_is_downloaded_and_never_shown(get: Get) -> None:
    answer = get(f"{G}/tasks/load/log/download")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_log_that_is_a_link_out_of_the_folder_is_not_followed(own: ApiServer, call: Get) -> None:
    secret = own.settings.home / "secret.key"
    secret.write_text("very secret")
    log = own.settings.log_folder / own.store.tries(RunKey("pipeline", BAD), "score", ())[-1].log_path
    log.unlink()
    log.symlink_to(secret)
    assert call(f"{SCORE}/log")["lines"] == []
    call(f"{SCORE}/log/download", status=404)


# ------------------------------------------------------------------------------------------ values


def test_a_table_has_rows_and_statistics(get: Get) -> None:
    table = get(f"{G}/tasks/load/values/return_value", rows=2, offset=98)["table"]
    assert [row[0] for row in table["rows"]] == [98, 99]
    number, text, _ = table["columns"]
    assert (number["minimum"], number["maximum"], sum(number["histogram"])) == (0, 99, 100)
    assert text["unique"] == 3
    assert text["top"][0] == ["n0", 34]


def test_secrets_in_values_are_masked(get: Get) -> None:
    found = get(f"{G}/tasks/settings/values/return_value")
    assert found["json"]["password"] == "***"
    assert "hunter2" not in str(found)
    assert "hunter2" not in str(get(f"{G}/values"))


def test_bytes_of_a_value_are_sandboxed(get: Get) -> None:
    answer = get(f"{G}/tasks/load/values/return_value/raw")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_where_a_value_came_from_and_went(get: Get) -> None:
    value = next(one for one in get(f"{G}/values")["values"] if one["task_id"] == "score")
    found = get(f"/values/{value['hash']}/lineage", dag_id="pipeline", run_id=GOOD)
    assert [one["task_id"] for one in found["written_by"]] == ["score"]
    assert [one["task_id"] for one in found["read_by"]] == ["publish"]


def test_two_runs_side_by_side(get: Get) -> None:
    found = get("/compare", left_dag="pipeline", left_run=GOOD, right_dag="pipeline", right_run=BAD)
    assert [one["name"] for one in found["params"] if not one["is_same"]] == ["break_it"]
    assert next(one for one in found["states"] if one["name"] == "score")["right"] == "failed"
    assert found["code"] == ""


# ------------------------------------------------------------------------------------------ what changes something


def test_a_run_by_hand(own: ApiServer, call: Get) -> None:
    made = call("/dags/pipeline/trigger", method="POST", status=201, body={"run_id": "mine", "params": {"rate": 0.5}})
    assert made["run_id"] == "mine"
    assert "no scheduler" in made["is_waiting_for"]
    call("/dags/pipeline/trigger", method="POST", status=409, body={"run_id": "mine"})
    assert "detail" in call("/dags/pipeline/trigger", method="POST", status=400, body={"params": {"rate": -1}})
    assert own.store.run(RunKey("pipeline", "mine")) is not None


def test_a_run_is_forked(own: ApiServer, call: Get) -> None:
    body = {"tasks": [["publish", []]], "sweep": {"rate": [0.1, 0.2]}, "run_id": "mine"}
    made = call(f"{G}/fork", method="POST", status=201, body=body)["forks"]
    assert [(one["run"]["run_id"], one["changed_params"]) for one in made] == [
        ("mine_1", {"rate": 0.1}),
        ("mine_2", {"rate": 0.2}),
    ]
    states = {one.task_id: str(one.state) for one in own.store.tasks(RunKey("pipeline", "mine_1"))}
    assert states["score"] == "success"
    assert "publish" not in states
    assert own.store.audit()[0].action == "fork"
    call(f"{G}/fork", method="POST", status=409, body=body)
    call(f"{G}/fork", method="POST", status=404, body={"tasks": [["nope", []]]})


def test_clearing_is_previewed_first(own: ApiServer, call: Get) -> None:
    body = {"tasks": [["score", []]], "downstream": True}
    found = call(f"{B}/clear", method="POST", body=body)
    assert {one["task_id"] for one in found["touched"]} == {"score", "publish"}
    assert not found["is_done"]
    assert own.store.run(RunKey("pipeline", BAD)).state == "failed"  # pyright: ignore[reportOptionalMemberAccess]
    assert call(f"{B}/clear", method="POST", body={**body, "dry_run": False})["is_done"]
    states = {one.task_id: one.state for one in own.store.tasks(RunKey("pipeline", BAD))}
    assert states["score"] == "none"


def test_a_run_is_marked_and_noted(own: ApiServer, call: Get) -> None:
    call(f"{B}/mark", method="POST", body={"state": "success", "tasks": [["score", []]], "dry_run": False})
    call(f"{B}/note", method="POST", status=204, body={"note": "looked at"})
    assert call(B)["note"] == "looked at"
    assert {one.task_id: str(one.state) for one in own.store.tasks(RunKey("pipeline", BAD))}["score"] == "success"


def test_pausing(own: ApiServer, call: Get) -> None:
    assert call("/dags/pipeline", method="PATCH", body={"is_paused": True})["is_paused"]
    assert own.store.audit()[0].action == "pause"


# ------------------------------------------------------------------------------------------ who may


@pytest.mark.parametrize(
    "path",
    ["/dags/secret", "/dags/secret/grid", "/dags/secret/code", "/dags/secret/graph", "/dags/secret/runs/x",
     "/dags/secret/runs/x/tasks/a/log", "/live?dag_id=secret", "/live/log?dag_id=secret&run_id=x&task_id=a",
     "/compare?left_dag=secret&left_run=x&right_dag=pipeline&right_run=x"],
)  # fmt: skip
def test_other_dags_are_closed(path: str, own: ApiServer) -> None:
    _with_another_dag(own)
    with own.limited_to(*(Grant(one, Action.READ, "pipeline") for one in Resource)):
        caller(own)(path, status=403)


def test_lists_leave_out_what_may_not_be_seen(own: ApiServer) -> None:
    _with_another_dag(own)
    with own.limited_to(*(Grant(one, Action.READ, "pipeline") for one in Resource)):
        get = caller(own)
        assert [card["dag_id"] for card in get("/dags")["dags"]] == ["pipeline"]
        assert get("/search", q="secret") == []
        assert get("/home")["counts"]["dags"] == 1


def test_who_may_only_read_changes_nothing(own: ApiServer) -> None:
    with own.limited_to(*(Grant(one, Action.READ) for one in Resource)):
        get = caller(own)
        get("/dags/pipeline/trigger", method="POST", status=403, body={})
        get(f"{B}/clear", method="POST", status=403, body={})
        get(f"{B}/fork", method="POST", status=403, body={"tasks": [["score", []]]})
        get("/dags/pipeline", method="PATCH", status=403, body={"is_paused": True})
        get("/ask/set_paused", method="POST", status=422, body={})
        assert not get("/dags/pipeline")["card"]["may_edit"]


def _with_another_dag(own: ApiServer) -> None:
    spec, dag = own.store.spec("pipeline"), own.store.dag("pipeline")
    assert spec is not None
    assert dag is not None
    own.store.save_dag_version(replace(spec, dag_id="secret"), dag.snapshot, "/dags", "s.py", now=own.store.now())


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b", "x y", "Größe", "<script>", "%2e%2e", "a" * 500], ids=range(7)
)
def test_odd_names_are_not_found_and_nothing_worse(name: str, get: Get) -> None:
    one = quote(name, safe="")
    for path in (
        f"/dags/{one}",
        f"/dags/pipeline/runs/{one}",
        f"{B}/tasks/{one}",
        f"{B}/tasks/{one}/log",
        f"{G}/tasks/load/values/{one}",
    ):
        assert "detail" in get(path, status=404)


def test_a_connection_is_tried_by_a_process_of_its_own(own: ApiServer, call: Get) -> None:
    call("/connections/none/test", method="POST", status=404)
    own.store.set_connection(ConnectionRecord("disk", conn_type="fs"))
    found = call("/connections/disk/test", method="POST", status=202)
    deadline = time.monotonic() + 60
    while found["state"] in ("queued", "running"):
        assert time.monotonic() < deadline
        found = call("/connections/disk/test")
    assert found["state"] in ("success", "failed")
    assert found["message"]
