from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec, DeadlineSpec
from tradewind.model.states import RunType
from tradewind.scheduler.run_deadlines import average_seconds, with_deadlines

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DATE, END = datetime(2026, 4, 30, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


class Known:
    def __init__(self, durations: tuple[float, ...] = (), **variables: str) -> None:
        self.durations, self.variables = list(durations), variables

    def run_durations(self, dag_id: str, *, runs: int = 20) -> list[float]:
        return self.durations[:runs]

    def get_variable(self, key: str) -> str | None:
        return self.variables.get(key)


def due(deadline: DeadlineSpec, known: Known | None = None, **more: Any) -> list[datetime]:
    """When a run's deadlines are due."""
    arguments: dict[str, Any] = {"run_type": RunType.SCHEDULED, "logical_date": DATE, **more}
    created = RunCreated(
        RunKey("d", "r"), "h", "s", data_interval_start=DATE, data_interval_end=END, run_after=END, **arguments
    )
    made = with_deadlines(created, DagSpec("d", deadlines=(deadline,)), known or Known(), NOW)
    return [one.due_at for one in made.deadlines]


@pytest.mark.parametrize(
    ("reference", "options", "since"),
    [
        ("DagRunLogicalDateDeadline", {}, DATE),
        ("DagRunQueuedAtDeadline", {}, NOW),
        ("FixedDatetimeDeadline", {"datetime": "2026-06-01T00:00:00+02:00"}, datetime(2026, 5, 31, 22, tzinfo=UTC)),
        ("FixedDatetimeDeadline", {"datetime": "2026-06-01T00:00:00"}, datetime(2026, 6, 1, tzinfo=UTC)),
        ("AverageRuntimeDeadline", {"max_runs": 3, "min_runs": 2}, NOW + timedelta(seconds=20)),
        ("Sla", {}, END),
    ],
)
@pytest.mark.parametrize("seconds", [60.0, 0.0, -60.0])
def test_so_long_after_what_it_counts_from(reference, options, since, seconds):
    found = due(DeadlineSpec("x", reference, options, seconds), Known((10.0, 30.0, 20.0, 9000.0)))

    assert found == [since + timedelta(seconds=seconds)]


@pytest.mark.parametrize(
    ("reference", "more"),
    [
        ("DagRunLogicalDateDeadline", {"logical_date": None}),
        ("AverageRuntimeDeadline", {}),
        ("Sla", {"run_type": RunType.MANUAL}),
        ("Custom", {}),
    ],
)
def test_no_deadline_where_nothing_says_when(reference, more):
    assert due(DeadlineSpec("x", reference, {"max_runs": 5, "min_runs": 2}), Known((1.0,)), **more) == []


@pytest.mark.parametrize(
    ("variables", "expected"), [({"patience": "90"}, [NOW + timedelta(seconds=90)]), ({}, []), ({"patience": "x"}, [])]
)
def test_an_interval_that_a_variable_holds(variables, expected, caplog):
    deadline = DeadlineSpec("x", "DagRunQueuedAtDeadline", variable="patience")

    assert due(deadline, Known(**variables)) == expected
    assert bool(expected) != ("goes without its deadline" in caplog.text)


def test_which_task_an_sla_is_of_goes_with_it():
    created = RunCreated(RunKey("d", "r"), "h", "s", RunType.SCHEDULED, DATE, DATE, END, END)
    spec = DagSpec("d", deadlines=(DeadlineSpec("a", "Custom"), DeadlineSpec("SLA of t", "Sla", task_id="t")))

    (found,) = with_deadlines(created, spec, Known(), NOW).deadlines

    assert (found.name, found.callback) == ("SLA of t", {"place": 1, "task_id": "t"})


@pytest.mark.parametrize(
    ("durations", "least", "expected"), [([], 0, None), ([2.0], 2, None), ([2.0, 4.0], 2, 3.0), ([2.0], 1, 2.0)]
)
def test_an_average_needs_enough_runs(durations, least, expected):
    assert average_seconds(durations, least) == expected
