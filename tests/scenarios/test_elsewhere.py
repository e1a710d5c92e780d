"""Scenarios that a test elsewhere asserts already: which one, and that it is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
ELSEWHERE = {
    "two schedulers of different versions": (
        "store/test_sqlite_opening.py::test_a_newer_database_is_refused",
        "store/test_postgres_migrations.py::test_a_newer_database_is_refused",
        "store/test_sqlite_first_revision.py::test_the_run_goes_on",
    ),
    "a loop that is stuck but looks healthy": (
        "end_to_end/test_service.py::test_health_is_green_only_while_every_loop_goes_round",
        "scheduler/test_admission.py::test_the_heartbeat_says_how_late_the_loop_is",
    ),
    "a poisoned run": (
        "scheduler/test_admission.py::test_a_run_that_cannot_begin_ends_with_its_story_and_the_others_begin",
        "scheduler/test_admission.py::test_a_run_that_nobody_can_drive_any_more_is_set_aside_and_the_others_are_rescued",
    ),
    "a database deadlock at each statement": (
        "store/test_postgres_trouble.py::test_at_each_statement_of_each_operation",
        "store/test_postgres_trouble.py::test_a_real_deadlock_is_solved",
    ),
    "cron edited while runs are due": (
        "scheduler/test_due.py::test_an_edited_cron_counts_from_the_edit_on",
        "end_to_end/test_service.py::test_runs_come_on_time_and_an_edited_schedule_counts_from_the_edit_on",
    ),
    "DAG deleted while running": (
        "end_to_end/test_service.py::test_a_run_keeps_its_code_when_its_file_is_edited_or_deleted_while_it_goes_on",
        "scheduler/test_admission.py::test_a_queued_run_goes_on_after_its_dag_is_deleted",
    ),
    "DST both ways and a clock that jumps": (
        "scheduler/test_due.py::test_a_local_time_comes_once_a_day_through_both_changes_of_the_hour",
        "scheduler/test_due.py::test_a_clock_that_is_set_forward_makes_no_flood_and_one_that_is_set_back_nothing_twice",
    ),
    "a waiter that is not woken": (
        "store/test_postgres_trouble.py::test_a_listener_hears_everything_after_a_restart",
        "simulation/test_service_simulation.py::test_whatever_happens_to_the_service_nothing_is_lost",
    ),
    "DAG edited while tasks are queued": (
        "scheduler/test_admission.py::test_a_queued_run_keeps_its_version_when_its_file_is_edited",
        "end_to_end/test_bad_homes.py::test_a_file_that_changes_while_it_runs_goes_on_with_its_old_code",
    ),
    "cancel in each phase, with child processes": (
        "scheduler/test_admission.py::test_a_run_is_cancelled_in_each_phase",
        "executors/test_local_cancel.py::test_a_cancelled_try_takes_all_its_processes_along",
    ),
    "disk full": (
        "scheduler/test_trouble.py::test_a_full_disk_is_waited_for_and_nothing_is_lost",
        "end_to_end/test_bad_homes.py::test_a_disk_that_fills_up_during_a_run_stops_it_and_resume_goes_on",
        "end_to_end/test_bad_homes.py::test_a_full_disk_for_values_fails_the_task_that_hands_one_on",
    ),
}
NAMED = [(scenario, test) for scenario, tests in ELSEWHERE.items() for test in tests]


@pytest.mark.parametrize(("scenario", "test"), NAMED, ids=lambda text: text.replace(" ", "_").replace("/", "."))
def test_the_scenario_has_its_test(scenario: str, test: str) -> None:
    file, name = test.split("::")
    tree = ast.parse((TESTS / file).read_text())

    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    assert name in found, f"{scenario!r} is no longer tested by {test}"
