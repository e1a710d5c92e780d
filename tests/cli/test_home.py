"""db, config, init, info, completion: what concerns the home as a whole; and what mistyped and Airflow's words get."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tradewind.cli.config.airflow_renames import REMOVED, RENAMED
from tradewind.cli.config.airflow_table import MEANS, REASONS
from tradewind.cli.config.list import documentation
from tradewind.cli.lazy import LazyGroup
from tradewind.cli.main import tradewind
from tradewind.settings import field_names

from .conftest import BINARY, FAILED, SUCCEEDED, Call, environment

# ------------------------------------------------------------------------------------ db


def test_db_says_where_it_is(call: Call, home: Path) -> None:
    for words in (["db", "init"], ["db", "migrate"], ["db", "check"]):
        assert f"{home}/tradewind.db" in call(*words).out
    assert "`tradewind db upgrade` is `tradewind db migrate` here" in call("db", "upgrade").err


def test_check_finds_values_that_are_gone(call: Call, home: Path) -> None:
    for file in (home / "artifacts").rglob("*.npy"):
        file.unlink()
    called = call("db", "check")
    assert called.code == 1
    assert f"the value 'return_value' of pipeline {SUCCEEDED} array is gone" in called.err


def test_a_database_of_a_newer_version_is_refused(call: Call, home: Path) -> None:
    with sqlite3.connect(home / "tradewind.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    called = call("runs", "list")
    assert called.code == 1
    assert "newer version" in called.err


def test_clean_deletes_what_ended_before(call: Call, home: Path) -> None:
    dry = call("db", "clean", "--before", "2999-01-01", "--dry-run", "-o", "json").json
    assert [run["run_id"] for run in dry] == [FAILED, SUCCEEDED]
    assert "no run ended before" in call("db", "clean", "--before", "2000-01-01", "-y").out
    assert "nothing was done" in call("db", "clean", "--before", "2999-01-01", stdin="n\n").err
    assert "deleted 2 runs and 1 artifact\n" in call("db", "clean", "--before", "2999-01-01", "-y").out
    assert list((home / "artifacts").rglob("*.npy")) == []


def test_reset_deletes_what_was_recorded_and_nothing_else(call: Call, home: Path) -> None:
    (home / "tradewind.toml").write_text("default_retries = 2\n")
    call("variables", "set", "a", "1")
    assert call("db", "reset", stdin="n\n").code == 1
    assert len(call("runs", "list", "-o", "json").json) == 2
    assert "is empty" in call("db", "reset", "--yes").out
    assert call("runs", "list", "-o", "json").json == []
    assert call("variables", "list", "-o", "json").json == []
    assert {"tradewind.toml", "secret.key"} <= {file.name for file in home.iterdir()}


def test_reset_waits_for_no_run(start: Callable[..., subprocess.Popen[str]], call: Call) -> None:
    running = start("run", "--plain", "slow")
    assert running.stdout is not None
    while "wait running" not in running.stdout.readline():
        assert running.poll() is None
    assert "is running on this home" in call("db", "reset", "--yes").err


# ------------------------------------------------------------------------------------ config


def test_config_list_says_where_a_value_comes_from(
    call: Call, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "tradewind.toml").write_text('parallelism = 3\nlog_level = "DEBUG"\nsmtp_password = "hunter22"\n')
    (tmp_path / "tradewind.toml").write_text('log_level = "ERROR"\n')
    monkeypatch.setenv("TRADEWIND_DEFAULT_RETRIES", "4")
    found = {one["name"]: one for one in call("config", "list", "-o", "json").json}
    assert found.keys() == set(field_names())
    assert (found["parallelism"]["value"], found["parallelism"]["origin"]) == (3, str(home / "tradewind.toml"))
    assert (found["log_level"]["value"], found["log_level"]["origin"]) == ("ERROR", str(tmp_path / "tradewind.toml"))
    assert (found["default_retries"]["value"], found["default_retries"]["origin"]) == (4, "$TRADEWIND_DEFAULT_RETRIES")
    assert (found["max_lost_tries"]["origin"], found["smtp_password"]["value"]) == ("default", "***")
    assert "home" in documentation()
    assert call("config", "get", "parallelism").out == "3\n"
    assert call("config", "get", "core", "parallelism").out == "3\n"
    assert "did you mean parallelism?" in call("config", "get", "paralelism").err


CFG = """
[core]
dags_folder = {AIRFLOW_HOME}/dags
dag_concurrency = 4
parallelism = 32
executor = CeleryExecutor
default_timezone = system
[smtp]
smtp_host = mail.example.com
smtp_password = 50%%off"x
[scheduler]
catchup_by_default = True
[webserver]
web_server_port = 8080
[mystery]
x = 1
"""


def test_config_import_reads_an_airflow_cfg(call: Call, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "airflow.cfg"
    file.write_text(CFG)
    rows = {row["option"]: row for row in call("config", "import", str(file), "--dry-run", "-o", "json").json}
    assert not (home / "tradewind.toml").exists()
    assert rows["core.dag_concurrency"]["setting"] == "max_active_tasks_per_dag"
    assert rows["core.parallelism"]["outcome"] == "default"
    assert rows["core.default_timezone"]["outcome"] == "refused"
    assert "other executors" in rows["core.executor"]["why"]
    assert rows["mystery.x"]["outcome"] == "unknown"
    assert '50%off"x' not in call("config", "import", str(file), "--dry-run", "-o", "json").out

    assert "5 settings written to" in call("config", "import", str(file)).out

    found = {one["name"]: one["value"] for one in call("config", "list", "--changed", "-o", "json").json}
    assert found["max_active_tasks_per_dag"] == 4
    assert found["catchup_by_default"] is True
    assert call("config", "get", "smtp_password").out == '50%off"x\n'
    assert f'dags_folder = "{tmp_path}/dags"' in (home / "tradewind.toml").read_text()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("log_level", "loud", "'loud', which is no level"),
        ("default_timezone", "Mars/Olympus", "'Mars/Olympus', which is no time zone"),
        ("default_timezone", "../etc/passwd", "which is no time zone"),
    ],
)
def test_a_level_or_zone_that_there_is_not(call: Call, monkeypatch, name: str, value: str, message: str) -> None:
    monkeypatch.setenv(f"TRADEWIND_{name.upper()}", value)
    refused = call("health")
    assert refused.code == 1
    assert message in refused.err


def test_a_level_may_be_written_as_one_likes(call: Call, monkeypatch) -> None:
    monkeypatch.setenv("TRADEWIND_LOG_LEVEL", "warn")
    assert call("config", "get", "log_level").out == "WARNING\n"


OBSERVED = """[metrics]
statsd_on = True
statsd_host = stats.example.com
statsd_datadog_enabled = True
[scheduler]
statsd_port = 9125
[traces]
otel_on = True
otel_ssl_active = True
otel_port = 4318
"""


def test_config_import_puts_addresses_together(call: Call, home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.cfg").write_text(OBSERVED)
    assert "3 settings written to" in call("config", "import", str(tmp_path / "a.cfg")).out
    assert call("config", "get", "statsd_address").out == "stats.example.com:9125\n"
    assert call("config", "get", "statsd_tags").out == "datadog\n"
    assert call("config", "get", "otel_endpoint").out == "https://localhost:4318\n"


def test_config_import_leaves_off_what_is_off(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.cfg").write_text("[metrics]\nstatsd_host = stats\n[traces]\notel_on = False\n")
    assert "nothing to write" in call("config", "import", str(tmp_path / "a.cfg")).out


def test_config_import_leaves_alone_what_is_set(call: Call, home: Path, tmp_path: Path) -> None:
    (home / "tradewind.toml").write_text('smtp_host = "mine"  # kept\n')
    (tmp_path / "a.cfg").write_text("[smtp]\nsmtp_host = theirs\nsmtp_port = 587\n")
    assert "left as it is: 'mine'" in call("config", "import", str(tmp_path / "a.cfg")).out
    assert call("config", "get", "smtp_host").out == "mine\n"
    assert call("config", "get", "smtp_port").out == "587\n"


@pytest.mark.parametrize(("text", "message"), [("no section", "a.cfg"), ("[smtp]\nsmtp_port = many\n", "refused")])
def test_a_cfg_that_cannot_be_read(call: Call, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.cfg").write_text(text)
    called = call("config", "import", str(tmp_path / "a.cfg"))
    assert message in called.out + called.err


def test_the_tables_of_airflow_options_agree_with_our_settings() -> None:
    assert {meaning.name for meaning in MEANS.values()} <= set(field_names())
    sections = {name.rpartition(".")[0] for name in (*RENAMED.values(), *RENAMED, *REMOVED)}
    assert {section for section in sections if section not in REASONS} == set()
    assert not MEANS.keys() & REASONS.keys()


# ------------------------------------------------------------------------------------ others


def test_a_starter_project_passes_its_own_test(binary: Call, home: Path, dags: Path, tmp_path: Path) -> None:
    folder = tmp_path / "my project"
    assert binary("init", str(folder)).code == 0
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=folder,
        env=environment(home, dags),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "2 passed" in tested.stdout, tested.stdout + tested.stderr
    again = binary("init", str(folder))
    assert again.code == 1
    assert "already has" in again.err


def test_info_and_version(call: Call, home: Path) -> None:
    found = {one["name"]: one["value"] for one in call("info", "-o", "json").json}
    assert found["home"] == str(home)
    assert call("version").out.strip() == found["tradewind"]


def test_airflow_names_tells_its_state(call: Call) -> None:
    called = call("airflow-names", "status")
    assert called.out.partition(" ")[0] == {0: "on", 1: "off"}[called.code]


def test_airflow_names_are_switched_on_and_off(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    assert call("airflow-names", "status").code == 1
    assert "is answered" in call("airflow-names", "on").out
    assert call("airflow-names", "status").code == 0
    assert "no longer" in call("airflow-names", "off").out
    assert call("airflow-names", "status").code == 1


def test_a_new_home_is_made_by_any_command(call: Call, tmp_path: Path) -> None:
    home = tmp_path / "new" / "höme"
    assert "no runs yet; start one" in call("--home", str(home), "runs", "list").out
    assert (home / "tradewind.db").exists()


def test_a_home_that_cannot_be_made(call: Call) -> None:
    called = call("--home", "/proc/nowhere", "runs", "list")
    assert called.code == 1
    assert "hint: set TRADEWIND_HOME" in called.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tradewind run", {"run", "runs"}),
        ("tradewind dags li", {"list", "list-import-errors"}),
        ("tradewind runs show pi", {"pipeline"}),
        ("tradewind runs show pipeline manual__2025-02", {FAILED}),
        ("tradewind tasks logs pipeline inside.", {"inside.double", "inside.total"}),
        ("tradewind pools get de", {"default_pool"}),
        ("tradewind runs fork pipeline --from inside.", {"inside.double", "inside.total"}),
        ("tradewind debug pipeline inside.", {"inside.double", "inside.total"}),
        ("tradewind debug manual__2025-02 inside.t", {"inside.total"}),
        ("tradewind tasks replay pipe", {"pipeline"}),
    ],
)
def test_completion_knows_ids(home: Path, dags: Path, words: str, expected: set[str]) -> None:
    completing = {
        "_TRADEWIND_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = subprocess.run(
        [BINARY], env=environment(home, dags) | completing, capture_output=True, text=True, check=False
    )
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == expected


def test_completion_makes_no_home(tmp_path: Path, dags: Path) -> None:
    completing = {"_TRADEWIND_COMPLETE": "bash_complete", "COMP_WORDS": "tradewind runs show x", "COMP_CWORD": "3"}
    env = environment(tmp_path / "none", dags) | completing
    done = subprocess.run([BINARY], env=env, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")
    assert not (tmp_path / "none").exists()


def test_the_shells_scripts(call: Call) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_TRADEWIND_COMPLETE" in call("completion", shell).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rnus"], "Did you mean 'runs'?"),
        (["checkdb"], "tradewind db check"),
        (["dags", "lst"], "Did you mean 'list'?"),
        (["tasks", "run", "a", "b"], "--task TASK_ID"),
        (["db", "shell"], "sqlite3"),
        (["initdb"], "the database is made on first use"),
    ],
)
def test_words_that_are_not_ours_get_an_answer(call: Call, words: list[str], message: str) -> None:
    called = call(*words)
    assert called.code == 2
    assert message in called.err


def test_every_command_of_the_tables_has_help(call: Call) -> None:
    def walk(group: LazyGroup, path: list[str]) -> None:
        for name in group.table:
            words = [*path, name]
            called = call(*words, "--help")
            assert called.code == 0, words
            assert "Usage: tradewind" in called.out
            command = group.get_command(click.Context(group), name)
            if isinstance(command, LazyGroup):
                walk(command, words)

    assert isinstance(tradewind, LazyGroup)
    walk(tradewind, [])


def test_lists_do_not_import_what_they_do_not_need(home: Path, dags: Path) -> None:
    for words in (["--help"], ["runs", "list"], ["dags", "list"], ["tasks", "list", "pipeline"], ["variables", "list"]):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "tradewind.cli.main", *words],
            env=environment(home, dags) | {"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
            capture_output=True,
            text=True,
            check=True,
        )
        imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
        assert not imported & {"rich", "pendulum", "pandas", "numpy", "jinja2", "sqlalchemy", "alembic", "yaml"}, words
