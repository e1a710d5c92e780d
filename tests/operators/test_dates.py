from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pendulum
import pytest

from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import AirflowException
from tradewind.operators.datetime import BranchDateTimeOperator, target_times_as_dates
from tradewind.operators.empty import EmptyOperator
from tradewind.operators.latest_only import LatestOnlyOperator
from tradewind.operators.weekday import BranchDayOfWeekOperator, WeekDay

NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)  # a Thursday


def at(hour, day=2):
    return datetime(2025, 1, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lower", "upper", "dates"),
    [
        (time(8), time(20), (at(8), at(20))),
        (time(20), time(8), (at(20), at(8, day=3))),
        (None, at(13), (None, at(13))),
        (datetime(2025, 1, 2, 8), None, (at(8), None)),
    ],
)
def test_limits_as_dates(lower, upper, dates):
    assert target_times_as_dates(NOON, lower, upper) == dates


@pytest.mark.parametrize(
    ("lower", "upper", "branch"), [(time(8), time(20), "in"), (time(13), None, "out"), (None, time(8), "out")]
)
def test_a_branch_by_time(dag, context_of, lower, upper, branch):
    task = BranchDateTimeOperator(
        task_id="t",
        follow_task_ids_if_true="in",
        follow_task_ids_if_false="out",
        target_lower=lower,
        target_upper=upper,
        use_task_logical_date=True,
    )
    task >> [EmptyOperator(task_id="in"), EmptyOperator(task_id="out")]

    assert task.execute(context_of(task, logical_date=NOON)) == branch


def test_a_branch_by_time_needs_a_limit(dag):
    with pytest.raises(AirflowException, match="At least one"):
        BranchDateTimeOperator(
            task_id="t", follow_task_ids_if_true="a", follow_task_ids_if_false="b", target_lower=None, target_upper=None
        )


@pytest.mark.parametrize(
    ("days", "branch"), [("Thursday", "in"), ({WeekDay.THURSDAY}, "in"), (["monday", WeekDay.SUNDAY], "out")]
)
def test_a_branch_by_day(dag, context_of, days, branch):
    task = BranchDayOfWeekOperator(
        task_id="t",
        follow_task_ids_if_true="in",
        follow_task_ids_if_false="out",
        week_day=days,
        use_task_logical_date=True,
    )
    task >> [EmptyOperator(task_id="in"), EmptyOperator(task_id="out")]

    assert task.execute(context_of(task, logical_date=NOON)) == branch


@pytest.mark.parametrize(("day", "error"), [("Blursday", AttributeError), (5, TypeError)])
def test_a_day_that_is_none(day, error):
    with pytest.raises(error):
        WeekDay.validate_week_day(day)


@pytest.mark.parametrize(
    ("run_type", "days_ago", "goes_on"),
    [("manual", 30, True), ("scheduled", 0, True), ("scheduled", 1, False), ("backfill", 30, False)],
)
def test_only_the_latest_run_goes_on(context_of, run_type, days_ago, goes_on):
    with DAG("d", start_date=datetime(2020, 1, 1, tzinfo=UTC), schedule="@daily") as dag:
        task = LatestOnlyOperator(task_id="t")
        task >> EmptyOperator(task_id="a")
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight - timedelta(days=days_ago)
    start, end = pendulum.instance(end - timedelta(days=1)), pendulum.instance(end)  # as tasks' contexts have them
    context = context_of(task, data_interval_start=start, data_interval_end=end, dag=dag)
    context["dag_run"].run_type = run_type

    task.execute(context)

    assert context["ti"].branch_followed == (("a",) if goes_on else ())


@pytest.mark.parametrize(("zone", "branch"), [("UTC", "in"), ("Asia/Tokyo", "out")])
def test_times_of_day_are_in_the_dags_time_zone(context_of, zone, branch):
    with DAG("zoned", start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo(zone)), schedule=None):
        task = BranchDateTimeOperator(
            task_id="t",
            follow_task_ids_if_true="in",
            follow_task_ids_if_false="out",
            target_lower=time(8),
            target_upper=time(18),
            use_task_logical_date=True,
        )
        task >> [EmptyOperator(task_id="in"), EmptyOperator(task_id="out")]

    assert task.execute(context_of(task, logical_date=NOON)) == branch


def test_a_run_that_assets_started_goes_by_when_it_was_to_run(dag, context_of):
    task = BranchDayOfWeekOperator(
        task_id="t",
        follow_task_ids_if_true="in",
        follow_task_ids_if_false="out",
        week_day="Thursday",
        use_task_logical_date=True,
    )
    task >> [EmptyOperator(task_id="in"), EmptyOperator(task_id="out")]

    assert task.execute(context_of(task, logical_date=None)) == "in"
