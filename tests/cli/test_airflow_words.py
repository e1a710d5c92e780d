"""Airflow's commands and flags, as its users type them."""

from __future__ import annotations

import pytest

from .conftest import FAILED, SUCCEEDED, Call


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("dags list-runs -d pipeline", SUCCEEDED),
        ("dags list-runs pipeline --state success --no-backfill", SUCCEEDED),
        ("dags list-runs pipeline --start-date 2025-01-15 --end-date 2025-03-01", FAILED),
        ("dags state pipeline 2025-01-01", "success"),
        ("dags pause pipe.* --treat-dag-id-as-regex -y", "pipeline is paused"),
        ("dags clear pipeline -t say --dry-run -y", "say"),
        ("webserver -p 1 -H localhost --help", "api-server"),
        ("rotate-fernet-key --help", "rotate-key"),
        ("variables set a {} --serialize-json", "variable a is set"),
        ("users create -u bob -f Bob -l B -r Admin -e b@example.com -p bobs_own_word", "with the role admin"),
        ("providers list", ""),
        ("cheat-sheet", "tradewind pools set"),
    ],
)
def test_what_airflow_users_type(call: Call, words: str, said: str) -> None:
    done = call(*words.split())
    assert done.code == 0, done
    assert said in done.out


def test_runs_are_chosen_by_date(call: Call) -> None:
    both, late, none = (
        call("runs", "list", "pipeline", "-s", date).out for date in ("2025-01-01", "2025-01-02", "2026-01-01")
    )
    assert (SUCCEEDED in both, FAILED in both) == (True, True)
    assert (SUCCEEDED in late, FAILED in late) == (False, True)
    assert none.strip() == "no runs"


def test_roles_are_given_and_taken(call: Call) -> None:
    call("users", "create", "bob")
    assert "viewer, op" in call("users", "add-role", "-u", "bob", "-r", "Op").out
    assert call("users", "remove-role", "bob", "-r", "viewer").out.strip() == "user bob has the roles op"
    assert call("users", "delete", "--username", "bob").code == 0
    assert "what shall analyst be good for" in call("roles", "create", "analyst").err
    assert call("users", "delete").code == 2


def test_a_dag_is_deleted_with_its_runs(call: Call) -> None:
    assert call("dags", "delete", "pipeline", "-y").code == 0
    assert "there is no DAG 'pipeline'" in call("dags", "delete", "pipeline", "-y").err
    assert SUCCEEDED not in call("runs", "list").out


@pytest.mark.parametrize("flags", [(), ("--job-type", "SchedulerJob", "--local"), ("--limit", "0", "--allow-multiple")])
def test_a_probe_fails_where_nothing_is_alive(call: Call, flags: tuple[str, ...]) -> None:
    done = call("jobs", "check", *flags)
    assert (done.code, done.err.strip()) == (1, "No alive jobs found.")
