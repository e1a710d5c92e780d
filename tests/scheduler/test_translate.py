"""What an executor says, and what the store and the engine are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.scheduler.conftest import NOW, value
from tradewind.engine import events
from tradewind.model.cached import SameAs
from tradewind.model.changes import TryChanged, XComStored
from tradewind.model.ids import TaskKey
from tradewind.model.messages import TryStarted
from tradewind.model.outcomes import (
    Deferred,
    Expanded,
    Failed,
    Question,
    Rescheduled,
    Skipped,
    Succeeded,
    TryLost,
    TryReport,
)
from tradewind.model.states import TryPurpose, TryState
from tradewind.scheduler.translate import LAST_LINES_KEPT, LiveTry, lost, reported, started

SOON = NOW + timedelta(seconds=5)


def live(**more):
    return LiveTry("x", TaskKey("dag", "run", "t", (2,)), 1, TryPurpose.EXECUTE, "pool", 1, **more)


@pytest.mark.parametrize(
    ("outcome", "state", "event"),
    [
        (Succeeded(), "success", events.TrySucceeded("x", label="L")),
        (
            Succeeded(value("a", 3), more=(("k", value("b", 2)),), followed=("f",), short_circuit="all"),
            "success",
            events.TrySucceeded("x", True, 3, (("k", 2),), ("f",), "all", "L"),
        ),
        (Skipped("no"), "skipped", events.TrySkipped("x", "no", "L")),
        (Failed("E", "boom"), "failed", events.TryFailed("x", "E: boom", label="L")),
        (
            Failed("E", "boom", may_retry=False, timed_out=True),
            "failed",
            events.TryFailed("x", "E: boom", False, True, "L"),
        ),
        (Rescheduled(SOON, "later"), "rescheduled", events.TryRescheduled("x", SOON, "later")),
        (Deferred("trigger", {}, "method"), "deferred", events.TryDeferred("x", "trigger")),
        (
            Deferred("", {}, "answered", question=Question("Ship\n it?", "", ("yes", "no"))),
            "deferred",
            events.TryDeferred(
                "x", "asks a person: Ship it? (answer on the page Waiting, or with `tradewind approvals`)"
            ),
        ),
        (Expanded(4), "expanded", events.TryExpanded("x", 4)),
    ],
)
def test_a_report_is_the_end_of_a_try_and_an_event(outcome, state, event):
    one = live(state=TryState.RUNNING)
    changes, told = reported(one, TryReport("x", outcome, label="L", max_rss_bytes=9))
    ended = changes[-1]
    assert isinstance(ended, TryChanged)
    assert (ended.old, ended.new, ended.max_rss_bytes) == ("running", state, 9)
    assert told == event
    assert one.state == state


def test_rendered_templates_are_kept_with_the_try():
    changes, _ = reported(live(), TryReport("x", Failed("E", "boom"), rendered={"bash_command": "echo 1"}))
    assert changes[-1].rendered == {"bash_command": "echo 1"}


def test_values_come_before_the_end_under_the_instances_own_name():
    outcome = Succeeded(value("a"), more=(("k", value("b")),))
    changes, _ = reported(live(), TryReport("x", outcome))
    stored = [change.xcom for change in changes if isinstance(change, XComStored)]
    assert [(xcom.task_id, xcom.map_path, xcom.key, xcom.try_id) for xcom in stored] == [
        ("t", (2,), "return_value", "x"),
        ("t", (2,), "k", "x"),
    ]
    assert isinstance(changes[-1], TryChanged)


def test_what_was_pushed_before_counts_and_the_report_overrides_it():
    one = live(pushed={"k": 1, "early": 7})
    _, told = reported(one, TryReport("x", Succeeded(more=(("k", value("b", 2)),))))
    assert told.more == (("k", 2), ("early", 7))


def test_a_success_that_was_taken_over_says_whose_it_is():
    taken_over = TryReport("x", Succeeded(value("a", 3), same_as=SameAs("dag", "earlier", "y")))
    changes, event = reported(live(), taken_over)
    assert (changes[-1].why, event.why) == ("the same as in run earlier",) * 2
    assert (changes[-1].new, event.pushed) == (TryState.SUCCESS, True)


def test_a_failure_keeps_its_story():
    changes, _ = reported(live(), TryReport("x", Failed("ValueError", "boom", traceback="line 1")))
    assert (changes[0].error_type, changes[0].error, changes[0].traceback) == ("ValueError", "boom", "line 1")


@pytest.mark.parametrize("say", [TryReport("x", Succeeded()), TryReport("x", Failed("E", "m")), TryLost("x", "gone")])
def test_a_try_we_stopped_was_cancelled_however_it_ended(say):
    one = live(is_stopping="cleared by hand")
    changes, _ = lost(one, say) if isinstance(say, TryLost) else reported(one, say)
    assert (changes[-1].new, changes[-1].why) == ("cancelled", "cleared by hand")


def test_a_start_says_where():
    one = live()
    changes, told = started(one, TryStarted("x", 12, "host"))
    assert changes == [TryChanged("x", old=TryState.QUEUED, new=TryState.RUNNING, pid=12, host="host")]
    assert told == events.TryStarted("x")
    assert one.state == "running"


@pytest.mark.parametrize(
    ("over_limit", "state", "error_type", "event"),
    [
        ("", "lost", "Lost", events.TryLost("x", "killed")),
        ("time", "failed", "AirflowTaskTimeout", events.TryFailed("x", "AirflowTaskTimeout: killed", timed_out=True)),
        ("memory", "failed", "MemoryLimitExceeded", events.TryFailed("x", "MemoryLimitExceeded: killed")),
    ],
)
def test_a_process_that_is_gone(over_limit, state, error_type, event):
    lines = tuple(f"line {number}" for number in range(50))
    gone = TryLost(
        "x", "killed", exit_code=None, signal=9, max_rss_bytes=5, last_log_lines=lines, over_limit=over_limit
    )
    (ended,), told = lost(live(state=TryState.RUNNING), gone)
    assert (ended.new, ended.signal, ended.error_type, ended.error) == (state, 9, error_type, "killed")
    assert ended.traceback.splitlines() == list(lines[-LAST_LINES_KEPT:])
    assert told == event
