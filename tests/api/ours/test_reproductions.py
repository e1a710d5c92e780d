"""A past run once more, over HTTP and from another machine's shell."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from tests.api.ours.conftest import BAD, GOOD, tradewind
from tests.api.server import ApiServer

from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.ids import RunKey


def path_of(run_id: str) -> str:
    return f"/dags/pipeline/runs/{quote(run_id, safe='')}"


def test_a_run_is_reproduced_and_compared(own: ApiServer, call) -> None:
    made = call(f"{path_of(GOOD)}/reproduce", method="POST", status=201)
    assert (made["reproduces"], made["state"]) == (GOOD, "queued")
    old, new = (own.store.run(RunKey("pipeline", one)) for one in (GOOD, made["run_id"]))
    assert old is not None
    assert new is not None
    assert (new.params, new.conf, new.dag_hash, new.snapshot) == (old.params, old.conf, old.dag_hash, old.snapshot)
    waiting = call(f"{path_of(new.run_id)}/reproduction")
    assert (waiting["is_same"], waiting["has_environment"]) == (None, False)
    done = tradewind(own.settings.home, "runs", "resume", "pipeline", new.run_id, "--plain")
    assert done.returncode == 0, done.stdout + done.stderr
    report = call(f"{path_of(new.run_id)}/reproduction")
    assert (report["is_same"], report["state"], report["reproduces"]) == (True, "success", GOOD)
    assert {one["result"] for one in report["tasks"]} <= {"same", "nothing to compare"}
    again = call(f"{path_of(GOOD)}/reproduce", method="POST", status=201)
    assert again["run_id"] not in (GOOD, made["run_id"])


def test_what_cannot_be_reproduced_or_compared(call) -> None:
    made = call(f"{path_of(BAD)}/reproduce", method="POST", status=201)
    refused = call(f"{path_of(made['run_id'])}/reproduce", method="POST", status=409)
    assert "has not ended yet" in refused["detail"]
    assert "reproduces no other" in call(f"{path_of(GOOD)}/reproduction", status=404)["detail"]
    assert call(f"{path_of('nothing')}/reproduce", method="POST", status=404)


def test_values_are_compared_for_those_who_may_see_them(own: ApiServer, call) -> None:
    made = call(f"{path_of(GOOD)}/reproduce", method="POST", status=201)
    with own.limited_to(Grant(Resource.RUN, Action.READ, "pipeline")):
        call(f"{path_of(made['run_id'])}/reproduction", status=403)
        call(f"{path_of(GOOD)}/reproduce", method="POST", status=403)


def test_from_another_machine_the_server_runs_it(own: ApiServer, tmp_path: Path) -> None:
    home = tmp_path / "elsewhere"
    home.mkdir()
    there = {"TRADEWIND_URL": own.url, "TRADEWIND_TOKEN": own.token}
    done = tradewind(home, "runs", "reproduce", "pipeline", "nothing", **there)
    assert (done.returncode, "nothing" in done.stderr) == (1, True)
    assert not (home / "tradewind.db").exists()
    refused = tradewind(home, "runs", "reproduce", "pipeline", GOOD, TRADEWIND_URL=own.url)
    assert (refused.returncode, refused.stdout) == (1, "")
