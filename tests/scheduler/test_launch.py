from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.scheduler.conftest import NOW, dag
from tradewind.model.spec import ParamSpec, ScheduleSpec
from tradewind.model.states import RunType
from tradewind.scheduler.launch import RunIdError, manual_run
from tradewind.scheduler.params import ParamError

EARLIER = datetime(2026, 4, 10, 6, 30, tzinfo=UTC)


def at(day, hour=0):
    return datetime(2026, 4, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "interval"),
    [
        (ScheduleSpec(), (EARLIER, EARLIER)),
        (ScheduleSpec("once"), (EARLIER, EARLIER)),
        (ScheduleSpec("custom", import_path="my.Timetable"), (EARLIER, EARLIER)),
        (ScheduleSpec("cron", crons=("0 0 * * *",)), (at(9), at(10))),
        (ScheduleSpec("cron", crons=("0 * * * *",)), (at(10, 5), at(10, 6))),
        (ScheduleSpec("cron", crons=("0 0 * * *",), interval="trigger"), (EARLIER, EARLIER)),
        (ScheduleSpec("delta", delta_seconds=86400.0), (datetime(2026, 4, 9, 6, 30, tzinfo=UTC), EARLIER)),
    ],
)
def test_its_data_interval_is_what_the_timetable_infers(schedule, interval):
    made = manual_run(dag(schedule=schedule), snapshot="s", now=NOW, logical_date=EARLIER)
    assert (made.data_interval_start, made.data_interval_end) == interval
    assert made.logical_date == EARLIER
    assert made.run_after == NOW


def test_without_wishes_it_is_now():
    spec = dag()
    made = manual_run(spec, snapshot="s", now=NOW)
    assert made.run.run_id == "manual__2026-05-01T12:00:00+00:00"
    assert (made.logical_date, made.run_type, made.dag_hash, made.snapshot) == (NOW, RunType.MANUAL, spec.hash, "s")


@pytest.mark.parametrize(
    ("conf", "params", "resolved"),
    [
        (None, None, 1),
        ({"p": 2}, None, 2),
        ({"p": 2}, {"p": 3}, 3),
        ({"other": 5}, None, 1),
    ],
)
def test_conf_overrides_params_by_name_and_params_override_conf(conf, params, resolved):
    spec = dag(params=(ParamSpec("p", has_default=True, default=1),))
    made = manual_run(spec, snapshot="s", now=NOW, conf=conf, params=params)
    assert made.params == {"p": resolved}
    assert made.conf == (conf or {})


def test_a_param_that_does_not_fit_makes_no_run():
    spec = dag(params=(ParamSpec("p", schema={"type": "integer"}),))
    with pytest.raises(ParamError, match="must be integer"):
        manual_run(spec, snapshot="s", now=NOW, conf={"p": "x"})


@pytest.mark.parametrize("run_id", [".", ".."])
def test_an_id_that_a_url_cannot_name_is_refused(run_id):
    with pytest.raises(RunIdError, match="cannot be called"):
        manual_run(dag(), snapshot="s", now=NOW, run_id=run_id)
