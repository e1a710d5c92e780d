"""Commands against a server say the same as on the server's own machine."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.api.dags import NOW, queue, save
from tests.api.ours.conftest import BAD, GOOD, tradewind
from tests.api.server import ApiServer

from tradewind import DAG, __version__
from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.cli.remote.client import Client, ServerError
from tradewind.cli.remote.store import RemoteStore
from tradewind.cli.remote.target import Remote
from tradewind.model.changes import ApprovalAsked, DeferralMade, RunChanged, TaskChanged, TryCreated
from tradewind.model.ids import RunKey
from tradewind.model.parsing import PARSE_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.states import RunState, TaskState, TryPurpose
from tradewind.operators.empty import EmptyOperator
from tradewind.scheduler.clock import utc_now


def there(server: ApiServer, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """From another machine: an empty home, and the server's address."""
    home = folder / "elsewhere"
    home.mkdir(exist_ok=True)
    return tradewind(home, *arguments, TRADEWIND_URL=server.url, TRADEWIND_TOKEN=server.token, **environment)


def here(server: ApiServer, *arguments: str) -> subprocess.CompletedProcess[str]:
    return tradewind(server.settings.home, *arguments)


COMMANDS = (
    ("dags", "list", "-o", "json"),
    ("dags", "show", "pipeline"),
    ("dags", "details", "pipeline", "-o", "json"),
    ("dags", "versions", "pipeline"),
    ("dags", "list-import-errors"),
    ("runs", "list"),
    ("runs", "list", "pipeline", "--state", "failed", "-o", "json"),
    ("runs", "show", "pipeline", BAD, "--history"),
    ("runs", "show", "pipeline", GOOD, "-o", "json"),
    ("tasks", "list", "pipeline", "--tree"),
    ("tasks", "states-for-dag-run", "pipeline", BAD),
    ("tasks", "state", "pipeline", "score", BAD),
    ("tasks", "logs", "pipeline", "score", BAD),
    ("tasks", "logs", "pipeline", "score", BAD, "--raw", "--try", "1"),
    ("tasks", "clear", "pipeline", "--run", BAD, "--only-failed", "--dry-run"),
    ("xcom", "list", "pipeline", GOOD),
    ("xcom", "get", "pipeline", "score", GOOD),
    ("xcom", "get", "pipeline", "load", GOOD, "-o", "json"),
    ("why", "pipeline", "score", BAD, "-o", "plain"),
    ("pools", "list"),
    ("variables", "list"),
    ("connections", "list"),
    ("assets", "list"),
    ("assets", "list", "--alias"),
    ("backfills", "list"),
    ("approvals", "list"),
    ("deadlines",),
    ("users", "list"),
    ("roles", "list", "-o", "json"),
    ("tokens", "list", "-o", "json"),
    ("tasks", "render", "pipeline", "publish", GOOD),
    ("data", "checks"),
    ("models", "list"),
    ("experiments", "list", "pipeline", "-o", "json"),
    ("experiments", "export", "pipeline"),
)


@pytest.mark.parametrize(
    "command", COMMANDS, ids=[" ".join(one[:3]) + f" {place}" for place, one in enumerate(COMMANDS)]
)
def test_the_same_is_said(command: tuple[str, ...], shared: ApiServer, tmp_path: Path) -> None:
    ours, theirs = here(shared, *command), there(shared, tmp_path, *command)
    assert theirs.returncode == ours.returncode, theirs.stderr
    assert _lasting(theirs.stdout) == _lasting(ours.stdout)


def _lasting(text: str) -> str:
    """Without what grows while one looks, and where a log is: a path here, a command there."""
    text = re.sub(r"\n  log: .*", "\n  log", text)
    return re.sub(r"\d+(\.\d+)? ?(s|ms|min|h)\b( ago)?|\t\d+\.\d+", "…", text)


def test_a_run_is_forked(own: ApiServer, tmp_path: Path) -> None:
    arguments = ("runs", "fork", "pipeline", GOOD, "--from", "publish", "--sweep", "rate=0.1,0.2", "-r", "mine")
    made = there(own, tmp_path, *arguments, "-o", "json")
    assert made.returncode == 0, made.stderr
    assert [one["run_id"] for one in json.loads(made.stdout)] == ["mine_1", "mine_2"]
    states = {one.task_id: str(one.state) for one in own.store.tasks(RunKey("pipeline", "mine_2"))}
    assert (states["score"], "publish" in states) == ("success", False)
    shown = there(own, tmp_path, "runs", "show", "pipeline", "mine_1")
    assert f"{GOOD}, from publish on" in shown.stdout


def test_a_run_is_triggered_and_cancelled(own: ApiServer, tmp_path: Path) -> None:
    made = there(own, tmp_path, "dags", "trigger", "pipeline", "--run-id", "mine", "-p", "rate=0.5")
    assert made.returncode == 0, made.stderr
    record = own.store.run(RunKey("pipeline", "mine"))
    assert record is not None
    assert record.params["rate"] == 0.5
    assert record.triggered_by == "admin"
    cancelled = there(own, tmp_path, "runs", "cancel", "pipeline", "mine")
    assert cancelled.returncode == 0, cancelled.stderr
    assert own.store.run(RunKey("pipeline", "mine")).state is RunState.FAILED  # pyright: ignore[reportOptionalMemberAccess]


def test_why_a_task_waits_for_a_person_is_told_from_afar(own: ApiServer, tmp_path: Path) -> None:
    with DAG("ask") as dag:
        EmptyOperator(task_id="who")
    save(own.store, dag)
    queue(own.store, "ask", "r1", NOW)
    key, name = RunKey("ask", "r1"), ("who", ())
    changes = [
        RunChanged(key, RunState.QUEUED, RunState.RUNNING, ""),
        TryCreated("t1", key, *name, 1, TryPurpose.EXECUTE, "local", "default_pool", 1, "log"),
        TaskChanged(key, *name, TaskState.NONE, TaskState.QUEUED, "", try_id="t1", try_number=1),
        TaskChanged(key, *name, TaskState.QUEUED, TaskState.RUNNING, "", try_id="t1", try_number=1),
        TaskChanged(key, *name, TaskState.RUNNING, TaskState.DEFERRED, "", try_id="t1"),
        DeferralMade(key, *name, "t1", "", {}, "execute_complete", {}, "snapshot", "ask.py"),
        ApprovalAsked(key, *name, "t1", "Go on?", "", ("Approve", "Reject")),
    ]
    own.store.commit(changes, who="test", now=NOW)
    told = there(own, tmp_path, "why", "ask", "who", "r1")
    assert "waits for a person's answer" in told.stdout, told.stderr
    shown = there(own, tmp_path, "approvals", "show", "ask", "who", "--run", "r1")
    assert "Go on?" in shown.stdout, shown.stderr


def test_settings_files_and_failed_runs_are_those_of_the_server(own: ApiServer, tmp_path: Path) -> None:
    listed = {
        one["name"]: one["value"] for one in json.loads(there(own, tmp_path, "config", "list", "-o", "json").stdout)
    }
    assert listed["home"] == str(own.settings.home)
    assert there(own, tmp_path, "config", "get", "home").stdout.strip() == str(own.settings.home)
    assert own.url in there(own, tmp_path, "info").stdout
    assert "are on the machine of" in there(own, tmp_path, "dags", "report").stderr
    assert "no dag-processor of the server is alive" in there(own, tmp_path, "dags", "parse", "pipeline").stderr
    client = Client(Remote(own.url, own.token))
    RemoteStore(client).add_request(PARSE_REQUEST, TO_DAG_PROCESSOR, {}, who="me", now=utc_now())
    assert [one.kind for one in own.store.take_requests([TO_DAG_PROCESSOR])] == [PARSE_REQUEST]
    with own.limited_to(Grant(Resource.DAG, Action.READ)), pytest.raises(ServerError, match="may not edit dag"):
        RemoteStore(client).add_request(PARSE_REQUEST, TO_DAG_PROCESSOR, {}, who="me", now=utc_now())
    client.close()
    resumed = there(own, tmp_path, "runs", "resume", "pipeline", BAD)
    assert resumed.returncode == 0, resumed.stderr
    states = {one.task_id: str(one.state) for one in own.store.tasks(RunKey("pipeline", BAD))}
    assert states["score"] != "failed"


def test_a_task_is_marked(own: ApiServer, tmp_path: Path) -> None:
    done = there(own, tmp_path, "tasks", "mark", "success", "pipeline", "score", "--run", BAD, "-y")
    assert done.returncode == 0, done.stderr
    states = {one.task_id: str(one.state) for one in own.store.tasks(RunKey("pipeline", BAD))}
    assert states["score"] == "success"


def test_variables_are_written_and_secrets_never_read_back(own: ApiServer, tmp_path: Path) -> None:
    assert there(own, tmp_path, "variables", "set", "api_token", "s3cret").returncode == 0
    assert own.store.get_variable("api_token") == "s3cret"
    assert "s3cret" not in there(own, tmp_path, "variables", "get", "api_token").stdout


def test_a_connections_password_never_comes_back(own: ApiServer, tmp_path: Path) -> None:
    assert there(own, tmp_path, "connections", "set", "db", "postgres://me:s3cret@host/x").returncode == 0
    shown = there(own, tmp_path, "connections", "get", "db", "--show-secrets", "-o", "json")
    assert "s3cret" not in shown.stdout
    assert "host" in shown.stdout


def test_pausing(own: ApiServer, tmp_path: Path) -> None:
    assert there(own, tmp_path, "dags", "pause", "pipeline").returncode == 0
    dag = own.store.dag("pipeline")
    assert dag is not None
    assert dag.is_paused


def test_runs_and_dags_are_deleted(own: ApiServer, tmp_path: Path) -> None:
    assert there(own, tmp_path, "runs", "delete", "pipeline", BAD, "-y").returncode == 0
    assert own.store.run(RunKey("pipeline", BAD)) is None
    deleted = there(own, tmp_path, "dags", "delete", "pipeline", "-y")
    assert deleted.returncode == 0, deleted.stderr
    assert own.store.dag("pipeline") is None


def test_a_value_is_saved_as_a_file(shared: ApiServer, tmp_path: Path) -> None:
    file = tmp_path / "table.arrow"
    done = there(shared, tmp_path, "xcom", "get", "pipeline", "load", GOOD, "--save", str(file))
    assert done.returncode == 0, done.stderr
    assert file.stat().st_size > 1000


@pytest.mark.parametrize("command", ["standalone", "scheduler", "db"])
def test_what_works_on_this_machine_alone_says_so(command: str, shared: ApiServer, tmp_path: Path) -> None:
    done = there(shared, tmp_path, command, *(["check"] if command == "db" else []))
    assert done.returncode == 1
    assert "works on this machine's own home" in done.stderr


def test_a_server_that_is_away(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = tradewind(home, "runs", "list", TRADEWIND_URL="http://127.0.0.1:9", TRADEWIND_TOKEN="any")
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr


def test_without_a_token(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = tradewind(home, "runs", "list", TRADEWIND_URL="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "tradewind login" in done.stderr


def test_a_login_is_kept_for_this_user_alone(shared: ApiServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    done = tradewind(home, "login", shared.url, "--token", shared.token)
    assert done.returncode == 0, done.stderr
    assert (home / "login.json").stat().st_mode & 0o777 == 0o600
    assert "pipeline" in tradewind(home, "dags", "list").stdout
    assert tradewind(home, "logout").returncode == 0
    assert "pipeline" not in tradewind(home, "runs", "list").stdout


def test_people_are_managed_on_a_server_with_its_rights_and_in_its_audit(own: ApiServer, tmp_path: Path) -> None:
    made = there(own, tmp_path, "users", "create", "ada", "-r", "op", "--email", "ada@example.com")
    assert (made.returncode, "password: " in made.stdout) == (0, True), made.stderr
    assert there(own, tmp_path, "users", "set", "ada", "-r", "viewer", "--close").returncode == 0
    assert "has a new password: " in there(own, tmp_path, "users", "reset-password", "ada").stdout
    ada = own.store.user_named("ada")
    assert ada is not None
    assert (ada.roles, ada.is_active, ada.must_change_password, ada.email) == (
        ("viewer",),
        False,
        True,
        "ada@example.com",
    )
    assert there(own, tmp_path, "roles", "set", "sales team", "read:dag,run@sales_*").returncode == 0
    assert own.store.roles()[0].grants[0].dags == "sales_*"
    assert there(own, tmp_path, "roles", "delete", "sales team").returncode == 0
    assert there(own, tmp_path, "users", "delete", "ada").returncode == 0
    assert "there is no user 'ada'" in there(own, tmp_path, "users", "delete", "ada").stderr
    done = [(one.who, one.action) for one in own.store.audit(limit=6)]
    assert done == [
        ("admin", "user_deleted"),
        ("admin", "role_deleted"),
        ("admin", "role_set"),
        ("admin", "user_changed"),
        ("admin", "user_changed"),
        ("admin", "user_created"),
    ]
    listed = there(own, tmp_path, "audit", "list", "-n", "1")
    assert "user_deleted" in listed.stdout
    head = there(own, tmp_path, "audit", "verify").stdout.split()[-1]
    assert there(own, tmp_path, "audit", "verify", "--expect", head).returncode == 0


def test_tokens_of_a_server_are_ones_own(own: ApiServer, tmp_path: Path) -> None:
    word = there(own, tmp_path, "tokens", "create", "nightly", "-s", "read:dag").stdout.strip()
    (found, name) = own.store.tokens()[0]
    assert (word.startswith(f"tw_{found.token_id}_"), name, found.label) == (True, "admin", "nightly")
    assert "makes tokens for themselves" in there(own, tmp_path, "tokens", "create", "x", "-u", "ada").stderr
    assert there(own, tmp_path, "tokens", "revoke", found.token_id).returncode == 0
    assert "no token" in there(own, tmp_path, "tokens", "revoke", found.token_id).stderr


def test_who_may_not_manage_people_does_not_from_afar_either(own: ApiServer, tmp_path: Path) -> None:
    with own.limited_to(Grant(Resource.DAG, Action.READ)):
        for command in (
            ("users", "list"),
            ("users", "create", "eve", "-r", "viewer"),
            ("users", "reset-password", "another admin"),
            ("roles", "list"),
            ("roles", "set", "mine", "all:all"),
            ("audit", "list"),
            ("audit", "verify"),
            ("tokens", "list", "-u", "another admin"),
        ):
            done = there(own, tmp_path, *command)
            assert (done.returncode, "may not" in done.stderr) == (1, True), (command, done.stderr)
        assert there(own, tmp_path, "tokens", "list").returncode == 0
    assert own.store.user_named("eve") is None


def test_no_hash_of_a_password_or_token_leaves_the_server(own: ApiServer, tmp_path: Path) -> None:
    client = Client(Remote(own.url, own.token))
    own.user("ada", "viewer")
    assert there(own, tmp_path, "tokens", "create", "nightly").returncode == 0
    assert there(own, tmp_path, "rotate-key").returncode == 1
    store = RemoteStore(client)
    assert {user.password_hash for user in store.users()} == {""}
    assert {token.secret_hash for token, _ in store.tokens()} == {""}
    assert store.user_named("ada").password_hash == ""
    client.close()


def test_ids_are_completed(shared: ApiServer, tmp_path: Path) -> None:
    words = {"_TRADEWIND_COMPLETE": "bash_complete", "COMP_WORDS": "tradewind runs show pi", "COMP_CWORD": "3"}
    assert "pipeline" in there(shared, tmp_path, **words).stdout


def test_a_question_of_another_version_is_named_as_such(shared: ApiServer) -> None:
    client = Client(Remote(shared.url, shared.token))
    with pytest.raises(ServerError, match=f"server {__version__}, client {__version__}"):
        client.question("a_method_of_tomorrow", {}, None)
    with pytest.raises(ServerError, match="does not understand this client"):
        client.question("run", {"key": 1}, None)
    client.close()


def test_what_is_no_server_of_ours(tmp_path: Path) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(404)
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        client = Client(Remote(f"http://127.0.0.1:{other.server_port}", "any"))
        with pytest.raises(ServerError, match="is no Tradewind server"):
            client.question("now", {}, None)
        client.close()
        other.shutdown()
